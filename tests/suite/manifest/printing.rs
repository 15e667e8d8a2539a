//! What the keys of `[print]` are read as, which sheet each binding gets, and how several tables stand side by side.

use booklet::length::Length;
use booklet::manifest::{BindingKind, Manifest, name_of_paper, paper_named};

use super::{good, said, words};

#[test]
fn words_of_printing_are_read_as_what_they_say() {
    let binding = |m: &Manifest| format!("{:?}", m.prints[0].binding);
    words(
        "[print]\n@",
        binding,
        &[
            ("", "Saddle"),
            ("binding = \"saddle\"", "Saddle"),
            ("binding = \"sections\"", "Sections { sheets: None }"),
            ("binding = \"sections\"\nsection-sheets = 3", "Sections { sheets: Some(3) }"),
            ("binding = \"perfect\"", "Perfect"),
            ("binding = \"cut-stack\"", "CutStack { up: 2 }"),
            ("binding = \"cut-stack\"\nup = 8", "CutStack { up: 8 }"),
            ("binding = \"mini\"", "Mini"),
            ("binding = \"folded\"", "Folded(Quarto)"),
            ("binding = \"folded\"\nfold = \"quarto\"", "Folded(Quarto)"),
            ("binding = \"folded\"\nfold = \"octavo\"", "Folded(Octavo)"),
            ("binding = \"folded\"\nfold = \"nested-quartos\"", "Folded(NestedQuartos)"),
            ("binding = \"leaflet\"", "Leaflet(Letter)"),
            ("binding = \"leaflet\"\nfold = \"letter\"", "Leaflet(Letter)"),
            ("binding = \"leaflet\"\nfold = \"z\"", "Leaflet(Z)"),
            ("binding = \"leaflet\"\nfold = \"gate\"", "Leaflet(Gate)"),
            ("binding = \"leaflet\"\nfold = \"accordion\"", "Leaflet(Accordion { panels: None })"),
            (
                "binding = \"leaflet\"\nfold = \"accordion\"\npanels = 6",
                "Leaflet(Accordion { panels: Some(6) })",
            ),
            ("binding = \"copies\"", "Copies { up: None }"),
            ("binding = \"copies\"\nup = 4", "Copies { up: Some(4) }"),
            ("binding = \"cards\"", "Cards"),
            ("binding = \"single\"", "Single"),
        ],
    );
    let print = "[print]\n@";
    words(
        print,
        |m| format!("{:?}", m.prints[0].flip),
        &[
            ("", "ShortEdge"),
            ("flip = \"short-edge\"", "ShortEdge"),
            ("flip = \"long-edge\"", "LongEdge"),
            ("flip = \"manual\"", "Manual(FaceDown)"),
            ("flip = \"manual\"\nstacker = \"face-down\"", "Manual(FaceDown)"),
            ("flip = \"manual\"\nstacker = \"face-up\"", "Manual(FaceUp)"),
        ],
    );
    words(
        print,
        |m| format!("{:?}", m.prints[0].marks),
        &[
            ("", "[]"),
            ("marks = []", "[]"),
            (
                "marks = [\"fold\", \"crop\", \"staple\", \"registration\", \"section\", \"label\"]",
                "[Fold, Crop, Staple, Registration, Section, Label]",
            ),
            ("marks = [\"crop\", \"fold\", \"crop\"]", "[Crop, Fold]"),
        ],
    );
    words(
        print,
        |m| format!("{:?}", m.prints[0].pictures),
        &[
            ("", "Treatment { screen: Gray, contrast: 0 }"),
            ("contrast = \"20%\"", "Treatment { screen: Gray, contrast: 20 }"),
            ("picture = \"photocopy\"", "Treatment { screen: Clustered(600), contrast: 0 }"),
            (
                "picture = \"photocopy\"\nresolution = 300",
                "Treatment { screen: Clustered(300), contrast: 0 }",
            ),
            ("picture = \"dither\"", "Treatment { screen: Spread(200), contrast: 0 }"),
            (
                "picture = \"dither\"\nresolution = 150\ncontrast = \"100 %\"",
                "Treatment { screen: Spread(150), contrast: 100 }",
            ),
        ],
    );
    words(
        print,
        |m| format!("{:?} {:?}", m.prints[0].blanks, m.prints[0].fit.as_ref().map(|fit| fit.value)),
        &[
            ("", "BeforeBack None"),
            ("blanks = \"before-back\"\nfit = \"sheets\"", "BeforeBack Some(Fit { sheets: None })"),
            ("blanks = \"spread\"\nfit = { sheets = 5 }", "Spread Some(Fit { sheets: Some(5) })"),
            ("blanks = \"notes\"", "Notes None"),
        ],
    );
    words(
        print,
        |m| format!("{:.3} {:?}", m.prints[0].creep.paper.to_mm(), m.prints[0].creep.direction),
        &[
            ("", "0.000 Inward"),
            ("creep = { paper = \"0.12mm\" }", "0.120 Inward"),
            ("creep = { paper = \"0.12mm\", direction = \"outward\" }", "0.120 Outward"),
            ("creep = { grammage = \"100g\", direction = \"inward\" }", "0.130 Inward"),
        ],
    );
    words(
        print,
        |m| {
            let print = &m.prints[0];
            format!(
                "{} {} {} {:.1}",
                print.scale,
                print.colour,
                print.instructions,
                print.unprintable.to_mm()
            )
        },
        &[
            ("", "false false false 5.0"),
            ("scale = true", "true false false 5.0"),
            ("colour = true", "false true false 5.0"),
            ("instructions = true\nunprintable = \"3mm\"", "false false true 3.0"),
        ],
    );
}

#[test]
fn each_binding_gets_the_smallest_sheet_of_the_trays_that_holds_it() {
    // The grid of pages of each binding, columns by rows.
    let sheet = |lines: &str, page: &str| {
        let manifest = good(&format!("[design]\npage = \"{page}\"\nsize = \"6pt\"\n[print]\n{lines}"));
        name_of_paper(manifest.prints[0].sheet.value)
    };
    for (binding, grid) in [
        ("", (2, 1)),
        ("binding = \"single\"", (1, 1)),
        ("binding = \"sections\"", (2, 1)),
        ("binding = \"perfect\"", (2, 1)),
        ("binding = \"mini\"", (4, 2)),
        ("binding = \"folded\"", (2, 2)),
        ("binding = \"folded\"\nfold = \"nested-quartos\"", (2, 2)),
        ("binding = \"folded\"\nfold = \"octavo\"", (4, 2)),
        ("binding = \"leaflet\"", (3, 1)),
        ("binding = \"leaflet\"\nfold = \"z\"", (3, 1)),
        ("binding = \"leaflet\"\nfold = \"gate\"", (4, 1)),
        ("binding = \"leaflet\"\nfold = \"accordion\"", (4, 1)),
        ("binding = \"leaflet\"\nfold = \"accordion\"\npanels = 2", (2, 1)),
        ("binding = \"cut-stack\"", (2, 1)),
        ("binding = \"cut-stack\"\nup = 4", (2, 2)),
        ("binding = \"cut-stack\"\nup = 8", (4, 2)),
        ("binding = \"cut-stack\"\nup = 16", (4, 4)),
        ("binding = \"copies\"", (2, 2)),
        ("binding = \"copies\"\nup = 1", (1, 1)),
        ("binding = \"copies\"\nup = 3", (3, 1)),
        ("binding = \"copies\"\nup = 6", (3, 2)),
        ("binding = \"copies\"\nup = 9", (3, 3)),
        ("binding = \"cards\"", (2, 2)),
    ] {
        for page in ["A7", "A6", "A5", "A4", "half-letter", "letter"] {
            assert_eq!(sheet(binding, page), Some(holding(page, grid)), "{binding} {page}");
        }
    }
}

/// Which of the papers in trays holds a grid of pages, either way; the largest if none does.
fn holding(page: &str, (columns, rows): (i64, i64)) -> &'static str {
    // By area, smallest first; in hundredths of a millimetre.
    const TRAYS: [(&str, i64, i64); 8] = [
        ("half-letter", 13_970, 21_590),
        ("A5", 14_800, 21_000),
        ("letter", 21_590, 27_940),
        ("A4", 21_000, 29_700),
        ("legal", 21_590, 35_560),
        ("tabloid", 27_940, 43_180),
        ("A3", 29_700, 42_000),
        ("A2", 42_000, 59_400),
    ];
    let hundredths = |length: Length| (length.to_mm() * 100.0).round() as i64;
    let size = paper_named(page).expect("a paper");
    let (width, height) = (hundredths(size.width) * columns, hundredths(size.height) * rows);
    let mut trays = TRAYS;
    trays.sort_by_key(|(_, width, height)| width * height);
    let holds =
        |(_, w, h): &&(&str, i64, i64)| (width <= *w && height <= *h) || (width <= *h && height <= *w);
    trays.iter().find(holds).map_or("A2", |(name, ..)| name)
}

#[test]
fn print_tables_stand_side_by_side() {
    let names = |lines: &str| {
        good(lines).prints.iter().map(|p| p.name.as_ref().map(|n| n.value.clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(""), [None]);
    assert_eq!(names("[print]\nname = \"home\""), [Some("home".to_owned())]);
    assert_eq!(names("[[print]]\nscale = true"), [None], "one alone needs no name");
    let two = "[[print]]\nname = \"a\"\n[[print]]\nname = \"b\"\nfit = \"sheets\"";
    assert_eq!(names(two), [Some("a".to_owned()), Some("b".to_owned())]);
    for (lines, code) in [
        ("[[print]]\n[[print]]\nname = \"b\"", "M003"),
        ("[[print]]\nname = \"b\"\n[[print]]\nname = \"b\"", "M010"),
        ("[[print]]\nname = \"a\"\nfit = \"sheets\"\n[[print]]\nname = \"b\"\nfit = \"sheets\"", "M010"),
        ("[print]\nname = \"A b\"", "M013"),
        ("print = []", "M009"),
    ] {
        assert!(said(lines)[0].starts_with(code), "{lines}: {:?}", said(lines));
    }
    // Black and colour at once.
    for key in ["picture = \"gray\"", "contrast = \"10%\""] {
        assert!(said(&format!("[print]\ncolour = true\n{key}"))[0].starts_with("M021"), "{key}");
    }
    assert!(said("[print]\nresolution = 300")[0].starts_with("M021"));
    assert!(said("[print]\npicture = \"gray\"\nresolution = 300")[0].starts_with("M021"));
    // Thickness twice, and not at all.
    assert!(said("[print]\ncreep = { paper = \"0.1mm\", grammage = \"80g\" }")[0].starts_with("M010"));
    assert!(said("[print]\ncreep = {}")[0].starts_with("M003"));
    assert_eq!(good("[print]\nbinding = \"single\"").prints[0].binding, BindingKind::Single);
}
