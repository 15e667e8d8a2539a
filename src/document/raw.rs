//! The text of a file as it was read, before anything in it is settled.
//!
//! Comes in: nothing. Goes out: the stage [`Written`], the names of the tree's types at this stage, and what a
//! file has beside its tree: its notes, and the lists that marks and pictures in the tree are places in.

use std::sync::Arc;

use super::stage::Stage;
use super::{block, inline};
use crate::diagnostic::Span;

/// Nodes have no ids, marks and pictures are places in lists of their file, links go where they are written to
/// go.
#[derive(Debug, Clone)]
pub(super) enum Written {}

impl Stage for Written {
    type Node = ();
    type Call = MarkIndex;
    type Picture = ImageIndex;
    type Link = Arc<str>;
}

/// Index into [`Raw::marks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkIndex(pub usize);

/// Index into [`Raw::images`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ImageIndex(pub usize);

pub(super) type Block = block::Block<Written>;
pub(super) type BlockKind = block::BlockKind<Written>;
pub(super) type ListItem = block::ListItem<Written>;
pub(super) type Definition = block::Definition<Written>;
pub(super) type Table = block::Table<Written>;
pub(super) type Cell = block::Cell<Written>;
pub(super) type Inline = inline::Inline<Written>;
pub(super) type InlineKind = inline::InlineKind<Written>;

impl Block {
    /// A block without a name.
    pub fn new(span: Span, kind: BlockKind) -> Self {
        Self { id: (), span, anchor: None, classes: Vec::new(), kind }
    }
}

impl Inline {
    /// An inline that stands at a place.
    pub fn new(span: Span, kind: InlineKind) -> Self {
        Self { id: (), span, kind }
    }
}

/// One file as a tree.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub blocks: Vec<Block>,
    pub notes: Vec<RawNote>,
    pub marks: Vec<RawMark>,
    pub images: Vec<Image>,
}

/// A note's definition.
#[derive(Debug)]
pub(super) struct RawNote {
    pub label: String,
    pub span: Span,
    pub blocks: Vec<Block>,
}

/// A note's mark; the inline that stands for it has its index.
#[derive(Debug)]
pub(super) struct RawMark {
    pub label: String,
    pub span: Span,
}

/// A picture asked for; the inline or figure that stands for it has its index.
#[derive(Debug)]
pub(super) struct Image {
    pub path: String,
    pub title: String,
    pub span: Span,
    /// Whether words stand for it, or it is said to be an ornament.
    pub described: bool,
}

/// A chapter on its way: its file, and what the manifest says of it.
#[derive(Debug)]
pub(super) struct RawChapter {
    pub file: String,
    pub title: Vec<Inline>,
    /// `{#name}` of the heading that became the title.
    pub title_anchor: Option<String>,
    pub short_title: Option<String>,
    pub number: Option<u32>,
    pub raw: Raw,
}
