//! The meaning of the text: chapters, blocks, inlines, notes.
//!
//! Comes in: a [`Booklet`](crate::booklet::Booklet). Goes out: a [`Document`], the one structure that both back ends set, so
//! that the EPUB and the PDF say the same words in the same order. Notes are numbered here, language
//! orthography is applied here, and nowhere else. Every block and every inline element has a
//! [`NodeId`] and its place in the source: tags, links, page lists and diagnostics all come from these.
//!
//! Of its rooms each uses only those below it, as `tests/suite/house/rooms.rs` sees to:
//!
//! | floor | room | purpose |
//! |---|---|---|
//! | 10 | `read` | a booklet → its document |
//! | 9 | `settle` | marks, pictures and links of the files → those of the document |
//! | 7 | `markup` | Markdown → what a file says |
//! | 8 | `anchors` | where links lead |
//! | 7 | `notes`, `orthography` | notes numbered; quotes, spaces and dashes by language |
//! | 7 | `dump` | the document as text, for tests |
//! | 6 | `walk` | calls for everything of one sort |
//! | 5 | `raw` | a file as it says itself, before the whole is known |
//! | 4 | `whole` | the document |
//! | 3 | `cover` | what is on the covers |
//! | 2 | `block` | blocks, and what each holds |
//! | 1 | `labels` | the program's own words by language |
//! | 1 | `inline` | running text |
//! | 0 | `stage` | how far a text has come |

mod anchors;
mod block;
mod cover;
mod dump;
mod inline;
pub mod labels;
mod markup;
mod notes;
pub mod orthography;
mod raw;
mod read;
mod settle;
mod stage;
mod walk;
mod whole;

pub use block::{Align, Block, BlockKind, BlockPart, Cell, Definition, ListItem, Table, Visit};
pub use cover::{Back, Cover, Front, Trade};
pub use dump::dump;
pub use inline::{Inline, InlineKind, plain_text};
pub use notes::NoteStyle;
pub use read::{FindPicture, Sources, compose, read};
pub use stage::{NodeId, NoteCall, NoteId, Settled, Stage, Target};
pub use whole::{Chapter, Document, Note};
