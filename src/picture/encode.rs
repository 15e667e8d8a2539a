//! A picture as a file again: pixels and nothing else, so that no metadata of the source survives.
//!
//! Comes in: a picture, or numbers of colours. Goes out: a JPEG for photographs in the EPUB, or a PNG: for the
//! EPUB, for covers and for pictures of pages and sheets. All PNGs are written by one function.

use std::borrow::Cow;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use png::{BitDepth, ColorType, Compression, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::{PixelFormat, Raster};

impl Raster {
    /// As PNG, without loss. None only if the samples do not fill the picture.
    pub fn to_png(&self) -> Option<Vec<u8>> {
        self.whole()?;
        written([self.width, self.height], None, Colours::Of(self.format, Filter::Adaptive), &self.pixels)
    }

    /// As JPEG at a quality from 1 to 100. None if it has an alpha channel, which JPEG cannot hold, or
    /// is larger than 65,535 pixels a side.
    pub fn to_jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        let samples = match self.format {
            PixelFormat::Gray => ExtendedColorType::L8,
            PixelFormat::Rgb => ExtendedColorType::Rgb8,
            PixelFormat::Rgba => return None,
        };
        if self.width.max(self.height) > 65_535 {
            return None;
        }
        let mut bytes = Vec::new();
        self.whole()?;
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode(&self.pixels, self.width, self.height, samples)
            .ok()?;
        Some(bytes)
    }

    /// Whether there are as many samples as the size says: the encoders take that for granted.
    fn whole(&self) -> Option<()> {
        let samples = u64::from(self.width) * u64::from(self.height) * self.format.channels() as u64;
        (samples > 0 && samples == self.pixels.len() as u64).then_some(())
    }
}

/// A drawn picture as PNG, without loss and without anything but its pixels and, if it is known, how many an
/// inch has. Samples that do not fill the picture are white.
pub fn png(picture: &Raster) -> Vec<u8> {
    let size = [picture.width.max(1), picture.height.max(1)];
    let whole = size[0] as usize * size[1] as usize * picture.format.channels();
    let mut pixels = Cow::Borrowed(&*picture.pixels);
    if pixels.len() != whole {
        pixels.to_mut().resize(whole, u8::MAX);
    }
    // Type and rules pack best as they are: the next row is mostly like this one, and deflate sees that.
    let filter = if picture.photographic { Filter::Adaptive } else { Filter::NoFilter };
    // Nothing fails but what was just made sure of.
    written(size, picture.dpi, Colours::Of(picture.format, filter), &pixels).unwrap_or_default()
}

/// A picture of at most 256 colours as PNG: drawings so take a tenth of the time and half of the bytes.
/// `pixels` holds the number of each pixel's colour, row by row. None if the sizes do not agree.
pub fn flat_png(width: u32, height: u32, colours: &[[u8; 3]], pixels: &[u8]) -> Option<Vec<u8>> {
    let row = width as usize;
    if row == 0 || !(1..=256).contains(&colours.len()) || pixels.len() != row * height as usize {
        return None;
    }
    let (depth, bits) = match colours.len() {
        ..=2 => (BitDepth::One, 1),
        3..=4 => (BitDepth::Two, 2),
        5..=16 => (BitDepth::Four, 4),
        _ => (BitDepth::Eight, 8),
    };
    let across = row.div_ceil(8 / bits);
    let mut packed = Vec::with_capacity(across * height as usize);
    let mut above = &[][..];
    for line in pixels.chunks_exact(row) {
        if line == above {
            packed.extend_from_within(packed.len() - across..);
        } else {
            pack(line, bits, &mut packed);
            above = line;
        }
    }
    written([width, height], None, Colours::Numbered(colours, depth), &packed)
}

/// What samples mean.
enum Colours<'a> {
    /// Eight bits each, and how the rows are filtered.
    Of(PixelFormat, Filter),
    /// Numbers of colours, in so many bits.
    Numbered(&'a [[u8; 3]], BitDepth),
}

/// A PNG: as few chunks as can be, all samples in one. None if they do not fill the picture.
fn written(
    [width, height]: [u32; 2],
    dpi: Option<f64>,
    colours: Colours<'_>,
    samples: &[u8],
) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    match colours {
        Colours::Of(format, filter) => {
            encoder.set_color(match format {
                PixelFormat::Gray => ColorType::Grayscale,
                PixelFormat::Rgb => ColorType::Rgb,
                PixelFormat::Rgba => ColorType::Rgba,
            });
            encoder.set_compression(Compression::Balanced);
            encoder.set_filter(filter);
        }
        Colours::Numbered(colours, depth) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_depth(depth);
            encoder.set_palette(colours.as_flattened());
            // Differences of numbers mean nothing. What a higher level would save, a shop's server does not miss.
            encoder.set_filter(Filter::NoFilter);
            encoder.set_deflate_compression(DeflateCompression::Level(3));
        }
    }
    if let Some(dpi) = dpi.filter(|dpi| (1.0..1e6).contains(dpi)) {
        let metre = (dpi / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: metre, yppu: metre, unit: Unit::Meter }));
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(samples).ok()?;
    writer.finish().ok()?;
    Some(file)
}

/// Appends a row of numbers, so many bits each.
fn pack(line: &[u8], bits: usize, out: &mut Vec<u8>) {
    match bits {
        8 => out.extend_from_slice(line),
        4 => {
            let (pairs, last) = line.as_chunks::<2>();
            out.extend(pairs.iter().map(|[left, right]| left << 4 | right & 15));
            out.extend(last.iter().map(|left| left << 4));
        }
        _ => {
            let each = 8 / bits;
            for some in line.chunks(each) {
                let byte = some.iter().fold(0_u8, |byte, number| byte << bits | number & ((1 << bits) - 1));
                out.push(byte << ((each - some.len()) * bits));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<Raster, crate::picture::PictureError> {
        crate::picture::decode::decode(bytes).map(|decoded| decoded.picture)
    }

    #[test]
    fn a_png_holds_pixels_and_their_size_and_nothing_else() {
        for (format, channels) in [(PixelFormat::Gray, 1), (PixelFormat::Rgb, 3), (PixelFormat::Rgba, 4)] {
            // The first rows are flat, the others change from sample to sample.
            let pixels: Vec<u8> = (0..9 * 7 * channels)
                .map(|i: usize| if i < 27 * channels { 200 } else { (i * i % 251) as u8 })
                .collect();
            let picture = Raster {
                width: 9,
                height: 7,
                dpi: Some(150.0),
                format,
                pixels: pixels.into(),
                photographic: format == PixelFormat::Rgb,
            };
            let file = png(&picture);
            let back = decoded(&file).unwrap();
            assert_eq!((back.width, back.height, back.format, &back.pixels), (9, 7, format, &picture.pixels));
            assert!(back.dpi.is_some_and(|dpi| (dpi - 150.0).abs() < 0.02));
            let mut kinds = Vec::new();
            let mut rest = &file[8..];
            while rest.len() >= 12 {
                let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
                kinds.push(String::from_utf8_lossy(&rest[4..8]).into_owned());
                rest = &rest[12 + length..];
            }
            assert_eq!(kinds, ["IHDR", "pHYs", "IDAT", "IEND"]);
        }
        let short = Raster { width: 2, ..Raster::white(1, 1, None) };
        assert_eq!(&decoded(&png(&short)).unwrap().pixels[..], [255, 255]);
    }

    #[test]
    fn a_flat_png_is_read_as_it_was_meant() {
        for (count, bits) in [(1, 1), (2, 1), (3, 2), (4, 2), (7, 4), (16, 4), (17, 8), (256, 8)] {
            let colours: Vec<[u8; 3]> = (0..count).map(|i: usize| [(i * 89) as u8, i as u8, 7]).collect();
            for width in [1, 2, 3, 7, 64, 65] {
                // The last two rows are equal.
                let place = |i: usize| if i >= width * 4 { i - width } else { i };
                let pixels: Vec<u8> =
                    (0..width * 5).map(|i| ((place(i) * 7 + place(i) / 11) % count) as u8).collect();
                let file = flat_png(width as u32, 5, &colours, &pixels).unwrap();
                let want: Vec<u8> = pixels.iter().flat_map(|&number| colours[usize::from(number)]).collect();
                assert_eq!(decoded(&file).unwrap().on([0; 3]), want, "{count} {width}");
                assert_eq!(file[24], bits);
            }
        }
        let colours = [[0; 3]; 2];
        assert!(flat_png(0, 0, &colours, &[]).is_none() && flat_png(2, 2, &colours, &[0; 3]).is_none());
        assert!(flat_png(1, 1, &[], &[0]).is_none());
    }
}
