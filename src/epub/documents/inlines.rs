//! Inlines → XHTML: running text, links, marks of notes.

use crate::document::{Inline, InlineKind, NoteCall, Target, plain_text};
use crate::face::FaceStyle;
use crate::manifest::Stress;

use super::xhtml::Writer;

impl Writer<'_> {
    /// Running text.
    pub fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        // Text has a node of its own, but belongs to the element that holds it, as on the pages.
        if let InlineKind::Text(text) = &inline.kind {
            self.used.add(self.style, text);
            return self.text(text);
        }
        let outer = self.owner.replace(inline.id);
        self.element(&inline.kind);
        self.owner = outer;
    }

    /// An inline that is an element of its own.
    fn element(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Text(_) => {}
            InlineKind::Emphasis(inner) => {
                // Emphasis within italics stands upright, here and in the style sheet.
                let style = match self.context.stress {
                    Stress::Italic => FaceStyle { italic: !self.style.italic, ..self.style },
                    Stress::Bold => FaceStyle { bold: true, ..self.style },
                };
                self.wrapped("em", &[], inner, style);
            }
            InlineKind::Strong(inner) => {
                self.wrapped("strong", &[], inner, FaceStyle { bold: true, ..self.style });
            }
            InlineKind::Strike(inner) => self.wrapped("s", &[], inner, self.style),
            InlineKind::Superscript(inner) => self.wrapped("sup", &[], inner, self.style),
            InlineKind::Subscript(inner) => self.wrapped("sub", &[], inner, self.style),
            InlineKind::Small(inner) => self.wrapped("small", &[], inner, self.style),
            InlineKind::Underline(inner) => self.wrapped("u", &[], inner, self.style),
            InlineKind::Keyboard(inner) => self.wrapped("kbd", &[], inner, self.style),
            InlineKind::SmallCaps(inner) => {
                // Reading systems without small capitals draw them from the capitals.
                self.used.add(self.style, &plain_text(inner).to_uppercase());
                let all = !plain_text(inner).chars().any(char::is_lowercase);
                let class = if all { "smallcaps all" } else { "smallcaps" };
                self.wrapped("span", &[("class", class)], inner, self.style);
            }
            InlineKind::Foreign { language, content } => {
                let rtl = language.right_to_left();
                let direction = ("dir", if rtl { "rtl" } else { "ltr" });
                let attributes = [("lang", language.tag()), ("xml:lang", language.tag()), direction];
                let needed = if rtl == self.context.rtl { 2 } else { 3 };
                self.wrapped("span", &attributes[..needed], content, self.style);
            }
            InlineKind::Code(text) => {
                self.xml.start("code");
                self.text(text);
                self.xml.end();
            }
            InlineKind::Link { target, content } => self.link(target, content),
            InlineKind::NoteMark(call) if self.in_link => self.held.push(*call),
            InlineKind::NoteMark(call) => self.mark(*call),
            InlineKind::Picture { picture, alt } => {
                self.page_marks(0);
                self.image(*picture, alt, Some(("class", "inline")));
            }
            InlineKind::Break => drop(self.xml.start("br").void()),
        }
    }

    fn wrapped(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inner: &[Inline],
        style: FaceStyle,
    ) {
        let outer = std::mem::replace(&mut self.style, style);
        self.xml.start(name).attributes(attributes);
        self.inlines(inner);
        self.xml.end();
        self.style = outer;
    }

    fn link(&mut self, target: &Target, content: &[Inline]) {
        let href = match target {
            Target::Url(address) => Some(address.to_string()),
            Target::Anchor(anchor) => self.context.plan.anchor(self.part, anchor),
            Target::Chapter(slug) => self.context.plan.chapter(slug).map(str::to_owned),
        };
        // Nothing to open, nothing to click, or a link already open: the words alone.
        let Some(href) = href.filter(|_| !self.in_link && has_words(content)) else {
            return self.inlines(content);
        };
        self.xml.start("a").attribute("href", &href);
        self.in_link = true;
        self.inlines(content);
        self.in_link = false;
        self.xml.end();
        for call in std::mem::take(&mut self.held) {
            self.mark(call);
        }
    }

    /// The mark of a note: a link that reading systems open as a pop-up.
    fn mark(&mut self, NoteCall { note, repeat }: NoteCall) {
        let found = self.context.document.notes.get(note.0 as usize);
        debug_assert!(found.is_some(), "a mark calls {note:?}, which there is not");
        let Some(text) = found else { return };
        let part = self.context.plan.notes_part(text.chapter);
        let href = self.context.plan.address(self.part, part, &note_id(text.number));
        self.used.add(self.style, &text.mark);
        let id = mark_id(text.number, repeat);
        let link = [("epub:type", "noteref"), ("role", "doc-noteref"), ("href", &href), ("id", &id)];
        self.xml.element("a", &link, &text.mark);
    }
}

/// Id of the text of a note.
pub fn note_id(number: u32) -> String {
    format!("fn{number}")
}

/// Id of a mark of a note.
pub fn mark_id(number: u32, repeat: u32) -> String {
    if repeat == 0 { format!("fnref{number}") } else { format!("fnref{number}-{}", u64::from(repeat) + 1) }
}

/// Whether a link would have something to click: marks of notes do not count, they are links themselves.
fn has_words(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => !text.trim().is_empty(),
        InlineKind::Picture { alt, .. } => !alt.trim().is_empty(),
        kind => has_words(kind.content().unwrap_or_default()),
    })
}
