//! Covers: a picture that fills the page, or type alone.
//!
//! The typographic cover is black on white, so that any copier reproduces it: a heavy rule at the head,
//! the authors under it, the title as large as it fits, ragged, hung from the upper third; a fine rule
//! and the publisher at the foot.

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{Back, Block};
use crate::length::{Length, Point, Size};
use crate::picture::PictureId;

use super::frame::{Colour, Item, Owner, Page, PageKind, Placed};
use super::front::{made, names};
use super::matter::{BOLD, Leaf, PLAIN, count, largest, spec};
use super::pagebreak::{Shape, Side, Slice, paginate};
use super::set::{Context, set};
use super::{column, compose, flow};

/// How far a picture reaches over the trim, so that cutting never shows white.
const BLEED_MM: f64 = 3.0;

/// The front cover.
pub(super) fn front(context: &Context<'_>) -> Page {
    let document = context.document;
    let mut items = Vec::new();
    let filled = document.front_cover.and_then(|id| fill(context, id));
    let pictured = filled.is_some();
    items.extend(filled);
    if !pictured {
        items.extend(typographic(context));
    } else if document.cover_text {
        items.extend(over_picture(context));
    }
    Page { size: context.style.page, kind: PageKind::FrontCover, label: String::new(), items }
}

/// The back cover.
pub(super) fn back(context: &Context<'_>, report: &mut Report) -> Page {
    let items = match &context.document.back_cover {
        Back::Blank => Vec::new(),
        Back::Picture(id) => fill(context, *id).into_iter().collect(),
        Back::Blocks(blocks) => written(context, blocks, report),
    };
    Page { size: context.style.page, kind: PageKind::BackCover, label: String::new(), items }
}

/// Text on the back cover: a few lines stand at the foot under a fine rule, like the foot of the front
/// cover; a longer text begins at the head.
fn written(context: &Context<'_>, blocks: &[Block], report: &mut Report) -> Vec<Placed> {
    let style = context.style;
    let mut flow = flow::Flow::new(style);
    flow.text(blocks, None);
    let mut parts: Vec<column::Part> = flow.pieces.iter().filter_map(|p| set(context, p)).collect();
    let (column, order) = column::shapes(&parts, &[], false);
    let mut plans = paginate(&column, &style.frame(), Side::Verso).into_iter();
    let Some(plan) = plans.next() else { return Vec::new() };
    if let Some(slice) = plans.next().as_ref().and_then(|next| next.slices.first()) {
        let node = parts.get(slice.part).and_then(|p| p.node);
        let span = node.and_then(|node| blocks.iter().find(|b| b.id >= node)).map(|b| b.span);
        let finding = Diagnostic::error(codes::T05, "the text of the back cover is longer than a page");
        report.push(finding.at_opt(span).hint("cut it, or make its last part a chapter"));
    }
    let mut items = compose::page(style, false, &plan, &mut parts, &mut [], &order).items;
    let end = |slice: &Slice| {
        let strips = column.parts.get(slice.part).and_then(|p| p.settings.get(slice.setting));
        let height = |s: &Shape| s.strips[slice.from..slice.to].iter().map(|s| s.height).sum::<Length>();
        slice.y + strips.map_or(Length::ZERO, height)
    };
    let height = plan.slices.last().map_or(Length::ZERO, end);
    if height * 3 < style.height() {
        let down = style.height() - height;
        for item in &mut items {
            item.at.y += down;
        }
        let at = Point::new(style.corner(false).x, style.margins.top + down - style.text.leading);
        rule(&mut items, at, style.measure(), style.hairline);
    }
    items
}

/// A picture that fills trim and bleed: as large as needed, centred, what is over lies outside.
fn fill(context: &Context<'_>, id: PictureId) -> Option<Placed> {
    let named = context.document.pictures.get(id.0 as usize)?;
    let bleed = Length::from_mm(BLEED_MM);
    let page = context.style.page;
    let want = Size::new(page.width + bleed * 2, page.height + bleed * 2);
    let (across, down) = (i64::from(named.picture.width.max(1)), i64::from(named.picture.height.max(1)));
    let by_width = Size::new(want.width, want.width.scale(down, across));
    let size = if by_width.height >= want.height {
        by_width
    } else {
        Size::new(want.height.scale(across, down), want.height)
    };
    let at = Point::new((page.width - size.width) / 2, (page.height - size.height) / 2);
    Some(Placed { at, owner: Owner::MATTER, item: Item::Picture { picture: id, size } })
}

fn rule(items: &mut Vec<Placed>, at: Point, width: Length, thickness: Length) {
    let item = Item::Fill { size: Size::new(width, thickness), colour: Colour::BLACK };
    items.push(Placed { at, owner: Owner::Artefact, item });
}

/// The cover without a picture.
fn typographic(context: &Context<'_>) -> Vec<Placed> {
    let style = context.style;
    let identity = &context.document.identity;
    let page = style.page;
    // A cover is seen alone, so its margins are even.
    let margin = page.width.scale(14, 148);
    let measure = page.width - margin * 2;
    let unit = page.height.scale(1, 210);
    let mut leaf = Leaf::new(context.setter, style, true);
    leaf.x = margin;
    leaf.y = margin;
    rule(&mut leaf.items, Point::new(margin, margin), measure, unit.scale(11, 10));
    leaf.skip(unit * 6);
    let small = unit.scale(17, 3);
    let authors = names(&identity.authors);
    if !authors.is_empty() {
        let size = largest(context.setter, &authors, &spec(measure, small, PLAIN), (small / 2, small), 2);
        leaf.text(&authors, Owner::MATTER, &spec(measure, size, PLAIN), size.scale(125, 100));
    }
    let base = spec(measure, small, BOLD);
    let size = largest(context.setter, &identity.title, &base, (unit * 7, unit * 18), 6);
    let title = spec(measure, size, BOLD);
    let leading = size.scale(108, 100);
    leaf.y = leaf.y.max(page.height / 4) + unit * 4;
    leaf.title(&identity.title, &title, leading);
    if let Some(subtitle) = &identity.subtitle {
        leaf.skip(unit * 6);
        let most = size.scale(55, 100).min(unit * 8).max(unit * 5);
        let base = spec(measure, most, style.slanted());
        let size = largest(context.setter, subtitle, &base, (unit * 4, most), 4);
        leaf.title(subtitle, &spec(measure, size, style.slanted()), size.scale(122, 100));
    }
    let made = made(identity);
    let foot = page.height - margin;
    if !made.is_empty() {
        let spec = spec(measure, unit * 4, PLAIN);
        let lines = count(context.setter, &made, &spec);
        let leading = unit * 5;
        leaf.y = (foot - leading * lines).max(leaf.y + unit * 4);
        rule(&mut leaf.items, Point::new(margin, leaf.y - unit * 3), measure, style.hairline);
        leaf.text(&made, Owner::MATTER, &spec, leading);
    } else {
        rule(&mut leaf.items, Point::new(margin, foot), measure, style.hairline);
    }
    leaf.items
}

/// The title on a white ground over a picture, where any picture lets it be read.
fn over_picture(context: &Context<'_>) -> Vec<Placed> {
    let style = context.style;
    let identity = &context.document.identity;
    let page = style.page;
    let margin = page.width.scale(14, 148);
    let unit = page.height.scale(1, 210);
    let inside = unit * 6;
    let measure = page.width - (margin + inside) * 2;
    let mut leaf = Leaf::new(context.setter, style, true);
    leaf.x = margin + inside;
    let top = page.height.scale(14, 100);
    leaf.y = top + inside;
    let authors = names(&identity.authors);
    if !authors.is_empty() {
        leaf.text(&authors, Owner::MATTER, &spec(measure, unit * 5, PLAIN), unit * 6);
        leaf.skip(unit * 3);
    }
    let base = spec(measure, unit * 5, BOLD);
    let size = largest(context.setter, &identity.title, &base, (unit * 6, unit * 15), 5);
    leaf.title(&identity.title, &spec(measure, size, BOLD), size.scale(110, 100));
    if let Some(subtitle) = &identity.subtitle {
        leaf.skip(unit * 3);
        leaf.title(subtitle, &spec(measure, unit * 5, style.slanted()), unit * 6);
    }
    let ground = Size::new(page.width - margin * 2, leaf.y + inside - top);
    let item = Item::Fill { size: ground, colour: Colour::Gray(255) };
    leaf.items.insert(0, Placed { at: Point::new(margin, top), owner: Owner::Artefact, item });
    leaf.items
}
