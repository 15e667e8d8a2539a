//! Where words may be divided.
//!
//! Comes in: a word as it stands in the text, marks and all, and a language. Goes out: the byte offsets
//! where a hyphen may be put. Patterns come compiled in with `hypher`, which is named only here.
//!
//! What is left whole: words that hold a hyphen or a figure, capitals such as CNT, and pieces shorter
//! than five letters. At least two letters stay before the hyphen and three after it, more where the
//! language asks for more. An elided article (l’, qu’, dell’) stays with its word, which is divided as
//! if it stood alone.

use hypher::Lang;

/// Patterns of one language.
pub type Patterns = Lang;

/// Longer words are addresses or accidents.
const LONGEST: usize = 60;

/// The patterns for a BCP 47 tag; none for a language that has none.
pub fn patterns(language: &str) -> Option<Patterns> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let code = <[u8; 2]>::try_from(primary.as_bytes()).ok()?;
    // Norwegian goes by two names, and neither is the one that the patterns have.
    let code = if matches!(&code, b"nb" | b"nn") { *b"no" } else { code };
    Lang::from_iso(code).filter(|lang| lang.hyphenation_character().is_some())
}

/// Adds to `points` the offsets in `word` where it may be divided, rising.
pub fn points(word: &str, lang: Patterns, points: &mut Vec<u16>) {
    if word.len() < 5 || word.len() > LONGEST * 4 {
        return;
    }
    let mut capitals = 0;
    let mut letters = 0;
    for c in word.chars() {
        if c.is_numeric() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/' | '@' | '_' | '\\') {
            return;
        }
        letters += usize::from(c.is_alphabetic());
        capitals += usize::from(c.is_uppercase());
    }
    if !(5..=LONGEST).contains(&letters) || capitals > 1 {
        return;
    }
    let (before, after) = lang.bounds();
    let mut start = 0;
    for part in word.split(|c: char| !c.is_alphabetic() && !mark(c)) {
        // The split took one character away, of whatever length.
        if part.chars().count() >= 5 {
            let mut at = start;
            for syllable in hypher::hyphenate_bounded(part, lang, before.max(2), after.max(3)) {
                at += syllable.len();
                if at < start + part.len()
                    && let Ok(point) = u16::try_from(at)
                {
                    points.push(point);
                }
            }
        }
        start += part.len();
        start += word[start..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Combining marks belong to the letter before them.
fn mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str, language: &str) -> String {
        let mut at = Vec::new();
        if let Some(lang) = patterns(language) {
            points(word, lang, &mut at);
        }
        let mut out = word.to_owned();
        for point in at.iter().rev() {
            out.insert(usize::from(*point), '·');
        }
        out
    }

    #[test]
    fn words_are_divided_by_the_rules_of_their_language() {
        assert_eq!(divided("revolutionary", "en"), "rev·o·lu·tion·ary");
        assert_eq!(divided("“organisation,”", "en-GB"), "“or·gan·i·sa·tion,”");
        assert_eq!(divided("l’anarchisme", "fr"), "l’anar·chisme");
        assert_eq!(divided("Freiheitskämpfer", "de"), "Frei·heits·kämp·fer");
        assert_eq!(divided("революция", "ru"), "ре·во·лю·ция");
    }

    #[test]
    fn what_must_stay_whole_does() {
        for word in ["CNT-FAI", "ORGANISATION", "well-organised", "the", "people2", "don’t", "a", ""] {
            assert_eq!(divided(word, "en"), word);
        }
        assert_eq!(divided("revolutionary", "xx"), "revolutionary");
    }

    #[test]
    fn two_letters_stay_before_and_three_after() {
        for word in ["about", "ability", "idea’s", "many", "really", "easily"] {
            for part in divided(word, "en").split('·').collect::<Vec<_>>().windows(2) {
                assert!(part[0].chars().count() >= 2 && part[1].chars().count() >= 3, "{word}");
            }
        }
    }
}
