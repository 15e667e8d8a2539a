//! Where a block of the document is written, for what is found wrong on its page.

use crate::diagnostic::Span;
use crate::document::{Block, BlockPart, Document, NodeId};

/// Where a block is written.
pub(crate) fn span_of(document: &Document, node: NodeId) -> Option<Span> {
    let notes = document.notes.iter().map(|n| &n.blocks);
    document.chapters.iter().map(|c| &c.blocks).chain(notes).find_map(|blocks| find(blocks, node))
}

fn find(blocks: &[Block], node: NodeId) -> Option<Span> {
    blocks.iter().find_map(|block| {
        if block.id == node {
            return Some(block.span);
        }
        let mut found = false;
        block.parts().find_map(|part| match part {
            BlockPart::Node(id) => {
                found = *id == node;
                None
            }
            BlockPart::Run(_) => found.then_some(block.span),
            BlockPart::Blocks(inner) if found => inner.first().map(|first| first.span),
            BlockPart::Blocks(inner) => find(inner, node),
        })
    })
}
