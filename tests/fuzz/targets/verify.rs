//! Finished files from strangers, held against a booklet.

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::reprint::{Verdict, verify};

use super::{pressed, sound, unpack};

/// Tries a file, as it is and with its own sum put right.
pub fn run(bytes: &[u8]) {
    let folder = pressed::folder(&[
        (
            "manifest.toml",
            b"title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[cover]\ndesign = \"classic\"\n",
        ),
        ("a.md", b"# One\n\nWords[^n].\n\n[^n]: A note.\n"),
    ]);
    for file in [Some(bytes.to_vec()), unpack::sealed(bytes)].into_iter().flatten() {
        let mut report = Report::new();
        let verdict = verify(&file, "given.pdf", &Manuscript::on_disk(folder.path()), &mut report)
            .expect("a sound booklet");
        sound::report(&report);
        match verdict {
            Verdict::Same(what) => assert!(what.ends_with(".pdf") || what.ends_with(".epub"), "{what}"),
            Verdict::Differs { parts, .. } => {
                assert!(!parts.is_empty() && parts.len() < 100, "{parts:?}");
                for part in parts {
                    assert!(!part.contains(char::is_control) && part.len() < 2000, "{part:?}");
                }
            }
        }
    }
}
