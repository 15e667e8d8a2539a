//! `Pages` → `Sheets`: pure geometry, no drawing.
//!
//! Comes in: the set pages and a [`Binding`]. Goes out: [`Sheets`]: sides of paper, each with the pages
//! that lie on it, where and which way up, what of them may print, and the marks outside them. Reading
//! order is a binding too (one page a side), so the PDF back end knows only sheets.
//!
//! Sheet space has its origin at the top left corner of the side as it is looked at, y down, like page
//! space. One file a binding: `reading.rs`, `saddle.rs`; what bindings share is in `creep.rs`,
//! `marks.rs`, `turn.rs` (duplex), `paper.rs` (what fits on what) and `room.rs` (text too near an edge).

use crate::diagnostic::{Report, Span};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::Flip;
use crate::typeset::frame::Pages;

mod creep;
mod marks;
mod paper;
mod reading;
mod room;
mod saddle;
mod turn;

/// How far outside its trim a page may print, where paper is left: 3 mm, the printers' custom.
pub const BLEED: Length = Length(557_287); // 3 mm × 72 / 25.4 × 65536

/// How pages are put on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// One page a side, in order, no paper larger than the page: for the screen.
    Reading,
    /// One nested signature, folded once, stapled through the fold.
    Saddle {
        /// The paper, either way round: it is turned to fit the spread.
        sheet: Size,
        /// The duplex edge.
        flip: Flip,
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
    Print(Flip),
}

/// All sides of paper, in the order they are printed: front, back, front, back…
#[derive(Debug, Clone)]
pub struct Sheets<'a> {
    /// The pages that the sides refer to.
    pub pages: &'a Pages,
    /// What for.
    pub purpose: Purpose,
    /// The sides; none when the pages do not fit (an error is recorded).
    pub sides: Vec<Side>,
    /// The furthest that creep moves a page; zero for no creep.
    pub creep: Length,
}

/// One side of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The paper.
    pub size: Size,
    /// What is left of it when it is cut: all pages together.
    pub trim: Rect,
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
    /// Where the page's own top left corner lies, in sheet space.
    pub at: Point,
    /// The page's trimmed size.
    pub size: Size,
    /// Clockwise turn about that corner, in quarter turns.
    pub quarter_turns: u8,
    /// What of the sheet the page may print on: its own part of the trim, and the bleed where no other
    /// page lies.
    pub clip: Rect,
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

/// Puts pages on sheets. `at` is where the manifest asks for the binding; findings point there. When
/// the pages do not fit, an error says what would, and there are no sides.
pub fn impose<'a>(pages: &'a Pages, binding: &Binding, at: Option<Span>, report: &mut Report) -> Sheets<'a> {
    match *binding {
        Binding::Reading => reading::impose(pages),
        Binding::Saddle { sheet, flip, paper, fold_marks } => {
            let job = saddle::Saddle { sheet, flip, paper, fold_marks };
            saddle::impose(pages, &job, at, report)
        }
    }
}
