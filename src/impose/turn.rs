//! Turning a sheet over: which way up the back has to be printed.
//!
//! A printer turns the sheet on one of its edges. Looked at with its pages upright, a sheet that is
//! turned on its left or right edge shows its back the same way up, as a leaf of a book does; turned on
//! its top or bottom edge, as a leaf of a wall calendar, its back stands on its head. Which of the two
//! is the short edge depends on the sheet: the left and right edges of a sheet that lies wide are its
//! short ones.

use crate::length::{Point, Rect, Size};
use crate::manifest::{Flip, Stacker};

use super::Side;

/// Whether backs must be printed head down, for pages that are upright on `sheet` as it is.
pub(super) fn back_is_turned(sheet: Size, flip: Flip) -> bool {
    let wide = sheet.width >= sheet.height;
    match flip {
        Flip::ShortEdge => !wide,
        Flip::LongEdge => wide,
        Flip::Manual(_) => false,
    }
}

/// Turns a side by 180° in its own plane.
pub(super) fn half_turn(side: &mut Side) {
    let Size { width, height } = side.size;
    let point = |p: Point| Point::new(width - p.x, height - p.y);
    let rect = |r: Rect| Rect { origin: point(Point::new(r.right(), r.bottom())), size: r.size };
    side.trim = rect(side.trim);
    for page in &mut side.pages {
        page.at = point(page.at);
        page.clip = rect(page.clip);
        page.quarter_turns = (page.quarter_turns + 2) % 4;
    }
    for mark in &mut side.marks {
        (mark.from, mark.to) = (point(mark.from), point(mark.to));
    }
}

/// Sides in the order of two runs by hand: all fronts, then all backs as the stack feeds them.
pub(super) fn two_runs(sides: Vec<Side>, stacker: Stacker) -> Vec<Side> {
    let (mut fronts, mut backs) = (Vec::new(), Vec::new());
    for (index, side) in sides.into_iter().enumerate() {
        if index % 2 == 0 { fronts.push(side) } else { backs.push(side) }
    }
    if stacker == Stacker::FaceDown {
        backs.reverse();
    }
    fronts.append(&mut backs);
    fronts
}
