//! Figures: a picture scaled to the measure, and what is printed under it; alone, in a row, or as a plate
//! that has a page of its own.

use crate::booklet::NamedPicture;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{Document, NodeId};
use crate::length::{Length, Point, Size};
use crate::picture::{Picture, PictureId};
use crate::typeset::frame::{BLEED, Colour, Item, Owner, Page, Placed};
use crate::typeset::inline::paragraph::{Alignment, Line, ParagraphSpec};
use crate::typeset::strip::Strip;
use crate::typeset::style::{Style, TextSize};

use super::context::{Context, strip};
use super::origin::span_of;
use super::piece::{Figure, Piece};

/// Pixels in an inch for pictures that do not say: print needs at least so many to look sharp.
const DPI: f64 = 200.0;
/// Pixels in an inch below which print shows the pixels.
const COARSE: f64 = 150.0;
/// Pixels in an inch that print can show.
const SHARP: f64 = 300.0;

/// What is said of a picture that has too few pixels for the size that it is printed in. The finding has no
/// place yet.
pub(crate) fn coarse(named: &NamedPicture, size: Size) -> Option<Diagnostic> {
    let dpi = named.picture.printed_dpi(size).filter(|dpi| *dpi < COARSE)?;
    let message = format!(
        "the picture “{}” is printed with {:.0} pixels an inch, and the pixels will show",
        named.name,
        dpi.floor().max(1.0)
    );
    let (width, height) = named.picture.extent();
    let pixels = |extent: Length| (extent.to_pt() / 72.0 * SHARP).ceil();
    let hint = format!(
        "for good print (300 an inch) it needs {:.0} by {:.0} pixels, and has {} by {}",
        pixels(size.width),
        pixels(size.height),
        width,
        height
    );
    Some(Diagnostic::warning(codes::B014, message).hint(hint))
}

impl Figure<'_> {
    /// Its picture, if it could be read.
    fn shown<'c>(&self, context: &'c Context<'_>) -> Option<(PictureId, &'c Picture)> {
        let id = self.picture?;
        Some((id, &context.document.pictures.get(id.0 as usize)?.picture))
    }

    /// The lines under it; the words in its place if there is no picture.
    fn lines(&self, context: &Context<'_>, spec: &ParagraphSpec) -> Vec<Line> {
        let lines = context.setter.set(self.caption, self.node, spec).best.lines;
        if lines.is_empty() && self.shown(context).is_none() {
            return context.setter.set_text(self.alt, Owner::Node(self.node), spec).lines;
        }
        lines
    }
}

/// Sets figures: one strip of whole lines, so that the text after it is on the grid. None if nothing of them
/// can be seen.
pub(crate) fn set(
    context: &Context<'_>,
    piece: &Piece<'_>,
    figures: &[Figure<'_>],
    spec: &ParagraphSpec,
    size: TextSize,
) -> Option<Strip> {
    let page = context.style.height();
    let left = context.left(piece.x, spec.measure);
    let mut whole = match figures {
        [figure] => match (figure.plate, figure.shown(context)) {
            (Some(true), Some((id, picture))) => to_the_edges(context, figure, (id, picture), spec, size),
            _ => alone(context, figure, left, spec, size),
        },
        _ => row(context, figures, left, spec, size),
    };
    let y = whole.height;
    let plate = figures.iter().any(|figure| figure.plate.is_some());
    whole.height = if plate { page } else { context.whole_lines(y).min(page.max(y)) };
    // What rounding up leaves is shared between above and below, so that the gaps look even.
    let shift = ((whole.height - y) / 2).max(Length::ZERO);
    whole.translate(Point::new(Length::ZERO, shift));
    (!whole.items.is_empty()).then_some(whole)
}

fn alone(
    context: &Context<'_>,
    figure: &Figure<'_>,
    left: Length,
    spec: &ParagraphSpec,
    size: TextSize,
) -> Strip {
    let lines = figure.lines(context, spec);
    let mut whole = Strip::default();
    if let Some((id, picture)) = figure.shown(context) {
        let below = under(lines.len(), size);
        let room = (context.style.height() - below).max(context.style.text.leading * 3);
        let widest = figure.width.map_or(spec.measure, |width| spec.measure.scale(width.into(), 100));
        let extent = if figure.width.is_some() || figure.plate.is_some() {
            filling(picture, Size::new(widest, room))
        } else {
            scaled(picture, Size::new(spec.measure, room))
        };
        let at = Point::new(left + (spec.measure - extent.width) / 2, Length::ZERO);
        place(&mut whole, figure, (id, extent), at);
        whole.height = extent.height + if lines.is_empty() { Length::ZERO } else { size.leading / 2 };
    }
    add_lines(context, &mut whole, lines, left, size);
    whole
}

/// Side by side at one height, over the whole measure if that enlarges none too much.
fn row(
    context: &Context<'_>,
    figures: &[Figure<'_>],
    left: Length,
    spec: &ParagraphSpec,
    size: TextSize,
) -> Strip {
    let gap = size.leading;
    let shown: Vec<_> = figures.iter().map(|figure| figure.shown(context)).collect();
    let room = (spec.measure - gap * (figures.len() as i64 - 1)).max(Length(1));
    // Widths at a height of a thousand; a picture that could not be read is square.
    let shape = |shown: &Option<(PictureId, &Picture)>| {
        shown.map_or(1000, |(_, picture)| {
            {
                let (width, height) = picture.extent();
                i64::from(width) * 1000 / i64::from(height.max(1))
            }
            .clamp(50, 20_000)
        })
    };
    let shapes: Vec<i64> = shown.iter().map(shape).collect();
    let natural = shown.iter().flatten().map(|(_, picture)| natural(picture).height).max();
    let height = room
        .scale(1000, shapes.iter().sum::<i64>().max(1))
        .min(natural.unwrap_or(room))
        .min(context.style.height().scale(9, 10));
    let widths: Vec<Length> = shapes.iter().map(|shape| height.scale(*shape, 1000)).collect();
    let mut spare = room;
    widths.iter().for_each(|width| spare -= *width);
    let mut from = (spare / 2).max(Length::ZERO);
    let mut whole = Strip::default();
    for ((figure, shown), width) in figures.iter().zip(&shown).zip(widths) {
        let x = left + context.style.from_start(spec.measure, from, width);
        let mut one = Strip::default();
        if let Some((id, _)) = shown {
            place(&mut one, figure, (*id, Size::new(width, height)), Point::new(x, Length::ZERO));
        }
        one.height = height + size.leading / 2;
        // Words need more room than a narrow picture has: about its middle, within the measure.
        let measure = width.max((gap * 4).min(spec.measure));
        let middle = x - (measure - width) / 2;
        let words = middle.max(left).min(left + spec.measure - measure);
        let lines = figure.lines(context, &ParagraphSpec { measure, ..*spec });
        if lines.is_empty() {
            one.height = height;
        }
        add_lines(context, &mut one, lines, words, size);
        whole.beside(one);
        from += width + gap;
    }
    whole
}

/// Over the whole page and its bleed; what is said of it stands on a white field at the foot. The page
/// that it comes to lie on puts it in its place.
fn to_the_edges(
    context: &Context<'_>,
    figure: &Figure<'_>,
    (id, picture): (PictureId, &Picture),
    spec: &ParagraphSpec,
    size: TextSize,
) -> Strip {
    let style = context.style;
    let over = BLEED * 2;
    let want = Size::new(style.page.width + over, style.page.height + over);
    let mut whole = Strip::default();
    place(&mut whole, figure, (id, covering(picture, want)), Point::default());
    let inner = ParagraphSpec { align: Alignment::Start, measure: spec.measure - size.leading * 2, ..*spec };
    let lines = figure.lines(context, &inner);
    if !lines.is_empty() {
        let wide = lines.iter().map(|line| line.width).max().unwrap_or_default();
        let field = Size::new(wide + size.leading, size.leading * (lines.len() as i64 + 1));
        let corner = context.left(Length::ZERO, field.width);
        let top = style.height() - field.height;
        let item = Item::Fill { size: field, colour: Colour::Gray(255) };
        whole.items.push(Placed { at: Point::new(corner, top), owner: Owner::Artefact, item });
        whole.height = top + size.leading / 2;
        let x = corner + size.leading / 2 + style.from_start(wide, Length::ZERO, inner.measure);
        add_lines(context, &mut whole, lines, x, size);
    }
    whole.height = style.height();
    whole
}

/// Whether a picture of the text reaches the edges of its page.
pub(crate) fn reaches_the_edges(style: &Style, placed: &Placed) -> bool {
    matches!((&placed.item, placed.owner), (Item::Picture { size, .. }, Owner::Node(_)) if size.width > style.page.width)
}

fn place(strip: &mut Strip, figure: &Figure<'_>, (picture, size): (PictureId, Size), at: Point) {
    let item = Item::Picture { picture, size };
    strip.items.push(Placed { at, owner: Owner::Node(figure.node), item });
}

/// Height of so many lines under a picture, with the space above them.
fn under(lines: usize, size: TextSize) -> Length {
    if lines == 0 { Length::ZERO } else { size.leading * lines as i64 + size.leading / 2 }
}

/// Lines under what a strip holds already.
fn add_lines(context: &Context<'_>, whole: &mut Strip, lines: Vec<Line>, left: Length, size: TextSize) {
    for line in lines {
        whole.below(strip(context, line, left, size));
    }
}

/// A picture's own extent.
fn natural(picture: &Picture) -> Size {
    let dpi = picture.dpi().filter(|d| d.is_finite() && *d >= 36.0 && *d <= 2400.0).unwrap_or(DPI);
    let natural = |pixels: u32| Length::from_pt(f64::from(pixels.max(1)) * 72.0 / dpi).max(Length(1));
    let (width, height) = picture.extent();
    Size::new(natural(width), natural(height))
}

/// A picture's extent: its own, never larger than the room, never enlarged beyond what print bears.
pub(crate) fn scaled(picture: &Picture, room: Size) -> Size {
    let Size { width, height } = natural(picture);
    let mut extent = Size::new(width, height);
    if extent.width > room.width {
        extent = Size::new(room.width, height.scale(room.width.0, width.0).max(Length(1)));
    }
    if extent.height > room.height {
        extent = Size::new(width.scale(room.height.0, height.0).max(Length(1)), room.height);
    }
    extent
}

/// How wide and how high it is, in one unit.
fn shape(picture: &Picture) -> (i64, i64) {
    let (width, height) = picture.extent();
    (width.max(1).into(), height.max(1).into())
}

/// As large as the room lets it be, whatever its own extent.
fn filling(picture: &Picture, room: Size) -> Size {
    let (across, down) = shape(picture);
    let height = room.width.scale(down, across).max(Length(1));
    if height <= room.height {
        return Size::new(room.width, height);
    }
    Size::new(room.height.scale(across, down).max(Length(1)), room.height)
}

/// The least extent that covers all of the room.
pub(crate) fn covering(picture: &Picture, room: Size) -> Size {
    let (across, down) = shape(picture);
    let height = room.width.scale(down, across);
    if height >= room.height {
        Size::new(room.width, height)
    } else {
        Size::new(room.height.scale(across, down), room.height)
    }
}

/// Reports figures that are printed with too few pixels, each once.
pub(crate) fn judge(document: &Document, pages: &[Page], report: &mut Report) {
    let mut told: Vec<NodeId> = Vec::new();
    for placed in pages.iter().flat_map(|page| &page.items) {
        let (Item::Picture { picture, size }, Owner::Node(node)) = (&placed.item, placed.owner) else {
            continue;
        };
        let Some(named) = document.pictures.get(picture.0 as usize) else { continue };
        if told.contains(&node) {
            continue;
        }
        let (Some(finding), Some(span)) = (coarse(named, *size), span_of(document, node)) else { continue };
        told.push(node);
        report.push(finding.at(span).hint("or print it smaller: {width=60%}"));
    }
}
