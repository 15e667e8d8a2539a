//! Ways through the text of a file, in reading order.
//!
//! Comes in: blocks or inlines of the raw tree. Goes out: calls for everything of one sort on the way down, to
//! change it. What a block or an inline holds, its own file says.

use super::block::BlockPartMut;
use super::raw::{Block, Inline};

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
