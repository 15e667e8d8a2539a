//! Tables of the program held against what their standards say, written here a second time and in another way:
//! papers by the rules by which they follow from each other, roles and schemes as their registries list them,
//! quotation marks as style guides give them.

use std::collections::{BTreeMap, BTreeSet};

use booklet::diagnostic::{Report, Source};
use booklet::document::orthography::apply_plain;
use booklet::impose::{Binding, Job, impose, paper};
use booklet::length::{Length, Size};
use booklet::manifest::{BindingKind, Blanks, Flip, ROLES, name_of_paper, paper_named, paper_names, parse};

use super::imposition::pages;

/// A series of papers, each the half of the one before, in whole millimetres (ISO 216, 2.2 and 3.1; JIS P 0138).
fn halved(letter: &str, (width, height): (u32, u32), most: usize) -> Vec<(String, f64, f64)> {
    let mut sizes = vec![(width, height)];
    while let Some(&(width, height)) = sizes.last().filter(|_| sizes.len() <= most) {
        sizes.push((height / 2, width));
    }
    let named =
        |(number, (w, h)): (usize, (u32, u32))| (format!("{letter}{number}"), f64::from(w), f64::from(h));
    sizes.into_iter().enumerate().map(named).collect()
}

/// Every paper that the standards name, in millimetres, upright.
fn standard() -> BTreeMap<String, (f64, f64)> {
    const INCH: f64 = 25.4;
    let mut all = halved("A", (841, 1189), 10);
    all.extend(halved("B", (1000, 1414), 10));
    all.extend(halved("JIS-B", (1030, 1456), 10));
    // Raw formats (ISO 217): SRA0 is 900 by 1280, and each is half of the one before.
    all.extend(halved("SRA", (900, 1280), 4));
    // ANSI/ASME Y14.1: A and B; legal is three inches longer than letter; halves of letter.
    for (name, width, height) in [
        ("letter", 8.5, 11.0),
        ("legal", 8.5, 14.0),
        ("tabloid", 11.0, 17.0),
        ("half-letter", 5.5, 8.5),
        ("quarter-letter", 4.25, 5.5),
    ] {
        all.push((name.to_owned(), width * INCH, height * INCH));
    }
    all.into_iter().map(|(name, width, height)| (name, (width, height))).collect()
}

#[test]
fn papers_have_the_sizes_of_their_standards() {
    let standard = standard();
    let near = |length: Length, mm: f64| (length.to_mm() - mm).abs() < 0.005;
    for name in paper_names() {
        let (width, height) = standard.get(name).unwrap_or_else(|| panic!("no standard has {name}"));
        let size = paper_named(name).expect("a paper");
        assert!(near(size.width, *width) && near(size.height, *height), "{name} is {size:?}");
        // Turned, it is the same paper; a millimetre more, and it is none.
        assert_eq!(name_of_paper(Size::new(size.height, size.width)), Some(name));
        assert_eq!(name_of_paper(Size::new(size.width + Length::from_mm(0.6), size.height)), None, "{name}");
    }
    for usual in ["A3", "A4", "A5", "A6", "B5", "JIS-B5", "SRA3", "letter", "legal", "tabloid", "half-letter"]
    {
        assert!(paper_names().contains(&usual), "{usual}");
    }
}

/// Of the MARC code list for relators (Library of Congress), the terms for those who make texts and pamphlets.
const MARC: &str = "aft author of afterword; ann annotator; art artist; aui author of introduction; aut author; \
    bkd book designer; clb collaborator; cmm commentator; col collector; com compiler; cov cover designer; \
    cph copyright holder; crr corrector; ctb contributor; dsr designer; edt editor; ill illustrator; \
    ive interviewee; ivr interviewer; nrt narrator; pbl publisher; pfr proofreader; pht photographer; prt printer; \
    red redaktor; res researcher; rev reviewer; spk speaker; trc transcriber; trl translator; tyg typographer; \
    wpr writer of preface";

#[test]
fn roles_have_the_codes_of_libraries() {
    let listed: BTreeMap<&str, &str> =
        MARC.split("; ").map(|entry| entry.split_at(3)).map(|(code, word)| (word.trim(), code)).collect();
    assert_eq!(ROLES.iter().copied().collect::<BTreeMap<_, _>>(), listed);
}

/// What is found in a manifest of these lines under the usual ones.
fn found(lines: &str) -> Vec<booklet::diagnostic::Diagnostic> {
    let mut report = Report::new();
    let text = format!("title = \"T\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n{lines}\n");
    let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
    parse(source, &mut report);
    report.diagnostics().to_vec()
}

/// The reserved values of `authority` (EPUB Subject Authorities Registry, IDPF 2016).
const AUTHORITIES: [&str; 13] =
    ["AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS"];

#[test]
fn subjects_may_have_every_scheme_that_epub_reserves_and_no_other() {
    let subject =
        |scheme: &str| format!("subjects = [{{ name = \"N\", scheme = \"{scheme}\", code = \"1\" }}]");
    for scheme in AUTHORITIES {
        assert!(found(&subject(scheme)).is_empty(), "{scheme}");
    }
    let other = found(&subject("qqqqqq"));
    let hint = other[0].hints.iter().find_map(|hint| hint.strip_prefix("it may be ")).expect("a list");
    let listed: BTreeSet<&str> = hint.split(['“', '”']).skip(1).step_by(2).collect();
    assert_eq!(listed, AUTHORITIES.into_iter().collect());
}

#[test]
fn the_last_digit_of_an_isbn_follows_from_the_others() {
    // ISO 2108: times one and three by turns, all thirteen add up to a multiple of ten.
    for first in
        ["978030640615", "978316148410", "979000000000", "978999999999", "979123456789", "978207036002"]
    {
        let sum: u32 =
            first.bytes().rev().zip([3, 1].into_iter().cycle()).map(|(b, n)| u32::from(b - b'0') * n).sum();
        for last in 0..10 {
            let isbn = format!("[cover]\nisbn = \"{first}{last}\"");
            assert_eq!(found(&isbn).is_empty(), (sum + last).is_multiple_of(10), "{first}{last}");
        }
    }
}

/// Outer and inner marks, as CLDR 44 (`delimiters`) and the national guides that the rules name have them.
const MARKS: &[(&str, &str, &str)] = &[
    ("be", "«»", "„“"),
    ("bg", "„“", "‚‘"),
    ("bs", "„”", "‚’"),
    ("ca", "«»", "“”"),
    ("cs", "„“", "‚‘"),
    ("da", "»«", "›‹"),
    ("de", "„“", "‚‘"),
    ("de-AT", "„“", "‚‘"),
    ("de-CH", "«»", "‹›"),
    ("el", "«»", "“”"),
    ("en", "“”", "‘’"),
    ("en-GB", "“”", "‘’"),
    ("eo", "“”", "‘’"),
    ("es", "«»", "“”"),
    ("es-MX", "“”", "‘’"),
    ("et", "„“", "‚‘"),
    ("eu", "«»", "“”"),
    ("fi", "””", "’’"),
    ("fr", "«»", "“”"),
    ("fr-CA", "«»", "“”"),
    ("fr-CH", "«»", "‹›"),
    ("gl", "«»", "“”"),
    ("hr", "„”", "‚’"),
    ("hu", "„”", "»«"),
    ("is", "„“", "‚‘"),
    ("it", "«»", "“”"),
    ("it-CH", "«»", "‹›"),
    ("lt", "„“", "‚‘"),
    ("mk", "„“", "‚‘"),
    ("nb", "«»", "‘’"),
    ("nl", "“”", "‘’"),
    ("nn", "«»", "‘’"),
    ("pl", "„”", "«»"),
    ("pt", "«»", "“”"),
    ("pt-BR", "“”", "‘’"),
    ("ro", "„”", "«»"),
    ("ru", "«»", "„“"),
    ("sk", "„“", "‚‘"),
    ("sl", "„“", "‚‘"),
    ("sr", "„”", "‚’"),
    ("sv", "””", "’’"),
    ("tr", "“”", "‘’"),
    ("uk", "«»", "„“"),
];

#[test]
fn quotation_marks_are_those_of_each_language() {
    for (tag, outer, inner) in MARKS {
        let set = apply_plain("a \"b \"c\" d\" e", &(*tag).into());
        let marks: Vec<char> = set.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        let (outer, inner): (Vec<char>, Vec<char>) = (outer.chars().collect(), inner.chars().collect());
        assert_eq!(marks, [outer[0], inner[0], inner[1], outer[1]], "{tag}: {set}");
    }
}

#[test]
fn as_many_copies_as_fit_are_the_most_either_way_round() {
    let hundredths = |n: i64| Length::micrometres(n * 10);
    for (n, unit) in
        [(3000, 10_000), (5200, 7400), (5500, 8500), (10_500, 14_800), (9000, 5000), (2500, 9000)]
    {
        for sheet in [(21_000, 29_700), (29_700, 42_000), (32_000, 45_000), (10_000, 41_000), (4000, 4000)] {
            let most = |width: i64, height: i64| ((width / n) * (height / unit)) as usize;
            let expected = most(sheet.0, sheet.1).max(most(sheet.1, sheet.0));
            let pages = pages(1, Size::new(hundredths(n), hundredths(unit)), false);
            let job = Job::new(
                BindingKind::Copies { up: None },
                Size::new(hundredths(sheet.0), hundredths(sheet.1)),
                Flip::LongEdge,
            );
            let mut report = Report::new();
            let sheets = impose(&pages, &Binding::Print(job), None, &mut report);
            assert_eq!(sheets.up * sheets.sides.len(), expected, "{n}x{unit} on {sheet:?}");
            assert_eq!(report.errors() > 0, expected == 0);
        }
    }
}

#[test]
fn pages_are_made_a_tenth_to_ten_times_as_large() {
    let scaled = |page: f64, sheet: f64| {
        let pages = pages(1, Size::mm(page, page), false);
        let job = Job::new(BindingKind::Single, Size::mm(sheet, sheet), Flip::LongEdge);
        let job = Job { scale: true, ..job };
        let sheets = impose(&pages, &Binding::Print(job), None, &mut Report::new());
        sheets.sides.first().map(|side| (side.pages[0].size.width.to_mm() / page * 1000.0).round() as i64)
    };
    assert_eq!(scaled(100.0, 200.0), Some(2000));
    assert_eq!(scaled(100.0, 50.0), Some(500));
    assert_eq!(scaled(40.0, 1200.0), Some(10_000), "no more than ten times");
    assert_eq!(scaled(500.0, 50.0), Some(100));
    assert_eq!(scaled(600.0, 40.0), None, "no less than a tenth");
}

#[test]
fn paper_that_is_needed_counts_blanks_whatever_is_printed_on_them() {
    for blanks in [Blanks::BeforeBack, Blanks::Spread, Blanks::Notes] {
        let job = Job::new(BindingKind::Saddle, Size::mm(210.0, 297.0), Flip::ShortEdge);
        let job = Job { blanks, ..job };
        for (count, papers, blank) in [(1, 1, 3), (4, 1, 0), (5, 2, 3), (7, 2, 1), (8, 2, 0)] {
            assert_eq!(
                paper(Size::mm(148.0, 210.0), count, &job),
                Some((papers, blank)),
                "{blanks:?} {count}"
            );
        }
        // Without its cover a booklet has three pages less, if any are left then.
        let inner = Job { without_cover: true, ..job };
        for (count, papers, blank) in [(3, 1, 1), (4, 1, 3), (7, 1, 0), (8, 2, 3)] {
            assert_eq!(
                paper(Size::mm(148.0, 210.0), count, &inner),
                Some((papers, blank)),
                "{blanks:?} {count}"
            );
        }
    }
}
