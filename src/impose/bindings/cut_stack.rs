//! Cut and stack: many leaves a sheet; the whole pile is cut once, and the piles that come of it are
//! put on each other.
//!
//! Every place of the grid is a pile of its own. The first pile has the first leaves, from the topmost
//! sheet down, the second goes on with the next: piles are counted down the columns, then from left to
//! right, so that strips cut first stay together.

use crate::length::Size;

use crate::impose::paper;
use crate::impose::plan::{Cell, Load, Plan};

/// `up` leaves a sheet, on the first grid that fits.
pub(in crate::impose) fn plan(load: &Load, up: usize, sheet: Size) -> Plan {
    let (columns, rows) = paper::grid_for(load.page, up, sheet);
    let mut plan = Plan::grid(load.page, columns, rows);
    plan.facing = true;
    let leaves = load.count.div_ceil(2);
    let sheets = leaves.div_ceil(up.max(1));
    for sheet in 0..sheets {
        let leaf = |column: usize, row: usize| (column * rows + row) * sheets + sheet;
        let cell = |leaf: usize, behind: usize| {
            let place = 2 * leaf + behind;
            if leaf < leaves { Cell::loose(load.at(place, 2 * leaves), place) } else { Cell::default() }
        };
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        plan.faces.push(cells.clone().map(|(column, row)| cell(leaf(column, row), 0)).collect());
        plan.faces.push(cells.map(|(column, row)| cell(leaf(columns - 1 - column, row), 1)).collect());
    }
    plan
}
