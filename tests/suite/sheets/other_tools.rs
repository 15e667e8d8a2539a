//! Orders and creep as other programs have them, observed and kept in `tests/goldens`.

use booklet::diagnostic::Report;
use booklet::impose::{PageRef, impose};
use booklet::length::Length;
use booklet::manifest::Flip;

use super::imposition::{a4, a5, pages, saddle};

/// Pages of a side from left to right, looked at upright, numbered from 1.
fn left_right(side: &booklet::impose::Side) -> [Option<usize>; 2] {
    let mut pages = side.pages.clone();
    pages.sort_by_key(|placed| placed.at.x);
    if pages[0].quarter_turns == 2 {
        pages.reverse();
    }
    [0, 1].map(|at| pages[at].page.own().map(|page| page + 1))
}

#[test]
fn orders_are_those_of_other_tools() {
    let mut compared = 0;
    for line in include_str!("../../goldens/saddle-orders.txt").lines().filter(|line| !line.starts_with('#'))
    {
        let (head, orders) = line.split_once(" : ").unwrap();
        let head: Vec<&str> = head.split(' ').collect();
        let [_tool, count, spine, blanks, edge] = head[..] else { panic!("{line}") };
        let count: usize = count.parse().unwrap();
        let flip = if edge == "short-edge" { Flip::ShortEdge } else { Flip::LongEdge };
        let pages = pages(count, a5(), spine == "right");
        let sheets = impose(&pages, &saddle(a4(), flip, Length::ZERO), None, &mut Report::new());

        let mut theirs: Vec<[Option<usize>; 2]> = orders
            .split(" | ")
            .map(|side| {
                let (left, right) = side.split_once(' ').unwrap();
                [left.parse().ok(), right.parse().ok()]
            })
            .collect();
        // Where we differ on purpose: the last page is the back cover, and blanks go before it.
        if blanks == "blanks-last" && !count.is_multiple_of(4) {
            let last = Some(count);
            theirs.iter_mut().flatten().filter(|page| **page == last).for_each(|page| *page = None);
            let outside = theirs.iter_mut().find(|pair| pair.contains(&Some(1))).unwrap();
            *outside = outside.map(|page| page.or(last));
        }
        // Some start at the inside, or call the inner side the front: the sheets are the same.
        let mut theirs: Vec<[[Option<usize>; 2]; 2]> =
            theirs.chunks(2).map(|sheet| [sheet[0], sheet[1]]).collect();
        let mut ours: Vec<_> =
            sheets.sides.chunks(2).map(|sheet| [left_right(&sheet[0]), left_right(&sheet[1])]).collect();
        for sheets in [&mut theirs, &mut ours] {
            sheets.iter_mut().for_each(|sheet| sheet.sort());
            sheets.sort();
        }
        assert_eq!(ours, theirs, "{line}");
        compared += 1;
    }
    assert!(compared >= 40, "{compared} orders compared");
}

#[test]
fn creep_is_that_of_another_tool_seen_from_the_cover() {
    for line in include_str!("../../goldens/saddle-creep.txt").lines().filter(|line| !line.starts_with('#')) {
        let (head, shifts) = line.split_once(" : ").unwrap();
        let (thickness, count) = head.split_once(' ').unwrap();
        let (thickness, count): (f64, usize) = (thickness.parse().unwrap(), count.parse().unwrap());
        let pages = pages(count, a5(), false);
        let binding = saddle(a4(), Flip::ShortEdge, Length::from_mm(thickness));
        let sheets = impose(&pages, &binding, None, &mut Report::new());
        let fold = sheets.sides[0].size.width / 2;
        let outermost = thickness * (count / 4 - 1) as f64;
        for shift in shifts.split(' ') {
            let (page, theirs) = shift.split_once('=').unwrap();
            let (page, theirs): (usize, f64) = (page.parse().unwrap(), theirs.parse().unwrap());
            let placed = sheets.sides.iter().flat_map(|side| &side.pages);
            let placed = placed.into_iter().find(|placed| placed.page == PageRef::Page(page - 1)).unwrap();
            // Away from the fold, ours.
            let right = placed.at.x + a5().width / 2 > fold;
            let ours = if right { placed.at.x - fold } else { fold - placed.at.x - a5().width };
            let theirs = if right { theirs } else { -theirs };
            // They hold the innermost sheet, we the cover; and they round each step to 1/50 mm or so.
            let difference = (ours.to_mm() + outermost - theirs).abs();
            assert!(difference < 0.036, "page {page} of {count}: {difference} mm");
        }
    }
}
