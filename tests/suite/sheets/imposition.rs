//! Sheets folded once and laid inside each other, to the unit: creep, margins, clips and marks; and what is
//! said where pages do not fit. The paper of `paper.rs` is printed, folded, nested and leafed through.

use booklet::diagnostic::Report;
use booklet::face::FaceId;
use booklet::impose::{Binding, Job, PageRef, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{BindingKind, Creep, CreepDirection, Flip, PrintersMark};
use booklet::typeset::frame::{Colour, Item, Owner, Page, PageKind, Pages, Placed, Run};

use super::paper::{Face, Piece, Printed, expected, fold_sheet, leaf_through, nest, print, push_out};

/// Empty pages, numbered from 1.
pub fn pages(count: usize, size: Size, right_to_left: bool) -> Pages {
    let page =
        |index: usize| Page { size, kind: PageKind::Body, label: (index + 1).to_string(), items: Vec::new() };
    Pages {
        pages: (0..count).map(page).collect(),
        faces: Default::default(),
        pictures: Vec::new(),
        outline: Vec::new(),
        right_to_left,
    }
}

pub fn saddle(sheet: Size, flip: Flip, paper: Length) -> Binding {
    let (marks, unprintable) = (vec![PrintersMark::Fold], Length::from_mm(5.0));
    let creep = Creep { paper, direction: CreepDirection::Inward };
    Binding::Print(Job { creep, marks, unprintable, ..Job::new(BindingKind::Saddle, sheet, flip) })
}

pub fn creeping(sheet: Size, flip: Flip, creep: Creep) -> Binding {
    let Binding::Print(job) = saddle(sheet, flip, Length::ZERO) else { panic!("printed") };
    Binding::Print(Job { creep, ..job })
}

pub fn a4() -> Size {
    Size::mm(210.0, 297.0)
}

pub fn a5() -> Size {
    Size::mm(148.0, 210.0)
}

/// Half of a sheet may be half a unit off.
const UNIT: Length = Length(1);

/// How far from the fold the outer edge of each page of a sheet lies that is folded once, wherever on the paper
/// and on whichever of its faces. Nothing else on it may be amiss.
fn fore_edges(sheet: &[Piece], size: Size) -> Vec<Length> {
    let fold = size.width / 2;
    let right = |piece: &Piece| piece.centre().x > fold;
    assert!(sheet.len() == 2 && right(&sheet[0]) != right(&sheet[1]), "one page on each face of a leaf");
    let edge = |(printed, right): (Printed, bool)| {
        let Printed { top_left, bottom_right, clip, .. } = printed;
        let (top, bottom) = (top_left.y.min(bottom_right.y), top_left.y.max(bottom_right.y));
        assert!(top >= Length(-2000) && bottom <= size.height + Length(2000));
        // Head and foot margins are alike: the spread is centred.
        let off_centre = top - (size.height - bottom);
        assert!(off_centre.abs() <= UNIT, "off centre by {off_centre}");
        // Nothing may print on the neighbour's half, and nothing within the page's outer edges is cut.
        let (from, to) = (clip.0.x.min(clip.1.x), clip.0.x.max(clip.1.x));
        let clipped = if right { from >= fold - UNIT } else { to <= fold + UNIT };
        assert!(clipped, "clipped at the fold");
        let (left, right_edge) = (top_left.x.min(bottom_right.x), top_left.x.max(bottom_right.x));
        let outer = if right { right_edge } else { left };
        assert!(from <= outer && outer <= to + UNIT, "nothing is cut off at the fore edge");
        (outer - fold).abs()
    };
    let faces = |piece: &Piece| {
        let back = piece.back.expect("every front has its back");
        [(piece.front, right(piece)), (back, right(piece))]
    };
    sheet.iter().flat_map(faces).map(edge).collect()
}

#[test]
fn folded_booklets_read_in_order() {
    let tall = Size::mm(90.0, 290.0);
    for count in 1..=128 {
        for (page, sheet) in
            [(a5(), a4()), (a5(), Size::mm(297.0, 210.0)), (tall, a4()), (a5(), Size::mm(450.0, 320.0))]
        {
            for flip in [Flip::ShortEdge, Flip::LongEdge] {
                for right_to_left in [false, true] {
                    for (paper, direction) in [
                        (0.0, CreepDirection::Inward),
                        (0.1, CreepDirection::Inward),
                        (0.1, CreepDirection::Outward),
                    ] {
                        let creep = Creep { paper: Length::from_mm(paper), direction };
                        let paper = creep.paper;
                        let pages = pages(count, page, right_to_left);
                        let mut report = Report::new();
                        let sheets = impose(&pages, &creeping(sheet, flip, creep), None, &mut report);
                        let inside = paper * (sheets.papers as i64 - 1);
                        assert_eq!(sheets.creep, inside);
                        if direction == CreepDirection::Outward && sheets.sides.is_empty() {
                            // A5 leaves A4 a rim of half a millimetre to move over.
                            assert_eq!(report.diagnostics()[0].code.0, "I005");
                            assert!(page == a5() && sheet.width < Length::from_mm(300.0) && count > 16);
                            continue;
                        }
                        let outside =
                            if direction == CreepDirection::Outward { inside } else { Length::ZERO };
                        assert!(report.diagnostics().is_empty());
                        assert_eq!(sheets.sides.len(), 2 * sheets.papers, "every front has its back");
                        let printed = print(sheets.sides.iter().map(Face::new).collect(), flip, false);
                        for (depth, sheet) in printed.iter().enumerate() {
                            for edge in fore_edges(sheet, sheets.sides[0].size) {
                                let off = (edge + paper * depth as i64 - page.width - outside).abs();
                                assert!(off <= UNIT, "fore edges meet when trimmed");
                            }
                        }
                        let mut folded: Vec<_> =
                            printed.into_iter().map(|sheet| fold_sheet(sheet, right_to_left)).collect();
                        push_out(&mut folded, paper, right_to_left);
                        let order = leaf_through(&nest(folded));
                        let places = count.div_ceil(4) * 4;
                        assert_eq!(order, expected(count, places), "{count} {flip:?} {right_to_left}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_innermost_of_twenty_sheets_moves_by_nineteen_papers() {
    let pages = pages(80, a5(), false);
    let paper = Length::from_mm(0.1);
    let sheets = impose(&pages, &saddle(a4(), Flip::ShortEdge, paper), None, &mut Report::new());
    assert_eq!(sheets.creep, paper * 19);
    let fold = sheets.sides[0].size.width / 2;
    assert_eq!(sheets.sides[0].pages[1].at.x, fold, "the cover stays");
    assert_eq!(sheets.sides[38].pages[1].at.x, fold - paper * 19);
    assert_eq!(sheets.sides[39].pages[0].at.x, fold - a5().width + paper * 19);
}

#[test]
fn outward_the_cover_moves_and_marks_follow() {
    let pages = pages(80, a5(), false);
    let paper = Length::from_mm(0.1);
    let roomy = Size::mm(450.0, 320.0);
    for (direction, outermost, innermost) in
        [(CreepDirection::Inward, 0, -19), (CreepDirection::Outward, 19, 0)]
    {
        let Binding::Print(job) = creeping(roomy, Flip::ShortEdge, Creep { paper, direction }) else {
            panic!()
        };
        let binding = Binding::Print(Job { marks: vec![PrintersMark::Crop], ..job });
        let sheets = impose(&pages, &binding, None, &mut Report::new());
        let fold = sheets.sides[0].size.width / 2;
        for (side, moved) in [(0, outermost), (1, outermost), (38, innermost), (39, innermost)] {
            let side = &sheets.sides[side];
            let by = paper * moved;
            assert_eq!(side.pages[1].at.x, fold + by);
            assert_eq!(side.pages[0].at.x, fold - a5().width - by);
            let edges = [fold - a5().width - by, fold + a5().width + by];
            assert_eq!([side.trim.origin.x, side.trim.right()], edges);
            // The cuts at the fore edges are marked where the pages' edges have come to.
            let upright: Vec<_> = side.marks.iter().filter(|m| m.from.x == m.to.x).collect();
            assert_eq!(upright.len(), 4);
            assert!(upright.iter().all(|mark| edges.contains(&mark.from.x)), "{upright:?} {edges:?}");
        }
    }
}

#[test]
fn sheets_are_turned_to_take_the_spread_and_keep_their_exact_size() {
    let a5_pages = pages(4, a5(), false);
    let sheets = impose(&a5_pages, &saddle(a4(), Flip::ShortEdge, Length::ZERO), None, &mut Report::new());
    assert_eq!(sheets.sides[0].size, Size::mm(297.0, 210.0));
    let tall = pages(4, Size::mm(90.0, 290.0), false);
    let sheets = impose(&tall, &saddle(a4(), Flip::ShortEdge, Length::ZERO), None, &mut Report::new());
    assert_eq!(sheets.sides[0].size, a4());
}

#[test]
fn backs_are_turned_only_when_the_sheet_is_turned_head_over_heels() {
    let pages = pages(4, a5(), false);
    for (flip, turns) in [(Flip::ShortEdge, 0), (Flip::LongEdge, 2)] {
        let sheets = impose(&pages, &saddle(a4(), flip, Length::ZERO), None, &mut Report::new());
        assert!(sheets.sides[0].pages.iter().all(|page| page.quarter_turns == 0));
        assert!(sheets.sides[1].pages.iter().all(|page| page.quarter_turns == turns));
    }
}

#[test]
fn fold_marks_lie_between_the_trim_and_the_edge_of_the_sheet() {
    let pages = pages(8, a5(), false);
    let roomy = Size::mm(450.0, 320.0);
    for flip in [Flip::ShortEdge, Flip::LongEdge] {
        let sheets = impose(&pages, &saddle(roomy, flip, Length::ZERO), None, &mut Report::new());
        for side in &sheets.sides {
            assert_eq!(side.marks.len(), 2);
            for mark in &side.marks {
                assert!(mark.dashed && mark.width >= Length::from_pt(0.25));
                assert_eq!((mark.from.x, mark.to.x), (side.size.width / 2, side.size.width / 2));
                let (top, bottom) = (mark.from.y.min(mark.to.y), mark.from.y.max(mark.to.y));
                assert!(top > Length::ZERO && bottom < side.size.height, "inside the sheet");
                assert!(bottom < side.trim.origin.y || top > side.trim.bottom(), "outside the trim");
                assert!(bottom > top);
            }
        }
    }
    // A5 fills A4 from head to foot: a mark would lie on the pages.
    let sheets = impose(&pages, &saddle(a4(), Flip::ShortEdge, Length::ZERO), None, &mut Report::new());
    assert!(sheets.sides.iter().all(|side| side.marks.is_empty()));
}

#[test]
fn pages_that_do_not_fit_get_an_error_that_says_what_would() {
    let pages = pages(4, Size::mm(210.0, 297.0), false);
    let mut report = Report::new();
    let sheets = impose(&pages, &saddle(a5(), Flip::ShortEdge, Length::ZERO), None, &mut report);
    assert!(sheets.sides.is_empty() && report.has_errors());
    let finding = &report.diagnostics()[0];
    assert_eq!(finding.code.0, "I001");
    assert!(finding.message.contains("420 × 297 mm"), "{}", finding.message);
    assert!(finding.hints[0].contains("\"A3\""), "{:?}", finding.hints);
    assert!(finding.hints[1].contains("105 × 148 mm"), "{:?}", finding.hints);
}

#[test]
fn no_pages_make_no_sheets() {
    let pages = pages(0, a5(), false);
    let mut report = Report::new();
    assert!(impose(&pages, &saddle(a4(), Flip::LongEdge, Length::ZERO), None, &mut report).sides.is_empty());
    assert!(impose(&pages, &Binding::Reading, None, &mut report).sides.is_empty());
}

#[test]
fn reading_order_is_one_page_a_side() {
    let pages = pages(3, a5(), false);
    let sheets = impose(&pages, &Binding::Reading, None, &mut Report::new());
    let order: Vec<_> = sheets.sides.iter().map(|side| side.pages[0].page).collect();
    assert_eq!(order, [0, 1, 2].map(PageRef::Page));
    assert!(sheets.sides.iter().all(|side| side.size == a5() && side.pages.len() == 1));
}

/// A page with one line of text between two distances from its left edge.
fn with_line(mut pages: Pages, index: usize, from: f64, to: f64) -> Pages {
    let run = Run {
        face: FaceId(0),
        size: Length::pt(10),
        stretch: 10_000,
        colour: Colour::BLACK,
        glyphs: Vec::new(),
        text: "words".into(),
        width: Length::from_mm(to - from),
        language: None,
    };
    let at = Point::new(Length::from_mm(from), Length::from_mm(100.0));
    pages.pages[index].items.push(Placed { at, owner: Owner::MATTER, item: Item::Run(run) });
    pages
}

#[test]
fn text_too_near_the_fold_or_an_edge_is_reported_once() {
    let findings = |pages: &Pages, paper: f64, flip: Flip| -> Vec<String> {
        let mut report = Report::new();
        impose(pages, &saddle(a4(), flip, Length::from_mm(paper)), None, &mut report);
        report.diagnostics().iter().map(|found| format!("{} {}", found.code.0, found.message)).collect()
    };
    for flip in [Flip::ShortEdge, Flip::LongEdge] {
        // Page 41 of 80 is on the innermost sheet, right of the fold: its left edge is the inner one.
        let near_fold = with_line(pages(80, a5(), false), 40, 1.5, 130.0);
        assert!(findings(&near_fold, 0.0, flip).is_empty());
        let found = findings(&near_fold, 0.1, flip);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("I002 text of page 41 crosses the fold by 0.4 mm"), "{found:?}");

        // Bound at the right, the same page lies left of the fold: its inner edge is the right one.
        let other = with_line(pages(80, a5(), true), 40, 15.0, 146.5);
        assert!(findings(&other, 0.1, flip)[0].starts_with("I002"));

        let near_edge = with_line(with_line(pages(8, a5(), false), 2, 15.0, 146.0), 4, 15.0, 145.0);
        let found = findings(&near_edge, 0.0, flip);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("I003 text of page 3 comes within 2.5 mm"), "{found:?}");
        assert!(findings(&with_line(pages(8, a5(), false), 2, 15.0, 140.0), 0.1, flip).is_empty());
    }
}
