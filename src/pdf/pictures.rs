//! Pictures → image streams; drawings are handed to `drawings.rs`.
//!
//! Comes in: decoded pixels. Goes out: the samples as PDF stores them, each picture once however often
//! it is shown. Paper has no transparency, so alpha is laid on white. A picture whose samples are all
//! gray is stored as gray, so that no press counts it as colour. Photographs that came as JPEG are
//! JPEG again, in print files without their colours unless those are asked for; all else is compressed without loss, each row as its difference to its neighbours.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::booklet::NamedPicture;
use crate::picture::screen::{Bits, Treatment, in_dots, in_gray};
use crate::picture::{Picture, PixelFormat, Raster};
use crate::typeset::frame::{Ink, Pages};

use super::drawings::Form;
use super::objects::file::deflate;

/// A picture as embedded.
#[derive(Debug)]
pub(super) enum EmbeddedPicture {
    /// Pixels.
    Image(Image),
    /// Outlines.
    Form(Form),
}

impl EmbeddedPicture {
    /// Whether it has no colour but shades of gray.
    pub fn gray(&self) -> bool {
        match self {
            Self::Image(image) => image.gray,
            Self::Form(form) => form.gray,
        }
    }
}

/// Pixels as embedded.
#[derive(Debug)]
pub(super) struct Image {
    pub width: u32,
    pub height: u32,
    /// `DeviceGray` or `DeviceRGB`.
    pub gray: bool,
    pub filter: Filter,
    pub data: Vec<u8>,
}

/// How the samples are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    /// Rows filtered as in PNG, then deflated.
    Predicted,
    /// A JPEG file.
    Jpeg,
    /// One bit a pixel, deflated.
    Bits,
}

/// How well photographs are encoded, of 100: no difference is seen at the resolution of print.
const QUALITY: u8 = 88;

/// Encodes all pictures of a booklet.
pub(super) fn all(pictures: &[NamedPicture], ink: Ink) -> Vec<EmbeddedPicture> {
    let one = |named: &NamedPicture| match (&*named.picture, ink) {
        (Picture::Drawing(drawing), _) => EmbeddedPicture::Form(Form::new(drawing, ink)),
        (Picture::Raster(raster), Ink::Colour) => EmbeddedPicture::Image(encode(raster)),
        (Picture::Raster(raster), Ink::Black) => EmbeddedPicture::Image(encode(&raster.to_gray())),
    };
    pictures.par_iter().map(one).collect()
}

/// Encodes all pictures for printers and copiers, by the size that they are shown in.
pub(super) fn treated(pages: &Pages, treatment: Treatment) -> Vec<EmbeddedPicture> {
    let one = |(named, width): (&NamedPicture, &u64)| {
        let raster = match &*named.picture {
            Picture::Drawing(drawing) => return EmbeddedPicture::Form(Form::new(drawing, Ink::Black)),
            Picture::Raster(raster) => raster,
        };
        let image = match in_dots(raster, *width, treatment) {
            Some(Bits { width, height, rows }) => {
                Image { width, height, gray: true, filter: Filter::Bits, data: deflate(&rows) }
            }
            None => encode(&in_gray(raster, treatment.contrast)),
        };
        EmbeddedPicture::Image(image)
    };
    pages.pictures.par_iter().zip(&pages.picture_widths()).map(one).collect()
}

/// Encodes a picture.
fn encode(picture: &Raster) -> Image {
    let (width, height) = (picture.width, picture.height);
    let (samples, gray) = on_white(picture);
    if picture.photographic {
        let format = if gray { PixelFormat::Gray } else { PixelFormat::Rgb };
        let flat = Raster { format, pixels: samples.as_ref().into(), ..picture.clone() };
        if let Some(data) = flat.to_jpeg(QUALITY) {
            return Image { width, height, gray, filter: Filter::Jpeg, data };
        }
    }
    let row = width as usize * if gray { 1 } else { 3 };
    let data = deflate(&predicted(&samples, row, if gray { 1 } else { 3 }));
    Image { width, height, gray, filter: Filter::Predicted, data }
}

/// The samples without alpha, and whether one is enough for each pixel.
fn on_white(picture: &Raster) -> (Cow<'_, [u8]>, bool) {
    let pixels = &*picture.pixels;
    let opaque: Cow<'_, [u8]> = match picture.format {
        PixelFormat::Gray => return (pixels.into(), true),
        PixelFormat::Rgb => pixels.into(),
        PixelFormat::Rgba => {
            let blend = |sample: u8, alpha: u8| {
                let (sample, alpha) = (u32::from(sample), u32::from(alpha));
                ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
            };
            let flat = pixels.chunks_exact(4).flat_map(|p| [0, 1, 2].map(|i| blend(p[i], p[3])));
            flat.collect::<Vec<u8>>().into()
        }
    };
    if opaque.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2]) {
        (opaque.chunks_exact(3).map(|p| p[0]).collect::<Vec<u8>>().into(), true)
    } else {
        (opaque, false)
    }
}

/// Rows with the PNG filter that leaves the smallest sum (ISO 15948, 9 and 12.8).
fn predicted(samples: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row.max(1));
    if row == 0 {
        return out;
    }
    let blank = vec![0_u8; row];
    let mut above: &[u8] = &blank;
    let mut best = vec![0_u8; row];
    let mut tried = vec![0_u8; row];
    for this in samples.chunks_exact(row) {
        let mut least = (u64::MAX, 0_u8);
        for kind in 0..=4_u8 {
            filter_row(kind, this, above, pixel, &mut tried);
            let sum = tried.iter().map(|&byte| u64::from((byte as i8).unsigned_abs())).sum();
            if sum < least.0 {
                least = (sum, kind);
                std::mem::swap(&mut best, &mut tried);
            }
        }
        out.push(least.1);
        out.extend_from_slice(&best);
        above = this;
    }
    out
}

fn filter_row(kind: u8, this: &[u8], above: &[u8], pixel: usize, out: &mut [u8]) {
    for (place, sample) in this.iter().enumerate() {
        let before = place.checked_sub(pixel);
        let left = before.map_or(0, |before| this[before]);
        let up = above[place];
        let guess = match kind {
            0 => 0,
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            _ => paeth(left, up, before.map_or(0, |before| above[before])),
        };
        out[place] = sample.wrapping_sub(guess);
    }
}

/// Paeth's predictor: whichever neighbour is nearest to left + up − corner.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}
