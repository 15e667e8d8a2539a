//! Node ids.
//!
//! Comes in: a document in which every id is zero. Goes out: ids from zero without a gap, in reading
//! order: chapter by chapter (the chapter, its title, its blocks; a block before what is in it), then the
//! notes in order of number, then the back cover. So ids index side tables, and notes stay apart from
//! the text that calls them.

use super::walk::BlockPartMut;
use super::{Back, Block, Document, Inline, InlineKind, NodeId};

/// Gives every node its id, and every note the ids of its marks.
pub(super) fn number(document: &mut Document) {
    let mut count = Count { next: 0, marks: vec![Vec::new(); document.notes.len()] };
    for chapter in &mut document.chapters {
        chapter.id = count.next();
        chapter.title_id = count.next();
        count.inlines(&mut chapter.title);
        count.blocks(&mut chapter.blocks);
    }
    for note in &mut document.notes {
        note.id = count.next();
        count.blocks(&mut note.blocks);
    }
    if let Back::Blocks(blocks) = &mut document.back_cover {
        count.blocks(blocks);
    }
    for (note, mut marks) in document.notes.iter_mut().zip(count.marks) {
        marks.sort_unstable();
        note.marks = marks.into_iter().map(|(_, id)| id).collect();
    }
    document.nodes = count.next;
}

struct Count {
    next: u32,
    /// For each note, which mark of it (0 for the first) has which id.
    marks: Vec<Vec<(u32, NodeId)>>,
}

impl Count {
    fn next(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            block.id = self.next();
            for part in block.parts_mut() {
                match part {
                    BlockPartMut::Node(id) => *id = self.next(),
                    BlockPartMut::Run(run) => self.inlines(run),
                    BlockPartMut::Blocks(inner) => self.blocks(inner),
                }
            }
        }
    }

    fn inlines(&mut self, run: &mut [Inline]) {
        for inline in run {
            inline.id = self.next();
            if let InlineKind::NoteMark { note, repeat } = inline.kind
                && let Some(marks) = self.marks.get_mut(note.0 as usize)
            {
                marks.push((repeat, inline.id));
            }
            if let Some(content) = inline.kind.content_mut() {
                self.inlines(content);
            }
        }
    }
}
