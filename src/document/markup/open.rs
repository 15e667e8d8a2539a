//! An element of a file while it is open.
//!
//! Comes in: what stands in it, as `tree.rs` hears of it. Goes out: its kind and what it holds so far; when it is
//! closed, its inlines with spans and addresses found in them.

use super::attributes::{self, Attributes, Joint};
use super::html::Tag;
use super::{shape, text};
use crate::diagnostic::{Report, Span};
use crate::document::block::Align;
use crate::document::raw::{Block, Cell, Definition, Inline, ListItem};

/// What is open.
#[derive(Debug)]
pub(in crate::document) enum ElementKind {
    Root,
    Paragraph,
    Heading { level: u8, anchor: Option<String>, classes: Vec<String>, keys: Vec<(String, Option<String>)> },
    Quote,
    Code { language: Option<String> },
    HtmlBlock,
    List { start: Option<u64> },
    Item,
    Note { label: String },
    Definitions,
    Term,
    Detail,
    Table { columns: Vec<Align> },
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Link { to: String },
    Picture { path: String, title: String },
    Html(Tag),
}

impl ElementKind {
    pub fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Emphasis
                | Self::Strong
                | Self::Strike
                | Self::Superscript
                | Self::Subscript
                | Self::Link { .. }
                | Self::Picture { .. }
                | Self::Html(_)
        )
    }

    /// Whether inlines may stand in it without a paragraph of their own.
    pub fn holds_inlines(&self) -> bool {
        self.is_inline() || matches!(self, Self::Paragraph | Self::Heading { .. } | Self::Term | Self::Cell)
    }
}

/// An open element and what it holds so far. Only the vectors that its kind needs are used.
#[derive(Debug)]
pub(in crate::document) struct OpenElement {
    pub kind: ElementKind,
    pub span: Span,
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
    pub items: Vec<ListItem>,
    pub definitions: Vec<Definition>,
    pub rows: Vec<Vec<Cell>>,
    pub cells: Vec<Cell>,
    pub code: String,
    pub soft_breaks: u32,
    pub loose: bool,
    /// Brackets and braces in `inlines`.
    pub joints: Vec<Joint>,
    /// What the braces at the end of a block ask for, by the block's index.
    pub asked: Vec<(usize, Attributes)>,
}

impl OpenElement {
    pub fn new(kind: ElementKind, span: Span) -> Self {
        Self {
            kind,
            span,
            blocks: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            code: String::new(),
            soft_breaks: 0,
            loose: false,
            joints: Vec::new(),
            asked: Vec::new(),
        }
    }

    /// Inlines that stand in a block without a paragraph (a tight list's item) become one.
    pub fn flush(&mut self, source: &str, report: &mut Report) {
        if !self.inlines.is_empty() && !self.kind.holds_inlines() {
            let asked = self.settle(source, true, report);
            let inlines = std::mem::take(&mut self.inlines);
            let span = cover(&inlines, self.span);
            let mut paragraph = Block::new(span, shape::paragraph(inlines, None));
            asked.apply(&mut paragraph);
            self.blocks.push(paragraph);
        }
    }

    /// Adds a paragraph's block. What is asked for at the end of a quotation is asked for all of it;
    /// braces that stand alone belong to the block before them.
    pub fn add(&mut self, paragraph: Option<Block>, asked: Attributes) {
        let Some(mut paragraph) = paragraph else {
            if let Some(before) = self.blocks.last_mut() {
                asked.apply(before);
            }
            return;
        };
        if !matches!(self.kind, ElementKind::Quote) {
            asked.apply(&mut paragraph);
        } else if asked != Attributes::default() {
            self.asked.push((self.blocks.len(), asked));
        }
        self.blocks.push(paragraph);
    }

    /// What the braces in a quotation ask for the whole of it; the others go where they belong.
    pub fn take_asked(&mut self) -> Attributes {
        let last = self.blocks.len();
        let mut whole = Attributes::default();
        for (index, asked) in std::mem::take(&mut self.asked) {
            match self.blocks.get_mut(index) {
                Some(block) if index + 1 < last => asked.apply(block),
                _ => whole = asked,
            }
        }
        whole
    }

    /// Finds spans and addresses in the inlines, and takes the braces at the end off them.
    pub fn settle(&mut self, source: &str, linking: bool, report: &mut Report) -> Attributes {
        let mut asked = Attributes::default();
        if !self.joints.is_empty() {
            if !self.kind.holds_inlines() || matches!(self.kind, ElementKind::Paragraph) {
                asked =
                    attributes::at_end(&mut self.inlines, &self.joints, source, report).unwrap_or_default();
            }
            let inlines = std::mem::take(&mut self.inlines);
            self.inlines = attributes::spans(inlines, &self.joints, source, report);
            self.joints.clear();
        }
        text::settle(&mut self.inlines, source, linking);
        asked
    }
}

/// The place that some inlines cover.
fn cover(inlines: &[Inline], otherwise: Span) -> Span {
    match (inlines.first(), inlines.last()) {
        (Some(first), Some(last)) => Span { end: last.span.end.max(first.span.start), ..first.span },
        _ => otherwise,
    }
}
