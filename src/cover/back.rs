//! The back cover: a picture or a few lines of text, and what stands at its foot.

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{Back, Block, Front};
use crate::length::{Length, Point, Size};
use crate::manifest::{CoverDesign, Focus};
use crate::typeset::block::context::Context;
use crate::typeset::block::flow;
use crate::typeset::block::part::Part;
use crate::typeset::block::set::set;
use crate::typeset::frame::{Colour, Item, Owner, Page, PageKind, Placed, translate};
use crate::typeset::page::compose::{Galley, text_area};
use crate::typeset::page::pagebreak::{PageSide, SettingShape, Slice, TextArea, paginate};
use crate::typeset::page::shapes;

use super::board::Board;
use super::inks::WHITE;
use super::picture::{fill, note_coarse};
use super::trade::Foot;

/// The back cover.
pub(super) fn back(context: &Context<'_>, report: &mut Report) -> Page {
    let (document, style) = (context.document, context.style);
    let mut board = Board::new(context, style.page);
    let grounded = document.cover.design == CoverDesign::Poster
        && document.cover.front == Front::Type
        && board.inks.count() > 0
        && !matches!(document.cover.back, Back::Picture(_));
    let colour = if grounded { board.inks.on_ground(0) } else { Colour::BLACK };
    let (left, measure) = (style.corner(false).x, style.measure());
    let foot = Foot::new(&board, &document.cover.trade, measure, colour);
    // Its last line is that of a page of text.
    let end = style.margins.top + style.height();
    if grounded {
        let ground = board.inks.ground(0);
        board.band(Length::ZERO, style.page.height, ground);
    }
    match &document.cover.back {
        Back::Blank => {}
        Back::Picture(id) => {
            if let Some(picture) = fill(context, *id, style.page, Focus::default()) {
                note_coarse(context, &picture, document.cover.back_at, report);
                board.items.push(picture);
            }
        }
        Back::Blocks(blocks) => {
            let reserved = foot.as_ref().map_or(Length::ZERO, |foot| foot.height() + style.text.leading);
            let mut items = written(context, blocks, reserved, report);
            for placed in &mut items {
                recolour(placed, colour);
            }
            board.items.extend(items);
        }
    }
    if let Some(foot) = foot {
        let pictured = matches!(document.cover.back, Back::Picture(_));
        if pictured {
            let pad = board.unit * 5;
            board.band(end - foot.height() - pad, style.page.height, WHITE);
        }
        foot.place(&mut board, left, measure, end, grounded);
    }
    Page { size: style.page, kind: PageKind::BackCover, label: String::new(), items: board.items }
}

/// Black type in another colour.
fn recolour(placed: &mut Placed, colour: Colour) {
    match &mut placed.item {
        Item::Run(run) if run.colour == Colour::BLACK => run.colour = colour,
        Item::Fill { colour: own, .. } if *own == Colour::BLACK => *own = colour,
        _ => {}
    }
}

/// Text on the back cover: a few lines stand at the foot under a fine rule, like the foot of the front
/// cover; a longer text begins at the head, and so does one with something under it.
fn written(context: &Context<'_>, blocks: &[Block], reserved: Length, report: &mut Report) -> Vec<Placed> {
    let style = context.style;
    let mut flow = flow::Flow::new(style);
    flow.text(blocks, None);
    let mut parts: Vec<Part> = flow.pieces.iter().filter_map(|p| set(context, p)).collect();
    let (column, order) = shapes::shapes(&parts, &[], false);
    let grid = style.text.leading;
    let lines = ((style.height() - reserved).0 / grid.0.max(1)).max(1);
    let area = TextArea { height: grid * lines, ..text_area(style) };
    let mut plans = paginate(&column, &area, PageSide::Verso).into_iter();
    let Some(plan) = plans.next() else { return Vec::new() };
    if let Some(slice) = plans.next().as_ref().and_then(|next| next.slices.first()) {
        let node = parts.get(slice.part).and_then(|p| p.node);
        let span = node.and_then(|node| blocks.iter().find(|b| b.id >= node)).map(|b| b.span);
        let finding = Diagnostic::error(codes::T05, "the text of the back cover is longer than a page");
        report.push(finding.at_opt(span).hint("cut it, or make its last part a chapter"));
    }
    let mut items =
        Galley { style, parts: &mut parts, notes: &mut [], order: &order }.page(false, &plan).items;
    let end = |slice: &Slice| {
        let strips = column.parts.get(slice.part).and_then(|p| p.settings.get(slice.setting));
        let height =
            |s: &SettingShape| s.strips[slice.from..slice.to].iter().map(|s| s.height).sum::<Length>();
        slice.y + strips.map_or(Length::ZERO, height)
    };
    let height = plan.slices.last().map_or(Length::ZERO, end);
    if height * 3 < style.height() && reserved == Length::ZERO {
        let down = style.height() - height;
        translate(&mut items, Point::new(Length::ZERO, down));
        let at = Point::new(style.corner(false).x, style.margins.top + down - style.text.leading);
        let item = Item::Fill { size: Size::new(style.measure(), style.hairline), colour: Colour::BLACK };
        items.push(Placed { at, owner: Owner::Artefact, item });
    }
    items
}
