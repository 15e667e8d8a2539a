//! Whole booklets in pages: dumps of every kind of block against files in `golden/pages/` (`BLESS=1`
//! rewrites them), and what must hold on every page.

use std::collections::BTreeMap;

use booklet::booklet as shelf;
use booklet::cover::wrapped;
use booklet::diagnostic::{Report, Severity};
use booklet::document::{self, Document};
use booklet::folder::Manuscript;
use booklet::length::Length;
use booklet::typeset::dump;
use booklet::typeset::frame::{Destination, Item, Owner, Page, PageKind, Pages, Run};
use booklet::typeset::style::Style;

/// A booklet set from a manifest's lines (title and chapters are added) and its files.
pub struct Set {
    pub pages: Pages,
    pub document: Document,
    pub style: Style,
    pub report: Report,
}

pub fn set(manifest: &str, files: &[(&str, &str)]) -> Set {
    let folder = tempfile::tempdir().expect("a folder");
    let mut chapters = Vec::new();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a chapter");
        if *name != "back.md" {
            chapters.push(format!("\"{name}\""));
        }
    }
    if files.iter().any(|(_, text)| text.contains("(picture.png")) {
        let gray = image::GrayImage::from_pixel(600, 300, image::Luma([128]));
        gray.save(folder.path().join("picture.png")).expect("a picture");
    }
    let top = format!("title = \"The title\"\nlanguage = \"en\"\nchapters = [{}]\n", chapters.join(", "));
    std::fs::write(folder.path().join("manifest.toml"), top + manifest).expect("a manifest");
    let mut report = Report::new();
    let booklet = shelf::open(&Manuscript::on_disk(folder.path()), &mut report);
    let booklet = booklet.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let document = document::read(&booklet, &mut report);
    let style = Style::new(&booklet);
    let pages = wrapped(&document, &style, &mut report);
    Set { pages, document, style, report }
}

impl Set {
    pub fn body(&self) -> impl Iterator<Item = (usize, &Page)> {
        self.pages.pages.iter().enumerate().filter(|(_, p)| p.kind == PageKind::Body)
    }

    /// The page of a place, and its height there.
    pub fn place(&self, wanted: &Destination) -> Option<usize> {
        self.pages
            .pages
            .iter()
            .position(|page| page.items.iter().any(|i| matches!(&i.item, Item::Anchor(to) if to == wanted)))
    }
}

pub fn runs(page: &Page) -> impl Iterator<Item = (&Run, Length, Owner)> {
    page.items.iter().filter_map(|i| match &i.item {
        Item::Run(run) => Some((run, i.at.y, i.owner)),
        _ => None,
    })
}

fn words(page: &Page) -> String {
    runs(page).map(|(run, ..)| run.text.as_ref()).collect::<Vec<_>>().join("|")
}

pub const PLAIN: &str = "[design]\ntitle-page = false\ncontents = false\nrunning-heads = false\n";

/// Compares the text pages of a booklet of one chapter with a golden file.
pub fn golden(name: &str, manifest: &str, text: &str) {
    let set = set(manifest, &[("one.md", text)]);
    let actual = dump(&set.pages);
    crate::golden::same(&format!("pages/{name}.txt"), &actual);
}

#[test]
fn headings() {
    golden(
        "headings",
        PLAIN,
        "# Title\n\nA.\n\n## Two\n\nB.\n\n### Three\n\nC.\n\n#### Four\n\nD.\n\n##### Five\n\nE.\n\n###### Six\n\nF.\n",
    );
}

#[test]
fn lists() {
    golden(
        "lists",
        PLAIN,
        "A.\n\n- one\n- two\n  - in\n    - deep\n\nB.\n\n9. nine\n10. ten\n\n    more\n\n-   1. both\n\nC.\n",
    );
}

#[test]
fn quotations() {
    golden("quotations", PLAIN, "A.\n\n> Said.\n>\n> More.\n>\n> — Who\n\nB.\n\n> > Twice.\n");
}

#[test]
fn verse() {
    golden(
        "verse",
        PLAIN,
        "A.\n\nOne line\\\nand a line that is so long that it has to turn over before it comes to an end\\\nlast\n\nB.\n",
    );
}

#[test]
fn definitions() {
    golden("definitions", PLAIN, "Term\n: Meaning.\n: Another.\n\nOther\n: Its own.\n");
}

#[test]
fn code() {
    golden("code", PLAIN, "A.\n\n```\nfn main() {\n    run();\n}\n```\n\nB.\n");
}

#[test]
fn tables() {
    golden(
        "tables",
        PLAIN,
        "| A | Long head |\n|--:|:-:|\n| 1 | x[^n] |\n| 22 | y |\n\nB.\n\n[^n]: Noted.\n",
    );
}

#[test]
fn ornaments() {
    golden("ornaments", PLAIN, "A.\n\n* * *\n\nB.\n");
}

#[test]
fn notes() {
    golden(
        "notes",
        PLAIN,
        "A.[^a] B.[^b]\n\n[^a]: Ay.[^c]\n[^b]: Bee.\n\n    More.\n\n    - item\n[^c]: In a note.\n",
    );
}

#[test]
fn front_matter() {
    let manifest = "subtitle = \"Sub\"\nauthors = [\"A. Uthor\"]\npublisher = \"Press\"\ndate = 2022-11-01\n\
                    rights = \"Copy it.\"\nsource = \"https://example.org/\"\nseries = { name = \"Row\", number = 2 }\n\
                    contributors = [{ name = \"T. R.\", role = \"translator\" }]\n";
    golden("front-matter", manifest, "# One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.\n");
}

/// A text with notes of every length, headings and quotations, long enough for many pages.
fn long_text() -> String {
    let mut text = String::from("# A long chapter\n\n");
    let words = "the land belongs to those who work it and to nobody else and so do the mills and the roads";
    let mut notes = String::new();
    for index in 0..160_usize {
        if index % 13 == 5 {
            text.push_str(&format!("## Section {index}\n\n"));
        }
        if index % 17 == 9 {
            text.push_str("> ");
        }
        for sentence in 0..1 + index * 7 % 5 {
            text.push_str(&format!("Sentence {sentence} of {index} says that {words}. "));
        }
        if index % 4 == 1 {
            text.push_str(&format!("And here is a mark.[^{index}] And more that {words}."));
            notes.push_str(&format!("[^{index}]: "));
            for _ in 0..1 + index % 9 {
                notes.push_str(&format!("Note {index} says that {words}. "));
            }
            notes.push_str("\n\n");
        }
        text.push_str("\n\n");
    }
    text + &notes
}

#[test]
fn every_note_begins_on_the_page_of_its_mark() {
    let set = set("", &[("one.md", &long_text())]);
    assert!(set.document.notes.len() >= 40);
    for (index, note) in set.document.notes.iter().enumerate() {
        let id = document::NoteId(index as u32);
        let mark = set.place(&Destination::Mark(note.marks[0])).expect("its mark");
        assert_eq!(set.place(&Destination::Note(id)), Some(mark), "note {}", note.number);
    }
}

#[test]
fn lines_of_both_sides_are_on_one_grid_and_facing_pages_end_level() {
    let set = set("", &[("one.md", &long_text())]);
    let style = &set.style;
    let first = style.margins.top + style.text.baseline();
    let mut lowest = BTreeMap::new();
    for (index, page) in set.body() {
        for (run, y, owner) in runs(page) {
            if matches!(owner, Owner::Artefact | Owner::Head | Owner::Folio) {
                continue;
            }
            if run.size == style.text.size {
                assert_eq!((y - first).0 % style.text.leading.0, 0, "“{}” is off the grid", run.text);
            }
            let low = lowest.entry(index).or_insert(y);
            *low = (*low).max(y);
        }
    }
    let last = *lowest.keys().last().expect("pages");
    for (index, low) in &lowest {
        if index % 2 == 1 && index + 1 < last {
            assert_eq!(low, &lowest[&(index + 1)], "pages {index} and {} end level", index + 1);
        }
        let end = first + style.text.leading * (style.lines - 1);
        assert!(*low <= end, "page {index} runs over its foot");
    }
}

#[test]
fn no_paragraph_leaves_a_line_alone() {
    let set = set("[design]\nnotes = \"end\"\n", &[("one.md", &long_text())]);
    let mut lines: BTreeMap<document::NodeId, Vec<(usize, Length)>> = BTreeMap::new();
    for (index, page) in set.body() {
        for (run, y, owner) in runs(page) {
            if let (Owner::Node(node), true) = (owner, run.size == set.style.text.size) {
                let lines = lines.entry(node).or_default();
                if lines.last() != Some(&(index, y)) {
                    lines.push((index, y));
                }
            }
        }
    }
    let mut broken = 0;
    for (node, lines) in lines {
        let pages: Vec<usize> = lines.iter().map(|(page, _)| *page).collect();
        let (first, last) = (pages[0], pages[pages.len() - 1]);
        if first != last {
            broken += 1;
            assert!(pages.iter().filter(|p| **p == first).count() >= 2, "an orphan in {node:?}");
            assert!(pages.iter().filter(|p| **p == last).count() >= 2, "a widow in {node:?}");
        }
    }
    assert!(broken > 5, "the text breaks over pages at all");
}

#[test]
fn chapters_begin_where_the_manifest_says() {
    let files = [("one.md", "# One\n\nA.\n"), ("two.md", "# Two\n\nB.\n"), ("three.md", "# Three\n\nC.\n")];
    let starts = |manifest: &str| {
        let set = set(manifest, &files);
        let chapters = set.document.chapters.iter();
        let starts: Vec<_> = chapters
            .map(|c| {
                set.place(&Destination::Target(document::Target::Chapter(c.slug.as_str().into())))
                    .expect("a page")
            })
            .map(|page| set.pages.pages[page].label.clone())
            .collect();
        starts.join(" ")
    };
    assert_eq!(starts("[design]\nchapter-start = \"page\"\n"), "1 2 3");
    assert_eq!(starts("[design]\nchapter-start = \"recto\"\n"), "1 3 5");
    assert_eq!(starts("[design]\nchapter-start = \"run-on\"\n"), "1 1 1");
}

#[test]
fn contents_tell_the_folios_of_the_chapters() {
    let long = "Words that fill a line and more. ".repeat(260);
    let (one, two) = (format!("# One\n\n{long}\n"), format!("# Two\n\n{long}\n"));
    let set = set("", &[("one.md", &one), ("two.md", &two), ("three.md", "# Three\n\nC.\n")]);
    let contents = set.pages.pages.iter().find(|p| words(p).contains("Contents")).expect("contents");
    let text: Vec<String> = runs(contents).map(|(run, ..)| run.text.to_string()).collect();
    for chapter in &set.document.chapters {
        let to = Destination::Target(document::Target::Chapter(chapter.slug.as_str().into()));
        let label = &set.pages.pages[set.place(&to).expect("a page")].label;
        let title = document::plain_text(&chapter.title);
        let entry = text.iter().position(|t| *t == title).expect("its entry");
        assert_eq!(&text[entry + 1], label, "folio of {title}");
        let live =
            contents.items.iter().any(|i| matches!(&i.item, Item::Link { to: link, .. } if *link == to));
        assert!(live, "the entry of {title} leads to it");
    }
}

/// The line to the folio of a title that takes two lines no longer began an indent too late.
#[test]
fn leaders_begin_where_their_entry_ends() {
    let long =
        "# A title of so very many words that they cannot all of them stand on one line of any page\n\nA.\n";
    let set = set("", &[("one.md", "# One\n\nA.\n"), ("two.md", long)]);
    let contents = set.pages.pages.iter().find(|p| words(p).contains("Contents")).expect("contents");
    let mut leaders = 0;
    for line in &contents.items {
        let Item::Fill { .. } = line.item else { continue };
        let ends = contents.items.iter().filter_map(|i| match &i.item {
            Item::Run(run) if i.at.y == line.at.y && i.at.x < line.at.x => Some(i.at.x + run.width),
            _ => None,
        });
        let gap = line.at.x - ends.max().expect("an entry before its leader");
        assert!((4.0..=7.0).contains(&gap.to_pt()), "a gap of {} pt", gap.to_pt());
        leaders += 1;
    }
    assert_eq!(leaders, 2);
}

#[test]
fn one_chapter_without_sections_has_no_contents() {
    let set = set("", &[("one.md", "# One\n\nA.\n")]);
    assert!(!set.pages.pages.iter().any(|p| words(p).contains("Contents")));
}

#[test]
fn the_text_begins_on_a_recto_and_blank_pages_are_blank() {
    for manifest in ["", PLAIN, "[design]\ntitle-page = false\n", "[design]\ncontents = false\n"] {
        let set =
            set(manifest, &[("one.md", "# One\n\n## A\n\nx\n\n## B\n\ny\n"), ("two.md", "# Two\n\nB.\n")]);
        let pages = &set.pages.pages;
        assert_eq!(pages[0].kind, PageKind::FrontCover);
        assert_eq!(pages[pages.len() - 1].kind, PageKind::BackCover);
        let (first, page) = set.body().next().expect("text");
        assert_eq!(first % 2, 0, "the first page of text is a recto");
        assert_eq!(page.label, "1");
        for page in pages {
            assert_eq!(
                page.kind == PageKind::Blank,
                page.items.is_empty() && page.kind != PageKind::BackCover
            );
        }
    }
}

#[test]
fn notes_go_where_the_manifest_says() {
    let files = [("one.md", "# One\n\nA.[^a]\n\n[^a]: Ay.\n"), ("two.md", "# Two\n\nB.[^b]\n\n[^b]: Bee.\n")];
    let page_of = |manifest: &str, text: &str| {
        let set = set(manifest, &files);
        let found = set.body().find(|(_, p)| runs(p).any(|(run, ..)| run.text.contains(text)));
        found.map(|(_, page)| (page.label.clone(), words(page).contains("Notes"))).expect("the note")
    };
    let at = |label: &str, headed: bool| (label.to_owned(), headed);
    assert_eq!(page_of("[design]\nnotes = \"foot\"\n", "Ay."), at("1", false));
    assert_eq!(page_of("[design]\nnotes = \"chapter-end\"\n", "Ay."), at("1", true));
    assert_eq!(page_of("[design]\nnotes = \"end\"\n", "Ay."), at("3", true));
    assert_eq!(page_of("[design]\nnotes = \"end\"\n", "Bee."), at("3", true));
}

#[test]
fn a_long_table_repeats_its_head() {
    let mut table = String::from("| Number | Name |\n|---|---|\n");
    for row in 0..80 {
        table.push_str(&format!("| {row} | row {row} |\n"));
    }
    let set = set(PLAIN, &[("one.md", &table)]);
    let pages: Vec<String> = set.body().map(|(_, page)| words(page)).collect();
    assert!(pages.len() > 1);
    assert!(pages.iter().all(|p| p.contains("Number")), "{pages:?}");
    let rows = pages.iter().map(|p| p.matches("row ").count()).sum::<usize>();
    assert_eq!(rows, 80, "every row once");
}

#[test]
fn a_cell_with_stress_and_code_has_the_room_that_it_is_set_in() {
    // Bold letters and those of code are wider than plain ones: measured as plain, the cell's line turned.
    let text = "| a cell | b |\n| --- | --- |\n| with **strong words mostly** and `code` at its end | c |\n";
    let set = set("", &[("one.md", text)]);
    let body = set.pages.pages.iter().find(|page| page.kind == PageKind::Body).expect("a page of text");
    let baseline = |word: &str| {
        let found = runs(body).find(|(run, ..)| run.text.contains(word)).map(|(_, y, _)| y);
        found.unwrap_or_else(|| panic!("{word} is set"))
    };
    assert_eq!(baseline("with"), baseline("code"));
    assert_eq!(baseline("strong"), baseline("end"));
}

#[test]
fn a_back_cover_that_is_too_long_is_an_error() {
    let back = "Many words on the back cover. ".repeat(400);
    let set = set("[cover]\nback = \"back.md\"\n", &[("one.md", "A.\n"), ("back.md", &back)]);
    let found: Vec<_> = set.report.diagnostics().iter().filter(|d| d.severity == Severity::Error).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.0, "T05");
}

/// Small pages, large type, text with everything in it: nothing is lost, nothing panics.
#[test]
fn hostile_designs() {
    let text = include_str!("../everything.md");
    for (page, size, leading) in [("A6", "16pt", "20pt"), ("A5", "24pt", "24pt"), ("A4", "6pt", "7pt")] {
        for extra in
            ["chapter-start = \"run-on\"", "notes = \"chapter-end\"", "indent = \"space\"\njustify = false"]
        {
            let manifest =
                format!("[design]\npage = \"{page}\"\nsize = \"{size}\"\nleading = \"{leading}\"\n{extra}\n");
            let set = set(&manifest, &[("one.md", text)]);
            for (index, note) in set.document.notes.iter().enumerate() {
                let there = set.place(&Destination::Note(document::NoteId(index as u32)));
                assert!(there.is_some(), "note {} on {page} {size}", note.number);
            }
        }
    }
}
