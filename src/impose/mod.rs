//! `Pages` → `Sheets`: pure geometry, no drawing.
//!
//! Comes in: the set pages and a [`Binding`]. Goes out: [`Sheets`]: sides of paper, each with the pages
//! that lie on it, where and which way up, and the marks outside them. Reading order is a binding too
//! (one page a side), so the PDF back end knows only sheets.

use crate::length::{Length, Point, Size};
use crate::typeset::frame::Pages;

/// How pages are put on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// One page a side, in order, no paper larger than the page: for the screen.
    Reading,
    /// One nested signature on sheets of this size.
    Saddle {
        /// The paper, either way round: it is turned to fit the spread.
        sheet: Size,
        /// The duplex edge.
        flip: crate::manifest::Flip,
        /// Paper thickness; zero for no creep.
        paper: Length,
        /// Whether to print fold marks.
        fold_marks: bool,
    },
}

/// What the sheets are for; decides on links, bookmarks and viewer preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Read on a screen.
    Reading,
    /// Printed, duplex on this edge.
    Print(crate::manifest::Flip),
}

/// All sides of paper, in the order they are printed: front, back, front, back…
#[derive(Debug, Clone)]
pub struct Sheets<'a> {
    /// The pages that the sides refer to.
    pub pages: &'a Pages,
    /// What for.
    pub purpose: Purpose,
    /// The sides.
    pub sides: Vec<Side>,
}

/// One side of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The paper.
    pub size: Size,
    /// The pages on it.
    pub pages: Vec<PlacedPage>,
    /// Marks outside the pages.
    pub marks: Vec<MarkLine>,
}

/// A page on a side of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedPage {
    /// Index into the pages; none for a blank that imposition added.
    pub page: Option<usize>,
    /// Where the page's own top left corner lies, in sheet space (origin top left, y down).
    pub at: Point,
    /// The page's trimmed size.
    pub size: Size,
    /// Clockwise turn about that corner, in quarter turns.
    pub quarter_turns: u8,
}

/// A line drawn outside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkLine {
    /// From.
    pub from: Point,
    /// To.
    pub to: Point,
    /// Its thickness, at least 0.25 pt.
    pub width: Length,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// Puts pages on sheets.
pub fn impose<'a>(_pages: &'a Pages, _binding: &Binding) -> Sheets<'a> {
    unreachable!()
}
