//! Drawings from strangers.

use booklet::picture::{Drawing, Picture};

use super::pressed;

/// Pixels of a side of what is painted.
const SIDE: usize = 48;

/// Tries a drawing; every eighth that can be used is also set in a booklet.
pub fn run(bytes: &[u8]) {
    let decoded = Picture::decode(bytes);
    let (picture, file) = match Picture::decode_and_clean(bytes) {
        Ok(both) => both,
        Err(error) => {
            assert_eq!(decoded.err(), Some(error.clone()));
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let Some(drawing) = picture.drawing() else { return };
    assert_eq!(decoded.expect("decoded before").drawing(), Some(drawing));
    let (width, height) = picture.extent();
    assert!(width > 0 && height > 0 && drawing.width > 0 && drawing.height > 0);
    if let Some(file) = file {
        travels(&file, drawing);
    }
    for gray in [false, true] {
        let side = SIDE as f64;
        let paint = || drawing.pixels(SIDE, SIDE, [[0.0, 0.0], [side, 0.0], [0.0, side]], gray);
        let painted = paint();
        assert!(painted.as_ref().is_some_and(|pixels| pixels.len() == SIDE * SIDE));
        assert_eq!(painted, paint());
    }
    if bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) % 8 == 0 {
        let folder = pressed::folder(&[
            ("manifest.toml", b"title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n"),
            ("a.md", b"# One\n\n![a drawing](d.svg)\n\nWords with ![one](d.svg) in them.\n"),
            ("d.svg", bytes),
        ]);
        pressed::make(folder.path());
    }
}

/// The file that travels with the sources: the same drawing, written by us, and nothing more to clean.
fn travels(file: &[u8], drawing: &Drawing) {
    let (again, twice) = Picture::decode_and_clean(file).expect("a drawing that we wrote");
    assert_eq!(again.drawing(), Some(drawing));
    assert_eq!(twice.as_deref(), Some(file), "what is clean changes when it is cleaned");
}
