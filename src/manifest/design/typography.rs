//! The finer points of `[design]`: figures, capitals, notes' marks, ornaments, words divided by hand.

use serde::Deserialize;
use toml::de::DeValue;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::Language;
use crate::manifest::decode::{Reader, Table, Value, clipped};

/// Which figures text is set in; tables always have lining ones of one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figures {
    /// As high as capitals.
    Lining,
    /// With ascenders and descenders, like small letters.
    OldStyle,
}

/// What headings look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Headings {
    /// Weight before size.
    Bold,
    /// Letter-spaced small capitals, nothing bold.
    SmallCaps,
}

/// How notes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteNumbers {
    /// Through the whole booklet.
    Running,
    /// From one in every chapter.
    Chapter,
}

/// What stands for a note in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteMarks {
    /// 1, 2, 3 …
    Numbers,
    /// \*, †, ‡ …, from the first in every chapter.
    Symbols,
}

/// A word whose hyphens say where it may be divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyphenated {
    /// The language it belongs to; none for the booklet's.
    pub language: Option<Language>,
    /// As written: `an-archism`.
    pub word: String,
}

/// The finer points of a design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typography {
    /// Figures in text.
    pub figures: Figures,
    /// What headings look like.
    pub headings: Headings,
    /// Lines that a chapter's first letter reaches down; none for a letter like the others.
    pub drop_caps: Option<u32>,
    /// What stands between parts of the text; none for three asterisks.
    pub ornament: Option<String>,
    /// How notes are counted.
    pub note_numbers: NoteNumbers,
    /// What stands for a note.
    pub note_marks: NoteMarks,
    /// Words divided by hand.
    pub hyphenation: Vec<Hyphenated>,
}

impl Typography {
    /// What a manifest gets that says nothing.
    pub const DEFAULT: Self = Self {
        figures: Figures::Lining,
        headings: Headings::Bold,
        drop_caps: None,
        ornament: None,
        note_numbers: NoteNumbers::Running,
        note_marks: NoteMarks::Numbers,
        hyphenation: Vec::new(),
    };
}

/// Reads the keys out of `[design]`.
pub fn read(table: &mut Table<'_>, reader: &mut Reader<'_>, default: Typography) -> Typography {
    let drop_caps = match table.get("drop-caps") {
        Some(value) => drop_caps(value, reader),
        None => default.drop_caps,
    };
    let hyphenation = match table.get("hyphenation") {
        Some(value) => hyphenation(value, reader),
        None => default.hyphenation,
    };
    Typography {
        figures: table.word(reader, "figures", default.figures),
        headings: table.word(reader, "headings", default.headings),
        drop_caps,
        ornament: table
            .line(reader, "ornament", "ornament = \"⁂\"")
            .map(|line| line.value)
            .or(default.ornament),
        note_numbers: table.word(reader, "note-numbers", default.note_numbers),
        note_marks: table.word(reader, "note-marks", default.note_marks),
        hyphenation,
    }
}

/// `true`, or over how many lines: two to four.
fn drop_caps(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    const LINES: std::ops::RangeInclusive<u32> = 2..=4;
    const USUAL: u32 = 3;
    match value.get_ref() {
        DeValue::Boolean(on) => on.then_some(USUAL),
        DeValue::Integer(_) => reader.number("drop-caps", value, LINES, USUAL),
        other => {
            let span = reader.span(value.span());
            reader.wrong("drop-caps", "true, false, or how many lines", other, span, "drop-caps = 3");
            None
        }
    }
}

/// A list of words of the booklet's language, or a table with a list for each language.
fn hyphenation(value: &Value<'_>, reader: &mut Reader<'_>) -> Vec<Hyphenated> {
    const EXAMPLE: &str = "hyphenation = [\"anar-chism\"]";
    let mut words = Vec::new();
    let mut list = |value: &Value<'_>, language: Option<&Language>, reader: &mut Reader<'_>| {
        for item in reader.array("hyphenation", value, EXAMPLE).unwrap_or_default() {
            let Some(word) = reader.line("hyphenation", item, EXAMPLE) else { continue };
            let whole = word.value.split('-').all(|part| !part.is_empty() && part.chars().all(letter));
            if whole {
                words.push(Hyphenated { language: language.cloned(), word: word.value });
            } else {
                let message = format!("“{}” is not one word with hyphens in it", clipped(&word.value));
                let hint =
                    "write the word in letters, with a hyphen wherever it may be divided: \"anar-chism\"";
                reader.error(word.span, codes::M017, message, hint);
            }
        }
    };
    let DeValue::Table(languages) = value.get_ref() else {
        list(value, None, reader);
        return words;
    };
    for (key, value) in languages.iter() {
        match Language::parse(key.get_ref()) {
            Ok(language) => list(value, Some(&language), reader),
            Err(why) => {
                let span = reader.span(key.span());
                let message = format!("“{}” is not a language tag", clipped(key.get_ref()));
                reader.report.push(Diagnostic::error(codes::M011, message).at(span).hint(why.to_string()));
            }
        }
    }
    words
}

/// Letters and the marks on them.
fn letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}
