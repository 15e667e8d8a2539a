//! Figures: a picture scaled to the measure, and what is printed under it.

use crate::booklet::NamedPicture;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Inline;
use crate::length::{Length, Point, Size};
use crate::picture::{Picture, PictureId};

use super::column::{Part, Piece, SetStrips, Strip};
use super::frame::{Item, Owner, Placed};
use super::paragraph::ParagraphSpec;
use super::set::{Context, strip};
use super::style::TextSize;

/// Pixels in an inch for pictures that do not say: print needs at least so many to look sharp.
const DPI: f64 = 200.0;

/// Pixels in an inch below which print shows the pixels.
const COARSE: f64 = 150.0;
/// Pixels in an inch that print can show.
const SHARP: f64 = 300.0;

/// What is said of a picture that has too few pixels for the size that it is printed in. The finding has no
/// place yet.
pub(super) fn coarse(named: &NamedPicture, size: Size) -> Option<Diagnostic> {
    let dpi = named.picture.printed_dpi(size);
    // A drawing has no pixels that could show.
    if dpi >= COARSE || named.picture.drawing.is_some() {
        return None;
    }
    let message = format!(
        "the picture “{}” is printed with {:.0} pixels an inch, and the pixels will show",
        named.name,
        dpi.floor().max(1.0)
    );
    let pixels = |extent: Length| (extent.to_pt() / 72.0 * SHARP).ceil();
    let hint = format!(
        "for good print (300 an inch) it needs {:.0} by {:.0} pixels, and has {} by {}",
        pixels(size.width),
        pixels(size.height),
        named.picture.width,
        named.picture.height
    );
    Some(Diagnostic::warning(codes::B014, message).hint(hint))
}

/// Sets a figure: one strip of whole lines, so that the text after it is on the grid.
pub(super) fn set(
    context: &Context<'_>,
    piece: &Piece<'_>,
    (picture, alt, caption): (Option<PictureId>, &str, &[Inline]),
    spec: &ParagraphSpec,
    size: TextSize,
    part: &mut Part,
) {
    let owner = Owner::Node(piece.node);
    let found = picture.and_then(|id| Some((id, context.document.pictures.get(id.0 as usize)?)));
    let mut lines = context.setter.set(caption, piece.node, spec).best.lines;
    if found.is_none() && lines.is_empty() {
        lines = context.setter.set_text(alt, owner, spec).lines;
    }
    let left = context.left(piece.x, spec.measure);
    let text = size.leading * lines.len() as i64;
    let page = context.style.height();
    let mut whole = Strip::default();
    let mut y = Length::ZERO;
    if let Some((id, named)) = found {
        let between = if lines.is_empty() { Length::ZERO } else { size.leading / 2 };
        let room = (page - text - between).max(context.style.text.leading * 3);
        let extent = scaled(&named.picture, Size::new(spec.measure, room));
        let at = Point::new(left + (spec.measure - extent.width) / 2, Length::ZERO);
        whole.items.push(Placed { at, owner, item: Item::Picture { picture: id, size: extent } });
        y = extent.height + between;
    }
    for line in lines {
        let line = strip(context, line, left, size);
        whole.items.extend(line.items.into_iter().map(|mut i| {
            i.at = i.at + Point::new(Length::ZERO, y);
            i
        }));
        whole.notes.extend(line.notes);
        y += line.height;
    }
    whole.height = context.whole_lines(y).min(page.max(y));
    // What rounding up leaves is shared between above and below, so that the gaps look even.
    let shift = (whole.height - y) / 2;
    for item in &mut whole.items {
        item.at.y += shift;
    }
    if !whole.items.is_empty() {
        part.settings.push(SetStrips { strips: vec![whole], cost: 0 });
    }
}

/// A picture's extent: its own, never larger than the room, never enlarged beyond what print bears.
pub(super) fn scaled(picture: &Picture, room: Size) -> Size {
    let dpi = picture.dpi.filter(|d| d.is_finite() && *d >= 36.0 && *d <= 2400.0).unwrap_or(DPI);
    let natural = |pixels: u32| Length::from_pt(f64::from(pixels.max(1)) * 72.0 / dpi).max(Length(1));
    let (width, height) = (natural(picture.width), natural(picture.height));
    let mut extent = Size::new(width, height);
    if extent.width > room.width {
        extent = Size::new(room.width, height.scale(room.width.0, width.0).max(Length(1)));
    }
    if extent.height > room.height {
        extent = Size::new(width.scale(room.height.0, height.0).max(Length(1)), room.height);
    }
    extent
}
