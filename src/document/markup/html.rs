//! The few HTML tags that are understood in running text.
//!
//! Comes in: one tag or comment, or the lines of a block of HTML. Goes out: what it means, or a finding.
//! Why so few: whatever is understood must be set the same way in the EPUB and in the PDF; all else is left out of
//! both, with a warning at its place.

use crate::diagnostic::{Diagnostic, codes};
use crate::document::raw::{Inline, InlineKind};

/// A tag that encloses text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Tag {
    Sup,
    Sub,
    Small,
    U,
    Kbd,
}

impl Tag {
    fn name(self) -> &'static str {
        match self {
            Self::Sup => "sup",
            Self::Sub => "sub",
            Self::Small => "small",
            Self::U => "u",
            Self::Kbd => "kbd",
        }
    }

    /// The inline that it makes.
    pub fn wrap(self, content: Vec<Inline>) -> InlineKind {
        match self {
            Self::Sup => InlineKind::Superscript(content),
            Self::Sub => InlineKind::Subscript(content),
            Self::Small => InlineKind::Small(content),
            Self::U => InlineKind::Underline(content),
            Self::Kbd => InlineKind::Keyboard(content),
        }
    }
}

/// What a piece of HTML is.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::document) enum Markup {
    Comment,
    Break,
    Open(Tag),
    Close(Tag),
    Unknown(String),
}

/// Reads one tag or comment, as the Markdown parser delivers it. Attributes are not looked at.
pub(in crate::document) fn read(html: &str) -> Markup {
    if html.starts_with("<!--") {
        return Markup::Comment;
    }
    let inner = html.trim().trim_start_matches('<');
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let name: String =
        inner.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let tag = match name.as_str() {
        "br" => return Markup::Break,
        "sup" => Tag::Sup,
        "sub" => Tag::Sub,
        "small" => Tag::Small,
        "u" => Tag::U,
        "kbd" => Tag::Kbd,
        _ => return Markup::Unknown(name),
    };
    if closing { Markup::Close(tag) } else { Markup::Open(tag) }
}

const UNDERSTOOD: &str = "understood are <br>, <sup>, <sub>, <small>, <u>, <kbd> and comments";

/// A tag that is not understood.
pub(in crate::document) fn unknown(name: &str) -> Diagnostic {
    let what = if name.is_empty() { "this HTML".to_owned() } else { format!("the HTML tag <{name}>") };
    Diagnostic::warning(codes::D008, format!("{what} is left out; its text stays")).hint(UNDERSTOOD)
}

/// A finding for a block of HTML, unless it holds comments and blank space only.
pub(in crate::document) fn in_block(html: &str) -> Option<Diagnostic> {
    let mut rest = html.trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        rest = comment[end + 3..].trim_start();
    }
    if rest.is_empty() {
        return None;
    }
    let name: String =
        rest.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
    Some(
        Diagnostic::warning(codes::D008, format!("this block of HTML (<{name}>) is left out, with its text"))
            .hint(UNDERSTOOD)
            .hint("write the text as Markdown; a tag that is understood goes on the line of its text"),
    )
}

/// An opening tag without its closing one.
pub(in crate::document) fn not_closed(tag: Tag) -> Diagnostic {
    let name = tag.name();
    Diagnostic::warning(codes::D009, format!("<{name}> is not closed")).hint(format!("add </{name}>"))
}

/// A closing tag without its opening one.
pub(in crate::document) fn not_opened(tag: Tag) -> Diagnostic {
    let name = tag.name();
    Diagnostic::warning(codes::D009, format!("</{name}> closes nothing and is left out"))
        .hint(format!("add <{name}> before it, inside the same emphasis or link"))
}
