//! Pictures made smaller.
//!
//! Each new pixel is the mean of the area that it stands for, computed in whole numbers, so the same
//! picture becomes the same pixels on every machine.

use std::sync::Arc;

use super::resample::{Weighed, covered, resampled};
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
        let fewer = |pixels: u32| {
            let exact = u64::from(pixels) * u64::from(longest);
            u32::try_from((exact + u64::from(side) / 2) / u64::from(side)).unwrap_or(longest).max(1)
        };
        self.resized(fewer(self.width), fewer(self.height))
    }

    /// The picture in other numbers of pixels.
    #[must_use]
    pub fn resized(&self, width: u32, height: u32) -> Self {
        let pixels = scaled(&self.pixels, self.format, [self.width, self.height], [width, height]);
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
pub(super) fn scaled(
    pixels: &[u8],
    format: PixelFormat,
    [old_width, old_height]: [u32; 2],
    [width, height]: [u32; 2],
) -> Vec<u8> {
    let channels = format.channels();
    let across = shares(old_width, width, channels);
    let down = shares(old_height, height, old_width as usize * channels);
    let mut out = Vec::with_capacity(across.len() * down.len() * channels);
    resampled(pixels, format, &across, &down, |row| out.extend_from_slice(row));
    out
}

/// For each new pixel of a row the old ones that it stands for, so many samples apart, and how much of each.
fn shares(old: u32, new: u32, apart: usize) -> Vec<Weighed> {
    let (old, new) = (u64::from(old.max(1)), u64::from(new.max(1)));
    let edge = |index: u64| index * old * PARTS / new;
    let place = |edge: u64| edge as f64 / PARTS as f64;
    (0..new)
        .map(|index| {
            let (from, to) = (edge(index), edge(index + 1).max(edge(index) + 1));
            // Parts are a power of two, so nothing is rounded.
            let cells = covered(place(from), place(to));
            cells.map(|(pixel, share)| (pixel * apart, (share * PARTS as f64) as u64)).collect()
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
