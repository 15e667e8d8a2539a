//! The EPUB's list of pages points at the very page breaks of the reading PDF.

use std::collections::BTreeMap;

use booklet::document::NodeId;
use booklet::epub::{self, EpubOptions};
use booklet::folder::Manuscript;
use booklet::manifest::NotesPlace;
use booklet::typeset::frame::{Item, Owner, Page, PageKind};
use booklet::typeset::starts::{counted, starts};

use super::book::{files, options, text_of as file_of};
use crate::pdf::pdftext;
use crate::text::agreement::{build, text_of};
use crate::text::words::{SAMPLES, manifest, words};
use crate::typeset::pages::{Set, set};

/// The marks of a content document in order: the page's number, and the text up to the next mark.
fn marked(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for piece in page.split("role=\"doc-pagebreak\" id=\"page-").skip(1) {
        let (number, rest) = piece.split_once('"').expect("the end of an id");
        let rest = rest.split_once('>').expect("the end of a tag").1;
        // The last piece ends inside the tag that begins the next mark.
        let rest = rest.rsplit_once('<').expect("a tag").0;
        found.push((number.to_owned(), text_of(&format!("<x>{rest}"))));
    }
    found
}

/// Where the list of pages leads to, in order: number and address.
fn listed(nav: &str) -> Vec<(String, String)> {
    let Some((_, list)) = nav.split_once("role=\"doc-pagelist\"") else { return Vec::new() };
    list.split("<a href=\"")
        .skip(1)
        .map(|link| {
            let (href, rest) = link.split_once("\">").expect("an address");
            (rest.split_once('<').expect("an end").0.to_owned(), href.to_owned())
        })
        .collect()
}

#[test]
fn the_first_words_after_a_mark_are_the_first_words_of_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    for sample in SAMPLES {
        let (epub, pdf) = build(sample, folder.path());
        let list = listed(&file_of(&epub, "OEBPS/nav.xhtml"));
        let pages = &pdftext::pages(&pdf)[pdftext::first_of_text(&pdf)..];
        let mut marks: BTreeMap<String, String> = BTreeMap::new();
        for (name, text) in files(&epub).iter().filter(|(name, _)| name.ends_with(".xhtml")) {
            for (number, after) in marked(std::str::from_utf8(text).expect("UTF-8")) {
                let href = format!("{}#page-{number}", name.trim_start_matches("OEBPS/"));
                assert!(list.contains(&(number.clone(), href)), "{sample}: mark {number} is not listed");
                assert!(marks.insert(number, after).is_none(), "{sample}: two marks of a page");
            }
        }
        assert_eq!(list.len(), marks.len(), "{sample}");
        // The last page is the back cover; pages before it may be blank.
        let text = &pages[..pages.len() - 1];
        let filled = text.iter().rposition(|page| !page.is_empty()).expect("a page with words") + 1;
        assert_eq!(list.len(), filled, "{sample}: pages of text");
        for (index, page) in pages[..filled].iter().enumerate() {
            let after = words(&marks[&(index + 1).to_string()]);
            // The words of a line; the last one may be cut. A running head may stand above the first.
            let begins = |line: &&String| {
                let mut said = words(line);
                if line.trim_end().ends_with('\u{ad}') {
                    said.pop();
                }
                said.len() > 1 && after.starts_with(&said)
            };
            let at = page.iter().position(|line| begins(&line));
            assert!(
                at.is_some_and(|at| at <= 1 && (at == 0 || index > 0)),
                "{sample}, page {}: {:?} and not {:?}",
                index + 1,
                &after[..after.len().min(12)],
                &page[..page.len().min(3)]
            );
        }
    }
}

/// What every element's own text is, as set on pages of text, without what is not counted.
fn on_pages(set: &Set) -> BTreeMap<NodeId, usize> {
    let mut count = BTreeMap::new();
    for page in set.pages.pages.iter().filter(|page| page.kind == PageKind::Body) {
        for placed in &page.items {
            if let (Owner::Node(node), Item::Run(run)) = (placed.owner, &placed.item) {
                *count.entry(node).or_insert(0) += run.text.chars().filter(|c| counted(*c)).count();
            }
        }
    }
    count
}

/// What a page says in the run of the text.
fn on_page(set: &Set, page: &Page, notes: NotesPlace) -> String {
    let first_note = set.document.notes.first().map(|note| note.id);
    let mut said = String::new();
    for placed in &page.items {
        if let (Owner::Node(node), Item::Run(run)) = (placed.owner, &placed.item)
            && (notes != NotesPlace::Foot || first_note.is_none_or(|first| node < first))
        {
            said.push_str(&run.text);
        }
    }
    said
}

/// The letters of a text: numbers of notes and items stand in the pages' text alone.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

const EVERYTHING: &str = include_str!("../everything.md");

/// A text in which every construct meets a page's end: the same one at many page sizes.
#[test]
fn every_page_is_marked_once_and_in_order_whatever_it_begins_with() {
    for (height, notes) in [
        (190, NotesPlace::Foot),
        (120, NotesPlace::End),
        (95, NotesPlace::ChapterEnd),
        (80, NotesPlace::Foot),
    ] {
        let word = match notes {
            NotesPlace::Foot => "foot",
            NotesPlace::ChapterEnd => "chapter-end",
            NotesPlace::End => "end",
        };
        let design = format!(
            "[design]\npage = {{ width = \"105mm\", height = \"{height}mm\" }}\nnotes = \"{word}\"\nmargins = \
             {{ inner = \"12mm\", outer = \"12mm\", top = \"12mm\", bottom = \"14mm\" }}\n"
        );
        let set = set(&design, &[("a.md", EVERYTHING), ("b.md", "# Again\n\nMore *words* to end with.\n")]);
        let starts = starts(&set.pages, &set.document, notes);
        let pages = set.pages.pages.iter().filter(|page| page.kind == PageKind::Body);
        let labels: Vec<&str> = pages.map(|page| page.label.as_str()).collect();
        assert_eq!(starts.iter().map(|s| s.label.as_str()).collect::<Vec<_>>(), labels, "{height} mm");
        let set_text = on_pages(&set);
        for start in &starts {
            let all = set_text.get(&start.node).copied().unwrap_or(0);
            assert!(start.offset == 0 || start.offset < all, "{height} mm: {start:?} of {all}");
        }
        let options = EpubOptions { starts: &starts, notes, ..options() };
        let bytes = epub::write(&set.document, &options).expect("an EPUB");
        let list = listed(&file_of(&bytes, "OEBPS/nav.xhtml"));
        assert_eq!(list.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(), labels, "{height} mm");
        let mut marks = BTreeMap::new();
        for (_, text) in files(&bytes).iter().filter(|(name, _)| name.ends_with(".xhtml")) {
            marks.extend(marked(std::str::from_utf8(text).expect("UTF-8")));
        }
        let (mut cut, mut compared) = (false, 0);
        for (label, page) in labels.iter().zip(set.pages.pages.iter().filter(|p| p.kind == PageKind::Body)) {
            let (said, after) = (letters(&on_page(&set, page, notes)), letters(&marks[*label]));
            let count = said.len().min(after.len()).min(12);
            // A page of a note's rest alone begins where the next one does, and says nothing.
            compared += usize::from(count > 3);
            let same = said[..count] == after[..count];
            let within = cut && after.windows(count).take(20).any(|part| part == &said[..count]);
            assert!(same || within, "{height} mm, page {label}: {said:?} and not {after:?}");
            cut = on_page(&set, page, notes).trim_end().ends_with('\u{ad}');
        }
        assert!(compared * 10 > labels.len() * 8, "{height} mm: {compared} of {} pages", labels.len());
        let package = file_of(&bytes, "OEBPS/content.opf");
        assert!(package.contains("pageBreakSource") && package.contains("pageBreakMarkers"));
        assert_eq!(file_of(&bytes, "OEBPS/toc.ncx").matches("<pageTarget ").count(), labels.len());
    }
}

#[test]
fn the_epub_does_not_depend_on_what_else_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let (epub, _) = build(SAMPLES[2], folder.path());
    let alone = std::process::Command::new(env!("CARGO_BIN_EXE_booklet"))
        .args(["build", "--only", "epub", "-q", "-o"])
        .args([folder.path(), &manifest(SAMPLES[2])])
        .output();
    assert!(alone.expect("the program runs").status.success());
    let again = std::fs::read(folder.path().join(format!("{}.epub", SAMPLES[2]))).expect("an EPUB");
    assert!(epub == again, "the bytes differ");
}

#[test]
fn a_picture_that_floats_begins_no_page() {
    // Two thirds of a page of text, a picture that does not fit under it, and more text.
    let folder = tempfile::tempdir().expect("a folder");
    let pixels = vec![90; 300 * 500].into();
    let format = booklet::picture::PixelFormat::Gray;
    let high =
        booklet::picture::Raster { width: 300, height: 500, dpi: None, format, pixels, photographic: false };
    std::fs::write(folder.path().join("high.png"), high.to_png().expect("a PNG")).expect("a picture");
    let words = "Words that fill a page and then the next one, as words do. ".repeat(22);
    let text = format!(
        "# Why\n\n{words}\n\n![High](high.png \"A caption\")\n\nAfter *the* picture. {words}\n\n{words}\n"
    );
    std::fs::write(folder.path().join("t.md"), text).expect("a chapter");
    let manifest = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"t.md\"]\n[design]\npage = \"A6\"\n";
    std::fs::write(folder.path().join("manifest.toml"), manifest).expect("a manifest");
    let mut report = booklet::diagnostic::Report::new();
    let booklet =
        booklet::booklet::open(&Manuscript::on_disk(folder.path()), &mut report).expect("a booklet");
    let document = booklet::document::read(&booklet, &mut report);
    let style = booklet::typeset::style::Style::new(&booklet);
    let pages = booklet::cover::wrapped(&document, &style, &mut report);
    let starts = starts(&pages, &document, NotesPlace::Foot);
    let figure = document.chapters[0].blocks[1].id;
    let shows = |page: &Page| {
        page.items
            .iter()
            .position(|i| i.owner == Owner::Node(figure) && matches!(i.item, Item::Picture { .. }))
    };
    let body: Vec<_> = pages.pages.iter().filter(|page| page.kind == PageKind::Body).collect();
    let at = body.iter().position(|page| shows(page).is_some()).expect("a page with the picture");
    assert!(shows(body[at]) == Some(0) || shows(body[at]) == Some(1), "the picture does not head its page");
    assert!(starts[at].node > figure, "{:?}", starts[at]);
    assert!(starts.windows(2).all(|pair| pair[0].node <= pair[1].node), "{starts:?}");
}

#[test]
fn without_pages_nothing_is_said_of_them() {
    let set = set("", &[("a.md", EVERYTHING)]);
    let bytes = epub::write(&set.document, &options()).expect("an EPUB");
    for (name, text) in files(&bytes) {
        let text = String::from_utf8_lossy(&text);
        assert!(!text.contains("pageBreak") && !text.contains("pagebreak"), "{name}");
    }
}
