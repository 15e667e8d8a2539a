//! What holds of everything that comes out, whatever went in.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use booklet::diagnostic::{Diagnostic, Report, codes, render};
use usvg::roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

/// Findings have places within their texts, and can be shown on any terminal. None is a fault of ours.
pub fn report(report: &Report) {
    for finding in report.diagnostics() {
        said(finding);
        let Some(span) = finding.span else { continue };
        let source = report.source(span.source).expect("a text for every span");
        let range = span.start as usize..span.end as usize;
        assert!(source.text.get(range.clone()).is_some(), "{range:?} of {}: {finding:?}", source.text.len());
    }
    for (colour, allowed) in [(false, "\n"), (true, "\n\u{1b}")] {
        let shown = render::render(report, colour);
        let strange = shown.chars().find(|c| c.is_control() && !allowed.contains(*c));
        assert_eq!(strange, None, "{shown:?}");
    }
    assert_eq!(render::tally(report).contains("error"), report.has_errors());
}

/// A finding says something, and how to mend it if it stops the build.
fn said(finding: &Diagnostic) {
    assert!(!finding.message.trim().is_empty(), "{finding:?}");
    assert!(finding.code.0 != "X001", "a fault of booklet itself: {finding:?}");
    assert!(codes::ALL.iter().any(|(code, _)| *code == finding.code), "{finding:?}");
    for said in [&finding.message].into_iter().chain(&finding.hints) {
        assert!(said.len() < 4000, "a finding as long as a page: {finding:?}");
    }
}

/// The same findings twice.
pub fn same(one: &Report, other: &Report) {
    let all = |report: &Report| format!("{:?}", report.diagnostics());
    assert_eq!(all(one), all(other), "findings that differ from run to run");
}

/// An EPUB: a ZIP file that is whole, with documents that are well-formed and harmless. Gives the text of each
/// by name.
pub fn epub(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an EPUB is a ZIP file");
    let (mut names, mut texts) = (BTreeSet::new(), Vec::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().to_owned();
        let mut contents = Vec::new();
        entry.read_to_end(&mut contents).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            index > 0 || (name == "mimetype" && contents == b"application/epub+zip"),
            "{name} comes first"
        );
        let plain = name.bytes().all(|b| b.is_ascii_graphic() && !b"\\:*?\"<>|%".contains(&b));
        assert!(plain && !name.starts_with('/') && !name.contains(".."), "{name:?}");
        assert!(names.insert(name.to_lowercase()), "{name} is there twice");
        if [".xhtml", ".opf", ".ncx", ".xml", ".svg"].iter().any(|ending| name.ends_with(ending)) {
            let text = String::from_utf8(contents).expect("UTF-8");
            let shown = markup(&name, &text);
            if name.ends_with(".xhtml") {
                texts.push((name, shown));
            }
        }
    }
    texts
}

/// XML that is well-formed, and in which nothing runs or is fetched. Gives its words.
fn markup(name: &str, text: &str) -> String {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree =
        Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    for node in tree.descendants().filter(Node::is_element) {
        let element = node.tag_name().name();
        let active =
            ["script", "iframe", "object", "embed", "form", "foreignObject", "animate", "set", "base"];
        assert!(!active.contains(&element), "<{element}> in {name}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on"), "{key} in {name}");
            if matches!(key, "href" | "src") {
                address(value);
            }
        }
    }
    // White space about elements is a matter of taste.
    let words = tree.descendants().filter(Node::is_text).filter_map(|node| node.text());
    words.collect::<String>().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address in an output leads to a place of the booklet, or where any reader may safely be sent.
fn address(address: &str) {
    assert!(!address.starts_with("//"), "{address:?}");
    let letters = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    if let Some((scheme, _)) = address.split_once(':').filter(|(scheme, _)| scheme.chars().all(letters)) {
        let scheme = scheme.to_ascii_lowercase();
        let refused = ["javascript", "vbscript", "data", "file", "about", "blob", "jar"];
        assert!(!refused.contains(&scheme.as_str()), "{address:?}");
    }
    assert!(!address.contains(char::is_control), "{address:?}");
}

/// A PDF that another program reads: pages, and nothing in it that runs.
pub fn pdf(bytes: &[u8]) {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages = document.get_pages();
    assert!(!pages.is_empty(), "a PDF without pages");
    for page in pages.into_values() {
        let contents = document.get_page_content(page);
        lopdf::content::Content::decode(&contents).expect("operators");
    }
    for object in document.objects.values() {
        let dictionary = match object {
            lopdf::Object::Dictionary(dictionary) => dictionary,
            lopdf::Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        harmless(dictionary);
    }
}

fn harmless(dictionary: &lopdf::Dictionary) {
    for (key, value) in dictionary {
        let key = String::from_utf8_lossy(key);
        assert!(!matches!(&*key, "JS" | "JavaScript" | "AA" | "Launch" | "OpenAction"), "{key} in a PDF");
        match value {
            lopdf::Object::Dictionary(inner) => harmless(inner),
            lopdf::Object::String(text, _) if key == "URI" => address(&String::from_utf8_lossy(text)),
            _ => {}
        }
    }
}
