//! The title on the spine of a cover, where the spine is wide enough to read it.
//!
//! The spine has the ground and the ink of the covers beside it. The title runs down, as ISO 6357:1985 recommends: when the booklet lies with its front cover up, the spine
//! stands upright too.

use crate::cover::spine_colours;
use crate::document::Document;
use crate::impose::{PageRef, PlacedPage, Scale, Sheets};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::Identity;
use crate::typeset::frame::{BLEED, Colour};
use crate::typeset::inline::setter::Setter;

use super::slip::{Slip, SlipLook};

/// The narrowest spine with a title.
pub(super) const NARROWEST: Length = Length::mm(3);
/// The largest type on a spine.
const LARGEST: Length = Length::pt(14);

/// Sets the title on the spine, if there is one that is wide enough.
pub(super) fn put(sheets: &mut Sheets<'_>, document: &Document, setter: &Setter<'_>) {
    let (ground, ink) = spine_colours(document);
    let wide = |spine: &Rect| spine.size.width >= NARROWEST;
    let Some(spine) = sheets.spine.filter(|spine| ground.is_some() || wide(spine)) else { return };
    let page = PageRef::Insert(sheets.inserts.len());
    let Some(side) = sheets.sides.first_mut() else { return };
    let size = Size::new(spine.size.height, spine.size.width);
    let mut slip = Slip::new(setter, size);
    if let Some(ground) = ground {
        // Into the bleed at head and foot.
        slip.fill(Point::new(-BLEED, Length::ZERO), Size::new(size.width + BLEED * 2, size.height), ground);
    }
    if wide(&spine) {
        write(&mut slip, &document.identity, ink);
    }
    sheets.inserts.push(slip.finish());
    side.pages.push(PlacedPage {
        page,
        at: Point::new(spine.right(), spine.origin.y),
        size,
        quarter_turns: 1,
        scale: Scale::NONE,
        clip: Rect::new(
            spine.origin.x,
            spine.origin.y - BLEED,
            spine.size.width,
            spine.size.height + BLEED * 2,
        ),
    });
}

/// Author and title on one line, or the title alone.
fn write(slip: &mut Slip<'_, '_>, identity: &Identity, ink: Colour) {
    let size = slip.size();
    let names: Vec<&str> = identity.authors.iter().map(|author| author.name.as_str()).collect();
    let (author, title) = (names.join(", "), identity.title.as_str());
    let look = SlipLook::of(size.height.scale(3, 5).min(LARGEST)).coloured(ink);
    let margin = size.width / 16;
    let y = (size.height - look.size.scale(125, 100)) / 2;
    let measure = size.width - margin * 2;
    let both = format!("{author}  ·  {title}");
    let text = if author.is_empty() || slip.width(&both, look) > measure { title } else { &both };
    slip.one_line(text, Point::new(margin, y), measure, look);
}
