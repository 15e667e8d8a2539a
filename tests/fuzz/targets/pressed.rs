//! A booklet on the disk, pressed whole.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Job, Wanted, press};
use tempfile::TempDir;

use super::sound;

/// All that `booklet build` can make but pictures of pages.
const EVERYTHING: Wanted = Wanted { kepub: true, ..Wanted::ALL };

/// A picture of one pixel.
pub const PICTURE: &[u8] = include_bytes!("one.png");
/// A drawing of one shape.
pub const DRAWING: &[u8] =
    b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M1 1h7v7z'/></svg>";

/// A folder with these files, which goes when it is dropped.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

/// Presses the booklet in a folder. Either there are errors, or every file is made and sound; and some inputs
/// are pressed once more, which gives the same bytes.
pub fn check(folder: &Path, input: &[u8]) {
    let made = make(folder);
    // Every fourth, by no rule that an input could be bent to.
    if input.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) % 4 == 0 {
        assert!(made == make(folder), "the same booklet gives other bytes the second time");
    }
}

/// The files that a booklet gives, looked at.
pub fn make(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut report = Report::new();
    let job = Job { manuscript: Manuscript::on_disk(folder.join("manifest.toml")), wanted: EVERYTHING };
    let made = press(&job, &mut report);
    sound::report(&report);
    assert_eq!(made.is_empty(), report.has_errors(), "{:?}", report.diagnostics());
    let mut words = Vec::new();
    for file in &made {
        if file.name.ends_with(".epub") {
            words.push(sound::epub(&file.bytes));
        } else {
            sound::pdf(&file.bytes);
        }
    }
    assert!(words.windows(2).all(|two| two[0] == two[1]), "Kobo's readers are told other words");
    made.into_iter().map(|file| (file.name, file.bytes)).collect()
}
