//! What there is to see, for the page: as JSON.
//!
//! Comes in: a proof and what was found. Goes out: every page with its mark, the openings, the sheets, the
//! findings. Pictures and words are not in it: the page asks for those that it shows.

use std::time::Duration;

use crate::diagnostic::render::{Locator, harmless, sorted};
use crate::diagnostic::{Report, Severity};
use crate::impose::Held;
use crate::length::Rect;
use crate::manifest::{Flip, Stacker};
use crate::proof::{Phone, PrintView, Proof, SideView};
use crate::typeset::frame::PageKind;

use super::json::Json;

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
    let mut json = Json::default();
    json.object(|json| {
        json.name("number").plain(number);
        json.name("whole").plain(whole);
        json.name("took").plain(took.as_millis());
        json.name("title").string(proof.map_or("", Proof::title));
        json.name("language").string(proof.map_or("", |proof| proof.language().tag()));
        json.name("rightToLeft").plain(proof.is_some_and(Proof::right_to_left));
        json.name("pages").list(proof.iter().flat_map(|proof| &proof.pages), |json, page| {
            json.object(|json| {
                json.name("mark").string(&page.mark.to_string());
                json.name("name").string(&name(page.kind, &page.label));
                json.name("width").plain(page.size.width.to_pt());
                json.name("height").plain(page.size.height.to_pt());
            });
        });
        let held = proof.iter().flat_map(|proof| proof.held.iter().map(move |held| (proof, held)));
        json.name("held").list(held, |json, (proof, Held { first, second })| {
            json.list([first, second], |json, page| match page.map(|page| proof.index(page)) {
                None => json.plain("null"),
                Some(None) => json.plain(-1),
                Some(Some(page)) => json.plain(page),
            });
        });
        json.name("prints").list(proof.iter().flat_map(|proof| &proof.prints), print);
        findings(json, report);
    });
    json.finish()
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

fn print(json: &mut Json, print: &PrintView) {
    json.object(|json| {
        json.name("name").string(&print.name);
        let sheets =
            if print.papers == 1 { "1 sheet".to_owned() } else { format!("{} sheets", print.papers) };
        let sides = match print.flip {
            None => "one side printed",
            Some(Flip::ShortEdge) => "both sides, flipped on the short edge",
            Some(Flip::LongEdge) => "both sides, flipped on the long edge",
            Some(Flip::Manual(Stacker::FaceDown | Stacker::FaceUp)) => "all fronts, then all backs",
        };
        json.name("how").string(&format!("{sheets}, {sides}"));
        json.name("sides").list(&print.sides, |json, SideView { mark, size, sheet, back, cells }| {
            json.object(|json| {
                json.name("mark").string(&mark.to_string());
                json.name("sheet").plain(sheet + 1);
                json.name("back").plain(back);
                json.name("width").plain(size.width.to_pt());
                json.name("height").plain(size.height.to_pt());
                // In hundredths of the paper.
                json.name("cells").list(cells, |json, cell| {
                    let (across, down) = (size.width.to_pt() / 100.0, size.height.to_pt() / 100.0);
                    let Rect { origin: at, size } = cell;
                    let parts = [
                        at.x.to_pt() / across,
                        at.y.to_pt() / down,
                        size.width.to_pt() / across,
                        size.height.to_pt() / down,
                    ];
                    json.list(parts, |json, part| json.plain(format_args!("{part:.3}")));
                });
            });
        });
    });
}

fn findings(json: &mut Json, report: &Report) {
    let count = |severity| report.diagnostics().iter().filter(|d| d.severity == severity).count();
    json.name("errors").plain(count(Severity::Error));
    json.name("warnings").plain(count(Severity::Warning));
    json.name("notes").plain(count(Severity::Note));
    let mut locator = Locator::default();
    json.name("findings").list(sorted(report).into_iter().take(MOST), |json, finding| {
        json.object(|json| {
            json.name("severity").string(match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            });
            json.name("code").string(finding.code.0);
            json.name("message").string(&harmless(&finding.message));
            json.name("hints").list(&finding.hints, |json, hint| json.string(&harmless(hint)));
            match locator.locate(report, finding) {
                Some(place) => {
                    json.name("place").string(&format!("{}:{}:{}", place.file, place.line, place.column));
                    json.name("line").plain(place.line);
                    json.name("excerpt").string(&place.excerpt);
                    json.name("caret").string(&(" ".repeat(place.indent) + &"^".repeat(place.width)));
                }
                None => json.name("place").string(&finding.file.as_deref().map(harmless).unwrap_or_default()),
            }
        });
    });
}

/// The documents of the EPUB in order.
pub(super) fn parts(phone: &Phone) -> String {
    let mut json = Json::default();
    json.list(&phone.parts, |json, part| {
        json.object(|json| {
            json.name("file").string(&part.file);
            json.name("title").string(&part.title);
            json.name("mark").string(&part.mark.to_string());
        });
    });
    json.finish()
}
