//! What a preview shows: pages and sides by marks that change only if what is on them does, in the order in
//! which one holds them.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::epub::File;
use booklet::folder::Manuscript;
use booklet::impose::PageRef;
use booklet::picture::{Raster, png};
use booklet::proof::{Mark, Proof};

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file");
}

fn words(chapter: &str, count: usize) -> String {
    let sentence = format!("Words of the {chapter} chapter stand here, and more of them follow after that. ");
    let paragraph = sentence.repeat(9);
    (0..count).map(|n| format!("Paragraph {n}. {paragraph}\n\n")).collect()
}

/// A booklet of five chapters, each of some pages.
fn booklet() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let names = ["one", "two", "three", "four", "five"];
    let chapters: Vec<String> = names.iter().map(|name| format!("\"{name}.md\"")).collect();
    let chapters = chapters.join(", ");
    write(
        place.path(),
        "manifest.toml",
        &format!("title = \"Five\"\nlanguage = \"en\"\nchapters = [{chapters}]\n"),
    );
    for name in names {
        write(place.path(), &format!("{name}.md"), &format!("# Chapter {name}\n\n{}", words(name, 9)));
    }
    place
}

fn proof(folder: &Path) -> Proof {
    let mut report = Report::new();
    let proof = Proof::of(&Manuscript::on_disk(folder), &mut report);
    proof.unwrap_or_else(|| panic!("{:?}", report.diagnostics()))
}

fn marks(proof: &Proof) -> Vec<Mark> {
    proof.pages.iter().map(|page| page.mark).collect()
}

/// Indices at which two lists differ.
fn differing<T: PartialEq>(one: &[T], other: &[T]) -> Vec<usize> {
    assert_eq!(one.len(), other.len());
    (0..one.len()).filter(|&n| one[n] != other[n]).collect()
}

#[test]
fn an_edit_in_one_chapter_changes_the_marks_of_its_page_alone() {
    let place = booklet();
    let before = proof(place.path());
    assert_eq!(marks(&before), marks(&proof(place.path())), "the same booklet, the same marks");
    let of = |words: &str| {
        let found =
            before.pages.iter().position(|page| before.words(page.mark).is_some_and(|w| w.contains(words)));
        found.unwrap_or_else(|| panic!("no page says {words}"))
    };
    let (first, next) = (of("Words of the three"), of("Words of the four"));
    let edited = words("three", 9).replacen("Paragraph 0. Words", "Paragraph 0. Wards", 1);
    write(place.path(), "three.md", &format!("# Chapter three\n\n{edited}"));
    let after = proof(place.path());
    // The contents name the chapter and its page; neither changed.
    assert_eq!(differing(&marks(&before), &marks(&after)), [first]);
    assert!(after.words(marks(&after)[first]).expect("a page").contains("Paragraph 0. Wards"));
    // On paper it is one side of one sheet.
    let sides = |proof: &Proof| proof.prints[0].sides.iter().map(|side| side.mark).collect::<Vec<_>>();
    assert_eq!(differing(&sides(&before), &sides(&after)).len(), 1);
    // Of the EPUB, one document.
    let parts = |proof: &Proof| proof.phone().parts.iter().map(|part| part.mark).collect::<Vec<_>>();
    let changed = differing(&parts(&before), &parts(&after));
    assert_eq!(changed.len(), 1);
    assert_eq!(after.phone().parts[changed[0]].title, "Chapter three");
    // A paragraph less moves what follows in the chapter and nothing else, as long as no page is saved.
    write(place.path(), "three.md", &format!("# Chapter three\n\nNew. {edited}"));
    let longer = proof(place.path());
    let changed = differing(&marks(&after), &marks(&longer));
    assert!(!changed.is_empty() && changed.iter().all(|page| (first..next).contains(page)), "{changed:?}");
}

#[test]
fn a_picture_that_changes_changes_its_page() {
    let place = booklet();
    write(place.path(), "two.md", "# Chapter two\n\n![A line](line.svg)\n");
    let line = |to: u32| {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'><path d='M0 0h{to}v9H0z'/></svg>"
        );
        write(place.path(), "line.svg", &svg);
        marks(&proof(place.path()))
    };
    assert_eq!(differing(&line(80), &line(40)).len(), 1);
}

#[test]
fn pictures_have_the_size_that_was_asked_for_and_marks_that_are_gone_have_none() {
    let place = booklet();
    let proof = proof(place.path());
    let width = |png: &[u8]| u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
    for page in proof.pages.iter().take(4) {
        assert_eq!(width(&proof.page(page.mark, 240).expect("a picture")), 240);
    }
    let side = &proof.prints[0].sides[0];
    assert_eq!(width(&proof.side(side.mark, 400).expect("a picture")), 400);
    assert_eq!(proof.page(side.mark, 240), None);
    assert_eq!(proof.page(Mark(1), 240), None);
    assert_eq!(Mark::read(&side.mark.to_string()), Some(side.mark));
    for wrong in ["", "1", "0123456789ABCDEF", "+123456789abcdef", "0123456789abcdef0"] {
        assert_eq!(Mark::read(wrong), None, "{wrong}");
    }
}

#[test]
fn blanks_with_lines_to_write_on_are_seen_too() {
    let place = booklet();
    let manifest = fs::read_to_string(place.path().join("manifest.toml")).expect("a manifest");
    write(place.path(), "manifest.toml", &format!("{manifest}[print]\nblanks = \"notes\"\n"));
    write(place.path(), "two.md", "# Chapter two\n\nShort.\n");
    let proof = proof(place.path());
    let set = proof.pages.len() - 1;
    let blanks = proof
        .held
        .iter()
        .flat_map(|held| [held.first, held.second])
        .filter(|page| *page == Some(PageRef::Insert(0)));
    assert_eq!((set + blanks.count()) % 4, 0);
    assert_eq!(proof.index(PageRef::Insert(0)), Some(set));
    let lines = proof.page(proof.pages[set].mark, 240).expect("a picture");
    let blank = proof.pages.iter().find(|page| proof.words(page.mark).as_deref() == Some(""));
    assert_ne!(Some(lines), proof.page(blank.expect("a blank page").mark, 240));
}

#[test]
fn one_copy_of_many_is_held_in_the_hand() {
    let place = booklet();
    let manifest = fs::read_to_string(place.path().join("manifest.toml")).expect("a manifest");
    let held = |print: &str| {
        let small = "[design]\npage = \"A6\"\n[print]\nsheet = \"A3\"\n";
        write(place.path(), "manifest.toml", &format!("{manifest}{small}{print}\n"));
        let proof = proof(place.path());
        (proof.pages.len(), proof.held)
    };
    let (count, saddle) = held("binding = \"saddle\"");
    let (_, copies) = held("binding = \"copies\"");
    assert_eq!(copies, saddle);
    assert_eq!(copies.len(), count.div_ceil(4) * 2 + 1);
}

#[test]
fn the_phone_gets_the_files_of_the_epub_and_no_others() {
    let place = booklet();
    let proof = proof(place.path());
    let phone = proof.phone();
    let titles: Vec<&str> = phone.parts.iter().map(|part| part.title.as_str()).collect();
    assert!(titles.contains(&"Chapter one") && titles.contains(&"Contents"), "{titles:?}");
    for part in &phone.parts {
        let File { media, bytes, .. } = phone.file(&part.file).expect("a file");
        assert_eq!(*media, "application/xhtml+xml");
        assert!(bytes.starts_with(b"<?xml") && !bytes.windows(7).any(|w| w == b"<script"));
    }
    assert!(phone.file("stylesheet.css").is_some());
    for other in ["content.opf", "../mimetype", "mimetype", "sources.zip", "", "META-INF/container.xml"] {
        assert!(phone.file(other).is_none(), "{other}");
    }
}

#[test]
fn a_booklet_with_errors_has_no_proof() {
    let place = booklet();
    write(place.path(), "two.md", "# Chapter two\n\nA mark.[^nowhere]\n");
    let mut report = Report::new();
    assert!(Proof::of(&Manuscript::on_disk(place.path()), &mut report).is_none() && report.has_errors());
}

#[test]
fn sheets_show_photographs_as_they_are_printed() {
    let place = tempfile::tempdir().expect("a folder");
    let pixels: Vec<u8> = (0..200 * 200).map(|at| (at % 200) as u8 + 28).collect();
    let ramp = Raster { pixels: pixels.into(), ..Raster::white(200, 200, None) };
    fs::write(place.path().join("ramp.png"), png(&ramp)).expect("a file");
    write(place.path(), "text.md", "# One\n\n![A ramp](ramp.png){width=100%}\n");
    let shown = |print: &str| {
        let manifest = "title = \"One\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";
        write(place.path(), "manifest.toml", &format!("{manifest}[print]\n{print}\n"));
        let proof = proof(place.path());
        let sides = proof.prints[0].sides.iter().map(|side| side.mark);
        sides.map(|mark| (mark, proof.side(mark, 800).expect("a picture"))).collect::<Vec<_>>()
    };
    let (gray, dots) = (shown("picture = \"gray\""), shown("picture = \"photocopy\""));
    assert!(gray.iter().zip(&dots).all(|(one, other)| one.0 != other.0), "other marks");
    let changed = gray.iter().zip(&dots).filter(|(one, other)| one.1 != other.1).count();
    assert_eq!(changed, 1, "the side with the picture, and no other");
}
