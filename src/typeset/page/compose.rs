//! Plans → pages: the strips that the page breaker chose, put in their places.
//!
//! Every strip is used once, so its items move; only a table's head is copied where it is repeated.

use crate::document::NoteId;
use crate::length::{Length, Point, Size};

use super::pagebreak::{PagePlan, TextArea};
use crate::typeset::block::figure;
use crate::typeset::block::notes::NoteStrips;
use crate::typeset::block::part::Part;
use crate::typeset::block::piece::HeadMark;
use crate::typeset::frame::{Colour, Item, Owner, Placed};
use crate::typeset::style::Style;

/// A page of text before its running head, its folio and its number.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub items: Vec<Placed>,
    /// Titles and headings on it, with their tops.
    pub marks: Vec<(HeadMark, Length)>,
    /// Whether it begins with a chapter's title.
    pub opening: bool,
    /// Whether a picture covers all of it.
    pub covered: bool,
}

/// The text area as the page breaker sees it.
pub(crate) fn text_area(style: &Style) -> TextArea {
    TextArea {
        height: style.height(),
        grid: style.text.leading,
        clearance: style.clearance,
        note_gap: Length::ZERO,
    }
}

/// A chapter whose strips go to their pages.
pub(crate) struct Galley<'a> {
    pub style: &'a Style,
    pub parts: &'a mut [Part],
    /// All notes, by their ids.
    pub notes: &'a mut [NoteStrips],
    /// The notes of the chapter, in the order in which its strips call them.
    pub order: &'a [NoteId],
}

impl Galley<'_> {
    /// Puts one page together.
    pub(crate) fn page(&mut self, recto: bool, plan: &PagePlan) -> Draft {
        let style = self.style;
        let corner = style.corner(recto);
        let mut draft = Draft::default();
        for (index, slice) in plan.slices.iter().enumerate() {
            let Some(part) = self.parts.get_mut(slice.part) else { continue };
            let mut y = corner.y + slice.y;
            if slice.from > 0 {
                if let Some(head) = &part.head {
                    let at = Point::new(corner.x, y - head.height);
                    draft.items.extend(head.items.iter().cloned().map(|placed| placed.moved(at)));
                }
            } else if let Some(mark) = part.mark.take() {
                draft.opening |= index == 0 && mark.level == 0;
                draft.marks.push((mark, y));
            }
            let Some(setting) = part.settings.get_mut(slice.setting) else { continue };
            for strip in setting.strips.iter_mut().take(slice.to).skip(slice.from) {
                let lift = if index == 0 { part.lift } else { Length::ZERO };
                let at = Point::new(corner.x, y - lift);
                draft
                    .items
                    .extend(std::mem::take(&mut strip.items).into_iter().map(|placed| placed.moved(at)));
                y += strip.height;
            }
        }
        for placed in &mut draft.items {
            if figure::reaches_the_edges(style, placed)
                && let Item::Picture { size, .. } = &placed.item
            {
                let beyond = Size::new(style.page.width - size.width, style.page.height - size.height);
                placed.at = Point::new(beyond.width / 2, beyond.height / 2);
                draft.covered = true;
            }
        }
        self.foot(corner, plan, &mut draft);
        draft
    }

    /// The notes, from the foot up: the last line's baseline stands where a last line of text has its own.
    fn foot(&mut self, corner: Point, plan: &PagePlan, draft: &mut Draft) {
        let style = self.style;
        let Some(first) = plan.notes.first() else { return };
        debug_assert!(
            plan.notes.iter().all(|slice| slice.note < self.order.len()),
            "a page has a note that no part of the text calls"
        );
        let continued = first.from > 0;
        let mut height = Length::ZERO;
        for slice in &plan.notes {
            let Some(id) = self.order.get(slice.note) else { continue };
            let Some(note) = self.notes.get(id.0 as usize) else { continue };
            height += note.strips.iter().take(slice.to).skip(slice.from).map(|s| s.height).sum::<Length>();
        }
        // The space under a baseline is smaller in a line of notes than in a line of text.
        let under =
            (style.text.leading - style.text.baseline()) - (style.note.leading - style.note.baseline());
        let mut y = corner.y + style.height() - plan.foot - under - height;
        let thickness = style.hairline;
        // The rule; longer above a note that began on the page before.
        let width = style.measure().scale(if continued { 50 } else { 25 }, 100);
        let x = corner.x + style.from_start(style.measure(), Length::ZERO, width);
        let at = Point::new(x, y - style.clearance.scale(1, 2));
        let item = Item::Fill { size: Size::new(width, thickness), colour: Colour::BLACK };
        draft.items.push(Placed { at, owner: Owner::Artefact, item });
        for slice in &plan.notes {
            let Some(id) = self.order.get(slice.note) else { continue };
            let Some(note) = self.notes.get_mut(id.0 as usize) else { continue };
            for strip in note.strips.iter_mut().take(slice.to).skip(slice.from) {
                let at = Point::new(corner.x, y);
                draft
                    .items
                    .extend(std::mem::take(&mut strip.items).into_iter().map(|placed| placed.moved(at)));
                y += strip.height;
            }
        }
    }
}
