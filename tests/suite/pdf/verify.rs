//! `booklet verify`: exactly what the manifest gives, or where it parts, in words that people have for it.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Job, Wanted, press};
use booklet::reprint::{Verdict, verify};

use super::reprint::build;

const MANIFEST: &str = "title = \"Bread and roses\"\nlanguage = \"en\"\nauthors = [\"Rose\"]\nchapters = [\"one.md\", \"two.md\"]\n";

fn write(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("manifest.toml"), MANIFEST).expect("a manifest");
    let one = format!("# One\n\n{}\n", "As we come marching in the beauty of the day. ".repeat(200));
    fs::write(folder.join("one.md"), one).expect("a chapter");
    fs::write(folder.join("two.md"), "# Two\n\nGive us bread, but give us roses.\n").expect("a chapter");
}

/// What is said of the files of one booklet when another state of it is held against them.
fn said(change: impl Fn(&Path)) -> Vec<(String, Verdict)> {
    let place = tempfile::tempdir().expect("a folder");
    write(place.path());
    let (made, _) = build(place.path());
    change(place.path());
    made.into_iter()
        .map(|artifact| {
            let mut report = Report::new();
            let verdict =
                verify(&artifact.bytes, &artifact.name, &Manuscript::on_disk(place.path()), &mut report);
            (artifact.name, verdict.expect("a booklet without errors"))
        })
        .collect()
}

fn parts(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Same(what) => panic!("the same: {what}"),
        Verdict::Differs { parts, .. } => parts.join("\n"),
    }
}

#[test]
fn a_file_is_itself() {
    for (name, verdict) in said(|_| {}) {
        let Verdict::Same(what) = verdict else { panic!("{name}: {verdict:?}") };
        assert!(what.contains(&name), "{what}");
    }
}

#[test]
fn each_file_is_called_what_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    write(place.path());
    let print = "[cover]\nseparate = true\n[print]\nbinding = \"perfect\"\ninstructions = true\n";
    fs::write(place.path().join("manifest.toml"), MANIFEST.to_owned() + print).expect("a manifest");
    let wanted = Wanted { kepub: true, ..Wanted::ALL };
    let job = Job { manuscript: Manuscript::on_disk(place.path()), wanted };
    let said: Vec<String> = press(&job, &mut Report::new())
        .into_iter()
        .map(|made| {
            match verify(&made.bytes, "any name", &Manuscript::on_disk(place.path()), &mut Report::new()) {
                Some(Verdict::Same(what)) => what,
                other => panic!("{}: {other:?}", made.name),
            }
        })
        .collect();
    let wanted = [
        "the EPUB, bread-and-roses.epub",
        "the EPUB for Kobo, bread-and-roses.kepub.epub",
        "the reading PDF, bread-and-roses.pdf",
        "the print PDF, bread-and-roses-print.pdf",
        "the instructions, bread-and-roses-how-to-print.pdf",
        "the cover PDF, bread-and-roses-cover.pdf",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn a_word_is_found_in_its_chapter_and_on_its_page() {
    let change = |folder: &Path| {
        fs::write(folder.join("two.md"), "# Two\n\nGive us bread, but give us rosas.\n").expect("a chapter");
    };
    let found = said(change);
    let (epub, reading, print) = (parts(&found[0].1), parts(&found[1].1), parts(&found[2].1));
    for said in [&epub, &reading] {
        assert!(said.starts_with("“two.md” parts in line 3"), "{said}");
        assert!(said.contains("roses.” in the file") && said.contains("rosas.” by the manifest"), "{said}");
    }
    assert!(epub.contains("“two.xhtml” says “give us roses.”"), "{epub}");
    assert!(!epub.contains("one.xhtml"), "{epub}");
    let pages: Vec<&str> = reading.lines().filter(|l| l.starts_with("pages that look different")).collect();
    assert_eq!(pages.len(), 1, "{reading}");
    assert!(!pages[0].contains([',', '–']), "one page alone: {pages:?}");
    assert!(print.contains("pages of the booklet that look different"), "{print}");
}

#[test]
fn what_a_file_says_about_itself_is_compared_too() {
    let change = |folder: &Path| {
        let manifest = MANIFEST.replace("[\"Rose\"]", "[\"Rose\", \"Bread\"]");
        fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    };
    let found = said(change);
    assert!(parts(&found[0].1).contains("the metadata (content.opf) parts in line"), "{found:?}");
    for (_, verdict) in &found[1..] {
        let said = parts(verdict);
        assert!(said.contains("its author is “Rose”, and by the manifest “Rose, Bread”"), "{said}");
    }
    let longer = said(|folder| {
        let text = "# Two\n\n".to_owned() + &"A much longer chapter. ".repeat(400);
        fs::write(folder.join("two.md"), text).expect("a chapter");
    });
    assert!(parts(&longer[1].1).contains("pages, and by the manifest"), "{longer:?}");
    assert!(parts(&longer[2].1).contains("sides of paper, and by the manifest"), "{longer:?}");
}

#[test]
fn files_from_elsewhere_are_told_apart() {
    let place = tempfile::tempdir().expect("a folder");
    write(place.path());
    let (made, _) = build(place.path());
    let mut report = Report::new();
    let mut judge = |bytes: &[u8]| {
        parts(
            &verify(bytes, "x.pdf", &Manuscript::on_disk(place.path()), &mut report)
                .expect("a booklet without errors"),
        )
    };
    assert!(judge(b"hello").contains("did not make"));
    assert!(judge(b"%PDF-1.4\n").contains("did not make"));
    assert!(judge(&made[1].bytes[..made[1].bytes.len() / 2]).contains("damaged"));
    assert!(judge(&made[0].bytes[..made[0].bytes.len() / 2]).contains("damaged"));
}

#[test]
fn a_booklet_with_errors_gives_no_verdict() {
    let place = tempfile::tempdir().expect("a folder");
    write(place.path());
    let (made, _) = build(place.path());
    fs::remove_file(place.path().join("two.md")).expect("gone");
    let mut report = Report::new();
    assert_eq!(verify(&made[0].bytes, "x.epub", &Manuscript::on_disk(place.path()), &mut report), None);
    assert!(report.has_errors());
}
