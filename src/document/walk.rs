//! Ways through the tree, in reading order.
//!
//! Comes in: blocks. Goes out: calls, one for each thing asked for. Every pass over the document goes
//! through these, so that none forgets a construct.

use super::{Block, BlockKind, Inline, InlineKind};

impl InlineKind {
    /// The inlines inside this one, if it is of a kind that has any.
    pub fn content(&self) -> Option<&[Inline]> {
        match self {
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
    }

    /// Likewise, to change them.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
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
    }
}

/// Every run of inlines that stands on its own (a paragraph's, a line's, a cell's), to change it.
pub(super) fn runs(blocks: &mut [Block], act: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Attribution(content)
            | BlockKind::Figure { caption: content, .. } => act(content),
            BlockKind::Verse(lines) => lines.iter_mut().for_each(&mut *act),
            BlockKind::Quote(blocks) | BlockKind::Row(blocks) => runs(blocks, act),
            BlockKind::List { items, .. } => {
                for item in items {
                    runs(&mut item.blocks, act);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter_mut().for_each(&mut *act);
                    for detail in &mut definition.details {
                        runs(detail, act);
                    }
                }
            }
            BlockKind::Table(table) => {
                for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                    act(&mut cell.content);
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

/// Every block, the outer before the inner, to change it.
pub(super) fn blocks(blocks: &mut [Block], act: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        act(block);
        match &mut block.kind {
            BlockKind::Quote(inner) | BlockKind::Row(inner) => self::blocks(inner, act),
            BlockKind::List { items, .. } => {
                for item in items {
                    self::blocks(&mut item.blocks, act);
                }
            }
            BlockKind::Definitions(definitions) => {
                for detail in definitions.iter_mut().flat_map(|d| &mut d.details) {
                    self::blocks(detail, act);
                }
            }
            _ => {}
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
