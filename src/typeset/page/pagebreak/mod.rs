//! Where pages end: dynamic programming over a chapter.
//!
//! Comes in: a [`Column`]: the chapter as strips with heights, the notes each strip calls, and for each
//! paragraph the settings it offers. Goes out: one [`PagePlan`] a page: which strips it holds, how far
//! below the head each begins, and which strips of which notes stand at its foot. Nothing here knows
//! fonts or items, so that the breaker can be held against an exhaustive search.
//!
//! Method (after Plass 1981, and Mittelbach's work on globally optimised pagination): a state is a place
//! where a page may begin, with what the page before left over (lines of a note) and how low its foot
//! stands, if the two face each other. From each state one walk down the column meets every place where
//! the page may end; on the way a small table keeps what it costs to make the page up to
//! [`REACH`] lines longer or shorter by other settings of its paragraphs and wider gaps. Since a walk
//! never looks further than a page, the whole is linear in the length of the chapter.
//!
//! A figure may float: a page leaves it out and goes on with the text after it, and the figure stands at
//! the head of the next page. A state then also says which figure waits. Only one waits at a time, no
//! figure overtakes another or leaves its section, and none waits while a note does.
//!
//! A note belongs to the strip that calls it. It always starts on that strip's page; only the last one
//! of a page may be continued.

use crate::length::Length;
use crate::typeset::block::spacing::Spacing;

mod carry;
pub mod cost;
mod ending;
mod search;
mod states;
mod trace;
mod walk;

/// By how many grid lines the paragraphs and gaps of one page may be stretched or shrunk together.
pub const REACH: usize = 3;

/// A chapter as the breaker sees it.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Paragraphs, headings, rows… in order.
    pub parts: Vec<PartShape>,
    /// Notes, in the order in which the strips call them.
    pub notes: Vec<NoteShape>,
}

/// A paragraph, a heading, a table: what has settings of its own and keeps some of its strips together.
#[derive(Debug, Clone, Default)]
pub struct PartShape {
    /// How it stands to what is before it.
    pub spacing: Spacing,
    /// Height of what is repeated at the head of a page that begins inside it (the head of a table).
    pub head: Length,
    /// Least number of strips before a break inside it.
    pub first: usize,
    /// Least number of strips after a break inside it.
    pub last: usize,
    /// The settings to choose from, the best first; never empty, heights a whole number of lines apart.
    pub settings: Vec<SettingShape>,
}

/// One setting of a part.
#[derive(Debug, Clone, Default)]
pub struct SettingShape {
    /// Its strips; never empty.
    pub strips: Vec<StripShape>,
    /// How much worse it looks than the best setting.
    pub cost: u32,
}

impl SettingShape {
    /// Its height.
    fn height(&self) -> i64 {
        self.strips.iter().map(|strip| strip.height.0).sum()
    }
}

impl PartShape {
    /// How many notes it calls.
    fn calls(&self) -> u32 {
        self.settings[0].strips.iter().map(|strip| strip.calls).sum()
    }
}

/// A strip of the column that no page break divides: mostly one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StripShape {
    /// Its height.
    pub height: Length,
    /// How many notes have their first mark in it.
    pub calls: u32,
    /// Whether it ends in a hyphen.
    pub hyphenated: bool,
}

/// A note as the breaker sees it: the heights of its lines.
#[derive(Debug, Clone, Default)]
pub struct NoteShape {
    /// Heights from the first line to the last.
    pub strips: Vec<Length>,
}

/// The text area of the pages that the column is poured into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextArea {
    /// Height of the text area: a whole number of grid lines.
    pub height: Length,
    /// Distance of the grid's lines.
    pub grid: Length,
    /// Least space between the text and the notes under it; the rule stands in it.
    pub clearance: Length,
    /// Space between two notes.
    pub note_gap: Length,
}

/// Which page of an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSide {
    /// The first page of an opening; the one after it faces it.
    Verso,
    /// The second page of an opening.
    Recto,
}

/// Some strips of one part on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Index of the part.
    pub part: usize,
    /// Which of its settings.
    pub setting: usize,
    /// First strip.
    pub from: usize,
    /// One past the last strip.
    pub to: usize,
    /// Top of the first strip below the head of the text area. When `from` is inside the part, what is
    /// repeated (its head) stands above this.
    pub y: Length,
}

/// Some strips of one note on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteSlice {
    /// Index of the note in the column.
    pub note: usize,
    /// First strip.
    pub from: usize,
    /// One past the last strip.
    pub to: usize,
}

/// What one page holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PagePlan {
    /// Text from the head down.
    pub slices: Vec<Slice>,
    /// Notes; their last line stands `foot` above the end of the text area.
    pub notes: Vec<NoteSlice>,
    /// How far above the end of the text area the notes end: more than zero where the facing page is
    /// as short.
    pub foot: Length,
    /// What the page could not honour, for the report.
    pub faults: Faults,
}

/// Rules that a page breaks because nothing better exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// It ends where a widow, an orphan or a stranded heading results.
    pub parted: bool,
    /// A strip is taller than the page.
    pub overfull: bool,
}

/// Breaks a column into pages, the first of which is on the given side.
pub fn paginate(column: &Column, area: &TextArea, first: PageSide) -> Vec<PagePlan> {
    if column.parts.is_empty() {
        return Vec::new();
    }
    let quick = states::Search::run(column, area, first, states::Patience::Strict);
    let plans = trace::plans(&quick);
    let last = plans.iter().rposition(|p| !p.slices.is_empty()).unwrap_or(0);
    let fault = |(index, p): (usize, &PagePlan)| {
        p.faults.parted || p.faults.overfull || (p.slices.is_empty() && index != last)
    };
    if !plans.iter().enumerate().any(fault) {
        return plans;
    }
    // What no page could honour may come of an earlier page that was nearly full.
    let thorough = states::Search::run(column, area, first, states::Patience::Short);
    if thorough.least() < quick.least() { trace::plans(&thorough) } else { plans }
}
