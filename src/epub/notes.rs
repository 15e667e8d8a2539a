//! Notes → XHTML: gathered after the text, or at the end of each chapter.
//!
//! The markup is what both epubcheck and Ace take and what reading systems open as a pop-up: the note
//! stands whole in a `div` with the id that its marks point to. A role on the `li` itself would be an
//! error, and paragraphs beside the `div` would be missing from the pop-up.

use crate::document::{BlockKind, Note, NoteId, plain_text};

use super::inlines::{mark_id, note_id};
use super::xhtml::Writer;
use super::xml;

impl Writer<'_> {
    /// The notes of the whole text, grouped by chapter when there are several chapters.
    pub fn all_notes(&mut self) {
        let document = self.context.document;
        self.open("<section epub:type=\"endnotes\" role=\"doc-endnotes\" class=\"notes\" aria-labelledby=\"notes\">");
        self.line("<h1 id=\"notes\">", self.context.labels.notes, "</h1>");
        let grouped = document.chapters.len() > 1;
        let numbered = document.notes.iter().enumerate().collect::<Vec<_>>();
        for group in numbered.chunk_by(|a, b| a.1.chapter == b.1.chapter) {
            let chapter = group.first().and_then(|(_, note)| document.chapters.get(note.chapter as usize));
            let title = chapter.map(|chapter| plain_text(&chapter.title)).unwrap_or_default();
            if grouped && !title.trim().is_empty() {
                let outer = std::mem::replace(&mut self.style, self.context.heading(2));
                self.line("<h2>", title.trim(), "</h2>");
                self.style = outer;
            }
            self.notes(group);
        }
        self.close("</section>");
    }

    /// The notes of one chapter, at its end.
    pub fn chapter_notes(&mut self, chapter: usize) {
        let notes = self.context.document.notes.iter().enumerate();
        let own = notes.filter(|(_, note)| note.chapter as usize == chapter).collect::<Vec<_>>();
        if own.is_empty() {
            return;
        }
        self.open("<section epub:type=\"endnotes\" role=\"doc-endnotes\" class=\"notes\" aria-labelledby=\"notes\">");
        let outer = std::mem::replace(&mut self.style, self.context.heading(2));
        self.line("<h2 id=\"notes\">", self.context.labels.notes, "</h2>");
        self.style = outer;
        self.notes(&own);
        self.close("</section>");
    }

    fn notes(&mut self, notes: &[(usize, &Note)]) {
        // Symbols are no numbers: each note begins with its own.
        let start = notes.first().map_or(Some(1), |(_, note)| note.mark.parse::<u32>().ok());
        self.open(&match start {
            Some(1) => "<ol>".to_owned(),
            Some(start) => format!("<ol start=\"{start}\">"),
            None => "<ol class=\"symbols\">".to_owned(),
        });
        let symbols = start.is_none();
        for (index, note) in notes {
            self.note(NoteId(u32::try_from(*index).unwrap_or(u32::MAX)), note, symbols);
        }
        self.close("</ol>");
    }

    fn note(&mut self, own: NoteId, note: &Note, symbol: bool) {
        self.open("<li>");
        let id = note_id(note.number);
        self.open(&format!("<div id=\"{id}\" epub:type=\"footnote\" role=\"doc-footnote\">"));
        self.page_before(note.id, &[]);
        self.nested += 1;
        self.lead = symbol.then(|| note.mark.clone());
        let back = self.backlinks(own, note);
        if !matches!(note.blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_))) && symbol {
            self.begin();
            self.out.push_str("<p>");
            self.lead();
            self.out.push_str("</p>\n");
        }
        match note.blocks.split_last() {
            Some((last, others)) if matches!(last.kind, BlockKind::Paragraph(_)) => {
                self.blocks(others);
                self.begin();
                self.block_start("<p", last);
                self.lead();
                if let BlockKind::Paragraph(content) = &last.kind {
                    self.own(last.id, content);
                }
                self.out.push_str(&back);
                self.out.push_str("</p>\n");
            }
            _ => {
                self.blocks(&note.blocks);
                self.begin();
                self.out.push_str("<p class=\"back\">");
                self.out.push_str(back.trim_start());
                self.out.push_str("</p>\n");
            }
        }
        self.nested -= 1;
        self.close("</div>");
        self.close("</li>");
    }

    /// A link back to each mark of the note.
    fn backlinks(&self, own: NoteId, note: &Note) -> String {
        let mut out = String::new();
        let labels = self.context.labels;
        for repeat in 0..u32::try_from(note.marks.len()).unwrap_or(u32::MAX) {
            let Some(part) = self.context.plan.mark(own, repeat) else { continue };
            let href = self.context.plan.address(self.part, part, &mark_id(note.number, repeat));
            out.push_str(" <a role=\"doc-backlink\" aria-label=\"");
            xml::push_value(&mut out, labels.back_to_text);
            if note.marks.len() > 1 {
                out.push_str(&format!(" ({})", u64::from(repeat) + 1));
            }
            // The variation selector asks for the arrow as text and not as a coloured picture.
            out.push_str(&format!("\" href=\"{href}\">↩\u{fe0e}</a>"));
        }
        out
    }
}
