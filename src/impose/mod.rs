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
use crate::manifest::{BindingKind, Blanks, Creep, Flip, PrintersMark, SheetFold, Stacker};
use crate::typeset::frame::{Page, Pages};

mod bindings;
mod bleed;
mod grid;
mod held;
mod lay;
mod marks;
mod paper;
mod plan;
mod room;
mod suits;
mod turn;

pub use bindings::reading::one_a_side;
pub use held::{Held, held};

/// How pages are put on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// One page a side, in order, no paper larger than the page: for the screen.
    Reading,
    /// On sheets of paper.
    Print(Job),
    /// The cover alone, on a sheet of its own, with a spine of this width.
    Cover(Job, Length),
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
    pub marks: Vec<PrintersMark>,
    /// How wide a rim of the sheet the printer leaves white.
    pub unprintable: Length,
    /// Whether pages are made larger or smaller to fill the sheet.
    pub scale: bool,
    /// Where blanks go.
    pub blanks: Blanks,
    /// Whether the cover is left out, since it is printed on a sheet of its own.
    pub without_cover: bool,
}

impl Job {
    /// A job without anything but its binding and its paper.
    pub fn new(kind: BindingKind, sheet: Size, flip: Flip) -> Self {
        Self {
            kind,
            sheet,
            flip,
            creep: Creep::default(),
            marks: Vec::new(),
            unprintable: Length::ZERO,
            scale: false,
            blanks: Blanks::BeforeBack,
            without_cover: false,
        }
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
    /// Further pages that they refer to: what imposition asks for and somebody else sets. The first is printed on
    /// blanks, if `filled`.
    pub inserts: Vec<Page>,
    /// Whether blanks refer to the first insert.
    pub filled: bool,
    /// Leaves of the bound booklet, without a cover on a sheet of its own.
    pub leaves: usize,
    /// Where the spine lies on the first side of a cover.
    pub spine: Option<Rect>,
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
    /// In how many columns and rows.
    pub grid: (usize, usize),
    /// How many sheets each section has; empty for bindings without sections.
    pub sections: Vec<usize>,
    /// What one turns over in the bound booklet, page by page. Empty for the screen.
    pub order: Vec<PageRef>,
    /// Whether they are bound, so that pages face each other.
    pub facing: bool,
}

impl<'a> Sheets<'a> {
    /// No sheets yet.
    pub fn none(pages: &'a Pages, purpose: Purpose) -> Self {
        Self {
            pages,
            inserts: Vec::new(),
            filled: false,
            leaves: 0,
            spine: None,
            purpose,
            sides: Vec::new(),
            creep: Length::ZERO,
            papers: 0,
            up: 1,
            grid: (1, 1),
            sections: Vec::new(),
            order: Vec::new(),
            facing: false,
        }
    }

    /// A page that the sides refer to; none for a blank.
    pub fn page(&self, page: PageRef) -> Option<&Page> {
        let found = match page {
            PageRef::Page(index) => self.pages.pages.get(index),
            PageRef::Blank => return None,
            PageRef::Insert(index) => self.inserts.get(index),
        };
        debug_assert!(found.is_some(), "a side refers to {page:?}, which there is not");
        found
    }

    /// Which sheet a side belongs to, counted from 0 in reading order, and whether it is its back.
    pub fn place_of(&self, side: usize) -> (usize, bool) {
        match self.purpose {
            Purpose::Print(Flip::Manual(_)) if side < self.papers => (side, false),
            Purpose::Print(Flip::Manual(Stacker::FaceDown)) => {
                ((2 * self.papers).saturating_sub(side + 1), true)
            }
            Purpose::Print(Flip::Manual(Stacker::FaceUp)) => (side - self.papers, true),
            Purpose::Print(_) => (side / 2, side % 2 == 1),
            Purpose::Reading | Purpose::PrintOneSide => (side, false),
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

/// What a page of the bound booklet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PageRef {
    /// The booklet's own page of this index.
    Page(usize),
    /// Nothing: a blank that imposition added.
    #[default]
    Blank,
    /// The page of this index that imposition asked for.
    Insert(usize),
}

impl PageRef {
    /// The booklet's own page, if it is one.
    pub fn own(self) -> Option<usize> {
        match self {
            Self::Page(index) => Some(index),
            Self::Blank | Self::Insert(_) => None,
        }
    }

    /// The index of what it shows, where the inserts are counted on from so many own pages.
    pub fn index(self, own: usize) -> Option<usize> {
        match self {
            Self::Page(index) => Some(index),
            Self::Blank => None,
            Self::Insert(index) => Some(own + index),
        }
    }
}

/// A page on a side of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedPage {
    /// Which.
    pub page: PageRef,
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

/// Thickness of office paper, 80 g/m² at 1.3 cm³/g: 0.104 mm. What a spine is computed with when the
/// manifest does not say how thick the paper is.
pub const USUAL_PAPER: Length = Length::micrometres(104);

/// Most sheets in a section whose size nobody gave: five of usual paper fold well.
const SECTION: usize = 5;

/// Puts pages on sheets. `at` is where the manifest asks for it; findings point there. When the pages do
/// not fit, an error says what would, and there are no sides.
pub fn impose<'a>(pages: &'a Pages, binding: &Binding, at: Option<Span>, report: &mut Report) -> Sheets<'a> {
    let job = match binding {
        Binding::Reading => return one_a_side(pages, Purpose::Reading),
        Binding::Cover(job, spine) => return cover_alone(pages, job, *spine, at, report),
        Binding::Print(job) => job,
    };
    let all = pages.pages.len();
    let load = load(plan::largest(pages), all, job);
    let (count, page) = (load.count, load.page);
    let unsuited = if job.without_cover { bindings::cover::refuse(job.kind) } else { None };
    if let Some(refusal) = unsuited.or_else(|| suits::refuse(job.kind, count)) {
        report.push(refusal.at_opt(at));
        return Sheets::none(pages, Purpose::Print(job.flip));
    }
    let mut plan = planned(&load, job);
    if job.scale && count > 0 {
        let scale = paper::scale(job.sheet, plan.extent(Length::ZERO));
        plan = planned(&plan::Load { page: scale.of_size(page), ..load }, job);
        plan.scale = scale;
    }
    let mut sheets = lay::out(pages, plan, job, at, report);
    if count < all && !sheets.sides.is_empty() {
        sheets.order = bindings::cover::around(std::mem::take(&mut sheets.order), page, all);
    }
    sheets.filled = load.filler != PageRef::Blank;
    sheets
}

/// How wide the spine of a cover has to be that is laid around these sheets: their leaves on each other.
/// A booklet of one folded section has none, its fold is its back.
pub fn spine(sheets: &Sheets<'_>, job: &Job) -> Length {
    if sheets.sections.len() == 1 {
        return Length::ZERO;
    }
    let paper = if job.creep.paper > Length::ZERO { job.creep.paper } else { USUAL_PAPER };
    paper * i64::try_from(sheets.leaves).unwrap_or(i64::MAX)
}

/// The cover on a sheet of its own.
fn cover_alone<'a>(
    pages: &'a Pages,
    job: &Job,
    spine: Length,
    at: Option<Span>,
    report: &mut Report,
) -> Sheets<'a> {
    let plan = bindings::cover::plan(plan::largest(pages), pages.pages.len(), spine);
    let sheet = bindings::cover::sheet(job.sheet, plan.extent(Length::ZERO));
    let job = Job { sheet, creep: Creep::default(), scale: false, ..job.clone() };
    let mut sheets = lay::out(pages, plan, &job, at, report);
    let middle = sheets.sides.first().and_then(|side| side.pages.get(1)).filter(|_| spine > Length::ZERO);
    sheets.spine = middle.map(|placed| Rect { origin: placed.at, size: placed.size });
    sheets
}

/// What so many pages of a size need: sheets of paper, and how many pages of those stay blank. None if the
/// binding cannot take so many.
pub fn paper(page: Size, count: usize, job: &Job) -> Option<(usize, usize)> {
    let load = plan::Load { filler: PageRef::Blank, ..load(page, count, job) };
    if load.count == 0 || suits::refuse(job.kind, load.count).is_some() {
        return None;
    }
    let plan = planned(&load, job);
    let sheets = if plan.one_sided { plan.faces.len() } else { plan.faces.len() / 2 };
    let blanks = plan.faces.iter().flatten().filter(|cell| cell.page == PageRef::Blank).count();
    Some((sheets, blanks))
}

/// What is to be bound of so many pages: all, or those between the covers.
fn load(page: Size, all: usize, job: &Job) -> plan::Load {
    let (front, back) = bindings::cover::TAKEN;
    let apart = job.without_cover && all > front + back;
    let (first, count) = if apart { (front, all - front - back) } else { (0, all) };
    let filler = if job.blanks == Blanks::Notes { PageRef::Insert(0) } else { PageRef::Blank };
    plan::Load { page, count, first, covers: !apart, blanks: job.blanks, filler, creep: job.creep }
}

/// The plan of a binding.
fn planned(load: &plan::Load, job: &Job) -> plan::Plan {
    let gathered = |fold: &bindings::gathered::Fold, most: usize| bindings::gathered::plan(load, fold, most);
    match job.kind {
        BindingKind::Single => bindings::single::plan(load),
        BindingKind::Saddle => gathered(&bindings::gathered::Fold::FOLIO, usize::MAX),
        BindingKind::Sections { sheets } => {
            gathered(&bindings::gathered::Fold::FOLIO, sheets.map_or(SECTION, |n| n as usize))
        }
        BindingKind::Perfect => gathered(&bindings::gathered::Fold::FOLIO, 1),
        BindingKind::Folded(SheetFold::Quarto) => gathered(&bindings::gathered::Fold::QUARTO, 1),
        BindingKind::Folded(SheetFold::NestedQuartos) => gathered(&bindings::gathered::Fold::QUARTO, 2),
        BindingKind::Folded(SheetFold::Octavo) => gathered(&bindings::gathered::Fold::OCTAVO, 1),
        BindingKind::CutStack { up } => bindings::cut_stack::plan(load, up as usize, job.sheet),
        BindingKind::Mini => bindings::mini::plan(load),
        BindingKind::Leaflet(fold) => bindings::leaflet::plan(load, fold),
        BindingKind::Copies { up } => bindings::copies::plan(load, up.map(|n| n as usize), job.sheet),
        BindingKind::Cards => bindings::cards::plan(load, job.sheet),
    }
}
