//! Sides of sheets → content streams that place pages, and the boxes around them.
//!
//! Comes in: a [`Side`]. Goes out: operators that put each page where imposition wants it, clipped to
//! its own part of the paper, and draw the marks.

use crate::impose::{MarkLine, PageRef, PlacedPage, Side};
use crate::length::{Length, Point, Rect, Size};

use crate::pdf::objects::content::{Content, Milli};

/// Name of the state in which black is overprinted.
pub(in crate::pdf) const OVERPRINT: &str = "K";

/// Draws a side of sheets that refer to so many own pages. `black` tells which pages have nothing but black that can be
/// overprinted.
pub(in crate::pdf) fn side(side: &Side, own: usize, black: impl Fn(PageRef) -> bool) -> Vec<u8> {
    let mut content = Content::new();
    for placed in &side.pages {
        if let Some(page) = placed.page.index(own) {
            content.operator(&[], "q");
            content.operator(&lower_left(&placed.clip, side.size), "re W n");
            place(&mut content, placed, side.size);
            if black(placed.page) {
                content.state(OVERPRINT);
            }
            content.invoke(crate::pdf::PAGE, page);
            content.operator(&[], "Q");
        }
    }
    for mark in &side.marks {
        line(&mut content, mark, side.size);
    }
    content.finish()
}

/// The matrix that takes the page's space (origin at its lower left corner, y up) to the sheet's. The
/// page's top left corner goes to where it is placed; a clockwise turn takes x downward.
fn place(content: &mut Content, placed: &PlacedPage, sheet: Size) {
    let corner = Point::new(placed.at.x, sheet.height - placed.at.y);
    let height = placed.size.height;
    let (a, b, c, d) = match placed.quarter_turns % 4 {
        0 => (1, 0, 0, 1),
        1 => (0, -1, 1, 0),
        2 => (-1, 0, 0, -1),
        _ => (0, 1, -1, 0),
    };
    let (e, f) = (corner.x - height * c, corner.y - height * d);
    content.matrix([a, b, c, d].map(|part| part * placed.scale.0), [e, f].map(Milli::of));
}

fn line(content: &mut Content, mark: &MarkLine, sheet: Size) {
    let turned = |at: Point| [at.x, sheet.height - at.y].map(Milli::of);
    content.operator(&[], "q");
    content.operator(&[Milli::of(mark.width)], "w");
    if mark.dashed {
        content.operator(&[], "[3 2]0 d");
    }
    content.operator(&turned(mark.from), "m");
    content.operator(&turned(mark.to), "l");
    content.operator(&[], "S Q");
}

/// A rectangle of a sheet as PDF gives it: lower left corner, width, height.
fn lower_left(rect: &Rect, sheet: Size) -> [Milli; 4] {
    [rect.origin.x, sheet.height - rect.bottom(), rect.size.width, rect.size.height].map(Milli::of)
}

/// A rectangle of a sheet as PDF's page boxes give it: lower left and upper right corner.
pub(in crate::pdf) fn page_box(rect: &Rect, sheet: Size) -> [Milli; 4] {
    let (left, right) = (rect.origin.x, rect.right());
    [left, sheet.height - rect.bottom(), right, sheet.height - rect.origin.y].map(Milli::of)
}

/// A rectangle grown on all sides, as far as the sheet goes.
pub(in crate::pdf) fn grown(rect: &Rect, by: Length, sheet: Size) -> Rect {
    let left = (rect.origin.x - by).max(Length::ZERO);
    let top = (rect.origin.y - by).max(Length::ZERO);
    let right = (rect.right() + by).min(sheet.width);
    let bottom = (rect.bottom() + by).min(sheet.height);
    Rect::new(left, top, right - left, bottom - top)
}
