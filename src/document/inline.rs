//! Running text: words, what is done with them, and what stands between them.
//!
//! Comes in: nothing. Goes out: [`Inline`], and what holds for all of them: which hold others
//! ([`InlineKind::content`]), which words they say ([`plain_text`]).

use super::stage::{Settled, Stage};
use crate::diagnostic::Span;
use crate::language::Language;

/// A piece of running text.
#[derive(Debug, Clone)]
pub struct Inline<S: Stage = Settled> {
    /// The inline as a node.
    pub id: S::Node,
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind<S>,
}

/// What an inline is.
#[derive(Debug, Clone)]
pub enum InlineKind<S: Stage = Settled> {
    /// Characters, orthography applied; a soft line break is one space.
    Text(String),
    /// `*…*`
    Emphasis(Vec<Inline<S>>),
    /// `**…**`
    Strong(Vec<Inline<S>>),
    /// `~~…~~`
    Strike(Vec<Inline<S>>),
    /// `^…^` or `<sup>`
    Superscript(Vec<Inline<S>>),
    /// `~…~` or `<sub>`
    Subscript(Vec<Inline<S>>),
    /// `<small>`
    Small(Vec<Inline<S>>),
    /// `<u>`
    Underline(Vec<Inline<S>>),
    /// `<kbd>`
    Keyboard(Vec<Inline<S>>),
    /// `[…]{.smallcaps}`
    SmallCaps(Vec<Inline<S>>),
    /// `[…]{lang=fr}`: words of another language, with its orthography.
    Foreign {
        /// Which.
        language: Language,
        /// The words.
        content: Vec<Inline<S>>,
    },
    /// `` `…` ``: characters exactly as written.
    Code(String),
    /// A link.
    Link {
        /// Where to.
        target: S::Link,
        /// What is clicked; for a bare URL, the URL as written, no orthography applied.
        content: Vec<Inline<S>>,
    },
    /// The mark of a note. The printed number is the note's.
    NoteMark(S::Call),
    /// A picture in a line of text.
    Picture {
        /// The picture; none if it could not be read.
        picture: S::Picture,
        /// Words in its place.
        alt: String,
    },
    /// A line break that stays.
    Break,
}

/// The inlines inside one, shared or mutable.
macro_rules! content {
    ($kind:ident) => {
        match $kind {
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strike(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Small(c)
            | Self::Underline(c)
            | Self::Keyboard(c)
            | Self::SmallCaps(c)
            | Self::Foreign { content: c, .. }
            | Self::Link { content: c, .. } => Some(c),
            Self::Text(_) | Self::Code(_) | Self::NoteMark(_) | Self::Picture { .. } | Self::Break => None,
        }
    };
}

impl<S: Stage> InlineKind<S> {
    /// The inlines inside this one, if it is of a kind that has any.
    pub fn content(&self) -> Option<&[Inline<S>]> {
        content!(self)
    }

    /// Likewise, to change them.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline<S>>> {
        content!(self)
    }
}

/// The plain words of some inlines: what a running head, an outline entry or a slug is made of. Note
/// marks and pictures leave nothing (a picture with a text alternative leaves that).
pub fn plain_text<S: Stage>(inlines: &[Inline<S>]) -> String {
    let mut text = String::new();
    gather(inlines, &mut text);
    text
}

fn gather<S: Stage>(inlines: &[Inline<S>], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(t) | InlineKind::Code(t) => text.push_str(t),
            InlineKind::Picture { alt, .. } => text.push_str(alt),
            InlineKind::Break => text.push(' '),
            kind => gather(kind.content().unwrap_or_default(), text),
        }
    }
}
