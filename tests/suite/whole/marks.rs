//! Orthography in every language, on texts put together by chance from all that its rules know of: the sum of what
//! comes out. Whole chapters too, in which marks stand in stress, links, notes, verse and words of other languages.

use std::fmt::Write;

use booklet::document::dump;
use booklet::document::orthography::apply_plain;

use super::golden;
use crate::input::texts::{findings, read};

/// Chance that is the same every time (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What stands before a word, or alone.
const BEFORE: &[&str] = &[
    "", "", "", "", "\"", "\"", "\" ", "'", "'", "(", "[", "«", "« ", "“", "„", "‚", "‘", "‹", "»", "›",
    "'\"", "\"'", "-", "--", "—", "–", "– ", "¿", "/", ".", "…", "\u{a0}",
];

/// Words, numbers, and what is no whole word.
const WORDS: &[&str] = &[
    "a",
    "mot",
    "Wort",
    "Z.",
    "J.-J.",
    "P.",
    "é",
    "Été",
    "œuf",
    "l'",
    "d’",
    "L' ",
    "lorsqu'",
    "dell'",
    "un'",
    "t'",
    "n'",
    "don't",
    "n",
    "tis",
    "em",
    "n°",
    "nº",
    "p.",
    "S.",
    "č.",
    "nr",
    "№",
    "стр.",
    "§",
    "v",
    "z",
    "i",
    "в",
    "и",
    "же",
    "бы",
    "5",
    "12",
    "1936",
    "1939",
    "39",
    "45",
    "100",
    "39",
    "000",
    "1 000",
    "30 000 000",
    "05",
    "7%",
    "7 %",
    "5 ‰",
    "km",
    "kWh",
    "€",
    "90s",
    "90",
    "1936-1939",
    "1936-39",
    "12-15",
    "15-12",
    "p.12-15",
    "12-15.",
    "12-15.5",
    "555-1234",
    "9-10",
    "99-100",
    "3.5",
    "1,5",
    "a.b",
    "15:42",
    "and",
    "und",
    "или",
    "pre-",
    "Vor-",
    "x",
    "°",
    "°C",
    "2022-11-01",
];

/// What stands behind a word.
const AFTER: &[&str] = &[
    "", "", "", "", "\"", "\"", " \"", "'", "'", ")", "]", "»", " »", "”", "“", "’", "‘", "›", "‹", ".", ",",
    ";", ":", "!", "?", " ;", " :", " !", " ?", " ?!", "...", "....", ".....", " ...", "…", ".\"", "\".",
    "\",", " \".", "!\"", "?'\"", "%", " %", " )", ":)", " :)", "-", "--", "@", "_", "+", " .", " ,",
];

/// What stands between words.
const BETWEEN: &[&str] = &[
    " ", " ", " ", " ", " ", " ", "  ", " - ", " -- ", "--", "---", " --- ", "- ", " -", " – ", " — ", "—",
    "\u{a0}", "\u{202f}", "\t", "", "\n",
];

/// A text of some words.
fn text(chance: &mut Chance) -> String {
    let mut out = String::new();
    for _ in 0..1 + chance.below(9) {
        for of in [BEFORE, WORDS, AFTER, BETWEEN] {
            out += chance.one(of);
        }
    }
    out
}

const LANGUAGES: &[&str] = &[
    "en", "fr", "fr-CH", "fr-CA", "de", "de-CH", "es", "es-MX", "it", "ca", "pt", "pt-BR", "el", "ru", "uk",
    "cs", "pl", "sv", "da", "hu", "nb", "xx",
];

/// How many.
const TEXTS: usize = 1500;

#[test]
fn texts_are_set_as_they_were() {
    let mut chance = Chance(1936);
    let texts: Vec<String> = (0..TEXTS).map(|_| text(&mut chance)).collect();
    let mut out = String::new();
    for language in LANGUAGES {
        let tag = (*language).into();
        let _ = writeln!(out, "== {language}");
        for text in &texts {
            let set = apply_plain(text, &tag).replace('\u{a0}', "~").replace('\u{202f}', "_");
            let _ = writeln!(out, "{}\n  {}", text.escape_debug(), set.escape_debug());
        }
    }
    // One sum for each language.
    golden("marks", &out, TEXTS * 2 + 1);
}

/// A run of words in markup.
fn run(chance: &mut Chance) -> String {
    let mut out = String::new();
    for _ in 0..1 + chance.below(4) {
        let inner = text(chance).replace(['\n', '[', ']', '<', '*', '_', '`', '~', '|', '@'], " ");
        let inner = inner.trim();
        out += &match chance.below(14) {
            0 => format!("*{inner}*"),
            1 => format!("**{inner}**"),
            2 => "`\"c\"`".to_owned(),
            3 => format!("[{inner}](#a)"),
            4 => "<https://example.org/'a'>".to_owned(),
            5 => format!("[{inner}]{{lang=fr}}"),
            6 => format!("[ {inner} ]{{lang=de}}"),
            7 => format!("{inner}[^n]"),
            8 => format!("[www.'{inner}'](https://example.org/b)"),
            9 => format!("[{inner}]{{.smallcaps}}"),
            _ => inner.to_owned(),
        };
        out += chance.one(&["", " ", " ", " \"", "\" ", "'", "\u{a0}"]);
    }
    out
}

/// A chapter of blocks of every kind.
fn chapter(chance: &mut Chance) -> String {
    let mut out = "# A \"heading\" {#a}\n\n".to_owned();
    for _ in 0..14 {
        let run = |chance: &mut Chance| run(chance);
        out += &match chance.below(12) {
            0 => format!("x \"{}\\\n{}\\\n{}", run(chance), run(chance), run(chance)),
            1 => format!("> \"{}\n>\n> \"{}", run(chance), run(chance)),
            2 => format!("- {}\n- \"{}\n\n  \"{}", run(chance), run(chance), run(chance)),
            3 => format!("Term \"a\"\n: {}", run(chance)),
            4 => format!("| \"{} | b |\n|---|---|\n| c | {}\" |", run(chance), run(chance)),
            // Quotations over several paragraphs.
            5 => format!("\"{}\n\n\"{}\n\n\"{}\"", run(chance), run(chance), run(chance)),
            6 => format!("«{}\n\n«{}\n\n«{}»", run(chance), run(chance), run(chance)),
            7 => format!("“{}\n\n“{}”", run(chance), run(chance)),
            8 => format!("„{}\n\n„{}\\\n“{}“", run(chance), run(chance), run(chance)),
            9 => format!("\"{}\n\n\"{}\\\n{}\"", run(chance), run(chance), run(chance)),
            _ => format!("x {}", run(chance)),
        };
        out += "\n\n";
    }
    out + &format!("[^n]: Note, \"{}\n", run(chance))
}

#[test]
fn chapters_are_set_as_they_were() {
    let mut chance = Chance(1917);
    let mut out = String::new();
    for language in ["en", "fr", "de", "es", "ru", "cs"] {
        for _ in 0..25 {
            let chapter = chapter(&mut chance);
            let (document, report) = read(language, &[("a.md", &chapter)]);
            let _ = writeln!(out, "{chapter}\n----\n{}", dump(&document));
            for (finding, found) in findings(&report).into_iter().zip(report.diagnostics()) {
                let place = found.span.map(|span| (span.start, span.end));
                let _ = writeln!(out, "! {finding} {place:?}");
            }
        }
    }
    golden("chapters", &out, 500);
}
