//! Findings as text for people: file, line, column, the line, a caret, the hint.
//!
//! Comes in: a [`Report`]. Goes out: text for the terminal. What people wrote may hold anything, so
//! every character that could steer a terminal or reorder the line is shown as a harmless one, and long
//! lines are cut around the caret. The order is that of the sources and of the places in them, whatever
//! the order in which stages and threads found the mistakes.

use std::collections::BTreeMap;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::{Diagnostic, Report, Severity, SourceId};

/// Most findings that are shown; the rest is counted.
const MOST: usize = 200;
/// Columns of a line shown before the caret, and in all.
const BEFORE: usize = 50;
const ACROSS: usize = 100;

/// What is coloured, and how.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Blue.on_default().bold();
const FRAME: Style = NOTE;
const MESSAGE: Style = Style::new().bold();

/// All findings as text, in order; empty when there are none.
pub fn render(report: &Report, colour: bool) -> String {
    let mut page = Page { colour, text: String::new(), locator: Locator::default() };
    let sorted = sorted(report);
    for finding in sorted.iter().take(MOST) {
        page.finding(report, finding);
    }
    if sorted.len() > MOST {
        let more = match sorted.len() - MOST {
            1 => "1 more that is".to_owned(),
            n => format!("{n} more that are"),
        };
        let _ = writeln!(page.text, "… and {more} not shown here\n");
    }
    page.text
}

/// How many errors and warnings there are: `2 errors, 1 warning`. Empty when there are none.
pub fn tally(report: &Report) -> String {
    let count = |severity| report.diagnostics().iter().filter(|d| d.severity == severity).count();
    let many = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{n} {word}s")),
    };
    let parts = [many(count(Severity::Error), "error"), many(count(Severity::Warning), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The findings by source, place and code. Those without a place come last.
pub fn sorted(report: &Report) -> Vec<&Diagnostic> {
    let mut list: Vec<&Diagnostic> = report.diagnostics().iter().collect();
    list.sort_by(|a, b| {
        let place = |d: &Diagnostic| d.span.map_or((u32::MAX, 0, 0), |s| (s.source.0, s.start, s.end));
        (place(a), &a.file, a.code, &a.message).cmp(&(place(b), &b.file, b.code, &b.message))
    });
    list
}

/// Where a finding is, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in it, from 1.
    pub column: usize,
    /// The line itself, cut if it is long, without characters that steer terminals.
    pub excerpt: String,
    /// How many columns of the excerpt are before the place.
    pub indent: usize,
    /// How many columns the place has.
    pub width: usize,
}

/// Finds places; remembers where lines begin.
#[derive(Debug, Default)]
pub struct Locator {
    /// The starts of lines of each source that was needed.
    lines: BTreeMap<u32, Vec<usize>>,
    /// The place found last: its source, its line's first byte, its own byte, its column. Thousands of
    /// findings may stand in one line, and they come in order.
    last: Option<(u32, usize, usize, usize)>,
}

impl Locator {
    /// Where a finding is; none if it has no place in a text.
    pub fn locate(&mut self, report: &Report, finding: &Diagnostic) -> Option<Located> {
        let span = finding.span?;
        let source = report.source(span.source)?;
        let text = &*source.text;
        let lines = self.lines.entry(span.source.0).or_insert_with(|| line_starts(text));
        let start = floor(text, span.start as usize);
        let end = floor(text, span.end as usize).max(start);
        let line = lines.partition_point(|&s| s <= start).max(1) - 1;
        let from = lines.get(line).copied().unwrap_or(0);
        let to = lines.get(line + 1).map_or(text.len(), |&next| next - 1);
        let to = if text[from..to].ends_with('\r') { to - 1 } else { to }.max(from);
        let (start, end) = (start.min(to), end.min(to));
        let known =
            self.last.filter(|(of, at, byte, _)| (*of, *at) == (span.source.0, from) && *byte <= start);
        let (_, _, passed, before) = known.unwrap_or((span.source.0, from, from, 1));
        let column = text[passed..start].bytes().filter(|b| b & 0xc0 != 0x80).count() + before;
        self.last = Some((span.source.0, from, start, column));
        let cut = excerpt(&text[from..to], start - from, end.max(start) - from);
        let file = harmless(&source.name);
        Some(Located {
            file,
            line: line + 1,
            column,
            excerpt: cut.line,
            indent: cut.indent,
            width: cut.width,
        })
    }
}

/// The text being written.
struct Page {
    colour: bool,
    text: String,
    locator: Locator,
}

impl Page {
    fn style(&self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    fn finding(&mut self, report: &Report, finding: &Diagnostic) {
        let (word, style) = match finding.severity {
            Severity::Error => ("error", ERROR),
            Severity::Warning => ("warning", WARNING),
            Severity::Note => ("note", NOTE),
        };
        let (style, bold, frame) = (self.style(style), self.style(MESSAGE), self.style(FRAME));
        let message = harmless(&finding.message);
        let code = finding.code.0;
        let _ = writeln!(self.text, "{style}{word}[{code}]{style:#}: {bold}{message}{bold:#}");
        let mut gutter = 1;
        if let Some(place) = self.locator.locate(report, finding) {
            gutter = self.place(&place, style);
        } else if let Some(file) = finding.file.as_ref().or_else(|| whole(report)) {
            let _ = writeln!(self.text, "  --> {}", harmless(file));
        }
        for hint in &finding.hints {
            let _ = writeln!(self.text, "{:gutter$} {frame}= hint:{frame:#} {}", "", harmless(hint));
        }
        self.text.push('\n');
    }

    /// Writes where it is, and the line; returns the width of the line number.
    fn place(&mut self, place: &Located, style: Style) -> usize {
        let number = place.line.to_string();
        let gutter = number.len();
        let frame = self.style(FRAME);
        let pad = " ".repeat(gutter);
        let _ =
            writeln!(self.text, "{pad}{frame}-->{frame:#} {}:{}:{}", place.file, place.line, place.column);
        let _ = writeln!(self.text, "{pad} {frame}|{frame:#}");
        let _ = writeln!(self.text, "{frame}{number} |{frame:#} {}", place.excerpt);
        let (indent, carets) = (" ".repeat(place.indent), "^".repeat(place.width));
        let _ = writeln!(self.text, "{pad} {frame}|{frame:#} {indent}{style}{carets}{style:#}");
        gutter
    }
}

/// What a finding is about that is about no place: the whole booklet, so its manifest, which is the first
/// text that was read. Of several booklets it could be any without.
fn whole(report: &Report) -> Option<&String> {
    report.source(SourceId(0)).map(|manifest| &manifest.name)
}

/// Byte offsets at which lines begin.
fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The part of a line that is shown, and where its carets stand.
struct Excerpt {
    line: String,
    indent: usize,
    width: usize,
}

/// Cuts a line around `start..end` (bytes), so that it fits on a terminal.
fn excerpt(line: &str, start: usize, end: usize) -> Excerpt {
    let before: Vec<char> = line[..start].chars().rev().take(ACROSS).collect();
    let rest = line[start..].chars().take(ACROSS + 1).count();
    // A line that fits is shown whole; of a longer one, what leads to the caret and what follows.
    let whole = before.len() + rest <= ACROSS && before.iter().map(|c| c.len_utf8()).sum::<usize>() == start;
    let lead = if whole { before.len() } else { before.len().min(BEFORE) };
    let mut shown = String::new();
    let mut indent = 0;
    if before.len() > lead || (!whole && before[..lead].iter().map(|c| c.len_utf8()).sum::<usize>() < start) {
        shown.push('…');
        indent += 1;
    }
    for &c in before[..lead].iter().rev() {
        indent += show(c, &mut shown);
    }
    let (mut width, mut used, mut cut) = (0, lead, false);
    for (at, c) in line[start..].char_indices() {
        if used >= ACROSS {
            cut = true;
            break;
        }
        let columns = show(c, &mut shown);
        if start + at < end {
            width += columns;
        }
        used += 1;
    }
    if cut {
        shown.push('…');
    }
    Excerpt { line: shown.trim_end().to_owned(), indent, width: width.max(1) }
}

/// Writes a character so that it can do no harm; returns its width in columns.
fn show(c: char, to: &mut String) -> usize {
    if c == '\t' {
        to.push_str("    ");
        return 4;
    }
    let c = tame(c);
    to.push(c);
    match c {
        // Unseen by Unicode; terminals show it, as POSIX systems' own `wcwidth` says.
        '\u{ad}' => 1,
        // Controls, which have no width, are tame by now.
        _ => c.width().unwrap_or(1),
    }
}

/// A text of one line without characters that steer terminals, reorder text or hide in it.
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { tame(c) }).collect()
}

/// A character, or one that stands for it because it could do harm. Those that are seen, and those that
/// words of some languages are written with (soft hyphens, joiners, variation selectors), stay.
fn tame(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if is_unruly(c) => '\u{fffd}',
        _ => c,
    }
}

/// Whether a character gives orders to what shows it and is not seen itself: controls, what turns the
/// direction of text (UAX 9), format characters (Unicode, general category Cf), fillers, noncharacters.
fn is_unruly(c: char) -> bool {
    match c as u32 {
        0x80..=0x9f => true,
        0x61c | 0x180e | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff => true,
        0xfff0..=0xfffb | 0x1_3430..=0x1_343f | 0x1_bca0..=0x1_bca3 | 0x1_d173..=0x1_d17a => true,
        0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x3164 | 0xffa0 => true,
        // Tags and what is kept for their like, but not the variation selectors among them.
        0xe_0000..=0xe_00ff | 0xe_01f0..=0xe_0fff => true,
        0xfdd0..=0xfdef => true,
        code => code & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Diagnostic, Report, Source, Span, codes};
    use super::*;

    fn shown(text: &str, start: u32, end: u32) -> String {
        let mut report = Report::new();
        let source = report.add_source(Source { name: "a.md".to_owned(), text: text.into() });
        report.push(Diagnostic::error(codes::M002, "what").at(Span { source, start, end }).hint("how"));
        render(&report, false)
    }

    #[test]
    fn shows_the_line_and_points_at_the_place() {
        let expected = "error[M002]: what\n --> a.md:2:3\n  |\n2 | xyz = 1\n  |   ^\n  = hint: how\n\n";
        assert_eq!(shown("first\nxyz = 1\nlast", 8, 9), expected);
        assert_eq!(shown("first\r\nxyz = 1\r\nlast", 9, 10), expected);
    }

    #[test]
    fn carets_stand_under_wide_and_combining_characters_and_tabs() {
        let text = shown("\t漢e\u{301}x", 7, 8);
        assert!(text.contains("a.md:1:5"), "{text}");
        assert!(text.contains("\n  |        ^\n"), "{text}");
        // Vowels above letters, a cup that is two columns wide, a letter of signs, a soft hyphen.
        for (before, columns) in [("कि\u{941}", 2), ("☕", 2), ("שָ\u{5c1}", 1), ("🖎", 1), ("a\u{ad}", 2)]
        {
            let text = format!("{before}x");
            let text = shown(&text, before.len() as u32, text.len() as u32);
            assert!(text.contains(&format!("\n  | {}^\n", " ".repeat(columns))), "{text}");
        }
    }

    #[test]
    fn places_outside_the_text_and_inside_characters_do_no_harm() {
        assert!(shown("é", 1, 2).contains("a.md:1:1"));
        assert!(shown("", 7, 9).contains("a.md:1:1"));
        assert!(shown("a\n", 900, 2).contains("a.md:2:1"));
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let text = format!("{}X{}", "a".repeat(5000), "b".repeat(5000));
        let text = shown(&text, 5000, 5001);
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[3].chars().count() < 120 && lines[3].contains("aaXbb"), "{text}");
        assert_eq!(lines[3].find('X').map(|i| i - '…'.len_utf8() + 1), lines[4].find('^'));
    }

    #[test]
    fn control_characters_cannot_steer_the_terminal() {
        let text = shown("\u{1b}[31mred\u{202e}", 0, 1);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }

    #[test]
    fn nothing_in_a_name_reorders_or_hides_what_is_shown() {
        let unruly = "\u{0}\u{7}\u{1b}\u{7f}\u{85}\u{9b}\u{61c}\u{115f}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\
                      \u{202a}\u{202e}\u{2060}\u{2064}\u{2066}\u{2069}\u{206f}\u{3164}\u{feff}\u{fff9}\u{fffb}\u{ffff}\
                      \u{1bca0}\u{1d173}\u{e0001}\u{e0041}\u{e007f}\u{10ffff}";
        for c in unruly.chars() {
            let shown = harmless(&c.to_string());
            assert!(
                matches!(shown.as_str(), "\u{fffd}" | "␀" | "␇" | "␛" | "␡"),
                "U+{:04X}: {shown:?}",
                c as u32
            );
        }
        // Persian, soft hyphens, a family, a Japanese name: as they are written.
        for seemly in
            ["می\u{200c}خواهم", "Schiff\u{ad}fahrt", "👩\u{200d}👧", "葛\u{e0100}城", "e\u{301}", "١٢\u{600}"]
        {
            assert_eq!(harmless(seemly), seemly);
        }
    }

    #[test]
    fn thousands_are_counted_and_order_is_by_place() {
        let mut report = Report::new();
        let source = report.add_source(Source { name: "a".to_owned(), text: "abc".into() });
        for start in (0..3000).rev() {
            report.push(Diagnostic::error(codes::M002, "x").at(Span { source, start, end: start }));
        }
        let text = render(&report, false);
        assert!(text.contains("… and 2800 more"));
        assert!(text.find(":1:1").unwrap() < text.find(":1:2").unwrap());
        assert_eq!(tally(&report), "3000 errors");
    }
}
