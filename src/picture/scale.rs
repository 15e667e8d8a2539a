//! Pictures made smaller.
//!
//! Each new pixel is the mean of the area that it stands for, computed in whole numbers, so the same
//! picture becomes the same pixels on every machine.

use std::sync::Arc;

use super::{PixelFormat, Raster};

/// Parts into which a pixel is divided when it belongs to two new ones.
const PARTS: u64 = 256;

impl Raster {
    /// The picture, made smaller if need be, so that neither side has more pixels than this.
    #[must_use]
    pub fn bounded(&self, longest: u32) -> Self {
        let side = self.width.max(self.height);
        if side <= longest || longest == 0 {
            return self.clone();
        }
        let scaled = |pixels: u32| {
            let exact = u64::from(pixels) * u64::from(longest);
            u32::try_from((exact + u64::from(side) / 2) / u64::from(side)).unwrap_or(longest).max(1)
        };
        self.resized(scaled(self.width), scaled(self.height))
    }

    /// The picture in other numbers of pixels.
    #[must_use]
    pub fn resized(&self, width: u32, height: u32) -> Self {
        let pixels = resampled(&self.pixels, self.format, [self.width, self.height], [width, height]);
        // Its size on paper stays.
        let dpi = self.dpi.map(|dpi| dpi * f64::from(width) / f64::from(self.width.max(1)));
        Self { width, height, dpi, pixels: Arc::from(pixels), ..self.clone() }
    }
}

impl Raster {
    /// Its pixels in three samples each, laid on a ground of this colour where they are transparent.
    pub fn on(&self, ground: [u8; 3]) -> Vec<u8> {
        let over = |[r, g, b, a]: [u8; 4]| {
            let a = u16::from(a);
            let mix =
                |c: u8, under: u8| ((u16::from(c) * a + u16::from(under) * (255 - a) + 127) / 255) as u8;
            [mix(r, ground[0]), mix(g, ground[1]), mix(b, ground[2])]
        };
        match self.format {
            PixelFormat::Gray => self.pixels.iter().flat_map(|gray| [*gray; 3]).collect(),
            PixelFormat::Rgb => self.pixels.to_vec(),
            PixelFormat::Rgba => self.pixels.as_chunks::<4>().0.iter().flat_map(|p| over(*p)).collect(),
        }
    }
}

/// Pixels in other numbers of them, across and down.
pub(super) fn resampled(
    pixels: &[u8],
    format: PixelFormat,
    [old_width, old_height]: [u32; 2],
    [width, height]: [u32; 2],
) -> Vec<u8> {
    let channels = format.channels();
    let (row_length, new_width) = (old_width as usize * channels, width as usize);
    let across = shares(old_width, width);
    let down = shares(old_height, height);
    let mut out = Vec::with_capacity(new_width * height as usize * channels);
    let mut sums = vec![0_u64; new_width * channels];
    for rows in &down {
        sums.fill(0);
        let mut whole = 0;
        for &(row, part) in rows {
            whole += part;
            let start = row * row_length;
            let Some(line) = pixels.get(start..start + row_length) else { continue };
            for (columns, sum) in across.iter().zip(sums.chunks_exact_mut(channels)) {
                for &(column, share) in columns {
                    let pixel = &line[column * channels..][..channels];
                    add(sum, pixel, part * share);
                }
            }
        }
        for (columns, sum) in across.iter().zip(sums.chunks_exact(channels)) {
            let weight = whole * columns.iter().map(|(_, share)| share).sum::<u64>();
            mean(sum, weight.max(1), &mut out);
        }
    }
    out
}

/// Adds a pixel; colours count as much as they are opaque.
fn add(sum: &mut [u64], pixel: &[u8], weight: u64) {
    if let ([r, g, b, a], [pr, pg, pb, pa]) = (&mut *sum, pixel) {
        let opaque = weight * u64::from(*pa);
        *r += opaque * u64::from(*pr);
        *g += opaque * u64::from(*pg);
        *b += opaque * u64::from(*pb);
        *a += opaque;
        return;
    }
    for (sum, sample) in sum.iter_mut().zip(pixel) {
        *sum += weight * u64::from(*sample);
    }
}

fn mean(sum: &[u64], weight: u64, out: &mut Vec<u8>) {
    let part = |sum: u64, of: u64| u8::try_from((sum + of / 2) / of.max(1)).unwrap_or(u8::MAX);
    if let [r, g, b, a] = sum {
        out.extend([part(*r, *a), part(*g, *a), part(*b, *a), part(*a, weight)]);
    } else {
        out.extend(sum.iter().map(|sum| part(*sum, weight)));
    }
}

/// For each new pixel of a row the old ones that it stands for, and how much of each.
fn shares(old: u32, new: u32) -> Vec<Vec<(usize, u64)>> {
    let (old, new) = (u64::from(old.max(1)), u64::from(new.max(1)));
    let edge = |index: u64| index * old * PARTS / new;
    (0..new)
        .map(|index| {
            let (from, to) = (edge(index), edge(index + 1).max(edge(index) + 1));
            (from / PARTS..to.div_ceil(PARTS).min(old))
                .map(|pixel| {
                    let share = to.min((pixel + 1) * PARTS) - from.max(pixel * PARTS);
                    (pixel as usize, share)
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: PixelFormat, width: u32, height: u32, pixels: &[u8]) -> Raster {
        Raster { width, height, dpi: Some(300.0), format, pixels: pixels.into(), photographic: false }
    }

    #[test]
    fn a_pixel_is_the_mean_of_its_area() {
        let gray = picture(PixelFormat::Gray, 4, 2, &[0, 100, 10, 30, 50, 50, 20, 40]);
        let half = gray.resized(2, 1);
        assert_eq!((half.width, half.height, &half.pixels[..]), (2, 1, &[50, 25][..]));
        assert_eq!(half.dpi, Some(150.0));
        let three = picture(PixelFormat::Gray, 3, 1, &[0, 90, 180]).resized(2, 1);
        assert_eq!(&three.pixels[..], [30, 150]);
    }

    #[test]
    fn what_is_transparent_has_no_colour() {
        let glass = picture(PixelFormat::Rgba, 2, 1, &[200, 100, 0, 255, 0, 0, 0, 0]);
        assert_eq!(&glass.resized(1, 1).pixels[..], [200, 100, 0, 128]);
    }

    #[test]
    fn only_large_pictures_become_smaller_and_keep_their_shape() {
        let wide = picture(PixelFormat::Rgb, 400, 100, &[7; 120_000]);
        assert_eq!(wide.bounded(400).width, 400);
        let small = wide.bounded(100);
        assert_eq!((small.width, small.height), (100, 25));
        assert!(small.pixels.len() == 7500 && small.pixels.iter().all(|&p| p == 7));
    }
}
