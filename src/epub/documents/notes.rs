//! Notes → XHTML: gathered after the text, or at the end of each chapter.
//!
//! The markup is what both epubcheck and Ace take and what reading systems open as a pop-up: the note
//! stands whole in a `div` with the id that its marks point to. A role on the `li` itself would be an
//! error, and paragraphs beside the `div` would be missing from the pop-up.

use crate::document::{BlockKind, Note, NoteCall, NoteId, plain_text};

use super::inlines::{mark_id, note_id};
use super::xhtml::Writer;

/// What says that a section holds notes.
const SECTION: [(&str, &str); 4] =
    [("epub:type", "endnotes"), ("role", "doc-endnotes"), ("class", "notes"), ("aria-labelledby", "notes")];

impl Writer<'_> {
    /// The notes of the whole text, grouped by chapter when there are several chapters.
    pub fn all_notes(&mut self) {
        let document = self.context.document;
        self.xml.open("section", &SECTION);
        self.line("h1", &[("id", "notes")], self.context.labels.notes);
        let grouped = document.chapters.len() > 1;
        let numbered = document.notes_with_ids().collect::<Vec<_>>();
        for group in numbered.chunk_by(|a, b| a.1.chapter == b.1.chapter) {
            let chapter = group.first().and_then(|(_, note)| document.chapters.get(note.chapter));
            let title = chapter.map(|chapter| plain_text(&chapter.title)).unwrap_or_default();
            if grouped && !title.trim().is_empty() {
                let outer = std::mem::replace(&mut self.style, self.context.heading(2));
                self.line("h2", &[], title.trim());
                self.style = outer;
            }
            self.notes(group);
        }
        self.xml.close();
    }

    /// The notes of one chapter, at its end.
    pub fn chapter_notes(&mut self, chapter: usize) {
        let notes = self.context.document.notes_with_ids();
        let own = notes.filter(|(_, note)| note.chapter == chapter).collect::<Vec<_>>();
        if own.is_empty() {
            return;
        }
        self.xml.open("section", &SECTION);
        let outer = std::mem::replace(&mut self.style, self.context.heading(2));
        self.line("h2", &[("id", "notes")], self.context.labels.notes);
        self.style = outer;
        self.notes(&own);
        self.xml.close();
    }

    fn notes(&mut self, notes: &[(NoteId, &Note)]) {
        // Symbols are no numbers: each note begins with its own.
        let start = notes.first().map_or(Some(1), |(_, note)| note.mark.parse::<u32>().ok());
        match start {
            Some(1) => self.xml.open("ol", &[]),
            Some(start) => self.xml.open("ol", &[("start", &start.to_string())]),
            None => self.xml.open("ol", &[("class", "symbols")]),
        }
        let symbols = start.is_none();
        for (own, note) in notes {
            self.note(*own, note, symbols);
        }
        self.xml.close();
    }

    fn note(&mut self, own: NoteId, note: &Note, symbol: bool) {
        self.xml.open("li", &[]);
        let id = note_id(note.number);
        self.xml.open("div", &[("id", &id), ("epub:type", "footnote"), ("role", "doc-footnote")]);
        self.page_before(note.id, &[]);
        self.nested += 1;
        self.lead = symbol.then(|| note.mark.clone());
        if !matches!(note.blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_))) && symbol {
            self.xml.indent();
            self.xml.start("p");
            self.lead();
            self.xml.end();
            self.xml.newline();
        }
        match note.blocks.split_last() {
            Some((last, others)) if matches!(last.kind, BlockKind::Paragraph(_)) => {
                self.blocks(others);
                self.xml.indent();
                self.block_start("p", last, "");
                self.lead();
                if let BlockKind::Paragraph(content) = &last.kind {
                    self.own(last.id, content);
                }
                for link in self.backlinks(own, note) {
                    self.xml.text(" ");
                    self.backlink(&link);
                }
                self.xml.end();
                self.xml.newline();
            }
            _ => {
                self.blocks(&note.blocks);
                self.xml.indent();
                self.xml.start("p").attribute("class", "back");
                for (index, link) in self.backlinks(own, note).iter().enumerate() {
                    if index > 0 {
                        self.xml.text(" ");
                    }
                    self.backlink(link);
                }
                self.xml.end();
                self.xml.newline();
            }
        }
        self.nested -= 1;
        self.xml.close();
        self.xml.close();
    }

    /// The links back to the marks of a note.
    fn backlinks(&self, own: NoteId, note: &Note) -> Vec<Backlink> {
        let label = self.context.labels.back_to_text;
        let link = |repeat: u32| {
            let part = self.context.plan.mark(NoteCall { note: own, repeat })?;
            let href = self.context.plan.address(self.part, part, &mark_id(note.number, repeat));
            let several = note.marks.len() > 1;
            let label =
                if several { format!("{label} ({})", u64::from(repeat) + 1) } else { label.to_owned() };
            Some(Backlink { label, href })
        };
        (0..).zip(&note.marks).filter_map(|(repeat, _)| link(repeat)).collect()
    }

    fn backlink(&mut self, Backlink { label, href }: &Backlink) {
        let link = [("role", "doc-backlink"), ("aria-label", label), ("href", href)];
        // The variation selector asks for the arrow as text and not as a coloured picture.
        self.xml.element("a", &link, "↩\u{fe0e}");
    }
}

/// A link back to a mark of a note.
struct Backlink {
    label: String,
    href: String,
}
