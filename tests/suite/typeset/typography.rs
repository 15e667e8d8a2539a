//! The finer points: languages, small capitals, figures, drop capitals, epigraphs, ornaments, notes of
//! every kind. Dumps of pages in `golden/pages/`, of XHTML in `golden/xhtml/` (`BLESS=1` rewrites them), and
//! what must hold whatever the text.

use booklet::epub;
use booklet::length::Length;
use booklet::manifest::{Figures, Headings, Typography};
use booklet::typeset::frame::{Item, Owner, Run};

use super::pages::{PLAIN, Set, golden, runs, set};
use crate::epub::book::{options, text_of};
use crate::epub::xhtml::check;

fn with(keys: &str) -> String {
    format!("{PLAIN}{keys}")
}

/// The runs of the text, in order.
fn all(set: &Set) -> Vec<&Run> {
    set.body().flat_map(|(_, page)| runs(page)).map(|(run, ..)| run).collect()
}

fn run<'s>(set: &'s Set, words: &str) -> &'s Run {
    all(set).into_iter().find(|run| run.text.contains(words)).unwrap_or_else(|| panic!("no run says {words}"))
}

const LANGUAGES: &str = "She called it *le [mot \"juste\" !]{lang=fr}*, and [\"das Wort\"]{lang=de}.\n\n\
                         \"Un paragraphe\" entier. {lang=fr}\n\n> \"Una cita.\"\n>\n> -- Alguien {lang=es}\n";

#[test]
fn languages() {
    golden("languages", PLAIN, LANGUAGES);
}

#[test]
fn runs_name_their_language() {
    let set = set(PLAIN, &[("one.md", LANGUAGES)]);
    assert_eq!(run(&set, "juste").language, Some("fr".into()));
    assert_eq!(run(&set, "Wort").language, Some("de".into()));
    assert_eq!(run(&set, "cita").language, Some("es".into()));
    assert_eq!(run(&set, "called").language, None);
}

/// A page so narrow that long words must be divided.
const NARROW: &str = "[design]\ntitle-page = false\ncontents = false\npage = { width = \"72mm\", height = \"140mm\" }\n\
                      margins = { inner = \"8mm\", outer = \"8mm\", top = \"10mm\", bottom = \"20mm\" }\n";

/// The words that lines end in the middle of, up to the hyphen.
fn divided(set: &Set) -> Vec<String> {
    let ends = all(set).into_iter().filter_map(|run| run.text.strip_suffix('\u{ad}'));
    ends.map(|text| text.rsplit(' ').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn words_are_divided_by_the_rules_of_their_language() {
    let text = |tag: &str| {
        let word = "Zusammenarbeitsvereinbarung";
        format!("x [{word} {word} {word} {word}]{{lang={tag}}}\n")
    };
    let german = divided(&set(NARROW, &[("one.md", &text("de"))]));
    let places = [
        "Zu",
        "Zusam",
        "Zusammen",
        "Zusammenar",
        "Zusammenarbeits",
        "Zusammenarbeitsver",
        "Zusammenarbeitsverein",
        "Zusammenarbeitsvereinba",
    ];
    assert!(!german.is_empty() && german.iter().all(|end| places.contains(&end.as_str())), "{german:?}");
    let none = divided(&set(NARROW, &[("one.md", &text("zxx"))]));
    assert!(none.is_empty(), "a language without patterns is not divided: {none:?}");
}

#[test]
fn the_manifest_says_where_words_are_divided() {
    let text = "Confederation confederation confederation confederation confederation.\n";
    let of = |keys: &str| divided(&set(&format!("{NARROW}{keys}"), &[("one.md", text)]));
    let own = of("hyphenation = [\"confedera-tion\"]\n");
    assert!(!own.is_empty() && own.iter().all(|end| end.to_lowercase() == "confedera"), "{own:?}");
    assert!(of("hyphenation = [\"confederation\"]\n").is_empty(), "a word without hyphens stays whole");
    let other = of("hyphenation = { fr = [\"confederation\"] }\n");
    assert!(!other.is_empty(), "a list for another language changes nothing");
    assert!(of("hyphenation = { en = [\"confederation\"] }\n").is_empty());
}

#[test]
fn soft_hyphens_are_obeyed() {
    let text = "Confed\u{ad}eration confed\u{ad}eration confed\u{ad}eration confed\u{ad}eration.\n";
    let ends = divided(&set(NARROW, &[("one.md", text)]));
    assert!(!ends.is_empty() && ends.iter().all(|end| end.to_lowercase() == "confed"), "{ends:?}");
}

#[test]
fn small_capitals_are_other_letters_with_the_same_text() {
    let text = "word word.\n\n[word word]{.smallcaps}.\n\n[CNT]{.smallcaps} CNT [Cnt]{.smallcaps}\n";
    let set = set(PLAIN, &[("one.md", text)]);
    let found: Vec<&Run> = all(&set).into_iter().filter(|run| run.text.contains("word")).collect();
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].glyphs[0].id, found[1].glyphs[0].id, "small capitals are glyphs of their own");
    let letter = |run: &Run| {
        let at = run.text.find(['C', 'c'])? as u32;
        run.glyphs.iter().find(|glyph| glyph.cluster == at).map(|glyph| glyph.id)
    };
    let named = all(&set).into_iter().filter(|run| run.text.to_lowercase().contains("cnt"));
    let capitals: Vec<u16> = named.filter_map(letter).collect();
    assert_eq!(capitals.len(), 3);
    assert_ne!(capitals[0], capitals[1], "capitals alone become small too");
    assert_eq!(capitals[1], capitals[2], "beside small letters they stay");
}

#[test]
fn figures_are_old_style_in_text_and_lining_in_tables() {
    let text = "In 1936.\n\n| 1936 |\n|---|\n| 1936 |\n";
    let glyphs = |keys: &str| -> Vec<Vec<u16>> {
        let set = set(&with(keys), &[("one.md", text)]);
        let years = all(&set).into_iter().filter(|run| run.text.contains("1936"));
        years
            .map(|run| {
                run.glyphs
                    .iter()
                    .rev()
                    .skip_while(|g| !run.text[g.cluster as usize..].starts_with('6'))
                    .take(4)
                    .map(|g| g.id)
                    .collect()
            })
            .collect()
    };
    let (lining, old) = (glyphs("figures = \"lining\"\n"), glyphs("figures = \"old-style\"\n"));
    assert_ne!(lining[0], old[0], "text");
    assert_eq!(lining[2], old[2], "table");
    assert_eq!(glyphs(""), old, "a book has old-style figures");
    let modern = |keys: &str| glyphs(&format!("preset = \"modern\"\n{keys}"));
    assert_eq!(modern(""), modern("figures = \"lining\"\n"), "a sans serif has lining ones");
}

#[test]
fn letters_of_turkish_are_not_joined() {
    let glyphs = |tag: &str| {
        let set = set(PLAIN, &[("one.md", &format!("x [fikir]{{lang={tag}}}\n"))]);
        run(&set, "fikir").glyphs.len()
    };
    assert_eq!(glyphs("it"), 4, "a ligature of f and i");
    assert_eq!(glyphs("tr"), 5);
    assert_eq!(glyphs("az"), 5);
}

#[test]
fn capitals_take_marks_that_suit_them() {
    let hyphen = |text: &str| {
        let set = set(PLAIN, &[("one.md", text)]);
        let run = run(&set, "-");
        let at = run.text.find('-').expect("a hyphen") as u32;
        run.glyphs.iter().find(|glyph| glyph.cluster == at).expect("its glyph").id
    };
    assert_ne!(hyphen("## THE CNT-FAI\n"), hyphen("## The CNT-FAI\n"), "a hyphen at the height of capitals");
}

const OPENING: &str = "# Title\n\n\"Anarchism is not a theory of the future, but a living force in the affairs of our life, \
                       constantly creating new conditions, and it does not comprise an iron-clad programme to be carried out \
                       under all circumstances.\"[^n] It is the spirit of revolt, in whatever form, against everything that \
                       hinders human growth.\n\nMore.\n\n[^n]: A note.\n";

#[test]
fn drop_capitals() {
    golden("drop-capitals", &with("drop-caps = 3\n"), OPENING);
}

#[test]
fn a_drop_capital_stands_on_the_grid_and_is_level_with_the_capitals() {
    for lines in 2..=4 {
        let set = set(&with(&format!("drop-caps = {lines}\n")), &[("one.md", OPENING)]);
        let page = set.body().next().expect("a page").1;
        let of = |text: &str| {
            let found = page.items.iter().find_map(|i| match &i.item {
                Item::Run(run) if run.text.contains(text) => Some((run, i.at)),
                _ => None,
            });
            found.unwrap_or_else(|| panic!("{text} with {lines} lines"))
        };
        let ((letter, at), (first, beside)) = (of("A"), of("narchism"));
        assert_eq!(letter.text.as_ref(), "A");
        assert_eq!(at.y, beside.y + set.style.text.leading * (lines - 1), "its foot is on a baseline");
        let metrics = set.pages.faces.get(letter.face).metrics;
        let cap = |size: Length| size.scale(metrics.cap_height.into(), metrics.upem.into());
        let head = at.y - cap(letter.size) - (beside.y - cap(first.size));
        assert!(head.0.abs() < 64, "its head is level with the capitals: {head}");
        let (quote, hung) = of("“");
        assert_eq!((quote.size, hung.y), (first.size, beside.y), "the quotation mark keeps its size");
        assert!(hung.x < at.x);
        let words: String = all(&set).iter().map(|run| run.text.as_ref()).collect();
        assert!(words.contains("“Anarchism is not a theory of the future"), "{words}");
    }
}

#[test]
fn short_openings_have_no_drop_capital() {
    let keys = with("drop-caps = true\n");
    for text in [
        "One line.\n",
        "- A list\n",
        "*Emphasis* that is quite long. \n",
        "1936 was a year.\n",
        "## Heading\n\nText.\n",
    ] {
        let plain = set(PLAIN, &[("one.md", text)]);
        let dropped = set(&keys, &[("one.md", text)]);
        let of = |set: &Set| all(set).iter().map(|run| (run.text.to_string(), run.size)).collect::<Vec<_>>();
        assert_eq!(of(&plain), of(&dropped), "{text}");
    }
}

#[test]
fn epigraphs_and_bylines() {
    golden(
        "epigraphs",
        PLAIN,
        "# Title\n\nBy *Emma* Goldman {.byline}\n\n> The urge to destroy is also a creative urge, and so it goes on for as \
         long as anybody reads it.\n>\n> -- Bakunin {.epigraph}\n\nText.\n\nThe end.\n\nToronto, 1936 {.byline}\n\nE. G. {.byline}\n",
    );
}

#[test]
fn headings_in_small_capitals() {
    golden(
        "small-cap-headings",
        &with("headings = \"small-caps\"\n"),
        "# A Title\n\n## Two\n\nB.\n\n### Three\n\nC.\n\n#### Four\n\nD.\n\n##### Five\n\nE.\n\n###### Six\n\nF.\n",
    );
}

#[test]
fn a_list_under_a_title_needs_no_space_of_its_own() {
    let first = |text: &str| {
        let set = set(PLAIN, &[("one.md", &format!("# Title\n\n{text}\n"))]);
        let page = set.body().next().expect("a page").1;
        runs(page).find(|(run, ..)| run.text.contains("words")).expect("text").1
    };
    assert_eq!(first("words"), first("- words"));
    assert_eq!(first("words"), first("> words"));
}

#[test]
fn figures() {
    golden(
        "figures",
        PLAIN,
        "A.\n\n![An alternative](picture.png \"A caption, of the year 1936\")\n\nB ![Small](picture.png) in a line.\n",
    );
}

#[test]
fn headings_are_bold_where_there_are_no_small_capitals() {
    let of = |keys: &str| {
        let set = set(&with(&format!("preset = \"modern\"\n{keys}")), &[("one.md", "## Head\n\nText.\n")]);
        let head = run(&set, "Head").clone();
        (head.face, head.size)
    };
    assert_eq!(of("headings = \"small-caps\"\n"), of(""));
}

#[test]
fn the_numbers_of_notes_never_touch_their_text() {
    let marks: String = (0..120).map(|n| format!("a[^{n}] ")).collect();
    let notes: String = (0..120).map(|n| format!("[^{n}]: Note.\n")).collect();
    for preset in ["classic", "modern", "large-print", "dyslexia-friendly"] {
        let set =
            set(&with(&format!("preset = \"{preset}\"\n")), &[("one.md", &format!("{marks}\n\n{notes}"))]);
        for (_, page) in set.body() {
            let at = |text: &str| {
                let found = page.items.iter().filter_map(|i| match &i.item {
                    Item::Run(run) if run.text.as_ref() == text && run.size == set.style.note.size => {
                        Some((i.at, run.width))
                    }
                    _ => None,
                });
                found.collect::<Vec<_>>()
            };
            for (number, width) in (100..=120).flat_map(|n| at(&n.to_string())) {
                let found = at("Note.").into_iter().find(|(text, _)| text.y == number.y);
                let (text, _) = found.expect("its text");
                assert!(text.x - number.x - width >= set.style.note.size / 5, "{preset}");
            }
        }
    }
}

#[test]
fn ornaments_of_ones_own() {
    let set = set(&with("ornament = \"⁂\"\n"), &[("one.md", "A.\n\n***\n\nB.\n")]);
    assert_eq!(run(&set, "⁂").text.as_ref(), "⁂");
}

#[test]
fn turned_code_is_marked() {
    golden(
        "turned-code",
        PLAIN,
        "```\nlet a_long_line = that(\"is so long that it has to turn over at the end of the line\");\nshort();\n```\n",
    );
}

const NOTES: &str = "# Title[^t]\n\nOne.[^a][^b] Two[^c] three[^d] four,[^e] five;[^f] six.[^g] Again.[^a]\n\n## Head[^h]\n\n\
                     | A[^i] | B |\n|---|---|\n| c[^j] | d |\n\n- item[^k]\n\n> quoted[^l]\n\n\
                     [^t]: In a title.\n[^a]: First.[^n]\n[^b]: A list:\n\n    - one[^o]\n    - two\n\n    1. in order\n\n    Then text.\n\
                     [^c]: c\n[^d]: > quoted\n[^e]: e `code`\n[^f]: | A | B |\n    |---|---|\n    | 1 | 2 |\n[^g]: g\n[^h]: h\n[^i]: i\n[^j]: j\n[^k]: k\n[^l]: l\n\
                     [^n]: In a note.\n[^o]: In the list of a note.\n";

#[test]
fn notes_of_every_kind() {
    golden("notes-of-every-kind", PLAIN, NOTES);
    golden("notes-symbols", &with("note-marks = \"symbols\"\n"), NOTES);
}

#[test]
fn a_long_note_goes_on_under_a_longer_rule() {
    let sentence = "This note is long, and it goes on. ";
    let text = format!("A.[^n]\n\n{}\n\n[^n]: {}\n", "Text of the page. ".repeat(60), sentence.repeat(120));
    let set = set(PLAIN, &[("one.md", &text)]);
    let rules: Vec<Vec<Length>> = set
        .body()
        .map(|(_, page)| {
            let fills = page.items.iter().filter_map(|i| match i.item {
                Item::Fill { size, .. } if i.owner == Owner::Artefact => Some(size.width),
                _ => None,
            });
            fills.collect()
        })
        .collect();
    let measure = set.style.measure();
    assert!(rules.len() > 1, "the note runs over its page");
    assert_eq!(rules[0], [measure.scale(25, 100)]);
    assert_eq!(rules[1], [measure.scale(50, 100)], "the rule over what goes on is longer");
    let said: String = all(&set).iter().map(|run| run.text.as_ref()).collect();
    let goes = said.replace('\u{ad}', "").matches("goes on.").count();
    assert_eq!(goes, 120, "nothing is lost or said twice");
}

#[test]
fn notes_are_counted_as_the_manifest_says() {
    let chapter = "One.[^a] Two.[^b] Three.[^c] Four.[^d] Five.[^e] Six.[^f] Seven.[^g]\n\n\
                   [^a]: a\n[^b]: b\n[^c]: c\n[^d]: d\n[^e]: e\n[^f]: f\n[^g]: g\n";
    let files = [("one.md", chapter), ("two.md", chapter)];
    let marks = |keys: &str| {
        let set = set(&with(keys), &files);
        set.document.notes.iter().map(|note| note.mark.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(marks(""), "1 2 3 4 5 6 7 8 9 10 11 12 13 14");
    assert_eq!(marks("note-numbers = \"chapter\"\n"), "1 2 3 4 5 6 7 1 2 3 4 5 6 7");
    assert_eq!(marks("note-marks = \"symbols\"\n"), "* † ‡ § ‖ ¶ ** * † ‡ § ‖ ¶ **");
    // Where they stand together, each group says whose it is.
    let files = [
        ("one.md", "# First part\n\nA.[^a]\n\n[^a]: a\n"),
        ("two.md", "# Second part\n\nB.[^a]\n\n[^a]: b\n"),
    ];
    let heads = |keys: &str| {
        let set = set(&with(keys), &files);
        let last = set.body().last().expect("notes").1;
        runs(last).filter(|(run, ..)| run.text.contains("part")).count()
    };
    assert_eq!(heads("notes = \"end\"\nnote-numbers = \"chapter\"\n"), 2);
    assert_eq!(heads("notes = \"end\"\n"), 0);
}

/// A chapter of an EPUB.
fn epub_of(manifest: &str, typography: &Typography, text: &str, file: &str) -> String {
    let set = set(manifest, &[("one.md", text)]);
    let bytes = epub::write(&set.document, &epub::EpubOptions { typography, ..options() }).expect("an EPUB");
    let text = text_of(&bytes, &format!("OEBPS/{file}"));
    match text.split_once("<body>\n") {
        Some((_, body)) => body.split_once("</body>").expect("an end").0.to_owned(),
        None => text,
    }
}

#[test]
fn the_epub_says_it_too() {
    let fine = Typography {
        figures: Figures::OldStyle,
        headings: Headings::SmallCaps,
        drop_caps: Some(3),
        ornament: Some("\"⁂\\".to_owned()),
        ..Typography::DEFAULT
    };
    let text = "# Le titre {lang=fr}\n\nBy *Emma* Goldman {.byline}\n\n> Motto.\n>\n> -- Who {.epigraph}\n\nThe opening and *le [mot]{lang=fr}* \
                and [small caps]{.smallcaps} of the [CNT]{.smallcaps}.[^a][^b]\n\nMore.\n\n[^a]: A.\n[^b]: - B.\n";
    check("typography", &epub_of(PLAIN, &fine, text, "one.xhtml"));
    check("notes-symbols", &epub_of(&with("note-marks = \"symbols\"\n"), &fine, text, "notes.xhtml"));
    let css = epub_of(PLAIN, &fine, text, "stylesheet.css");
    for rule in
        ["oldstyle-nums", "font-variant: small-caps", ".dropcap::first-letter", "hr::before { content: \"⁂\""]
    {
        assert!(css.contains(rule), "{rule}");
    }
    let plain = epub_of(PLAIN, &Typography::DEFAULT, text, "stylesheet.css");
    for rule in ["oldstyle-nums", "first-letter", "⁂"] {
        assert!(!plain.contains(rule), "{rule}");
    }
}

#[test]
fn brackets_and_braces_without_end_cost_no_more_than_their_length() {
    let texts = [
        "[".repeat(40_000),
        "]{".repeat(20_000),
        "[a]{lang=fr}".repeat(8_000),
        "[a]{.b}".repeat(400),
        "{lang=fr}\n\n".repeat(4_000),
        format!("A.\n\n{}", "{lang=fr}\n\n".repeat(4_000)),
        format!("> A. {}", "{.epigraph} ".repeat(4_000)),
        format!("A{}\n\n[^a]: a\n", "[^a]".repeat(10_000)),
        format!("{}a{}", "*[".repeat(5_000), "]{lang=fr}*".repeat(5_000)),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let document = crate::input::texts::read("en", &[("a.md", &text)]).0;
        let taken = start.elapsed();
        assert!(document.nodes > 0);
        assert!(taken.as_secs() < 5, "{:.40}… took {taken:?}", text);
    }
}
