//! The document as elements of a structure tree, before anything is drawn (ISO 32000-1, 14.8.4).
//!
//! Comes in: a [`Document`]. Goes out: a [`StructurePlan`]: elements with their places in the tree, and for every
//! node the element that its text belongs to. Emphasis and the like have no element: their text is the
//! paragraph's. Blocks stand where the document has them; what stands in a line (links, marks of notes,
//! code) takes its place when it is drawn, among the text around it. A note comes after the block that calls
//! it first: there a listener wants it, not at the foot of a page that has no meaning for the ear.

use crate::document::{
    Back, Block, BlockKind, Definition, Document, Inline, InlineKind, NodeId, NoteCall, Table, plain_text,
};
use crate::language::Language;

/// An element.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Element {
    /// Its standard type.
    pub tag: &'static str,
    /// What is said of it beyond its type.
    pub more: More,
    /// The element that holds it; its own index for the outermost.
    pub parent: u32,
    /// The elements whose places in it are settled.
    pub kids: Vec<Planned>,
    /// What the end of a line is in it.
    pub lines: Lines,
    /// Whether it takes its place in its parent when it is drawn.
    pub inline: bool,
}

/// What the end of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Lines {
    /// Nothing but a place where the measure ended: words go on after a hyphen.
    Flow,
    /// As the author has it, so that it parts words.
    Kept,
    /// As in code, to which nothing may be added.
    Exact,
}

/// A place within an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Planned {
    /// An element's.
    Element(u32),
    /// A note's, if notes stand at the feet of pages.
    Note(u32),
}

/// What is said of an element beyond its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pdf) enum More {
    /// Nothing.
    Nothing,
    /// Words in the place of a picture.
    Alternative(String),
    /// The identifier of a note.
    Note(u32),
    /// A list: whether its items are counted.
    Counted(bool),
    /// The head of a column.
    ColumnHead,
    /// Words of another language.
    Language(Language),
    /// What a link is for, if its own words do not say.
    Leads(String),
}

/// No element.
pub(in crate::pdf) const NONE: u32 = u32::MAX;

/// The elements of a document.
#[derive(Debug, Default)]
pub(in crate::pdf) struct StructurePlan {
    /// The first is the whole document. Elements come before what they hold.
    pub elements: Vec<Element>,
    /// By node, the element that its text belongs to.
    pub text: Vec<u32>,
    /// By node, the element that its picture is.
    pub pictures: Vec<u32>,
    /// The elements of notes.
    pub notes: Vec<u32>,
}

impl StructurePlan {
    /// Plans a document.
    pub fn of(document: &Document) -> Self {
        let nodes = document.nodes as usize;
        let plan = Self { text: vec![NONE; nodes], pictures: vec![NONE; nodes], ..Self::default() };
        let labels = crate::document::labels::Labels::of(&document.identity.language);
        let mut walk = Walk { plan, open: Vec::new(), document, note: labels.note, calls: Vec::new() };
        walk.document(labels.back_to_text);
        walk.plan
    }

    /// The element that a node's text belongs to.
    pub fn of_text(&self, node: NodeId) -> Option<u32> {
        self.text.get(node.0 as usize).copied().filter(|element| *element != NONE)
    }

    /// The element that a node's picture is.
    pub fn of_picture(&self, node: NodeId) -> Option<u32> {
        self.pictures.get(node.0 as usize).copied().filter(|element| *element != NONE)
    }

    /// An element's type.
    pub fn tag(&self, element: u32) -> &'static str {
        self.elements.get(element as usize).map_or("P", |element| element.tag)
    }

    /// Adds an element that has no place yet.
    pub fn add(&mut self, tag: &'static str, parent: u32) -> u32 {
        let index = self.elements.len() as u32;
        self.elements.push(Element {
            tag,
            more: More::Nothing,
            parent,
            kids: Vec::new(),
            lines: Lines::Flow,
            inline: false,
        });
        index
    }

    /// Adds an element after those that another holds already.
    pub fn append(&mut self, tag: &'static str, parent: u32) -> u32 {
        let index = self.add(tag, parent);
        if index != parent {
            self.elements[parent as usize].kids.push(Planned::Element(index));
        }
        index
    }
}

/// Types of headings, by depth.
const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];

struct Walk<'d> {
    plan: StructurePlan,
    /// Levels of the headings that are open, outermost first.
    open: Vec<u8>,
    document: &'d Document,
    /// The word for a note.
    note: &'static str,
    /// Notes that the block being walked calls for the first time.
    calls: Vec<u32>,
}

impl Walk<'_> {
    fn document(&mut self, back: &'static str) {
        let root = self.plan.add("Document", 0);
        let document = self.document;
        for (index, _) in document.notes.iter().enumerate() {
            let note = self.plan.add("Note", root);
            self.plan.elements[note as usize].more = More::Note(index as u32);
            self.plan.notes.push(note);
        }
        for chapter in &document.chapters {
            let section = self.plan.append("Sect", root);
            if !chapter.title.is_empty() || chapter.number.is_some() {
                let heading = self.heading(section, 0);
                // Its number stands on a line of its own.
                self.plan.elements[heading as usize].lines = Lines::Kept;
                self.own(chapter.title_id, heading);
                self.inlines(&chapter.title, heading);
                self.place_notes(section);
            }
            self.blocks(&chapter.blocks, section);
        }
        for (note, element) in document.notes.iter().zip(self.plan.notes.clone()) {
            let label = self.plan.append("Lbl", element);
            let link = self.plan.append("Link", label);
            self.plan.elements[link as usize].more = More::Leads(back.to_owned());
            self.own(note.id, link);
            self.open.clear();
            self.blocks(&note.blocks, element);
        }
        if let Back::Blocks(blocks) = &document.cover.back {
            let section = self.plan.append("Sect", root);
            self.open.clear();
            self.blocks(blocks, section);
        }
    }

    fn own(&mut self, node: NodeId, element: u32) {
        if let Some(of_text) = self.plan.text.get_mut(node.0 as usize) {
            *of_text = element;
        }
    }

    /// A heading one level below the nearest that is higher: no level is left out.
    fn heading(&mut self, parent: u32, level: u8) -> u32 {
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        self.plan.append(HEADINGS[self.open.len().min(HEADINGS.len()) - 1], parent)
    }

    /// The notes called since the last time, after what calls them.
    fn place_notes(&mut self, parent: u32) {
        for note in std::mem::take(&mut self.calls) {
            if let Some(&element) = self.plan.notes.get(note as usize) {
                self.plan.elements[parent as usize].kids.push(Planned::Note(element));
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], parent: u32) {
        for block in blocks {
            self.block(block, parent);
            self.place_notes(parent);
        }
    }

    fn block(&mut self, block: &Block, parent: u32) {
        match &block.kind {
            BlockKind::Heading { level, content } => {
                let heading = self.heading(parent, (*level).max(1));
                self.own(block.id, heading);
                self.inlines(content, heading);
            }
            BlockKind::Paragraph(content) | BlockKind::Attribution(content) => {
                let paragraph = self.plan.append("P", parent);
                self.own(block.id, paragraph);
                self.inlines(content, paragraph);
            }
            BlockKind::Verse(lines) => {
                let verse = self.plan.append("P", parent);
                self.plan.elements[verse as usize].lines = Lines::Kept;
                self.own(block.id, verse);
                for line in lines {
                    self.inlines(line, verse);
                }
            }
            BlockKind::Quote(inner) => {
                let quote = self.plan.append("BlockQuote", parent);
                self.blocks(inner, quote);
            }
            BlockKind::List { start, items, .. } => {
                let list = self.plan.append("L", parent);
                self.plan.elements[list as usize].more = More::Counted(start.is_some());
                for item in items {
                    let whole = self.plan.append("LI", list);
                    let label = self.plan.append("Lbl", whole);
                    self.own(item.id, label);
                    let body = self.plan.append("LBody", whole);
                    self.blocks(&item.blocks, body);
                }
            }
            BlockKind::Definitions(definitions) => self.definitions(definitions, parent),
            BlockKind::Code { .. } => {
                let paragraph = self.plan.append("P", parent);
                let code = self.plan.append("Code", paragraph);
                self.plan.elements[code as usize].lines = Lines::Exact;
                self.own(block.id, code);
            }
            BlockKind::Table(table) => self.table(table, parent),
            BlockKind::Row(inner) => {
                let row = self.plan.append("Div", parent);
                self.blocks(inner, row);
            }
            BlockKind::Figure { picture, alt, caption, .. } => {
                let whole = self.plan.append("Div", parent);
                if picture.is_some() && !alt.is_empty() {
                    let figure = self.plan.append("Figure", whole);
                    self.plan.elements[figure as usize].more = More::Alternative(alt.clone());
                    if let Some(of_picture) = self.plan.pictures.get_mut(block.id.0 as usize) {
                        *of_picture = figure;
                    }
                }
                let caption_element = self.plan.append("Caption", whole);
                self.own(block.id, caption_element);
                self.inlines(caption, caption_element);
            }
            BlockKind::Rule => {}
        }
    }

    fn definitions(&mut self, definitions: &[Definition], parent: u32) {
        let list = self.plan.append("L", parent);
        self.plan.elements[list as usize].more = More::Counted(false);
        for definition in definitions {
            let item = self.plan.append("LI", list);
            let label = self.plan.append("Lbl", item);
            self.plan.elements[label as usize].lines = Lines::Kept;
            self.own(definition.id, label);
            for term in &definition.terms {
                self.inlines(term, label);
            }
            let body = self.plan.append("LBody", item);
            self.place_notes(body);
            for detail in &definition.details {
                self.blocks(detail, body);
            }
        }
    }

    fn table(&mut self, table: &Table, parent: u32) {
        let whole = self.plan.append("Table", parent);
        // A head without words is not printed.
        let head = table.head.iter().any(|cell| !cell.content.is_empty()).then_some(&table.head);
        for (row, tag) in head.into_iter().map(|row| (row, "TH")).chain(table.rows.iter().map(|r| (r, "TD")))
        {
            let line = self.plan.append("TR", whole);
            for cell in row {
                let element = self.plan.append(tag, line);
                if tag == "TH" {
                    self.plan.elements[element as usize].more = More::ColumnHead;
                }
                self.own(cell.id, element);
                self.inlines(&cell.content, element);
            }
        }
    }

    /// What stands in the lines of `around`. The reader bounds the nesting, so recursion is bounded.
    fn inlines(&mut self, inlines: &[Inline], around: u32) {
        for inline in inlines {
            let element = self.inline(inline, around);
            self.own(inline.id, element);
            if let Some(content) = inline.kind.content() {
                self.inlines(content, element);
            }
        }
    }

    /// The element that an inline's text belongs to.
    fn inline(&mut self, inline: &Inline, around: u32) -> u32 {
        let mut add = |tag: &'static str, parent: u32, more: More| {
            let element = self.plan.add(tag, parent);
            let added = &mut self.plan.elements[element as usize];
            added.inline = true;
            added.more = more;
            element
        };
        match &inline.kind {
            InlineKind::Code(_) => add("Code", around, More::Nothing),
            InlineKind::Foreign { language, .. } => add("Span", around, More::Language(language.clone())),
            InlineKind::Link { content, .. } => {
                let words = plain_text(content);
                add("Link", around, More::Leads(words))
            }
            InlineKind::NoteMark(NoteCall { note, repeat }) => {
                let reference = add("Reference", around, More::Nothing);
                let mark = self.document.notes.get(note.0 as usize).map_or("", |note| note.mark.as_str());
                let link = add("Link", reference, More::Leads(format!("{} {mark}", self.note)));
                if *repeat == 0 {
                    self.calls.push(note.0);
                }
                link
            }
            InlineKind::Picture { alt, picture } => {
                if picture.is_some() && !alt.is_empty() {
                    let figure = add("Figure", around, More::Alternative(alt.clone()));
                    if let Some(of_picture) = self.plan.pictures.get_mut(inline.id.0 as usize) {
                        *of_picture = figure;
                    }
                }
                around
            }
            InlineKind::Break => {
                self.plan.elements[around as usize].lines = Lines::Kept;
                around
            }
            InlineKind::Text(_)
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strike(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Small(_)
            | InlineKind::SmallCaps(_)
            | InlineKind::Underline(_)
            | InlineKind::Keyboard(_) => around,
        }
    }
}
