//! Single leaves: one page a side, in order; punched, clipped or stapled at the edge.

use crate::impose::plan::{Cell, Load, Plan};

/// One leaf a sheet.
pub(in crate::impose) fn plan(load: &Load) -> Plan {
    let mut plan = Plan::grid(load.page, 1, 1);
    let places = load.count.div_ceil(2) * 2;
    plan.faces = (0..places).map(|place| vec![Cell::loose(load.at(place, places), place)]).collect();
    plan
}
