//! Which way text runs: the embedding level of every byte (UAX 9).
//!
//! Comes in: a text. Goes out: its levels, and that of its first paragraph. The rules look at a whole paragraph at
//! once, and marks of direction and brackets are looked for again from each other: what costs nothing in a
//! paragraph costs minutes in a book without an end of line. So longer ones are looked at in stretches, each
//! ended at a space before a letter of the paragraph's own direction, where no mark and no bracket is open. Neutral
//! characters there take the paragraph's direction whether what lies on the other side is seen or not, and numbers
//! that follow ask that letter.

use unicode_bidi::{BidiInfo, Direction, Level, get_base_direction};

use super::spaces::runs_right_to_left;

/// Bytes of a paragraph that are looked at together: some five pages.
const LONGEST: usize = 16_384;

/// The level of every byte of a text, and that of its first paragraph. None where all runs from left to right;
/// `right_to_left` is the direction of the booklet.
pub fn levels(text: &str, right_to_left: bool) -> Option<(Vec<Level>, Level)> {
    if !right_to_left && !text.chars().any(runs_right_to_left) {
        return None;
    }
    let base = right_to_left.then(Level::rtl);
    let mut levels = Vec::with_capacity(text.len());
    let mut first = None;
    for paragraph in parts(text) {
        let mut rest = paragraph;
        let mut own = base;
        if own.is_none() && rest.len() > LONGEST && get_base_direction(rest) == Direction::Rtl {
            own = Some(Level::rtl());
        }
        while !rest.is_empty() {
            let end =
                if rest.len() > LONGEST { stretch(rest, own == Some(Level::rtl())) } else { rest.len() };
            let (now, later) = rest.split_at(end);
            let info = BidiInfo::new(now, own);
            let level = info.paragraphs.first().map_or(Level::ltr(), |paragraph| paragraph.level);
            own = own.or(Some(level));
            first = first.or(Some(level));
            levels.extend_from_slice(&info.levels);
            rest = later;
        }
    }
    let first = first.unwrap_or(base.unwrap_or(Level::ltr()));
    Some((levels, first))
}

/// A text that is looked at as a whole, or, if it is long, its lines.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let whole = (text.len() <= LONGEST).then_some(text);
    let lines = whole.is_none().then(|| text.split_inclusive('\n'));
    whole.into_iter().chain(lines.into_iter().flatten())
}

/// Where the first stretch of a long paragraph ends.
fn stretch(text: &str, right_to_left: bool) -> usize {
    let own = |c: char| c.is_alphabetic() && runs_right_to_left(c) == right_to_left;
    let mut open = 0_u32;
    let (mut clean, mut space) = (None, None);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at >= LONGEST {
            return clean.or(space).unwrap_or(at);
        }
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' | '(' | '[' | '{' => {
                open += 1;
            }
            '\u{202c}' | '\u{2069}' | ')' | ']' | '}' => open = open.saturating_sub(1),
            ' ' if at >= LONGEST / 2 => {
                space = Some(at);
                let after = chars.peek().is_some_and(|(_, next)| own(*next));
                clean = if open == 0 && after { Some(at) } else { clean };
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, base: Option<Level>) -> Vec<Level> {
        BidiInfo::new(text, base).levels
    }

    #[test]
    fn text_from_left_to_right_has_no_levels() {
        assert_eq!(levels("All of it (12) runs one way.", false), None);
        assert!(levels("", true).is_some_and(|(levels, first)| levels.is_empty() && first == Level::rtl()));
    }

    #[test]
    fn a_long_paragraph_in_stretches_is_the_same_as_whole() {
        let mixed = "one (שלום עולם) two שלום עולם, 12 עולם three \u{2067}a ב\u{2069} end ".repeat(2000);
        assert!(mixed.len() > LONGEST * 4);
        let (found, first) = levels(&mixed, false).expect("levels");
        assert!(found == whole(&mixed, None) && first == Level::ltr());
        let (found, first) = levels(&mixed, true).expect("levels");
        assert!(found == whole(&mixed, Some(Level::rtl())) && first == Level::rtl());
        for end in ["\n", "", ", 7% ", " \u{2067}a ב\u{2069} "] {
            let hebrew = ["הוא (12, abc) אמר 3.5 שלום and, ", end].concat().repeat(3000);
            let (found, first) = levels(&hebrew, false).expect("levels");
            assert!(found == whole(&hebrew, None) && first == Level::rtl(), "{end:?}");
        }
    }

    #[test]
    fn no_stretch_is_longer_than_a_few_pages_whatever_the_text() {
        for piece in ["\u{2067}a\u{2069}", "\u{2067}", "א", "(א", "()", "\u{202b}a\u{202c} ", "א "] {
            let text = piece.repeat(100_000 / piece.len());
            let mut rest = text.as_str();
            while rest.len() > LONGEST {
                let end = stretch(rest, true);
                assert!((LONGEST / 2..LONGEST + 4).contains(&end), "{piece:?}: {end}");
                rest = &rest[end..];
            }
        }
    }
}
