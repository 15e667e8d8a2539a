//! Marks of every kind, on sheets with room and without.

use booklet::diagnostic::Report;
use booklet::impose::{Binding, Job, MarkLine, Side, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{BindingKind, Flip, LeafletFold, PrintersMark, SheetFold};

use booklet::typeset::frame::{Colour, Item, Owner, Placed};

use super::imposition::pages;

fn marked(
    kind: BindingKind,
    page: Size,
    sheet: Size,
    flip: Flip,
    rtl: bool,
    marks: &[PrintersMark],
) -> Vec<Side> {
    let job = Job { marks: marks.to_vec(), ..Job::new(kind, sheet, flip) };
    let count = if let BindingKind::Leaflet(_) | BindingKind::Mini = kind { 6 } else { 48 };
    let pages = pages(count, page, rtl);
    impose(&pages, &Binding::Print(job), None, &mut Report::new()).sides
}

/// Left, top, right, bottom.
fn ends(mark: &MarkLine) -> [Length; 4] {
    let (a, b) = (mark.from, mark.to);
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

#[test]
fn marks_lie_outside_the_trim_and_inside_the_sheet() {
    let page = Size::mm(74.0, 105.0);
    for kind in [
        BindingKind::Saddle,
        BindingKind::Mini,
        BindingKind::Folded(SheetFold::Octavo),
        BindingKind::CutStack { up: 8 },
        BindingKind::Leaflet(LeafletFold::Letter),
        BindingKind::Copies { up: Some(4) },
        BindingKind::Single,
    ] {
        for flip in [Flip::ShortEdge, Flip::LongEdge] {
            for rtl in [false, true] {
                let roomy = Size::mm(450.0, 320.0);
                let asked = [PrintersMark::Fold, PrintersMark::Crop, PrintersMark::Registration];
                for side in marked(kind, page, roomy, flip, rtl, &asked) {
                    assert!(side.marks.len() >= 4 * 2 + 16, "{kind:?}: {}", side.marks.len());
                    for mark in &side.marks {
                        let [left, top, right, bottom] = ends(mark);
                        assert!(left > Length::ZERO && top > Length::ZERO);
                        assert!(right < side.size.width && bottom < side.size.height);
                        let trim = side.trim;
                        let beside = right < trim.origin.x || left > trim.right();
                        let above = bottom < trim.origin.y || top > trim.bottom();
                        assert!(beside || above, "{kind:?} {mark:?}");
                        let bleed = booklet::typeset::frame::BLEED;
                        let off = (trim.origin.x - right).max(left - trim.right());
                        let off = off.max(trim.origin.y - bottom).max(top - trim.bottom());
                        assert!(off >= bleed, "a mark would lie in the bleed");
                    }
                }
                // The pages fill the sheet: there is no room.
                let full = Size::mm(74.0, 105.0);
                assert!(
                    marked(BindingKind::Single, page, full, flip, rtl, &asked)
                        .iter()
                        .all(|side| side.marks.is_empty())
                );
            }
        }
    }
}

#[test]
fn sections_are_marked_by_steps_on_their_backs() {
    let page = Size::mm(105.0, 148.0);
    for (kind, sheet, sections) in [
        (BindingKind::Sections { sheets: Some(4) }, Size::mm(210.0, 148.0), 3),
        (BindingKind::Folded(SheetFold::Quarto), Size::mm(210.0, 297.0), 6),
        (BindingKind::Folded(SheetFold::Octavo), Size::mm(420.0, 297.0), 3),
    ] {
        for rtl in [false, true] {
            let sides = marked(kind, page, sheet, Flip::ShortEdge, rtl, &[PrintersMark::Section]);
            let mut last = Length::ZERO;
            let mut bars = 0;
            for side in &sides {
                for bar in &side.marks {
                    bars += 1;
                    // Between the first page of the section and its last: at the inner edge of both.
                    assert_eq!(bar.from.x, bar.to.x);
                    let touches = |placed: &&booklet::impose::PlacedPage| {
                        let (left, right) = (placed.at.x, placed.at.x + placed.size.width);
                        let below = placed.at.y < bar.from.y && bar.to.y < placed.at.y + placed.size.height;
                        placed.quarter_turns == 0 && below && (left == bar.from.x || right == bar.from.x)
                    };
                    let held: Vec<_> =
                        side.pages.iter().filter(touches).filter_map(|p| p.page.own()).collect();
                    assert_eq!(held.len(), 2, "{kind:?}");
                    let (first, far) = (held[0].min(held[1]), held[0].max(held[1]));
                    assert_eq!(first % 4, 0);
                    assert_eq!(far - first + 1, if sections == 6 { 8 } else { 16 });
                    assert!(bar.from.y >= last, "each lies one step below the one before");
                    last = bar.to.y;
                }
            }
            assert_eq!(bars, sections);
        }
    }
}

#[test]
fn pages_for_both_papers_fit_both() {
    let page = Size::mm(139.7, 210.0);
    for sheet in [Size::mm(210.0, 297.0), Size::mm(215.9, 279.4)] {
        assert!(!marked(BindingKind::Saddle, page, sheet, Flip::ShortEdge, false, &[]).is_empty());
    }
}

#[test]
fn staples_are_marked_on_the_outermost_fold_alone() {
    let page = Size::mm(105.0, 148.0);
    for (kind, sheet, outsides) in [
        (BindingKind::Saddle, Size::mm(210.0, 148.0), 1),
        (BindingKind::Sections { sheets: Some(4) }, Size::mm(210.0, 148.0), 3),
        (BindingKind::Folded(SheetFold::Quarto), Size::mm(210.0, 297.0), 6),
        (BindingKind::Perfect, Size::mm(210.0, 148.0), 0),
        (BindingKind::CutStack { up: 2 }, Size::mm(210.0, 148.0), 0),
    ] {
        for rtl in [false, true] {
            let sides = marked(kind, page, sheet, Flip::ShortEdge, rtl, &[PrintersMark::Staple]);
            let with: Vec<&Side> = sides.iter().filter(|side| !side.marks.is_empty()).collect();
            assert_eq!(with.len(), outsides, "{kind:?}");
            for side in with {
                let fold = side.size.width / 2;
                // Two staples of two legs, as far from the head as from the foot of the page on the fold.
                assert_eq!(side.marks.len(), 4);
                let ys: Vec<Length> = side.marks.iter().map(|mark| mark.from.y).collect();
                let row = side.trim.bottom() - page.height;
                assert!(ys.iter().all(|y| *y > row && *y < row + page.height));
                let (first, last) = (ys[0] - row, row + page.height - ys[3]);
                assert!((first - last).abs() < Length(10), "{first} {last}");
                assert!((ys[1] - ys[0] - Length::from_mm(12.0)).abs() < Length(10));
                // Their middles are a quarter of the page from its head and from its foot.
                for (staple, quarter) in [((ys[0] + ys[1]) / 2, 1), ((ys[2] + ys[3]) / 2, 3)] {
                    assert!((staple - row - page.height * quarter / 4).abs() < Length(10), "{kind:?}");
                }
                for mark in &side.marks {
                    assert_eq!((mark.from.x + mark.to.x) / 2, fold);
                    assert!(mark.to.x - mark.from.x <= Length::pt(4));
                }
            }
        }
    }
    let copies = BindingKind::Copies { up: Some(4) };
    let sides = marked(copies, page, Size::mm(420.0, 297.0), Flip::ShortEdge, true, &[PrintersMark::Staple]);
    let counts: Vec<usize> = sides.iter().map(|side| side.marks.len()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 16, "every copy has its own: {counts:?}");
}

#[test]
fn pages_that_bleed_are_cut_apart_with_paper_between_them() {
    let page = Size::mm(105.0, 148.0);
    let bleed = booklet::typeset::frame::BLEED;
    let laid = |kind: BindingKind, sheet: Size| {
        let mut pages = pages(8, page, false);
        let at = Point::new(-bleed, -bleed);
        let size = Size::new(page.width + bleed * 2, page.height + bleed * 2);
        let ground = Item::Fill { size, colour: Colour::Gray(200) };
        pages.pages[2].items.push(Placed { at, owner: Owner::Artefact, item: ground });
        let mut report = Report::new();
        let job = Job { marks: vec![PrintersMark::Crop], ..Job::new(kind, sheet, Flip::LongEdge) };
        let sides = impose(&pages, &Binding::Print(job), None, &mut report).sides;
        let codes: Vec<&str> = report.diagnostics().iter().map(|found| found.code.0).collect();
        (sides, codes.join(" "))
    };
    let gap = |sides: &[Side]| {
        let mut xs: Vec<Length> = sides[0].pages.iter().map(|placed| placed.at.x).collect();
        xs.sort();
        xs.dedup();
        xs[1] - xs[0] - page.width
    };
    let (sides, codes) = laid(BindingKind::CutStack { up: 4 }, Size::mm(240.0, 330.0));
    assert_eq!((gap(&sides), codes.as_str()), (bleed * 2, ""));
    for side in &sides {
        for placed in &side.pages {
            // Every page may bleed on every side, and into no other page.
            let clip = placed.clip;
            assert_eq!((placed.at.x - clip.origin.x, placed.at.y - clip.origin.y), (bleed, bleed));
            assert_eq!(clip.size, Size::new(page.width + bleed * 2, page.height + bleed * 2));
        }
        // Two columns of pages have four edges, and each is marked above and below.
        assert_eq!(side.marks.iter().filter(|mark| mark.from.x == mark.to.x).count(), 8);
    }
    let (sides, codes) = laid(BindingKind::CutStack { up: 4 }, Size::mm(210.0, 297.0));
    assert_eq!((gap(&sides), codes.as_str()), (Length::ZERO, "I006"));
    // A fold needs no paper between the pages.
    let (sides, codes) = laid(BindingKind::Saddle, Size::mm(240.0, 330.0));
    assert_eq!((gap(&sides), codes.as_str()), (Length::ZERO, ""));
}

#[test]
fn what_reaches_over_one_edge_alone_bleeds_and_what_reaches_to_it_does_not() {
    let page = Size::mm(105.0, 148.0);
    let hair = Length(1);
    let gap = |at: Point, size: Size| {
        let mut pages = pages(8, page, false);
        let ground = Item::Fill { size, colour: Colour::Gray(200) };
        pages.pages[2].items.push(Placed { at, owner: Owner::Artefact, item: ground });
        let job = Job::new(BindingKind::CutStack { up: 4 }, Size::mm(240.0, 330.0), Flip::LongEdge);
        let sides = impose(&pages, &Binding::Print(job), None, &mut Report::new()).sides;
        let mut xs: Vec<Length> = sides[0].pages.iter().map(|placed| placed.at.x).collect();
        xs.sort();
        xs.dedup();
        xs[1] - xs[0] - page.width
    };
    let none = Length::ZERO;
    assert_eq!(gap(Point::new(none, none), page), none, "to all edges and over none");
    assert_eq!(gap(Point::new(Length::pt(9), Length::pt(9)), Size::mm(9.0, 9.0)), none);
    let bleed = booklet::typeset::frame::BLEED * 2;
    for (at, size) in [
        (Point::new(-hair, none), page),
        (Point::new(none, -hair), page),
        (Point::new(none, none), Size::new(page.width + hair, page.height)),
        (Point::new(none, none), Size::new(page.width, page.height + hair)),
    ] {
        assert_eq!(gap(at, size), bleed, "{at:?} {size:?}");
    }
}
