//! A plan → sides of paper: the grid in the middle of the sheet, each page in its cell.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::{Flip, Mark};
use crate::typeset::frame::Pages;

use super::plan::{Cell, Plan, Spine};
use super::{BLEED, Job, PlacedPage, Purpose, Sheets, Side, marks, paper, room, turn};

/// Lays a plan out; records an error and gives no sides when the grid does not fit the sheet.
pub(super) fn out<'a>(
    pages: &'a Pages,
    mut plan: Plan,
    job: &Job,
    at: Option<Span>,
    report: &mut Report,
) -> Sheets<'a> {
    let mut sheets = Sheets::none(pages, Purpose::Print(job.flip));
    if plan.one_sided {
        sheets.purpose = Purpose::PrintOneSide;
    }
    let extent = plan.extent();
    let Some(sheet) = paper::orient(job.sheet, extent) else {
        report.push(too_large(job.sheet, &plan).at_opt(at));
        return sheets;
    };
    if pages.right_to_left {
        plan.mirror();
    }
    sheets.creep = plan.creep();
    let grid = Grid::new(&plan, sheet);
    let outsides = if job.marks.contains(&Mark::Section) { section_fronts(&plan) } else { Vec::new() };
    for (index, cells) in plan.faces.iter().enumerate() {
        let back = !plan.one_sided && index % 2 == 1;
        let mut side = grid.side(cells, back, pages);
        side.marks = marks::all(&plan, &grid.lines(back), &side.trim, sheet, &job.marks, back);
        if job.marks.contains(&Mark::Registration) {
            side.marks.extend(marks::registration(&side.trim, sheet));
        }
        if let Some(section) = outsides.iter().position(|&face| face == index) {
            // The first page and the last lie side by side, at the end of the lowest row.
            let columns = plan.columns.len();
            let fold = grid.across[if pages.right_to_left { 1 } else { columns - 1 }];
            side.marks.push(marks::step(section, fold, grid.down[plan.rows - 1], plan.page.height));
        }
        sheets.sides.push(side);
    }
    sheets.papers = if plan.one_sided { sheets.sides.len() } else { sheets.sides.len() / 2 };
    sheets.up = plan.columns.len() * plan.rows;
    let moved = sheets.creep > Length::ZERO;
    room::check(&sheets.sides, pages, (moved, job.unprintable), at, report);
    if !plan.one_sided && turn::back_is_turned(sheet, job.flip) {
        for back in sheets.sides.iter_mut().skip(1).step_by(2) {
            turn::half_turn(back);
        }
    }
    if let (Flip::Manual(stacker), false) = (job.flip, plan.one_sided) {
        sheets.sides = turn::two_runs(std::mem::take(&mut sheets.sides), stacker);
    }
    sheets.sections = plan.sections;
    sheets
}

/// Which fronts are the outsides of sections, when several are gathered.
fn section_fronts(plan: &Plan) -> Vec<usize> {
    let mut next = 0;
    let front = |sheets: &usize| {
        let front = next;
        next += 2 * sheets;
        front
    };
    if plan.sections.len() > 1 { plan.sections.iter().map(front).collect() } else { Vec::new() }
}

/// The grid on its sheet.
struct Grid {
    sheet: Size,
    page: Size,
    /// Edges of the front's columns.
    across: Vec<Length>,
    /// Edges of the rows.
    down: Vec<Length>,
}

impl Grid {
    fn new(plan: &Plan, sheet: Size) -> Self {
        let extent = plan.extent();
        // The middle column edge of an even grid is the middle of the sheet, to the unit.
        let mut x = sheet.width / 2 - plan.columns[..plan.columns.len() / 2].iter().copied().sum();
        if !plan.columns.len().is_multiple_of(2) || plan.columns.iter().any(|w| *w != plan.page.width) {
            x = (sheet.width - extent.width) / 2;
        }
        let mut y = (sheet.height - extent.height) / 2;
        let (mut across, mut down) = (vec![x], vec![y]);
        for width in &plan.columns {
            x += *width;
            across.push(x);
        }
        for _ in 0..plan.rows {
            y += plan.page.height;
            down.push(y);
        }
        Self { sheet, page: plan.page, across, down }
    }

    /// Edges of columns and rows of a front or of a back, which is looked at from behind.
    fn lines(&self, back: bool) -> (Vec<Length>, Vec<Length>) {
        let mut across = self.across.clone();
        if back {
            across.reverse();
            across.iter_mut().for_each(|x| *x = self.sheet.width - *x);
        }
        (across, self.down.clone())
    }

    fn side(&self, cells: &[Cell], back: bool, pages: &Pages) -> Side {
        let (across, down) = self.lines(back);
        let columns = across.len() - 1;
        let (left, top) = (across[0], down[0]);
        let trim = Rect::new(left, top, across[columns] - left, down[down.len() - 1] - top);
        let printable = grow_within(&trim, BLEED, self.sheet);
        let place = |(index, cell): (usize, &Cell)| {
            let (column, row) = (index % columns, index / columns);
            let frame = between(&across, &down, column, row);
            // Where no other page lies, the page may print over its trim.
            let from = |edges: &[Length], at: usize, rim: Length| if at == 0 { rim } else { edges[at] };
            let to = |edges: &[Length], at: usize, rim: Length| {
                if at + 2 == edges.len() { rim } else { edges[at + 1] }
            };
            let (x, y) = (from(&across, column, printable.origin.x), from(&down, row, printable.origin.y));
            let clip = Rect::new(
                x,
                y,
                to(&across, column, printable.right()) - x,
                to(&down, row, printable.bottom()) - y,
            );
            let size = cell.page.and_then(|index| pages.pages.get(index)).map_or(self.page, |page| page.size);
            let slack = frame.size.width - size.width;
            let x = match cell.spine {
                Spine::None => slack / 2,
                Spine::Left => -cell.shift,
                Spine::Right => slack + cell.shift,
            };
            let at = if cell.turned {
                Point::new(frame.right() - x, frame.bottom())
            } else {
                Point::new(frame.origin.x + x, frame.origin.y)
            };
            PlacedPage { page: cell.page, at, size, quarter_turns: if cell.turned { 2 } else { 0 }, clip }
        };
        let pages = cells.iter().enumerate().map(place).collect();
        Side { size: self.sheet, trim, pages, marks: Vec::new() }
    }
}

fn between(across: &[Length], down: &[Length], column: usize, row: usize) -> Rect {
    let (x, y) = (across[column], down[row]);
    Rect::new(x, y, across[column + 1] - x, down[row + 1] - y)
}

/// The rectangle grown by `by` on all sides, as far as the sheet goes.
fn grow_within(rect: &Rect, by: Length, sheet: Size) -> Rect {
    let left = (rect.origin.x - by).max(Length::ZERO);
    let top = (rect.origin.y - by).max(Length::ZERO);
    let right = (rect.right() + by).min(sheet.width);
    let bottom = (rect.bottom() + by).min(sheet.height);
    Rect::new(left, top, right - left, bottom - top)
}

fn too_large(sheet: Size, plan: &Plan) -> Diagnostic {
    let (columns, rows) = (plan.columns.len(), plan.rows);
    let (page, extent) = (paper::in_words(plan.page), plan.extent());
    let what = match (columns, rows) {
        (1, 1) => format!("a page of {page} needs as much paper"),
        (2, 1) => format!("two pages of {page} side by side need {}", paper::in_words(extent)),
        (_, 1) => format!("{columns} pages of {page} side by side need {}", paper::in_words(extent)),
        _ => format!("{columns} by {rows} pages of {page} need {}", paper::in_words(extent)),
    };
    let message = format!("{what}, more than the sheet of {}", paper::in_words(sheet));
    let diagnostic = Diagnostic::error(codes::I001, message);
    let diagnostic = match paper::smallest(extent) {
        Some(name) => diagnostic.hint(format!("print it on a larger sheet: `sheet = \"{name}\"`")),
        None => diagnostic.hint("give a larger `sheet`, as `{ width, height }`"),
    };
    // Turned as the pages need it.
    let (long, short) = (sheet.width.max(sheet.height), sheet.width.min(sheet.height));
    let turned = if extent.width >= extent.height { Size::new(long, short) } else { Size::new(short, long) };
    let parts = |length: Length, n: usize| length / i64::try_from(n.max(1)).unwrap_or(i64::MAX);
    let most = Size::new(parts(turned.width, columns), parts(turned.height, rows));
    let times = match columns * rows {
        1 => "that sheet".to_owned(),
        2 => "twice on that sheet".to_owned(),
        n => format!("{n} times on that sheet"),
    };
    let verb = if columns * rows == 1 { "fits" } else { "fit" };
    diagnostic.hint(format!("or set smaller pages: at most {} {verb} {times}", paper::in_words(most)))
}
