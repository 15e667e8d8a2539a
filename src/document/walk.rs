//! What stands inside what, in reading order.
//!
//! Comes in: a block, an inline, or many of them. Goes out: what each holds ([`Block::parts`],
//! [`InlineKind::content`]), and calls for everything of one sort on the way down. A pass that only visits goes
//! through these, so that none forgets a construct: a new kind of block is one arm in `parts!` here and one in
//! each back end that sets it. A pass that treats each kind in a way of its own keeps a match of its own.

use super::{Block, BlockKind, Inline, InlineKind, NodeId};

/// Something that a block holds.
#[derive(Debug, Clone, Copy)]
pub enum BlockPart<'d> {
    /// A node between the block and its text, before what is in it: an item, a definition, a cell.
    Node(&'d NodeId),
    /// Inlines that stand on their own: a paragraph's, a line's, a term's, a cell's, a caption's.
    Run(&'d [Inline]),
    /// Blocks one level down.
    Blocks(&'d [Block]),
}

/// Likewise, to change it.
#[derive(Debug)]
pub(super) enum BlockPartMut<'d> {
    Node(&'d mut NodeId),
    Run(&'d mut Vec<Inline>),
    Blocks(&'d mut Vec<Block>),
}

/// An iterator over the parts of a block, shared or mutable: written once, so that both know the same kinds.
macro_rules! parts {
    ($block:ident, $part:ident $(, $mutable:tt)?) => {{
        // Every kind fills some of these; the others stay empty.
        let (mut single, mut lines, mut items, mut definitions, mut cells) = (None, None, None, None, None);
        match &$($mutable)? $block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Attribution(content)
            | BlockKind::Figure { caption: content, .. } => single = Some($part::Run(content)),
            BlockKind::Quote(inner) | BlockKind::Row(inner) => single = Some($part::Blocks(inner)),
            BlockKind::Verse(all) => lines = Some(all),
            BlockKind::List { items: all, .. } => items = Some(all),
            BlockKind::Definitions(all) => definitions = Some(all),
            BlockKind::Table(table) => cells = Some((&$($mutable)? table.head, &$($mutable)? table.rows)),
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
        let lines = lines.into_iter().flatten().map(|line| $part::Run(line));
        let items = items
            .into_iter()
            .flatten()
            .flat_map(|item| [$part::Node(&$($mutable)? item.id), $part::Blocks(&$($mutable)? item.blocks)]);
        let definitions = definitions.into_iter().flatten().flat_map(|definition| {
            let terms = (&$($mutable)? definition.terms).into_iter().map(|term| $part::Run(term));
            let details = (&$($mutable)? definition.details).into_iter().map(|detail| $part::Blocks(detail));
            std::iter::once($part::Node(&$($mutable)? definition.id)).chain(terms).chain(details)
        });
        let cells = cells
            .into_iter()
            .flat_map(|(head, rows)| head.into_iter().chain(rows.into_iter().flatten()))
            .flat_map(|cell| [$part::Node(&$($mutable)? cell.id), $part::Run(&$($mutable)? cell.content)]);
        single.into_iter().chain(lines).chain(items).chain(definitions).chain(cells)
    }};
}

impl Block {
    /// What the block holds, one after another. Nothing of what is in its inner blocks: they have parts of
    /// their own.
    pub fn parts(&self) -> impl Iterator<Item = BlockPart<'_>> {
        parts!(self, BlockPart)
    }

    /// Likewise, to change it.
    pub(super) fn parts_mut(&mut self) -> impl Iterator<Item = BlockPartMut<'_>> {
        parts!(self, BlockPartMut, mut)
    }
}

/// The inlines inside one, shared or mutable.
macro_rules! content {
    ($kind:ident) => {
        match $kind {
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strike(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Small(c)
            | Self::Underline(c)
            | Self::Keyboard(c)
            | Self::SmallCaps(c)
            | Self::Foreign { content: c, .. }
            | Self::Link { content: c, .. } => Some(c),
            Self::Text(_) | Self::Code(_) | Self::NoteMark { .. } | Self::Picture { .. } | Self::Break => {
                None
            }
        }
    };
}

impl InlineKind {
    /// The inlines inside this one, if it is of a kind that has any.
    pub fn content(&self) -> Option<&[Inline]> {
        content!(self)
    }

    /// Likewise, to change them.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        content!(self)
    }
}

/// Every run of inlines that stands on its own (a paragraph's, a line's, a cell's), to change it.
pub(super) fn runs(blocks: &mut [Block], act: &mut impl FnMut(&mut Vec<Inline>)) {
    for part in blocks.iter_mut().flat_map(Block::parts_mut) {
        match part {
            BlockPartMut::Run(run) => act(run),
            BlockPartMut::Blocks(inner) => runs(inner, act),
            BlockPartMut::Node(_) => {}
        }
    }
}

/// Every block, the outer before the inner, to change it.
pub(super) fn blocks(blocks: &mut [Block], act: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        act(block);
        for part in block.parts_mut() {
            if let BlockPartMut::Blocks(inner) = part {
                self::blocks(inner, act);
            }
        }
    }
}

/// Every inline of a run, the outer before the inner, to change it.
pub(super) fn inlines(run: &mut [Inline], act: &mut impl FnMut(&mut Inline)) {
    for inline in run {
        act(inline);
        if let Some(content) = inline.kind.content_mut() {
            inlines(content, act);
        }
    }
}

/// Puts the inlines that `act` returns in the place of those it takes (`None` leaves one as it is).
/// The inner ones come first.
pub(super) fn replace(run: &mut Vec<Inline>, act: &mut impl FnMut(&mut Inline) -> Option<Vec<Inline>>) {
    let mut one = |inline: &mut Inline| {
        if let Some(content) = inline.kind.content_mut() {
            replace(content, act);
        }
        act(inline)
    };
    // Most runs stay as they are; from the first inline that goes on, each is moved once.
    let found = run.iter_mut().enumerate().find_map(|(at, inline)| Some((at, one(inline)?)));
    let Some((at, instead)) = found else { return };
    let rest = run.split_off(at);
    run.extend(instead);
    for mut inline in rest.into_iter().skip(1) {
        match one(&mut inline) {
            None => run.push(inline),
            Some(instead) => run.extend(instead),
        }
    }
}
