//! Bookmarks, and where a node is written.

use crate::diagnostic::Span;
use crate::document::{Block, BlockPart, Document, NodeId};

use super::compose::Draft;
use crate::typeset::frame::OutlineEntry;

/// Bookmarks for chapters and headings; `first` is the index of the first page of text.
pub(crate) fn outline(document: &Document, body: &[Option<Draft>], first: usize) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    let titled = document.chapters.iter().any(|c| !c.title.is_empty());
    let mut before = 0;
    for (index, draft) in body.iter().enumerate() {
        for (mark, y) in draft.iter().flat_map(|d| &d.marks) {
            let wanted = match mark.level {
                0 => 1,
                level if titled => level.max(2),
                level => level.saturating_sub(1).max(1),
            };
            // A reader program needs every level between; authors skip some.
            let level = wanted.min(before + 1);
            before = level;
            let title = match mark.number {
                Some(number) if mark.title.is_empty() => number.to_string(),
                Some(number) => format!("{number}. {}", mark.title),
                None => mark.title.clone(),
            };
            entries.push(OutlineEntry { title, level, page: first + index, y: *y });
        }
    }
    entries
}

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
