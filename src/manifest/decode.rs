//! Small steps from the TOML tree to values, each of which records what is wrong and goes on.
//!
//! Comes in: a [`DeTable`], the tree of `toml` in which every key and value has its place. Goes out:
//! values with their places. A [`Table`] remembers the keys that it was asked for; [`Table::finish`]
//! then names every key that nobody asked for, with the nearest that someone did. So the keys that are
//! known are written once, where they are read.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned as Placed;
use toml::de::{DeTable, DeValue};

use super::words::list;
use super::{Date, Spanned, measures, places};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Report, SourceId, Span, codes};
use crate::length::Length;

/// A value of the tree.
pub type Value<'a> = Placed<DeValue<'a>>;

/// Longest text of one line that a manifest may give, in characters.
const LONGEST_LINE: usize = 1000;
/// Longest text of several lines.
const LONGEST_TEXT: usize = 20_000;

/// Where findings go, and which source places are in.
pub struct Reader<'r> {
    /// The manifest's text.
    pub source: SourceId,
    /// Where findings go.
    pub report: &'r mut Report,
}

impl Reader<'_> {
    /// A place in the manifest.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { source: self.source, start: Span::byte(range.start), end: Span::byte(range.end) }
    }

    /// Records an error at a place.
    pub fn error(&mut self, span: Span, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        self.report.push(Diagnostic::error(code, message).at(span).hint(hint));
    }

    /// Opens a value as a table named `name`.
    pub fn table<'a>(&mut self, name: &str, value: &'a Value<'a>, example: &str) -> Option<Table<'a>> {
        let span = self.span(value.span());
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(name, entries, span)),
            other => {
                self.wrong(name, "a table", other, span, example);
                None
            }
        }
    }

    /// A string of one line, trimmed, neither empty nor beyond reason.
    pub fn line(&mut self, name: &str, value: &Value<'_>, example: &str) -> Option<Spanned<String>> {
        let text = self.text(name, value, example)?;
        if text.value.contains(['\n', '\r']) {
            self.error(text.span, codes::M016, format!("`{name}` must be one line"), example_hint(example));
            return None;
        }
        if text.value.chars().count() > LONGEST_LINE {
            let message = format!("`{name}` has more than {LONGEST_LINE} characters");
            self.error(text.span, codes::M006, message, example_hint(example));
            return None;
        }
        Some(text)
    }

    /// A path: a line. What TOML made of a backslash in it, such as a line feed of the `\n` in `sub\new.md`,
    /// is told as what it is.
    pub fn path(&mut self, name: &str, value: &Value<'_>, example: &str) -> Option<Spanned<String>> {
        let written = self.report.source(self.source).and_then(|source| source.text.get(value.span()));
        let meant = written.and_then(slashed);
        if let DeValue::String(text) = value.get_ref()
            && (text.trim().contains(char::is_control)
                || (text.starts_with(char::is_control) && meant.is_some()))
        {
            let span = self.span(value.span());
            let hint = meant.unwrap_or_else(|| example_hint(example));
            self.error(span, codes::M016, format!("`{name}` holds a character that no path has"), hint);
            return None;
        }
        self.line(name, value, example)
    }

    /// A string of one or several lines, trimmed, not empty, without characters that no page can show.
    pub fn text(&mut self, name: &str, value: &Value<'_>, example: &str) -> Option<Spanned<String>> {
        let span = self.span(value.span());
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(name, "a text in quotes", value.get_ref(), span, example);
            return None;
        };
        let unseen =
            |c: &char| (c.is_control() && !"\n\r\t".contains(*c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if let Some(c) = text.chars().find(unseen) {
            let message = format!("`{name}` holds the character U+{:04X}, which cannot be printed", c as u32);
            self.error(span, codes::M016, message, "take it out");
            return None;
        }
        let text = text.trim();
        if text.is_empty() {
            self.error(span, codes::M009, format!("`{name}` is empty"), example_hint(example));
            return None;
        }
        if text.chars().count() > LONGEST_TEXT {
            let message = format!("`{name}` has more than {LONGEST_TEXT} characters");
            self.error(span, codes::M006, message, "long texts belong in a chapter");
            return None;
        }
        Some(Spanned { value: text.to_owned(), span })
    }

    /// `true` or `false`.
    pub fn switch(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(on) => Some(*on),
            other => {
                let span = self.span(value.span());
                self.wrong(name, "true or false, without quotes", other, span, &format!("{name} = true"));
                None
            }
        }
    }

    /// A whole number within bounds; the example is one that suits the key.
    pub fn number(
        &mut self,
        name: &str,
        value: &Value<'_>,
        bounds: RangeInclusive<u32>,
        example: u32,
    ) -> Option<u32> {
        let span = self.span(value.span());
        let example = format!("{name} = {example}");
        let DeValue::Integer(digits) = value.get_ref() else {
            self.wrong(name, "a whole number", value.get_ref(), span, &example);
            return None;
        };
        let number = u32::from_str_radix(digits.as_str(), digits.radix()).ok();
        let number = number.filter(|n| bounds.contains(n));
        if number.is_none() {
            let message = format!("`{name}` must be between {} and {}", bounds.start(), bounds.end());
            self.error(span, codes::M006, message, example_hint(&example));
        }
        number
    }

    /// A length within bounds; the example is one that suits the key.
    pub fn length(
        &mut self,
        name: &str,
        value: &Value<'_>,
        bounds: RangeInclusive<Length>,
        example: &str,
    ) -> Option<Spanned<Length>> {
        let length = self.any_length(name, value, example)?;
        if bounds.contains(&length.value) {
            return Some(length);
        }
        self.out_of_bounds(name, value, &bounds, example);
        None
    }

    /// A length.
    pub fn any_length(&mut self, name: &str, value: &Value<'_>, example: &str) -> Option<Spanned<Length>> {
        let span = self.span(value.span());
        let message = match value.get_ref() {
            DeValue::String(text) => match measures::length(text) {
                Ok(value) => return Some(Spanned { value, span }),
                Err(why) => format!("`{name}` is not a length: {why}"),
            },
            other => format!("`{name}` must be a length, but this is {}", kind(other)),
        };
        let hint = format!("a length is a number with pt, mm, cm or in, in quotes: {name} = \"{example}\"");
        self.error(span, codes::M005, message, hint);
        None
    }

    /// Records that a length is out of bounds.
    pub fn out_of_bounds(
        &mut self,
        name: &str,
        value: &Value<'_>,
        bounds: &RangeInclusive<Length>,
        example: &str,
    ) {
        let text = if let DeValue::String(text) = value.get_ref() { text.as_ref() } else { "" };
        let message = format!("`{name}` is {}, out of bounds", clipped(text));
        let bounds = measures::bounds(*bounds.start(), *bounds.end(), text);
        let hint = format!("it may be from {bounds}, for instance {name} = \"{example}\"");
        let span = self.span(value.span());
        self.error(span, codes::M006, message, hint);
    }

    /// One of the words of `T`, whose names are those of its variants.
    pub fn word<T: for<'de> Deserialize<'de>>(&mut self, name: &str, value: &Value<'_>) -> Option<T> {
        let span = self.span(value.span());
        let word = if let DeValue::String(text) = value.get_ref() { text.as_ref() } else { "" };
        let unknown = match T::deserialize(IntoDeserializer::<UnknownWord>::into_deserializer(word)) {
            Ok(value) => return Some(value),
            Err(unknown) => unknown,
        };
        if !matches!(value.get_ref(), DeValue::String(_)) {
            let example = format!("{name} = \"{}\"", unknown.known.first().copied().unwrap_or_default());
            self.wrong(name, "a word in quotes", value.get_ref(), span, &example);
        } else {
            self.unknown_word(name, word, span, unknown.known);
        }
        None
    }

    /// Records that a word is none of those that have a meaning here.
    pub fn unknown_word(&mut self, name: &str, word: &str, span: Span, known: &[&str]) {
        let mut finding =
            Diagnostic::error(codes::M007, format!("`{name}` cannot be “{}”", clipped(word))).at(span);
        if let Some(near) = nearest(word, known.iter().copied()) {
            finding = finding.hint(format!("did you mean “{near}”?"));
        }
        self.report.push(finding.hint(format!("it may be {}", list(known))));
    }

    /// The elements of an array.
    pub fn array<'a>(&mut self, name: &str, value: &'a Value<'a>, example: &str) -> Option<&'a [Value<'a>]> {
        match value.get_ref() {
            DeValue::Array(list) => Some(list),
            other => {
                let span = self.span(value.span());
                self.wrong(name, "a list in square brackets", other, span, example);
                None
            }
        }
    }

    /// A calendar date without a time.
    pub fn date(&mut self, name: &str, value: &Value<'_>) -> Option<Date> {
        const EXAMPLE: &str = "date = 2022-11-01";
        let span = self.span(value.span());
        let DeValue::Datetime(moment) = value.get_ref() else {
            self.wrong(name, "a date without quotes: year, month, day", value.get_ref(), span, EXAMPLE);
            return None;
        };
        let (Some(date), None) = (moment.date, moment.time) else {
            let message = format!("`{name}` must be a day without a time");
            self.error(span, codes::M012, message, example_hint(EXAMPLE));
            return None;
        };
        // The parser takes no day that its month has not, but a year that no calendar has.
        if date.year == 0 {
            self.error(span, codes::M012, format!("there is no day {date}"), example_hint(EXAMPLE));
            return None;
        }
        Some(Date { year: date.year, month: date.month, day: date.day })
    }

    /// Records that a value has the wrong type.
    pub fn wrong(&mut self, name: &str, expected: &str, found: &DeValue<'_>, span: Span, example: &str) {
        let message = format!("`{name}` must be {expected}, but this is {}", kind(found));
        self.error(span, codes::M004, message, example_hint(example));
    }
}

/// A word that no variant has, as serde reports it: with the words that there are.
#[derive(Debug, thiserror::Error)]
#[error("{}", list(.known))]
struct UnknownWord {
    known: &'static [&'static str],
}

impl serde::de::Error for UnknownWord {
    fn custom<T: std::fmt::Display>(_message: T) -> Self {
        Self { known: &[] }
    }
    fn unknown_variant(_variant: &str, expected: &'static [&'static str]) -> Self {
        Self { known: expected }
    }
}

/// A table that is being read.
pub struct Table<'a> {
    /// Its name for messages; empty for the whole manifest.
    name: String,
    entries: BTreeMap<&'a str, (std::ops::Range<usize>, &'a Value<'a>)>,
    /// Where it stands: its header, or its braces.
    pub span: Span,
    asked: Vec<&'static str>,
    /// Keys that must be there and are not, with examples.
    lacking: Vec<(&'static str, String)>,
}

impl<'a> Table<'a> {
    /// Begins to read a table.
    pub fn new(name: &str, entries: &'a DeTable<'a>, span: Span) -> Self {
        let entries = entries.iter().map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value)));
        Self {
            name: name.to_owned(),
            entries: entries.collect(),
            span,
            asked: Vec::new(),
            lacking: Vec::new(),
        }
    }

    /// The value of a key, if the table has it.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value<'a>> {
        self.asked.push(key);
        self.entries.get(key).map(|(_, value)| *value)
    }

    /// The value of a key that must be there; [`Table::finish`] reports it if it is not.
    pub fn need(&mut self, key: &'static str, example: &str) -> Option<&'a Value<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.lacking.push((key, example.to_owned()));
        }
        found
    }

    /// A line of text, if given.
    pub fn line(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        example: &str,
    ) -> Option<Spanned<String>> {
        self.get(key).and_then(|value| reader.line(key, value, example))
    }

    /// A switch; `default` when it is not given or wrong.
    pub fn switch(&mut self, reader: &mut Reader<'_>, key: &'static str, default: bool) -> bool {
        self.get(key).and_then(|value| reader.switch(key, value)).unwrap_or(default)
    }

    /// A word; `default` when it is not given or wrong.
    pub fn word<T>(&mut self, reader: &mut Reader<'_>, key: &'static str, default: T) -> T
    where
        T: for<'de> Deserialize<'de>,
    {
        self.get(key).and_then(|value| reader.word(key, value)).unwrap_or(default)
    }

    /// Names every key that nobody asked for, and every key that is lacking, unless it stands there
    /// mistyped.
    pub fn finish(mut self, reader: &mut Reader<'_>) {
        for (key, (range, _)) in &self.entries {
            if self.asked.contains(key) {
                continue;
            }
            let span = reader.span(range.clone());
            let message = format!("{} has no key `{}`", self.called(), clipped(key));
            let mut finding = Diagnostic::error(codes::M002, message).at(span);
            let place = places::place_of(key, &self.name);
            match nearest(key, self.asked.iter().copied()) {
                _ if place.is_some() => finding = place.into_iter().fold(finding, Diagnostic::hint),
                Some(near) => {
                    finding = finding.hint(format!("did you mean `{near}`?"));
                    self.lacking.retain(|(lacking, _)| *lacking != near);
                }
                None => finding = finding.hint(format!("it knows {}", self.asked.join(", "))),
            }
            reader.report.push(finding);
        }
        for (key, example) in &self.lacking {
            let message = format!("{} lacks the key `{key}`", self.called());
            reader.error(self.span, codes::M003, message, format!("add it, for instance: {example}"));
        }
    }

    /// The table in a sentence.
    fn called(&self) -> String {
        if self.name.is_empty() { "the manifest".to_owned() } else { format!("`{}`", self.name) }
    }
}

/// A hint that shows how it is written.
pub fn example_hint(example: &str) -> String {
    format!("write it like this: {example}")
}

/// How a path in quotes is written that has backslashes, as a hint; none if it looks like no path.
pub fn slashed(written: &str) -> Option<String> {
    let path = written.trim_matches('"');
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let drive = path.as_bytes().get(1) == Some(&b':');
    let is_ending = |e: &str| (1..=8).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    if !path.contains('\\') || path.contains(['\n', '"']) || !(is_ending(ending) || drive) {
        return None;
    }
    if drive || path.starts_with('\\') {
        return Some(
            "write the path from the booklet's own folder, with “/”: \"pictures/one.png\"".to_owned(),
        );
    }
    let path = path.replace("\\\\", "/").replace('\\', "/");
    Some(format!(
        "a backslash in quotes has a meaning of its own, and paths have “/”: write {}",
        clipped(&path)
    ))
}

/// A word of the manifest for a message; a very long one is cut.
pub fn clipped(word: &str) -> String {
    let mut short: String = word.chars().take(60).collect();
    if short.len() < word.len() {
        short.push('…');
    }
    short
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
