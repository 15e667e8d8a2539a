//! Fit: whole sheets without a blank page, inside the bounds of the design, the same on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::length::Length;
use booklet::manifest::PresetName;
use booklet::press::{Artifact, Job, Product, Wanted, press};
use booklet::typeset::fit::Fitting;

use crate::epub::book::files;
use crate::pdf::pdftext;
use crate::text::words::SAMPLES;

/// A copy of a sample with `fit` in its print table, and other lines of its `[design]`.
fn sample(folder: &Path, name: &str, fit: &str, design: &str) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("booklets").join(name);
    for entry in fs::read_dir(from).expect("a sample") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
    let manifest = folder.join("manifest.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let text = text
        .replace("[print]", &format!("[print]\n{fit}"))
        .replace("[design]", &format!("[design]\n{design}"));
    fs::write(&manifest, text).expect("a manifest");
    manifest
}

fn made(manifest: PathBuf, threads: usize) -> (Vec<Artifact>, Report) {
    let mut report = Report::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let artifacts = pool.install(|| {
        press(&Job { manuscript: Manuscript::on_disk(manifest), wanted: Wanted::ALL }, &mut report)
    });
    assert_eq!(artifacts.len(), 3, "{:?}", report.diagnostics());
    (artifacts, report)
}

/// The fitting of the print PDF, and how many pages the reading PDF has.
fn outcome(artifacts: &[Artifact]) -> (Fitting, usize) {
    let Product::Print(run) = &artifacts[2].product else { panic!("no print PDF") };
    let fitting = run.fitting.clone().expect("a fitting");
    (fitting, pdftext::pages(&artifacts[1].bytes).len())
}

#[test]
fn the_samples_fill_their_sheets_within_the_bounds_of_the_design() {
    let bounds = PresetName::Classic.values().bounds;
    for (name, wish, sheets) in [
        (SAMPLES[0], "fit = \"sheets\"", None),
        (SAMPLES[1], "fit = \"sheets\"", None),
        (SAMPLES[2], "fit = \"sheets\"", None),
        ("for-a-revolutionary-anarchism", "fit = { sheets = 5 }", Some(5)),
        ("for-a-revolutionary-anarchism", "fit = { sheets = 7 }", Some(7)),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let (artifacts, _) = made(sample(folder.path(), name, wish, ""), 2);
        let (fitting, pages) = outcome(&artifacts);
        let chosen = fitting.chosen.unwrap_or_else(|| panic!("{name}, {wish}: nothing fits"));
        assert_eq!((chosen.paper.blanks, pages), (0, chosen.paper.sheets * 4), "{name}, {wish}");
        assert_eq!(chosen.paper.sheets, sheets.unwrap_or(chosen.paper.sheets));
        assert!(sheets.is_some() || fitting.before.is_some_and(|b| b.sheets >= chosen.paper.sheets));
        let (size, leading) = chosen.text;
        let hundredths = |length: Length| length.0 * 100 / Length::PER_POINT;
        assert!((bounds.size.0..=bounds.size.1).contains(&hundredths(size)), "{name}: {} pt", size.to_pt());
        let ratio = leading.0 * 1000 / size.0;
        assert!((bounds.leading.0..=bounds.leading.1).contains(&ratio), "{name}: leading {ratio}");
        assert!(chosen.margins.outer.to_mm() >= 9.0 && chosen.margins.outer <= chosen.margins.inner * 2);
    }
}

#[test]
fn all_three_files_share_the_setting_and_any_number_of_threads_finds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = sample(folder.path(), "for-a-revolutionary-anarchism", "fit = { sheets = 5 }", "");
    let (one, _) = made(manifest.clone(), 1);
    let (four, _) = made(manifest, 4);
    for (one, four) in one.iter().zip(&four) {
        assert!(one.bytes == four.bytes, "{} depends on the threads", one.name);
    }
    // Pages with numbers in the EPUB are those of the PDF: 20, less two covers and what stands before the text.
    let files = files(&one[0].bytes);
    let nav = files.iter().find(|(name, _)| name.ends_with("nav.xhtml")).expect("a nav");
    let nav = String::from_utf8(nav.1.clone()).expect("text");
    let list = nav.split("page-list").nth(1).expect("a list of pages");
    let last = list.matches("<a ").count();
    let (_, pages) = outcome(&one);
    assert_eq!(pages, 20);
    assert!((11..=18).contains(&last), "{last} pages in the list");
}

#[test]
fn large_print_never_shrinks_below_its_guidance() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = sample(
        folder.path(),
        "for-a-revolutionary-anarchism",
        "fit = \"sheets\"",
        "preset = \"large-print\"\n#",
    );
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("size    =", "#").replace("leading =", "#")).expect("a manifest");
    let (artifacts, _) = made(manifest, 2);
    let (fitting, pages) = outcome(&artifacts);
    let chosen = fitting.chosen.expect("a setting");
    assert!(chosen.text.0 >= Length::pt(16) && chosen.text.1 >= chosen.text.0.scale(5, 4), "{chosen:?}");
    assert_eq!(pages % 4, 0);
}

#[test]
fn what_cannot_be_filled_is_said_with_what_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = sample(folder.path(), "for-a-revolutionary-anarchism", "fit = { sheets = 2 }", "");
    let (artifacts, report) = made(manifest, 2);
    let (fitting, pages) = outcome(&artifacts);
    assert!(fitting.chosen.is_none() && pages > 8);
    let warning = report.diagnostics().iter().find(|d| d.code.0 == "T06").expect("a warning");
    let instead = fitting.instead.expect("another number of sheets");
    assert!(warning.hints[0].contains(&format!("fit = {{ sheets = {instead} }}")), "{:?}", warning.hints);
    // And it is true.
    let folder = tempfile::tempdir().expect("a folder");
    let wish = format!("fit = {{ sheets = {instead} }}");
    let (artifacts, _) = made(sample(folder.path(), "for-a-revolutionary-anarchism", &wish, ""), 2);
    assert_eq!(outcome(&artifacts).1, instead * 4);
}

#[test]
fn other_bindings_are_filled_too() {
    for (binding, each) in [
        ("binding = \"folded\"\nfold = \"quarto\"\nsheet = \"A3\"", 8),
        ("binding = \"cut-stack\"\nup = 2", 4),
        ("binding = \"perfect\"", 4),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let fit = format!("fit = \"sheets\"\n{binding}\n#");
        let manifest = sample(folder.path(), "for-a-revolutionary-anarchism", &fit, "");
        let text = fs::read_to_string(&manifest).expect("a manifest");
        let text = text.replace("sheet   =", "#").replace("binding = \"saddle\"", "#");
        fs::write(&manifest, text).expect("a manifest");
        let (artifacts, report) = made(manifest, 2);
        let (fitting, pages) = outcome(&artifacts);
        assert!(fitting.chosen.is_some(), "{binding}: {:?}", report.diagnostics());
        assert_eq!(pages % each, 0, "{binding}");
    }
}
