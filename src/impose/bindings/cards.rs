//! Cards: every page is the front of a card, except the last, which is the back of them all.

use crate::length::Size;

use crate::impose::plan::{Cell, Load, Plan};
use crate::impose::{PageRef, paper};

/// As many cards a sheet as fit, row by row; with one page only there is no back.
pub(in crate::impose) fn plan(load: &Load, sheet: Size) -> Plan {
    let (columns, rows) = paper::most(load.page, sheet);
    let mut plan = Plan::grid(load.page, columns, rows);
    let back = load.count.checked_sub(1).filter(|&last| last > 0);
    plan.one_sided = back.is_none();
    let cards: Vec<usize> = (0..back.unwrap_or(load.count)).collect();
    for cards in cards.chunks((columns * rows).max(1)) {
        let card =
            |at: usize| cards.get(at).map_or(Cell::default(), |&page| Cell::loose(PageRef::Page(page), page));
        let front: Vec<Cell> = (0..columns * rows).map(card).collect();
        let behind = |cell: &Cell| match (cell.page, back) {
            (PageRef::Page(_), Some(back)) => Cell::loose(PageRef::Page(back), back),
            _ => Cell::default(),
        };
        let backs: Vec<Cell> = front.chunks(columns).flat_map(|row| row.iter().rev().map(behind)).collect();
        plan.faces.push(front);
        if back.is_some() {
            plan.faces.push(backs);
        }
    }
    plan
}
