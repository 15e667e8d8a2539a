//! The title on the spine of a cover, where the spine is wide enough to read it.
//!
//! It runs down, as ISO 6357:1985 recommends: when the booklet lies with its front cover up, the spine
//! stands upright too.

use crate::impose::{PlacedPage, Scale, Sheets};
use crate::length::{Length, Point, Size};
use crate::typeset::setter::Setter;

use super::slip::{Look, Slip};

/// The narrowest spine with a title: 3 mm.
pub(super) const NARROWEST: Length = Length(557_314);
/// The largest type on a spine.
const LARGEST: Length = Length::pt(14);

/// Sets the title on the spine, if there is one that is wide enough.
pub(super) fn put(sheets: &mut Sheets<'_>, title: &str, author: &str, setter: &Setter<'_>) {
    let Some(spine) = sheets.spine.filter(|spine| spine.size.width >= NARROWEST) else { return };
    let page = sheets.pages.pages.len() + sheets.inserts.len();
    let Some(side) = sheets.sides.first_mut() else { return };
    let size = Size::new(spine.size.height, spine.size.width);
    let look = Look::of(spine.size.width.scale(3, 5).min(LARGEST));
    let mut slip = Slip::new(setter, size);
    let margin = size.width / 16;
    let y = (size.height - look.size.scale(125, 100)) / 2;
    let measure = size.width - margin * 2;
    let both = format!("{author}  ·  {title}");
    let text = if author.is_empty() || slip.width(&both, look) > measure { title } else { &both };
    slip.one_line(text, Point::new(margin, y), measure, look);
    sheets.inserts.push(slip.finish());
    side.pages.push(PlacedPage {
        page: Some(page),
        at: Point::new(spine.right(), spine.origin.y),
        size,
        quarter_turns: 1,
        scale: Scale::NONE,
        clip: spine,
    });
}
