//! Designs by name: what each promises to its readers holds on every page, and a manifest overrides it.

use std::fs;
use std::path::Path;

use booklet::booklet::open;
use booklet::cover::wrapped;
use booklet::diagnostic::Report;
use booklet::document;
use booklet::face::FaceStyle;
use booklet::folder::Manuscript;
use booklet::length::Length;
use booklet::manifest::{ChapterStart, Indent, Stress};
use booklet::typeset::frame::{Item, Pages};
use booklet::typeset::style::Style;

use crate::epub::book::files;

const TEXT: &str = "# A chapter\n\nThis is *stressed* and **strong**, as a note[^1] says.\n\n\
    ### A small heading\n\nInternationalisation of incomprehensibilities, counterrevolutionary \
    institutionalisation and straightforwardness of correspondence.\n\n| a | b |\n|---|---|\n| 1 | *2* |\n\n\
    ###### A smaller heading\n\nMore.\n\n[^1]: The note is *small* in other designs.\n";

/// A booklet with these lines for its design: its style and its pages.
fn made(design: &str) -> (Style, Pages) {
    let folder = tempfile::tempdir().expect("a folder");
    let booklet = folder_with(folder.path(), design);
    let mut report = Report::new();
    let booklet = open(&Manuscript::on_disk(booklet), &mut report)
        .unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let document = document::read(&booklet, &mut report);
    let style = Style::new(&booklet);
    let pages = wrapped(&document, &style, &mut report);
    assert!(report.diagnostics().is_empty(), "{design}: {:?}", report.diagnostics());
    (style, pages)
}

fn folder_with(folder: &Path, design: &str) -> std::path::PathBuf {
    let head =
        "title = \"A booklet\"\nsubtitle = \"With more\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";
    fs::write(folder.join("text.md"), TEXT).expect("a chapter");
    fs::write(folder.join("manifest.toml"), format!("{head}{design}\n")).expect("a manifest");
    folder.join("manifest.toml")
}

/// Sizes of the type on the pages between the covers, and the styles of its faces.
fn type_of(pages: &Pages) -> Vec<(Length, FaceStyle, String)> {
    let inside = &pages.pages[1..pages.pages.len() - 1];
    let items = inside.iter().flat_map(|page| &page.items);
    let runs = items.filter_map(|placed| if let Item::Run(run) = &placed.item { Some(run) } else { None });
    let face = |id| pages.faces.get(id);
    runs.map(|run| (run.size, face(run.face).style, face(run.face).family.clone())).collect()
}

#[test]
fn a_name_alone_or_in_the_table_is_the_same_design() {
    for name in ["classic", "modern", "large-print", "dyslexia-friendly", "leaflet"] {
        let (alone, _) = made(&format!("design = \"{name}\""));
        let (table, _) = made(&format!("[design]\npreset = \"{name}\""));
        assert_eq!(format!("{alone:?}"), format!("{table:?}"));
    }
    let (none, _) = made("");
    let (classic, _) = made("design = \"classic\"");
    assert_eq!(format!("{none:?}"), format!("{classic:?}"), "the classic design is the default");
}

#[test]
fn large_print_keeps_what_its_guidance_asks_for() {
    let (style, pages) = made("design = \"large-print\"");
    assert!(style.text.size >= Length::pt(18) && style.text.leading >= style.text.size.scale(5, 4));
    assert!(!style.justify && !style.hyphenate && style.paragraphs == Indent::Space);
    for (size, face, family) in type_of(&pages) {
        // Marks of notes and raised figures are smaller than the text that they stand in.
        assert!(size >= Length::pt(16) || size < Length::pt(13), "type of {} pt", size.to_pt());
        assert!(!face.italic, "italics in large print");
        assert_eq!(family, "Atkinson Hyperlegible Next");
    }
}

#[test]
fn a_dyslexia_friendly_page_keeps_what_its_guidance_asks_for() {
    let (style, pages) = made("design = \"dyslexia-friendly\"");
    assert!(style.text.size >= Length::pt(12) && style.text.leading >= style.text.size.scale(29, 20));
    assert!(!style.justify && !style.hyphenate && style.letter_space > 0 && style.stress == Stress::Bold);
    let letters = style.measure().0 * 10 / (style.text.size.0 * 5);
    assert!(letters <= 700, "lines of about {letters} tenths of a character");
    assert!(type_of(&pages).iter().all(|(_, face, _)| !face.italic));
    assert!(style.note.size >= Length::pt(12) && style.small.size >= Length::pt(12));
}

#[test]
fn a_leaflet_is_text_between_two_covers() {
    let (style, pages) = made("design = \"leaflet\"");
    assert_eq!(style.chapter_start, ChapterStart::RunOn);
    assert!(!style.title_page && !style.contents && !style.running_heads);
    assert!((style.page.width * 3).to_mm() < 297.01, "three panels on A4");
    assert_eq!(pages.pages.len(), 4, "cover, imprint, text, back");
}

#[test]
fn keys_override_the_design_and_nothing_else_changes() {
    let (style, pages) = made(
        "[design]\npreset = \"large-print\"\nfont = \"Libertinus Serif\"\nsize = \"20pt\"\nstress = \"italic\"\nsmallest = \"9pt\"\nletter-spacing = \"1pt\"",
    );
    assert_eq!(style.text.size, Length::pt(20));
    assert_eq!(style.text.leading, Length::pt(20).scale(4, 3), "the leading goes with the size");
    assert_eq!(style.letter_space, 50);
    assert!(!style.justify && !style.hyphenate);
    assert!(type_of(&pages).iter().any(|(_, face, family)| face.italic && family == "Libertinus Serif"));
}

#[test]
fn the_epub_follows_the_design() {
    let folder = tempfile::tempdir().expect("a folder");
    let css = |design: &str| {
        let manifest = folder_with(folder.path(), design);
        let mut report = Report::new();
        let wanted = booklet::press::Wanted { epub: true, ..booklet::press::Wanted::NOTHING };
        let made = booklet::press::press(
            &booklet::press::Job { manuscript: Manuscript::on_disk(manifest), wanted },
            &mut report,
        );
        let files = files(&made[0].bytes);
        let sheet = files.iter().find(|(name, _)| name.ends_with(".css")).expect("a style sheet");
        let italic = files.iter().any(|(name, _)| name.contains("Italic"));
        (String::from_utf8(sheet.1.clone()).expect("text"), italic)
    };
    let (classic, slanted) = css("");
    assert!(
        classic.contains("line-height: 1.35; widows") && classic.contains("text-align: justify") && slanted
    );
    let (easy, slanted) = css("design = \"dyslexia-friendly\"");
    assert!(easy.contains("line-height: 1.50; letter-spacing: .050em;"), "{easy}");
    assert!(
        easy.contains("sans-serif") && easy.contains("text-align: start") && easy.contains("hyphens: manual")
    );
    assert!(easy.contains("font-style: normal; font-weight: bold;") && !slanted, "{easy}");
}
