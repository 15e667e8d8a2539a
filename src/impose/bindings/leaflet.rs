//! Leaflets: one sheet, one row of panels, folded and not stapled.
//!
//! - *Letter*: three panels, both sides folded over the middle one. Cover, the inside from left to right,
//!   the flap that is folded in, the back. The flap is narrower, so that it lies flat in the fold.
//! - *Z* and *accordion*: panels in zigzag. They are leafed through as a booklet is: the cover, the two
//!   backs behind it, the two fronts behind those, and so on to the panel that lies outside at the end.
//! - *Gate*: four panels; the outer two fold in to meet in the middle, then the sheet is folded there.
//!   Cover, the outsides of both flaps, the inside from left to right, the back.

use crate::length::Length;
use crate::manifest::LeafletFold;

use crate::impose::plan::{Cell, Load, Plan};

/// By how much a panel that is folded over another is wider or narrower than a page.
const EASE: Length = Length::mm(1);

/// How many panels a fold has for so many pages.
pub(in crate::impose) fn panels(fold: LeafletFold, count: usize) -> usize {
    match fold {
        LeafletFold::Letter | LeafletFold::Z => 3,
        LeafletFold::Gate => 4,
        LeafletFold::Accordion { panels: Some(panels) } => panels as usize,
        LeafletFold::Accordion { panels: None } => count.div_ceil(2).max(2),
    }
}

/// One sheet; the fold has room for all pages.
pub(in crate::impose) fn plan(load: &Load, fold: LeafletFold) -> Plan {
    let (page, panels) = (load.page, panels(fold, load.count));
    let mut plan = Plan::grid(page, panels, 1);
    plan.folds_down = (1..panels).collect();
    let (front, back) = match fold {
        LeafletFold::Letter => {
            plan.columns = vec![page.width - EASE * 2, page.width + EASE, page.width + EASE];
            (vec![4, 5, 0], vec![1, 2, 3])
        }
        LeafletFold::Gate => {
            let (flap, middle) = (page.width - EASE, page.width + EASE);
            plan.columns = vec![flap, middle, middle, flap];
            (vec![2, 7, 0, 1], vec![3, 4, 5, 6])
        }
        LeafletFold::Z | LeafletFold::Accordion { .. } => {
            let (mut front, back) = zigzag(panels);
            // The cover is the rightmost panel, so that it opens as a booklet does.
            front.reverse();
            (front, back)
        }
    };
    for side in [front, back] {
        let cell = |&place: &usize| Cell::loose(load.at(place, 2 * panels), place);
        plan.faces.push(side.iter().map(cell).collect());
    }
    plan
}

/// Places in reading order on the fronts and on the backs of a strip of panels that is folded in zigzag
/// and leafed through, panel by panel from the cover on.
pub(in crate::impose) fn zigzag(panels: usize) -> (Vec<usize>, Vec<usize>) {
    // A panel faces the next one in turn with its back and with its front. The next one is at its right
    // on the backs, and at its left on the fronts, where the cover is the rightmost panel.
    let mut front = vec![0; panels];
    let mut back = vec![0; panels];
    let mut place = 1;
    for panel in 0..panels {
        if panel + 1 == panels {
            let outside = if panel % 2 == 0 { &mut back } else { &mut front };
            outside[panel] = place;
        } else if panel % 2 == 0 {
            (back[panel], back[panel + 1]) = (place, place + 1);
        } else {
            (front[panel + 1], front[panel]) = (place, place + 1);
        }
        place += 2;
    }
    (front, back)
}
