//! Where a line may break inside what has no space.
//!
//! Comes in: a text. Goes out: for a byte offset in it, whether a line may break there without adding a
//! hyphen, and what that costs. The rules of Unicode (UAX 14) say where breaks are possible; on top of
//! them stand the habits of book work: a dash stays with the word before it, a short piece is not cut off
//! at its hyphen, an address breaks before its points and after its slashes.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// A break without an added hyphen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Byte offset of what comes after it.
    pub at: u32,
    /// Demerits.
    pub cost: i64,
    /// Whether the line then ends in a hyphen that the text itself has.
    pub flagged: bool,
    /// Whether the line may then stay unfilled: an address has no spaces that could take up the rest.
    pub open: bool,
}

/// After a hyphen of the text's own.
const AT_HYPHEN: i64 = 14_000;
/// After a dash.
const AT_DASH: i64 = 800;
/// After a slash between words.
const AT_SLASH: i64 = 1_500;
/// Inside an address or a piece of code.
const IN_ADDRESS: i64 = 2_500;
/// Anywhere else that Unicode allows, such as between ideographs.
const ANYWHERE: i64 = 0;

/// All places in a text where a line may break between characters that are not spaces, rising.
pub fn cuts(text: &str, cuts: &mut Vec<Cut>) {
    cuts.clear();
    // Latin text without any of these has no breaks but at its spaces.
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b',' | b'\'' | b'"' | b';');
    if text.bytes().all(plain) {
        return;
    }
    for (at, kind) in linebreaks(text) {
        if kind == BreakOpportunity::Mandatory {
            continue;
        }
        let (before, after) = text.split_at(at);
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { continue };
        if let Some((cost, flagged)) = cut(before, last, next, after) {
            cuts.push(Cut { at: at as u32, cost, flagged, open: false });
        }
    }
}

fn cut(before: &str, last: char, next: char, after: &str) -> Option<(i64, bool)> {
    match (last, next) {
        // Spaces are glue, not cuts.
        (' ' | '\n', _) => None,
        // A dash opens no line unless a space stands before it.
        (_, '—' | '–' | '―' | '-' | '\u{2010}' | '…') => None,
        ('-' | '\u{2010}', _) => {
            let letters = |c: &char| c.is_alphabetic();
            let left = before.chars().rev().skip(1).take(2).filter(letters).count();
            let right = after.chars().take(3).filter(letters).count();
            (left >= 2 && right >= 3).then_some((AT_HYPHEN, true))
        }
        // A dash at the very start of a word opens speech or an aside.
        ('—' | '–' | '―', _) => {
            let mut earlier = before.chars().rev().skip(1);
            earlier.next().is_some_and(|c| !c.is_whitespace()).then_some((AT_DASH, false))
        }
        ('/', _) => Some((AT_SLASH, false)),
        _ if last.is_alphabetic() && next.is_alphabetic() => Some((ANYWHERE, false)),
        _ if u32::from(last) >= 0x2e80 || u32::from(next) >= 0x2e80 => Some((ANYWHERE, false)),
        ('\u{200b}' | '\u{2009}' | '\u{2003}', _) => Some((ANYWHERE, false)),
        _ => None,
    }
}

/// Whether a word is an address: it breaks by rules of its own and is never hyphenated.
pub fn is_address(word: &str) -> bool {
    word.contains("://")
        || word.starts_with("www.")
        || word.contains(".onion")
        || (word.contains('@') && word.contains('.') && word.len() > 5)
}

/// Where an address or a piece of code may break: after slashes and colons, before points and the like,
/// never within three characters of its ends. Offsets are from its start.
pub fn address_cuts(word: &str, cuts: &mut Vec<Cut>) {
    let mut previous = None;
    for (at, c) in word.char_indices() {
        let after_mark = matches!(previous, Some('/' | ':' | '\\')) && !matches!(c, '/' | ':' | '\\');
        let before_mark =
            matches!(c, '.' | '?' | '#' | '&' | '=' | '_' | '-' | '~' | '%' | '@' | '+' | ',' | '(')
                && previous.is_some_and(char::is_alphanumeric);
        if (after_mark || before_mark) && at >= 3 && word.len() - at >= 3 {
            cuts.push(Cut { at: at as u32, cost: IN_ADDRESS, flagged: false, open: true });
        }
        previous = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> String {
        let mut found = Vec::new();
        cuts(text, &mut found);
        let mut out = text.to_owned();
        for cut in found.iter().rev() {
            out.insert(cut.at as usize, '|');
        }
        out
    }

    #[test]
    fn words_break_after_their_own_hyphens_and_dashes() {
        assert_eq!(broken("a well-known one"), "a well-|known one");
        assert_eq!(broken("an e-mail, 2010-11"), "an e-mail, 2010-11");
        assert_eq!(broken("free—and equal"), "free—|and equal");
        assert_eq!(broken("—No —dijo"), "—No —dijo");
        assert_eq!(broken("workers/peasants"), "workers/|peasants");
        assert_eq!(broken("it is so!” (she"), "it is so!” (she");
    }

    #[test]
    fn ideographs_break_anywhere_but_before_their_marks() {
        assert_eq!(broken("自由平等。友愛"), "自|由|平|等。|友|愛");
    }

    #[test]
    fn addresses_break_at_their_joints() {
        let mut found = Vec::new();
        let word = "https://example.org/a-long/path";
        address_cuts(word, &mut found);
        let parts: Vec<_> = found.iter().map(|cut| &word[cut.at as usize..]).collect();
        assert_eq!(
            parts,
            ["example.org/a-long/path", ".org/a-long/path", "a-long/path", "-long/path", "path"]
        );
    }
}
