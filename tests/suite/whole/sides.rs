//! Every binding, laid out: where each page lies on each side, what is cut off of it, and every mark.

use std::fmt::Write;

use booklet::diagnostic::Report;
use booklet::impose::{Binding, Job, Sheets, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{
    BindingKind, Creep, CreepDirection, Flip, LeafletFold, PrintersMark, SheetFold, Stacker,
};
use booklet::typeset::frame::{BLEED, Colour, Item, Owner, Placed};

use super::golden;
use crate::sheets::imposition::pages;

/// Sheets as text, in thousandths of a point.
fn shown(sheets: &Sheets<'_>, out: &mut String) {
    let l = |length: Length| (length.to_pt() * 1000.0).round() as i64;
    let _ = writeln!(
        out,
        "  {:?} papers {} leaves {} up {} grid {:?} creep {} order {:?} facing {:?} sections {:?}",
        sheets.purpose,
        sheets.papers,
        sheets.leaves,
        sheets.up,
        sheets.grid,
        l(sheets.creep),
        sheets.order,
        sheets.facing,
        sheets.sections
    );
    for side in &sheets.sides {
        let (size, trim) = (side.size, side.trim);
        let _ = writeln!(
            out,
            "  side {}x{} trim {} {} {}x{}",
            l(size.width),
            l(size.height),
            l(trim.origin.x),
            l(trim.origin.y),
            l(trim.size.width),
            l(trim.size.height)
        );
        for p in &side.pages {
            let _ = writeln!(
                out,
                "    {:?} at {} {} {}x{} turned {} {:?} clip {} {} {}x{}",
                p.page,
                l(p.at.x),
                l(p.at.y),
                l(p.size.width),
                l(p.size.height),
                p.quarter_turns,
                p.scale,
                l(p.clip.origin.x),
                l(p.clip.origin.y),
                l(p.clip.size.width),
                l(p.clip.size.height)
            );
        }
        for m in &side.marks {
            let dashed = if m.dashed { " dashed" } else { "" };
            let _ = writeln!(
                out,
                "    mark {} {} to {} {} width {}{dashed}",
                l(m.from.x),
                l(m.from.y),
                l(m.to.x),
                l(m.to.y),
                l(m.width)
            );
        }
    }
}

const MARKS: [PrintersMark; 5] = [
    PrintersMark::Fold,
    PrintersMark::Crop,
    PrintersMark::Staple,
    PrintersMark::Registration,
    PrintersMark::Section,
];

/// A job for each binding, with how many pages; what is asked for beside goes round.
fn jobs() -> Vec<(usize, bool, Job)> {
    let kinds = [
        (BindingKind::Single, 3),
        (BindingKind::Saddle, 12),
        (BindingKind::Saddle, 7),
        (BindingKind::Sections { sheets: Some(1) }, 12),
        (BindingKind::Sections { sheets: None }, 24),
        (BindingKind::Perfect, 8),
        (BindingKind::Folded(SheetFold::Quarto), 16),
        (BindingKind::Folded(SheetFold::Octavo), 32),
        (BindingKind::Folded(SheetFold::NestedQuartos), 16),
        (BindingKind::CutStack { up: 2 }, 8),
        (BindingKind::CutStack { up: 4 }, 12),
        (BindingKind::CutStack { up: 8 }, 16),
        (BindingKind::Mini, 8),
        (BindingKind::Mini, 16),
        (BindingKind::Leaflet(LeafletFold::Letter), 6),
        (BindingKind::Leaflet(LeafletFold::Z), 5),
        (BindingKind::Leaflet(LeafletFold::Gate), 8),
        (BindingKind::Leaflet(LeafletFold::Accordion { panels: Some(5) }), 10),
        (BindingKind::Leaflet(LeafletFold::Accordion { panels: None }), 7),
        (BindingKind::Copies { up: None }, 4),
        (BindingKind::Copies { up: Some(4) }, 8),
        (BindingKind::Copies { up: Some(2) }, 2),
        (BindingKind::Cards, 5),
    ];
    let flips =
        [Flip::ShortEdge, Flip::LongEdge, Flip::Manual(Stacker::FaceDown), Flip::Manual(Stacker::FaceUp)];
    let mut jobs = Vec::new();
    for (n, (kind, count)) in kinds.into_iter().enumerate() {
        for right_to_left in [false, true] {
            let turn = n + usize::from(right_to_left);
            let sheet = Size::mm(450.0, 320.0);
            let sheet = if turn.is_multiple_of(3) { Size::new(sheet.height, sheet.width) } else { sheet };
            let direction =
                if turn.is_multiple_of(2) { CreepDirection::Inward } else { CreepDirection::Outward };
            let creep = Creep { paper: Length::from_mm(0.15), direction };
            let mut job = Job { creep, marks: MARKS.to_vec(), ..Job::new(kind, sheet, flips[turn % 4]) };
            job.scale = turn % 5 == 4;
            jobs.push((count, right_to_left, job));
        }
    }
    // More sections than there are steps on their backs.
    let sheet = Size::mm(450.0, 320.0);
    let sections = Job::new(BindingKind::Sections { sheets: Some(1) }, sheet, Flip::ShortEdge);
    jobs.push((40, false, Job { marks: vec![PrintersMark::Section], ..sections }));
    // Room for paper between pages along one edge alone, and along neither.
    for (width, height) in [(148.0, 230.0), (170.0, 210.0), (148.0, 210.0), (160.0, 222.0)] {
        jobs.push((
            8,
            false,
            Job::new(BindingKind::CutStack { up: 4 }, Size::mm(width, height), Flip::LongEdge),
        ));
    }
    jobs
}

#[test]
fn every_binding_lies_where_it_lay() {
    let mut out = String::new();
    for (count, right_to_left, job) in jobs() {
        let mut made = pages(count, Size::mm(74.0, 105.0), right_to_left);
        // One page bleeds, so that pages that are cut apart have paper between them.
        let size = Size::new(Length::from_mm(74.0) + BLEED * 2, Length::from_mm(20.0));
        let item = Item::Fill { size, colour: Colour::Gray(200) };
        made.pages[1].items.push(Placed { at: Point::new(-BLEED, -BLEED), owner: Owner::Artefact, item });
        let mut report = Report::new();
        let _ = writeln!(
            out,
            "{:?} of {count} {:?} {:?} scale {} right to left {right_to_left}",
            job.kind, job.flip, job.creep.direction, job.scale
        );
        let sheets = impose(&made, &Binding::Print(job), None, &mut report);
        shown(&sheets, &mut out);
        for found in report.diagnostics() {
            let _ = writeln!(out, "  {}: {} {:?}", found.code.0, found.message, found.hints);
        }
    }
    golden("sides", &out, 50);
}

#[test]
fn covers_of_their_own_lie_where_they_lay() {
    let mut out = String::new();
    for count in 1..=6 {
        for spine in [0.0, 0.1, 7.0] {
            for (right_to_left, scale) in [(false, true), (true, false)] {
                let made = pages(count, Size::mm(105.0, 148.0), right_to_left);
                let job = Job::new(BindingKind::Perfect, Size::mm(320.0, 225.0), Flip::ShortEdge);
                let job = Job { marks: MARKS.to_vec(), scale, ..job };
                let mut report = Report::new();
                let cover = Binding::Cover(job, Length::from_mm(spine));
                let sheets = impose(&made, &cover, None, &mut report);
                let _ = writeln!(out, "cover of {count}, spine {spine} {:?}", sheets.spine);
                shown(&sheets, &mut out);
            }
        }
    }
    golden("covers", &out, 50);
}

#[test]
fn what_does_not_fit_is_refused_in_the_same_words() {
    let mut out = String::new();
    let kinds = jobs().into_iter().map(|(_, _, job)| job.kind).collect::<Vec<_>>();
    for (at, kind) in kinds.iter().enumerate() {
        if kinds[..at].contains(kind) {
            continue;
        }
        for (width, height) in [(74.0, 105.0), (105.0, 148.0), (139.7, 215.9), (450.0, 320.0)] {
            for count in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 24] {
                let made = pages(count, Size::mm(74.0, 105.0), false);
                let mut report = Report::new();
                let job = Job::new(*kind, Size::mm(width, height), Flip::ShortEdge);
                impose(&made, &Binding::Print(job), None, &mut report);
                let _ = writeln!(out, "{kind:?} of {count} on {width}x{height}");
                for found in report.diagnostics() {
                    let _ = writeln!(out, "  {}: {} {:?}", found.code.0, found.message, found.hints);
                }
            }
        }
    }
    golden("refused", &out, 50);
}
