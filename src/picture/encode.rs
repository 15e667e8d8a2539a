//! A picture as a file again, for the EPUB: pixels and nothing else, so that no metadata of the source
//! survives.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::{PixelFormat, Raster};

impl Raster {
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

/// A picture as PNG, without loss and without anything but its pixels and, if it is known, how many an
/// inch has. Samples that do not fill the picture are white.
pub fn png(picture: &Raster) -> Vec<u8> {
    // Gray, three samples, three with alpha (PNG, third edition, 11.2.1).
    let (channels, kind) = match picture.format {
        PixelFormat::Gray => (1, 0),
        PixelFormat::Rgb => (3, 2),
        PixelFormat::Rgba => (4, 6),
    };
    let (width, height) = (picture.width.max(1), picture.height.max(1));
    let row = width as usize * channels;
    let whole = row * height as usize;
    let mut pixels = std::borrow::Cow::Borrowed(&*picture.pixels);
    if pixels.len() != whole {
        pixels.to_mut().resize(whole, u8::MAX);
    }
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut filtered = Vec::with_capacity(row + 1);
    let mut above = vec![0; row];
    for line in pixels.chunks_exact(row) {
        filter(line, &above, channels, &mut filtered);
        // Writing to memory does not fail.
        let _ = deflate.write_all(&filtered);
        above.copy_from_slice(line);
    }
    let mut png = opening(width, height, picture.dpi, [8, kind]);
    chunk(&mut png, b"IDAT", &deflate.finish().unwrap_or_default());
    chunk(&mut png, b"IEND", &[]);
    png
}

/// A row as it packs best (9.2): type and rules as they are, for the next row is mostly like this one and
/// deflate sees that; what changes from pixel to pixel, as in a photograph, as the difference to the mean
/// of its neighbours.
fn filter(line: &[u8], above: &[u8], channels: usize, out: &mut Vec<u8>) {
    let changes = line.iter().zip(&line[channels.min(line.len())..]).filter(|(a, b)| a != b).count();
    out.clear();
    if changes * 2 < line.len() {
        out.push(0);
        out.extend_from_slice(line);
        return;
    }
    out.push(3);
    for (place, sample) in line.iter().enumerate() {
        let left = place.checked_sub(channels).map_or(0, |before| line[before]);
        let mean = (u16::from(left) + u16::from(above[place])) / 2;
        out.push(sample.wrapping_sub(mean as u8));
    }
}

/// A picture of at most 256 colours as PNG: drawings so take a tenth of the time and half of the bytes.
/// `pixels` holds the number of each pixel's colour, row by row. None if the sizes do not agree.
pub fn flat_png(width: u32, height: u32, colours: &[[u8; 3]], pixels: &[u8]) -> Option<Vec<u8>> {
    let row = width as usize;
    if row == 0 || !(1..=256).contains(&colours.len()) || pixels.len() != row * height as usize {
        return None;
    }
    let bits = match colours.len() {
        ..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    // Indexed colour (PNG, third edition, 11.2.1).
    let mut file = opening(width, height, None, [bits as u8, 3]);
    chunk(&mut file, b"PLTE", colours.as_flattened());
    // What a higher level would save, a shop's server does not miss.
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::new(3));
    let (mut above, mut packed) = (&[][..], Vec::new());
    for line in pixels.chunks_exact(row) {
        if line != above {
            packed.clear();
            // No filter: the next row is mostly like this one, and deflate sees that.
            packed.push(0);
            pack(line, bits, &mut packed);
            above = line;
        }
        // Writing to memory does not fail.
        let _ = deflate.write_all(&packed);
    }
    chunk(&mut file, b"IDAT", &deflate.finish().unwrap_or_default());
    chunk(&mut file, b"IEND", &[]);
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

/// A file up to where the pixels begin: the only methods of compression and filtering, not interlaced (PNG,
/// third edition, 11.2.1), and how many pixels an inch has, if that is known.
fn opening(width: u32, height: u32, dpi: Option<f64>, kind: [u8; 2]) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([kind[0], kind[1], 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    if let Some(dpi) = dpi.filter(|dpi| (1.0..1e6).contains(dpi)) {
        // Pixels in a metre, both ways (11.3.4.3).
        let metre = ((dpi / 0.0254).round() as u32).to_be_bytes();
        chunk(&mut png, b"pHYs", &[&metre[..], &metre, &[1]].concat());
    }
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    png.extend((data.len() as u32).to_be_bytes());
    png.extend(kind);
    png.extend(data);
    png.extend(sum.sum().to_be_bytes());
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
                photographic: false,
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
