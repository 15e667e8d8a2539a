//! Inlines → lines: the setting of one paragraph.
//!
//! Comes in: the inlines of a block and a [`ParagraphSpec`]. Goes out: a [`Setting`]: lines whose items
//! are placed from the left edge of the measure and the baseline, each with the notes that its marks call.

use crate::document::NoteId;
use crate::face::FaceStyle;
use crate::length::{Length, Point};

use crate::typeset::frame::{Colour, Placed};

/// Where the text of a line stands in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// Both edges; the last line at the start edge.
    Justify,
    /// Ragged at the end edge.
    Start,
    /// Ragged on both sides.
    Center,
    /// Ragged at the start edge.
    End,
}

/// Which figures and capitals a text is set in, where the face has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Letterforms {
    /// Small capitals for lower case (`smcp`).
    pub small_caps: bool,
    /// Old-style figures (`onum`); lining otherwise.
    pub old_style: bool,
    /// Figures of one width (`tnum`).
    pub tabular: bool,
    /// Lining figures, whatever the design says.
    pub lining: bool,
    /// Use the code family.
    pub code: bool,
    /// Use the family for display.
    pub display: bool,
}

/// How a paragraph is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParagraphSpec {
    /// Width of a full line.
    pub measure: Length,
    /// Extra space before the first line (may be negative: hanging).
    pub first_indent: Length,
    /// Extra space before every further line (hanging indents, turned lines of verse).
    pub hang: Length,
    /// Where lines stand.
    pub align: Alignment,
    /// Base style, before emphasis.
    pub style: FaceStyle,
    /// Type size.
    pub size: Length,
    /// Letterforms.
    pub forms: Letterforms,
    /// Space added after each letter, for letter-spaced heads, in 1/1000 of the size.
    pub letter_space: i32,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Colour of the text.
    pub colour: Colour,
}

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Items placed from the left edge of the measure (x) and the baseline (y = 0, down positive), with
    /// alignment, indent and hang applied. Hanging punctuation may stand left of 0 or right of the
    /// measure.
    pub items: Vec<Placed>,
    /// Extent of what is on it, hanging punctuation and trailing space not counted.
    pub width: Length,
    /// Highest point above the baseline, when something stands higher than the type size (a picture);
    /// zero otherwise.
    pub rise: Length,
    /// Notes whose *first* mark stands on this line, in order.
    pub notes: Vec<NoteId>,
    /// Whether it ends in a hyphen that the breaker put there, or at one of the text's own.
    pub hyphenated: bool,
}

impl Line {
    /// What is on it, with the left end of its baseline at a place.
    pub fn placed(self, at: Point) -> impl Iterator<Item = Placed> {
        self.items.into_iter().map(move |placed| placed.moved(at))
    }
}

/// A paragraph, set.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its lines; empty only for empty text.
    pub lines: Vec<Line>,
    /// Sum of the demerits of its breaks: smaller is better.
    pub demerits: i64,
}

/// The best setting of a paragraph and its neighbours, for the page breaker to choose from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The best one.
    pub best: Setting,
    /// The best one with one line more, if a good one exists.
    pub longer: Option<Setting>,
    /// The best one with one line fewer, if a good one exists.
    pub shorter: Option<Setting>,
}
