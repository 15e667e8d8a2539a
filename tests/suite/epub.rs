//! The EPUB as a container: what is in it, in which order, with which metadata.

use booklet::document::BlockKind;
use booklet::epub::{self, EpubOptions, archive};
use booklet::face::Faces;
use booklet::manifest::{Date, Indent, NotesPlace, Series};

use crate::handmade::{Maker, person};

/// Options without faces.
pub fn options() -> EpubOptions<'static> {
    static FACES: std::sync::OnceLock<Faces> = std::sync::OnceLock::new();
    EpubOptions {
        faces: FACES.get_or_init(Faces::default),
        embed_fonts: false,
        contents: true,
        title_page: true,
        notes: NotesPlace::Foot,
        indent: Indent::FirstLine,
        justify: true,
        hyphenate: true,
    }
}

/// The files of an EPUB.
pub fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    archive::unpack(bytes).expect("a ZIP file")
}

/// One file of an EPUB as text.
pub fn text(bytes: &[u8], name: &str) -> String {
    let found = files(bytes).into_iter().find(|(file, _)| file == name).expect("the file");
    String::from_utf8(found.1).expect("UTF-8")
}

fn simple() -> booklet::document::Document {
    let mut m = Maker::default();
    let paragraph = m.paragraph("Words.");
    let chapters = vec![m.chapter("why", "Why", vec![paragraph])];
    m.document(chapters)
}

#[test]
fn the_container_begins_as_the_standard_says() {
    let bytes = epub::write(&simple(), &options()).expect("an EPUB");
    // OCF 3.3 §4.3.2: the media type stands in the clear at byte 38.
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    // No extra field anywhere, and the same first day for all.
    for (at, _) in bytes.windows(4).enumerate().filter(|(_, w)| w == b"PK\x03\x04") {
        assert_eq!(&bytes[at + 28..at + 30], [0, 0], "extra field");
        assert_eq!(&bytes[at + 10..at + 14], [0, 0, 0x21, 0], "time");
    }
    let names: Vec<_> = files(&bytes).into_iter().map(|(name, _)| name).collect();
    for name in
        ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx", "OEBPS/why.xhtml"]
    {
        assert_eq!(names.iter().filter(|n| *n == name).count(), 1, "{name} in {names:?}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (a, b) = (epub::write(&simple(), &options()), epub::write(&simple(), &options()));
    assert_eq!(a.expect("an EPUB"), b.expect("an EPUB"));
}

#[test]
fn metadata_says_what_the_manifest_says() {
    let mut document = simple();
    let identity = &mut document.identity;
    identity.subtitle = Some("A <song>".into());
    identity.authors = vec![person("Rose S.", "author")];
    identity.authors[0].file_as = Some("S., Rose".into());
    identity.contributors = vec![person("T. R.", "translator"), person("N. N.", "juggler")];
    identity.date = Some(Date { year: 1911, month: 12, day: 3 });
    identity.series = Some(Series { name: "Songs".into(), number: Some(3) });
    identity.language = "fr".into();
    let opf = text(&epub::write(&document, &options()).expect("an EPUB"), "OEBPS/content.opf");
    for part in [
        "<dc:title id=\"title\">Bread &amp; roses</dc:title>",
        "<dc:title id=\"subtitle\">A &lt;song&gt;</dc:title>",
        "<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>",
        "<dc:language>fr</dc:language>",
        "<meta refines=\"#creator-1\" property=\"role\" scheme=\"marc:relators\">aut</meta>",
        "<meta refines=\"#creator-1\" property=\"file-as\">S., Rose</meta>",
        "<meta refines=\"#contributor-1\" property=\"role\" scheme=\"marc:relators\">trl</meta>",
        "<meta refines=\"#contributor-2\" property=\"role\" scheme=\"marc:relators\">ctb</meta>",
        "<meta property=\"dcterms:modified\">1911-12-03T00:00:00Z</meta>",
        "<meta refines=\"#series\" property=\"group-position\">3</meta>",
        "<meta property=\"schema:accessMode\">textual</meta>",
        "page-progression-direction=\"ltr\"",
        "xml:lang=\"fr\"",
    ] {
        assert!(opf.contains(part), "{part} is not in\n{opf}");
    }
    assert!(!opf.contains("visual"), "there is no picture to see");
}

#[test]
fn right_to_left_languages_turn_the_pages_the_other_way() {
    let mut document = simple();
    document.identity.language = "he".into();
    let bytes = epub::write(&document, &options()).expect("an EPUB");
    assert!(text(&bytes, "OEBPS/content.opf").contains("page-progression-direction=\"rtl\""));
    assert!(text(&bytes, "OEBPS/why.xhtml").contains("dir=\"rtl\""));
}

#[test]
fn contents_and_title_page_can_be_left_out_and_notes_follow_their_chapter() {
    let mut m = Maker::default();
    let note = m.paragraph("Said where it is called.");
    let mut line = m.text("Words");
    line.push(m.mark(0, "n", vec![note]));
    let paragraph = m.block(BlockKind::Paragraph(line));
    let chapters = vec![m.chapter("why", "Why", vec![paragraph])];
    let document = m.document(chapters);
    let options =
        EpubOptions { contents: false, title_page: false, notes: NotesPlace::ChapterEnd, ..options() };
    let bytes = epub::write(&document, &options).expect("an EPUB");
    let opf = text(&bytes, "OEBPS/content.opf");
    assert!(!opf.contains("itemref idref=\"nav\"") && opf.contains("properties=\"nav\""));
    assert!(!opf.contains("title.xhtml") && !opf.contains("notes.xhtml"));
    let chapter = text(&bytes, "OEBPS/why.xhtml");
    assert!(chapter.contains("href=\"#fn1\"") && chapter.contains("href=\"#fnref1\""), "{chapter}");
}
