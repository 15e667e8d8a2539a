//! What there is to see, for the page: as JSON.
//!
//! Comes in: a proof and what was found. Goes out: every page with its mark, the openings, the sheets, the
//! findings. Pictures and words are not in it: the page asks for those that it shows.

use std::time::Duration;

use serde::Serialize;

use crate::diagnostic::render::{Locator, harmless, sorted};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::impose::{Held, PageRef};
use crate::length::Rect;
use crate::manifest::{Flip, Stacker};
use crate::proof::{Mark, PageView, Phone, PrintView, Proof, SideView};
use crate::typeset::frame::PageKind;

/// Most findings that are shown; the rest is counted.
const MOST: usize = 200;

/// The state, for a number that grows with each. `whole` says whether the booklet could be made: if not,
/// the proof is an older one.
pub(super) fn state(
    number: u64,
    proof: Option<&Proof>,
    report: &Report,
    whole: bool,
    took: Duration,
) -> String {
    let count = |severity| report.diagnostics().iter().filter(|d| d.severity == severity).count();
    let mut locator = Locator::default();
    let listed = sorted(report);
    json(&State {
        number,
        whole,
        took: took.as_millis(),
        title: proof.map_or("", Proof::title),
        language: proof.map_or("", |proof| proof.language().tag()),
        right_to_left: proof.is_some_and(Proof::right_to_left),
        pages: proof.iter().flat_map(|proof| &proof.pages).map(Leaf::of).collect(),
        held: proof.iter().flat_map(|proof| proof.held.iter().map(|held| opening(proof, held))).collect(),
        prints: proof.iter().flat_map(|proof| &proof.prints).map(Print::of).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        findings: listed.into_iter().take(MOST).map(|one| Finding::of(&mut locator, report, one)).collect(),
    })
}

/// The documents of the EPUB in order.
pub(super) fn parts(phone: &Phone) -> String {
    let parts = phone.parts.iter();
    let parts =
        parts.map(|part| PhonePart { file: &part.file, title: &part.title, mark: written(part.mark) });
    json(&parts.collect::<Vec<_>>())
}

/// On one line, as an event must be, with nothing escaped but what JSON asks for: it is sent by itself,
/// never inside of a script.
fn json(what: &impl Serialize) -> String {
    // What is written here cannot be refused: every key is a text.
    serde_json::to_string(what).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    number: u64,
    whole: bool,
    /// Milliseconds.
    took: u128,
    title: &'a str,
    language: &'a str,
    right_to_left: bool,
    pages: Vec<Leaf>,
    held: Vec<[Option<i64>; 2]>,
    prints: Vec<Print<'a>>,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<Finding>,
}

/// A page by itself.
#[derive(Serialize)]
struct Leaf {
    mark: String,
    name: String,
    width: f64,
    height: f64,
}

impl Leaf {
    fn of(page: &PageView) -> Self {
        let (width, height) = (page.size.width.to_pt(), page.size.height.to_pt());
        Self { mark: written(page.mark), name: name(page.kind, &page.label), width, height }
    }
}

#[derive(Serialize)]
struct Print<'a> {
    name: &'a str,
    how: String,
    sides: Vec<Side>,
}

#[derive(Serialize)]
struct Side {
    mark: String,
    /// From 1.
    sheet: usize,
    back: bool,
    width: f64,
    height: f64,
    cells: Vec<[f64; 4]>,
}

#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    code: &'static str,
    message: String,
    hints: Vec<String>,
    place: String,
    #[serde(flatten)]
    line: Option<Line>,
}

/// The line that a finding points at.
#[derive(Serialize)]
struct Line {
    line: usize,
    excerpt: String,
    caret: String,
}

#[derive(Serialize)]
struct PhonePart<'a> {
    file: &'a str,
    title: &'a str,
    mark: String,
}

fn written(mark: Mark) -> String {
    mark.to_string()
}

/// What is held at once, as indices among the pages: none where nothing is, -1 for a blank.
fn opening(proof: &Proof, Held { first, second }: &Held) -> [Option<i64>; 2] {
    let index = |page: PageRef| proof.index(page).and_then(|index| i64::try_from(index).ok()).unwrap_or(-1);
    [first, second].map(|page| page.map(index))
}

fn name(kind: PageKind, label: &str) -> String {
    match kind {
        PageKind::FrontCover => "Front cover".to_owned(),
        PageKind::BackCover => "Back cover".to_owned(),
        PageKind::Blank => "Blank page".to_owned(),
        _ if label.is_empty() => "Page without a number".to_owned(),
        _ => format!("Page {label}"),
    }
}

impl<'a> Print<'a> {
    fn of(print: &'a PrintView) -> Self {
        let sheets =
            if print.papers == 1 { "1 sheet".to_owned() } else { format!("{} sheets", print.papers) };
        let sides = match print.flip {
            None => "one side printed",
            Some(Flip::ShortEdge) => "both sides, flipped on the short edge",
            Some(Flip::LongEdge) => "both sides, flipped on the long edge",
            Some(Flip::Manual(Stacker::FaceDown | Stacker::FaceUp)) => "all fronts, then all backs",
        };
        let how = format!("{sheets}, {sides}");
        Self { name: &print.name, how, sides: print.sides.iter().map(Side::of).collect() }
    }
}

impl Side {
    fn of(view: &SideView) -> Self {
        let SideView { mark, size, sheet, back, cells } = view;
        let (width, height) = (size.width.to_pt(), size.height.to_pt());
        // In hundredths of the paper, to a thousandth of one.
        let part = |length: f64, whole: f64| (length / (whole / 100.0) * 1000.0).round() / 1000.0;
        let cell = |Rect { origin, size }: &Rect| {
            let (across, down) = (|length: f64| part(length, width), |length: f64| part(length, height));
            let [left, top] = [across(origin.x.to_pt()), down(origin.y.to_pt())];
            [left, top, across(size.width.to_pt()), down(size.height.to_pt())]
        };
        let cells = cells.iter().map(cell).collect();
        Self { mark: written(*mark), sheet: sheet + 1, back: *back, width, height, cells }
    }
}

impl Finding {
    fn of(locator: &mut Locator, report: &Report, finding: &Diagnostic) -> Self {
        let (place, line) = match locator.locate(report, finding) {
            Some(place) => {
                let caret = " ".repeat(place.indent) + &"^".repeat(place.width);
                let at = format!("{}:{}:{}", place.file, place.line, place.column);
                (at, Some(Line { line: place.line, excerpt: place.excerpt, caret }))
            }
            None => (finding.file.as_deref().map(harmless).unwrap_or_default(), None),
        };
        Self {
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            code: finding.code.0,
            message: harmless(&finding.message),
            hints: finding.hints.iter().map(|hint| harmless(hint)).collect(),
            place,
            line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Source, Span, codes};

    #[test]
    fn strings_cannot_end_early_and_commas_stand_between() {
        let line = |line, excerpt: &str| Line { line, excerpt: excerpt.to_owned(), caret: String::new() };
        let finding = |line| Finding {
            severity: "note",
            code: "a\"\\\n",
            message: "\u{1}é</script>".to_owned(),
            hints: vec!["1".to_owned(), "2".to_owned()],
            place: String::new(),
            line,
        };
        let expected = concat!(
            r#"[{"severity":"note","code":"a\"\\\n","message":"\u0001é</script>","hints":["1","2"],"place":"","#,
            r#""line":3,"excerpt":"\r\\","caret":""},{"severity":"note","code":"a\"\\\n","#,
            r#""message":"\u0001é</script>","hints":["1","2"],"place":""}]"#
        );
        assert_eq!(json(&[finding(Some(line(3, "\r\\"))), finding(None)]), expected);
    }

    #[test]
    fn a_state_is_one_line_and_reads_back_whatever_a_text_holds() {
        let hostile =
            "\"},\"x\":[\\\r\n\t\u{0}\u{1b}[31m\u{7f}\u{85}\u{2028}\u{2029}\u{202e}</script><!--\u{10ffff}";
        let mut report = Report::new();
        let source = report.add_source(Source { name: hostile.to_owned(), text: hostile.into() });
        let finding = Diagnostic::error(codes::M002, hostile).at(Span { source, start: 0, end: 3 });
        report.push(finding.hint(hostile));
        let text = state(7, None, &report, false, Duration::from_millis(12));
        assert!(!text.contains(['\r', '\n']), "an event ends with a line: {text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let shown = harmless(hostile);
        assert_eq!(
            read,
            serde_json::json!({
                "number": 7, "whole": false, "took": 12, "title": "", "language": "", "rightToLeft": false,
                "pages": [], "held": [], "prints": [], "errors": 1, "warnings": 0, "notes": 0,
                "findings": [{
                    "severity": "error", "code": "M002", "message": shown, "hints": [shown],
                    "place": format!("{shown}:1:1"), "line": 1, "excerpt": "\"},\"x\":[\\", "caret": "^^^",
                }],
            })
        );
    }
}
