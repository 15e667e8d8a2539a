//! How a part of a chapter stands to what is before it, from the walk over its blocks to the page breaker.

use crate::length::Length;

/// Space above, and what it may do to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spacing {
    /// Space above; dropped at the head of a page.
    pub gap: Length,
    /// The gap when the figure above has floated away.
    pub closed: Length,
    /// How many grid lines the gap may grow by to fill a page.
    pub stretch: u8,
    /// Whether the page may not break before it (after a heading, before an attribution).
    pub keep: bool,
    /// Whether it begins on the grid: space above is rounded up to it.
    pub snap: bool,
    /// How it stands to floating figures.
    pub motion: Motion,
}

impl Spacing {
    /// Of what is no text, such as a heading: on the grid, and no figure floats past it.
    pub fn barring(gap: Length) -> Self {
        Self { gap, closed: gap, snap: true, motion: Motion::Bars, ..Self::default() }
    }
}

/// What a part has to do with figures that float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    /// Text: a figure above it may float past it.
    #[default]
    Yields,
    /// A figure of one strip without notes, which may stand at the head of the next page instead.
    Floats,
    /// A heading, a table, another figure: no figure floats past it.
    Bars,
}
