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
mod scale;
pub mod screen;
mod svg;

pub use drawing::Drawing;
pub use encode::{flat_png, png};
pub use error::{MOST_MEMORY, MOST_PIXELS, PictureError, Refused};

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

/// Index into the list of pictures of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub u32);

/// A decoded picture. Orientation from EXIF is already applied.
#[derive(Debug, Clone)]
pub struct Picture {
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
    /// True if the source was a JPEG: it is re-encoded as one for the EPUB.
    pub photographic: bool,
    /// Outlines in the place of pixels, which are then none; width and height are in tenths of a CSS pixel.
    pub drawing: Option<Arc<Drawing>>,
}

impl Picture {
    /// Pixels per inch when it is printed in this size, along the side that has fewer.
    pub fn printed_dpi(&self, size: Size) -> f64 {
        let dpi = |pixels: u32, extent: Length| f64::from(pixels) * 72.0 / extent.to_pt().max(0.001);
        dpi(self.width, size.width).min(dpi(self.height, size.height))
    }

    /// White paper.
    pub fn white(width: u32, height: u32, dpi: Option<f64>) -> Self {
        let pixels = vec![255; width as usize * height as usize].into();
        Self { width, height, dpi, format: PixelFormat::Gray, pixels, photographic: false, drawing: None }
    }
}
