//! No metadata of a source picture reaches an output, and its colours keep their look.
//!
//! Comes in: a JPEG and a PNG in which every place that programs and cameras write to holds a secret. Goes
//! out: the built files, taken apart to the last stream, in which no secret is found.

use std::fs;
use std::process::Command;

use booklet::picture::{PixelFormat, Raster};
use lopdf::{Document, Object};

use crate::epub::book::files;

/// What must not be found; each place says which it is.
const SECRET: &str = "SECRET-OF";

fn secret(place: &str) -> Vec<u8> {
    format!("{SECRET}-{place} 48.8566N 2.3522E 2024:01:02 03:04:05 Canon serial 4711").into_bytes()
}

fn picture(width: u32, height: u32) -> Raster {
    let pixels: Vec<u8> = (0..width * height * 3).map(|i| (i % 251) as u8).collect();
    let format = PixelFormat::Rgb;
    Raster { width, height, dpi: None, format, pixels: pixels.into(), photographic: true }
}

/// An EXIF block: one directory with the maker, the software and where the GPS directory is, which holds a
/// version and a text (Exif 3.0, 4.6).
fn exif() -> Vec<u8> {
    let (make, software, place) = (secret("EXIF-MAKER"), secret("EXIF-SOFTWARE"), secret("EXIF-GPS"));
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let directory = 8 + 2 + 3 * 12 + 4;
    let gps = directory + make.len() + software.len();
    tiff.extend(3_u16.to_be_bytes());
    let mut entry = |tag: u16, kind: u16, count: usize, value: usize| {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend((count as u32).to_be_bytes());
        tiff.extend((value as u32).to_be_bytes());
    };
    entry(0x010f, 2, make.len(), directory);
    entry(0x0131, 2, software.len(), directory + make.len());
    entry(0x8825, 4, 1, gps);
    tiff.extend([0; 4]);
    tiff.extend(make);
    tiff.extend(software);
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend([0, 0x1b, 0, 7]);
    tiff.extend((place.len() as u32).to_be_bytes());
    tiff.extend((gps as u32 + 18).to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(place);
    tiff
}

fn jpeg() -> Vec<u8> {
    let plain = picture(64, 48).to_jpeg(90).expect("a JPEG");
    let mut bytes = plain[..2].to_vec();
    let mut segment = |marker: u8, data: &[&[u8]]| {
        let data = data.concat();
        bytes.extend([0xff, marker]);
        bytes.extend((data.len() as u16 + 2).to_be_bytes());
        bytes.extend(data);
    };
    segment(0xe1, &[b"Exif\0\0", &exif()]);
    segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", &secret("XMP"), b"</x:xmpmeta>"]);
    segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", &secret("ICC"), &[0; 128]]);
    segment(0xed, &[b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x60\x1c\x02\x78\0\x50", &secret("IPTC")]);
    segment(0xfe, &[&secret("COMMENT")]);
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend(secret("AFTER-THE-END"));
    bytes
}

fn png() -> Vec<u8> {
    let plain = picture(40, 40).to_png().expect("a PNG");
    // After the header, which is 33 bytes long.
    let mut bytes = plain[..33].to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[&[u8]]| {
        let data = data.concat();
        let checked = [kind.as_slice(), &data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend_from_slice(&checked);
        bytes.extend(crc(&checked).to_be_bytes());
    };
    chunk(b"tEXt", &[b"Author\0", &secret("TEXT")]);
    chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &secret("ITXT")]);
    chunk(b"eXIf", &[&exif()]);
    chunk(b"tIME", &[&[7, 232, 1, 2, 3, 4, 5]]);
    bytes.extend_from_slice(&plain[33..]);
    bytes.extend(secret("AFTER-THE-END"));
    bytes
}

/// The checksum of PNG (third edition, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |c: u32| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |c, _| step(c)))
}

/// Everything that a PDF holds, uncompressed.
fn opened(pdf: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("a PDF");
    document.decompress();
    let mut all = pdf.to_vec();
    for object in document.objects.values() {
        all.extend(format!("{object:?}").into_bytes());
        if let Object::Stream(stream) = object {
            all.extend_from_slice(&stream.content);
        }
    }
    all
}

#[test]
fn nothing_that_a_camera_or_a_program_wrote_survives() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("crowd.jpg", &jpeg());
    write("plan.png", &png());
    write("badge.svg", crate::input::pictures::svg::RICH.replace("SECRET-PLACE", SECRET).as_bytes());
    write("cover.jpg", &jpeg());
    write("back.png", &png());
    write("t.md", b"# A chapter\n\n![A crowd](crowd.jpg \"Seen\")\n\nA ![plan](plan.png) in a line.\n\n![A badge](badge.svg)\n");
    let manifest = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"t.md\"]\n[cover]\nfront = \"cover.jpg\"\nback = \"back.png\"\n";
    write("manifest.toml", manifest.as_bytes());
    for given in ["crowd.jpg", "plan.png", "badge.svg"] {
        let bytes = fs::read(folder.path().join(given)).expect("a file");
        assert!(bytes.windows(SECRET.len()).filter(|w| *w == SECRET.as_bytes()).count() > 4, "{given}");
    }
    let built = Command::new(env!("CARGO_BIN_EXE_booklet")).args(["build", "-q"]).arg(folder.path()).output();
    let built = built.expect("the program runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut pictures = 0;
    for entry in fs::read_dir(folder.path().join("dist")).expect("outputs") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        let parts = if bytes.starts_with(b"%PDF") {
            vec![(path.display().to_string(), opened(&bytes))]
        } else {
            files(&bytes)
        };
        for (name, part) in parts {
            pictures += usize::from(name.contains("images/"));
            for trace in [SECRET, "Exif", "http://ns.adobe.com/xap", "Photoshop 3.0", "ICC_PROFILE", "tIME"] {
                // PDF's own metadata and output intent are XMP and ICC as well, and made here.
                if name.ends_with(".pdf") && trace != SECRET && trace != "Photoshop 3.0" {
                    continue;
                }
                let found = part.windows(trace.len()).any(|window| window == trace.as_bytes());
                assert!(!found, "{trace} is in {name}");
            }
        }
    }
    assert_eq!(pictures, 5, "pictures of the EPUB");
}
