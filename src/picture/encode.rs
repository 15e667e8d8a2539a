//! A picture as a file again, for the EPUB: pixels and nothing else, so that no metadata of the source
//! survives.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::{Picture, PixelFormat};

impl Picture {
    /// As PNG, without loss. None only if the samples do not fill the picture.
    pub fn to_png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        self.whole()?;
        encoder.write_image(&self.pixels, self.width, self.height, self.samples()).ok()?;
        Some(bytes)
    }

    /// As JPEG at a quality from 1 to 100. None if it has an alpha channel, which JPEG cannot hold, or
    /// is larger than 65,535 pixels a side.
    pub fn to_jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        if self.format == PixelFormat::Rgba || self.width.max(self.height) > 65_535 {
            return None;
        }
        let mut bytes = Vec::new();
        self.whole()?;
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode(&self.pixels, self.width, self.height, self.samples())
            .ok()?;
        Some(bytes)
    }

    fn samples(&self) -> ExtendedColorType {
        match self.format {
            PixelFormat::Gray => ExtendedColorType::L8,
            PixelFormat::Rgb => ExtendedColorType::Rgb8,
            PixelFormat::Rgba => ExtendedColorType::Rgba8,
        }
    }

    /// Whether there are as many samples as the size says: the encoders take that for granted.
    fn whole(&self) -> Option<()> {
        let channels = match self.format {
            PixelFormat::Gray => 1_u64,
            PixelFormat::Rgb => 3,
            PixelFormat::Rgba => 4,
        };
        let samples = u64::from(self.width) * u64::from(self.height) * channels;
        (samples > 0 && samples == self.pixels.len() as u64).then_some(())
    }
}
