//! Front covers: a golden dump of every design (`golden/covers/`, `BLESS=1` rewrites), and what must hold for
//! any title on a page of any size: nothing but grounds leaves the page, no two texts touch, the title is the
//! largest, and all type can be read, in colour and in black.

use booklet::cover::front_cover;
use booklet::document::Document;
use booklet::length::{Length, Size};
use booklet::manifest::{CoverDesign, Date, Person, Series};
use booklet::typeset::dump;
use booklet::typeset::frame::{Colour, Item, Matter, Owner, Page, Pages};
use booklet::typeset::style::Style;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::pages::set;

const DESIGNS: [(CoverDesign, &str); 6] = [
    (CoverDesign::Plain, "plain"),
    (CoverDesign::Classic, "classic"),
    (CoverDesign::Poster, "poster"),
    (CoverDesign::Grid, "grid"),
    (CoverDesign::Pattern, "pattern"),
    (CoverDesign::Photograph, "photograph"),
];

/// A document with a cover and nothing else; for a photograph, with a picture.
fn cover(language: &str, title: &str, design: CoverDesign, inks: &[[u8; 3]]) -> (Document, Style) {
    let picture = design == CoverDesign::Photograph;
    let manifest = if picture { "[cover]\nfront = \"picture.png\"\ntext = true\n" } else { "" };
    let made = set(manifest, &[("one.md", "Text.\n\n![It](picture.png)\n")]);
    let (mut document, mut style) = (made.document, made.style);
    document.identity.title = title.to_owned();
    document.identity.language = language.into();
    document.identity.date = Some(Date { year: 1892, month: 1, day: 1 });
    document.cover.design = design;
    document.cover.inks = inks.to_vec();
    style.language = language.into();
    (document, style)
}

fn with_all(document: &mut Document) {
    let identity = &mut document.identity;
    let author = |name: &str| Person { name: name.to_owned(), file_as: None, role: "author".to_owned() };
    identity.authors = vec![author("Errico Malatesta"), author("Louise Michel")];
    identity.subtitle = Some("A dialogue between peasants".to_owned());
    identity.publisher = Some("The Seed".to_owned());
    identity.series = Some(Series { name: "Notebooks".to_owned(), number: Some(12) });
}

const A5: (f64, f64) = (148.0, 210.0);

fn page_of(pages: &Pages) -> &Page {
    &pages.pages[0]
}

#[test]
fn every_design_is_as_it_was() {
    let mut wrong = Vec::new();
    for (design, name) in DESIGNS {
        let (mut document, style) = cover(
            "en",
            "Between the peasants, or what is to be shared",
            design,
            &[[0xc8, 0x10, 0x2e], [0, 0x78, 0xbf]],
        );
        with_all(&mut document);
        let actual = dump(&front_cover(&document, &style, Size::mm(A5.0, A5.1)));
        if crate::golden::kept(&format!("covers/{name}.txt"), &actual) != actual {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "these covers differ (BLESS=1 accepts): {wrong:?}");
}

/// A text on a cover: its paragraph, and the box of its letters.
struct Block {
    paragraph: Matter,
    size: Length,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Every paragraph of a cover with the box of its lines.
fn blocks(page: &Page) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for placed in &page.items {
        let (Item::Run(run), Owner::Matter(paragraph)) = (&placed.item, placed.owner) else { continue };
        let (left, base) = (placed.at.x.to_pt(), placed.at.y.to_pt());
        let right = left + run.width.to_pt();
        // Capitals of every face here are higher than 0.6 of the size; what hangs lower than 0.05 is let be.
        let (top, bottom) = (base - run.size.to_pt() * 0.6, base + run.size.to_pt() * 0.05);
        match blocks.iter_mut().find(|block| block.paragraph == paragraph) {
            Some(block) => {
                (block.left, block.right) = (block.left.min(left), block.right.max(right));
                (block.top, block.bottom) = (block.top.min(top), block.bottom.max(bottom));
                block.size = block.size.max(run.size);
            }
            None => blocks.push(Block { paragraph, size: run.size, left, right, top, bottom }),
        }
    }
    blocks
}

fn said(page: &Page) -> String {
    let mut text = String::new();
    for placed in &page.items {
        if let (Item::Run(run), Owner::Matter(_)) = (&placed.item, placed.owner) {
            text.extend(run.text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}'));
        }
    }
    text.to_uppercase()
}

fn check(document: &Document, pages: &Pages, what: &str) {
    let page = page_of(pages);
    let (width, height) = (page.size.width.to_pt(), page.size.height.to_pt());
    let blocks = blocks(page);
    for block in &blocks {
        let inside =
            block.left >= 0.0 && block.right <= width + 0.01 && block.top >= 0.0 && block.bottom <= height;
        assert!(
            inside,
            "{what}: {} to {}, {} to {} of {width}",
            block.left, block.right, block.top, block.bottom
        );
    }
    for (index, one) in blocks.iter().enumerate() {
        for other in &blocks[index + 1..] {
            let apart = one.right <= other.left
                || other.right <= one.left
                || one.bottom <= other.top
                || other.bottom <= one.top;
            assert!(apart, "{what}: two texts touch: {:?} and {:?}", one.paragraph, other.paragraph);
        }
    }
    let title: String = document.identity.title.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(said(page).contains(&title.to_uppercase()), "{what}: the title is not whole: {}", said(page));
}

#[test]
fn titles_of_every_length_fit_every_page() {
    let titles = [
        ("en", "No"),
        ("fr", "Ni dieu ni maître"),
        (
            "fr",
            "De la misère en milieu étudiant considérée sous ses aspects économique, politique, psychologique, sexuel et notamment intellectuel et de quelques moyens pour y remédier, par des membres de l’Internationale situationniste et des étudiants de Strasbourg",
        ),
        ("de", "Donaudampfschifffahrtsgesellschaftskapitän und Reichsversicherungsordnung"),
        ("de", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"),
    ];
    let sizes =
        [(74.0, 105.0), A5, (210.0, 297.0), (210.0, 148.0), (139.7, 215.9), (120.0, 192.0), (99.0, 210.0)];
    for (language, title) in titles {
        for (design, name) in DESIGNS {
            let (mut document, style) = cover(language, title, design, &[[0xc8, 0x10, 0x2e]]);
            with_all(&mut document);
            for (width, height) in sizes {
                let pages = front_cover(&document, &style, Size::mm(width, height));
                let what = format!("{name}, {width} × {height}, “{title}”");
                check(&document, &pages, &what);
                let blocks = blocks(page_of(&pages));
                let largest = blocks.iter().map(|block| block.size).max();
                let of_title =
                    page_of(&pages).items.iter().find_map(|placed| match (&placed.item, placed.owner) {
                        (Item::Run(run), Owner::Matter(matter))
                            if title
                                .to_uppercase()
                                .starts_with(&run.text.split([' ', '\u{ad}']).next()?.to_uppercase()) =>
                        {
                            blocks.iter().find(|block| block.paragraph == matter).map(|block| block.size)
                        }
                        _ => None,
                    });
                assert!(
                    title.chars().count() > 60 || of_title == largest,
                    "{what}: the title is not the largest"
                );
            }
        }
    }
}

/// Relative luminance, as WCAG 2.1 defines it.
fn luminance(rgb: [u8; 3]) -> f64 {
    let part = |value: u8| {
        let c = f64::from(value) / 255.0;
        if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2])
}

/// What a colour looks like, in colour or in black.
fn seen(colour: Colour, black: bool) -> [u8; 3] {
    match colour {
        Colour::Gray(gray) => [gray; 3],
        Colour::Spot(spot) if black => [spot.gray; 3],
        Colour::Spot(spot) => spot.rgb,
    }
}

#[test]
fn all_type_can_be_read_in_colour_and_in_black() {
    let inks: [&[[u8; 3]]; 7] = [
        &[],
        &[[0xc8, 0x10, 0x2e]],
        &[[0xff, 0xe8, 0x00]],
        &[[0xff, 0x48, 0xb0], [0x00, 0x78, 0xbf]],
        &[[0x3d, 0x55, 0x88], [0xff, 0xb5, 0x11]],
        &[[0x91, 0x4e, 0x72], [0x92, 0x5f, 0x52]],
        &[[0xe6, 0xe6, 0xe6], [0x20, 0x20, 0x20]],
    ];
    for inks in inks {
        for (design, name) in DESIGNS {
            let (mut document, style) = cover("fr", "Ni dieu ni maître", design, inks);
            with_all(&mut document);
            let pages = front_cover(&document, &style, Size::mm(A5.0, A5.1));
            let items = &page_of(&pages).items;
            for black in [false, true] {
                for (index, placed) in items.iter().enumerate() {
                    let Item::Run(run) = &placed.item else { continue };
                    let (x, y) = (placed.at.x + run.width / 2, placed.at.y - run.size / 4);
                    // The last ground laid under the middle of the words.
                    let ground = items[..index].iter().rev().find_map(|under| match &under.item {
                        Item::Fill { size, colour }
                            if under.at.x <= x
                                && x <= under.at.x + size.width
                                && under.at.y <= y
                                && y <= under.at.y + size.height =>
                        {
                            Some(seen(*colour, black))
                        }
                        _ => None,
                    });
                    let (a, b) = (luminance(seen(run.colour, black)), luminance(ground.unwrap_or([255; 3])));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    let large = run.size > Length::pt(18);
                    let least = if large { 3.0 } else { 4.45 };
                    assert!(
                        contrast >= least,
                        "{name} {inks:x?}, black {black}: “{}” {contrast:.2}",
                        run.text
                    );
                }
            }
        }
    }
}

#[test]
fn a_pattern_belongs_to_its_title() {
    let draw = |title: &str| {
        let (document, style) = cover("en", title, CoverDesign::Pattern, &[]);
        dump(&front_cover(&document, &style, Size::mm(A5.0, A5.1)))
    };
    let strokes = |dump: &str| {
        dump.lines()
            .filter(|l| l.contains("stroke") || l.contains("fill"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (bread, roses) = (strokes(&draw("Bread")), strokes(&draw("Roses")));
    assert!(bread.len() > 20 && bread == strokes(&draw("Bread")) && bread != roses);
}

#[test]
fn grounds_reach_the_bleed_and_the_focus_stays_in_sight() {
    let (document, style) = cover("en", "Bread", CoverDesign::Poster, &[[0xc8, 0x10, 0x2e]]);
    let pages = front_cover(&document, &style, Size::mm(A5.0, A5.1));
    let bleed = Length::from_mm(3.0);
    let Item::Fill { size, colour: Colour::Spot(spot) } = &page_of(&pages).items[0].item else {
        panic!("a ground")
    };
    assert_eq!((spot.gray, page_of(&pages).items[0].at.x), (255, -bleed));
    assert!(
        size.width >= Length::from_mm(154.0) - Length(4) && size.height >= Length::from_mm(216.0) - Length(4)
    );
    // The picture is twice as wide as high: only a third of it is seen.
    for (focus, expected) in [(0, -3.0), (1000, -(432.0 - 151.0)), (500, -(216.0 - 74.0))] {
        let (mut document, style) = cover("en", "Bread", CoverDesign::Photograph, &[]);
        document.cover.focus.x = focus;
        let pages = front_cover(&document, &style, Size::mm(A5.0, A5.1));
        let picture = &page_of(&pages).items[0];
        assert!(matches!(picture.item, Item::Picture { .. }));
        assert!((picture.at.x.to_mm() - expected).abs() < 0.1, "{focus}: {}", picture.at.x.to_mm());
    }
}

/// So many authors, with names of the usual lengths.
fn crowd(count: usize) -> Vec<Person> {
    let first = ["Ada", "Errico", "Louise", "Voltairine", "Buenaventura", "Emma", "Nestor"];
    let last = ["Bell", "Malatesta", "Michel", "de Cleyre", "Durruti", "Goldman", "Makhno", "Parsons", "Li"];
    let name = |at: usize| format!("{} {}", first[at % first.len()], last[at % last.len()]);
    (0..count).map(|at| Person { name: name(at), file_as: None, role: "author".to_owned() }).collect()
}

#[test]
fn a_crowd_of_authors_is_named_as_far_as_it_can_be_read() {
    for (design, name) in DESIGNS {
        for count in [12, 50, 200, 10_000] {
            let (mut document, style) = cover("en", "What we all signed", design, &[]);
            document.identity.authors = crowd(count);
            let pages = front_cover(&document, &style, Size::mm(A5.0, A5.1));
            let what = format!("{name}, {count} authors");
            check(&document, &pages, &what);
            let page = page_of(&pages);
            let all: String =
                crowd(count).iter().map(|author| author.name.to_uppercase()).collect::<Vec<_>>().join(",");
            let all: String = all.chars().filter(|c| !c.is_whitespace()).collect();
            let some = said(page).contains("ANDOTHERS");
            assert_eq!(said(page).contains(&all), !some, "{what}: all or some");
            assert!(said(page).contains("ADABELL,ERRICOMALATESTA"), "{what}: the first are named");
            assert!(count > 12 || !some, "{what}: a dozen have room");
            assert!(count < 200 || some, "{what}: hundreds have not");
            let least = blocks(page).iter().map(|block| block.size.to_pt()).fold(99.0, f64::min);
            assert!(least >= 5.9, "{what}: {least} points");
        }
    }
}

#[test]
fn what_a_cover_or_a_title_page_leaves_out_is_told_and_stands_in_the_imprint() {
    let list = |count: usize| {
        let names: Vec<String> = (0..count).map(|at| format!("\"Ada Bell{at}\"")).collect();
        names.join(", ")
    };
    for count in [12, 400] {
        let friends: Vec<String> =
            (0..count).map(|at| format!("{{ name = \"Bo{at}\", role = \"translator\" }}")).collect();
        let manifest = format!("authors = [{}]\ncontributors = [{}]\n", list(count), friends.join(", "));
        let made = set(&manifest, &[("one.md", "Text.\n")]);
        let told: Vec<_> = made
            .report
            .diagnostics()
            .iter()
            .filter(|found| found.code.0 == "T07")
            .map(|found| &found.message)
            .collect();
        let shortened = made.pages.pages.iter().filter(|page| said(page).contains("ANDOTHERS")).count();
        assert_eq!(told.len(), shortened, "{told:?}");
        assert_eq!(told.len(), if count == 12 { 0 } else { 2 }, "{told:?}");
        assert!(told.iter().all(|message| message.contains("of 400 authors")), "{told:?}");
        let imprint: String = made.pages.pages.iter().skip(3).map(said).collect();
        for at in 0..count {
            assert!(imprint.contains(&format!("ADABELL{at}")), "author {at} of {count} is lost");
            assert!(imprint.contains(&format!("BO{at}")), "contributor {at} of {count} is lost");
        }
        for (number, page) in made.pages.pages.iter().enumerate() {
            let low = page.items.iter().map(|placed| placed.at.y).max().unwrap_or_default();
            assert!(low <= page.size.height, "page {number} of {count}: type under its foot");
        }
    }
}

#[test]
fn a_title_of_two_hundred_words_stays_on_the_title_page() {
    let title = "Work and days ".repeat(66);
    let made =
        set(&format!("subtitle = \"{}\"\nauthors = [\"Ada\"]\n", title.trim()), &[("one.md", "Text.\n")]);
    let mut document = made.document;
    document.identity.title = title.trim().to_owned();
    let pages = booklet::cover::wrapped(&document, &made.style, &mut booklet::diagnostic::Report::new());
    let page = pages.pages.iter().find(|page| page.label == "iii").expect("a title page");
    let end = made.style.margins.top + made.style.height();
    let low = page.items.iter().map(|placed| placed.at.y).max().expect("words");
    assert!(low <= end, "{low} of {end}");
    assert_eq!(said(page).matches("WORKANDDAYS").count(), 132);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, rng_seed: RngSeed::Fixed(1871), ..ProptestConfig::default() })]

    /// Whatever the title, the page and the design.
    #[test]
    fn any_title_fits_any_page(
        words in prop::collection::vec("[a-zäéß]{1,14}[,.!]?|[A-Z]{2,6}|[a-z]{15,60}", 1..36),
        design in 0_usize..6,
        width in 50_u32..400,
        ratio in 60_u32..220,
        subtitle in prop::option::of("[a-z]{1,12}( [a-z]{1,12}){0,12}"),
        authors in prop::collection::vec("[A-Z][a-z]{1,12} [A-Z][a-z]{1,16}", 0..5),
        house in prop::option::of("[A-Z][a-z]{1,20}( [a-z]{1,9}){0,4}"),
    ) {
        let (design, name) = DESIGNS[design];
        let title = words.join(" ");
        let (mut document, style) = cover("de", &title, design, &[[0, 0x78, 0xbf], [0xff, 0xb5, 0x11]]);
        document.identity.subtitle = subtitle;
        document.identity.publisher = house;
        document.identity.authors =
            authors.into_iter().map(|name| Person { name, file_as: None, role: "author".to_owned() }).collect();
        let height = f64::from(width) * f64::from(ratio) / 100.0;
        let size = Size::mm(f64::from(width), height.clamp(50.0, 600.0));
        check(&document, &front_cover(&document, &style, size), &format!("{name} {size:?} “{title}”"));
    }
}
