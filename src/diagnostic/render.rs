//! Findings as text for people: file, line, column, the line, a caret, the hint.
//!
//! Comes in: a [`Report`]. Goes out: text, with ANSI colours if asked for. Findings are sorted by file,
//! place and code, so the same booklet says the same in the same order. Long lines are cut around the
//! caret, and what would disturb a terminal is made harmless. After [`MOST`] findings only their number
//! is given: nobody reads on, and the first ones usually explain the rest.

use std::fmt::Write;

use super::{Diagnostic, Report, Severity, Span};

/// How many findings of one report are shown.
pub const MOST: usize = 50;

/// Columns of a source line that are shown at most.
const WINDOW: usize = 96;

/// Renders a whole report. Empty if nothing was found.
pub fn render(report: &Report, colour: bool) -> String {
    let mut found: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    found.sort_by_key(|d| {
        let place = d.span.map(|s| (s.source, s.start));
        (place.is_none(), place, d.file.as_deref(), d.code, d.message.as_str())
    });
    found.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.file == b.file && a.message == b.message);
    let mut text = String::new();
    let mut cursor = Cursor::default();
    for diagnostic in found.iter().take(MOST) {
        one(&mut text, report, diagnostic, &mut cursor, colour);
    }
    if found.len() > MOST {
        let more = found.len() - MOST;
        let _ = writeln!(text, "… and {more} more findings. Mend these first, then run again.\n");
    }
    text
}

/// Counts errors and warnings as a closing line says them: `2 errors and 1 warning`. `None` if there are
/// none of either.
pub fn summary(report: &Report) -> Option<String> {
    let count = |s| report.diagnostics().iter().filter(|d| d.severity == s).count();
    let say = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => None,
        (0, w) => Some(say(w, "warning")),
        (e, 0) => Some(say(e, "error")),
        (e, w) => Some(format!("{} and {}", say(e, "error"), say(w, "warning"))),
    }
}

fn one(text: &mut String, report: &Report, d: &Diagnostic, cursor: &mut Cursor, colour: bool) {
    let (word, paint) = match d.severity {
        Severity::Error => ("error", "\x1b[1;31m"),
        Severity::Warning => ("warning", "\x1b[1;33m"),
        Severity::Note => ("note", "\x1b[1;36m"),
    };
    let (paint, bold, dim, plain) =
        if colour { (paint, "\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "", "") };
    let _ = writeln!(text, "{paint}{word}[{}]{plain}{bold}: {}{plain}", d.code.0, harmless(&d.message));
    let place = d.span.and_then(|span| Some((span, report.source(span.source)?)));
    if let Some((span, source)) = place {
        let at = cursor.find(&source.text, span);
        let number = at.line.to_string();
        let pad = " ".repeat(number.len());
        let (line, before, under) = excerpt(&source.text, &at, span);
        let _ = writeln!(text, "{dim}{pad}--> {plain}{}:{}:{}", harmless(&source.name), at.line, at.column);
        let _ = writeln!(text, "{dim}{pad} |{plain}");
        let _ = writeln!(text, "{dim}{number} |{plain} {line}");
        let _ = writeln!(text, "{dim}{pad} |{plain} {}{paint}{}{plain}", " ".repeat(before), "^".repeat(under));
    } else if let Some(file) = &d.file {
        let _ = writeln!(text, "{dim} --> {plain}{}", harmless(file));
    }
    for hint in &d.hints {
        let _ = writeln!(text, "{bold}  help{plain}: {}", harmless(hint));
    }
    text.push('\n');
}

/// Where a span begins.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// First byte of the line.
    line_start: usize,
}

/// Walks forward through a text while findings come in order, so that a thousand findings in one huge
/// line cost one walk and not a thousand.
#[derive(Debug, Default)]
struct Cursor {
    source: Option<super::SourceId>,
    byte: usize,
    line: usize,
    column: usize,
    line_start: usize,
}

impl Cursor {
    fn find(&mut self, text: &str, span: Span) -> Place {
        let target = floor(text, span.start as usize);
        if self.source != Some(span.source) || target < self.byte {
            *self = Self { source: Some(span.source), byte: 0, line: 1, column: 1, line_start: 0 };
        }
        let bytes = text.as_bytes();
        for (offset, byte) in bytes[self.byte..target].iter().enumerate() {
            if *byte == b'\n' {
                self.line += 1;
                self.column = 1;
                self.line_start = self.byte + offset + 1;
            } else if byte & 0xc0 != 0x80 {
                self.column += 1;
            }
        }
        self.byte = target;
        Place { line: self.line, column: self.column, line_start: self.line_start }
    }
}

/// The nearest character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The part of the line around the span, how many columns stand before the caret, and how many carets.
fn excerpt(text: &str, at: &Place, span: Span) -> (String, usize, usize) {
    let start = floor(text, span.start as usize);
    let end = floor(text, span.end as usize).max(start);
    // A window in bytes first, so that a line of a hundred megabytes is not walked through.
    let from = floor(text, at.line_start.max(start.saturating_sub(WINDOW * 4)));
    let to = floor(text, start + WINDOW * 8);
    let to = text[start..to].find('\n').map_or(to, |n| start + n);
    let before: Vec<char> = text[from..start].chars().collect();
    let mut kept: Vec<char> = Vec::new();
    let mut width = 0;
    for c in before.iter().rev() {
        width += columns(*c);
        if width > WINDOW / 2 {
            break;
        }
        kept.push(*c);
    }
    let cut_left = kept.len() < before.len() || from > at.line_start;
    let mut line = String::from(if cut_left { "…" } else { "" });
    let mut column = usize::from(cut_left);
    for c in kept.iter().rev() {
        line.push(visible(*c));
        column += columns(*c);
    }
    let caret = column;
    let mut under = 0;
    let mut shown = start;
    for c in text[start..to].chars() {
        if c == '\r' {
            break;
        }
        if column + columns(c) > WINDOW {
            line.push('…');
            break;
        }
        line.push(visible(c));
        column += columns(c);
        shown += c.len_utf8();
        if shown <= end {
            under += columns(c);
        }
    }
    (line.trim_end().to_owned(), caret, under.max(1))
}

/// A control character or a bidirectional override would disturb the terminal; a tab has no fixed width.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Columns that a terminal gives a character: none to combining marks, two to East Asian wide letters.
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f => 0,
        0x200b..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f => 0,
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3 => 2,
        0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 => 2,
        0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::codes::{B002, M002};
    use super::super::{Source, SourceId};
    use super::*;

    fn report(text: &str, spans: &[(u32, u32)]) -> Report {
        let mut report = Report::new();
        let source = report.add_source(Source { name: "m.toml".into(), text: text.into() });
        for (start, end) in spans {
            let span = Span { source, start: *start, end: *end };
            report.push(Diagnostic::error(M002, "no such key").at(span).hint("did you mean “title”?"));
        }
        report
    }

    #[test]
    fn shows_line_column_caret_and_hint() {
        let text = render(&report("a = 1\nété = 2\n", &[(6, 11)]), false);
        assert_eq!(
            text,
            "error[M002]: no such key\n --> m.toml:2:1\n  |\n2 | été = 2\n  | ^^^\n  help: did you mean “title”?\n\n"
        );
    }

    #[test]
    fn sorts_by_place_and_puts_placeless_findings_last() {
        let mut report = report("ab\ncd\n", &[(3, 4), (0, 1)]);
        report.push(Diagnostic::error(B002, "gone").in_file("x.md"));
        let text = render(&report, false);
        let order: Vec<_> = ["m.toml:1:1", "m.toml:2:1", "x.md"].map(|p| text.find(p).unwrap()).into();
        assert!(order.is_sorted());
    }

    #[test]
    fn a_huge_line_with_many_findings_is_cut_and_quick() {
        let text = "é".repeat(4_000_000);
        let spans: Vec<_> = (0..5000).map(|i| (i * 1000, i * 1000 + 3)).collect();
        let rendered = render(&report(&text, &spans), false);
        assert!(rendered.lines().all(|l| l.chars().count() < 130));
        assert!(rendered.contains("4950 more findings"));
    }

    #[test]
    fn what_disturbs_a_terminal_is_made_harmless() {
        let text = render(&report("a\u{1b}[31m\u{202e} = 1", &[(0, 1)]), false);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }

    #[test]
    fn spans_that_point_nowhere_do_no_harm() {
        let mut odd = report("é", &[(1, 9), (7, 3), (0, 0)]);
        let span = Span { source: SourceId(9), start: 0, end: 1 };
        odd.push(Diagnostic::error(M002, "lost").at(span));
        assert!(render(&odd, true).contains("lost"));
        assert_eq!(summary(&odd).unwrap(), "4 errors");
    }
}
