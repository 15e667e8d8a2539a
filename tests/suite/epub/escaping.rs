//! Whatever a manifest says, every output says the same, and stays whole: texts with every sign that means
//! something in XML, in PDF or in HTML come out of the package document, the contents, the pages, the metadata
//! packet and the strings of the PDF as they went in.
//!
//! The EPUB is read by an XML parser that takes nothing that is not well-formed, and the PDF by `lopdf`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::manifest::Identity;
use booklet::press::{Job, Wanted, press};
use lopdf::{Dictionary, Object};
use roxmltree::{Document, Node, ParsingOptions};

use super::book::files;
use crate::pdf::pdfreader::{Pdf, utf16};

/// Every sign that means something somewhere, and letters of more than a byte.
const HOSTILE: &str = "& < > \" ' ]]> <!-- x --> </dc:title> <b>&amp;&#60;</b> %PDF ( ) \\ \\( <?x?> ${y} {{z}} endobj é Ω Ж \
     שלום عربي \u{200f} q\u{301}\u{323} 𝔄 😀";
/// The same for what may hold no spaces.
const DENSE: &str = "urn:x:a&b<c>\"d'e]]><!--f-->(g)\\h%PDFé";

/// What stands around a text in the manifest and is no part of it.
const AROUND: &str = " \t ";

/// The text of one key.
fn of(key: &str) -> String {
    format!("{key} {HOSTILE} {key}")
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{AROUND}{}{AROUND}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A file whose name has what all systems allow.
const FILE: &str = "one & two (3) 'four' ]] %41 é.md";

fn manifest() -> String {
    let text = |key: &str| quoted(&of(key));
    let keys = ["title", "subtitle", "short-title", "publisher", "rights", "description", "source"];
    let mut out: String = keys.iter().map(|key| format!("{key} = {}\n", text(key))).collect();
    out += &format!(
        "language = \"en\"\nslug = \"hostile\"\ndate = 1911-12-03\nidentifier = {}\n\
         authors = [{{ name = {}, file-as = {}, role = \"author\" }}, {}]\n\
         contributors = [{{ name = {}, file-as = {}, role = \"translator\" }}]\n\
         subjects = [{}, {{ name = {}, scheme = \"Thema\", code = {} }}]\n\
         series = {{ name = {}, number = 3 }}\n\
         chapters = [{{ file = {}, title = {}, short-title = {} }}, \"two.md\"]\n\
         [cover]\nprice = {}\nisbn = \"978-0-306-40615-7\"\nlink = \"https://example.org/?a=1&b='2'(3)\"\n\
         [epub]\ncertified-by = {}\n[design]\nrunning-heads = true\n",
        quoted(DENSE),
        text("author"),
        text("author-filed"),
        text("second-author"),
        text("contributor"),
        text("contributor-filed"),
        text("subject"),
        text("class"),
        text("code"),
        text("series"),
        quoted(FILE),
        text("chapter"),
        text("short-chapter"),
        text("price"),
        text("certifier"),
    );
    out
}

/// The outputs, and the identity as the press reads it: with the quotes and dashes of its language.
struct Made {
    identity: Identity,
    chapters: Vec<String>,
    price: String,
    epub: Vec<u8>,
    kepub: Vec<u8>,
    pdfs: Vec<Vec<u8>>,
}

fn make(folder: &Path) -> Made {
    fs::write(folder.join("manifest.toml"), manifest()).expect("a manifest");
    let chapter = "Words, and [a link](https://example.org/?a=1&b=\"2\"<3>).\n\n## A *head* & <small>b</small> \\< c \\\" d {#a&b.c}\n\nMore \\]\\]> words.\n";
    fs::write(folder.join(FILE), chapter).expect("a chapter");
    fs::write(folder.join("two.md"), "# R&D \\<b> ]]> \\\\ (x)\n\nMore. See [there](#a&b.c).\n")
        .expect("a chapter");
    let mut report = Report::new();
    let wanted = Wanted { kepub: true, ..Wanted::ALL };
    let made = press(&Job { manuscript: Manuscript::on_disk(folder), wanted }, &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    let mut report = Report::new();
    let booklet = booklet::booklet::open(&Manuscript::on_disk(folder.join("manifest.toml")), &mut report)
        .expect("a booklet");
    let document = booklet::document::read(&booklet, &mut report);
    let of = |ending: &str| {
        made.iter().filter(|a| a.name.ends_with(ending)).map(|a| a.bytes.clone()).collect::<Vec<_>>()
    };
    let kepub = of(".kepub.epub").remove(0);
    Made {
        chapters: document.chapters.iter().map(|c| booklet::document::plain_text(&c.title)).collect(),
        price: document.cover.trade.price.clone().expect("a price"),
        epub: of(".epub").into_iter().find(|bytes| *bytes != kepub).expect("an EPUB"),
        kepub,
        pdfs: of(".pdf"),
        identity: document.identity,
    }
}

/// XML, read strictly.
pub fn parsed<'t>(name: &str, text: &'t str) -> Document<'t> {
    // Only a document type without entities stands in content documents.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|e| panic!("{name} is no XML: {e}\n{text}"))
}

/// All text of an element.
pub fn all(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

/// The texts of the elements with a name, in order.
fn texts(document: &Document<'_>, name: &str) -> Vec<String> {
    document.descendants().filter(|n| n.tag_name().name() == name).map(all).collect()
}

/// The XML files of an EPUB.
pub fn xml_files(bytes: &[u8]) -> Vec<(String, String)> {
    let xml = |name: &str| [".xml", ".opf", ".ncx", ".xhtml"].iter().any(|ending| name.ends_with(ending));
    let found: Vec<_> = files(bytes)
        .into_iter()
        .filter(|(name, _)| xml(name))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    assert!(found.len() > 8, "{:?}", found.iter().map(|(name, _)| name).collect::<Vec<_>>());
    found
}

fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    let found = files.iter().find(|(own, _)| own.ends_with(name));
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

/// All is made once.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| make(tempfile::tempdir().expect("a folder").path()))
}

#[test]
fn hostile_signs_come_as_far_as_the_outputs() {
    let id = &made().identity;
    let chapter = &made().chapters[0];
    for text in [&id.title, id.subtitle.as_ref().expect("a subtitle"), &id.authors[0].name, chapter] {
        for sign in [
            "& <",
            "]]>",
            "</dc:title>",
            "&amp;&#60;",
            "%PDF",
            "\\(",
            "<?x?>",
            "é Ω Ж",
            "שלום عربي",
            "q\u{301}\u{323}",
            "𝔄 😀",
        ] {
            assert!(text.contains(sign), "{text} has lost {sign}");
        }
    }
    assert_eq!(id.publisher.as_deref(), Some(of("publisher").as_str()));
}

#[test]
fn the_package_document_says_every_text_as_it_is() {
    let made = made();
    let id = &made.identity;
    let files = xml_files(&made.epub);
    let opf = parsed("content.opf", file(&files, "content.opf"));
    let some = |text: &Option<String>| vec![text.clone().expect("a text")];
    let titles = [vec![id.title.clone()], some(&id.subtitle), some(&id.short_title)].concat();
    assert_eq!(texts(&opf, "title"), titles);
    let names =
        |people: &[booklet::manifest::Person]| people.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&opf, "creator"), names(&id.authors));
    assert_eq!(texts(&opf, "contributor"), names(&id.contributors));
    assert_eq!(texts(&opf, "publisher"), some(&id.publisher));
    assert_eq!(texts(&opf, "description"), some(&id.description));
    assert_eq!(texts(&opf, "rights"), some(&id.rights));
    assert_eq!(texts(&opf, "source"), [of("source")]);
    assert_eq!(texts(&opf, "identifier"), [DENSE]);
    assert_eq!(texts(&opf, "subject"), [of("subject"), of("class")]);
    let meta = |property: &str| {
        let own = opf.descendants().filter(|n| n.attribute("property") == Some(property));
        own.map(all).collect::<Vec<_>>()
    };
    assert_eq!(meta("file-as"), [of("author-filed"), of("contributor-filed")]);
    assert_eq!(meta("term"), [of("code")]);
    assert_eq!(meta("belongs-to-collection"), [id.series.as_ref().expect("a series").name.clone()]);
    assert_eq!(meta("a11y:certifiedBy"), [of("certifier")]);
    let printed = meta("pageBreakSource").remove(0);
    for part in [&id.title, &id.authors[1].name, id.publisher.as_ref().expect("a publisher")] {
        assert!(printed.contains(part), "{part} is not in {printed}");
    }
}

#[test]
fn both_contents_say_every_heading_as_it_is() {
    let made = made();
    let files = xml_files(&made.epub);
    let nav = parsed("nav.xhtml", file(&files, "nav.xhtml"));
    let toc = nav.descendants().find(|n| n.attribute("id") == Some("toc")).expect("contents");
    let entries: Vec<String> = toc
        .descendants()
        .filter(|n| n.has_tag_name(("http://www.w3.org/1999/xhtml", "a")))
        .map(all)
        .collect();
    let wanted = [&made.chapters[0], "A head & b < c \" d", &made.chapters[1]];
    let same = |found: &[String]| {
        assert_eq!((&found[0], &found[2]), (&made.chapters[0], &made.chapters[1]));
        assert!(found[1].starts_with("A head & b < c "), "{}", found[1]);
    };
    assert_eq!(entries.len(), wanted.len());
    same(&entries);
    let ncx = parsed("toc.ncx", file(&files, "toc.ncx"));
    let trimmed: Vec<String> = texts(&ncx, "navLabel").iter().map(|label| label.trim().to_owned()).collect();
    same(&trimmed);
    assert_eq!(texts(&ncx, "docTitle")[0].trim(), made.identity.title);
    let uid = ncx.descendants().find(|n| n.attribute("name") == Some("dtb:uid")).expect("an identifier");
    assert_eq!(uid.attribute("content"), Some(DENSE));
}

/// Every file of both EPUBs is XML in which ids stand once and links lead to ids; and Kobo's says the same.
#[test]
fn the_pages_of_the_epub_say_every_text_as_it_is() {
    let made = made();
    let id = &made.identity;
    let (plain, kobo) = (xml_files(&made.epub), xml_files(&made.kepub));
    for files in [&plain, &kobo] {
        let mut ids = BTreeSet::new();
        let documents: Vec<_> = files.iter().map(|(name, text)| (name, parsed(name, text))).collect();
        for (name, document) in &documents {
            for node in document.descendants() {
                let Some(own) = node.attribute("id") else { continue };
                assert!(
                    ids.insert((name.rsplit('/').next().expect("a name"), own)),
                    "{name} has {own} twice"
                );
            }
        }
        for (name, document) in &documents {
            for href in document.descendants().filter_map(|n| n.attribute("href")) {
                let Some((file, anchor)) = href.split_once('#') else { continue };
                if !href.contains(':') {
                    let own = name.rsplit('/').next().expect("a name");
                    let file = if file.is_empty() { own } else { file };
                    assert!(ids.contains(&(file, anchor)), "{name}: {href} leads nowhere");
                }
            }
        }
    }
    for ((name, text), (_, marked)) in
        plain.iter().zip(&kobo).filter(|((name, _), _)| name.ends_with("xhtml"))
    {
        let squeezed =
            |text: &str| all(parsed(name, text).root()).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(text), squeezed(marked), "{name}");
    }
    let title = parsed("title.xhtml", file(&plain, "OEBPS/title.xhtml"));
    assert_eq!(texts(&title, "h1"), [id.title.as_str()]);
    assert_eq!(texts(&title, "title"), [id.title.as_str()]);
    let lines = texts(&title, "p");
    for text in
        [&id.authors[0].name, &id.authors[1].name, id.subtitle.as_ref().expect("one"), &of("publisher")]
    {
        assert!(lines.contains(text), "{text} is not in {lines:?}");
    }
    let imprint = texts(&parsed("imprint.xhtml", file(&plain, "imprint.xhtml")), "p").join("\n");
    for text in [
        &id.title,
        id.subtitle.as_ref().expect("one"),
        &id.authors[0].name,
        &id.contributors[0].name,
        &id.series.as_ref().expect("one").name,
        &of("publisher"),
        &of("source"),
        id.rights.as_ref().expect("one"),
    ] {
        assert!(imprint.contains(text), "{text} is not in {imprint}");
    }
    let back = parsed("back.xhtml", file(&plain, "back.xhtml"));
    assert!(texts(&back, "p").contains(&made.price));
    let link = back.descendants().find(|n| n.tag_name().name() == "a").and_then(|n| n.attribute("href"));
    let link = link.expect("a link");
    assert!(texts(&back, "a")[0].ends_with("?a=1&b='2'(3)") && link.ends_with("?a=1&b='2'(3)"), "{link}");
}

#[test]
fn the_metadata_packet_of_every_pdf_says_every_text_as_it_is() {
    assert_eq!(made().pdfs.len(), 2);
    made().pdfs.iter().for_each(|pdf| packet(&made().identity, pdf));
}

fn packet(id: &Identity, pdf: &[u8]) {
    let pdf = Pdf::of(pdf);
    let xmp = pdf.text_of_stream(pdf.catalogue().get(b"Metadata").expect("a packet"));
    let xmp = parsed("the packet", &xmp);
    let says = |name: &str| {
        let own =
            xmp.descendants().find(|n| n.tag_name().name() == name).unwrap_or_else(|| panic!("no {name}"));
        let items: Vec<String> = own.descendants().filter(|n| n.tag_name().name() == "li").map(all).collect();
        if items.is_empty() { vec![all(own)] } else { items }
    };
    let one = |text: &Option<String>| [text.clone().expect("a text")];
    assert_eq!(says("title"), std::slice::from_ref(&id.title));
    assert_eq!(says("description"), one(&id.description));
    assert_eq!(says("rights"), one(&id.rights));
    assert_eq!(says("creator"), [of("author"), of("second-author")]);
    assert_eq!(says("contributor"), [of("contributor")]);
    assert_eq!(says("publisher"), [of("publisher")]);
    assert_eq!(says("subject"), [of("subject"), of("class")]);
    assert_eq!(says("identifier"), [DENSE]);
    assert_eq!(says("source"), [of("source")]);
    assert_eq!(says("Keywords"), [format!("{}, {}", of("subject"), of("class"))]);
}

/// A text string of a PDF.
fn string(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => utf16(wide),
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}

#[test]
fn the_information_of_every_pdf_says_every_text_as_it_is() {
    made().pdfs.iter().for_each(|pdf| strings(&made().identity, pdf));
}

fn strings(id: &Identity, pdf: &[u8]) {
    let pdf = Pdf::of(pdf);
    let info = pdf.dictionary(&pdf.document.trailer, "Info");
    let says = |key: &str| string(pdf.resolve(info.get(key.as_bytes()).expect("an entry")));
    assert_eq!(says("Title"), id.title);
    assert_eq!(says("Author"), format!("{}, {}", of("author"), of("second-author")));
    assert_eq!(Some(says("Subject")), id.description);
    assert_eq!(says("Keywords"), format!("{}, {}", of("subject"), of("class")));
}

#[test]
fn bookmarks_and_links_of_the_pdf_say_every_text_as_it_is() {
    let made = made();
    let reading =
        made.pdfs.iter().map(|bytes| Pdf::of(bytes)).find(|pdf| pdf.catalogue().get(b"Outlines").is_ok());
    let pdf = reading.expect("a PDF with bookmarks");
    let mut titles = Vec::new();
    let mut open = vec![pdf.dictionary(pdf.catalogue(), "Outlines")];
    while let Some(entry) = open.pop() {
        titles.extend(entry.get(b"Title").ok().map(string));
        for way in ["Next", "First"] {
            if entry.get(way.as_bytes()).is_ok() {
                open.push(pdf.dictionary(entry, way));
            }
        }
    }
    for title in &made.chapters {
        assert!(titles.iter().any(|own| own == title), "{title} is not in {titles:?}");
    }
    let links: Vec<&Dictionary> = pdf.document.objects.values().filter_map(|o| o.as_dict().ok()).collect();
    let to = links.iter().filter_map(|link| link.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok());
    let to: Vec<String> = to.map(string).collect();
    assert!(to.contains(&"https://example.org/?a=1&b=%222%22%3C3%3E".to_owned()), "{to:?}");
    assert!(to.contains(&"https://example.org/?a=1&b='2'(3)".to_owned()), "{to:?}");
}
