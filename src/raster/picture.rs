//! Pictures on the canvas: made smaller by the mean of what each pixel stands for, larger by what lies
//! between samples. Weights are whole numbers, so the same picture becomes the same pixels everywhere.

use std::borrow::Cow;

use crate::picture::{Drawing, Picture, PixelFormat, Weighed, covered, resampled};
use crate::typeset::frame::Ink;

use super::canvas::{Canvas, shares};
use super::fill::Clip;

/// Where a picture stands among pixels.
pub(super) struct Placement {
    /// The corner with the lower numbers.
    pub low: [f64; 2],
    /// The one with the higher.
    pub high: [f64; 2],
    /// Clockwise turn, in quarters.
    pub turn: u8,
    /// What of the canvas may be drawn on.
    pub clip: Clip,
}

/// The weights of all samples of a pixel along one axis, together.
const WHOLE: f64 = 4096.0;

/// Draws a picture; what is transparent is white, as in the PDF.
pub(super) fn draw(canvas: &mut Canvas, picture: &Picture, ink: Ink, place: &Placement) {
    let picture = match picture {
        Picture::Drawing(drawing) => return lines(canvas, drawing, ink, place),
        Picture::Raster(raster) => raster,
    };
    let (samples, format) = match (picture.format, ink) {
        (PixelFormat::Gray, _) => (Cow::Borrowed(&*picture.pixels), PixelFormat::Gray),
        (_, Ink::Black) => (Cow::Owned(picture.to_gray().pixels.to_vec()), PixelFormat::Gray),
        (PixelFormat::Rgb, Ink::Colour) => (Cow::Borrowed(&*picture.pixels), PixelFormat::Rgb),
        (PixelFormat::Rgba, Ink::Colour) => (Cow::Owned(picture.on([255; 3])), PixelFormat::Rgb),
    };
    canvas.shows_pixels();
    let channels = format.channels();
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 || samples.len() < width * height * channels {
        return;
    }
    let row = |backward| Samples { count: height, step: width * channels, backward };
    let column = |backward| Samples { count: width, step: channels, backward };
    let [across, down] = match place.turn {
        0 => [column(false), row(false)],
        1 => [row(true), column(false)],
        2 => [column(true), row(true)],
        _ => [row(false), column(true)],
    };
    let axis =
        |axis: usize, samples, clip: [usize; 2]| taps(place.low[axis], place.high[axis], samples, clip);
    let (columns, across) = axis(0, across, place.clip.across);
    let (lines, down) = axis(1, down, place.clip.down);
    let mut lines = lines.iter();
    resampled(&samples, format, &across, &down, |row| {
        let Some(&(y, part)) = lines.next() else { return };
        for (&(x, share), pixel) in columns.iter().zip(row.chunks_exact(channels)) {
            let colour = pixel.first_chunk().map_or([pixel[0]; 3], |samples| *samples);
            canvas.pixel(x, y, share * part, colour);
        }
    });
}

/// Draws outlines, in the pixels that they reach.
fn lines(canvas: &mut Canvas, drawing: &Drawing, ink: Ink, place: &Placement) {
    let inside = |axis: usize, [first, end]: [usize; 2]| {
        let within = |value: f64| value.clamp(first as f64, end.max(first) as f64);
        [within(place.low[axis].floor()) as usize, within(place.high[axis].ceil()) as usize]
    };
    let (across, down) = (inside(0, place.clip.across), inside(1, place.clip.down));
    let [width, height] = [across, down].map(|[from, to]| to.saturating_sub(from));
    let ([left, top], [right, bottom]) = (place.low, place.high);
    // Where the drawing's own upper left, upper right and lower left corners come to lie.
    let corners = match place.turn {
        0 => [[left, top], [right, top], [left, bottom]],
        1 => [[right, top], [right, bottom], [left, top]],
        2 => [[right, bottom], [left, bottom], [right, top]],
        _ => [[left, bottom], [left, top], [right, bottom]],
    };
    let corners = corners.map(|[x, y]| [x - across[0] as f64, y - down[0] as f64]);
    let Some(pixels) = drawing.pixels(width, height, corners, ink == Ink::Black) else { return };
    for (line, row) in pixels.chunks_exact(width.max(1)).enumerate() {
        for (column, [r, g, b, alpha]) in row.iter().enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let cover = f32::from(*alpha) / 255.0;
            canvas.pixel(across[0] + column, down[0] + line, cover, [*r, *g, *b]);
        }
    }
}

/// The samples of a picture along an axis of the canvas.
#[derive(Clone, Copy)]
struct Samples {
    /// How many.
    count: usize,
    /// How far apart they are kept.
    step: usize,
    /// Whether the last comes first.
    backward: bool,
}

/// The pixels between two places of an axis with how much of each the picture covers, and the samples that
/// each of them shows.
fn taps(low: f64, high: f64, samples: Samples, clip: [usize; 2]) -> (Vec<(usize, f32)>, Vec<Weighed>) {
    if high.partial_cmp(&low) != Some(std::cmp::Ordering::Greater) {
        return (Vec::new(), Vec::new());
    }
    let Samples { count, step, backward } = samples;
    let scale = count as f64 / (high - low);
    let place = |sample: usize| (if backward { count - 1 - sample } else { sample }) * step;
    let most = count as f64;
    let shown = |at: usize| {
        let (from, to) = ((at as f64 - low) * scale, (at as f64 + 1.0 - low) * scale);
        let mut samples: Weighed = if scale > 1.0 {
            // The mean of the samples that lie in the pixel, each as much as it lies there.
            let lie = covered(from.clamp(0.0, most), to.clamp(0.0, most));
            lie.map(|(sample, part)| (place(sample), (part / scale * WHOLE).round() as u64)).collect()
        } else {
            // Between the two samples whose middles are nearest.
            let middle = ((from + to) / 2.0 - 0.5).clamp(0.0, most - 1.0);
            let (first, part) = (middle as usize, ((middle - middle.floor()) * WHOLE).round() as u64);
            vec![(place(first), WHOLE as u64 - part), (place((first + 1).min(count - 1)), part)]
        };
        samples.retain(|(_, weight)| *weight > 0);
        if samples.is_empty() {
            let nearest = from.clamp(0.0, most - 1.0) as usize;
            samples.push((place(nearest), 1));
        }
        samples
    };
    let pixels = shares(low, high, clip);
    let samples = pixels.iter().map(|(at, _)| shown(*at)).collect();
    (pixels, samples)
}
