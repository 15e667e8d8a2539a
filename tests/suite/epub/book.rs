//! The EPUB as a container: what is in it, in which order, with which metadata.

use booklet::booklet::NamedPicture;
use booklet::document::{BlockKind, Front};
use booklet::epub::{self, Dialect, EpubOptions};
use booklet::face::Faces;
use booklet::manifest::{Date, Indent, NotesPlace, Series, Stress, Subject, Typography};
use booklet::picture::{Picture, PictureId, PixelFormat, Raster};

use crate::typeset::handmade::{Maker, person};

/// Options without faces.
pub fn options() -> EpubOptions<'static> {
    static FACES: std::sync::OnceLock<Faces> = std::sync::OnceLock::new();
    static TYPOGRAPHY: Typography = Typography::DEFAULT;
    EpubOptions {
        faces: FACES.get_or_init(Faces::default),
        cover: None,
        embed_fonts: false,
        contents: true,
        title_page: true,
        notes: NotesPlace::Foot,
        indent: Indent::FirstLine,
        justify: true,
        hyphenate: true,
        starts: &[],
        certified_by: None,
        dialect: Dialect::Plain,
        stress: Stress::Italic,
        leading: 135,
        letter_space: 0,
        typography: &TYPOGRAPHY,
        sources: None,
    }
}

/// The files of an EPUB.
pub fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    epub::sources::take_apart(bytes).expect("a ZIP file")
}

/// One file of an EPUB as text.
pub fn text_of(bytes: &[u8], name: &str) -> String {
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
    identity.short_title = Some("Roses".into());
    identity.subjects = vec![
        Subject { name: "song & strike".into(), class: None },
        Subject { name: "Anarchism".into(), class: Some(("Thema", "JPFB".into())) },
    ];
    identity.authors = vec![person("Rose S.", "author")];
    identity.authors[0].file_as = Some("S., Rose".into());
    identity.contributors = vec![person("T. R.", "translator"), person("N. N.", "juggler")];
    identity.date = Some(Date { year: 1911, month: 12, day: 3 });
    identity.series = Some(Series { name: "Songs".into(), number: Some(3) });
    identity.language = "fr".into();
    let opf = text_of(&epub::write(&document, &options()).expect("an EPUB"), "OEBPS/content.opf");
    for part in [
        "<dc:title id=\"title\">Bread &amp; roses</dc:title>",
        "<dc:title id=\"subtitle\">A &lt;song&gt;</dc:title>",
        "<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>",
        "<meta refines=\"#short-title\" property=\"title-type\">short</meta>",
        "<dc:subject>song &amp; strike</dc:subject>",
        "<meta refines=\"#subject-2\" property=\"authority\">Thema</meta>",
        "<meta refines=\"#subject-2\" property=\"term\">JPFB</meta>",
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
    assert!(!opf.contains("conformsTo") && !opf.contains("certifiedBy"), "nobody certifies it");
}

#[test]
fn conformance_is_claimed_only_in_the_name_of_who_certifies() {
    let options = EpubOptions { certified_by: Some("A & B"), ..options() };
    let opf = text_of(&epub::write(&simple(), &options).expect("an EPUB"), "OEBPS/content.opf");
    let claim = "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>";
    assert!(opf.contains(claim), "{opf}");
    assert!(
        opf.contains("<meta refines=\"#conformance\" property=\"a11y:certifiedBy\">A &amp; B</meta>"),
        "{opf}"
    );
}

#[test]
fn a_picture_without_words_is_needed_to_understand_the_text() {
    let mut document = simple();
    document.undescribed = true;
    let opf = text_of(&epub::write(&document, &options()).expect("an EPUB"), "OEBPS/content.opf");
    assert!(
        opf.contains("accessModeSufficient\">textual,visual<") && !opf.contains("alternativeText"),
        "{opf}"
    );
}

#[test]
fn right_to_left_languages_turn_the_pages_the_other_way() {
    let mut document = simple();
    document.identity.language = "he".into();
    let bytes = epub::write(&document, &options()).expect("an EPUB");
    assert!(text_of(&bytes, "OEBPS/content.opf").contains("page-progression-direction=\"rtl\""));
    assert!(text_of(&bytes, "OEBPS/why.xhtml").contains("dir=\"rtl\""));
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
    let opf = text_of(&bytes, "OEBPS/content.opf");
    assert!(!opf.contains("itemref idref=\"nav\"") && opf.contains("properties=\"nav\""));
    assert!(!opf.contains("title.xhtml") && !opf.contains("notes.xhtml"));
    let chapter = text_of(&bytes, "OEBPS/why.xhtml");
    assert!(chapter.contains("href=\"#fn1\"") && chapter.contains("href=\"#fnref1\""), "{chapter}");
}

/// Pixels of one colour.
fn picture(width: u32, height: u32, photographic: bool) -> NamedPicture {
    let pixels = vec![120; (width * height * 3) as usize].into();
    let picture = Raster { width, height, dpi: None, format: PixelFormat::Rgb, pixels, photographic };
    NamedPicture {
        name: "../covers/Big Crowd.JPEG".to_owned(),
        picture: std::sync::Arc::new(Picture::Raster(picture)),
    }
}

#[test]
fn pictures_are_encoded_anew_and_told_to_the_reader() {
    let mut m = Maker::default();
    let caption = m.text("Seen from above.");
    let alt = "A crowd".to_owned();
    let figure = m.block(BlockKind::Figure { picture: Some(PictureId(0)), alt, caption, width: None });
    let chapters = vec![m.chapter("why", "Why", vec![figure])];
    let mut document = m.document(chapters);
    document.pictures = vec![picture(40, 30, true), picture(16, 25, false)];
    document.cover.front = Front::Picture { picture: PictureId(1), titled: false };
    let bytes = epub::write(&document, &options()).expect("an EPUB");
    let opf = text_of(&bytes, "OEBPS/content.opf");
    for part in [
        "href=\"images/big-crowd-2.png\" media-type=\"image/png\" properties=\"cover-image\"",
        "href=\"images/big-crowd.jpg\" media-type=\"image/jpeg\"",
        "<meta property=\"schema:accessMode\">visual</meta>",
        "<meta property=\"schema:accessibilityFeature\">alternativeText</meta>",
    ] {
        assert!(opf.contains(part), "{part} is not in\n{opf}");
    }
    assert!(
        text_of(&bytes, "OEBPS/why.xhtml").contains("<img src=\"images/big-crowd.jpg\" alt=\"A crowd\"/>")
    );
    assert!(text_of(&bytes, "OEBPS/cover.xhtml").contains("<img src=\"images/big-crowd-2.png\""));
    let found = files(&bytes);
    let jpeg = &found.iter().find(|(name, _)| name.ends_with(".jpg")).expect("a JPEG").1;
    assert!(jpeg.starts_with(&[0xff, 0xd8]) && !jpeg.windows(4).any(|w| w == b"Exif"));
}

/// Three samples a pixel, each near its place on a ramp: off it by so much at most, as chance has it.
fn ramp(side: u32, off: u32) -> NamedPicture {
    let mut chance = 1_u32;
    let mut sample = |place: u32| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (place * 180 / side + (chance >> 16) % (off + 1)) as u8
    };
    let pixels: Vec<u8> = (0..side * side * 3).map(|at| sample(at / 3 % side)).collect();
    let format = PixelFormat::Rgb;
    let raster =
        Raster { width: side, height: side, dpi: None, format, pixels: pixels.into(), photographic: false };
    NamedPicture { name: "p.png".to_owned(), picture: std::sync::Arc::new(Picture::Raster(raster)) }
}

#[test]
fn only_a_picture_that_is_heavy_as_png_and_light_as_jpeg_becomes_one() {
    for (side, off, ending) in [(700, 3, "jpg"), (700, 70, "png"), (300, 3, "png")] {
        let mut m = Maker::default();
        let (alt, caption) = ("A ramp".to_owned(), Vec::new());
        let figure = m.block(BlockKind::Figure { picture: Some(PictureId(0)), alt, caption, width: None });
        let chapters = vec![m.chapter("why", "Why", vec![figure])];
        let mut document = m.document(chapters);
        document.pictures = vec![ramp(side, off)];
        let bytes = epub::write(&document, &options()).expect("an EPUB");
        let found = files(&bytes);
        let (name, file) = found.iter().find(|(name, _)| name.contains("images/p.")).expect("a picture");
        assert!(name.ends_with(ending), "{side} {off}: {name} of {} bytes", file.len());
    }
}

#[test]
fn kobos_dialect_says_the_same_words() {
    let mut m = Maker::default();
    let paragraph = m.paragraph("One sentence. And “another one.” The last");
    let chapters = vec![m.chapter("why", "Why", vec![paragraph])];
    let document = m.document(chapters);
    let options = EpubOptions { dialect: Dialect::Kobo, ..options() };
    let bytes = epub::write(&document, &options).expect("an EPUB");
    let chapter = text_of(&bytes, "OEBPS/why.xhtml");
    assert_eq!(chapter.matches("class=\"koboSpan\"").count(), 4, "{chapter}");
    let words = |text: &str| crate::text::words::words(&crate::text::agreement::text_of(text));
    let plain = text_of(&epub::write(&document, &self::options()).expect("an EPUB"), "OEBPS/why.xhtml");
    assert_eq!(words(&chapter), words(&plain));
    let mut ids: Vec<&str> =
        chapter.split("id=\"kobo.").skip(1).filter_map(|p| p.split('"').next()).collect();
    assert_eq!(ids, ["1.1", "2.1", "2.2", "2.3"]);
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[test]
fn the_style_sheet_leaves_colours_and_sizes_to_the_reader() {
    let bytes = epub::write(&simple(), &options()).expect("an EPUB");
    let sheet = text_of(&bytes, "OEBPS/stylesheet.css");
    for declaration in sheet.split(['{', ';', '}']).filter_map(|part| part.split_once(':')) {
        let (property, value) = (declaration.0.trim(), declaration.1.trim());
        let colour = property.ends_with("color") || property == "background";
        let fixed = colour && !matches!(value, "inherit" | "currentColor" | "transparent");
        let absolute = value.split([' ', ',', '(', ')']).any(|word| {
            let number = word.trim_end_matches(char::is_alphabetic);
            number.parse::<f64>().is_ok() && ["px", "pt", "mm", "cm", "in"].contains(&&word[number.len()..])
        });
        assert!(!fixed && !absolute, "{property}: {value}");
    }
    for kept in
        ["h1, h2, h3, h4, h5, h6 {", "break-after: avoid", "-webkit-hyphens: auto", "-epub-hyphens: auto"]
    {
        assert!(sheet.contains(kept), "{kept}");
    }
}

#[test]
fn kobos_dialect_is_made_when_asked_for_and_pages_are_listed_unless_told_not_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("t.md", "# A chapter\n\nOne sentence. Another one.\n");
    for (list, marks) in [("", true), ("[epub]\npage-list = false\n", false)] {
        write("manifest.toml", &format!("title = \"T\"\nlanguage = \"en\"\nchapters = [\"t.md\"]\n{list}"));
        let built = std::process::Command::new(env!("CARGO_BIN_EXE_booklet"))
            .args(["build", "-q", "--only", "kepub"])
            .arg(folder.path())
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&built.stdout).into_owned();
        assert!(told.trim_end().ends_with("t.kepub.epub") && told.lines().count() == 1, "{told}");
        let bytes = std::fs::read(folder.path().join("dist/t.kepub.epub")).expect("an EPUB");
        let chapter = text_of(&bytes, "OEBPS/t.xhtml");
        assert!(
            chapter.contains("<span class=\"koboSpan\" id=\"kobo.2.2\">Another one.</span>"),
            "{chapter}"
        );
        assert_eq!(chapter.contains("doc-pagebreak"), marks, "{chapter}");
        assert_eq!(text_of(&bytes, "OEBPS/nav.xhtml").contains("doc-pagelist"), marks);
    }
}
