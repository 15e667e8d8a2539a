//! Sources that travel with a booklet: taken out again, they are what went in, and build to the same
//! bytes, in whatever folder.

use std::fs;
use std::path::Path;
use std::process::Output;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Wanted, press};
use booklet::reprint::{Unpacked, unpack};

use crate::input::pictures::cleaned::{SECRET, drawing, photograph};
use crate::input::strangefonts::font;
use crate::program::started::run;

const MANIFEST: &str = "title = \"Bread and roses\"\nlanguage = \"en\"\nslug = \"roses\"\n\
    date = 1911-12-03\nchapters = [\"text/one.md\", \"Où est-ce.md\"]\n\
    [cover]\nfront = \"../../covers/front.png\"\nback = \"back.md\"\n\
    [design]\nfont = [\"Forbiddens Serif\", \"Libertinus Serif\"]\n";

/// A project with a booklet that uses all that sources can be.
fn project(top: &Path) -> std::path::PathBuf {
    let home = top.join("booklets of somebody/deep down");
    for folder in ["text/pictures", "nothing"] {
        fs::create_dir_all(home.join(folder)).expect("a folder");
    }
    for folder in ["covers", "fonts/mine"] {
        fs::create_dir_all(top.join(folder)).expect("a folder");
    }
    let write = |path: std::path::PathBuf, bytes: &[u8]| fs::write(path, bytes).expect("a file");
    write(home.join("manifest.toml"), MANIFEST.as_bytes());
    let one = "# One\n\n![A crowd](pictures/a%20crowd.jpg \"Seen from above\")\n\nWords.\r\n\r\nMore.\r\n";
    write(home.join("text/one.md"), one.as_bytes());
    write(
        home.join("Où est-ce.md"),
        "\u{feff}# Two\n\nMore “words”.\n\n![A rose](text/rose.png)\n".as_bytes(),
    );
    write(home.join("back.md"), b"Pass it on.\n");
    write(home.join("text/pictures/a crowd.jpg"), &photograph(6));
    write(home.join("text/rose.png"), &drawing(1));
    write(home.join("nothing/diary.md"), b"Nobody asked for this.");
    write(home.join("notes.txt"), b"Nor for this.");
    write(top.join("covers/front.png"), &drawing(8));
    write(top.join("covers/other.png"), &drawing(1));
    write(top.join("fonts/mine/b.otf"), &font(0));
    home
}

pub fn build(folder: &Path) -> (Vec<Artifact>, Report) {
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(folder), wanted: Wanted::ALL }, &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    (made, report)
}

fn taken_out(artifact: &Artifact) -> Unpacked {
    let mut report = Report::new();
    let unpacked = unpack(&artifact.bytes, &artifact.name, &mut report);
    unpacked.unwrap_or_else(|| panic!("{}: {:?}", artifact.name, report.diagnostics()))
}

fn put_down(unpacked: &Unpacked, folder: &Path) -> std::path::PathBuf {
    for (path, bytes) in &unpacked.files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    folder.join(&unpacked.manifest)
}

#[test]
fn what_is_taken_out_builds_to_the_same_bytes_elsewhere() {
    let place = tempfile::tempdir().expect("a folder");
    let home = project(&place.path().join("the project"));
    let (made, report) = build(&home);
    assert!(report.diagnostics().iter().all(|d| !d.code.0.starts_with('R')), "{:?}", report.diagnostics());
    let (epub, reading) = (taken_out(&made[0]), taken_out(&made[1]));
    let package = crate::epub::book::text_of(&made[0].bytes, "OEBPS/content.opf");
    let link = "<link rel=\"dcterms:source\" href=\"sources.zip\" media-type=\"application/zip\"/>";
    assert!(package.contains(link) && package.matches("sources.zip").count() == 1, "{package}");
    assert_eq!(epub.files, reading.files, "the EPUB and the PDF carry the same");
    let paths: Vec<&str> = epub.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "booklets/roses/manifest.toml",
            "booklets/roses/text/one.md",
            "booklets/roses/Où est-ce.md",
            "booklets/roses/back.md",
            "covers/front.png",
            "booklets/roses/text/pictures/a crowd.jpg",
            "booklets/roses/text/rose.png",
            "booklets/roses/fonts/ForbiddensSerif-Regular.otf",
        ],
        "what the manifest names, and nothing else"
    );
    for (path, bytes) in &epub.files {
        assert!(!bytes.windows(SECRET.len()).any(|w| w == SECRET), "{path} says where the camera was");
        if path.ends_with(".md") || path.ends_with(".toml") {
            let own = path.trim_start_matches("booklets/roses/");
            let written = fs::read_to_string(home.join(own)).expect("a file");
            let plain = written.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            assert_eq!(str::from_utf8(bytes), Ok(plain.as_str()), "{path} as it was written");
        }
    }
    let manifest = put_down(&epub, &place.path().join("elsewhere/quite"));
    let (again, _) = build(&manifest);
    assert_eq!(again.len(), 3);
    for (one, other) in made.iter().zip(&again) {
        assert!(one.name == other.name && one.bytes == other.bytes, "{} is another", one.name);
    }
}

#[test]
fn sources_can_be_left_out_and_then_nothing_of_them_is_there() {
    let place = tempfile::tempdir().expect("a folder");
    let home = project(place.path());
    fs::write(home.join("manifest.toml"), format!("sources = false\n{MANIFEST}")).expect("a manifest");
    let (made, _) = build(&home);
    for artifact in &made {
        let mut report = Report::new();
        assert!(unpack(&artifact.bytes, &artifact.name, &mut report).is_none());
        assert_eq!(report.diagnostics()[0].code.0, "R004", "{}", artifact.name);
        for words in [&b"EmbeddedFile"[..], b"sources.zip", b"/AF"] {
            assert!(!artifact.bytes.windows(words.len()).any(|w| w == words), "{}", artifact.name);
        }
    }
}

#[test]
fn a_font_that_may_not_be_passed_on_stays_and_is_asked_for() {
    let place = tempfile::tempdir().expect("a folder");
    let home = project(place.path());
    // Editable embedding: into documents, but not from hand to hand.
    fs::write(place.path().join("fonts/mine/b.otf"), font(8)).expect("a font");
    let (made, report) = build(&home);
    assert!(report.diagnostics().iter().any(|d| d.code.0 == "R001"), "{:?}", report.diagnostics());
    let unpacked = taken_out(&made[1]);
    assert_eq!(unpacked.fonts, ["Forbiddens Serif"]);
    assert!(unpacked.files.iter().all(|(path, _)| !path.contains("fonts")));
    let manifest = put_down(&unpacked, &place.path().join("else/where"));
    let (again, _) = build(&manifest);
    assert!(made.iter().zip(&again).all(|(one, other)| one.bytes == other.bytes), "with the font above it");
}

#[test]
fn samples_come_back_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = root.join("booklets/reseau-anarchiste-internationaliste");
    let (made, _) = build(&home);
    let unpacked = taken_out(&made[1]);
    let place = tempfile::tempdir().expect("a folder");
    let (again, _) = build(&put_down(&unpacked, place.path()));
    assert!(made.iter().zip(&again).all(|(one, other)| one.bytes == other.bytes));
    // The families that the program carries do not travel.
    assert!(unpacked.files.iter().all(|(path, _)| !path.ends_with("tf")));
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_program_unpacks_into_a_new_folder_whole_or_not_at_all() {
    let place = tempfile::tempdir().expect("a folder");
    let top = place.path();
    let home = project(&top.join("project"));
    fs::rename(&home, top.join("project/b")).expect("a folder");
    let manifest = MANIFEST.replace("../../covers", "../covers");
    fs::write(top.join("project/b/manifest.toml"), manifest).expect("a manifest");
    let built = run(&["build", "project/b", "-o", "out", "-q"], top);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    for (file, folder) in [("out/roses.pdf", "from/pdf"), ("out/roses.epub", "from-epub")] {
        let output = run(&["unpack", file, folder], top);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let manifest = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(Path::new(manifest.trim()), Path::new(folder).join("roses/manifest.toml"));
        assert!(run(&["build", manifest.trim(), "-q", "-o", &format!("{folder}/out")], top).status.success());
        for name in ["roses.pdf", "roses.epub", "roses-print.pdf"] {
            let (one, other) = (top.join("out").join(name), top.join(folder).join("out").join(name));
            assert!(fs::read(one).expect("a file") == fs::read(other).expect("a file"), "{name} of {folder}");
        }
        // A folder with something in it stays as it is.
        let again = run(&["unpack", file, folder], top);
        assert_eq!(again.status.code(), Some(2), "{}", said(&again));
        assert!(said(&again).contains("already"), "{}", said(&again));
    }
    fs::create_dir(top.join("empty")).expect("a folder");
    assert_eq!(run(&["unpack", "out/roses.pdf", "empty"], top).status.code(), Some(0));
    assert!(top.join("empty/covers/front.png").is_file());
    for (file, code, words) in [
        ("out/roses-print.pdf", 1, "R004"),
        ("project/covers/front.png", 1, "R003"),
        ("nowhere.pdf", 2, "cannot read"),
        ("project", 2, "not a file"),
    ] {
        let output = run(&["unpack", file, "never"], top);
        assert_eq!(output.status.code(), Some(code), "{file}: {}", said(&output));
        assert!(said(&output).contains(words) && output.stdout.is_empty(), "{file}: {}", said(&output));
    }
    assert!(!top.join("never").exists());
    let left = fs::read_dir(top)
        .expect("a folder")
        .filter(|e| e.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().starts_with(".booklet")));
    assert_eq!(left.count(), 0, "a temporary folder stayed");
}
