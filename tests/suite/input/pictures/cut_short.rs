//! Pictures that are cut short or damaged: never half a picture without a word, never a panic. And pictures
//! that are whole, whatever their cameras put beside them, are read.

use std::io::Cursor;

use booklet::picture::{Picture, PictureError};
use image::{DynamicImage, ImageFormat, RgbImage};

use super::progressive;

/// A picture that packs badly, so that every part of the file holds a part of it.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let slope = (x * 2 + y) as u8 / 2;
        image::Rgb([slope / 2 + next() / 4, slope, next() / 2])
    });
    DynamicImage::ImageRgb8(picture)
}

fn file(kind: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    noise(120, 96).write_to(&mut bytes, kind).expect("a picture");
    bytes.into_inner()
}

#[track_caller]
fn broken(bytes: &[u8], what: &str) {
    let found = Picture::decode(bytes);
    assert!(matches!(found, Err(PictureError::Broken(_))), "{what}: {:?}", found.map(|p| p.extent()));
}

#[track_caller]
fn whole(bytes: &[u8], what: &str) {
    let found = Picture::decode(bytes);
    assert!(found.is_ok(), "{what}: {:?}", found.map(|_| ()));
}

/// Every kind, cut at ninety places from its first pixels to its last.
#[test]
fn a_picture_that_is_cut_anywhere_is_told() {
    for kind in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Gif]
    {
        let bytes = file(kind);
        whole(&bytes, &format!("{kind:?}, whole"));
        // What comes after the last pixels may be missing, the marks of the end, and in a JPEG a part of the
        // last block.
        let last = bytes.len() - if kind == ImageFormat::Jpeg { 80 } else { 24 };
        for step in 0..90 {
            let length = 40 + (last - 40) * step / 89;
            let found = Picture::decode(&bytes[..length]);
            assert!(found.is_err(), "{kind:?}, {length} bytes of {}", bytes.len());
        }
        // Shorter still: nothing to be read, and nothing to fall over.
        for length in 0..40 {
            assert!(Picture::decode(&bytes[..length]).is_err(), "{kind:?}, {length} bytes");
        }
    }
}

/// Where the pixels of a JPEG begin.
fn pixels(jpeg: &[u8]) -> usize {
    jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).expect("a pass") + 14
}

#[test]
fn a_jpeg_that_lacks_its_middle_or_has_zeros_there_is_told() {
    for (jpeg, what) in [(file(ImageFormat::Jpeg), "baseline"), (progressive::jpeg(12, 9), "progressive")] {
        whole(&jpeg, what);
        let start = pixels(&jpeg);
        for step in 1..20 {
            let at = start + (jpeg.len() - start) * step / 24;
            let length = (jpeg.len() - start) / 10;
            let mut missing = jpeg.clone();
            missing.drain(at..at + length);
            broken(&missing, &format!("{what}, {length} bytes missing at {at}"));
            // A download that stopped, in a file that had its length already.
            let mut stopped = jpeg.clone();
            stopped[at..].fill(0);
            broken(&stopped, &format!("{what}, zeros from {at}"));
            if what == "baseline" {
                let mut zeros = jpeg.clone();
                zeros[at..at + length].fill(0);
                broken(&zeros, &format!("{what}, {length} zeros at {at}"));
            }
        }
        let mut bytes = jpeg.clone();
        // Codes of ones alone are none.
        bytes[start + 40..start + 80].fill(0xfe);
        let _ = Picture::decode(&bytes);
        broken(&jpeg[..jpeg.len() / 2], &format!("{what}, half"));
    }
}

#[test]
fn what_cameras_put_beside_a_whole_jpeg_is_let_pass() {
    for (jpeg, what) in [(file(ImageFormat::Jpeg), "baseline"), (progressive::jpeg(12, 9), "progressive")] {
        let bare = &jpeg[..jpeg.len() - 2];
        whole(bare, &format!("{what} without the mark of its end"));
        whole(&[bare, &[0xff, 0xff, 0xff, 0xd9]].concat(), &format!("{what}, filled with ones"));
        whole(&[bare, &[0; 2000], &[0xff, 0xd9]].concat(), &format!("{what}, filled with zeros"));
        whole(&[&jpeg[..], &[0; 4096]].concat(), &format!("{what}, zeros behind"));
        whole(
            &[&jpeg[..], &b"a trailer of a telephone ".repeat(100)].concat(),
            &format!("{what}, a trailer"),
        );
        // A second picture behind the first, as telephones write it (CIPA DC-007), and even half of it.
        whole(&[&jpeg[..], &jpeg].concat(), &format!("{what}, two pictures"));
        whole(&[&jpeg[..], &jpeg[..jpeg.len() / 2]].concat(), &format!("{what}, one and a half"));
        // A small one in front, among what the camera says about itself.
        let small = file(ImageFormat::Jpeg);
        let length = u16::try_from(small.len() + 8).expect("short").to_be_bytes();
        let exif = [&[0xff, 0xe1], &length[..], b"Exif\0\0", &small].concat();
        whole(&[&jpeg[..2], &exif, &jpeg[2..]].concat(), &format!("{what}, a thumbnail"));
    }
}

/// The smallest file that made the decoder itself fall over: a progressive JPEG whose colours are declared
/// anew behind its frame.
#[test]
fn a_jpeg_at_which_its_decoder_panics_is_a_damaged_picture() {
    let frame = [&[0xff, 0xc2, 0, 11, 8][..], &[0, 8, 0, 8, 1, 1, 0x11, 0]].concat();
    let adobe = |transform| [&[0xff, 0xee, 0, 14][..], b"Adobe", &[0, 100, 0, 0, 0, 0, transform]].concat();
    let pass = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0x7f, 0xff, 0xd9];
    for (before, after) in [(0, 1), (0, 2), (1, 0), (2, 0), (2, 2)] {
        let parts = [&[0xff, 0xd8][..], &adobe(before), &frame, &adobe(after), &pass];
        broken(&parts.concat(), &format!("{before}, then {after}"));
    }
}

/// Photographs with single bytes changed at random: read or refused, and always back.
#[test]
fn no_byte_that_is_changed_makes_a_decoder_panic() {
    let mut state = 7_u64;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let mut small = Cursor::new(Vec::new());
    noise(24, 16).write_to(&mut small, ImageFormat::Jpeg).expect("a picture");
    for jpeg in [small.into_inner(), progressive::jpeg(3, 2)] {
        for _ in 0..400 {
            let mut changed = jpeg.clone();
            for _ in 0..=next(3) {
                let at = next(changed.len());
                changed[at] = [0, 0xff, 0xd9, 0xda, next(256) as u8][next(5)];
            }
            let _ = Picture::decode(&changed);
        }
    }
}
