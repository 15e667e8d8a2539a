//! A picture as a file again, for the EPUB: pixels and nothing else, so that no metadata of the source
//! survives.

use std::collections::BTreeMap;
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
    let mut png = opening((width, height), picture.dpi, [8, kind]);
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

/// Pixels of one sample (gray) or three as PNG, as numbers of their colours: drawings of few colours so take
/// a tenth of the time and half of the bytes. None if there are more than 256 colours, or the pixels do
/// not fill the picture.
pub fn flat_png((width, height): (u32, u32), samples: usize, pixels: &[u8]) -> Option<Vec<u8>> {
    let row = width as usize * samples;
    if row == 0 || !matches!(samples, 1 | 3) || pixels.len() != row * height as usize {
        return None;
    }
    let palette = Palette::of(pixels, row, samples)?;
    let bits = match palette.colours.len() {
        ..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    // Indexed colour (PNG, third edition, 11.2.1).
    let mut file = opening((width, height), None, [bits as u8, 3]);
    chunk(&mut file, b"PLTE", palette.colours.as_flattened());
    // What a higher level would save, a shop's server does not miss.
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::new(3));
    let (mut above, mut packed) = (&[][..], Vec::new());
    for line in pixels.chunks_exact(row) {
        if line != above {
            packed.clear();
            // No filter: the next row is mostly like this one, and deflate sees that.
            packed.push(0);
            palette.pack(line, bits, &mut packed);
            above = line;
        }
        // Writing to memory does not fail.
        let _ = deflate.write_all(&packed);
    }
    chunk(&mut file, b"IDAT", &deflate.finish().unwrap_or_default());
    chunk(&mut file, b"IEND", &[]);
    Some(file)
}

/// The colours of a picture, in the order in which they are met.
struct Palette {
    colours: Vec<[u8; 3]>,
    /// Samples in a pixel: 1 or 3.
    samples: usize,
    /// The number of each gray.
    grays: [u8; 256],
    /// The number of each colour.
    numbers: BTreeMap<[u8; 3], u8>,
}

impl Palette {
    /// None if there are more than 256.
    fn of(pixels: &[u8], row: usize, samples: usize) -> Option<Self> {
        let mut palette = Self { colours: Vec::new(), samples, grays: [0; 256], numbers: BTreeMap::new() };
        let mut above = &[][..];
        let mut met = [false; 256];
        let mut last = None;
        for line in pixels.chunks_exact(row) {
            if line == above {
                continue;
            }
            above = line;
            if samples == 1 {
                line.iter().for_each(|gray| met[usize::from(*gray)] = true);
                continue;
            }
            for colour in line.as_chunks::<3>().0 {
                if last != Some(*colour) {
                    last = Some(*colour);
                    palette.add(*colour)?;
                }
            }
        }
        for (gray, _) in (0..=u8::MAX).zip(met).filter(|(_, met)| *met) {
            palette.grays[usize::from(gray)] = palette.colours.len() as u8;
            palette.colours.push([gray; 3]);
        }
        Some(palette)
    }

    fn add(&mut self, colour: [u8; 3]) -> Option<()> {
        if !self.numbers.contains_key(&colour) {
            self.numbers.insert(colour, u8::try_from(self.colours.len()).ok()?);
            self.colours.push(colour);
        }
        Some(())
    }

    /// Appends a row of pixels, so many bits each.
    fn pack(&self, line: &[u8], bits: usize, out: &mut Vec<u8>) {
        let each = 8 / bits;
        if self.samples == 1 {
            let pack = |byte: u8, gray: &u8| byte << (bits % 8) | self.grays[usize::from(*gray)];
            let (whole, rest) = line.split_at(line.len() / each * each);
            match each {
                1 => out.extend(whole.iter().map(|gray| self.grays[usize::from(*gray)])),
                2 => out.extend(whole.as_chunks::<2>().0.iter().map(|pair| pair.iter().fold(0, pack))),
                _ => out.extend(whole.chunks_exact(each).map(|some| some.iter().fold(0, pack))),
            }
            if !rest.is_empty() {
                out.push(rest.iter().fold(0, pack) << ((each - rest.len()) * bits));
            }
            return;
        }
        let (mut last, mut number) = ([0; 3], self.numbers.get(&[0; 3]).copied().unwrap_or(0));
        for some in line.chunks(each * 3) {
            let mut byte = 0;
            for colour in some.as_chunks::<3>().0 {
                if *colour != last {
                    (last, number) = (*colour, self.numbers.get(colour).copied().unwrap_or(0));
                }
                byte = byte << (bits % 8) | number;
            }
            out.push(byte << ((each - some.len() / 3) * bits % 8));
        }
    }
}

/// A file up to where the pixels begin: the only methods of compression and filtering, not interlaced (PNG,
/// third edition, 11.2.1), and how many pixels an inch has, if that is known.
fn opening((width, height): (u32, u32), dpi: Option<f64>, kind: [u8; 2]) -> Vec<u8> {
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
                drawing: None,
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
        let some = |format, width: u32, colours: usize| {
            let height = 5;
            let pixel = |i: usize| {
                let colour = (i * 7 + i / 11) % colours;
                let rgb = [(colour * 89) as u8, colour as u8, (colour / 3) as u8];
                if format == PixelFormat::Gray { rgb[1..2].to_vec() } else { rgb.to_vec() }
            };
            // The last two rows are alike.
            let place = |i: usize| if i >= (width * 4) as usize { i - width as usize } else { i };
            let pixels: Vec<u8> = (0..(width * height) as usize).flat_map(|i| pixel(place(i))).collect();
            Picture {
                width,
                height,
                dpi: None,
                format,
                pixels: pixels.into(),
                photographic: false,
                drawing: None,
            }
        };
        for format in [PixelFormat::Gray, PixelFormat::Rgb] {
            for (colours, bits) in [(1, 1), (2, 1), (3, 2), (4, 2), (7, 4), (16, 4), (17, 8), (100, 8)] {
                for width in [1, 2, 3, 7, 64, 65] {
                    let picture = some(format, width, colours);
                    let samples = if format == PixelFormat::Gray { 1 } else { 3 };
                    let file = flat_png((width, 5), samples, &picture.pixels).unwrap();
                    let back = Picture::decode(&file).unwrap();
                    assert_eq!(back.on([0; 3]), picture.on([0; 3]), "{format:?} {colours} {width}");
                    assert!(width < 64 || file[24] == bits, "{format:?} {colours} {width}");
                }
            }
        }
        let many: Vec<u8> = (0..300_u16).flat_map(|i| [(i >> 8) as u8, i as u8, 7]).collect();
        assert!(flat_png((60, 5), 3, &many).is_none());
        assert!(flat_png((0, 0), 1, &[]).is_none() && flat_png((2, 2), 1, &[0; 3]).is_none());
    }
}
