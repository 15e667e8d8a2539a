//! Set material as a value: a strip of the column that no page break divides, and how strips are put together.
//!
//! Comes in: lines, pictures, rules with their places. Goes out: one strip, or what it holds in the places of
//! the page. Whoever sets something makes strips and joins them here; nobody else moves items about, so
//! that items and notes stay in order whatever is laid under or beside what.

use crate::document::NoteId;
use crate::length::{Length, Point};

use super::frame::{Placed, translate};

/// A line, a heading, a row, a picture with its caption.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strip {
    pub height: Length,
    /// Placed from the left edge of the text area and the strip's own top.
    pub items: Vec<Placed>,
    /// The notes whose first mark is in it, in order.
    pub notes: Vec<NoteId>,
    /// Whether it ends in a hyphen.
    pub hyphenated: bool,
}

impl Strip {
    /// Nothing, of a height.
    pub fn empty(height: Length) -> Self {
        Self { height, ..Self::default() }
    }

    /// Moves what it holds.
    pub fn translate(&mut self, by: Point) {
        translate(&mut self.items, by);
    }

    /// Adds space above what it holds.
    pub fn lower(&mut self, by: Length) {
        self.translate(Point::new(Length::ZERO, by));
        self.height += by;
    }

    /// Adds another under what it holds.
    pub fn below(&mut self, mut other: Self) {
        other.translate(Point::new(Length::ZERO, self.height));
        self.height += other.height;
        self.take_in(other);
    }

    /// Adds another that begins at the same top: together they are as high as the higher.
    pub fn beside(&mut self, other: Self) {
        self.height = self.height.max(other.height);
        self.take_in(other);
    }

    fn take_in(&mut self, other: Self) {
        self.items.extend(other.items);
        self.notes.extend(other.notes);
    }

    /// Strips one under the other, as one.
    pub fn stacked(strips: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::default();
        strips.into_iter().for_each(|strip| whole.below(strip));
        whole
    }
}

/// Heights of strips together.
pub(crate) fn height(strips: &[Strip]) -> Length {
    strips.iter().map(|strip| strip.height).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::NoteId;
    use crate::typeset::frame::{Destination, Item, Owner};

    fn strip(height: i64, y: i64, note: u32) -> Strip {
        let item = Item::Anchor(Destination::Note(NoteId(note)));
        let placed = Placed { at: Point::new(Length(1), Length(y)), owner: Owner::Artefact, item };
        Strip { height: Length(height), items: vec![placed], notes: vec![NoteId(note)], hyphenated: false }
    }

    fn places(strip: &Strip) -> Vec<(i64, u32)> {
        strip.items.iter().zip(&strip.notes).map(|(placed, note)| (placed.at.y.0, note.0)).collect()
    }

    #[test]
    fn strips_under_and_beside_each_other_keep_their_order() {
        let mut whole = Strip::stacked([strip(10, 3, 0), strip(20, 4, 1)]);
        assert_eq!((whole.height, places(&whole)), (Length(30), vec![(3, 0), (14, 1)]));
        whole.beside(strip(40, 5, 2));
        assert_eq!((whole.height, places(&whole)), (Length(40), vec![(3, 0), (14, 1), (5, 2)]));
        whole.lower(Length(7));
        assert_eq!((whole.height, places(&whole)), (Length(47), vec![(10, 0), (21, 1), (12, 2)]));
    }
}
