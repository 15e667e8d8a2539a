//! Characters: what is cleaned away, and bare addresses that become links.
//!
//! Comes in: text as the parser delivers it, then the inlines of one element. Goes out: text in composed
//! form (NFC) without control characters, blank space folded, and `https://…` in running text as links.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::Span;
use crate::document::raw::{Inline, InlineKind};

/// Cleaned text, and whether something was in it that reorders text unseen.
pub(in crate::document) struct Clean<'a> {
    pub text: Cow<'a, str>,
    pub hostile: bool,
}

/// Takes out what has no place in running text: control characters, byte-order marks, zero-width spaces
/// and direction overrides. Joiners, direction marks and soft hyphens stay: words need them.
pub(in crate::document) fn clean(text: &str) -> Clean<'_> {
    if text.bytes().all(|b| b >= 0x20 && b != 0x7f && b < 0x80) {
        return Clean { text: text.into(), hostile: false };
    }
    let hostile = text.contains(overrides);
    let text = if text.contains(junk) {
        Cow::Owned(
            text.chars()
                .filter_map(|c| if c == '\t' { Some(' ') } else { (!junk(c)).then_some(c) })
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    };
    Clean { text, hostile }
}

fn overrides(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}')
}

fn junk(c: char) -> bool {
    c.is_control()
        || overrides(c)
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{2028}' | '\u{2029}')
}

/// Composes and folds the text of an element's own inlines, and turns bare addresses into links where
/// `linking` is allowed. `source` is the whole file, to find where an address stands.
pub(in crate::document) fn settle(inlines: &mut Vec<Inline>, source: &str, linking: bool) {
    for inline in inlines.iter_mut() {
        if let InlineKind::Text(text) = &mut inline.kind
            && is_nfc_quick(text.chars()) != IsNormalized::Yes
        {
            *text = text.nfc().collect();
        }
    }
    if linking && inlines.iter().any(|i| matches!(&i.kind, InlineKind::Text(t) if t.contains("://"))) {
        *inlines =
            std::mem::take(inlines).into_iter().flat_map(|inline| link_addresses(inline, source)).collect();
    }
    if inlines.iter().any(|i| matches!(&i.kind, InlineKind::Text(t) if t.contains(['^', '~']))) {
        *inlines = std::mem::take(inlines).into_iter().flat_map(|inline| raise(inline, source)).collect();
    }
}

/// `1^er^` and `H~2~O`: the parser knows these only at the borders of words. The raised part is short and
/// has no spaces.
fn raise(inline: Inline, source: &str) -> Vec<Inline> {
    const LONGEST: usize = 32;
    let InlineKind::Text(text) = &inline.kind else { return vec![inline] };
    let written = source.get(inline.span.start as usize..inline.span.end as usize).unwrap_or("");
    if !text.contains(['^', '~']) || written.contains("\\^") || written.contains("\\~") {
        return vec![inline];
    }
    let mut pieces = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['^', '~']) {
        let start = at + found;
        at = start + 1;
        let sign = if text.as_bytes()[start] == b'^' { '^' } else { '~' };
        let rest = &text[at..];
        let close =
            rest.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '^' | '~') || c.is_whitespace());
        let Some((length, c)) = close else { continue };
        if c != sign || length == 0 || rest[length + 1..].starts_with(sign) {
            continue;
        }
        let content = vec![Inline::new(inline.span, InlineKind::Text(rest[..length].to_owned()))];
        if start > done {
            pieces.push(Inline::new(inline.span, InlineKind::Text(text[done..start].to_owned())));
        }
        let kind =
            if sign == '^' { InlineKind::Superscript(content) } else { InlineKind::Subscript(content) };
        pieces.push(Inline::new(inline.span, kind));
        done = at + length + 1;
        at = done;
    }
    if done < text.len() {
        pieces.push(Inline::new(inline.span, InlineKind::Text(text[done..].to_owned())));
    }
    pieces
}

/// Letters of the longest character reference (`&CounterClockwiseContourIntegral;`), to a character.
const LONGEST_NAME: usize = 33;

/// The last border between characters that is not after a place.
fn floor(text: &str, place: usize) -> usize {
    let mut at = place.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn link_addresses(inline: Inline, source: &str) -> Vec<Inline> {
    let InlineKind::Text(text) = &inline.kind else { return vec![inline] };
    let written = source.get(inline.span.start as usize..inline.span.end as usize).unwrap_or("");
    let mut pieces = Vec::new();
    let (mut done, mut seen) = (0, 0);
    while let Some((start, end)) = next_address(text, done) {
        let address = &text[start..end];
        // In the source it is no nearer than here, and not much farther: the longest names of characters are of
        // some thirty letters. A search to the end for each would read a paragraph of addresses over and over.
        let reach = seen + (end - done) * LONGEST_NAME + LONGEST_NAME;
        let window = &written[seen..floor(written, reach)];
        let span = match window.find(address) {
            Some(at) => {
                let from = inline.span.start + Span::byte(seen + at);
                seen += at + address.len();
                Span { start: from, end: from + Span::byte(address.len()), ..inline.span }
            }
            None => {
                seen = floor(written, seen + (end - done));
                inline.span
            }
        };
        if start > done {
            let before = Span { end: span.start.max(inline.span.start), ..inline.span };
            pieces.push(Inline::new(before, InlineKind::Text(text[done..start].to_owned())));
        }
        let content = vec![Inline::new(span, InlineKind::Text(address.to_owned()))];
        pieces.push(Inline::new(span, InlineKind::Link { target: address.into(), content }));
        done = end;
    }
    if pieces.is_empty() {
        return vec![inline];
    }
    if done < text.len() {
        let after = pieces.last().map_or(inline.span.start, |p| p.span.end).min(inline.span.end);
        pieces.push(Inline::new(
            Span { start: after, ..inline.span },
            InlineKind::Text(text[done..].to_owned()),
        ));
    }
    pieces
}

/// The bytes of the next bare address at or after `from`.
fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let colon = at + text[at..].find("://")?;
        at = colon + 3;
        let scheme = ["https", "http"].into_iter().find(|s| {
            colon >= from + s.len()
                && text.is_char_boundary(colon - s.len())
                && text[colon - s.len()..colon].eq_ignore_ascii_case(s)
        });
        let Some(scheme) = scheme else { continue };
        let start = colon - scheme.len();
        if text[from..start].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let stop = text[at..]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '`'));
        let end = at + trim_end(&text[at..stop.map_or(text.len(), |s| at + s)]);
        if end > at {
            return Some((start, end));
        }
    }
}

/// How much of an address is its own: closing punctuation belongs to the sentence, and a closing bracket
/// too unless the address opened it.
fn trim_end(address: &str) -> usize {
    let mut end = address.len();
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address[..end].chars().next_back() {
        let drop = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | ']' | '}' | '\u{a0}' => true,
            ')' => closed > opened,
            _ => false,
        };
        if !drop {
            break;
        }
        if last == ')' {
            closed -= 1;
        }
        end -= last.len_utf8();
    }
    end
}
