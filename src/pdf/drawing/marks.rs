//! Marked content: which part of a stream sets which part of the text (ISO 32000-1, 14.6 and 14.7.4).
//!
//! Comes in: what each piece of content belongs to, as it is drawn. Goes out: the operators that say so,
//! and for each page the list of [`Leaf`]s that its marks' numbers stand for; `structure` makes the tree
//! from these. A sequence lies either within one text object or outside of all: text of one paragraph that
//! a rule interrupts has two numbers.

use crate::typeset::frame::Matter;

use crate::pdf::objects::content::{Content, put_integer, put_utf16_hex};

/// What a piece of content belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Leaf {
    /// An element of the document's plan.
    Element(u32),
    /// Words around the document.
    Matter(Matter),
    /// The picture on a cover.
    Cover,
    /// Nothing that is read: furniture of this kind, by its name among the properties.
    Artefact(FurnitureKind),
}

/// Kinds of furniture (14.8.2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum FurnitureKind {
    /// A running head.
    Head,
    /// A folio.
    Folio,
    /// Rules, grounds, ornaments, repeated heads of tables.
    Layout,
}

impl FurnitureKind {
    /// All, with the names that their properties have among the resources.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Head, "H"), (Self::Folio, "F"), (Self::Layout, "L")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("L", |(_, name)| name)
    }
}

/// The marks of one page.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Marks {
    /// What each number stands for.
    pub leaves: Vec<Leaf>,
    /// The sequence that is open, and whether it lies within a text object.
    open: Option<(Leaf, bool)>,
}

impl Marks {
    /// What follows belongs to `leaf`, and is text or is not.
    pub fn enter(&mut self, content: &mut Content, leaf: Leaf, tag: &str, text: bool) {
        if self.open == Some((leaf, text)) {
            return;
        }
        self.leave(content);
        if text {
            content.begin_text();
        } else {
            content.end_text();
        }
        let out = content.raw();
        if let Leaf::Artefact(kind) = leaf {
            out.extend_from_slice(b"/Artifact/");
            out.extend_from_slice(kind.name().as_bytes());
            out.extend_from_slice(b" BDC\n");
        } else {
            self.begin(content, leaf, tag, None);
        }
        self.open = Some((leaf, text));
    }

    /// What follows, until the next mark, is text that is read as `words`.
    pub fn enter_as(&mut self, content: &mut Content, leaf: Leaf, words: &str) {
        if matches!(leaf, Leaf::Artefact(_)) {
            return self.enter(content, leaf, "", true);
        }
        self.leave(content);
        content.begin_text();
        // Replaced text is marked as a span, whatever it is a part of (14.9.4).
        self.begin(content, leaf, "Span", Some(words));
        // Not to be gone on with, even by the same leaf.
        self.open = Some((Leaf::Artefact(FurnitureKind::Layout), true));
    }

    fn begin(&mut self, content: &mut Content, leaf: Leaf, tag: &str, words: Option<&str>) {
        let out = content.raw();
        out.push(b'/');
        out.extend_from_slice(tag.as_bytes());
        out.extend_from_slice(b"<</MCID ");
        put_integer(out, self.leaves.len() as i64);
        if let Some(words) = words {
            out.extend_from_slice(b"/ActualText");
            put_utf16_hex(out, words, true);
        }
        out.extend_from_slice(b">>BDC\n");
        self.leaves.push(leaf);
    }

    /// Ends the open sequence.
    pub fn leave(&mut self, content: &mut Content) {
        if self.open.take().is_some() {
            content.raw().extend_from_slice(b"EMC\n");
        }
    }
}
