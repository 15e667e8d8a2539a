//! Mini booklets: all of a small booklet on one sheet.
//!
//! Eight pages lie on one side of the sheet in a ring: 1 to 8 in order around a slit between the rows of
//! the two middle columns. Folded lengthwise, with the slit pushed open, the four columns become four
//! leaves of double paper: no staple, no second side.
//!
//! Sixteen pages lie on both sides, as four spreads. The sheet is cut into the four, which are laid on
//! each other, folded and stapled. Spreads are counted down the columns, then from left to right, and
//! the first is the outermost.

use super::gathered::{self, Fold};
use crate::impose::plan::{Cell, Load, Plan};

/// Most pages that one sheet gives.
pub(in crate::impose) const MOST: usize = 16;
/// Most pages with one side printed.
const ONE_SIDE: usize = 8;
const COLUMNS: usize = 4;

/// One sheet, for at most [`MOST`] pages.
pub(in crate::impose) fn plan(load: &Load) -> Plan {
    if load.count <= ONE_SIDE { ring(load) } else { spreads(load) }
}

fn ring(load: &Load) -> Plan {
    let mut plan = Plan::grid(load.page, COLUMNS, 2);
    plan.folds_down = vec![1, 2, 3];
    plan.folds_across = vec![1];
    plan.facing = true;
    plan.one_sided = true;
    let ring = [4, 3, 2, 1, 5, 6, 7, 0];
    let cell = |(at, place): (usize, usize)| Cell {
        turned: at < COLUMNS,
        ..Cell::leaf(load.at(place, ONE_SIDE), place)
    };
    if load.count > 0 {
        plan.faces.push(ring.into_iter().enumerate().map(cell).collect());
    }
    plan
}

fn spreads(load: &Load) -> Plan {
    let mut plan = Plan::grid(load.page, COLUMNS, 2);
    plan.folds_down = vec![1, 3];
    plan.facing = true;
    // Twelve pages and fewer need three spreads; the fourth is waste then.
    let booklet = gathered::plan(load, &Fold::FOLIO, usize::MAX);
    let spread = |at: usize, side: usize| {
        booklet.faces.get(2 * at + side).cloned().unwrap_or(vec![Cell::default(); 2])
    };
    for side in 0..2 {
        // Behind the left column of spreads lies the right one.
        let (left, right) = if side == 0 { (0, 2) } else { (2, 0) };
        let rows = [0, 1].map(|row| [spread(left + row, side), spread(right + row, side)].concat());
        plan.faces.push(rows.concat());
    }
    plan.sections = booklet.sections;
    plan
}
