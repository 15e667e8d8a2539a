//! What a text is made of: blocks, and what each of them holds.
//!
//! Comes in: nothing. Goes out: [`Block`], and [`Block::parts`], which every pass goes through that only visits the
//! text, so that none forgets a construct: a new kind of block is one arm in `parts!`, one in [`Block::settle`], and
//! one in each back end that sets it. A pass that treats each kind in a way of its own has a match of its own.

use super::inline::Inline;
use super::stage::{Settled, Stage};
use crate::diagnostic::Span;

/// A block with its attributes.
#[derive(Debug, Clone)]
pub struct Block<S: Stage = Settled> {
    /// The block as a node.
    pub id: S::Node,
    /// Where it is written.
    pub span: Span,
    /// `{#anchor}`, or for headings one made from the text. Unique in the booklet.
    pub anchor: Option<String>,
    /// `{.class}`, as written.
    pub classes: Vec<String>,
    /// What it is.
    pub kind: BlockKind<S>,
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind<S: Stage = Settled> {
    /// A heading below the chapter title: level 2 to 6 (a second level 1 in a file is kept as 1).
    Heading {
        /// 1–6 as written.
        level: u8,
        /// Its text.
        content: Vec<Inline<S>>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline<S>>),
    /// Lines kept as written: a paragraph whose every line but the last ends in a hard break.
    Verse(Vec<Vec<Inline<S>>>),
    /// A quotation.
    Quote(Vec<Block<S>>),
    /// The attribution of the quotation before it (a quote's last paragraph that begins with a dash or
    /// stands whole in parentheses), set at the right.
    Attribution(Vec<Inline<S>>),
    /// A list.
    List {
        /// Number of the first item of an ordered list; none for bullets.
        start: Option<u64>,
        /// No space between items: each item is plain text, not paragraphs.
        tight: bool,
        /// The items.
        items: Vec<ListItem<S>>,
    },
    /// Terms and what they mean.
    Definitions(Vec<Definition<S>>),
    /// Preformatted text.
    Code {
        /// The info string's first word.
        language: Option<String>,
        /// The lines, each ended by a line feed.
        text: String,
    },
    /// A table.
    Table(Table<S>),
    /// A picture on its own, with its caption.
    Figure {
        /// The picture; none if it could not be read (an error is recorded).
        picture: S::Picture,
        /// Words in its place; empty for an ornament.
        alt: String,
        /// Printed under it, the credit small on a line of its own; empty for none.
        caption: Vec<Inline<S>>,
        /// How wide it is wished, in hundredths of the text's width.
        width: Option<u8>,
    },
    /// Figures side by side, of equal height.
    Row(Vec<Block<S>>),
    /// A break between parts of the text, set as an ornament.
    Rule,
}

/// One item of a list.
#[derive(Debug, Clone)]
pub struct ListItem<S: Stage = Settled> {
    /// The item as a node.
    pub id: S::Node,
    /// Its text.
    pub blocks: Vec<Block<S>>,
}

/// Terms that share their meanings.
#[derive(Debug, Clone)]
pub struct Definition<S: Stage = Settled> {
    /// The definition as a node.
    pub id: S::Node,
    /// The terms.
    pub terms: Vec<Vec<Inline<S>>>,
    /// The meanings, each some blocks.
    pub details: Vec<Vec<Block<S>>>,
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
pub struct Table<S: Stage = Settled> {
    /// One a column.
    pub columns: Vec<Align>,
    /// The head row (cells may be empty).
    pub head: Vec<Cell<S>>,
    /// The other rows.
    pub rows: Vec<Vec<Cell<S>>>,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell<S: Stage = Settled> {
    /// The cell as a node.
    pub id: S::Node,
    /// Its text.
    pub content: Vec<Inline<S>>,
}

/// Something that a block holds.
#[derive(Debug, Clone, Copy)]
pub enum BlockPart<'d, S: Stage = Settled> {
    /// A node between the block and its text, before what is in it: an item, a definition, a cell.
    Node(&'d S::Node),
    /// Inlines that stand on their own: a paragraph's, a line's, a term's, a cell's, a caption's.
    Run(&'d [Inline<S>]),
    /// Blocks one level down.
    Blocks(&'d [Block<S>]),
}

/// Likewise, to change it.
#[derive(Debug)]
pub(super) enum BlockPartMut<'d, S: Stage> {
    #[expect(dead_code, reason = "before the text is settled nodes have no names that could be changed")]
    Node(&'d mut S::Node),
    Run(&'d mut Vec<Inline<S>>),
    Blocks(&'d mut Vec<Block<S>>),
}

/// An iterator over the parts of a block, shared or mutable: written once, so that both know the same kinds.
macro_rules! parts {
    ($block:ident, $part:ident $(, $mutable:tt)?) => {{
        // Every kind fills some of these; the others stay empty.
        let (mut single, mut lines, mut items, mut definitions, mut cells) = (None, None, None, None, None);
        match &$($mutable)? $block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Attribution(content)
            | BlockKind::Figure { caption: content, .. } => single = Some($part::Run(content)),
            BlockKind::Quote(inner) | BlockKind::Row(inner) => single = Some($part::Blocks(inner)),
            BlockKind::Verse(all) => lines = Some(all),
            BlockKind::List { items: all, .. } => items = Some(all),
            BlockKind::Definitions(all) => definitions = Some(all),
            BlockKind::Table(table) => cells = Some((&$($mutable)? table.head, &$($mutable)? table.rows)),
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
        let lines = lines.into_iter().flatten().map(|line| $part::Run(line));
        let items = items
            .into_iter()
            .flatten()
            .flat_map(|item| [$part::Node(&$($mutable)? item.id), $part::Blocks(&$($mutable)? item.blocks)]);
        let definitions = definitions.into_iter().flatten().flat_map(|definition| {
            let terms = (&$($mutable)? definition.terms).into_iter().map(|term| $part::Run(term));
            let details = (&$($mutable)? definition.details).into_iter().map(|detail| $part::Blocks(detail));
            std::iter::once($part::Node(&$($mutable)? definition.id)).chain(terms).chain(details)
        });
        let cells = cells
            .into_iter()
            .flat_map(|(head, rows)| head.into_iter().chain(rows.into_iter().flatten()))
            .flat_map(|cell| [$part::Node(&$($mutable)? cell.id), $part::Run(&$($mutable)? cell.content)]);
        single.into_iter().chain(lines).chain(items).chain(definitions).chain(cells)
    }};
}

impl<S: Stage> Block<S> {
    /// What the block holds, one after another. Nothing of what is in its inner blocks: they have parts of
    /// their own.
    pub fn parts(&self) -> impl Iterator<Item = BlockPart<'_, S>> {
        parts!(self, BlockPart)
    }

    /// Likewise, to change it.
    pub(super) fn parts_mut(&mut self) -> impl Iterator<Item = BlockPartMut<'_, S>> {
        parts!(self, BlockPartMut, mut)
    }
}

/// What looks at the blocks and inlines of a text, each before what is in it, and changes nothing.
pub trait Visit {
    /// Looks at a block.
    fn block(&mut self, _block: &Block) {}
    /// Looks at an inline.
    fn inline(&mut self, inline: &Inline);

    /// Goes through blocks and all that is in them.
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            for part in block.parts() {
                match part {
                    BlockPart::Run(run) => self.run(run),
                    BlockPart::Blocks(inner) => self.blocks(inner),
                    BlockPart::Node(_) => {}
                }
            }
        }
    }

    /// Goes through inlines and those that they enclose.
    fn run(&mut self, run: &[Inline]) {
        for inline in run {
            self.inline(inline);
            self.run(inline.kind.content().unwrap_or_default());
        }
    }
}

/// What takes blocks from one stage to the next.
pub(super) trait Passing<S: Stage, T: Stage> {
    /// The name of a node. A block is asked for before what is in it.
    fn node(&mut self, node: S::Node) -> T::Node;
    /// A picture.
    fn picture(&mut self, picture: S::Picture) -> T::Picture;
    /// A run of inlines that stands on its own.
    fn run(&mut self, run: Vec<Inline<S>>) -> Vec<Inline<T>>;

    /// Blocks, in order.
    fn blocks(&mut self, blocks: Vec<Block<S>>) -> Vec<Block<T>>
    where
        Self: Sized,
    {
        blocks.into_iter().map(|block| block.step(self)).collect()
    }
}

impl<S: Stage> Block<S> {
    /// The block at the next stage.
    fn step<T: Stage>(self, to: &mut impl Passing<S, T>) -> Block<T> {
        let Self { id, span, anchor, classes, kind } = self;
        let id = to.node(id);
        let kind = match kind {
            BlockKind::Heading { level, content } => BlockKind::Heading { level, content: to.run(content) },
            BlockKind::Paragraph(content) => BlockKind::Paragraph(to.run(content)),
            BlockKind::Verse(lines) => BlockKind::Verse(lines.into_iter().map(|line| to.run(line)).collect()),
            BlockKind::Quote(inner) => BlockKind::Quote(to.blocks(inner)),
            BlockKind::Attribution(content) => BlockKind::Attribution(to.run(content)),
            BlockKind::List { start, tight, items } => {
                let item =
                    |item: ListItem<S>| ListItem { id: to.node(item.id), blocks: to.blocks(item.blocks) };
                BlockKind::List { start, tight, items: items.into_iter().map(item).collect() }
            }
            BlockKind::Definitions(definitions) => {
                let definition = |definition: Definition<S>| Definition {
                    id: to.node(definition.id),
                    terms: definition.terms.into_iter().map(|term| to.run(term)).collect(),
                    details: definition.details.into_iter().map(|detail| to.blocks(detail)).collect(),
                };
                BlockKind::Definitions(definitions.into_iter().map(definition).collect())
            }
            BlockKind::Code { language, text } => BlockKind::Code { language, text },
            BlockKind::Table(Table { columns, head, rows }) => {
                let mut cells = |cells: Vec<Cell<S>>| {
                    let cell = |cell: Cell<S>| Cell { id: to.node(cell.id), content: to.run(cell.content) };
                    cells.into_iter().map(cell).collect()
                };
                let head = cells(head);
                BlockKind::Table(Table { columns, head, rows: rows.into_iter().map(cells).collect() })
            }
            BlockKind::Figure { picture, alt, caption, width } => {
                let picture = to.picture(picture);
                BlockKind::Figure { picture, alt, caption: to.run(caption), width }
            }
            BlockKind::Row(inner) => BlockKind::Row(to.blocks(inner)),
            BlockKind::Rule => BlockKind::Rule,
        };
        Block { id, span, anchor, classes, kind }
    }
}
