//! The meaning of the text: chapters, blocks, inlines, notes.
//!
//! Comes in: a [`Booklet`](crate::booklet::Booklet). Goes out: a [`Document`], the one structure that both back ends set, so
//! that the EPUB and the PDF say the same words in the same order. Notes are numbered here, language
//! orthography is applied here, and nowhere else. Every block and every inline element has a
//! [`NodeId`] and its place in the source: tags, links, page lists and diagnostics all come from these.

mod anchors;
mod attributes;
mod dump;
mod figure;
mod html;
pub mod labels;
mod markdown;
mod notes;
mod number;
pub mod orthography;
mod read;
mod shape;
mod text;
mod tree;
mod walk;

pub use dump::dump;
pub use notes::NoteStyle;
pub use read::{FindPicture, Sources, compose, read};
pub use walk::BlockPart;

use std::sync::Arc;

use crate::address::Address;
use crate::booklet::NamedPicture;
use crate::diagnostic::Span;
use crate::manifest::{CoverDesign, Focus, Identity, Isbn};
use crate::picture::PictureId;
use read::Draft;

/// Identifies a node of the document. Ids rise in reading order and are dense from zero, so they index
/// side tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index into [`Document::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// The whole text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Metadata with the language's orthography applied to what people read.
    pub identity: Identity,
    /// Front cover picture; none means a typographic cover.
    pub front_cover: Option<PictureId>,
    /// Whether the title is set over the front cover picture.
    pub cover_text: bool,
    /// How the front cover looks.
    pub cover: CoverLook,
    /// Back cover: a picture, or blocks, or nothing.
    pub back_cover: Back,
    /// What stands at the foot of the back cover.
    pub trade: Trade,
    /// Chapters in order.
    pub chapters: Vec<Chapter>,
    /// Notes in the order of their first mark.
    pub notes: Vec<Note>,
    /// Pictures that the text shows.
    pub pictures: Vec<NamedPicture>,
    /// Whether a picture of the text that is no ornament has no words (D014 tells of each).
    pub undescribed: bool,
    /// How many node ids are in use.
    pub nodes: u32,
}

/// How the front cover looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoverLook {
    /// How it is set.
    pub design: CoverDesign,
    /// Spot inks beside black, in sRGB: two at most.
    pub inks: Vec<[u8; 3]>,
    /// What of its picture is seen in any case.
    pub focus: Focus,
    /// Where the front's picture is named.
    pub front: Option<Span>,
    /// Where the back's picture is named.
    pub back: Option<Span>,
    /// Where the authors are named.
    pub authors: Option<Span>,
}

/// What people who pass a booklet on want to know of it; both back ends say it after the back cover's text,
/// in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trade {
    /// The number of the printed booklet.
    pub isbn: Option<Isbn>,
    /// What a copy costs, in words of the booklet's language.
    pub price: Option<String>,
    /// Where the files for e-readers are found.
    pub link: Option<Address>,
}

impl Trade {
    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The number as it is printed.
    pub fn isbn_line(&self) -> Option<String> {
        self.isbn.as_ref().map(|isbn| format!("ISBN {}", isbn.written))
    }

    /// The address as it is printed: what every browser adds by itself is left out.
    pub fn address(&self) -> Option<&str> {
        let link = self.link.as_ref()?.as_str();
        let bare = link.strip_prefix("https://").unwrap_or(link);
        Some(bare.strip_suffix('/').filter(|bare| !bare.contains('/')).unwrap_or(bare))
    }
}

/// The back cover of a document.
#[derive(Debug, Clone)]
pub enum Back {
    /// Nothing.
    Blank,
    /// A picture.
    Picture(PictureId),
    /// Set text.
    Blocks(Vec<Block>),
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
    pub chapter: u32,
    /// Its text: several blocks if it has several.
    pub blocks: Vec<Block>,
    /// The node ids of its marks, in reading order; the first is where it is printed.
    pub marks: Vec<NodeId>,
}

/// A block with its attributes.
#[derive(Debug, Clone)]
pub struct Block {
    /// The block as a node.
    pub id: NodeId,
    /// Where it is written.
    pub span: Span,
    /// `{#anchor}`, or for headings one made from the text. Unique in the booklet.
    pub anchor: Option<String>,
    /// `{.class}`, as written.
    pub classes: Vec<String>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A heading below the chapter title: level 2 to 6 (a second level 1 in a file is kept as 1).
    Heading {
        /// 1–6 as written.
        level: u8,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Lines kept as written: a paragraph whose every line but the last ends in a hard break.
    Verse(Vec<Vec<Inline>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// The attribution of the quotation before it (a quote's last paragraph that begins with a dash or
    /// stands whole in parentheses), set at the right.
    Attribution(Vec<Inline>),
    /// A list.
    List {
        /// Number of the first item of an ordered list; none for bullets.
        start: Option<u64>,
        /// No space between items: each item is plain text, not paragraphs.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Preformatted text.
    Code {
        /// The info string's first word.
        language: Option<String>,
        /// The lines, each ended by a line feed.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A picture on its own, with its caption.
    Figure {
        /// The picture; none if it could not be read (an error is recorded).
        picture: Option<PictureId>,
        /// Words in its place; empty for an ornament.
        alt: String,
        /// Printed under it, the credit small on a line of its own; empty for none.
        caption: Vec<Inline>,
        /// How wide it is wished, in hundredths of the text's width.
        width: Option<u8>,
    },
    /// Figures side by side, of like height.
    Row(Vec<Block>),
    /// A break between parts of the text, set as an ornament.
    Rule,
}

/// One item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// The item as a node.
    pub id: NodeId,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// Terms that share their meanings.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The definition as a node.
    pub id: NodeId,
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The meanings, each some blocks.
    pub details: Vec<Vec<Block>>,
}

/// How a column of a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Not said: at the start edge.
    #[default]
    Start,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A table: one head row, then rows; every row has as many cells as there are columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// One a column.
    pub columns: Vec<Align>,
    /// The head row (cells may be empty).
    pub head: Vec<Cell>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The cell as a node.
    pub id: NodeId,
    /// Its text.
    pub content: Vec<Inline>,
}

/// A piece of running text.
#[derive(Debug, Clone)]
pub struct Inline {
    /// The inline as a node.
    pub id: NodeId,
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What an inline is.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Characters, orthography applied; a soft line break is one space.
    Text(String),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strike(Vec<Inline>),
    /// `^…^` or `<sup>`
    Superscript(Vec<Inline>),
    /// `~…~` or `<sub>`
    Subscript(Vec<Inline>),
    /// `<small>`
    Small(Vec<Inline>),
    /// `<u>`
    Underline(Vec<Inline>),
    /// `<kbd>`
    Keyboard(Vec<Inline>),
    /// `[…]{.smallcaps}`
    SmallCaps(Vec<Inline>),
    /// `[…]{lang=fr}`: words of another language, with its orthography.
    Foreign {
        /// BCP 47 tag.
        language: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// `` `…` ``: characters exactly as written.
    Code(String),
    /// A link.
    Link {
        /// Where to.
        target: Target,
        /// What is clicked; for a bare URL, the URL as written, no orthography applied.
        content: Vec<Inline>,
    },
    /// The mark of a note. The printed number is the note's.
    NoteMark {
        /// Which note.
        note: NoteId,
        /// 0 for the first mark of this note, 1 for the second…
        repeat: u32,
    },
    /// A picture in a line of text.
    Picture {
        /// The picture; none if it could not be read.
        picture: Option<PictureId>,
        /// Words in its place.
        alt: String,
    },
    /// A line break that stays.
    Break,
}

/// Where a link goes. A long link is set in many lines, each with an area of its own: names are shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// As it is written: while a file is read, before it is known what all the names are. No link of a finished
    /// document has it.
    Written(Arc<str>),
    /// Outside.
    Url(Address),
    /// A block of this booklet, by the anchor's name.
    Anchor(Arc<str>),
    /// The start of a chapter, by its slug.
    Chapter(Arc<str>),
}

/// The plain words of some inlines: what a running head, an outline entry or a slug is made of. Note
/// marks and pictures leave nothing (a picture with a text alternative leaves that).
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    gather(inlines, &mut text);
    text
}

fn gather(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(t) | InlineKind::Code(t) => text.push_str(t),
            InlineKind::Picture { alt, .. } => text.push_str(alt),
            InlineKind::Break => text.push(' '),
            kind => gather(kind.content().unwrap_or_default(), text),
        }
    }
}
