//! Slugs, inks, dates and book numbers, each against a table or a rule written here a second time.

use booklet::manifest::ink_name;

use super::{good, read, read_whole, said};

/// The slug of a booklet with this title.
fn slug(title: &str) -> String {
    let text = format!("title = \"{title}\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n");
    read_whole(&text).0.expect("a manifest").identity.slug
}

/// Alphabets in their order, and what each letter is in Latin ones. Russian, Ukrainian, Belarusian, Greek, and
/// what Western and Northern languages have beside a to z.
const ALPHABETS: [(&str, &str); 5] = [
    (
        "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ы э ю я",
        "a b v g d e e zh z i i k l m n o p r s t u f ch ts tch sh shch i e yu ya",
    ),
    ("ґ є і ї ў", "g ie i i u"),
    (
        "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω ά ή ώ ϊ",
        "a b g d e z i th i k l m n x o p r s s t u f ch ps o a i o i",
    ),
    ("ß æ œ ø ł đ ð þ ı ħ", "ss ae oe o l d d th i h"),
    ("à ç é î ñ ö š ů ž å ğ ő", "a c e i n o s u z a g o"),
];

#[test]
fn every_letter_has_its_latin_ones() {
    for (letters, latin) in ALPHABETS {
        assert_eq!(letters.split(' ').count(), latin.split(' ').count());
        for (letter, latin) in letters.split(' ').zip(latin.split(' ')) {
            // Between two letters, and as a capital.
            assert_eq!(slug(&format!("n{letter}n")), format!("n{latin}n"), "{letter}");
            let capital: String = letter.chars().flat_map(char::to_uppercase).collect();
            let word = slug(&format!("n{capital}n"));
            // A capital dotless i is an i as any other; a capital sharp s is two s.
            assert_eq!(word, format!("n{latin}n"), "{capital}");
        }
    }
    // Signs that are not heard part nothing; others part words.
    assert_eq!(slug("съезд, семья"), "sezd-semya");
    assert_eq!(slug("a—b«c»d·e 自 f"), "a-b-c-d-e-f");
}

#[test]
fn long_titles_are_cut_between_words_if_that_leaves_enough() {
    // As many letters as a slug may have, and one more.
    assert_eq!(slug(&"a".repeat(60)), "a".repeat(60));
    assert_eq!(slug(&"a".repeat(61)), "a".repeat(60));
    let words = |lengths: &[usize]| lengths.iter().map(|n| "a".repeat(*n)).collect::<Vec<_>>().join(" ");
    let parts = |slug: String| slug.split('-').map(str::len).collect::<Vec<_>>();
    assert_eq!(parts(slug(&words(&[30, 29]))), [30, 29]);
    assert_eq!(parts(slug(&words(&[30, 30]))), [30], "a word that would be cut is left out");
    assert_eq!(parts(slug(&words(&[60, 5]))), [60]);
    // Behind a third of what fits it is cut between words, before that within one.
    assert_eq!(parts(slug(&words(&[21, 50]))), [21]);
    assert_eq!(parts(slug(&words(&[20, 50]))), [20, 39]);
}

#[test]
fn names_of_devices_are_no_slugs() {
    for device in ["con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1", "lpt9"] {
        assert_eq!(slug(device), format!("{device}-booklet"));
        assert!(said(&format!("slug = \"{device}\""))[0].starts_with("M013"), "{device}");
    }
    for name in ["com", "com10", "coma", "lpt", "lptx", "cone", "nul-1"] {
        assert_eq!(slug(name), name);
        assert_eq!(good(&format!("slug = \"{name}\"")).identity.slug, name);
    }
    assert_eq!(good(&format!("slug = \"{}\"", "a".repeat(80))).identity.slug.len(), 80);
    assert!(said(&format!("slug = \"{}\"", "a".repeat(81)))[0].starts_with("M013"));
}

/// How many days a month has, told by counting: a day exists if it is not the first of the next month. The count of
/// days since an era is that of Fliegel and Van Flandern (1968), which knows nothing of months' lengths.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let a = (month - 14) / 12;
    (1461 * (year + 4800 + a)) / 4 + (367 * (month - 2 - 12 * a)) / 12 - (3 * ((year + 4900 + a) / 100)) / 4
        + day
        - 32075
}

#[test]
fn days_that_the_calendar_has_are_taken_and_no_others() {
    for year in [1, 4, 1583, 1600, 1700, 1900, 1936, 1999, 2000, 2023, 2024, 2100, 9996, 9999] {
        for month in 1..=12 {
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let days = day_number(next_year, next, 1) - day_number(year, month, 1);
            for day in [1, 15, 28, 29, 30, 31] {
                let date = format!("{year:04}-{month:02}-{day:02}");
                let (manifest, found) = read(&format!("date = {date}"));
                assert_eq!(found.is_empty(), day <= days, "{date}: {found:?}");
                if let Some(date) = manifest.and_then(|manifest| manifest.identity.date) {
                    let read = (i64::from(date.year), i64::from(date.month), i64::from(date.day));
                    assert_eq!(read, (year, month, day));
                }
            }
        }
    }
    for date in ["0000-01-01", "2023-00-10", "2023-13-10", "2023-01-00", "2023-01-32"] {
        assert!(!said(&format!("date = {date}")).is_empty(), "{date}");
    }
    for moment in ["2022-11-01T10:00:00Z", "2022-11-01T10:00:00", "10:00:00"] {
        assert!(said(&format!("date = {moment}"))[0].starts_with("M012: `date` must be a day without"));
    }
}

/// The inks of stencil duplicators as their makers' charts give them for screens.
const INKS: &str = "red Red f15060; scarlet Scarlet c8102e; crimson Crimson a31f34; burgundy Burgundy 914e72; \
    fluorescent-pink Fluorescent_Pink ff48b0; orange Orange ff6c2f; \
    fluorescent-orange Fluorescent_Orange ff7477; sunflower Sunflower ffb511; yellow Yellow ffe800; \
    green Green 00a95c; hunter-green Hunter_Green 407060; teal Teal 00838a; blue Blue 0078bf; \
    medium-blue Medium_Blue 3255a4; federal-blue Federal_Blue 3d5588; purple Purple 765ba7; \
    brown Brown 925f52; slate Slate 5e695e";

/// The inks of a cover with these colours.
fn inks(colours: &str) -> Result<Vec<[u8; 3]>, String> {
    let lines = format!("[cover]\ncolours = [{colours}]");
    let (manifest, found) = read(&lines);
    if found.is_empty() { Ok(manifest.expect("a manifest").cover.inks) } else { Err(said(&lines).join("\n")) }
}

#[test]
fn inks_are_those_of_the_charts() {
    for ink in INKS.split("; ") {
        let [name, plate, digits] = ink.split(' ').collect::<Vec<_>>()[..] else { panic!("{ink}") };
        let rgb = inks(&format!("\"{name}\"")).expect("an ink");
        let whole = u32::from_str_radix(digits, 16).expect("hex").to_be_bytes();
        assert_eq!(rgb, [[whole[1], whole[2], whole[3]]], "{name}");
        assert_eq!(ink_name(rgb[0]), Some(plate.replace('_', " ").as_str()));
        for written in [digits.to_owned(), digits.to_uppercase()] {
            assert_eq!(inks(&format!("\"#{written}\"")).as_ref(), Ok(&rgb), "{written}");
        }
    }
    assert_eq!(ink_name([1, 2, 3]), None);
    let list = inks("\"rde\"").expect_err("no ink");
    let known: Vec<&str> = INKS.split("; ").filter_map(|ink| ink.split(' ').next()).collect();
    assert!(list.contains(&format!("booklet knows {}", known.join(", "))), "{list}");
    assert!(list.contains("did you mean \"red\"?"), "{list}");
}

#[test]
fn three_digits_of_a_colour_are_six() {
    for (short, long) in [("#18f", "#1188ff"), ("#a0c", "#aa00cc"), ("#F02", "#ff0022")] {
        assert_eq!(inks(&format!("\"{short}\"")), inks(&format!("\"{long}\"")));
    }
    assert_eq!(inks("\"#18f\""), Ok(vec![[0x11, 0x88, 0xff]]));
    for bad in ["#", "#1", "#12", "#1234", "#12345", "#1234567", "#12345g", "#xyz", "#12 45"] {
        assert!(inks(&format!("\"{bad}\"")).is_err_and(|found| found.contains("is not a colour")), "{bad}");
    }
}

#[test]
fn an_ink_is_neither_paper_nor_black() {
    // The lightest part tells black, the darkest paper.
    for (colour, trouble) in [
        ("#e8e8e8", Some("as light as paper")),
        ("#ffffe8", Some("as light as paper")),
        ("#ffffe7", None),
        ("#e7e7e7", None),
        ("#181818", Some("is black")),
        ("#000018", Some("is black")),
        ("#190000", None),
        ("#000019", None),
    ] {
        match (inks(&format!("\"{colour}\"")), trouble) {
            (Ok(_), None) => {}
            (Err(found), Some(what)) => assert!(found.contains(what), "{colour}: {found}"),
            (got, _) => panic!("{colour}: {got:?}"),
        }
    }
    assert!(inks("\"black\"").is_err_and(|found| found.contains("black is not a spot ink")));
    assert_eq!(inks("\"red\", \"blue\"").map(|inks| inks.len()), Ok(2));
    assert!(inks("\"red\", \"blue\", \"green\"").is_err_and(|found| found.contains("has 3 inks")));
    assert!(inks("\"red\", \"#f15060\"").is_err_and(|found| found.starts_with("M010")));
    assert_eq!(inks(""), Ok(Vec::new()));
}

#[test]
fn book_numbers_are_told_apart() {
    let isbn = |written: &str| said(&format!("[cover]\nisbn = \"{written}\"")).join("\n");
    for good in [
        "9780306406157",
        "978-0-306-40615-7",
        "ISBN 978-0-306-40615-7",
        "978 0 306 40615 7",
        "978\u{2010}0\u{2011}306 40615-7",
        "979-10-90724-01-3",
    ] {
        assert_eq!(isbn(good), "");
    }
    // Those of ten digits, with what they are in thirteen; the last of the ten may be an X.
    for (ten, thirteen) in [
        ("0-306-40615-2", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("0-8044-2957-x", "9780804429573"),
    ] {
        let found = isbn(ten);
        assert!(found.contains("ten digits") && found.ends_with(thirteen), "{found}");
    }
    for (bad, why) in [
        ("97803064061", "needs thirteen digits"),
        ("X080442957", "needs thirteen digits"),
        ("08044295", "needs thirteen digits"),
        ("080442957Y", "needs thirteen digits"),
        ("97803064061570", "needs thirteen digits"),
        ("9780306406157X", "other signs than digits"),
        ("978.0306406157", "other signs than digits"),
        ("9770306406157", "begin with 978 or 979"),
        ("9880306406157", "begin with 978 or 979"),
        ("8780306406157", "begin with 978 or 979"),
        ("9780306406158", "last digit does not suit"),
    ] {
        assert!(isbn(bad).contains(why), "{bad}: {}", isbn(bad));
    }
    let read = good("[cover]\nisbn = \"ISBN 978-0-306-40615-7\"").cover.isbn.expect("a number");
    assert_eq!(
        (read.written.as_str(), read.digits),
        ("978-0-306-40615-7", [9, 7, 8, 0, 3, 0, 6, 4, 0, 6, 1, 5, 7])
    );
}
