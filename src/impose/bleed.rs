//! Pictures that run over the edges of their pages, so that no white shows where the knife is a hair off.
//!
//! Pages that are cut apart need free paper between them for that, twice the bleed. Where the sheet has
//! no room for it, a picture ends at the cut, and whoever prints it should know.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::length::{Length, Size};
use crate::manifest::Paper;
use crate::typeset::frame::{BLEED, Item, Page, Pages};

use super::grid::Grid;
use super::paper;
use super::plan::Plan;

/// Whether anything runs over the edge of a page.
pub(super) fn any(pages: &Pages) -> bool {
    pages.pages.iter().any(bleeds)
}

fn bleeds(page: &Page) -> bool {
    let over = |at: crate::length::Point, size: Size| {
        let (right, bottom) = (at.x + size.width, at.y + size.height);
        at.x.min(at.y) < Length::ZERO || right > page.size.width || bottom > page.size.height
    };
    page.items.iter().any(|placed| match &placed.item {
        Item::Picture { size, .. } | Item::Fill { size, .. } => over(placed.at, *size),
        _ => false,
    })
}

/// Warns when pictures run over an edge at which pages are cut apart without paper between them.
pub(super) fn check(grid: &Grid, plan: &Plan, pages: &Pages, at: Option<Span>, report: &mut Report) {
    let touch = |cells: &[(Length, Length)], folds: &[usize]| {
        cells.windows(2).enumerate().any(|(n, pair)| pair[0].1 == pair[1].0 && !folds.contains(&(n + 1)))
    };
    let touching = touch(&grid.columns, &plan.folds_down) || touch(&grid.rows, &plan.folds_across);
    if !touching || !any(pages) {
        return;
    }
    let message = "pictures run over the edges of pages that are cut apart, and the sheet has no room between \
                   the pages: a cut a hair off shows a rim of the neighbour";
    let needed = plan.extent(BLEED * 2);
    let larger = match paper::smallest(needed, grid.sheet) {
        Some(Paper { name, .. }) => format!("a larger sheet gives room for the cut: `sheet = \"{name}\"`"),
        None => format!("a larger sheet gives room for the cut: at least {}", paper::in_words(needed)),
    };
    report.push(Diagnostic::warning(codes::I006, message).hint(larger).at_opt(at));
}
