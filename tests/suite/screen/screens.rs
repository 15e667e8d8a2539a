//! Photographs in print PDFs: gray, in clustered dots, in spread dots.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::picture::screen::{Bits, Screen, Treatment, in_dots, printed};
use booklet::picture::{Picture, PixelFormat, Raster};
use booklet::press::{Job, Wanted, press};
use lopdf::{Document, Object, Stream};

/// A photograph that goes from black to white, a little coloured.
fn photograph() -> Vec<u8> {
    let pixel =
        |i: u32| [(i % 300 * 255 / 299) as u8, (i % 300 * 255 / 299) as u8, (i % 300 * 200 / 299) as u8];
    let pixels: Vec<u8> = (0..300 * 200).flat_map(pixel).collect();
    let format = PixelFormat::Rgb;
    let (width, height) = (300, 200);
    let picture = Raster { width, height, dpi: None, format, pixels: pixels.into(), photographic: true };
    picture.to_jpeg(90).expect("a JPEG")
}

fn made(folder: &Path, print: &str) -> Vec<(String, Vec<u8>)> {
    fs::write(folder.join("p.jpg"), photograph()).expect("a file");
    fs::write(folder.join("t.md"), "![A wedge](p.jpg){width=50%}\n").expect("a file");
    let manifest = format!("title = \"T\"\nlanguage = \"en\"\nchapters = [\"t.md\"]\n{print}");
    fs::write(folder.join("manifest.toml"), manifest).expect("a file");
    let mut report = Report::new();
    let artifacts = press(
        &Job { manuscript: Manuscript::on_disk(folder), wanted: Wanted { epub: false, ..Wanted::ALL } },
        &mut report,
    );
    assert!(!report.has_errors());
    artifacts.into_iter().map(|artifact| (artifact.name, artifact.bytes)).collect()
}

/// The pictures of a PDF.
fn images(pdf: &[u8]) -> Vec<Stream> {
    let document = Document::load_mem(pdf).expect("a PDF");
    let is_image =
        |stream: &Stream| stream.dict.get(b"Subtype").is_ok_and(|s| s.as_name().is_ok_and(|n| n == b"Image"));
    let streams = document.objects.values().filter_map(|object| match object {
        Object::Stream(stream) if is_image(stream) => Some(stream.clone()),
        _ => None,
    });
    streams.collect()
}

fn number(stream: &Stream, key: &[u8]) -> i64 {
    stream.dict.get(key).and_then(Object::as_i64).expect("a number")
}

/// The pixels of a picture file.
fn decoded(file: &[u8]) -> Raster {
    let Ok(Picture::Raster(raster)) = Picture::decode(file) else { panic!("no picture of pixels") };
    raster
}

#[test]
fn a_photograph_for_copiers_is_dots_in_the_print_file_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = made(folder.path(), "");
    for (print, per_inch) in [
        ("[print]\npicture = \"photocopy\"\n", 600),
        ("[print]\npicture = \"photocopy\"\nresolution = 300\ncontrast = \"20%\"\n", 300),
        ("[print]\npicture = \"dither\"\n", 200),
    ] {
        let files = made(folder.path(), print);
        for ((name, bytes), (_, before)) in files.iter().zip(&plain) {
            if !name.contains("print") {
                // Their sources hold the manifest, and the manifest differs; pictures do not.
                let same = images(bytes).iter().zip(images(before)).all(|(a, b)| a.content == b.content);
                assert!(same, "{name}");
                continue;
            }
            let [image] = images(bytes).try_into().expect("one picture");
            assert_eq!(number(&image, b"BitsPerComponent"), 1);
            let (width, height) = (number(&image, b"Width"), number(&image, b"Height"));
            // Half of a measure of about 322 points, three to two.
            assert!((width - per_inch * 161 / 72).abs() < per_inch / 20, "{width}");
            assert!((height * 3 - width * 2).abs() <= 3, "{width} {height}");
            let dots = image.decompressed_content().expect("dots");
            assert_eq!(dots.len() as i64, (width + 7) / 8 * height);
            // Black at the left, white at the right.
            let row = dots.len() / height as usize;
            let ink = |part: std::ops::Range<usize>| {
                let bytes = dots.chunks(row).flat_map(|line| &line[part.clone()]);
                bytes.map(|byte| byte.count_zeros()).sum::<u32>()
            };
            assert!(ink(0..row / 4) > 4 * ink(row * 3 / 4..row - 1));
        }
    }
    let (_, gray) = made(folder.path(), "[print]\ncontrast = \"50%\"\n").pop().expect("a print PDF");
    let (_, before) = plain.last().expect("a print PDF");
    let ([gray], [before]) = (&images(&gray)[..], &images(before)[..]) else { panic!("one picture each") };
    assert_eq!(number(gray, b"BitsPerComponent"), 8);
    assert_ne!(gray.content, before.content);
}

#[test]
fn pictures_of_sheets_show_the_dots_that_are_printed() {
    let picture = decoded(&photograph());
    let treatment = Treatment { screen: Screen::Clustered(600), contrast: 20 };
    let Bits { width, height, rows } = in_dots(&picture, 2_000, treatment).expect("dots");
    let shown = printed(&picture, 2_000, treatment);
    assert_eq!((shown.width, shown.height, shown.format), (width, height, PixelFormat::Gray));
    let black = shown.pixels.iter().filter(|shade| **shade == 0).count();
    let white = shown.pixels.iter().filter(|shade| **shade == 255).count();
    assert_eq!(black + white, width as usize * height as usize);
    let set: u32 = rows.iter().map(|byte| byte.count_ones()).sum();
    // What fills the last byte of a row is no dot.
    assert!(white as u32 <= set && set - white as u32 <= 7 * height);
    // In gray it is the picture itself, with more contrast.
    let gray = printed(&picture, 2_000, Treatment { screen: Screen::Gray, contrast: 20 });
    assert_eq!((gray.width, gray.height), (picture.width, picture.height));
}
