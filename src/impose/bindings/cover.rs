//! A cover on a sheet of its own, for heavier stock: back cover, spine and front cover side by side, laid
//! around the booklet.
//!
//! The outside carries the last page and the first, the inside the page behind the front cover; the inside
//! of the back cover stays empty. The spine is as wide as the booklet is thick. A print shop wants such a
//! cover in a file of its own, since it goes through another machine on other paper.

use crate::diagnostic::{Diagnostic, codes};
use crate::length::{Length, Size};
use crate::manifest::BindingKind;

use crate::impose::plan::{Cell, Plan};
use crate::impose::{PageRef, paper};

/// Pages that a cover of its own takes from the front of the booklet, and from its end.
pub(in crate::impose) const TAKEN: (usize, usize) = (2, 1);

/// The cover of a booklet of `count` pages, with a spine if it is wider than nothing.
pub(in crate::impose) fn plan(page: Size, count: usize, spine: Length) -> Plan {
    let between = usize::from(spine > Length::ZERO);
    let mut plan = Plan::grid(page, 2 + between, 1);
    if between == 1 {
        plan.columns[1] = spine;
    }
    plan.folds_down = (1..2 + between).collect();
    plan.sections = vec![1];
    if count == 0 {
        return plan;
    }
    let given = |there: bool, page: usize| if there { PageRef::Page(page) } else { PageRef::Blank };
    let (front, back) = (Cell::leaf(PageRef::Page(0), 0), Cell::leaf(given(count > 1, count - 1), 3));
    let (behind, empty) = (Cell::leaf(given(count > 2, 1), 1), Cell::leaf(PageRef::Blank, 2));
    let side = |left: Cell, right: Cell| {
        let middle = (0..between).map(|_| Cell::default());
        [left].into_iter().chain(middle).chain([right]).collect()
    };
    plan.faces = vec![side(back, front), side(behind, empty)];
    plan
}

/// Pages in reading order, with those of a cover of its own around what it is laid around.
pub(in crate::impose) fn around(inner: Vec<PageRef>, page: Size, count: usize) -> Vec<PageRef> {
    let mut front = plan(page, count, Length::ZERO).order();
    let back = front.split_off(TAKEN.0.min(front.len()));
    front.into_iter().chain(inner).chain(back).collect()
}

/// The sheet that the cover is printed on: the one asked for, or the smallest usual one that takes it,
/// since the spine may make the cover wider than two pages.
pub(in crate::impose) fn sheet(asked: Size, content: Size) -> Size {
    if paper::orient(asked, content).is_some() {
        return asked;
    }
    paper::smallest(content, asked).map_or(asked, |paper| paper.size)
}

/// Why a binding can have no cover of its own; none if it can.
pub(in crate::impose) fn refuse(kind: BindingKind) -> Option<Diagnostic> {
    let what = match kind {
        BindingKind::Mini => "a mini booklet is all of one sheet",
        BindingKind::Leaflet(_) => "a leaflet is all of one sheet",
        BindingKind::Copies { .. } => "copies are cut from sheets that carry whole booklets",
        BindingKind::Cards => "cards have no cover",
        BindingKind::Single
        | BindingKind::Saddle
        | BindingKind::Sections { .. }
        | BindingKind::Perfect
        | BindingKind::Folded(_)
        | BindingKind::CutStack { .. } => return None,
    };
    let message = format!("{what}: there can be no cover on a sheet of its own");
    let hint = "leave out `separate`, or choose another binding: `binding = \"saddle\"`";
    Some(Diagnostic::error(codes::I007, message).hint(hint))
}
