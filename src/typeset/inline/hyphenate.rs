//! Where words may be divided.
//!
//! Comes in: a word as it stands in the text, marks and all, and a language. Goes out: the byte offsets
//! where a hyphen may be put. Patterns come compiled in with `hypher`, which is named only here.
//!
//! What is left whole: words that hold a hyphen or a figure, capitals such as CNT, and pieces shorter
//! than five letters. At least two letters stay before the hyphen and three after it, more where the
//! language asks for more. An elided article (l’, qu’, dell’) stays with its word, which is divided as
//! if it stood alone.
//!
//! Before the patterns stand the words that the booklet itself divides ([`Exceptions`]): those are divided
//! just where it says, however short they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use hypher::Lang;

use crate::language::Language;

/// Patterns of one language.
pub type Patterns = Lang;

/// Words that a booklet divides by hand, by language.
#[derive(Debug, Clone, Default)]
pub struct Exceptions(Arc<Vec<(Language, DividedWords)>>);

/// Words in lower case, and after how many characters each may be divided.
pub type DividedWords = BTreeMap<String, Vec<usize>>;

impl Exceptions {
    /// From pairs of a language and a word whose hyphens say where it may be divided.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a Language, &'a str)>) -> Self {
        let mut lists: Vec<(Language, DividedWords)> = Vec::new();
        for (language, written) in words {
            let mut points = Vec::new();
            let mut count = 0;
            for c in written.chars() {
                if c == '-' {
                    points.push(count);
                } else {
                    count += 1;
                }
            }
            let word = written.replace('-', "").to_lowercase();
            let index = lists.iter().position(|(known, _)| known == language).unwrap_or_else(|| {
                lists.push((language.clone(), DividedWords::new()));
                lists.len() - 1
            });
            if let Some((_, words)) = lists.get_mut(index) {
                words.insert(word, points);
            }
        }
        Self(Arc::new(lists))
    }

    /// The words of a language: a list for `en` holds for `en-GB` too.
    pub fn of(&self, language: &Language) -> Option<&DividedWords> {
        self.0.iter().find(|(known, _)| known.covers(language)).map(|(_, words)| words)
    }
}

/// Longer words are addresses or accidents.
const LONGEST: usize = 60;

/// The patterns for a language; none for one that has none.
pub fn patterns(language: &Language) -> Option<Patterns> {
    let code = <[u8; 2]>::try_from(language.primary().as_bytes()).ok()?;
    // Norwegian goes by two names, and neither is the one that the patterns have.
    let code = if matches!(&code, b"nb" | b"nn") { *b"no" } else { code };
    Lang::from_iso(code).filter(|lang| lang.hyphenation_character().is_some())
}

/// Adds to `points` the offsets in `word` where it may be divided, rising.
pub fn points(word: &str, lang: Option<Patterns>, exceptions: Option<&DividedWords>, points: &mut Vec<u16>) {
    if let Some(words) = exceptions
        && by_hand(word, words, points)
    {
        return;
    }
    let Some(lang) = lang else { return };
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

/// Divides a word as the booklet says, if it says so of it, or of a part of it that a hyphen or an
/// apostrophe sets off. False if it says nothing.
fn by_hand(word: &str, words: &DividedWords, points: &mut Vec<u16>) -> bool {
    let mut known = false;
    let mut start = 0;
    for part in word.split(|c: char| !c.is_alphabetic() && !mark(c)) {
        if !part.is_empty()
            && let Some(own) = words.get(&part.to_lowercase())
        {
            known = true;
            let places = part.char_indices().enumerate().filter(|(count, _)| own.contains(count));
            points.extend(places.filter_map(|(_, (at, _))| u16::try_from(start + at).ok()));
        }
        start += part.len();
        start += word[start..].chars().next().map_or(0, char::len_utf8);
    }
    known
}

/// Combining marks belong to the letter before them.
fn mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str, language: &str) -> String {
        divided_with(word, language, &Exceptions::default())
    }

    fn divided_with(word: &str, language: &str, exceptions: &Exceptions) -> String {
        let (language, mut at) = (Language::from(language), Vec::new());
        points(word, patterns(&language), exceptions.of(&language), &mut at);
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
    fn words_that_the_booklet_divides_are_divided_its_way() {
        let (english, french) = (Language::from("en"), Language::from("fr"));
        let own = Exceptions::new([
            (&english, "anar-cho-syndicalism"),
            (&english, "revolutionary"),
            (&english, "on-ly"),
            (&french, "révo-lution"),
        ]);
        let of = |word: &str, language: &str| divided_with(word, language, &own);
        assert_eq!(of("“Anarchosyndicalism,”", "en-GB"), "“Anar·cho·syndicalism,”");
        assert_eq!(of("revolutionary", "en"), "revolutionary");
        assert_eq!(of("only", "en"), "on·ly");
        assert_eq!(of("l’Révolution", "fr"), "l’Révo·lution");
        assert_eq!(of("organisation", "en"), "or·gan·i·sa·tion", "all other words by the patterns");
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
