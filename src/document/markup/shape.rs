//! What a paragraph really is: text, verse, an attribution.
//!
//! Comes in: the inlines of a paragraph, the blocks of a quotation. Goes out: blocks. Markdown has no
//! signs for these; the rules are in `tests/spec/paragraphs.txt`.

use crate::diagnostic::Span;
use crate::document::inline::plain_text;
use crate::document::raw::{Block, BlockKind, Inline, InlineKind};

/// The block of a paragraph with this many soft line ends (none given: a tight list's item, never verse).
pub(in crate::document) fn paragraph(mut inlines: Vec<Inline>, soft_breaks: Option<u32>) -> BlockKind {
    while matches!(inlines.last(), Some(Inline { kind: InlineKind::Break, .. })) {
        inlines.pop();
    }
    if soft_breaks == Some(0) && holds_break(&inlines) {
        return BlockKind::Verse(lines(inlines));
    }
    BlockKind::Paragraph(inlines)
}

/// The block of a paragraph: none if nothing is left of it.
pub(in crate::document) fn paragraph_block(span: Span, inlines: Vec<Inline>, soft: u32) -> Option<Block> {
    if inlines.iter().all(|i| matches!(&i.kind, InlineKind::Text(t) if t.trim().is_empty())) {
        return None;
    }
    Some(Block::new(span, paragraph(inlines, Some(soft))))
}

fn holds_break(inlines: &[Inline]) -> bool {
    inlines.iter().any(|i| match &i.kind {
        InlineKind::Break => true,
        kind => kind.content().is_some_and(holds_break),
    })
}

/// Cuts at the breaks; emphasis that runs over a break is closed before it and opened after it.
fn lines(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    for mut inline in inlines {
        if matches!(inline.kind, InlineKind::Break) {
            lines.push(Vec::new());
            continue;
        }
        let parts = match inline.kind.content_mut() {
            Some(content) if holds_break(content) => self::lines(std::mem::take(content)),
            _ => {
                if let Some(line) = lines.last_mut() {
                    line.push(inline);
                }
                continue;
            }
        };
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if part.is_empty() {
                continue;
            }
            let mut copy = inline.clone();
            if let Some(content) = copy.kind.content_mut() {
                *content = part;
            }
            if let Some(line) = lines.last_mut() {
                line.push(copy);
            }
        }
    }
    lines
}

/// Finds the attribution of a quotation: its last paragraph if that begins with a dash (and no other
/// does, which would be a dialogue) or stands whole in parentheses; or the last line of a verse likewise.
pub(in crate::document) fn attribute(mut blocks: Vec<Block>) -> Vec<Block> {
    let dialogue = blocks.iter().rev().skip(1).any(|b| match &b.kind {
        BlockKind::Paragraph(inlines) => begins_with_dash(&plain_text(inlines)),
        _ => false,
    });
    let several = blocks.len() > 1;
    let Some(last) = blocks.last_mut() else { return blocks };
    match &mut last.kind {
        BlockKind::Paragraph(inlines) if several => {
            let text = plain_text(inlines);
            if (begins_with_dash(&text) && !dialogue) || in_parentheses(&text) {
                last.kind = BlockKind::Attribution(std::mem::take(inlines));
            }
        }
        BlockKind::Verse(lines) => {
            let dashed = |line: &Vec<Inline>| begins_with_dash(&plain_text(line));
            let rest = lines.len().saturating_sub(1);
            if lines.last().is_some_and(dashed) && !lines[..rest].iter().any(dashed) && !dialogue {
                let Some(attribution) = lines.pop() else { return blocks };
                let place =
                    attribution.first().map_or(last.span, |i| Span { start: i.span.start, ..last.span });
                if lines.len() == 1 {
                    let line = lines.pop().unwrap_or_default();
                    last.kind = BlockKind::Paragraph(line);
                }
                blocks.push(Block::new(place, BlockKind::Attribution(attribution)));
            }
        }
        _ => {}
    }
    blocks
}

fn begins_with_dash(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['—', '–', '―']) || text.starts_with("--")
}

/// Whether the first parenthesis closes at the very end.
fn in_parentheses(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with('(') {
        return false;
    }
    let mut depth = 0_i64;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text[at + 1..].trim_start_matches('.').is_empty();
        }
    }
    false
}
