//! Folded sheets, nested into sections, and sections gathered into a book: `saddle`, `sections`,
//! `perfect` and `folded`.
//!
//! A sheet that is folded once (folio) carries 4 pages, folded twice (quarto) 8, three times (octavo)
//! 16. Where each lies and which way up is in [`Fold::FOLIO`] and the others, for one sheet alone. Sheets
//! laid inside each other share the section's pages from both ends: the outermost has the first and the
//! last of them, the next one those between, and so on. A saddle-stitched booklet is one section of
//! folios, a perfect binding many sections of one folio each, glued at the fold.

use crate::length::Length;
use crate::manifest::{Creep, CreepDirection};

use crate::impose::plan::{Cell, Load, Plan};

/// How a sheet is folded, and which of its pages lies where.
pub(in crate::impose) struct Fold {
    columns: usize,
    /// Cells of the front, row by row from the top left: place on this sheet, and whether it is turned.
    front: &'static [(usize, bool)],
    back: &'static [(usize, bool)],
}

const UP: bool = false;
const TURNED: bool = true;

impl Fold {
    /// Folded once.
    pub(in crate::impose) const FOLIO: Self =
        Self { columns: 2, front: &[(3, UP), (0, UP)], back: &[(1, UP), (2, UP)] };

    /// Folded twice; the heads hang together and are cut.
    pub(in crate::impose) const QUARTO: Self = Self {
        columns: 2,
        front: &[(4, TURNED), (3, TURNED), (7, UP), (0, UP)],
        back: &[(2, TURNED), (5, TURNED), (1, UP), (6, UP)],
    };

    /// Folded three times; heads and some fore edges hang together and are cut.
    pub(in crate::impose) const OCTAVO: Self = Self {
        columns: 4,
        front: &[(4, TURNED), (11, TURNED), (8, TURNED), (7, TURNED), (3, UP), (12, UP), (15, UP), (0, UP)],
        back: &[(6, TURNED), (9, TURNED), (10, TURNED), (5, TURNED), (1, UP), (14, UP), (13, UP), (2, UP)],
    };

    /// Pages on one sheet.
    pub(in crate::impose) const fn places(&self) -> usize {
        self.front.len() * 2
    }
}

/// How many sheets lie in each section when no section may have more than `most`: as few sections as
/// can be, and as equal as can be, since a last section much thinner than the others binds badly.
pub(in crate::impose) fn balanced(sheets: usize, most: usize) -> Vec<usize> {
    let sections = sheets.div_ceil(most.max(1));
    (0..sections).map(|section| sheets / sections + usize::from(section < sheets % sections)).collect()
}

/// Sheets enough for all pages, in sections of at most `most` sheets.
pub(in crate::impose) fn plan(load: &Load, fold: &Fold, most: usize) -> Plan {
    let rows = fold.front.len() / fold.columns;
    let mut plan = Plan::grid(load.page, fold.columns, rows);
    plan.folds_down = (1..fold.columns).collect();
    plan.folds_across = (1..rows).collect();
    plan.facing = true;
    let sheets = load.count.div_ceil(fold.places());
    plan.sections = balanced(sheets, most);
    let places = sheets * fold.places();
    let half = fold.places() / 2;
    let mut first = 0;
    for &nested in &plan.sections {
        let of_section = nested * fold.places();
        for depth in 0..nested {
            for side in [fold.front, fold.back] {
                let cell = |&(place, turned): &(usize, bool)| {
                    // From the front end of the section, or from its far end.
                    let place = if place < half {
                        half * depth + place
                    } else {
                        of_section - half * (depth + 2) + place
                    };
                    let around = place.min(of_section - 1 - place) / 2;
                    let shift = shift(load.creep, around, of_section / 4 - 1);
                    let outermost = place == 0 || place + 1 == of_section;
                    let place = first + place;
                    Cell { turned, shift, outermost, ..Cell::leaf(load.at(place, places), place) }
                };
                plan.faces.push(side.iter().map(cell).collect());
            }
        }
        first += of_section;
    }
    plan
}

/// How far a page moves toward the spine, for the leaves folded around its own. Leaves nested in a fold
/// do not share one spine: each lies one paper's thickness further from the outermost than the one
/// around it, and sticks out by as much at the fore edge, where the knife takes it off. Inward, the
/// outermost, which is the cover, stays; outward, the innermost does, which has `most` leaves around it.
/// Multiplied, not added up step by step, so that rounding cannot gather.
fn shift(creep: Creep, around: usize, most: usize) -> Length {
    let leaves = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    creep.paper.max(Length::ZERO)
        * match creep.direction {
            CreepDirection::Inward => leaves(around),
            CreepDirection::Outward => leaves(around) - leaves(most),
        }
}
