//! How much room a text needs, measured on what would be set of it: emphasis, code, marks of notes and pictures
//! are as wide as they will be.

use crate::document::{Inline, NodeId};
use crate::length::Length;
use crate::typeset::frame::Owner;
use crate::typeset::inline::flat::Flat;
use crate::typeset::inline::itemise::TypeCase;
use crate::typeset::inline::linebreak::{FORBIDDEN, FORCED, Item};
use crate::typeset::inline::paragraph::{Alignment, ParagraphSpec};

use super::{Setter, Workspace};

/// How wide a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Where every line is as short as can be without a word divided: the widest word.
    pub least: Length,
    /// Where no line is broken but by the text itself: the widest line.
    pub natural: Length,
}

impl Setter<'_> {
    /// How much room a text needs that stands in a node.
    pub fn extent(&self, inlines: &[Inline], owner: NodeId, spec: &ParagraphSpec) -> Extent {
        let spec = ParagraphSpec { align: Alignment::Start, measure: Length::MAX, ..*spec };
        let mut flat = Flat::default();
        flat.inlines(inlines, self.base(Owner::Node(owner), &spec), &self.context());
        flat.suit_capitals();
        self.work(|workspace, fonts| {
            let Workspace { shaper, items, .. } = workspace;
            let case = &mut TypeCase { spec: &spec, pictures: self.pictures, shaper, fonts };
            items.fill(&flat, self.right_to_left, case);
            measure(&items.items)
        })
    }
}

fn measure(items: &[Item]) -> Extent {
    let mut widest = Extent::default();
    let (mut word, mut line) = (Length::ZERO, Length::ZERO);
    let mut forbidden = false;
    for item in items {
        let held = std::mem::take(&mut forbidden);
        match *item {
            Item::Box { width, .. } => {
                word += Length(width);
                line += Length(width);
            }
            Item::Glue { width, .. } => {
                word = if held { word + Length(width) } else { Length::ZERO };
                line += Length(width);
            }
            Item::Penalty { cost: FORCED, .. } => (word, line) = (Length::ZERO, Length::ZERO),
            Item::Penalty { cost: FORBIDDEN, .. } => forbidden = true,
            // Where a break costs something, words are divided in need only.
            Item::Penalty { cost, flagged, .. } if cost <= 0 && !flagged => word = Length::ZERO,
            Item::Penalty { .. } => {}
        }
        widest.least = widest.least.max(word);
        widest.natural = widest.natural.max(line);
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(width: i64) -> Item {
        Item::Box { width, flex: 0, hang_start: 0, hang_end: 0, letters: 1, word: 0 }
    }

    fn penalty(cost: i64, flagged: bool) -> Item {
        Item::Penalty { width: 0, hang: 0, cost, flagged, open: false }
    }

    const SPACE: Item = Item::Glue { width: 3, stretch: 0, shrink: 0 };

    fn extent(items: &[Item]) -> (i64, i64) {
        let Extent { least, natural } = measure(items);
        (least.0, natural.0)
    }

    #[test]
    fn spaces_that_hold_words_together_and_hyphens_in_need_part_none() {
        assert_eq!(extent(&[letters(10), SPACE, letters(7), penalty(FORCED, false)]), (10, 20));
        let held = [letters(10), penalty(FORBIDDEN, false), SPACE, letters(7), SPACE, letters(2)];
        assert_eq!(extent(&held), (20, 25));
        assert_eq!(extent(&[letters(10), penalty(50, true), letters(7)]), (17, 17));
        assert_eq!(extent(&[letters(10), penalty(0, false), letters(7)]), (10, 17));
        assert_eq!(extent(&[letters(10), penalty(FORCED, false), letters(7)]), (10, 10));
    }
}
