//! What a reader holds: the pages of the bound booklet one after the other, blanks among them.
//!
//! Comes in: sheets, which remember in which order their pages are read. Goes out: the openings of the
//! booklet, as one turns its leaves; or its pages one by one, where no two of them face each other.

use super::{PageRef, Sheets};

/// What is seen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The page that comes first in reading order; none if there is nothing, as beside a cover.
    pub first: Option<PageRef>,
    /// The page that faces it, likewise.
    pub second: Option<PageRef>,
}

/// The openings of the booklet that lies on these sheets.
pub fn held(sheets: &Sheets<'_>) -> Vec<Held> {
    let one = |page: &PageRef| Held { first: Some(*page), second: None };
    let Some((cover, rest)) = sheets.order.split_first().filter(|_| sheets.facing) else {
        return sheets.order.iter().map(one).collect();
    };
    let pairs =
        rest.chunks(2).map(|pair| Held { first: pair.first().copied(), second: pair.get(1).copied() });
    [Held { first: None, second: Some(*cover) }].into_iter().chain(pairs).collect()
}
