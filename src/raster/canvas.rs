//! Pixels that are drawn on: white at first, gray or coloured.

use crate::picture::{PixelFormat, Raster, covered, flat_png, png};

use super::fill::{Clip, Contours, Filler};
use super::samples::{Samples, mix};
use super::tints::Tints;

/// A picture on the way.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    /// Whether a pixel has three samples and not one.
    coloured: bool,
    /// Of a picture of few colours: pixels are their numbers.
    tints: Option<Tints>,
    pixels: Vec<u8>,
    /// Whether a picture that was pixels lies on it.
    photographic: bool,
}

impl Canvas {
    /// White paper.
    pub fn new(width: u32, height: u32, coloured: bool) -> Self {
        let (width, height) = (width as usize, height as usize);
        let samples = if coloured { 3 } else { 1 };
        Self {
            width,
            height,
            coloured,
            tints: None,
            pixels: vec![255; width * height * samples],
            photographic: false,
        }
    }

    /// White paper for a picture of few colours.
    pub fn flat(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        let tints = Some(Tints::new());
        Self { width, height, coloured: false, tints, pixels: vec![0; width * height], photographic: false }
    }

    /// All of it.
    pub fn clip(&self) -> Clip {
        Clip::whole(self.width, self.height)
    }

    /// Lays a colour over pixels of a row from the first on, so much of each as is covered, from 0 to 1.
    fn row(&mut self, first: usize, row: usize, covers: &[f32], colour: Samples) {
        let at = row * self.width + first;
        if let Some(tints) = &mut self.tints {
            tints.lay(&mut self.pixels[at..], covers, colour);
        } else if self.coloured {
            let pixels = self.pixels.as_chunks_mut::<3>().0[at..].iter_mut();
            for (pixel, cover) in pixels.zip(covers) {
                if *cover >= 1.0 {
                    *pixel = colour;
                } else {
                    pixel.iter_mut().zip(colour).for_each(|(sample, ink)| mix(sample, ink, *cover));
                }
            }
        } else {
            let pixels = self.pixels[at..].iter_mut();
            pixels.zip(covers).for_each(|(sample, cover)| mix(sample, colour[0], *cover));
        }
    }

    /// Lays a colour over a pixel, so much of it as is covered.
    pub fn pixel(&mut self, x: usize, y: usize, cover: f32, colour: Samples) {
        self.row(x, y, &[cover], colour);
    }

    /// Says that a picture that was pixels lies on it.
    pub fn shows_pixels(&mut self) {
        self.photographic = true;
    }

    /// Fills an outline that winds around each place once at most.
    pub fn fill(&mut self, filler: &mut Filler, outline: &mut Contours, clip: Clip, colour: Samples) {
        filler.fill(outline, clip, |x, y, covers| self.row(x, y, covers, colour));
    }

    /// Fills all that an outline winds around.
    pub fn union(&mut self, filler: &mut Filler, outline: &mut Contours, clip: Clip, colour: Samples) {
        filler.union(outline, clip, |x, y, covers| self.row(x, y, covers, colour));
    }

    /// Fills an upright rectangle between two corners, exactly.
    pub fn rectangle(&mut self, low: [f64; 2], high: [f64; 2], clip: Clip, colour: Samples) {
        let [across, down] =
            [(0, clip.across), (1, clip.down)].map(|(axis, clip)| shares(low[axis], high[axis], clip));
        let Some(&(first, _)) = across.first() else { return };
        // Columns that are covered whole; only one at either end is not.
        let whole = |(_, share): &(usize, f32)| *share >= 1.0;
        let from = across.iter().take_while(|column| !whole(column)).count();
        let count = across[from..].iter().take_while(|column| whole(column)).count();
        let mut covers: Vec<f32> = Vec::new();
        for &(y, part) in &down {
            covers.clear();
            covers.extend(across.iter().map(|(_, share)| part * share));
            if part < 1.0 {
                self.row(first, y, &covers, colour);
            } else {
                self.row(first, y, &covers[..from], colour);
                self.span(first + from, y, count, colour);
                self.row(first + from + count, y, &covers[from + count..], colour);
            }
        }
    }

    /// Covers some pixels of a row with a colour.
    fn span(&mut self, first: usize, row: usize, count: usize, colour: Samples) {
        let at = row * self.width + first;
        if let Some(tints) = &mut self.tints {
            tints.cover(&mut self.pixels[at..at + count], colour);
        } else if self.coloured {
            self.pixels.as_chunks_mut::<3>().0[at..at + count].fill(colour);
        } else {
            self.pixels[at..at + count].fill(colour[0]);
        }
    }

    /// A picture of few colours as PNG.
    pub fn png(self) -> Vec<u8> {
        let (width, height) = (self.width as u32, self.height as u32);
        let colours = self.tints.as_ref().map_or(&[][..], Tints::colours);
        flat_png(width, height, colours, &self.pixels).unwrap_or_else(|| png(&self.finish(0.0)))
    }

    /// The picture.
    pub fn finish(self, resolution: f64) -> Raster {
        Raster {
            width: self.width as u32,
            height: self.height as u32,
            dpi: Some(resolution),
            format: if self.coloured { PixelFormat::Rgb } else { PixelFormat::Gray },
            pixels: self.pixels.into(),
            photographic: self.photographic,
        }
    }
}

/// The pixels between two places, and how much of each lies between.
pub(super) fn shares(low: f64, high: f64, [first, end]: [usize; 2]) -> Vec<(usize, f32)> {
    let inside = |value: f64| value.clamp(first as f64, end.max(first) as f64);
    let (low, high) = (inside(low), inside(high));
    covered(low, high).map(|(pixel, share)| (pixel, share as f32)).collect()
}
