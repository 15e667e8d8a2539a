//! A document: its chapters, its notes, its covers, its pictures.
//!
//! Comes in: nothing. Goes out: [`Document`], which `read.rs` makes and every back end sets.

use super::block::{Block, BlockKind};
use super::cover::Cover;
use super::inline::Inline;
use super::stage::{NodeId, NoteId};
use crate::booklet::NamedPicture;
use crate::manifest::Identity;

/// The whole text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Metadata with the language's orthography applied to what people read.
    pub identity: Identity,
    /// The covers.
    pub cover: Cover,
    /// Chapters in order.
    pub chapters: Vec<Chapter>,
    /// Notes in the order of their first mark.
    pub notes: Vec<Note>,
    /// Pictures that the text shows.
    pub pictures: Vec<NamedPicture>,
    /// Whether a picture of the text that is no ornament has no words (D014 reports each).
    pub undescribed: bool,
    /// How many node ids are in use.
    pub nodes: u32,
}

impl Document {
    /// The notes, each with its id.
    pub fn notes_with_ids(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        (0..).map(NoteId).zip(&self.notes)
    }
}

/// One chapter.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The chapter as a node.
    pub id: NodeId,
    /// Stable name made from the file name: EPUB file stem and link target. Unique.
    pub slug: String,
    /// Its file as the manifest names it, so that links between chapter files resolve.
    pub file: String,
    /// Its heading; empty when neither the file nor the manifest gives one. The heading block itself
    /// is *not* repeated in `blocks`.
    pub title: Vec<Inline>,
    /// The heading's own node and anchor.
    pub title_id: NodeId,
    /// For running heads; falls back to the title's text.
    pub short_title: Option<String>,
    /// Its number, if chapters are numbered.
    pub number: Option<u32>,
    /// The text.
    pub blocks: Vec<Block>,
}

impl Chapter {
    /// The paragraph that the text begins with, after an epigraph, a byline or a picture; none if it begins
    /// with something else.
    pub fn opening(&self) -> Option<NodeId> {
        let has = |block: &Block, class: &str| block.classes.iter().any(|own| own == class);
        let before = |block: &&Block| {
            has(block, "epigraph")
                || has(block, "byline")
                || matches!(block.kind, BlockKind::Figure { .. } | BlockKind::Row(_))
        };
        let first = self.blocks.iter().find(|block| !before(block))?;
        matches!(first.kind, BlockKind::Paragraph(_)).then_some(first.id)
    }
}

/// A note, numbered through the booklet.
#[derive(Debug, Clone)]
pub struct Note {
    /// The note as a node.
    pub id: NodeId,
    /// The label between `[^` and `]`.
    pub label: String,
    /// Its number in the booklet, from 1.
    pub number: u32,
    /// What is printed for it, in the text and before the note: its number in the booklet or in its
    /// chapter, or a symbol.
    pub mark: String,
    /// Index of the chapter of its first mark.
    pub chapter: usize,
    /// Its text: several blocks if it has several.
    pub blocks: Vec<Block>,
    /// The node ids of its marks, in reading order; the first is where it is printed.
    pub marks: Vec<NodeId>,
}
