//! The EPUB and the reading PDF of every sample say the words of its source, in the same order.
//!
//! The source is the seed (`tests/seeds`), the EPUB is unzipped and its tags are cut away, and the PDF
//! is read back from its content streams: ways that share no code with the program. Notes stand in
//! other places in each, so their words are compared apart from the text's.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use super::words::{SAMPLES, Words, assert_same, manifest, of_seed, words};
use crate::pdf::pdftext;

/// The files of a sample, built by the program: EPUB and reading PDF.
pub fn build(sample: &str, folder: &Path) -> (Vec<u8>, Vec<u8>) {
    let built = Command::new(env!("CARGO_BIN_EXE_booklet"))
        .args(["build", "--only", "epub", "--only", "reading", "-o"])
        .args([folder, &manifest(sample)])
        .output()
        .expect("the program runs");
    assert!(built.status.success(), "{sample}: {}", String::from_utf8_lossy(&built.stderr));
    let read = |ending: &str| fs::read(folder.join(format!("{sample}.{ending}"))).expect("a built file");
    (read("epub"), read("pdf"))
}

#[test]
fn epub_and_pdf_say_the_words_of_the_source() {
    let folder = tempfile::tempdir().expect("a folder");
    for sample in SAMPLES {
        let (epub, pdf) = build(sample, folder.path());
        let source = of_seed(sample);
        let said = of_epub(epub);
        assert_same(&format!("{sample}.epub"), &said.text, &source.text);
        assert_same(&format!("{sample}.epub, notes"), &said.notes, &source.notes);
        follow(sample, &pdftext::pages(&pdf)[pdftext::first_of_text(&pdf)..], &source);
    }
}

/// The chapters of an EPUB in the order of the spine, and its notes.
fn of_epub(epub: Vec<u8>) -> Words {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a zip file");
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect("a file").read_to_string(&mut text).expect("UTF-8");
        text
    };
    let opf = names.iter().find(|n| n.ends_with(".opf")).expect("a package document");
    let package = read(opf);
    let folder = opf.rfind('/').map_or("", |at| &opf[..=at]);
    let mut found = Words::default();
    for part in package.split("<itemref ").skip(1) {
        let id = format!("id=\"{}\"", attribute(part, "idref"));
        let item = package.split("<item ").find(|item| item.contains(&id)).expect("an item of the spine");
        let page = read(&format!("{folder}{}", attribute(item, "href")));
        if page.contains("role=\"doc-endnotes\"") {
            for note in page.split("role=\"doc-footnote\"").skip(1) {
                let note = note.split_once('>').expect("the end of a tag").1;
                // The piece ends inside the tag that begins the next note.
                let note = note.rsplit_once('<').expect("the tag after the note").0;
                found.notes.extend(words(&text_of(note)));
            }
        } else if page.contains("role=\"doc-chapter\"") {
            let body = page.split_once("<body").expect("a body").1.split_once('>').expect("a tag").1;
            found.text.extend(words(&text_of(body)));
        }
    }
    found
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let value = tag.split_once(&format!("{name}=\"")).expect("the attribute").1;
    value.split_once('"').expect("its end").0
}

/// Text without tags. Marks of notes and links back to them are left out whole.
pub fn text_of(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some((text, after)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, after) = after.split_once('>').expect("the end of a tag");
        if tag.contains("doc-noteref") || tag.contains("doc-backlink") {
            rest = after.split_once("</a>").expect("the end of a link").1;
            continue;
        }
        if !["a", "strong", "em", "span", "sup", "/a", "/strong", "/em", "/span", "/sup"]
            .contains(&tag.split(' ').next().unwrap_or_default())
        {
            out.push('\n');
        }
        rest = after;
    }
    out.push_str(rest);
    out.replace('\u{ad}', "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Words that are to come, one after the other; a line may end within one.
struct Stream<'a> {
    words: &'a [String],
    at: usize,
    rest: &'a str,
}

impl<'a> Stream<'a> {
    fn new(words: &'a [String]) -> Self {
        Self { words, at: 0, rest: "" }
    }

    fn done(&self) -> bool {
        self.at == self.words.len() && self.rest.is_empty()
    }

    /// Moves over a line if it says just what comes next, whole words, save that the last one may be
    /// broken at a hyphen or within an address. `mark` is the number of the next note: it may follow a
    /// word, joined to it or apart.
    fn take(&mut self, line: &[String], breaks: bool, mark: &mut usize) -> bool {
        let (mut at, mut rest, mut next) = (self.at, self.rest, *mark);
        for (index, got) in line.iter().enumerate() {
            let want = if rest.is_empty() { self.words.get(at).map_or("", String::as_str) } else { rest };
            let number = next.to_string();
            if got == want || (!want.is_empty() && *got == format!("{want}{number}")) {
                next += usize::from(got != want);
                (at, rest) = (at + 1, "");
            } else if *got == number && index > 0 {
                next += 1;
            } else if breaks && index + 1 == line.len() && want.starts_with(got.as_str()) {
                rest = &want[got.len()..];
            } else {
                return false;
            }
        }
        (self.at, self.rest, *mark) = (at, rest, next);
        true
    }
}

/// Follows the source through the pages of a PDF. Every line of the body is the next of the text, or the
/// next of the notes, or furniture: a mark that stands above its line, a folio, a running head.
fn follow(sample: &str, pages: &[Vec<String>], source: &Words) {
    let (mut text, mut notes) = (Stream::new(&source.text), Stream::new(&source.notes));
    let (mut mark, mut none) = (1, usize::MAX);
    let mut furniture = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page {
            let said = words(line);
            let end = line.trim_end();
            let breaks = end.ends_with(['-', '\u{ad}', '\u{2010}']) || line.contains('/');
            if said.is_empty() || text.take(&said, breaks, &mut mark) {
                continue;
            }
            // A note begins with its number, which stands apart on the page; there is no space between.
            let unnumbered = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            if notes.take(&said, breaks, &mut none) || notes.take(&words(unnumbered), breaks, &mut none) {
                continue;
            }
            if text.at > 0 && !text.done() {
                furniture.push((number + 1, line.clone()));
            }
        }
    }
    let left =
        |stream: &Stream<'_>| stream.words[stream.at..].iter().take(8).cloned().collect::<Vec<_>>().join(" ");
    assert!(text.done(), "{sample}.pdf: the text stops before “{}”; {furniture:?}", left(&text));
    assert!(notes.done(), "{sample}.pdf: the notes stop before “{}”", left(&notes));
    for (page, line) in furniture {
        assert!(words(&line).len() <= 12, "{sample}.pdf, page {page}: “{line}” is no part of the source");
    }
}

#[test]
fn the_follower_notices_what_is_missing_changed_or_moved() {
    let list = |text: &str| words(text);
    let source = list("One word, then another: revolution.");
    let follows = |lines: &[&str]| {
        let mut stream = Stream::new(&source);
        let mut mark = 1;
        lines.iter().all(|l| stream.take(&list(l), l.ends_with('\u{ad}'), &mut mark)) && stream.done()
    };
    assert!(follows(&["One word, then", "another: revolution."]));
    assert!(follows(&["One word, then1 another: revo\u{ad}", "lution."]));
    assert!(!follows(&["One word, then another: revo", "lution."]), "a word cut without a hyphen");
    assert!(!follows(&["One word, another: revolution."]), "a word left out");
    assert!(!follows(&["One word, then another: revolutions."]), "a word changed");
    assert!(!follows(&["One then word, another: revolution."]), "words moved");
    assert!(!follows(&["One word, thenanother: revolution."]), "a space lost");
    assert!(!follows(&["One word, then another:"]), "an end missing");
}
