//! Addresses outside: the EPUB and the PDF open the same ones, nothing opens what may harm, and a long one costs
//! no more than its own length.

use std::collections::BTreeSet;
use std::fs;

use booklet::address::{Address, LONGEST};
use booklet::diagnostic::Report;
use booklet::document::Target;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Wanted, press};
use booklet::typeset::frame::{Destination, Item};
use lopdf::Object;
use roxmltree::{Document, ParsingOptions};

use super::pictures::cleaned::drawing;
use crate::epub::book::files;
use crate::pdf::pdfreader::Pdf;
use crate::typeset::pages;

/// Presses a booklet of one chapter and a back cover. What it finds is given as codes.
fn made(chapter: &str, back: &str) -> (Vec<Artifact>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    let manifest = "title = \"Links\"\nlanguage = \"en\"\nslug = \"links\"\nchapters = [\"text.md\"]\n\
                    source = \"ftp://example.org/source\"\n[cover]\nback = \"back.md\"\n\
                    link = \"https://example.org/cover\"\n";
    write("manifest.toml", manifest.as_bytes());
    write("text.md", chapter.as_bytes());
    write("back.md", back.as_bytes());
    write("p.png", &drawing(1));
    let mut report = Report::new();
    let wanted = Wanted { kepub: true, print: false, ..Wanted::ALL };
    let made = press(&Job { manuscript: Manuscript::on_disk(folder.path()), wanted }, &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    (made, report.diagnostics().iter().map(|d| d.code.0.to_owned()).collect())
}

fn bytes<'m>(made: &'m [Artifact], name: &str) -> &'m [u8] {
    &made.iter().find(|artifact| artifact.name == name).expect("an output").bytes
}

/// The texts of an EPUB's content documents, and where their links go, but for places inside.
fn of_epub(epub: &[u8]) -> (String, BTreeSet<String>) {
    let (mut words, mut links) = (String::new(), BTreeSet::new());
    for (name, bytes) in files(epub).iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).unwrap_or_else(|e| panic!("{name}: {e}"));
        words.extend(
            document.descendants().filter_map(|node| if node.is_text() { node.text() } else { None }),
        );
        let to =
            document.descendants().filter(|n| n.tag_name().name() == "a").filter_map(|n| n.attribute("href"));
        // Files of the EPUB have short plain names.
        links.extend(
            to.filter(|to| !to.split('#').next().is_none_or(|f| f.is_empty() || f.ends_with(".xhtml")))
                .map(str::to_owned),
        );
    }
    (words, links)
}

/// Every address of a PDF, as often as it is written.
fn of_pdf(pdf: &[u8]) -> Vec<String> {
    fn gather(object: &Object, found: &mut Vec<String>) {
        match object {
            Object::Dictionary(dictionary) => {
                if let Ok(Object::String(uri, _)) = dictionary.get(b"URI") {
                    found.push(String::from_utf8(uri.clone()).expect("ASCII"));
                }
                dictionary.iter().for_each(|(_, value)| gather(value, found));
            }
            Object::Array(list) => list.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    Pdf::of(pdf).document.objects.values().for_each(|object| gather(object, &mut found));
    found
}

/// One link in every place where words can stand.
const PLACES: &str = "# A title with L\n\n\
    > An epigraph, L\n>\n> — L {.epigraph}\n\n\
    Words, L, *words **in L*** and [small L]{.smallcaps}, [mots L]{lang=fr} ~~L~~ <u>L</u> X^(L)^.[^n] [^m]\n\n\
    ## A heading L {.x}\n\n- An item L\n\n  > A quotation L\n  >\n  > — L\n\n1. A line L  \n   and L  \n   and L\n\n\
    A term L\n: Its meaning L\n\n| Head L | x |\n|---|---|\n| Cell L | L |\n\n\
    [![A picture](p.png)](M) in words.\n\n![A figure](p.png \"Under it\")\n\n\
    A reference [to it][r], [r] and [r][]. <M>\n\n[r]: M\n\n[^n]: A note L.\n\n    Yet more L.\n[^m]: L\n";

fn filled(scheme: &str) -> String {
    let mut number = 0;
    let mut out = String::new();
    for (index, part) in PLACES.split('L').enumerate() {
        if index > 0 {
            number += 1;
            out += &format!("[words{number}]({scheme}place{number})");
        }
        out += part;
    }
    out.replace('M', &format!("{scheme}placeM"))
}

#[test]
fn both_back_ends_open_the_same_places() {
    let (made, found) =
        made(&filled("https://example.org/"), "The back: [cover](https://example.org/back)\n");
    assert!(!found.iter().any(|code| code == "D016"), "{found:?}");
    let (words, links) = of_epub(bytes(&made, "links.epub"));
    let places = PLACES.matches('L').count();
    assert!(places > 20);
    for number in 1..=places {
        assert!(words.contains(&format!("words{number}")), "words{number} are not in the EPUB");
    }
    let pdf: BTreeSet<String> = of_pdf(bytes(&made, "links.pdf")).into_iter().collect();
    assert_eq!(links, pdf);
    for to in [
        "https://example.org/back",
        "https://example.org/cover",
        "ftp://example.org/source",
        "https://example.org/placeM",
    ] {
        assert!(links.contains(to), "no link to {to}");
    }
    assert_eq!(of_epub(bytes(&made, "links.kepub.epub")).1, links);
}

#[test]
fn nothing_opens_what_no_link_may_and_the_words_stay() {
    for scheme in [
        "javascript:",
        "JaVaScRiPt:",
        "&#106;avascript:",
        "java&#9;script:",
        "&#x202e;javascript:",
        "java&#173;script:",
        "data:text/html,",
        "file:///",
        "//example.org/",
        "\\\\\\\\example.org/",
        "vbscript:",
        "ms-word:ofe|u|",
        "blob:https://example.org/",
        "about:",
        "view-source:https://example.org/",
        "https:///",
        "https:",
        "mailto:a@b.org?attach=",
    ] {
        let (made, found) = made(&filled(scheme), &format!("The back: [cover]({scheme}back)\n"));
        let (words, links) = of_epub(bytes(&made, "links.epub"));
        let pdf: BTreeSet<String> = of_pdf(bytes(&made, "links.pdf")).into_iter().collect();
        assert_eq!(links, pdf, "{scheme}");
        let good = ["ftp://example.org/source", "https://example.org/cover"];
        assert_eq!(links.iter().map(String::as_str).collect::<Vec<_>>(), good, "{scheme}");
        let places = PLACES.matches('L').count();
        for number in 1..=places {
            assert!(words.contains(&format!("words{number}")), "{scheme}: words{number} are lost");
        }
        // One for each place: those of the text, three by reference, the picture, the back cover, and the address
        // between angle brackets where that is one.
        let refused = found.iter().filter(|code| *code == "D016").count();
        assert!((places + 5..=places + 6).contains(&refused), "{scheme}: {refused} findings");
    }
}

#[test]
fn servers_in_every_script_are_the_same_in_both() {
    let text = "# A\n\n[a](https://münchen.de/ü?ä=[1]), [b](<https://例え.テスト/a b>), <https://испытание.рф/ж>, \
                https://ÉCOLE.example/é and [e](HTTPS://Example.org/%C3%A9).\n";
    let (made, found) = made(text, "Words.\n");
    assert!(!found.iter().any(|code| code == "D016"), "{found:?}");
    let (_, links) = of_epub(bytes(&made, "links.epub"));
    assert_eq!(links, of_pdf(bytes(&made, "links.pdf")).into_iter().collect());
    for to in [
        "https://xn--mnchen-3ya.de/%C3%BC?%C3%A4=%5B1%5D",
        "https://xn--r8jz45g.xn--zckzah/a%20b",
        "https://xn--80akhbyknj4f.xn--p1ai/%D0%B6",
        "https://xn--cole-9oa.example/%C3%A9",
        "https://Example.org/%C3%A9",
    ] {
        assert!(links.contains(to), "no link to {to} in {links:?}");
    }
}

#[test]
fn a_long_address_is_held_once_however_many_lines_its_words_take() {
    let long = format!("https://example.org/{}", "way/".repeat(1000));
    let words = "Words that are clicked. ".repeat(400);
    let text = format!("# A\n\n[{words}]({long})\n\n[More]({long}) of it.\n");
    let set = pages::set("", &[("text.md", &text)]);
    let mut held = BTreeSet::new();
    let mut areas = 0;
    for placed in set.pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Link { to: Destination::Target(Target::Url(address)), .. } = &placed.item {
            assert_eq!(*address, Address::new(&long).expect("an address"));
            held.insert(address.as_str().as_ptr() as usize);
            areas += 1;
        }
    }
    assert!(areas > 100, "{areas} areas");
    assert_eq!(held.len(), 2, "one for each link as written");
    // In the file it stands once; so do the words that say what the areas are for.
    let (made, _) = made(&text, "Words.\n");
    let pdf = bytes(&made, "links.pdf");
    assert_eq!(of_pdf(pdf).iter().filter(|uri| **uri == long).count(), 1);
    let long_strings = |object: &Object| match object {
        Object::Dictionary(dictionary) => {
            dictionary.iter().filter(|(_, v)| matches!(v, Object::String(s, _) if s.len() > 1000)).count()
        }
        Object::String(string, _) => usize::from(string.len() > 1000),
        _ => 0,
    };
    let strings: usize = Pdf::of(pdf).document.objects.values().map(long_strings).sum();
    assert_eq!(strings, 2, "the address, and the beginning of the words");
}

#[test]
fn an_address_that_no_server_reads_is_words() {
    let long = format!("https://example.org/{}", "way/".repeat(LONGEST));
    let (made, found) = made(&format!("# A\n\n<{long}>\n\n[Words]({long}) and {long} again.\n"), "Words.\n");
    assert_eq!(found.iter().filter(|code| *code == "D016").count(), 3);
    let (words, links) = of_epub(bytes(&made, "links.epub"));
    assert!(words.contains(&long) && words.contains("Words and"));
    assert!(links.iter().all(|to| to.len() < 100));
    assert!(of_pdf(bytes(&made, "links.pdf")).iter().all(|to| to.len() < 100));
}

#[test]
fn a_place_of_an_address_is_found_among_many_with_signs_written_by_name() {
    // Each is longer in the source than in the text: every one of them is looked for near where it can be.
    let many = "https://example.org/?a&amp;b&CounterClockwiseContourIntegral; ".repeat(2000);
    let (made, _) = made(&format!("# A\n\n{many} https:///x\n"), "Words.\n");
    assert!(of_epub(bytes(&made, "links.epub")).1.iter().any(|to| to.contains("?a&b%E2%88%B3")));
}
