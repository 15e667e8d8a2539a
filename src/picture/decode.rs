//! The bytes of a picture file → pixels.
//!
//! Comes in: the whole file. Goes out: a [`Picture`], or why not. What kind of file it is is told from
//! its first bytes, not from its name. Colours are kept as simple as they are: a picture without colour
//! becomes gray, one without transparency loses its alpha channel, so that a photocopied page needs no
//! colour and no blending.

use std::io::Cursor;
use std::sync::Arc;

use image::error::{ImageError, LimitErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::colour::Conversion;
use super::drawing::shade;
use super::error::{MOST_MEMORY, MOST_PIXELS, PictureError};
use super::jpeg;
use super::scale::scaled;
use super::{PixelFormat, Raster};

/// Bytes of pixels that a picture keeps: 16 million in colour, a full A4 page at 400 dots an inch; in gray, three
/// times as many. A larger one is made smaller as it is read.
const MOST_KEPT: usize = 48 << 20;
/// What a PNG may unpack beside its pixels, in bytes.
const MOST_BESIDE: u64 = 32 << 20;
/// A file that unpacks to more than so many bytes…
const SUSPICIOUS: u64 = 64 << 20;
/// …and to more than so many times its own size is made to fill memory, and shows nothing.
const MOST_SWELLING: u64 = 400;

impl Raster {
    /// The picture in shades of gray (ITU-R BT.709 luma), transparency laid on white.
    #[must_use]
    pub fn to_gray(&self) -> Self {
        let pixels: Arc<[u8]> = match self.format {
            PixelFormat::Gray => return self.clone(),
            PixelFormat::Rgb => self.pixels.as_chunks::<3>().0.iter().map(|p| shade(*p)).collect(),
            PixelFormat::Rgba => self.pixels.as_chunks::<4>().0.iter().map(|p| shade(on_white(*p))).collect(),
        };
        Self { format: PixelFormat::Gray, pixels, ..self.clone() }
    }
}

/// What the decoder found.
pub(super) struct Decoded {
    pub picture: Raster,
    pub kind: ImageFormat,
    /// How the file says that its pixels lie; already applied.
    pub orientation: Orientation,
    /// The file's colour profile, if it moved any colour.
    pub profile: Option<Vec<u8>>,
}

/// Decodes a picture file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|e| PictureError::Broken(e.to_string()))?;
    let Some(kind) = reader.format().filter(|k| KINDS.contains(k)) else {
        return Err(PictureError::UnknownKind);
    };
    let mut limits = Limits::default();
    // PNG counts here what it unpacks beside the pixels: profiles and words, none of which is so large.
    limits.max_alloc = Some(if kind == ImageFormat::Png { MOST_BESIDE } else { 2 * MOST_MEMORY });
    reader.limits(limits.clone());
    // The header alone first: a lying one is refused before memory is asked for.
    let (width, height) = reader.into_dimensions().map_err(why)?;
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge(width, height));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    let unpacked = decoder.total_bytes();
    if unpacked > SUSPICIOUS && unpacked / MOST_SWELLING > bytes.len() as u64 {
        return Err(PictureError::Bomb);
    }
    if unpacked > MOST_MEMORY {
        return Err(PictureError::TooMuchMemory);
    }
    if kind == ImageFormat::Jpeg
        && let Some(why) = jpeg::damage(bytes)
    {
        return Err(PictureError::Broken(why.to_owned()));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(why)?;
    image.apply_orientation(orientation);
    let (format, mut pixels) = simplest(image);
    let conversion = profile.as_deref().and_then(Conversion::new).filter(|_| format != PixelFormat::Gray);
    if conversion.is_none() {
        profile = None;
    }
    if let Some(conversion) = conversion {
        match format {
            PixelFormat::Gray => {}
            PixelFormat::Rgb => {
                pixels.as_chunks_mut::<3>().0.iter_mut().for_each(|p| *p = conversion.convert(*p));
            }
            PixelFormat::Rgba => {
                for [r, g, b, _] in pixels.as_chunks_mut::<4>().0 {
                    [*r, *g, *b] = conversion.convert([*r, *g, *b]);
                }
            }
        }
    }
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let dpi = match kind {
        ImageFormat::Png => png_dpi(bytes),
        ImageFormat::Jpeg => jfif_dpi(bytes),
        _ => None,
    };
    // More than paper shows is let go at once, before anything else is done with it.
    let (mut width, mut height, mut dpi) = (width, height, dpi);
    if pixels.len() > MOST_KEPT {
        let part = (MOST_KEPT as f64 / pixels.len() as f64).sqrt();
        let fewer = |pixels: u32| (f64::from(pixels) * part).floor().max(1.0) as u32;
        let new = [fewer(width), fewer(height)];
        pixels = scaled(&pixels, format, [width, height], new);
        dpi = dpi.map(|dpi| dpi * f64::from(new[0]) / f64::from(width));
        [width, height] = new;
    }
    let photographic = kind == ImageFormat::Jpeg;
    let picture = Raster { width, height, dpi, format, pixels: pixels.into(), photographic };
    Ok(Decoded { picture, kind, orientation, profile })
}

const KINDS: [ImageFormat; 5] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Gif];

fn why(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::DimensionError) => {
            PictureError::TooLarge(0, 0)
        }
        ImageError::Limits(_) => PictureError::TooMuchMemory,
        other => PictureError::Broken(other.to_string()),
    }
}

/// Eight bits a sample, and no more channels than the picture needs.
fn simplest(image: DynamicImage) -> (PixelFormat, Vec<u8>) {
    let plain = match &image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => {
            return (PixelFormat::Gray, image.into_luma8().into_raw());
        }
        other => other.color().has_alpha(),
    };
    if plain {
        let rgba = image.into_rgba8().into_raw();
        let (pixels, _) = rgba.as_chunks::<4>();
        if pixels.iter().any(|p| p[3] != 255) {
            return (PixelFormat::Rgba, rgba);
        }
        return flat(pixels.iter().map(|p| [p[0], p[1], p[2]]));
    }
    let rgb = image.into_rgb8().into_raw();
    let (pixels, _) = rgb.as_chunks::<3>();
    if pixels.iter().any(|p| p[0] != p[1] || p[1] != p[2]) {
        return (PixelFormat::Rgb, rgb);
    }
    flat(pixels.iter().copied())
}

fn flat(pixels: impl Iterator<Item = [u8; 3]> + Clone) -> (PixelFormat, Vec<u8>) {
    if pixels.clone().all(|p| p[0] == p[1] && p[1] == p[2]) {
        (PixelFormat::Gray, pixels.map(|p| p[0]).collect())
    } else {
        (PixelFormat::Rgb, pixels.flatten().collect())
    }
}

fn on_white([r, g, b, alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [r, g, b].map(|c| ((u32::from(c) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

/// Dots per inch of a PNG's `pHYs` chunk (PNG, third edition, 11.3.4.3), if its unit is the metre.
fn png_dpi(bytes: &[u8]) -> Option<f64> {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        match &head[4..8] {
            b"pHYs" => {
                let data = bytes.get(at + 8..at + 17)?;
                let per_metre = u32::from_be_bytes([data[0], data[1], data[2], data[3]]);
                return (data[8] == 1 && per_metre > 0).then(|| f64::from(per_metre) * 0.0254);
            }
            b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
    None
}

/// Dots per inch of a JPEG's JFIF segment (JFIF 1.02), if its unit is the inch or the centimetre.
fn jfif_dpi(bytes: &[u8]) -> Option<f64> {
    let data = bytes.get(2..20).filter(|d| d[..2] == [0xff, 0xe0] && &d[4..9] == b"JFIF\0")?;
    let density = f64::from(u16::from_be_bytes([data[12], data[13]]));
    match data[11] {
        1 if density > 0.0 => Some(density),
        2 if density > 0.0 => Some(density * 2.54),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<Raster, PictureError> {
        decode(bytes).map(|decoded| decoded.picture)
    }

    fn picture(format: PixelFormat, width: u32, height: u32, pixels: Vec<u8>) -> Raster {
        Raster { width, height, dpi: None, format, pixels: pixels.into(), photographic: false }
    }

    #[test]
    fn a_png_comes_back_as_it_went_and_as_simple_as_it_is() {
        let colour = picture(PixelFormat::Rgb, 2, 1, vec![255, 0, 0, 1, 2, 3]);
        let back = decoded(&colour.to_png().unwrap()).unwrap();
        assert_eq!((back.format, &back.pixels[..]), (PixelFormat::Rgb, &colour.pixels[..]));
        let gray = picture(PixelFormat::Rgba, 1, 2, vec![7, 7, 7, 255, 9, 9, 9, 255]);
        let back = decoded(&gray.to_png().unwrap()).unwrap();
        assert_eq!((back.format, &back.pixels[..]), (PixelFormat::Gray, &[7, 9][..]));
        let glass = picture(PixelFormat::Rgba, 1, 1, vec![0, 0, 0, 0]);
        let back = decoded(&glass.to_png().unwrap()).unwrap();
        assert_eq!((back.format, back.to_gray().pixels[0]), (PixelFormat::Rgba, 255));
    }

    #[test]
    fn a_truncated_png_is_an_error() {
        let noise: Vec<u8> = (0..3000_u32).map(|i| (i * i / 7 % 251) as u8).collect();
        let png = picture(PixelFormat::Rgb, 100, 10, noise).to_png().unwrap();
        for length in 0..png.len() - 12 {
            assert!(decoded(&png[..length]).is_err(), "{length} of {}", png.len());
        }
    }

    #[test]
    fn a_header_of_sixty_thousand_pixels_a_side_is_refused_unread() {
        let mut png = picture(PixelFormat::Gray, 1, 1, vec![0]).to_png().unwrap();
        png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        // The checksum of IHDR no longer holds; either way nothing is decoded.
        assert!(matches!(
            decoded(&png),
            Err(PictureError::TooLarge(60_000, 60_000) | PictureError::Broken(_))
        ));
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let bare = crate::picture::Picture::decode(b"<?xml version='1.0'?><svg/>").unwrap_err();
        assert!(matches!(bare, PictureError::Broken(_)), "{bare:?}");
        assert_eq!(crate::picture::Picture::decode(b"hello").unwrap_err(), PictureError::UnknownKind);
        assert_eq!(crate::picture::Picture::decode(b"").unwrap_err(), PictureError::UnknownKind);
    }

    #[test]
    fn resolution_is_read_and_nothing_else() {
        let mut png = picture(PixelFormat::Gray, 1, 1, vec![0]).to_png().unwrap();
        let mut chunk = vec![0, 0, 0, 9];
        chunk.extend(b"pHYs");
        chunk.extend(11_811_u32.to_be_bytes());
        chunk.extend(11_811_u32.to_be_bytes());
        chunk.extend([1, 0, 0, 0, 0]);
        png.splice(33..33, chunk);
        assert!((png_dpi(&png).unwrap() - 300.0).abs() < 0.1);
        assert_eq!(png_dpi(b"short"), None);
        assert_eq!(jfif_dpi(b"\xff\xd8"), None);
    }
}
