//! Documents made by hand, for tests of what stands above `document`.
//!
//! Comes in: calls that say what the text is. Goes out: a `Document` with ids as the reader of Markdown
//! would give them: rising in reading order, notes numbered by their first mark.

use std::sync::Arc;

use booklet::booklet::{BackCover, ChapterText};
use booklet::diagnostic::{Code, Diagnostic, Report, Severity, Source, SourceId, Span};
use booklet::document::{
    Block, BlockKind, Cell, Chapter, Definition, Document, Inline, InlineKind, ListItem, NodeId, Note,
    NoteCall, NoteId, Sources, compose,
};
use booklet::manifest::{Identity, Person};

/// Gives out node ids.
#[derive(Default)]
pub struct Maker {
    next: u32,
    notes: Vec<Note>,
}

impl Maker {
    fn node(&mut self) -> NodeId {
        self.next += 1;
        NodeId(self.next - 1)
    }

    pub fn inline(&mut self, kind: InlineKind) -> Inline {
        Inline { id: self.node(), span: span(), kind }
    }

    pub fn text(&mut self, text: &str) -> Vec<Inline> {
        vec![self.inline(InlineKind::Text(text.to_owned()))]
    }

    pub fn block(&mut self, kind: BlockKind) -> Block {
        Block { id: self.node(), span: span(), anchor: None, classes: Vec::new(), kind }
    }

    pub fn paragraph(&mut self, text: &str) -> Block {
        let text = self.text(text);
        self.block(BlockKind::Paragraph(text))
    }

    pub fn heading(&mut self, level: u8, text: &str) -> Block {
        let content = self.text(text);
        let anchor = Some(text.to_lowercase().replace(' ', "-"));
        Block { anchor, ..self.block(BlockKind::Heading { level, content }) }
    }

    pub fn item(&mut self, blocks: Vec<Block>) -> ListItem {
        ListItem { id: self.node(), blocks }
    }

    pub fn cell(&mut self, text: &str) -> Cell {
        let content = if text.is_empty() { Vec::new() } else { self.text(text) };
        Cell { id: self.node(), content }
    }

    pub fn definition(&mut self, term: &str, details: Vec<Vec<Block>>) -> Definition {
        let terms = vec![self.text(term)];
        Definition { id: self.node(), terms, details }
    }

    /// A mark of a note; the note's text comes with the first one.
    pub fn mark(&mut self, chapter: usize, label: &str, blocks: Vec<Block>) -> Inline {
        let id = self.node();
        let index = match self.notes.iter().position(|note| note.label == label) {
            Some(index) => index,
            None => {
                let number = u32::try_from(self.notes.len()).unwrap() + 1;
                let label = label.to_owned();
                let id = self.node();
                let mark = number.to_string();
                self.notes.push(Note { id, label, number, mark, chapter, blocks, marks: Vec::new() });
                self.notes.len() - 1
            }
        };
        let repeat = u32::try_from(self.notes[index].marks.len()).unwrap();
        self.notes[index].marks.push(id);
        let note = NoteId(u32::try_from(index).unwrap());
        Inline { id, span: span(), kind: InlineKind::NoteMark(NoteCall { note, repeat }) }
    }

    pub fn chapter(&mut self, slug: &str, title: &str, blocks: Vec<Block>) -> Chapter {
        let title = if title.is_empty() { Vec::new() } else { self.text(title) };
        Chapter {
            id: self.node(),
            slug: slug.to_owned(),
            file: format!("{slug}.md"),
            title,
            title_id: self.node(),
            short_title: None,
            number: None,
            blocks,
        }
    }

    pub fn document(self, chapters: Vec<Chapter>) -> Document {
        Document {
            identity: identity(),
            cover: Default::default(),
            chapters,
            notes: self.notes,
            pictures: Vec::new(),
            undescribed: false,
            nodes: self.next,
        }
    }
}

pub fn span() -> Span {
    Span { source: SourceId(0), start: 0, end: 0 }
}

pub fn person(name: &str, role: &str) -> Person {
    Person { name: name.to_owned(), file_as: None, role: role.to_owned() }
}

pub fn identity() -> Identity {
    Identity {
        identifier: "urn:uuid:2fd8bd34-6b4d-5f0e-9d43-3c7a5c3c9b6e".to_owned(),
        slug: "bread-and-roses".to_owned(),
        ..Identity::plain("Bread & roses", "en")
    }
}

/// A document of Markdown chapters: file names and texts.
pub fn from_markdown(identity: Identity, chapters: &[(&str, &str)], back: Option<&str>) -> Document {
    let mut report = Report::new();
    let mut read = |file: &str, text: &str| {
        let text: Arc<str> = text.into();
        let source = report.add_source(Source { name: file.to_owned(), text: Arc::clone(&text) });
        ChapterText { source, text, file: file.to_owned(), title: None, short_title: None, numbered: false }
    };
    let texts: Vec<ChapterText> = chapters.iter().map(|(file, text)| read(file, text)).collect();
    let back = back.map_or(BackCover::Blank, |text| BackCover::Text(read("back.md", text)));
    let find = |path: &str, _: &str| Err(Diagnostic::error(Code("D014"), format!("no picture {path}")));
    let sources = Sources {
        identity: &identity,
        chapters: &texts,
        front: None,
        back: &back,
        cover: &Default::default(),
        authors_at: None,
        picture: &find,
        notes: Default::default(),
    };
    let document = compose(&sources, &mut report);
    let errors: Vec<_> = report.diagnostics().iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    document
}
