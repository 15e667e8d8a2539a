//! The meaning of the text: chapters, blocks, inlines, notes.
//!
//! Comes in: a [`Booklet`](crate::booklet::Booklet). Goes out: a [`Document`], the one structure that both back ends set, so
//! that the EPUB and the PDF say the same words in the same order. Notes are numbered here, language
//! orthography is applied here, and nowhere else. Every block and every inline element has a
//! [`NodeId`] and its place in the source: tags, links, page lists and diagnostics all come from these.

mod anchors;
mod attributes;
mod block;
mod cover;
mod dump;
mod figure;
mod html;
mod inline;
pub mod labels;
mod markdown;
mod notes;
mod open;
pub mod orthography;
mod raw;
mod read;
mod settle;
mod shape;
mod stage;
mod text;
mod tree;
mod walk;
mod whole;

pub use block::{Align, Block, BlockKind, BlockPart, Cell, Definition, ListItem, Table};
pub use cover::{Back, Cover, Front, Trade};
pub use dump::dump;
pub use inline::{Inline, InlineKind, plain_text};
pub use notes::NoteStyle;
pub use read::{FindPicture, Sources, compose, read};
pub use stage::{NodeId, NoteCall, NoteId, Settled, Stage, Target};
pub use whole::{Chapter, Document, Note};
