//! A plan → sides of paper: the grid in the middle of the sheet, each page in its cell.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::{BindingKind, Flip, Paper, PrintersMark};
use crate::typeset::frame::{BLEED, Pages};

use super::grid::Grid;
use super::plan::{Cell, Plan, Spine};
use super::{Job, PlacedPage, Purpose, Scale, Sheets, Side, bleed, marks, paper, room, turn};

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
    let Some((sheet, gutter)) = paper_for(&plan, pages, job.sheet) else {
        report.push(too_large(job.sheet, &plan).at_opt(at));
        return sheets;
    };
    if pages.right_to_left {
        plan.mirror();
    }
    sheets.creep = plan.creep();
    let front = Grid::front(&plan, sheet, gutter);
    let back = front.behind();
    let mut section = 0;
    for (index, cells) in plan.faces.iter().enumerate() {
        let grid = if !plan.one_sided && index % 2 == 1 { &back } else { &front };
        let mut side = lay(grid, cells, pages, plan.scale);
        side.marks = marks::all(grid, cells, &side.trim, &job.marks);
        if job.marks.contains(&PrintersMark::Registration) {
            side.marks.extend(marks::registration(&side.trim, sheet));
        }
        for (fold, row) in marks::backs(grid, cells) {
            if job.marks.contains(&PrintersMark::Staple) && job.kind != BindingKind::Perfect {
                side.marks.extend(marks::staples(fold, row));
            }
            if job.marks.contains(&PrintersMark::Section) && plan.sections.len() > 1 {
                side.marks.push(marks::step(section, fold, row));
            }
            section += 1;
        }
        sheets.sides.push(side);
    }
    sheets.papers = if plan.one_sided { sheets.sides.len() } else { sheets.sides.len() / 2 };
    sheets.grid = (plan.columns.len(), plan.rows);
    sheets.up = plan.columns.len() * plan.rows;
    if let Some(finding) = crept_over(&sheets.sides, sheets.creep) {
        report.push(finding.at_opt(at));
        sheets.sides.clear();
        return sheets;
    }
    bleed::check(&front, &plan, pages, at, report);
    let clear = room::Clear { moved: sheets.creep > Length::ZERO, rim: job.unprintable, scale: plan.scale };
    clear.check(&sheets.sides, pages, at, report);
    if !plan.one_sided && turn::back_is_turned(sheet, job.flip) {
        for back in sheets.sides.iter_mut().skip(1).step_by(2) {
            turn::half_turn(back);
        }
    }
    if let (Flip::Manual(stacker), false) = (job.flip, plan.one_sided) {
        sheets.sides = turn::two_runs(std::mem::take(&mut sheets.sides), stacker);
    }
    sheets.order = plan.order();
    sheets.leaves = sheets.order.len().div_ceil(2);
    sheets.facing = plan.facing;
    sheets.sections = plan.sections;
    sheets
}

/// The sheet turned for the grid, and the gutter between pages that are cut apart: twice the bleed if
/// pictures run over pages' edges and the sheet has room, otherwise none.
fn paper_for(plan: &Plan, pages: &Pages, sheet: Size) -> Option<(Size, Length)> {
    let gutter = BLEED * 2;
    let spread = plan.extent(gutter);
    if spread != plan.extent(Length::ZERO)
        && bleed::any(pages)
        && let Some(sheet) = paper::orient(sheet, spread)
    {
        return Some((sheet, gutter));
    }
    paper::orient(sheet, plan.extent(Length::ZERO)).map(|sheet| (sheet, Length::ZERO))
}

/// One side, without marks.
fn lay(grid: &Grid, cells: &[Cell], pages: &Pages, scale: Scale) -> Side {
    let trim = grid.trim(cells);
    let printable = grow_within(&trim, BLEED, grid.sheet);
    let place = |(index, cell): (usize, &Cell)| {
        let frame = grid.moved(index, cell);
        let given = cell.page.own().and_then(|index| pages.pages.get(index));
        let size = given.map_or(frame.size, |page| scale.of_size(page.size));
        let slack = frame.size.width - size.width;
        let x = match cell.spine {
            Spine::None => slack / 2,
            Spine::Left => Length::ZERO,
            Spine::Right => slack,
        };
        let at = if cell.turned {
            Point::new(frame.right() - x, frame.bottom())
        } else {
            Point::new(frame.origin.x + x, frame.origin.y)
        };
        let quarter_turns = if cell.turned { 2 } else { 0 };
        PlacedPage { page: cell.page, at, size, quarter_turns, scale, clip: grid.clip(index, &printable) }
    };
    let pages = cells.iter().enumerate().map(place).collect();
    Side { size: grid.sheet, trim, pages, marks: Vec::new() }
}

/// Half a sheet may be rounded by a unit.
const ROUNDING: Length = Length(1);

/// An error when creep outward moves pages over the edge of the sheet.
fn crept_over(sides: &[Side], creep: Length) -> Option<Diagnostic> {
    let over = |side: &Side| (-side.trim.origin.x).max(side.trim.right() - side.size.width);
    let most = sides.iter().map(over).max().filter(|over| *over > ROUNDING)?;
    let message = format!(
        "creep moves outer pages outward by {:.1} mm, {:.1} mm over the edge of the sheet",
        creep.to_mm(),
        most.to_mm()
    );
    Some(
        Diagnostic::error(codes::I005, message)
            .hint("move inner pages inward instead, which needs no room: `direction = \"inward\"`")
            .hint("or print on a larger sheet, or on thinner paper"),
    )
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
    let (page, extent) = (paper::in_words(plan.page), plan.extent(Length::ZERO));
    let what = match (columns, rows) {
        (1, 1) => format!("a page of {page} needs as much paper"),
        (2, 1) => format!("two pages of {page} side by side need {}", paper::in_words(extent)),
        (_, 1) => format!("{columns} pages of {page} side by side need {}", paper::in_words(extent)),
        _ => format!("{columns} by {rows} pages of {page} need {}", paper::in_words(extent)),
    };
    let message = format!("{what}, more than the sheet of {}", paper::in_words(sheet));
    let diagnostic = Diagnostic::error(codes::I001, message);
    let diagnostic = match paper::smallest(extent, sheet) {
        Some(Paper { name, .. }) => {
            diagnostic.hint(format!("print it on a larger sheet: `sheet = \"{name}\"`"))
        }
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
