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
