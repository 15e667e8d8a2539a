//! Numbers and lengths: the least and the most that each may be is taken, a hair less or more is not.

use booklet::length::Length;

use super::{good, read, read_whole, said};

/// Whether a manifest with this value in the place of `@` is taken.
fn taken(lines: &str, value: &str) -> bool {
    said(&lines.replace('@', value)).is_empty()
}

/// Lines, the least and the most.
const NUMBERS: [(&str, u32, u32); 8] = [
    ("series = { name = \"S\", number = @ }", 1, 1_000_000),
    ("[design]\ndrop-caps = @", 2, 4),
    ("[print]\nbinding = \"sections\"\nsection-sheets = @", 1, 100),
    ("[print]\nbinding = \"copies\"\nup = @", 1, 64),
    ("[print]\nbinding = \"leaflet\"\nfold = \"accordion\"\npanels = @", 2, 40),
    ("[print]\npicture = \"photocopy\"\nresolution = @", 72, 2400),
    ("[print]\npicture = \"dither\"\nresolution = @", 72, 2400),
    ("[print]\nfit = { sheets = @ }", 1, 1000),
];

#[test]
fn whole_numbers_keep_to_their_bounds() {
    for (lines, least, most) in NUMBERS {
        for (number, ok) in [(least - 1, false), (least, true), (most, true), (most + 1, false)] {
            assert_eq!(taken(lines, &number.to_string()), ok, "{lines} {number}");
        }
        let found = said(&lines.replace('@', "0"));
        assert!(found[0].contains(&format!("must be between {least} and {most}")), "{found:?}");
    }
    for up in 0..=20 {
        let ok = [2, 4, 8, 16].contains(&up);
        assert_eq!(taken("[print]\nbinding = \"cut-stack\"\nup = @", &up.to_string()), ok, "{up}");
    }
    for percent in 0..=102 {
        assert_eq!(taken("[print]\ncontrast = @", &format!("\"{percent}%\"")), percent <= 100);
    }
    // Numbers may be written in other bases.
    assert_eq!(good("[print]\nbinding = \"copies\"\nup = 0x10").prints[0].binding, {
        booklet::manifest::BindingKind::Copies { up: Some(16) }
    });
}

/// Lines, the least and the most, and the unit of both.
const LENGTHS: [(&str, f64, f64, &str); 9] = [
    ("[design]\npage = { width = \"@\", height = \"210mm\" }\nsize = \"4pt\"", 40.0, 600.0, "mm"),
    ("[design]\npage = { width = \"148mm\", height = \"@\" }\nsize = \"4pt\"", 40.0, 600.0, "mm"),
    ("[print]\nsheet = { width = \"@\", height = \"297mm\" }", 40.0, 1200.0, "mm"),
    ("[print]\nsheet = { width = \"297mm\", height = \"@\" }", 40.0, 1200.0, "mm"),
    ("[print]\nunprintable = \"@\"", 0.0, 50.0, "mm"),
    ("[print]\ncreep = { paper = \"@\" }", 0.0, 2.0, "mm"),
    ("[design]\npage = { width = \"600mm\", height = \"600mm\" }\nsize = \"@\"", 4.0, 72.0, "pt"),
    ("[design]\nsize = \"4pt\"\nsmallest = \"@\"", 4.0, 72.0, "pt"),
    ("[design]\nsize = \"12pt\"\nletter-spacing = \"@\"", 0.0, 6.0, "pt"),
];

/// Millimetres in a point.
const PT: f64 = 25.4 / 72.0;

#[test]
fn lengths_keep_to_their_bounds() {
    for (lines, least, most, unit) in LENGTHS {
        for (number, ok) in [(least - 0.01, false), (least, true), (most, true), (most + 0.01, false)] {
            let length = format!("{number}{unit}");
            assert_eq!(taken(lines, &length), ok, "{lines} {length}");
        }
    }
    // Margins may be none and, in a page large enough, very wide.
    let margins = "[design]\npage = { width = \"600mm\", height = \"600mm\" }\n\
                   margins = { inner = \"@\", outer = \"0mm\", top = \"0mm\", bottom = \"0mm\" }";
    assert!(taken(margins, "0mm") && taken(margins, "500mm") && !taken(margins, "-0.1mm"));
    assert!(said(&margins.replace('@', "600.1mm"))[0].starts_with("M006"));
    // Leading: no less than the size, and no more than twice the largest size.
    let leading =
        "[design]\npage = { width = \"600mm\", height = \"600mm\" }\nsize = \"10pt\"\nleading = \"@\"";
    for (points, ok) in [("9.99pt", false), ("10pt", true), ("144pt", true), ("144.1pt", false)] {
        assert_eq!(taken(leading, points), ok, "{points}");
    }
}

#[test]
fn bounds_are_said_in_the_unit_that_was_written() {
    let hint = |lines: &str, value: &str| said(&lines.replace('@', value))[0].clone();
    let unprintable = "[print]\nunprintable = \"@\"";
    for (written, bounds) in [
        ("99mm", "0mm to 50mm"),
        ("9.9cm", "0cm to 5cm"),
        ("9 CM ", "0cm to 5cm"),
        ("9in", "0in to 1.96in"),
        ("999pt", "0pt to 141.73pt"),
        ("-1pt", "0pt to 141.73pt"),
    ] {
        let found = hint(unprintable, written);
        assert!(found.contains(&format!("it may be from {bounds}, for instance")), "{written}: {found}");
    }
    let size = "[design]\nsize = \"@\"";
    for (written, bounds) in [
        ("1pt", "4pt to 72pt"),
        ("1mm", "1.42mm to 25.4mm"),
        ("0.1cm", "0.15cm to 2.54cm"),
        ("0.001in", "0.06in to 1in"),
    ] {
        let found = hint(size, written);
        assert!(found.contains(&format!("it may be from {bounds}, for instance")), "{written}: {found}");
    }
}

#[test]
fn a_leading_that_would_suit_is_shown_in_points() {
    for (size, example) in [("12pt", "16pt"), ("10.5pt", "14pt"), ("10pt", "13.4pt"), ("9pt", "12pt")] {
        let found = said(&format!("[design]\nsize = \"{size}\"\nleading = \"5pt\""));
        let expected = format!("about {example} suits this size: leading = \"{example}\"");
        assert!(found[0].starts_with("M015") && found[0].contains(&expected), "{size}: {found:?}");
    }
}

#[test]
fn a_page_without_room_for_text_is_refused() {
    // Six ems and three lines are the least.
    let design = |width: f64, height: f64| {
        format!(
            "[design]\nsize = \"10pt\"\nleading = \"20pt\"\npage = {{ width = \"600pt\", height = \"600pt\" }}\n\
             margins = {{ inner = \"200pt\", outer = \"{}pt\", top = \"{}pt\", bottom = \"300pt\" }}",
            400.0 - width,
            300.0 - height
        )
    };
    assert!(said(&design(60.0, 60.0)).is_empty());
    for (width, height) in [(59.9, 60.0), (60.0, 59.9), (-10.0, 60.0), (60.0, -10.0)] {
        let found = said(&design(width, height));
        let mm = |points: f64| points.max(0.0) * PT;
        let left = format!("{:.0} mm by {:.0} mm is left for type of 10", mm(width), mm(height));
        assert!(found[0].starts_with("M014") && found[0].contains(&left), "{found:?}");
    }
    // Without margins of its own a page keeps two thirds each way.
    let canon = |points: &str| format!("[design]\nsize = \"{points}\"\npage = \"A6\"");
    assert!(said(&canon("33pt")).is_empty() && said(&canon("33.1pt"))[0].starts_with("M014"));
}

#[test]
fn papers_are_weighed_in_grams() {
    let creep =
        |grams: &str| good(&format!("[print]\ncreep = {{ grammage = \"{grams}\" }}")).prints[0].creep.paper;
    for (grams, mm) in
        [("30g", 0.039), ("80 g/m²", 0.104), ("100gsm", 0.13), ("500 g/qm", 0.65), ("90.5g/m2", 0.11765)]
    {
        assert_eq!(creep(grams), Length::from_mm(mm), "{grams}");
    }
    let grammage = "[print]\ncreep = { grammage = \"@\" }";
    for (grams, ok) in [("29.9g", false), ("30g", true), ("500g", true), ("500.1g", false)] {
        assert_eq!(taken(grammage, grams), ok, "{grams}");
    }
    for bad in ["80", "g", "80 lb", "1.2.3g", "-80g", ""] {
        assert!(!taken(grammage, bad), "{bad}");
    }
}

#[test]
fn lengths_beyond_any_paper_are_no_lengths() {
    let found = |value: &str| said(&format!("[print]\nunprintable = \"{value}\"")).remove(0);
    assert!(found("100000pt").starts_with("M006"));
    assert!(found("-100000pt").starts_with("M006"));
    for large in ["100001pt", "-100001pt"] {
        assert!(found(large).contains("the number is too large"), "{large}");
    }
    for (bad, why) in [
        ("+-3mm", "is not a number"),
        ("3,5mm", "a point, not a comma"),
        ("mm", "has no number"),
        ("3", "has no unit"),
        ("3em", "“em” is not a unit"),
    ] {
        assert!(found(bad).contains(why), "{bad}: {}", found(bad));
    }
    let rim = |value: &str| good(&format!("[print]\nunprintable = \"{value}\"")).prints[0].unprintable;
    for written in ["25.4mm", "2.54cm", "1in", "72pt", "+72PT", " 72 pt "] {
        assert_eq!(rim(written), Length::pt(72), "{written}");
    }
}

#[test]
fn texts_keep_to_their_length() {
    let long = |count: usize| "ü".repeat(count);
    assert!(taken("publisher = \"@\"", &long(1000)) && !taken("publisher = \"@\"", &long(1001)));
    assert!(taken("description = \"@\"", &long(20_000)) && !taken("description = \"@\"", &long(20_001)));
    let link = |count: usize| format!("https://example.org/{}", "a".repeat(count - 20));
    assert!(taken("[cover]\nlink = \"@\"", &link(300)) && !taken("[cover]\nlink = \"@\"", &link(301)));
    let list = |count: usize| vec!["\"a\""; count].join(", ");
    assert!(taken("authors = [@]", &list(10_000)) && !taken("authors = [@]", &list(10_001)));
    assert!(taken("subjects = [@]", &list(10_000)) && !taken("subjects = [@]", &list(10_001)));
    let tables =
        |count: usize| (0..count).map(|n| format!("[[print]]\nname = \"n{n}\"\n")).collect::<String>();
    assert!(taken("@", &tables(100)) && said(&tables(101))[0].contains("more than 100 print tables"));
}

#[test]
fn long_words_are_shown_cut() {
    let shown = |word: &str| {
        let found = said(&format!("[print]\nbinding = \"{word}\"")).remove(0);
        found.split(['“', '”']).nth(1).expect("a word in quotes").to_owned()
    };
    assert_eq!(shown(&"a".repeat(60)), "a".repeat(60));
    assert_eq!(shown(&"a".repeat(61)), format!("{}…", "a".repeat(60)));
}

#[test]
fn no_manifest_comes_of_one_with_an_error() {
    for lines in ["titel = \"T\"", "[design]\nleading = \"3mm\"\nleadin = 1", "date = 0000-01-01"] {
        let (manifest, found) = read(lines);
        assert!(manifest.is_none() && !found.is_empty(), "{lines}");
    }
    for lacking in ["language = \"en\"", "title = \"T\"", "title = \"T\"\nlanguage = \"no tag\""] {
        let (manifest, found) = read_whole(&format!("{lacking}\nchapters = [\"one.md\"]\n"));
        assert!(manifest.is_none() && found.len() == 1, "{lacking}: {found:?}");
    }
}

#[test]
fn paths_with_backslashes_are_shown_as_they_should_be() {
    let own_folder = "from the booklet's own folder";
    for (written, hint) in [
        (r"C:\pictures\one.png", own_folder),
        (r"\pictures\one.png", own_folder),
        // TOML makes a line feed and a tab of these.
        (r"\new.png", own_folder),
        (r"\two.png", own_folder),
        (r"pictures\one.png", "write pictures/one.png"),
    ] {
        let said = said(&format!("[cover]\nfront = \"{written}\"")).join("\n");
        assert!(said.contains(hint), "{written}: {said}");
    }
}
