//! Marks: lines that tell the hand where to fold and where to cut, printed outside the trim.
//!
//! A mark begins a little off the trim, so that a cut a hair too wide does not show it, and ends before
//! the edge of the sheet. Where the pages leave no such room (A5 pages fill A4 from head to foot) there
//! is no mark: the fold is the middle of the sheet, and the sheet's own edge shows it. Only the steps of
//! sections lie inside, on the fold itself: glued or sewn, they are seen on the spine alone.

use crate::length::{Length, Point, Rect, Size};
use crate::manifest::PrintersMark;
use crate::typeset::frame::BLEED;

use super::MarkLine;
use super::grid::{Grid, GridLine, Stretch};
use super::plan::{Cell, Spine};

/// Free space between trim and mark: half the bleed of 3 mm would be cut away with it, so all of it.
const OFF_TRIM: Length = BLEED;
/// Free space between mark and the edge of the sheet.
const OFF_EDGE: Length = Length::pt(1);
/// A shorter mark says nothing.
const SHORTEST: Length = Length::pt(3);
/// A longer mark says nothing more.
const LONGEST: Length = Length::pt(28);
/// Half of a cross.
const CROSS: Length = Length::pt(4);
/// Length of a section's bar.
const STEP: Length = Length::pt(14);
/// Width of a staple, from leg to leg, as of those that office staplers take (24/6, 26/6).
const CROWN: Length = Length::mm(12);
/// Half of a staple's tick.
const TICK: Length = Length::pt(2);
/// Hairline that every printer can draw.
const WIDTH: Length = Length(Length::PER_POINT / 4);

/// The marks of a side that are asked for: dashed ones at both ends of every fold, solid ones at both
/// ends of every cut. Those of the outer cuts stand where creep has moved the pages' edges.
pub(super) fn all(grid: &Grid, cells: &[Cell], trim: &Rect, asked: &[PrintersMark]) -> Vec<MarkLine> {
    let mut marks = Vec::new();
    let sheet = grid.sheet;
    let wanted =
        |line: &GridLine| asked.contains(if line.fold { &PrintersMark::Fold } else { &PrintersMark::Crop });
    let rows = grid.rows.len();
    for (index, line) in grid.down.iter().enumerate().filter(|(_, line)| wanted(line)) {
        let ends = both_ends(trim.origin.y, sheet.height - trim.bottom(), sheet.height);
        for (end, row) in ends.into_iter().zip([0, rows - 1]) {
            let (left, right) = grid.fore_edges(cells, row);
            let x = match index {
                0 => left,
                _ if index + 1 == grid.down.len() => right,
                _ => line.at,
            };
            marks.extend(end.map(|(from, to)| mark(Point::new(x, from), Point::new(x, to), line.fold)));
        }
    }
    for line in grid.across.iter().filter(|line| wanted(line)) {
        let ends = both_ends(trim.origin.x, sheet.width - trim.right(), sheet.width);
        let across = |(from, to)| mark(Point::new(from, line.at), Point::new(to, line.at), line.fold);
        marks.extend(ends.into_iter().flatten().map(across));
    }
    marks
}

/// Crosses in the middle of the rims, where printers reach, as far from the sheet's left edge as from its
/// right one and from its upper as from its lower, so that those of front and back meet however the sheet
/// is turned.
pub(super) fn registration(trim: &Rect, sheet: Size) -> Vec<MarkLine> {
    let cross = |x: Length, y: Length| {
        let (across, down) = (Point::new(CROSS, Length::ZERO), Point::new(Length::ZERO, CROSS));
        [across, down].map(|arm| {
            let from = Point::new(x - arm.x, y - arm.y);
            mark(from, Point::new(x, y) + arm, false)
        })
    };
    let near = [sheet.width - trim.right(), trim.origin.x].into_iter().min().unwrap_or_default();
    let above = [sheet.height - trim.bottom(), trim.origin.y].into_iter().min().unwrap_or_default();
    let mut marks = Vec::new();
    // Off the middles, where marks of folds and cuts are.
    for eighths in [3, 5] {
        let room = |rim: Length| rim - OFF_TRIM >= CROSS * 2 + OFF_EDGE;
        let (x, y) = (sheet.width.scale(eighths, 8), sheet.height.scale(eighths, 8));
        if room(above) {
            let at = (above - OFF_TRIM) / 2;
            marks.extend([cross(x, at), cross(x, sheet.height - at)].concat());
        }
        if room(near) {
            let at = (near - OFF_TRIM) / 2;
            marks.extend([cross(at, y), cross(sheet.width - at, y)].concat());
        }
    }
    marks
}

/// A bar on the fold that becomes the back of a section, each section's one step below the one before,
/// so that the steps run down the gathered book. `fold` is the fold, and from where to where the page on it reaches.
pub(super) fn step(section: usize, fold: Length, (top, bottom): Stretch) -> MarkLine {
    let height = bottom - top;
    let steps = usize::try_from(height.scale(3, 4).0 / STEP.0).unwrap_or(1).max(1);
    let from = top + height / 8 + STEP * i64::try_from(section % steps).unwrap_or(0);
    let mut bar = mark(Point::new(fold, from), Point::new(fold, from + STEP), false);
    bar.width = Length::pt(3);
    bar
}

/// Where the fold lies that becomes the back of a section: between its first page and its last, which lie
/// side by side. Its distance from the left edge of the sheet, and the row.
pub(super) fn backs(grid: &Grid, cells: &[Cell]) -> Vec<(Length, Stretch)> {
    let columns = grid.columns.len().max(1);
    let rows = cells.chunks(columns).zip(&grid.rows);
    rows.flat_map(|(row, stretch)| {
        let back = move |(n, pair): (usize, &[Cell])| {
            let meet = pair[0].outermost && pair[1].outermost && pair[0].spine == Spine::Right;
            meet.then(|| (grid.columns[n].1, *stretch))
        };
        row.windows(2).enumerate().filter_map(back)
    })
    .collect()
}

/// Ticks across the fold at both ends of two staples, a quarter of the height from head and foot. They lie
/// under the staples, or beside thread.
pub(super) fn staples(fold: Length, (top, bottom): Stretch) -> Vec<MarkLine> {
    let height = bottom - top;
    let middles = [top + height / 4, bottom - height / 4];
    let ends = middles.into_iter().flat_map(|middle| [middle - CROWN / 2, middle + CROWN / 2]);
    ends.map(|y| mark(Point::new(fold - TICK, y), Point::new(fold + TICK, y), false)).collect()
}

fn mark(from: Point, to: Point, dashed: bool) -> MarkLine {
    MarkLine { from, to, width: WIDTH, dashed }
}

/// Where the marks at both ends of a line begin and end, when they have room: `near` and `far` are the
/// distances of the trim from the two edges of a sheet of this `length`.
fn both_ends(near: Length, far: Length, length: Length) -> [Option<(Length, Length)>; 2] {
    let first = ends(near - OFF_TRIM, OFF_EDGE).map(|(near, far)| (far, near));
    let last = ends(far - OFF_TRIM, OFF_EDGE).map(|(near, far)| (length - near, length - far));
    [first, last]
}

/// Where a mark begins and ends, measured from the edge of the sheet, when it has room.
fn ends(near_trim: Length, near_edge: Length) -> Option<(Length, Length)> {
    let room = near_trim - near_edge;
    (room >= SHORTEST).then(|| (near_trim, near_trim - room.min(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::plan::Plan;

    #[test]
    fn crosses_stand_where_both_arms_have_room_and_nowhere_else() {
        let room = CROSS * 2 + OFF_EDGE + OFF_TRIM;
        let crosses = |rim: Length| {
            let trim = Rect::new(rim, rim, Length::mm(100), Length::mm(150));
            let sheet = Size::new(trim.right() + rim, trim.bottom() + rim);
            registration(&trim, sheet).len() / 2
        };
        assert_eq!((crosses(room), crosses(room - Length(1)), crosses(Length::ZERO)), (8, 0, 0));
    }

    #[test]
    fn a_section_has_its_back_between_its_first_page_and_its_last() {
        let grid =
            Grid::front(&Plan::grid(Size::mm(100.0, 150.0), 2, 1), Size::mm(210.0, 297.0), Length::ZERO);
        let cell = |outermost, spine| Cell { outermost, spine, ..Cell::default() };
        for (outer, spine, back) in [
            ([true, true], Spine::Right, 1),
            ([true, true], Spine::Left, 0),
            ([true, false], Spine::Right, 0),
            ([false, true], Spine::Right, 0),
            ([false, false], Spine::Right, 0),
        ] {
            let cells = [cell(outer[0], spine), cell(outer[1], Spine::Left)];
            assert_eq!(backs(&grid, &cells).len(), back, "{outer:?} {spine:?}");
        }
    }
}
