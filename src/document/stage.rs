//! How far the text has come, and what its elements are named by there.
//!
//! Comes in: nothing. Goes out: [`Stage`], which the tree of blocks and inlines is made over, so that a name of one
//! stage cannot be taken for a name of the next: while a file is read, the mark of a note is a place in the
//! file's list of marks; in a document it is the note. `raw.rs` has the stage before this one.

use std::fmt::Debug;
use std::sync::Arc;

use crate::address::Address;
use crate::picture::PictureId;

/// Identifies a node of the document. Ids rise in reading order and are dense from zero, so they index
/// side tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index into [`Document::notes`](super::Document::notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// What the mark of a note calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteCall {
    /// Which note.
    pub note: NoteId,
    /// 0 for the first mark of this note, 1 for the second…
    pub repeat: u32,
}

/// Where a link goes. A long link is set in many lines, each with an area of its own: names are shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Outside.
    Url(Address),
    /// A block of this booklet, by the anchor's name.
    Anchor(Arc<str>),
    /// The start of a chapter, by its slug.
    Chapter(Arc<str>),
}

/// What stands in a tree for what it does not hold itself.
pub trait Stage: Debug + Clone {
    /// The name of a node.
    type Node: Debug + Clone;
    /// What the mark of a note calls.
    type Call: Debug + Clone;
    /// A picture.
    type Picture: Debug + Clone;
    /// Where a link goes.
    type Link: Debug + Clone;
}

/// The text of a document: every node has its id, every mark its note, every link its target.
#[derive(Debug, Clone)]
pub enum Settled {}

impl Stage for Settled {
    type Node = NodeId;
    type Call = NoteCall;
    /// None if it could not be read (an error is recorded).
    type Picture = Option<PictureId>;
    type Link = Target;
}
