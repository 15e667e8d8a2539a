//! A page to write on: a small heading and ruled lines, for places that the text leaves blank.
//!
//! The margins at both sides are equal, so that the same page serves left and right.

use crate::length::{Length, Point};
use crate::typeset::frame::Page;
use crate::typeset::style::Style;

use super::slip::{Slip, SlipLook};
use super::words::Words;
use crate::typeset::inline::setter::Setter;

/// From line to line, for a hand that writes.
const RULED: Length = Length::mm(8);
/// Thickness of a ruled line.
const RULE: Length = Length(Length::PER_POINT * 3 / 10);

/// The page.
pub(super) fn page(setter: &Setter<'_>, words: &Words, style: &Style) -> Page {
    let mut slip = Slip::new(setter, style.page);
    let side = style.margins.inner.max(style.margins.outer).min(style.page.width / 3);
    let measure = style.page.width - side * 2;
    let (top, foot) = (style.margins.top, style.page.height - style.margins.bottom);
    let used = slip.text(words.notes, Point::new(side, top), measure, SlipLook::of(style.small.size));
    let mut y = top + used + RULED;
    while y <= foot {
        slip.line(&[Point::new(side, y), Point::new(side + measure, y)], RULE, false);
        y += RULED;
    }
    slip.finish()
}
