//! Blocks with their measures decided, still in words.
//!
//! Made by the walk over a chapter (`flow.rs`, `heading.rs`), set one by one (`set.rs`): pieces are independent of
//! each other, so all are set in parallel.

use crate::document::{Block, BlockKind, Inline, NodeId, Table};
use crate::length::Length;
use crate::picture::PictureId;
use crate::typeset::frame::Destination;
use crate::typeset::inline::paragraph::ParagraphSpec;
use crate::typeset::style::TextSize;

use super::spacing::Spacing;

/// A block with its measures, still in words.
#[derive(Debug)]
pub(crate) struct Piece<'d> {
    /// How it stands to what is before it.
    pub spacing: Spacing,
    /// Distance from the start edge of the text area.
    pub x: Length,
    /// Places that begin with it.
    pub anchors: Vec<Destination>,
    /// Bullets and numbers hung before its first line, outermost first.
    pub markers: Vec<Marker>,
    /// What it is called in running heads and bookmarks.
    pub mark: Option<HeadMark>,
    /// The node.
    pub node: NodeId,
    /// What it is.
    pub body: Body<'d>,
}

/// A bullet, the number of an item or of a note.
#[derive(Debug, Clone)]
pub(crate) struct Marker {
    pub text: String,
    pub node: NodeId,
    /// Where it ends, from the start edge of the text area (or begins, if `flush`).
    pub x: Length,
    /// Whether `x` is where it begins.
    pub flush: bool,
    /// Where it leads when clicked.
    pub to: Option<Destination>,
    pub spec: ParagraphSpec,
}

/// A chapter's title or a heading, for running heads and bookmarks.
#[derive(Debug, Clone)]
pub(crate) struct HeadMark {
    /// 0 for a chapter's title.
    pub level: u8,
    pub title: String,
    /// Shown in running heads instead.
    pub short: Option<String>,
    /// Name of the place in the contents.
    pub to: Option<Destination>,
    /// The chapter's number.
    pub number: Option<u32>,
}

/// What a piece is.
#[derive(Debug)]
pub(crate) enum Body<'d> {
    /// A paragraph.
    Text { inlines: &'d [Inline], spec: ParagraphSpec, size: TextSize },
    /// A paragraph with a drop capital of so many lines.
    Opening { inlines: &'d [Inline], spec: ParagraphSpec, size: TextSize, lines: usize },
    /// A title or a heading: one strip.
    Heading {
        number: Option<String>,
        inlines: &'d [Inline],
        spec: ParagraphSpec,
        size: TextSize,
        above: Length,
        below: Length,
    },
    /// Lines kept as written.
    Verse { lines: &'d [Vec<Inline>], spec: ParagraphSpec, size: TextSize },
    /// Preformatted text.
    Code { text: &'d str, spec: ParagraphSpec, size: TextSize },
    /// A table.
    Table { table: &'d Table, measure: Length, size: TextSize },
    /// A picture and what is printed under it, or several side by side.
    Figures { figures: Vec<Figure<'d>>, spec: ParagraphSpec, size: TextSize },
    /// A break between parts of the text.
    Ornament { measure: Length },
    /// A line across the text area, above the notes at the end of a chapter.
    Words { text: String, spec: ParagraphSpec, size: TextSize },
}

/// A picture to set.
#[derive(Debug)]
pub(crate) struct Figure<'d> {
    pub node: NodeId,
    pub picture: Option<PictureId>,
    pub alt: &'d str,
    pub caption: &'d [Inline],
    /// Wished, in hundredths of the measure.
    pub width: Option<u8>,
    /// Whether it has a page of its own, and if so, whether it reaches the page's edges.
    pub plate: Option<bool>,
}

impl<'d> Figure<'d> {
    /// The figures of a block: one, or those of a row.
    pub fn all(block: &'d Block) -> Vec<Self> {
        let has = |class: &str| block.classes.iter().any(|own| own == class);
        match &block.kind {
            BlockKind::Figure { picture, alt, caption, width } => vec![Self {
                node: block.id,
                picture: *picture,
                alt,
                caption,
                width: *width,
                plate: has("plate").then(|| has("bleed")),
            }],
            BlockKind::Row(inner) => inner.iter().flat_map(Self::all).collect(),
            _ => Vec::new(),
        }
    }
}
