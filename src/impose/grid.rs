//! The grid of a plan, measured out on its sheet: where every cell lies, and where the lines between are
//! folded or cut.

use crate::length::{Length, Point, Rect, Size};

use super::plan::{Cell, Plan, Spine};

/// From one edge of a column or row to the other.
pub(super) type Stretch = (Length, Length);

/// A line between cells, or around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridLine {
    /// Its distance from the sheet's left or upper edge.
    pub at: Length,
    /// Whether it is folded; cut otherwise.
    pub fold: bool,
}

/// The grid on one side of its sheet.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// The sheet.
    pub sheet: Size,
    /// Columns from the left.
    pub columns: Vec<Stretch>,
    /// Rows from the top.
    pub rows: Vec<Stretch>,
    /// Lines that run down, from the left.
    pub down: Vec<GridLine>,
    /// Lines that run across, from the top.
    pub across: Vec<GridLine>,
}

impl Grid {
    /// The grid as a front has it, in the middle of the sheet. `gutter` is free paper between cells that
    /// are cut apart.
    pub fn front(plan: &Plan, sheet: Size, gutter: Length) -> Self {
        let heights = vec![plan.page.height; plan.rows];
        let alike = plan.columns.iter().all(|width| *width == plan.page.width);
        let (columns, down) = stretches(&plan.columns, &plan.folds_down, gutter, sheet.width, alike);
        let (rows, across) = stretches(&heights, &plan.folds_across, gutter, sheet.height, false);
        Self { sheet, columns, rows, down, across }
    }

    /// The same as a back has it, which is looked at from behind.
    pub fn behind(&self) -> Self {
        let width = self.sheet.width;
        let mut back = self.clone();
        back.columns.reverse();
        back.columns.iter_mut().for_each(|(from, to)| (*from, *to) = (width - *to, width - *from));
        back.down.reverse();
        back.down.iter_mut().for_each(|line| line.at = width - line.at);
        back
    }

    /// Where a cell of a face lies; cells are counted row by row.
    pub fn frame(&self, index: usize) -> Rect {
        let (column, row) = (index % self.columns.len(), index / self.columns.len());
        let ((left, right), (top, bottom)) = (self.columns[column], self.rows[row]);
        Rect::new(left, top, right - left, bottom - top)
    }

    /// Where it lies when creep has moved its page.
    pub fn moved(&self, index: usize, cell: &Cell) -> Rect {
        let frame = self.frame(index);
        let left = match cell.spine {
            Spine::None => Length::ZERO,
            Spine::Left => -cell.shift,
            Spine::Right => cell.shift,
        };
        let left = if cell.turned { -left } else { left };
        Rect { origin: Point::new(frame.origin.x + left, frame.origin.y), size: frame.size }
    }

    /// What a page of a cell may print on: its own part of the paper, half of the gutters around it, and
    /// at the rim as far as `printable` goes.
    pub fn clip(&self, index: usize, printable: &Rect) -> Rect {
        let (column, row) = (index % self.columns.len(), index / self.columns.len());
        let (left, right) = reach(&self.columns, column, (printable.origin.x, printable.right()));
        let (top, bottom) = reach(&self.rows, row, (printable.origin.y, printable.bottom()));
        Rect::new(left, top, right - left, bottom - top)
    }

    /// What is left of the sheet when it is cut: all cells of a face together, moved by creep.
    pub fn trim(&self, cells: &[Cell]) -> Rect {
        let edges = |row: usize| self.fore_edges(cells, row);
        let all: Vec<Stretch> = (0..self.rows.len()).map(edges).collect();
        let left = all.iter().map(|(left, _)| *left).min().unwrap_or_default();
        let right = all.iter().map(|(_, right)| *right).max().unwrap_or_default();
        let top = self.rows.first().map_or(Length::ZERO, |row| row.0);
        let bottom = self.rows.last().map_or(Length::ZERO, |row| row.1);
        Rect::new(left, top, right - left, bottom - top)
    }

    /// The outermost edges of a row's cells, moved by creep.
    pub fn fore_edges(&self, cells: &[Cell], row: usize) -> Stretch {
        let columns = self.columns.len();
        let (first, last) = (row * columns, (row + 1) * columns - 1);
        let moved = |index: usize| cells.get(index).map(|cell| self.moved(index, cell));
        let left = moved(first).map_or(Length::ZERO, |rect| rect.origin.x);
        (left, moved(last).map_or(Length::ZERO, |rect| rect.right()))
    }
}

/// Columns or rows in the middle of a sheet, and the lines around them.
fn stretches(
    sizes: &[Length],
    folds: &[usize],
    gutter: Length,
    sheet: Length,
    halves: bool,
) -> (Vec<Stretch>, Vec<GridLine>) {
    let gap = |before: usize| if before == 0 || folds.contains(&before) { Length::ZERO } else { gutter };
    let extent = |until: usize| -> Length { (0..until).map(|n| sizes[n] + gap(n)).sum() };
    // The middle of an even grid is the middle of the sheet, to the unit.
    let half = sizes.len() / 2;
    let mut at = if halves && sizes.len().is_multiple_of(2) {
        sheet / 2 - extent(half) - gap(half) / 2
    } else {
        (sheet - extent(sizes.len())) / 2
    };
    let (mut stretches, mut lines) = (Vec::new(), vec![GridLine { at, fold: false }]);
    for (n, size) in sizes.iter().enumerate() {
        if gap(n) > Length::ZERO {
            at += gap(n);
            lines.push(GridLine { at, fold: false });
        }
        stretches.push((at, at + *size));
        at += *size;
        lines.push(GridLine { at, fold: folds.contains(&(n + 1)) });
    }
    (stretches, lines)
}

/// How far a page may print, along one direction.
fn reach(cells: &[Stretch], at: usize, (near, far): Stretch) -> Stretch {
    let from = if at == 0 { near } else { (cells[at - 1].1 + cells[at].0) / 2 };
    let to = cells.get(at + 1).map_or(far, |next| (cells[at].1 + next.0) / 2);
    (from, to)
}
