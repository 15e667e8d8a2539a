//! The XHTML of every construct, against files in `golden/xhtml/` (`BLESS=1` rewrites them).

use booklet::address::Address;
use booklet::document::{Align, Block, BlockKind, Chapter, Document, InlineKind, Table, Target};
use booklet::epub;

use super::book::{files, options};
use crate::golden;
use crate::input::texts::read;
use crate::typeset::handmade::Maker;

/// What stands in the body of a file of the EPUB.
pub fn body(document: &Document, file: &str) -> String {
    let bytes = epub::write(document, &options()).expect("an EPUB");
    let files = files(&bytes);
    let text = &files.iter().find(|(name, _)| name == &format!("OEBPS/{file}")).expect("the file").1;
    let text = std::str::from_utf8(text).expect("UTF-8");
    let start = text.find("<body>\n").expect("a body") + 7;
    text[start..text.find("</body>").expect("an end")].to_owned()
}

pub fn check(name: &str, actual: &str) {
    golden::same(&format!("xhtml/{name}.xhtml"), actual);
}

/// A place outside.
fn to(address: &str) -> Target {
    Target::Url(Address::new(address).expect("an address"))
}

/// One chapter with these blocks, as XHTML.
fn chapter(make: Maker, blocks: Vec<Block>) -> String {
    let mut make = make;
    let chapters = vec![make.chapter("why", "Why", blocks)];
    body(&make.document(chapters), "why.xhtml")
}

#[test]
fn running_text() {
    let mut m = Maker::default();
    let mut line = m.text("Plain & simple, ");
    let plain = |m: &mut Maker, t: &str| m.text(t);
    type Wrap = fn(Vec<booklet::document::Inline>) -> InlineKind;
    let kinds: [(&str, Wrap); 8] = [
        ("emphasis", InlineKind::Emphasis),
        ("strong", InlineKind::Strong),
        ("strike", InlineKind::Strike),
        ("up", InlineKind::Superscript),
        ("down", InlineKind::Subscript),
        ("small", InlineKind::Small),
        ("under", InlineKind::Underline),
        ("key", InlineKind::Keyboard),
    ];
    for (words, kind) in kinds {
        let inner = plain(&mut m, words);
        line.push(m.inline(kind(inner)));
        line.extend(plain(&mut m, " "));
    }
    line.push(m.inline(InlineKind::Code("a < b && c".into())));
    line.push(m.inline(InlineKind::Break));
    line.extend(plain(&mut m, "a new line"));
    let paragraph = m.block(BlockKind::Paragraph(line));
    check("running-text", &chapter(m, vec![paragraph]));
}

#[test]
fn links_stay_inside_escape_or_lose_their_address() {
    let mut m = Maker::default();
    let mut line = Vec::new();
    for target in [
        to("https://example.org/a b?x=<y>"),
        Target::Anchor("javascript:alert(1)".into()),
        to("mailto:us@example.org"),
        Target::Anchor("below".into()),
        Target::Anchor("nowhere".into()),
        Target::Chapter("why".into()),
    ] {
        let content = m.text("words");
        line.push(m.inline(InlineKind::Link { target, content }));
        line.extend(m.text(" "));
    }
    // Nothing to click on: no link.
    line.push(m.inline(InlineKind::Link { target: to("https://example.org"), content: Vec::new() }));
    let paragraph = m.block(BlockKind::Paragraph(line));
    let below = m.heading(2, "Below");
    check("links", &chapter(m, vec![paragraph, below]));
}

#[test]
fn a_mark_inside_a_link_stands_after_it() {
    let mut m = Maker::default();
    let note = m.paragraph("A note.");
    let mut content = m.text("words");
    content.push(m.mark(0, "n", vec![note]));
    let link = m.inline(InlineKind::Link { target: to("https://example.org/"), content });
    let paragraph = m.block(BlockKind::Paragraph(vec![link]));
    let text = chapter(m, vec![paragraph]);
    assert!(text.contains("words</a><a epub:type=\"noteref\""), "{text}");
}

#[test]
fn blocks() {
    let mut m = Maker::default();
    let mut blocks = vec![m.heading(3, "A heading that skips a level"), m.paragraph("Text.")];
    let inner = m.paragraph("Quoted.");
    let by = m.text("— Someone");
    let by = m.block(BlockKind::Attribution(by));
    let mut quote = m.block(BlockKind::Quote(vec![inner, by]));
    quote.classes = vec!["epigraph".into(), "bad\"class".into()];
    blocks.push(quote);
    let lines = vec![m.text("Roses are red,"), m.text("violets are black.")];
    blocks.push(m.block(BlockKind::Verse(lines)));
    blocks.push(
        m.block(BlockKind::Code { language: Some("rust".into()), text: "if a < b {\n    c();\n}\n".into() }),
    );
    blocks.push(m.block(BlockKind::Rule));
    let caption = m.text("What was to be seen.");
    blocks.push(m.block(BlockKind::Figure { picture: None, alt: "A crowd".into(), caption, width: None }));
    check("blocks", &chapter(m, blocks));
}

#[test]
fn lists() {
    let mut m = Maker::default();
    let (a, b, c) = (m.paragraph("one"), m.paragraph("two"), m.paragraph("nested"));
    let nested = m.item(vec![c]);
    let nested = m.block(BlockKind::List { start: None, tight: true, items: vec![nested] });
    let items = vec![m.item(vec![a]), m.item(vec![b, nested]), m.item(Vec::new())];
    let tight = m.block(BlockKind::List { start: Some(3), tight: true, items });
    let (a, b) = (m.paragraph("first"), m.paragraph("second"));
    let items = vec![m.item(vec![a, b])];
    let loose = m.block(BlockKind::List { start: Some(1), tight: false, items });
    let (a, b) = (m.paragraph("mutual aid"), m.paragraph("also a book"));
    let definitions = vec![m.definition("Solidarity", vec![vec![a], vec![b]])];
    let definitions = m.block(BlockKind::Definitions(definitions));
    check("lists", &chapter(m, vec![tight, loose, definitions]));
}

#[test]
fn tables_with_and_without_a_head() {
    let mut m = Maker::default();
    let columns = vec![Align::Start, Align::Center, Align::Right];
    let mut row = |texts: [&str; 3]| texts.map(|t| m.cell(t)).to_vec();
    let (head, empty) = (row(["", "What", "How much"]), row(["", "", ""]));
    let rows = vec![row(["1", "bread", "2"]), row(["2", "roses", ""])];
    let more = vec![row(["a", "b", "c"])];
    let first = m.block(BlockKind::Table(Table { columns: columns.clone(), head, rows }));
    let second = m.block(BlockKind::Table(Table { columns, head: empty, rows: more }));
    check("tables", &chapter(m, vec![first, second]));
}

/// Two chapters; a note of several blocks, one marked twice, one marked in a note.
fn noted() -> (Maker, Vec<Chapter>) {
    let mut m = Maker::default();
    let (a, b) = (m.paragraph("First paragraph."), m.paragraph("in a list"));
    let item = m.item(vec![b]);
    let list = m.block(BlockKind::List { start: None, tight: true, items: vec![item] });
    let mut line = m.text("Once");
    line.push(m.mark(0, "long", vec![a, list]));
    let short = m.paragraph("Short.");
    line.extend(m.text(", twice"));
    line.push(m.mark(0, "short", vec![short]));
    line.extend(m.text(" and again"));
    line.push(m.mark(0, "short", Vec::new()));
    let first = m.block(BlockKind::Paragraph(line));
    let mut text = m.text("See");
    let inner = m.paragraph("A note of a note.");
    text.push(m.mark(1, "inner", vec![inner]));
    let outer = m.block(BlockKind::Paragraph(text));
    let mut line = m.text("Other chapter");
    line.push(m.mark(1, "outer", vec![outer]));
    let second = m.block(BlockKind::Paragraph(line));
    let chapters = vec![m.chapter("one", "One", vec![first]), m.chapter("notes", "Two", vec![second])];
    (m, chapters)
}

#[test]
fn notes_stand_together_and_link_back() {
    let (m, chapters) = noted();
    let document = m.document(chapters);
    check("note-marks", &body(&document, "one.xhtml"));
    check("notes", &body(&document, "notes.xhtml"));
    // A chapter whose name is taken by a part of the EPUB gets another one.
    assert!(body(&document, "notes-2.xhtml").contains("href=\"notes.xhtml#fn4\""));
}

#[test]
fn contents_nest_by_heading() {
    let mut m = Maker::default();
    let blocks = vec![m.heading(2, "Part"), m.heading(4, "Deep"), m.heading(2, "Next")];
    let chapters = vec![m.chapter("a", "First", blocks), m.chapter("b", "", Vec::new())];
    check("contents", &body(&m.document(chapters), "nav.xhtml"));
}

#[test]
fn anchors_do_not_take_the_names_that_the_program_gives() {
    let text = "# T\n\n## A {#fn-a}\n\n## B {#page-b}\n\n## C {#notes}\n\n## D {#title}\n\n## E {#own}\n\n\
                [a](#fn-a), [b](#page-b), [c](#notes), [d](#title), [e](#own).[^n]\n\n[^n]: A note.\n";
    let (document, report) = read("en", &[("why.md", text)]);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    let page = body(&document, "why.xhtml");
    for id in ["a-fn-a", "a-page-b", "a-notes", "a-title", "own"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id} is not in {page}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "nothing leads to {id}: {page}");
    }
}

#[test]
fn spaces_at_the_edges_of_words_of_another_language_stay() {
    let (document, _) = read("en", &[("why.md", "# T\n\nOne [mot ]{lang=fr}two[ mot]{lang=fr} three.\n")]);
    let page = body(&document, "why.xhtml");
    let words: String = page.split(['<', '>']).step_by(2).collect();
    assert!(words.contains("One mot two mot three."), "{page}");
}
