//! A picture over the whole of a cover, into the bleed.

use crate::diagnostic::{Report, Span};
use crate::length::{Length, Point, Size};
use crate::manifest::Focus;
use crate::picture::PictureId;
use crate::typeset::block::context::Context;
use crate::typeset::block::figure;
use crate::typeset::frame::{BLEED, Item, Owner, Placed};

/// A picture that fills trim and bleed: as large as needed; of what is over, the focus stays in sight.
pub(super) fn fill(context: &Context<'_>, id: PictureId, page: Size, focus: Focus) -> Option<Placed> {
    let named = context.document.pictures.get(id.0 as usize)?;
    let want = Size::new(page.width + BLEED * 2, page.height + BLEED * 2);
    let size = figure::covering(&named.picture, want);
    // The focus comes to the middle of the page, as far as the picture reaches.
    let at = |size: Length, page: Length, want: Length, focus: i64| {
        (page / 2 - size.scale(focus, 1000)).clamp(want - BLEED - size, -BLEED)
    };
    let at = Point::new(
        at(size.width, page.width, want.width, focus.x),
        at(size.height, page.height, want.height, focus.y),
    );
    Some(Placed { at, owner: Owner::MATTER, item: Item::Picture { picture: id, size } })
}

/// Warns of a picture that fills a page with too few pixels; `span` is where the manifest names it.
pub(super) fn note_coarse(context: &Context<'_>, placed: &Placed, span: Option<Span>, report: &mut Report) {
    if let Item::Picture { picture, size } = &placed.item
        && let Some(named) = context.document.pictures.get(picture.0 as usize)
        && let Some(finding) = figure::coarse(named, *size)
    {
        report.push(finding.at_opt(span));
    }
}
