//! Single leaves: one page a side, in order; punched, clipped or stapled at the edge.

use crate::length::Size;

use super::plan::{Cell, Plan, page_at};

/// One leaf a sheet.
pub(super) fn plan(page: Size, count: usize) -> Plan {
    let mut plan = Plan::grid(page, 1, 1);
    let places = count.div_ceil(2) * 2;
    plan.faces = (0..places).map(|place| vec![Cell::loose(page_at(place, places, count))]).collect();
    plan
}
