//! Font families by name: those that are compiled in, and those of a booklet's own folder.

use std::fs;
use std::path::Path;

use booklet::booklet::fonts::{Origin, listing};
use booklet::diagnostic::{Report, codes};
use booklet::face::{Face, FaceData, FaceError};
use booklet::folder::{Folder, Manuscript};
use booklet::press::{Job, Wanted, press};

use super::strangefonts::{
    font, font_with_endless_letter, font_with_licences, font_with_lost_letter, font_with_lost_names,
    font_with_subtables,
};
use crate::program::started;

#[test]
fn compiled_in_families_are_always_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<_> = listing(&Folder::Disk, folder.path())
        .families
        .into_iter()
        .map(|f| (f.name, f.styles.len()))
        .collect();
    assert!(names.contains(&("Libertinus Serif".to_owned(), 4)), "{names:?}");
    assert!(names.contains(&("Atkinson Hyperlegible Next".to_owned(), 4)), "{names:?}");
    assert!(names.contains(&("DejaVu Sans Mono".to_owned(), 1)), "{names:?}");
}

#[test]
fn a_file_in_the_booklets_folder_is_found_and_rubbish_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = folder.path().join("fonts/deep");
    fs::create_dir_all(&deep).expect("a folder");
    fs::write(folder.path().join("fonts/broken.otf"), b"OTTO").expect("a file");
    let face =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/libertinus-serif/LibertinusSerif-Regular.otf");
    fs::copy(face, deep.join("own.otf")).expect("a font");
    let found = listing(&Folder::Disk, folder.path()).families;
    assert!(matches!(&found[0].origin, Origin::Folder(_)) && found[0].name == "Libertinus Serif");
}

/// Once the PDFs of such a booklet had no letter on any page, and the build succeeded.
#[test]
fn a_font_that_cannot_be_embedded_is_told_and_not_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    fs::create_dir_all(folder.path().join("fonts")).expect("a folder");
    write("fonts/a.otf", &font_with_lost_names());
    write("fonts/b.ttf", &font_with_lost_letter('Q'));
    let press = |family: &str, text: &str, wanted| {
        let manifest = format!(
            "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n[design]\nfont = \"{family}\"\n"
        );
        write("manifest.toml", manifest.as_bytes());
        write("a.md", text.as_bytes());
        let mut report = Report::new();
        let made = press(&Job { manuscript: Manuscript::on_disk(folder.path()), wanted }, &mut report);
        let told: Vec<_> = report.diagnostics().iter().map(|d| (d.code, d.span.is_some())).collect();
        (made.len(), told)
    };
    let damaged = (0, vec![(codes::B018, true)]);
    // A check finds what is wrong with the whole file; what is wrong with one letter, who needs the letter.
    assert_eq!(press("Forbiddens Serif", "Some text.", Wanted::NOTHING), damaged);
    assert_eq!(press("Anderson Hyperlegible Next", "Some text.", Wanted::ALL), (3, Vec::new()));
    assert_eq!(press("Anderson Hyperlegible Next", "Some Quotations.", Wanted::ALL), damaged);
}

#[test]
fn cutting_a_damaged_file_ends_without_a_panic() {
    let parse = |bytes: Vec<u8>| Face::parse(FaceData::Read(bytes.into()), 0).expect("a face");
    let lost = parse(font_with_lost_names());
    assert!(!lost.can_be_cut() && lost.subset(&[1, 2, 3]).is_none());
    let lost = parse(font_with_lost_letter('Q'));
    assert!(lost.can_be_cut() && lost.subset(&[lost.glyph('A').expect("a letter")]).is_some());
    assert!(lost.subset(&[lost.glyph('Q').expect("a letter")]).is_none());
    // Whoever cuts takes such a letter along, and nobody can draw it.
    let endless = parse(font_with_endless_letter('Q'));
    assert!(endless.subset(&[endless.glyph('A').expect("a letter")]).is_some());
    assert!(endless.subset(&[endless.glyph('Q').expect("a letter")]).is_none());
}

/// A shaper tries every subtable at every letter: such a font took twenty seconds for fifteen words. And names are
/// copied by whoever cuts a face: four gigabytes out of a file of one megabyte.
#[test]
fn a_font_with_more_rules_or_names_than_any_other_is_no_font() {
    let parse = |bytes: Vec<u8>| Face::parse(FaceData::Read(bytes.into()), 0).map(|face| face.family);
    assert_eq!(parse(font_with_subtables(100, 1_000)).as_deref(), Ok("Forbiddens Serif"));
    assert_eq!(parse(font_with_subtables(100, 1_001)), Err(FaceError::Beyond("GPOS")));
    assert_eq!(parse(font_with_subtables(12_000, 12_000)), Err(FaceError::Beyond("GPOS")));
    assert_eq!(parse(font_with_licences()), Err(FaceError::Beyond("name")));
}

#[test]
fn files_that_are_no_fonts_are_listed_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("fonts")).expect("a folder");
    fs::write(folder.path().join("fonts/a.otf"), font(0)).expect("a font");
    fs::write(folder.path().join("fonts/b.ttf"), "<html>").expect("a file");
    let listed = started::run(&["fonts"], folder.path());
    assert!(started::out(&listed).contains("Forbiddens Serif"));
    let said = started::err(&listed);
    assert!(said.contains("b.ttf is passed over: it is not an OpenType or TrueType font"), "{said}");
    assert!(!said.contains("a.otf"), "{said}");
}
