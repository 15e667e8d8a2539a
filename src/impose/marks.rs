//! Marks: lines that tell the hand where to fold, printed outside the trim.
//!
//! A mark begins a little off the trim, so that a cut a hair too wide does not show it, and ends before
//! the edge of the sheet. Where the pages leave no such room (A5 pages fill A4 from head to foot) there
//! is no mark: the fold is the middle of the sheet, and the sheet's own edge shows it.

use crate::length::{Length, Point, Rect, Size};

use super::MarkLine;

/// Free space between trim and mark: half the bleed of 3 mm would be cut away with it, so all of it.
const OFF_TRIM: Length = super::BLEED;
/// Free space between mark and the edge of the sheet.
const OFF_EDGE: Length = Length::pt(1);
/// A shorter mark says nothing.
const SHORTEST: Length = Length::pt(3);
/// A longer mark says nothing more.
const LONGEST: Length = Length::pt(28);
/// Hairline that every printer can draw.
const WIDTH: Length = Length(Length::PER_POINT / 4);

/// Dashed marks at both ends of a fold that runs down the sheet at `x`.
pub(super) fn fold(x: Length, trim: &Rect, sheet: Size) -> Vec<MarkLine> {
    let upper = ends(trim.origin.y - OFF_TRIM, OFF_EDGE);
    let lower = ends(sheet.height - trim.bottom() - OFF_TRIM, OFF_EDGE);
    let line = |from: Length, to: Length| MarkLine {
        from: Point::new(x, from),
        to: Point::new(x, to),
        width: WIDTH,
        dashed: true,
    };
    let mut marks = Vec::new();
    if let Some((near, far)) = upper {
        marks.push(line(far, near));
    }
    if let Some((near, far)) = lower {
        marks.push(line(sheet.height - near, sheet.height - far));
    }
    marks
}

/// Where a mark begins and ends, measured from the edge of the sheet, when it has room.
fn ends(near_trim: Length, near_edge: Length) -> Option<(Length, Length)> {
    let room = near_trim - near_edge;
    (room >= SHORTEST).then(|| (near_trim, near_trim - room.min(LONGEST)))
}
