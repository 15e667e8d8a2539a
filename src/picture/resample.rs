//! New pixels as means of old ones, and which old ones a new one stands for.
//!
//! Comes in: samples, and for each new column and row the old ones that it shows, with their weights. Goes
//! out: new pixels, row by row. Weights are whole numbers, so the same picture becomes the same pixels on every
//! machine. Which weights those are is the caller's to say: `scale.rs` makes pictures of other sizes, and
//! `raster` lays pictures anywhere among the pixels of a page.

use super::PixelFormat;

/// Where samples begin that a new column or row shows, and how much each counts. A sample is found where its
/// column's and its row's numbers together say.
pub type Weighed = Vec<(usize, u64)>;

/// The cells of a row, each as wide as one, that lie between two places, and how much of each does.
pub fn covered(low: f64, high: f64) -> impl Iterator<Item = (usize, f64)> {
    (low.floor() as usize..high.ceil() as usize)
        .map(move |cell| (cell, high.min(cell as f64 + 1.0) - low.max(cell as f64)))
        .filter(|(_, part)| *part > 0.0)
}

/// The new pixels, a row at a time.
pub fn resampled(
    samples: &[u8],
    format: PixelFormat,
    across: &[Weighed],
    down: &[Weighed],
    each: impl FnMut(&[u8]),
) {
    match format {
        PixelFormat::Gray => means::<1>(samples, across, down, each),
        PixelFormat::Rgb => means::<3>(samples, across, down, each),
        PixelFormat::Rgba => means::<4>(samples, across, down, each),
    }
}

fn means<const CHANNELS: usize>(
    samples: &[u8],
    across: &[Weighed],
    down: &[Weighed],
    mut each: impl FnMut(&[u8]),
) {
    let weight = |taken: &Weighed| taken.iter().map(|(_, weight)| weight).sum::<u64>();
    let weights: Vec<u64> = across.iter().map(weight).collect();
    let mut sums = vec![[0_u64; CHANNELS]; across.len()];
    let mut means = vec![[0_u8; CHANNELS]; across.len()];
    for rows in down {
        sums.fill([0; CHANNELS]);
        for &(row, part) in rows {
            for (columns, sum) in across.iter().zip(&mut sums) {
                for &(column, share) in columns {
                    let pixel = samples.get(row + column..).and_then(<[u8]>::first_chunk);
                    pixel.into_iter().for_each(|pixel| add(sum, pixel, part * share));
                }
            }
        }
        let whole = weight(rows);
        for ((sum, mean), weight) in sums.iter().zip(&mut means).zip(&weights) {
            *mean = divided(sum, (whole * weight).max(1));
        }
        each(means.as_flattened());
    }
}

/// Adds a pixel; colours count as much as they are opaque.
#[inline]
fn add<const CHANNELS: usize>(sum: &mut [u64; CHANNELS], pixel: &[u8; CHANNELS], weight: u64) {
    if let ([r, g, b, a], [red, green, blue, alpha]) = (&mut sum[..], &pixel[..]) {
        let opaque = weight * u64::from(*alpha);
        *r += opaque * u64::from(*red);
        *g += opaque * u64::from(*green);
        *b += opaque * u64::from(*blue);
        *a += opaque;
        return;
    }
    for (sum, sample) in sum.iter_mut().zip(pixel) {
        *sum += weight * u64::from(*sample);
    }
}

#[inline]
fn divided<const CHANNELS: usize>(sum: &[u64; CHANNELS], weight: u64) -> [u8; CHANNELS] {
    let part = |sum: u64, of: u64| u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX);
    let alpha = if CHANNELS == 4 { sum[CHANNELS - 1] } else { weight };
    let mut mean = sum.map(|sum| part(sum, alpha));
    if CHANNELS == 4 {
        mean[CHANNELS - 1] = part(alpha, weight);
    }
    mean
}
