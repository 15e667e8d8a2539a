//! Pieces → parts: every block in lines, each on its own, so that all are set in parallel.

use crate::face::FaceStyle;
use crate::length::{Length, Point, Size};
use crate::typeset::frame::{Colour, Item, Matter, MatterPart, Owner, Placed};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, ParagraphSpec, Setting, Settings};
use crate::typeset::inline::setter::Drop;
use crate::typeset::strip::Strip;
use crate::typeset::style::{Style, TextSize};

use super::context::{Air, Context, block, strip};
use super::part::{Part, SetStrips};
use super::piece::{Body, Marker, Piece};
use super::{figure, table};

/// Least lines of a paragraph on either side of a page break.
const TOGETHER: usize = 2;

/// Sets one piece. None when nothing of it can be seen.
pub(crate) fn set(context: &Context<'_>, piece: &Piece<'_>) -> Option<Part> {
    let mut part = Part {
        spacing: piece.spacing,
        head: None,
        lift: Length::ZERO,
        ends: (TOGETHER, TOGETHER),
        settings: Vec::new(),
        mark: piece.mark.clone(),
        node: Some(piece.node),
    };
    let owner = Owner::Node(piece.node);
    match &piece.body {
        Body::Text { inlines, spec, size } => {
            let settings = context.setter.set(inlines, piece.node, spec);
            part.settings = choices(context, settings, piece.x, spec.measure, *size);
        }
        Body::Opening { inlines, spec, size, lines } => {
            let drop = Drop { lines: *lines, leading: size.leading };
            let dropped = context.setter.set_dropped(inlines, piece.node, spec, drop);
            if dropped.is_some() {
                part.ends.0 = part.ends.0.max(*lines);
            }
            let settings = dropped.unwrap_or_else(|| context.setter.set(inlines, piece.node, spec));
            part.settings = choices(context, settings, piece.x, spec.measure, *size);
        }
        Body::Verse { lines, spec, size } => {
            let left = context.left(piece.x, spec.measure);
            let mut strips = Vec::new();
            for line in *lines {
                // A line and its turn stay together.
                let setting = context.setter.set(line, piece.node, spec).best;
                strips
                    .push(Strip::stacked(setting.lines.into_iter().map(|l| strip(context, l, left, *size))));
            }
            strips.retain(|s| s.height > Length::ZERO);
            part.settings.push(SetStrips { strips, cost: 0 });
        }
        Body::Code { text, spec, size } => {
            let left = context.left(piece.x, spec.measure);
            let setting = context.setter.set_code(text, owner, spec);
            let strips = setting.lines.into_iter().map(|l| strip(context, l, left, *size)).collect();
            part.settings.push(SetStrips { strips, cost: 0 });
        }
        Body::Heading { number, inlines, spec, size, above, below } => {
            let mut lines = Vec::new();
            if let Some(number) = number {
                let spec = ParagraphSpec { style: FaceStyle::default(), ..*spec };
                lines.extend(context.setter.set_text(number, owner, &spec).lines);
            }
            lines.extend(context.setter.set_level(inlines, piece.node, spec).lines);
            let left = context.left(piece.x, spec.measure);
            let strip = block(context, lines, left, *size, Air { above: *above, below: *below });
            if piece.mark.as_ref().is_some_and(|m| m.level > 0) {
                part.lift = *above;
            }
            part.settings.push(SetStrips { strips: vec![strip], cost: 0 });
        }
        Body::Words { text, spec, size } => {
            let heading = Owner::Matter(Matter { part: MatterPart::Heading, number: piece.node.0 });
            let lines = context.setter.set_text(text, heading, spec).lines;
            let one = TextSize { leading: context.style.text.leading, ..*size };
            let above = size.leading - one.leading;
            let left = context.left(piece.x, spec.measure);
            let strip = block(context, lines, left, one, Air { above, below: Length::ZERO });
            part.settings.push(SetStrips { strips: vec![strip], cost: 0 });
        }
        Body::Table { table, measure, size } => {
            let set = table::set(context, piece, table, *measure, *size);
            (part.head, part.ends) = (set.head, set.ends);
            part.settings.push(SetStrips { strips: set.strips, cost: 0 });
        }
        Body::Figures { figures, spec, size } => {
            let strip = figure::set(context, piece, figures, spec, *size);
            part.settings.extend(strip.map(|strip| SetStrips { strips: vec![strip], cost: 0 }));
        }
        Body::Ornament { measure } => {
            part.settings.push(SetStrips { strips: vec![ornament(context, piece, *measure)], cost: 0 });
            // An ornament at the head of a page says nothing.
            part.spacing.keep = true;
        }
    }
    part.settings.retain(|s| !s.strips.is_empty());
    if part.settings.is_empty() {
        if piece.markers.is_empty() && piece.anchors.is_empty() {
            return None;
        }
        let height = if !piece.markers.is_empty() { context.style.text.leading } else { Length::ZERO };
        part.settings.push(SetStrips { strips: vec![Strip::empty(height)], cost: 0 });
    }
    for setting in &mut part.settings {
        if let Some(first) = setting.strips.first_mut() {
            let at = Point::new(context.left(piece.x, Length::ZERO), Length::ZERO);
            let anchors = piece.anchors.iter().map(|to| Placed { at, owner, item: Item::Anchor(to.clone()) });
            first.items.splice(0..0, anchors);
            for marker in &piece.markers {
                hang(context, marker, first, size_of(&piece.body, context.style));
            }
        }
    }
    Some(part)
}

fn size_of(body: &Body<'_>, style: &Style) -> TextSize {
    match body {
        Body::Text { size, .. }
        | Body::Opening { size, .. }
        | Body::Heading { size, .. }
        | Body::Verse { size, .. }
        | Body::Code { size, .. }
        | Body::Table { size, .. }
        | Body::Figures { size, .. }
        | Body::Words { size, .. } => *size,
        Body::Ornament { .. } => style.text,
    }
}

/// The settings that a paragraph offers to the page breaker.
fn choices(
    context: &Context<'_>,
    settings: Settings,
    x: Length,
    measure: Length,
    size: TextSize,
) -> Vec<SetStrips> {
    let left = context.left(x, measure);
    let best = settings.best.demerits;
    let others = [settings.longer, settings.shorter];
    let count = settings.best.lines.len();
    let rises = settings.best.lines.iter().any(|l| l.rise > Length::ZERO);
    let strips = |s: Setting| s.lines.into_iter().map(|l| strip(context, l, left, size)).collect::<Vec<_>>();
    let mut choices = vec![SetStrips { strips: strips(settings.best), cost: 0 }];
    if rises || count == 0 {
        // A picture makes lines of other heights; other settings would not be whole lines apart.
        return choices;
    }
    for other in others.into_iter().flatten() {
        if !other.lines.is_empty() {
            let cost = price(other.demerits.saturating_sub(best));
            choices.push(SetStrips { strips: strips(other), cost });
        }
    }
    choices
}

/// What a worse setting of a paragraph costs the page breaker: always something, never so much that a
/// widow would be better.
fn price(demerits: i64) -> u32 {
    80 + (demerits.max(0) / 65).min(3_000) as u32
}

/// Hangs a bullet or a number before a strip.
fn hang(context: &Context<'_>, marker: &Marker, strip: &mut Strip, size: TextSize) {
    let setting = context.setter.set_text(&marker.text, Owner::Node(marker.node), &marker.spec);
    let Some(line) = setting.lines.into_iter().next() else { return };
    let x = if marker.flush { marker.x } else { marker.x - line.width };
    // The line is set from the left of its own measure; right-to-left ones end at its right edge.
    let x = context.left(x, marker.spec.measure);
    // On the first baseline of what it belongs to; a heading's or a picture's strip may be higher.
    let baseline = strip
        .items
        .iter()
        .find(|i| matches!(i.item, Item::Run(_)))
        .map_or_else(|| size.baseline(), |i| i.at.y);
    let width = line.width;
    let mut items: Vec<Placed> = line.placed(Point::new(x, baseline)).collect();
    if let Some(to) = &marker.to {
        let corner = Point::new(x, baseline - size.size.scale(72, 100));
        let item = Item::Link { size: Size::new(width, size.size), to: to.clone() };
        items.push(Placed { at: corner, owner: Owner::Node(marker.node), item });
    }
    let anchors = strip.items.iter().take_while(|i| matches!(i.item, Item::Anchor(_))).count();
    strip.items.splice(anchors..anchors, items);
}

/// Three asterisks, spaced, or what the manifest wishes.
fn ornament(context: &Context<'_>, piece: &Piece<'_>, measure: Length) -> Strip {
    let style = context.style;
    let spec = ParagraphSpec {
        measure,
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Center,
        style: FaceStyle::default(),
        size: style.text.size,
        forms: Letterforms::default(),
        letter_space: 0,
        hyphenate: false,
        colour: Colour::BLACK,
    };
    let own = style.typography.ornament.as_deref();
    let lines = context.setter.set_text(own.unwrap_or("*\u{2003}*\u{2003}*"), Owner::Artefact, &spec).lines;
    block(context, lines, context.left(piece.x, measure), style.text, Air::default())
}
