//! Inlines as one stream of characters, and back.

use crate::diagnostic::Span;
use crate::document::inline::plain_text;
use crate::document::raw::{Inline, InlineKind};

/// Stands for something that is set as it is: code, a key, an address, a picture, words of another
/// language. Acts like a word.
pub const OBJECT: char = '\u{fdd0}';
/// Stands for the mark of a note: the rules look through it.
pub const MARK: char = '\u{fdd1}';
/// Stands for a line break.
pub const BREAK: char = '\n';
/// No-break space, as wide as a word space.
pub const NBSP: char = '\u{a0}';
/// Narrow no-break space.
pub const NNBSP: char = '\u{202f}';

/// A character and the piece of text it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    pub c: char,
    pub piece: u32,
}

/// A run as characters, and the places of its pieces.
pub struct Stream {
    pub signs: Vec<Sign>,
    pub spans: Vec<Span>,
}

impl Stream {
    /// The stream of some lines, with a break between each two.
    pub fn of(lines: &[&[Inline]]) -> Self {
        let mut stream = Self { signs: Vec::new(), spans: Vec::new() };
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                stream.sign(BREAK);
            }
            stream.add(line);
        }
        stream
    }

    fn sign(&mut self, c: char) {
        let piece = number(self.spans.len().saturating_sub(1));
        self.signs.push(Sign { c, piece });
    }

    fn add(&mut self, run: &[Inline]) {
        for inline in run {
            match &inline.kind {
                InlineKind::Text(text) => {
                    let piece = number(self.spans.len());
                    self.spans.push(inline.span);
                    self.signs.extend(text.chars().map(|c| Sign { c, piece }));
                }
                InlineKind::NoteMark { .. } => self.sign(MARK),
                InlineKind::Break => self.sign(BREAK),
                kind if untouched(kind) => self.sign(OBJECT),
                kind => self.add(kind.content().unwrap_or_default()),
            }
        }
    }
}

/// A piece's place among those of its run.
fn number(piece: usize) -> u32 {
    debug_assert!(u32::try_from(piece).is_ok(), "a run has fewer pieces than its file has bytes");
    u32::try_from(piece).unwrap_or(u32::MAX)
}

/// What is set as it is written.
fn untouched(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::Code(_) | InlineKind::Keyboard(_) | InlineKind::Picture { .. } => true,
        // It has rules of its own.
        InlineKind::Foreign { .. } => true,
        InlineKind::Link { target, content } => {
            let text = plain_text(content);
            text.contains("://")
                || text.starts_with("www.")
                || target.strip_prefix("mailto:").unwrap_or(target) == text
        }
        _ => false,
    }
}

/// Puts the characters back where they came from.
pub fn put_back(lines: &mut [&mut [Inline]], signs: &[Sign]) {
    let mut texts: Vec<String> = Vec::new();
    for sign in signs {
        if is_sign(sign.c) {
            continue;
        }
        let piece = sign.piece as usize;
        if texts.len() <= piece {
            texts.resize_with(piece + 1, String::new);
        }
        texts[piece].push(sign.c);
    }
    let mut texts = texts.into_iter();
    for line in lines {
        fill(line, &mut texts);
    }
}

fn fill(run: &mut [Inline], texts: &mut impl Iterator<Item = String>) {
    for inline in run {
        match &mut inline.kind {
            InlineKind::Text(text) => *text = texts.next().unwrap_or_default(),
            kind if untouched(kind) => {}
            kind => {
                if let Some(content) = kind.content_mut() {
                    fill(content, texts);
                }
            }
        }
    }
}

/// Whether a run begins and ends with a space: spaces that belong between it and what is around it.
pub fn edges(run: &[Inline]) -> (bool, bool) {
    let space = |inline: Option<&Inline>, end: bool| match inline.map(|inline| &inline.kind) {
        Some(InlineKind::Text(text)) if end => text.ends_with(' '),
        Some(InlineKind::Text(text)) => text.starts_with(' '),
        _ => false,
    };
    (space(run.first(), false), space(run.last(), true))
}

/// Puts back the spaces at the edges of a run that tidying took away.
pub fn keep_edges(run: &mut [Inline], edges: (bool, bool)) {
    if edges.0
        && let Some(Inline { kind: InlineKind::Text(text), .. }) = run.first_mut()
    {
        text.insert(0, ' ');
    }
    if edges.1
        && let Some(Inline { kind: InlineKind::Text(text), .. }) = run.last_mut()
    {
        text.push(' ');
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, OBJECT | MARK | BREAK)
}

/// A text without markup as a stream.
pub fn of_text(text: &str) -> Vec<Sign> {
    text.chars().filter(|c| !matches!(*c, OBJECT | MARK)).map(|c| Sign { c, piece: 0 }).collect()
}

/// Any space within a line.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NNBSP | '\t')
}

/// Several spaces become one (a no-break one if any of them was), and none stand at an end, beside a
/// break, or at the inner side of a bracket.
pub fn fold_spaces(signs: Vec<Sign>) -> Vec<Sign> {
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len());
    for mut sign in signs {
        if sign.c == '\t' {
            sign.c = ' ';
        }
        if is_space(sign.c) {
            match out.last_mut() {
                None => continue,
                Some(last) if last.c == BREAK => continue,
                Some(last) if is_space(last.c) => {
                    if last.c == ' ' {
                        last.c = sign.c;
                    }
                    continue;
                }
                Some(_) => {}
            }
        } else if out.last().is_some_and(|last| is_space(last.c)) {
            let before = out.len().checked_sub(2).map_or(BREAK, |i| out[i].c);
            let opened = matches!(before, '(' | '[');
            let closes = matches!(sign.c, ')' | ']');
            // Between a pair of brackets with nothing else a space may stand: a box to tick.
            if sign.c == BREAK || opened != closes {
                out.pop();
            }
        }
        out.push(sign);
    }
    while out.last().is_some_and(|last| is_space(last.c)) {
        out.pop();
    }
    out
}

/// The character before `at`, looking through the marks of notes; a break at the ends.
pub fn before(signs: &[Sign], at: usize) -> char {
    signs[..at.min(signs.len())].iter().rev().map(|g| g.c).find(|c| *c != MARK).unwrap_or(BREAK)
}

/// The character after `at`, likewise.
pub fn after(signs: &[Sign], at: usize) -> char {
    signs.get(at + 1..).unwrap_or_default().iter().map(|g| g.c).find(|c| *c != MARK).unwrap_or(BREAK)
}

/// Whether a character belongs to a word.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == OBJECT
}
