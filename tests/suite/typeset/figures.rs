//! Figures on the page: widths, rows, plates, and pictures with too few pixels.

use std::fs;

use booklet::booklet as files;
use booklet::cover::wrapped;
use booklet::diagnostic::Report;
use booklet::document;
use booklet::folder::Manuscript;
use booklet::length::{Length, Size};
use booklet::picture::{PixelFormat, Raster};
use booklet::typeset::frame::{Item, Owner, Page, Pages, Placed};
use booklet::typeset::style::Style;

fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels = vec![90; (width * height) as usize].into();
    let format = PixelFormat::Gray;
    let picture = Raster { width, height, dpi: None, format, pixels, photographic: false };
    picture.to_png().expect("a PNG")
}

/// Sets a chapter; gives the pages, the text area's measure, and the codes of what was found.
fn set(text: &str) -> (Pages, Length, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("wide.png", &png(900, 600));
    write("tall.png", &png(500, 1000));
    write("small.png", &png(60, 40));
    write("t.md", text.as_bytes());
    write("manifest.toml", b"title = \"T\"\nlanguage = \"en\"\nchapters = [\"t.md\"]\n");
    let mut report = Report::new();
    let opened = files::open(&Manuscript::on_disk(folder.path()), &mut report).expect("a booklet");
    let document = document::read(&opened, &mut report);
    let style = Style::new(&opened);
    let pages = wrapped(&document, &style, &mut report);
    let codes = report.diagnostics().iter().map(|d| d.code.0.to_owned()).collect();
    (pages, style.measure(), codes)
}

fn pictures(page: &Page) -> Vec<(&Placed, Size)> {
    let picture = |placed: &'_ Placed| match placed.item {
        Item::Picture { size, .. } => Some(size),
        _ => None,
    };
    page.items.iter().filter_map(|placed| Some((placed, picture(placed)?))).collect()
}

fn words(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(&*run.text),
        _ => None,
    });
    runs.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_figure_is_as_wide_as_it_is_wished() {
    let (pages, measure, codes) =
        set("![A](wide.png){width=60%}\n\n![B](wide.png){width=30% credit=\"Photo: C\"}\n");
    let found: Vec<Length> = pages.pages.iter().flat_map(pictures).map(|(_, size)| size.width).collect();
    assert_eq!(found, [measure.scale(60, 100), measure.scale(30, 100)]);
    assert!(pages.pages.iter().any(|page| words(page).contains("Photo: C")));
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn pictures_in_a_row_have_one_height_and_their_own_captions() {
    let (pages, measure, _) =
        set("![A](wide.png \"First\") ![B](tall.png \"Second\")\n![C](wide.png \"Third\")\n");
    let page = pages.pages.iter().find(|page| !pictures(page).is_empty()).expect("a page with pictures");
    let row = pictures(page);
    assert_eq!(row.len(), 3);
    assert!(row.iter().all(|(placed, size)| placed.at.y == row[0].0.at.y && size.height == row[0].1.height));
    let (first, last) = (row[0].0.at.x, row[2].0.at.x + row[2].1.width);
    assert!((last - first - measure).0.abs() < Length::pt(1).0, "not as wide as the text");
    let all = words(page);
    let place = |word: &str| all.find(word).expect("a caption");
    assert!(place("First") < place("Second") && place("Second") < place("Third"), "{all}");
}

#[test]
fn plates_have_pages_of_their_own() {
    let text = "Before.\n\n![A](tall.png \"Within\"){.plate}\n\nBetween.\n\n![B](wide.png \"Beyond\"){.plate .bleed credit=\"Photo: C\"}\n\nAfter.\n";
    let (pages, ..) = set(text);
    let plates: Vec<&Page> = pages.pages.iter().filter(|page| !pictures(page).is_empty()).collect();
    let [within, beyond] = plates.as_slice() else { panic!("{} pages with pictures", plates.len()) };
    for text in ["Before", "Between", "After"] {
        assert!(!words(within).contains(text) && !words(beyond).contains(text), "{text}");
    }
    assert!(words(within).contains("Within"));
    // Over all of the page and its bleed; its words, and neither head nor folio.
    let (placed, size) = pictures(beyond)[0];
    let bleed = Length::from_mm(2.99);
    assert!(placed.at.x <= -bleed && placed.at.y <= -bleed);
    assert!(placed.at.x + size.width >= beyond.size.width + bleed);
    assert!(placed.at.y + size.height >= beyond.size.height + bleed);
    assert!(beyond.items.iter().all(|placed| !matches!(placed.owner, Owner::Head | Owner::Folio)));
    assert_eq!(words(beyond).split_whitespace().collect::<Vec<_>>(), ["Beyond", "Photo:", "C"]);
}

#[test]
fn too_few_pixels_are_told_once_for_each_figure() {
    let (_, _, codes) = set("![A](small.png){width=100%}\n\n![B](small.png)\n\n![C](small.png){width=50%}\n");
    assert_eq!(codes, ["B014", "B014"]);
}
