//! What a booklet asks for is in its files, and what it does not ask for is not: hyphens, the direction of reading,
//! bookmarks, capitals for small capitals, places of staples; and a preview shows the sides as they are printed.

use std::fs;
use std::path::Path;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Artifact, Job, Pictures, Wanted, press};
use booklet::proof::Proof;
use lopdf::Dictionary;
use skrifa::raw::model::Blob;

use super::book::{files, text_of};
use crate::pdf::pdfreader::Pdf;
use crate::program::started::{err, run};

const TOP: &str = "title = \"t\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";

/// The files of a booklet of one chapter; `manifest` goes on after the usual lines.
fn made(manifest: &str, text: &str, wanted: Wanted) -> Vec<Artifact> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("manifest.toml"), manifest).expect("a manifest");
    fs::write(folder.path().join("text.md"), text).expect("a chapter");
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(folder.path()), wanted }, &mut report);
    assert!(!report.has_errors() && !made.is_empty(), "{:?}", report.diagnostics());
    made
}

fn epub(manifest: &str, text: &str) -> Vec<u8> {
    made(manifest, text, Wanted { epub: true, ..Wanted::NOTHING }).remove(0).bytes
}

fn reading(manifest: &str, text: &str) -> Pdf {
    Pdf::of(&made(manifest, text, Wanted { reading: true, ..Wanted::NOTHING })[0].bytes)
}

/// The values that a property has anywhere in a style sheet.
fn values<'s>(sheet: &'s str, property: &str) -> Vec<&'s str> {
    let declarations = sheet.split(['{', ';', '}']).filter_map(|part| part.split_once(':'));
    declarations.filter(|(name, _)| name.trim() == property).map(|(_, value)| value.trim()).collect()
}

#[test]
fn readers_are_told_whether_words_may_be_divided() {
    for (design, may) in [
        ("", true),
        ("[design]\nhyphenate = true\n", true),
        ("[design]\nhyphenate = false\n", false),
        ("design = \"large-print\"\n", false),
        ("design = \"modern\"\n", true),
        ("[design]\npreset = \"dyslexia-friendly\"\nhyphenate = true\n", true),
    ] {
        let sheet = text_of(&epub(&format!("{TOP}{design}"), "# T\n\nWords.\n"), "OEBPS/stylesheet.css");
        for property in ["hyphens", "-webkit-hyphens", "-epub-hyphens"] {
            let values = values(&sheet, property);
            assert!(values.len() > 3, "{property}");
            assert_eq!(values.contains(&"auto"), may, "{design}: {property} is {values:?}");
        }
    }
}

#[test]
fn readers_are_told_which_way_pages_turn() {
    for (language, turned) in
        [("en", false), ("ar", true), ("he", true), ("az-Arab", true), ("ku-Latn", false)]
    {
        let manifest = TOP.replace("\"en\"", &format!("\"{language}\""));
        let pdf = reading(&manifest, "# T\n\nWords.\n");
        let preferences = pdf.dictionary(pdf.catalogue(), "ViewerPreferences");
        let direction = preferences.get(b"Direction").ok().map(|name| name.as_name().expect("a name"));
        // Left to right is what a reader takes it for if nothing is said (ISO 32000-1, table 150).
        assert_eq!(direction.unwrap_or(b"L2R"), if turned { b"R2L" } else { b"L2R" }, "{language}");
        let opf = text_of(&epub(&manifest, "# T\n\nWords.\n"), "OEBPS/content.opf");
        let told = format!("page-progression-direction=\"{}\"", if turned { "rtl" } else { "ltr" });
        assert!(opf.contains(&told), "{language}");
    }
}

/// Every bookmark at a level, with those below it.
fn bookmarks<'p>(pdf: &'p Pdf, parent: &'p Dictionary) -> Vec<&'p Dictionary> {
    let mut all = Vec::new();
    let mut next = parent.has(b"First").then(|| pdf.dictionary(parent, "First"));
    while let Some(one) = next {
        all.push(one);
        next = one.has(b"Next").then(|| pdf.dictionary(one, "Next"));
    }
    all
}

#[test]
fn bookmarks_of_a_chapter_are_closed_until_somebody_opens_it() {
    let text = "# One\n\n## A\n\nWords.\n\n### B\n\nWords.\n\n### C\n\nWords.\n\n## D\n\nWords.\n";
    let pdf = reading(TOP, text);
    let outlines = pdf.dictionary(pdf.catalogue(), "Outlines");
    let count = |entry: &Dictionary| entry.get(b"Count").ok().map(|count| count.as_i64().expect("a number"));
    // ISO 32000-1, table 152: of the root, all that is seen; table 153: of a closed one, how many would be seen
    // if it were opened, less than nothing.
    let tops = bookmarks(&pdf, outlines);
    assert_eq!(count(outlines), i64::try_from(tops.len()).ok());
    let mut open = tops;
    let mut parents = 0;
    while let Some(entry) = open.pop() {
        let below = bookmarks(&pdf, entry);
        let closed = (!below.is_empty()).then(|| -i64::try_from(below.len()).expect("few"));
        assert_eq!(count(entry), closed);
        parents += usize::from(!below.is_empty());
        open.extend(below);
    }
    assert_eq!(parents, 2, "the chapter, and its first part");
}

/// Whether any face in the EPUB has a character.
fn has(epub: &[u8], c: char) -> bool {
    let faces = files(epub).into_iter().filter(|(name, _)| name.contains("/fonts/"));
    let faces: Vec<Vec<u8>> = faces.map(|(_, bytes)| bytes).collect();
    assert!(!faces.is_empty(), "no face is embedded");
    faces.into_iter().any(|bytes| {
        let font = skrifa::Font::new(Blob::Shared(std::sync::Arc::new(bytes)), 0).expect("a font");
        font.charmap().map_unicode(c).is_some_and(|glyph| glyph.to_u32() != 0)
    })
}

#[test]
fn faces_of_the_epub_have_the_capitals_that_stand_for_small_ones() {
    // Letters of which the capitals stand nowhere else.
    let text = "# żuraw\n\n## ślad\n\nwords [łabędź]{.smallcaps} here\n";
    let small = epub(&format!("{TOP}[design]\nheadings = \"small-caps\"\n"), text);
    let plain = epub(TOP, &text.replace("{.smallcaps}", "{lang=pl}"));
    for (what, c) in [("the chapter's title", 'Ż'), ("a heading", 'Ś'), ("words in the text", 'Ł')] {
        assert!(has(&small, c), "{what}: {c}");
        assert!(!has(&plain, c), "{what}: {c} is there although nobody needs it");
    }
    assert!(['ż', 'ś', 'ł'].into_iter().all(|c| has(&small, c) && has(&plain, c)));
}

#[test]
fn staples_are_told_to_go_where_the_marks_are() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("manifest.toml"), TOP).expect("a manifest");
    fs::write(folder.path().join("text.md"), "# T\n\nWords.\n").expect("a chapter");
    let built = run(&["build", "--only", "print", "."], folder.path());
    let said = err(&built);
    assert!(
        said.contains("staple it twice on the fold, a quarter of the height from head and foot"),
        "{said}"
    );
}

/// How dark a picture is, in squares of a grid.
fn tones(png: &[u8]) -> Vec<i64> {
    const COLUMNS: u32 = 24;
    const ROWS: u32 = 16;
    let picture = image::load_from_memory(png).expect("a picture").to_luma8();
    let (width, height) = picture.dimensions();
    let (mut sums, mut counts) =
        (vec![0_i64; (COLUMNS * ROWS) as usize], vec![0_i64; (COLUMNS * ROWS) as usize]);
    for (x, y, pixel) in picture.enumerate_pixels() {
        let square = (y * ROWS / height * COLUMNS + x * COLUMNS / width) as usize;
        sums[square] += i64::from(255 - pixel.0[0]);
        counts[square] += 1;
    }
    sums.iter().zip(counts).map(|(sum, count)| sum * 100 / count.max(1)).collect()
}

fn apart(one: &[i64], other: &[i64]) -> i64 {
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).sum()
}

/// What a page says; a blank one, nothing.
fn said(pdf: &Pdf, page: usize) -> String {
    let resources = pdf.dictionary(pdf.page(page), "Resources");
    if resources.has(b"Font") { pdf.copied(page) } else { String::new() }
}

/// A booklet of chapters of a page each, of different lengths.
fn chapters(folder: &Path, print: &str) -> usize {
    const COUNT: usize = 11;
    let names: Vec<String> = (0..COUNT).map(|n| format!("\"c{n}.md\"")).collect();
    let manifest = format!(
        "title = \"t\"\nlanguage = \"en\"\nchapters = [{}]\n[design]\ncontents = false\ntitle-page = false\n\
         [print]\n{print}\n",
        names.join(", ")
    );
    fs::write(folder.join("manifest.toml"), manifest).expect("a manifest");
    for n in 0..COUNT {
        let text = format!(
            "# PhonePart\n\nUnique{n}word. {}\n",
            "Words that fill lines of the page. ".repeat(4 + 5 * n)
        );
        fs::write(folder.join(format!("c{n}.md")), text).expect("a chapter");
    }
    COUNT
}

#[test]
fn a_preview_shows_front_and_back_of_each_sheet_as_they_are_printed() {
    // In the file a front is followed by its back; or all fronts come first, and then the backs as the turned stack
    // gives its sheets: that which came out last lies on top, or that which came out first.
    type InFile = fn(usize, bool, usize) -> usize;
    let by_turns: InFile = |sheet, back, _| sheet * 2 + usize::from(back);
    let last_first: InFile = |sheet, back, all| if back { 2 * all - 1 - sheet } else { sheet };
    let first_first: InFile = |sheet, back, all| if back { all + sheet } else { sheet };
    for (print, in_file) in [
        ("flip = \"short-edge\"", by_turns),
        ("flip = \"long-edge\"", by_turns),
        ("flip = \"manual\"", last_first),
        ("flip = \"manual\"\nstacker = \"face-up\"", first_first),
    ] {
        let place = tempfile::tempdir().expect("a folder");
        let count = chapters(place.path(), print);
        let pictures = Pictures { sheets: true, ..Pictures::default() };
        let wanted = Wanted { reading: true, pictures, ..Wanted::NOTHING };
        let made = press(&Job { manuscript: Manuscript::on_disk(place.path()), wanted }, &mut Report::new());
        let of = |ending: &str| {
            made.iter().filter(|file| file.name.ends_with(ending)).map(|file| &file.bytes).collect::<Vec<_>>()
        };
        let reading = Pdf::of(of(".pdf")[0]);
        let printed: Vec<Vec<i64>> = of(".png").into_iter().map(|bytes| tones(bytes)).collect();
        let proof = Proof::of(&Manuscript::on_disk(place.path()), &mut Report::new()).expect("a proof");
        let sides = &proof.prints[0].sides;
        assert_eq!(sides.len(), printed.len());
        // On which page of the booklet each chapter stands, and so, by the rule of a stack folded once, on which
        // side of which sheet: the outermost sheet's front has the last page and the first.
        let pages = printed.len() * 2;
        let shown: Vec<Vec<i64>> =
            sides.iter().map(|side| tones(&proof.side(side.mark, 600).expect("a picture"))).collect();
        for n in 0..count {
            let word = format!("Unique{n}word");
            let page = (0..reading.pages.len()).find(|&page| said(&reading, page).contains(&word));
            let page = page.expect("its page");
            let from_outside = page.min(pages - 1 - page);
            let (sheet, back) = (from_outside / 2, from_outside % 2 == 1);
            let at = sides.iter().position(|side| (side.sheet, side.back) == (sheet, back)).expect("a side");
            assert_eq!(at, sheet * 2 + usize::from(back), "front and back of a sheet lie side by side");
            let paper = &printed[in_file(sheet, back, printed.len() / 2)];
            let nearest = (0..shown.len()).min_by_key(|&other| apart(&shown[other], paper));
            assert_eq!(nearest, Some(at), "{print}: chapter {n}, sheet {sheet}, back: {back}");
        }
    }
}
