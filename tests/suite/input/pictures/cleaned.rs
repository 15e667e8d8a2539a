//! Picture files without their metadata: the same picture, and not a word of what the camera knew.

use std::io::Cursor;

use booklet::picture::Picture;
use image::{DynamicImage, ImageFormat, RgbImage};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Words that must not survive.
pub const SECRET: &[u8] = b"SECRET-PLACE";

fn image() -> DynamicImage {
    let pixel = |x: u32, y: u32| image::Rgb([(x * 9) as u8, (y * 11) as u8, (x * y) as u8]);
    DynamicImage::ImageRgb8(RgbImage::from_fn(21, 13, pixel))
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image().write_to(&mut out, format).expect("an encoder");
    out.into_inner()
}

/// EXIF that says where the camera was, and how the picture lies (TIFF 6.0; 6: turned right).
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    out.extend(b"\x01\x0e\0\x02\0\0\0\x0c\0\0\0\x26");
    out.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    out.extend([orientation, 0, 0, 0, 0, 0, 0]);
    out.resize(38, 0);
    out.extend(SECRET);
    out
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a short segment");
    [&[0xff, marker][..], &length.to_be_bytes(), body].concat()
}

/// A photograph as telephones make them: resolution, place, comment, thumbnail behind the end.
pub fn photograph(orientation: u8) -> Vec<u8> {
    let plain = encoded(ImageFormat::Jpeg);
    assert_eq!(plain[2..4], [0xff, 0xe0], "JFIF first");
    let rest = 4 + usize::from(u16::from_be_bytes([plain[4], plain[5]]));
    [
        &plain[..2],
        &segment(0xe0, b"JFIF\0\x01\x02\x01\0\xc8\0\xc8\0\0"),
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat()),
        &segment(0xed, &[b"Photoshop 3.0\0".as_slice(), SECRET].concat()),
        &segment(0xfe, SECRET),
        &plain[rest..],
        SECRET,
    ]
    .concat()
}

/// CRC-32 of PNG chunks (PNG, third edition, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name[..], data].concat();
    [&u32::try_from(data.len()).expect("short").to_be_bytes()[..], &named, &crc(&named).to_be_bytes()]
        .concat()
}

/// A PNG with a comment, a time, a resolution and, if it is not 1, an orientation.
pub fn drawing(orientation: u8) -> Vec<u8> {
    let mut png = encoded(ImageFormat::Png);
    let mut more = chunk(b"tEXt", &[b"Author\0".as_slice(), SECRET].concat());
    more.extend(chunk(b"tIME", &[7, 230, 1, 1, 1, 1, 1]));
    more.extend(chunk(b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]));
    if orientation != 1 {
        more.extend(chunk(b"eXIf", &exif(orientation)));
    }
    png.splice(33..33, more);
    png.extend(SECRET);
    png
}

/// A WebP in the extended form, with EXIF and XMP.
fn webp(orientation: u8) -> Vec<u8> {
    let plain = encoded(ImageFormat::WebP);
    let riff = |name: &[u8; 4], data: &[u8]| {
        let size = u32::try_from(data.len()).expect("short").to_le_bytes();
        [&name[..], &size, data, if data.len() % 2 == 1 { &[0][..] } else { &[] }].concat()
    };
    let body = [
        b"WEBP".to_vec(),
        riff(b"VP8X", &[0x0c, 0, 0, 0, 20, 0, 0, 12, 0, 0]),
        plain[12..].to_vec(),
        riff(b"EXIF", &exif(orientation)),
        riff(b"XMP ", SECRET),
    ];
    [riff(b"RIFF", &body.concat()), SECRET.to_vec()].concat()
}

/// A GIF with a comment and another program's block.
fn gif() -> Vec<u8> {
    let mut gif = encoded(ImageFormat::Gif);
    let colours = if gif[10] & 0x80 == 0 { 0 } else { 3 << ((gif[10] & 7) + 1) };
    let comment = [&[0x21, 0xfe, SECRET.len() as u8][..], SECRET, &[0]].concat();
    let block = [b"\x21\xff\x0bXMP DataXMP".as_slice(), &[SECRET.len() as u8], SECRET, &[0]].concat();
    gif.splice(13 + colours..13 + colours, [comment, block].concat());
    gif
}

fn same(one: &Picture, other: &Picture) -> bool {
    let all = |picture: &Picture| {
        let p = picture.raster().expect("pixels");
        (p.width, p.height, p.dpi, p.format, p.photographic, p.pixels.to_vec())
    };
    all(one) == all(other)
}

/// The cleaned file, which gives the same picture and, cleaned once more, itself.
fn cleaned(file: &[u8]) -> Option<Vec<u8>> {
    let (picture, clean) = Picture::decode_and_clean(file).ok()?;
    let clean = clean?;
    let (again, twice) = Picture::decode_and_clean(&clean).expect("a picture still");
    assert!(same(&picture, &again), "another picture");
    assert!(twice.as_deref() == Some(clean.as_slice()), "not the same when it is cleaned again");
    Some(clean)
}

fn kinds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("JPEG", photograph(1)),
        ("a turned JPEG", photograph(6)),
        ("a mirrored JPEG", photograph(5)),
        ("PNG", drawing(1)),
        ("a turned PNG", drawing(8)),
        ("WebP", webp(1)),
        ("a turned WebP", webp(3)),
        ("plain WebP", encoded(ImageFormat::WebP)),
        ("GIF", gif()),
        ("TIFF", encoded(ImageFormat::Tiff)),
    ]
}

#[test]
fn the_picture_stays_and_the_words_go() {
    for (kind, file) in kinds() {
        let clean = cleaned(&file).unwrap_or_else(|| panic!("{kind} cannot be cleaned"));
        for words in [SECRET, b"tEXt", b"tIME", b"xap", b"Photoshop"] {
            assert!(
                !clean.windows(words.len()).any(|w| w == words),
                "{kind}: {}",
                String::from_utf8_lossy(words)
            );
        }
    }
}

#[test]
fn how_it_lies_and_how_fine_it_is_stays() {
    let turned = Picture::decode(&cleaned(&photograph(6)).expect("a JPEG")).expect("a picture");
    assert_eq!((turned.extent(), turned.dpi()), ((13, 21), Some(200.0)));
    // Its compressed pixels are the very same bytes.
    let plain = encoded(ImageFormat::Jpeg);
    let scan = &plain[plain.len() - 100..];
    assert!(cleaned(&photograph(6)).expect("a JPEG").ends_with(scan));
    let turned = Picture::decode(&cleaned(&drawing(6)).expect("a PNG")).expect("a picture");
    assert_eq!(turned.extent(), (13, 21));
    assert!(turned.dpi().is_some_and(|dpi| (dpi - 300.0).abs() < 0.1), "{:?}", turned.dpi());
}

/// Resolution is read from JFIF only where it comes first; cleaning must not bring it there.
#[test]
fn a_resolution_that_did_not_count_does_not_count_afterwards() {
    let file = photograph(1);
    let jfif = 2..20;
    let late = [&file[..2], &segment(0xfe, b"first"), &file[jfif.clone()], &file[jfif.end..]].concat();
    assert_eq!(Picture::decode(&late).expect("a picture").dpi(), None);
    cleaned(&late).expect("a clean file");
}

/// A profile of a wide screen: primaries of Display P3 and a curve, and whose it is.
#[test]
fn colours_keep_their_look_without_the_words_in_their_profile() {
    let tags: [(&[u8; 4], Vec<u8>); 7] = [
        (b"desc", SECRET.to_vec()),
        (b"rXYZ", xyz([0.515_1, 0.241_2, -0.001_05])),
        (b"gXYZ", xyz([0.291_98, 0.692_25, 0.041_89])),
        (b"bXYZ", xyz([0.157_1, 0.066_55, 0.784_07])),
        (b"rTRC", b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec()),
        (b"gTRC", b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec()),
        (b"bTRC", b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec()),
    ];
    let mut profile = vec![0; 128];
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend(7_u32.to_be_bytes());
    let mut data = Vec::new();
    for (name, contents) in &tags {
        profile.extend_from_slice(&name[..]);
        profile.extend((132 + 12 * 7 + data.len() as u32).to_be_bytes());
        profile.extend((contents.len() as u32).to_be_bytes());
        data.extend_from_slice(contents);
    }
    profile.extend(data);
    let plain = encoded(ImageFormat::Jpeg);
    let body = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let file = [&plain[..2], &segment(0xe2, &body), &plain[2..]].concat();
    let moved = Picture::decode(&file).expect("a picture");
    assert!(!same(&moved, &Picture::decode(&plain).expect("a picture")), "the profile does nothing");
    let clean = cleaned(&file).expect("a clean file");
    assert!(!clean.windows(SECRET.len()).any(|w| w == SECRET));
}

fn xyz(column: [f64; 3]) -> Vec<u8> {
    let numbers = column.iter().flat_map(|v| ((v * 65_536.0).round() as i32).to_be_bytes());
    b"XYZ \0\0\0\0".iter().copied().chain(numbers).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(1936), ..ProptestConfig::default() })]

    /// However a file is damaged: as long as there is a picture in it, cleaning does not change it.
    #[test]
    fn damaged_files_give_the_same_picture_or_none(
        kind in 0_usize..10,
        harm in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let (_, mut file) = kinds().swap_remove(kind);
        for (at, byte) in harm {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()) + 1);
        }
        cleaned(&file);
    }
}
