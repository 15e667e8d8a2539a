//! Covers on sheets of their own, and counts of pages that a binding cannot take.

use booklet::diagnostic::Report;
use booklet::impose::{Binding, Job, Sheets, impose};
use booklet::length::Length;
use booklet::manifest::{BindingKind, Blanks, Flip, LeafletFold, SheetFold};

use super::folding::{a, in_hand, job};
use super::imposition::pages;

#[test]
fn a_cover_on_a_sheet_of_its_own_is_held_around_the_rest() {
    for (kind, blanks) in [
        (BindingKind::Saddle, Blanks::BeforeBack),
        (BindingKind::Perfect, Blanks::Spread),
        (BindingKind::Sections { sheets: Some(2) }, Blanks::Notes),
        (BindingKind::Folded(SheetFold::Quarto), Blanks::BeforeBack),
        (BindingKind::CutStack { up: 2 }, Blanks::BeforeBack),
    ] {
        for (count, right_to_left) in (5..=40).flat_map(|count| [(count, false), (count, true)]) {
            let pages = pages(count, a(6), right_to_left);
            let job = Job { without_cover: true, blanks, ..Job::new(kind, a(4), Flip::ShortEdge) };
            let laid = impose(&pages, &Binding::Print(job.clone()), None, &mut Report::new());
            let cover = impose(&pages, &Binding::Cover(job, Length::ZERO), None, &mut Report::new());
            let order = in_hand(&laid, true);
            assert_eq!((order[0], order[1]), (Some(0), Some(1)), "{kind:?} {count}");
            // The inside of the back cover is empty.
            assert_eq!((order[order.len() - 2], order[order.len() - 1]), (None, Some(count - 1)));
            let said: Vec<usize> = order.iter().flatten().copied().filter(|&page| page < count).collect();
            assert_eq!(said, (0..count).collect::<Vec<_>>());
            let placed = |sheets: &Sheets<'_>, page: Option<usize>| {
                sheets
                    .sides
                    .iter()
                    .flat_map(|side| &side.pages)
                    .filter(|placed| placed.page.index(count) == page)
                    .count()
            };
            let blanks = order.iter().filter(|page| page.is_none()).count();
            let waste = if let BindingKind::CutStack { .. } = kind { 2 * (laid.leaves % 2) } else { 0 };
            assert_eq!(blanks + waste, placed(&laid, None) + placed(&cover, None), "{kind:?} {count}");
            let filled = order.iter().filter(|page| **page == Some(count)).count();
            assert_eq!(filled, placed(&laid, Some(count)));
        }
    }
}

#[test]
fn page_counts_that_do_not_suit_are_refused_with_what_would_do() {
    let accordion = LeafletFold::Accordion { panels: Some(10) };
    for (kind, count, says, hint) in [
        (BindingKind::Mini, 40, "room for 16 pages, and this booklet has 40", "saddle"),
        (BindingKind::Leaflet(LeafletFold::Gate), 3, "has 8 pages, and this booklet only 3", "saddle"),
        (BindingKind::Leaflet(LeafletFold::Letter), 1, "only 1 page", "copies"),
        (BindingKind::Leaflet(LeafletFold::Letter), 7, "room for 6 pages", "gate"),
        (BindingKind::Leaflet(accordion), 8, "has 20 pages", "fewer panels"),
    ] {
        let pages = pages(count, a(7), false);
        let mut report = Report::new();
        let sheets = impose(&pages, &job(kind, a(3), Flip::LongEdge), None, &mut report);
        let finding = &report.diagnostics()[0];
        assert!(sheets.sides.is_empty() && report.has_errors());
        assert!(finding.code.0 == "I004" && finding.message.contains(says), "{}", finding.message);
        assert!(finding.hints.iter().any(|h| h.contains(hint)), "{:?}", finding.hints);
    }
}
