//! `Pages` → `Sheets`: pure geometry, no drawing.
//!
//! Comes in: the set pages and a [`Binding`]. Goes out: [`Sheets`]: sides of paper, each with the pages
//! that lie on it, where and which way up, what of them may print, and the marks outside them. Reading
//! order is a binding too (one page a side), so the PDF back end knows only sheets.
//!
//! Sheet space has its origin at the top left corner of the side as it is looked at, y down, like page
//! space. One file a binding or a family of them (`gathered.rs`); what they share is in `plan.rs` (which
//! page in which cell), `lay.rs` (cells on paper), `marks.rs`, `turn.rs` (duplex), `paper.rs` (what fits on what) and `room.rs` (text too near an edge).

use crate::diagnostic::{Report, Span};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::{BindingKind, Creep, Flip, Mark, SheetFold};
use crate::typeset::frame::Pages;

mod bleed;
mod cards;
mod copies;
mod cut_stack;
mod gathered;
mod grid;
mod lay;
mod leaflet;
mod marks;
mod mini;
mod paper;
mod plan;
mod reading;
mod room;
mod single;
mod suits;
mod turn;

/// How far outside its trim a page may print, where paper is left: 3 mm, the printers' custom.
pub const BLEED: Length = Length(557_287); // 3 mm × 72 / 25.4 × 65536

/// How pages are put on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// One page a side, in order, no paper larger than the page: for the screen.
    Reading,
    /// On sheets of paper.
    Print(Job),
}

/// How pages are printed and bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The binding.
    pub kind: BindingKind,
    /// The paper, either way round: it is turned to fit the pages.
    pub sheet: Size,
    /// The duplex edge.
    pub flip: Flip,
    /// Whether and how creep is made up for.
    pub creep: Creep,
    /// What to mark outside the pages.
    pub marks: Vec<Mark>,
    /// How wide a rim of the sheet the printer leaves white.
    pub unprintable: Length,
    /// Whether pages are made larger or smaller to fill the sheet.
    pub scale: bool,
}

impl Job {
    /// A job without anything but its binding and its paper.
    pub fn new(kind: BindingKind, sheet: Size, flip: Flip) -> Self {
        let (marks, unprintable) = (Vec::new(), Length::ZERO);
        Self { kind, sheet, flip, creep: Creep::default(), marks, unprintable, scale: false }
    }
}

/// What the sheets are for; decides on links, bookmarks and viewer preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Read on a screen.
    Reading,
    /// Printed, duplex on this edge.
    Print(Flip),
    /// Printed on one side only.
    PrintOneSide,
}

/// All sides of paper, in the order they are printed: front, back, front, back…; or, for duplex by hand,
/// all fronts and then all backs.
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
    /// How many sheets of paper.
    pub papers: usize,
    /// How many pages lie on a side.
    pub up: usize,
    /// How many sheets each section has; empty for bindings without sections.
    pub sections: Vec<usize>,
}

impl<'a> Sheets<'a> {
    /// No sheets yet.
    fn none(pages: &'a Pages, purpose: Purpose) -> Self {
        Self {
            pages,
            purpose,
            sides: Vec::new(),
            creep: Length::ZERO,
            papers: 0,
            up: 1,
            sections: Vec::new(),
        }
    }
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
    /// How much larger or smaller than it was set.
    pub scale: Scale,
    /// What of the sheet the page may print on: its own part of the trim, and the bleed where no other
    /// page lies.
    pub clip: Rect,
}

/// How much larger or smaller a page is printed than it was set, in hundred-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale(pub i64);

impl Scale {
    /// As it was set.
    pub const NONE: Self = Self(100_000);

    /// A length on the paper.
    pub fn of(self, length: Length) -> Length {
        if self == Self::NONE { length } else { length.scale(self.0, Self::NONE.0) }
    }

    /// A size on the paper.
    pub fn of_size(self, size: Size) -> Size {
        Size::new(self.of(size.width), self.of(size.height))
    }
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

/// Most sheets in a section whose size nobody gave: five of usual paper fold well.
const SECTION: usize = 5;

/// Puts pages on sheets. `at` is where the manifest asks for it; findings point there. When the pages do
/// not fit, an error says what would, and there are no sides.
pub fn impose<'a>(pages: &'a Pages, binding: &Binding, at: Option<Span>, report: &mut Report) -> Sheets<'a> {
    let job = match binding {
        Binding::Reading => return reading::impose(pages),
        Binding::Print(job) => job,
    };
    let count = pages.pages.len();
    if let Some(refusal) = suits::refuse(job.kind, count) {
        report.push(refusal.at_opt(at));
        return Sheets::none(pages, Purpose::Print(job.flip));
    }
    let load = plan::Load { page: plan::largest(pages), count, creep: job.creep };
    let mut plan = planned(&load, job);
    let mut scale = Scale::NONE;
    if job.scale && count > 0 {
        scale = paper::scale(job.sheet, plan.extent(Length::ZERO));
        plan = planned(&plan::Load { page: scale.of_size(load.page), ..load }, job);
    }
    lay::out(pages, plan, (job, scale), at, report)
}

/// What so many pages of a size need: sheets of paper, and how many pages of those stay blank. None if the
/// binding cannot take so many.
pub fn paper(page: Size, count: usize, job: &Job) -> Option<(usize, usize)> {
    if count == 0 || suits::refuse(job.kind, count).is_some() {
        return None;
    }
    let plan = planned(&plan::Load { page, count, creep: job.creep }, job);
    let sheets = if plan.one_sided { plan.faces.len() } else { plan.faces.len() / 2 };
    let blanks = plan.faces.iter().flatten().filter(|cell| cell.page.is_none()).count();
    Some((sheets, blanks))
}

/// The plan of a binding.
fn planned(load: &plan::Load, job: &Job) -> plan::Plan {
    let gathered = |fold: &gathered::Fold, most: usize| gathered::plan(load, fold, most);
    match job.kind {
        BindingKind::Single => single::plan(load),
        BindingKind::Saddle => gathered(&gathered::Fold::FOLIO, usize::MAX),
        BindingKind::Sections { sheets } => {
            gathered(&gathered::Fold::FOLIO, sheets.map_or(SECTION, |n| n as usize))
        }
        BindingKind::Perfect => gathered(&gathered::Fold::FOLIO, 1),
        BindingKind::Folded(SheetFold::Quarto) => gathered(&gathered::Fold::QUARTO, 1),
        BindingKind::Folded(SheetFold::NestedQuartos) => gathered(&gathered::Fold::QUARTO, 2),
        BindingKind::Folded(SheetFold::Octavo) => gathered(&gathered::Fold::OCTAVO, 1),
        BindingKind::CutStack { up } => cut_stack::plan(load, up as usize, job.sheet),
        BindingKind::Mini => mini::plan(load),
        BindingKind::Leaflet(fold) => leaflet::plan(load, fold),
        BindingKind::Copies { up } => copies::plan(load, up.map(|n| n as usize), job.sheet),
        BindingKind::Cards => cards::plan(load, job.sheet),
    }
}
