//! Pictures: decoded once, bounded, without metadata.
//!
//! Comes in: the bytes of a PNG, JPEG, WebP, TIFF, GIF or SVG file. Goes out: a [`Picture`]: pixels or
//! outlines and nothing else; no EXIF, GPS, text or time survives. The only module that names the `image`
//! and `usvg` crates: `open.rs` opens files, `decode.rs` reads them, `encode.rs` writes, `scale.rs` makes smaller, `colour.rs` applies
//! the file's own colour profile, `clean.rs` takes metadata out of the file itself, `jpeg.rs` sees whether a JPEG was cut short, `svg.rs` reads and
//! writes drawings, `paint.rs` makes pixels of them, `screen.rs` dots for printers that know only black. Limits: [`MOST_PIXELS`] and [`MOST_MEMORY`], checked from the header before any pixel
//! is read.

use std::sync::Arc;

use crate::length::{Length, Size};

mod clean;
mod colour;
mod decode;
pub mod drawing;
mod encode;
mod error;
mod jpeg;
mod open;
mod paint;
mod resample;
mod scale;
pub mod screen;
mod svg;

pub use drawing::Drawing;
pub use encode::{flat_png, png};
pub use error::{MOST_MEMORY, MOST_PIXELS, PictureError, Refused};
pub use resample::{Weighed, covered, resampled};

/// How the pixels of a picture are laid out, 8 bits a sample, rows top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelFormat {
    /// One sample, black to white.
    Gray,
    /// Three samples.
    Rgb,
    /// Four samples, straight alpha last.
    Rgba,
}

impl PixelFormat {
    /// How many samples a pixel has.
    pub fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// Index into the list of pictures of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub u32);

/// A picture that a booklet shows.
#[derive(Debug, Clone)]
pub enum Picture {
    /// Pixels.
    Raster(Raster),
    /// Outlines.
    Drawing(Arc<Drawing>),
}

/// Pixels. Orientation from EXIF is already applied.
#[derive(Debug, Clone)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Pixels per inch if the file says so; 72 otherwise is *not* assumed.
    pub dpi: Option<f64>,
    /// Layout of `pixels`.
    pub format: PixelFormat,
    /// The samples.
    pub pixels: Arc<[u8]>,
    /// True of photographs (a source that was a JPEG; a drawn page on which pixels lie): in the EPUB it is a JPEG,
    /// and as a PNG its rows are written as differences.
    pub photographic: bool,
}

impl Picture {
    /// Width and height: in pixels; of a drawing in tenths of a CSS pixel.
    pub fn extent(&self) -> (u32, u32) {
        match self {
            Self::Raster(raster) => (raster.width, raster.height),
            Self::Drawing(drawing) => drawing.tenths(),
        }
    }

    /// How many of these units an inch has, if the file says so; 72 otherwise is *not* assumed.
    pub fn dpi(&self) -> Option<f64> {
        match self {
            Self::Raster(raster) => raster.dpi,
            Self::Drawing(_) => Some(960.0),
        }
    }

    /// Pixels per inch when it is printed in this size, along the side that has fewer; none for a drawing, which
    /// has no pixels that could show.
    pub fn printed_dpi(&self, size: Size) -> Option<f64> {
        let Self::Raster(raster) = self else { return None };
        let dpi = |pixels: u32, extent: Length| f64::from(pixels) * 72.0 / extent.to_pt().max(0.001);
        Some(dpi(raster.width, size.width).min(dpi(raster.height, size.height)))
    }

    /// Its pixels, if it is made of them.
    pub fn raster(&self) -> Option<&Raster> {
        match self {
            Self::Raster(raster) => Some(raster),
            Self::Drawing(_) => None,
        }
    }

    /// Its outlines, if it is made of them.
    pub fn drawing(&self) -> Option<&Drawing> {
        match self {
            Self::Raster(_) => None,
            Self::Drawing(drawing) => Some(drawing),
        }
    }

    /// White paper.
    pub fn white(width: u32, height: u32, dpi: Option<f64>) -> Self {
        Self::Raster(Raster::white(width, height, dpi))
    }
}

impl Raster {
    /// White paper.
    pub fn white(width: u32, height: u32, dpi: Option<f64>) -> Self {
        let pixels = vec![255; width as usize * height as usize].into();
        Self { width, height, dpi, format: PixelFormat::Gray, pixels, photographic: false }
    }
}
