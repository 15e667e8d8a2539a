//! Running heads and folios.
//!
//! The head of a verso says the booklet's title, that of a recto the chapter's; both stand at the outer
//! edge, as do the folios at the foot. A page that opens a chapter has a folio but no head; one that a
//! picture covers has neither.

use crate::length::{Length, Point};
use crate::typeset::block::context::Context;

use super::compose::Draft;
use super::matter::{PLAIN, spec};
use crate::typeset::frame::{Owner, Placed};
use crate::typeset::inline::paragraph::{Alignment, ParagraphSpec, Setting};

/// Adds a head and a folio to a page of text.
pub(crate) fn add(context: &Context<'_>, draft: &mut Draft, recto: bool, head: &str, folio: &str) {
    let Context { style, setter, .. } = context;
    if draft.covered {
        return;
    }
    let corner = style.corner(recto);
    let align = if recto { Alignment::End } else { Alignment::Start };
    let first = corner.y + style.text.baseline();
    let last = first + style.text.leading * (style.lines - 1);
    let size = style.small.size;
    if style.running_heads && !draft.opening && !head.is_empty() {
        let y = first - style.text.leading.scale(7, 4);
        let spec = ParagraphSpec { align, ..spec(style.measure(), size, style.slanted()) };
        if y - size > Length::ZERO {
            place(setter.set_shortened(head, Owner::Head, &spec), Point::new(corner.x, y), &mut draft.items);
        }
    }
    if !folio.is_empty() {
        // Two lines under the last baseline, less where the margin is too small for that.
        let room = style.page.height - last;
        let y = last + (style.text.leading * 2).min(room.scale(3, 5));
        let spec = ParagraphSpec { align, ..spec(style.measure(), size, PLAIN) };
        place(setter.set_text(folio, Owner::Folio, &spec), Point::new(corner.x, y), &mut draft.items);
    }
}

fn place(setting: Setting, at: Point, items: &mut Vec<Placed>) {
    for line in setting.lines {
        items.extend(line.placed(at));
    }
}
