//! Copies: the same flyer or the same booklet as many times as the sheet holds; cut apart, then folded.
//!
//! One or two pages are a flyer. More are a saddle-stitched booklet, whose spreads are repeated: after
//! the cut there are as many piles as copies, each to be folded and stapled on its own.

use crate::length::{Length, Size};

use super::gathered::{self, Fold};
use crate::impose::paper;
use crate::impose::plan::{Cell, Load, Plan};

/// `up` copies, or as many as fit; none if `up` copies do not fit or not even one does.
pub(in crate::impose) fn plan(load: &Load, up: Option<usize>, sheet: Size) -> Plan {
    let count = load.count;
    let mut plan = if count <= 2 {
        let mut flyer = Plan::grid(load.page, 1, 1);
        let sides = if count == 0 { 0 } else { 2 };
        flyer.faces = (0..sides).map(|place| vec![Cell::loose(load.at(place, 2), place)]).collect();
        if count == 1 {
            flyer.one_sided = true;
            flyer.faces.truncate(1);
        }
        flyer
    } else {
        gathered::plan(load, &Fold::FOLIO, usize::MAX)
    };
    let unit = plan.extent(Length::ZERO);
    let (across, down) = match up {
        Some(up) => paper::grid_for(unit, up, sheet),
        None => paper::most(unit, sheet),
    };
    let width = plan.columns.len();
    plan.columns = plan.columns.repeat(across);
    plan.rows *= down;
    plan.folds_down =
        (0..across).flat_map(|copy| plan.folds_down.iter().map(move |f| copy * width + f)).collect();
    for face in &mut plan.faces {
        *face = face.repeat(across).repeat(down);
    }
    plan
}
