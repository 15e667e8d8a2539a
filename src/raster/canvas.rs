//! Pixels that are drawn on: white at first, gray or coloured.

use crate::picture::{Picture, PixelFormat};

use super::fill::{Clip, Filler, Outline};

/// A picture on the way.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    /// Whether a pixel has three samples and not one.
    coloured: bool,
    pixels: Vec<u8>,
}

/// A colour as samples; all alike for gray.
pub(super) type Samples = [u8; 3];

impl Canvas {
    /// White paper.
    pub fn new(width: u32, height: u32, coloured: bool) -> Self {
        let (width, height) = (width as usize, height as usize);
        let samples = if coloured { 3 } else { 1 };
        Self { width, height, coloured, pixels: vec![255; width * height * samples] }
    }

    /// All of it.
    pub fn clip(&self) -> Clip {
        Clip::whole(self.width, self.height)
    }

    /// Lays a colour over a pixel, so much of it as is covered, from 0 to 1.
    #[inline]
    pub fn blend(&mut self, x: usize, y: usize, cover: f32, colour: Samples) {
        let at = y * self.width + x;
        if self.coloured {
            for (sample, ink) in self.pixels[at * 3..at * 3 + 3].iter_mut().zip(colour) {
                mix(sample, ink, cover);
            }
        } else {
            mix(&mut self.pixels[at], colour[0], cover);
        }
    }

    /// Fills an outline that winds around each place once at most.
    pub fn fill(&mut self, filler: &mut Filler, outline: &mut Outline, clip: Clip, colour: Samples) {
        filler.fill(outline, clip, |x, y, cover| self.blend(x, y, cover, colour));
    }

    /// Fills all that an outline winds around.
    pub fn union(&mut self, filler: &mut Filler, outline: &mut Outline, clip: Clip, colour: Samples) {
        filler.union(outline, clip, |x, y, cover| self.blend(x, y, cover, colour));
    }

    /// Fills an upright rectangle between two corners, exactly.
    pub fn rectangle(&mut self, low: [f64; 2], high: [f64; 2], clip: Clip, colour: Samples) {
        let [across, down] =
            [(0, clip.across), (1, clip.down)].map(|(axis, clip)| shares(low[axis], high[axis], clip));
        for &(y, part) in &down {
            for &(x, share) in &across {
                self.blend(x, y, part * share, colour);
            }
        }
    }

    /// The picture.
    pub fn finish(self, resolution: f64) -> Picture {
        Picture {
            width: self.width as u32,
            height: self.height as u32,
            dpi: Some(resolution),
            format: if self.coloured { PixelFormat::Rgb } else { PixelFormat::Gray },
            pixels: self.pixels.into(),
            photographic: false,
        }
    }
}

fn mix(sample: &mut u8, ink: u8, cover: f32) {
    let under = f32::from(*sample);
    *sample = (under + (f32::from(ink) - under) * cover + 0.5) as u8;
}

/// The pixels between two places, and how much of each lies between.
pub(super) fn shares(low: f64, high: f64, [first, end]: [usize; 2]) -> Vec<(usize, f32)> {
    let inside = |value: f64| value.clamp(first as f64, end.max(first) as f64);
    let (low, high) = (inside(low), inside(high));
    (low.floor() as usize..high.ceil() as usize)
        .map(|pixel| (pixel, (high.min(pixel as f64 + 1.0) - low.max(pixel as f64)) as f32))
        .filter(|(_, share)| *share > 0.0)
        .collect()
}
