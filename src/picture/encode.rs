//! A picture as a file again, for the EPUB: pixels and nothing else, so that no metadata of the source
//! survives.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
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

/// A picture as PNG, without loss and without anything but its pixels and, if it is known, how many an
/// inch has. Samples that do not fill the picture are white.
pub fn png(picture: &Picture) -> Vec<u8> {
    // The kinds of PNG, third edition, 11.2.1: gray 0, three samples 2, with alpha 6; 8 bits a sample.
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
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, kind, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    if let Some(dpi) = picture.dpi.filter(|dpi| (1.0..1e6).contains(dpi)) {
        // Pixels in a metre, both ways (11.3.4.3).
        let metre = ((dpi / 0.0254).round() as u32).to_be_bytes();
        chunk(&mut png, b"pHYs", &[&metre[..], &metre, &[1]].concat());
    }
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

/// A PNG of at most sixteen colours, four bits a pixel: for drawings, which so take a tenth of the time and
/// half of the bytes. `pixels` holds the index of each pixel's colour, row by row. None if the sizes do
/// not agree.
pub fn flat_png(width: u32, height: u32, colours: &[[u8; 3]], pixels: &[u8]) -> Option<Vec<u8>> {
    let row = usize::try_from(width).ok().filter(|row| *row > 0)?;
    if colours.is_empty() || colours.len() > 16 || pixels.len() as u64 != u64::from(width) * u64::from(height)
    {
        return None;
    }
    let mut packed = Vec::with_capacity((row / 2 + 2) * height as usize);
    for line in pixels.chunks_exact(row) {
        // No filter: the next row is mostly like this one, and deflate sees that.
        packed.push(0);
        let (pairs, last) = line.as_chunks::<2>();
        packed.extend(pairs.iter().map(|[left, right]| (left & 15) << 4 | right & 15));
        packed.extend(last.iter().map(|left| (left & 15) << 4));
    }
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(&packed).ok()?;
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // Four bits a sample, indexed colour; the only methods of compression and filtering; not interlaced
    // (PNG, third edition, 11.2.1).
    header.extend([4, 3, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"PLTE", colours.as_flattened());
    chunk(&mut png, b"IDAT", &deflate.finish().ok()?);
    chunk(&mut png, b"IEND", &[]);
    Some(png)
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

    #[test]
    fn a_png_holds_pixels_and_their_size_and_nothing_else() {
        for (format, channels) in [(PixelFormat::Gray, 1), (PixelFormat::Rgb, 3), (PixelFormat::Rgba, 4)] {
            // The first rows are flat, the others change from sample to sample.
            let pixels: Vec<u8> = (0..9 * 7 * channels)
                .map(|i: usize| if i < 27 * channels { 200 } else { (i * i % 251) as u8 })
                .collect();
            let picture = Picture {
                width: 9,
                height: 7,
                dpi: Some(150.0),
                format,
                pixels: pixels.into(),
                photographic: false,
            };
            let file = png(&picture);
            let back = Picture::decode(&file).unwrap();
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
        let short = Picture { width: 2, ..Picture::white(1, 1, None) };
        assert_eq!(&Picture::decode(&png(&short)).unwrap().pixels[..], [255, 255]);
    }

    #[test]
    fn a_flat_png_is_read_as_it_was_meant() {
        let colours = [[255, 255, 255], [200, 0, 0], [0, 0, 90]];
        let png = flat_png(3, 2, &colours, &[0, 1, 2, 2, 1, 0]).unwrap();
        let back = Picture::decode(&png).unwrap();
        let want: Vec<u8> = [0, 1, 2, 2, 1, 0].iter().flat_map(|&i: &usize| colours[i]).collect();
        assert_eq!((back.width, back.height, &back.pixels[..]), (3, 2, &want[..]));
        assert!(flat_png(3, 2, &colours, &[0; 5]).is_none());
        assert!(flat_png(0, 0, &colours, &[]).is_none());
    }
}
