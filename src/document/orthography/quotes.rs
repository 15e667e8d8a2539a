//! Straight quotation marks and apostrophes become the language's own; spaces inside and outside of marks
//! are set right.

use super::language::{Marks, Rules};
use super::pairing::{self, Family, Reading, Token};
use super::stream::{BREAK, MARK, Sign, after, before, is_space, is_word};

/// A straight quotation mark without a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lone {
    /// The piece of text it stands in.
    pub piece: u32,
    /// How many straight double marks stand before it in that piece.
    pub ordinal: u32,
    /// Whether it opens (else it closes).
    pub opens: bool,
    /// Whether it is the first character of its paragraph.
    pub first: bool,
}

/// What stands in place of a mark.
#[derive(Debug, Clone, Copy)]
struct Set {
    at: usize,
    c: char,
    reading: Reading,
    /// Whether the spaces at its inner side are ours to set.
    trims: bool,
}

/// Sets every mark. `around` is a mark that is open already; returned last is the typographic mark that
/// is open at the end.
pub fn set(signs: Vec<Sign>, rules: &Rules, around: Option<char>) -> (Vec<Sign>, Vec<Lone>, Option<char>) {
    if !signs.iter().any(|g| is_mark(g.c)) {
        return (signs, Vec::new(), around);
    }
    let signs = apostrophes(signs, rules);
    let places: Vec<usize> =
        (0..signs.len()).filter(|&at| is_mark(signs[at].c) && !inside_word(&signs, at)).collect();
    let tokens: Vec<Token> = places.iter().map(|&at| token(&signs, at, rules)).collect();
    let readings = pairing::read(&tokens, around.map(|_| Family::SetDouble));
    let mut choice = Choice { signs: &signs, rules, sets: Vec::new(), lone: Vec::new(), stack: Vec::new() };
    if let Some(open) = around {
        choice.stack.push((Marks { open, close: partner(open, rules), space: None }, None));
    }
    choice.make(&places, &tokens, &readings);
    let open = match choice.stack.as_slice() {
        [(pair, index), ..] if index.is_none_or(|i| tokens[i].family == Family::SetDouble) => Some(pair.open),
        _ => None,
    };
    let (sets, lone) = (choice.sets, choice.lone);
    (write(&signs, &sets, rules), lone, open)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '‚' | '«' | '»' | '‹' | '›')
}

/// An apostrophe within a word is never a quotation mark.
fn inside_word(signs: &[Sign], at: usize) -> bool {
    signs[at].c == '’'
        && at > 0
        && signs[at - 1].c.is_alphanumeric()
        && signs.get(at + 1).is_some_and(|g| g.c.is_alphanumeric())
}

/// Apostrophes that no quotation can be: between letters, and after a word that elides (then a stray space
/// after it goes too: `l' Ouest`, `l' " Ouest "`).
fn apostrophes(signs: Vec<Sign>, rules: &Rules) -> Vec<Sign> {
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len());
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        at += 1;
        if !matches!(sign.c, '\'' | '’') {
            out.push(sign);
            continue;
        }
        let next = signs.get(at).map_or(BREAK, |g| g.c);
        let letter_before = out.last().is_some_and(|g| g.c.is_alphanumeric());
        let apostrophe = Sign { c: '’', ..sign };
        if letter_before && is_word(next) {
            out.push(apostrophe);
        } else if letter_before && elides(&out, rules) {
            let spaces = signs[at..].iter().take_while(|g| is_space(g.c)).count();
            let follows = signs.get(at + spaces).map_or(BREAK, |g| g.c);
            let joins = is_vowel(follows) || opens_quotation(follows, rules);
            out.push(if joins { apostrophe } else { sign });
            at += if joins { spaces } else { 0 };
        } else {
            out.push(sign);
        }
    }
    out
}

fn opens_quotation(c: char, rules: &Rules) -> bool {
    matches!(c, '"' | '\'') || (is_mark(c) && rules.direction(c) == Some(true))
}

fn is_vowel(c: char) -> bool {
    c.to_lowercase().next().is_some_and(|c| "aeiouyhàâäáéèêëìíîïòóôöùúûüœæ".contains(c))
}

/// Whether the text so far ends in a word that elides, and nothing opens a quotation before that word.
fn elides(out: &[Sign], rules: &Rules) -> bool {
    if rules.elisions.is_empty() {
        return false;
    }
    let length = out.iter().rev().take(9).take_while(|g| g.c.is_alphabetic()).count();
    let start = out.len() - length;
    if start > 0 && matches!(out[start - 1].c, '\'' | '‘' | '’') {
        return false;
    }
    let word: String = out[start..].iter().flat_map(|g| g.c.to_lowercase()).collect();
    rules.elisions.contains(&word.as_str())
}

/// What stands beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    Edge,
    Space,
    Word,
    Opening,
    Closing,
    Dash,
    Ellipsis,
    Apostrophe,
}

fn side(c: char, rules: &Rules) -> Neighbour {
    match c {
        BREAK => Neighbour::Edge,
        c if is_space(c) => Neighbour::Space,
        '(' | '[' | '{' | '¿' | '¡' | '/' => Neighbour::Opening,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => Neighbour::Closing,
        '–' | '—' | '-' | '―' => Neighbour::Dash,
        '…' => Neighbour::Ellipsis,
        '’' => Neighbour::Apostrophe,
        c => match rules.direction(c) {
            Some(true) => Neighbour::Opening,
            Some(false) => Neighbour::Closing,
            None => Neighbour::Word,
        },
    }
}

/// The neighbours of a mark, beyond other straight marks and the marks of notes.
fn sides(signs: &[Sign], at: usize, rules: &Rules) -> (char, char, Neighbour, Neighbour) {
    let skip = |c: char| matches!(c, '"' | '\'' | MARK);
    let left = signs[..at].iter().rev().take(8).map(|g| g.c).find(|c| !skip(*c)).unwrap_or(BREAK);
    let right = signs[at + 1..].iter().take(8).map(|g| g.c).find(|c| !skip(*c)).unwrap_or(BREAK);
    (left, right, side(left, rules), side(right, rules))
}

/// The cost of a reading that the neighbours rule out: more than any number of marks without a partner that
/// people leave in a paragraph, so that no mark is ever flipped to make others fit.
const CERTAIN: u32 = 40;

/// The cost of reading a mark as opening and as closing, by its neighbours alone.
fn evidence(signs: &[Sign], at: usize, rules: &Rules) -> (u32, u32) {
    use Neighbour::{Apostrophe, Closing, Dash, Edge, Ellipsis, Opening, Space, Word};
    let (_, _, left, right) = sides(signs, at, rules);
    match (left, right) {
        (Edge, Space) => (0, 8),
        (Space, Edge) => (8, 0),
        (Space, Space) => {
            let solid = |c: &char| !is_space(*c) && *c != MARK;
            let before = signs[..at].iter().rev().map(|g| g.c).find(solid).unwrap_or(BREAK);
            let after = signs[at + 1..].iter().map(|g| g.c).find(solid).unwrap_or(BREAK);
            match (before, after) {
                (':' | '(' | '’' | BREAK, _) => (0, 4),
                // In French a space stands before these too.
                (_, '?' | '!' | ';' | ':' | '.' | ',' | ')' | '»' | BREAK) => (6, 0),
                _ => (1, 1),
            }
        }
        (Edge, Edge) => (4, 4),
        (Edge, Closing) => (1, 8),
        (Space, Closing) => (6, 0),
        (Space, Dash) => (3, 1),
        (Edge | Space | Opening, _) => (0, CERTAIN),
        (Apostrophe, Space) => (1, 4),
        (Apostrophe, Edge | Closing) => (8, 0),
        (Apostrophe, _) => (0, 6),
        (Dash, Word | Opening | Apostrophe | Ellipsis) => (1, 5),
        (Dash, _) => (6, 1),
        (Ellipsis, Word | Opening) => (2, 2),
        (Word | Closing | Ellipsis, Space | Edge | Closing) => (CERTAIN, 0),
        (Word | Closing | Ellipsis, Dash | Ellipsis | Apostrophe) => (6, 1),
        (Word | Closing, Opening) => (5, 3),
        (Word | Closing, Word) => (4, 4),
    }
}

fn token(signs: &[Sign], at: usize, rules: &Rules) -> Token {
    let c = signs[at].c;
    let (open, close) = evidence(signs, at, rules);
    match c {
        '"' => Token { family: Family::Double, open: Some(open), close: Some(close), alone: 16 },
        '\'' => {
            let alone = apostrophe_cost(signs, at, rules, open, close);
            // A word that is known to begin with an apostrophe rarely begins a quotation.
            let open = if alone == 0 { open + 6 } else { open + 2 };
            Token { family: Family::Single, open: Some(open), close: Some(close), alone }
        }
        _ => {
            let family = match c {
                '‘' | '’' | '‚' | '‹' | '›' => Family::SetSingle,
                _ => Family::SetDouble,
            };
            let (open, close) = match rules.direction(c) {
                Some(true) => (Some(0), None),
                Some(false) => (None, Some(0)),
                None => (Some(open), Some(close)),
            };
            Token { family, open, close, alone: if c == '’' { 1 } else { 4 } }
        }
    }
}

/// The cost of reading a straight single mark as an apostrophe.
fn apostrophe_cost(signs: &[Sign], at: usize, rules: &Rules, open: u32, close: u32) -> u32 {
    let (left, right) = (before(signs, at), after(signs, at));
    let word = |from: usize| -> String {
        signs[from..]
            .iter()
            .take(7)
            .map(|g| g.c)
            .take_while(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect()
    };
    if is_space(left) && is_space(right) {
        return 0;
    }
    if open < close {
        let clipped = !is_word(left) && rules.clipped.contains(&word(at + 1).as_str());
        let decade = signs.get(at + 1..at + 3).is_some_and(|two| two.iter().all(|g| g.c.is_ascii_digit()))
            && !signs.get(at + 3).is_some_and(|g| g.c.is_ascii_digit());
        return if clipped || decade { 0 } else { 5 };
    }
    // After a word: the end of rock ’n’ roll, a possessive, a clipped ending.
    let clipped_both_sides =
        at >= 2 && matches!(signs[at - 1].c, 'n' | 'N') && matches!(signs[at - 2].c, '\'' | '’');
    if clipped_both_sides { 0 } else { 2 }
}

/// Turns readings into characters: the marks of each level by the language, never the same pair inside
/// itself.
struct Choice<'a> {
    signs: &'a [Sign],
    rules: &'a Rules,
    sets: Vec<Set>,
    lone: Vec<Lone>,
    /// What is open: its marks, and its index among the places (none for what was open before).
    stack: Vec<(Marks, Option<usize>)>,
}

impl Choice<'_> {
    fn make(&mut self, places: &[usize], tokens: &[Token], readings: &[Reading]) {
        let mut ordinals: Vec<u32> = Vec::with_capacity(places.len());
        let mut straight = (u32::MAX, 0_u32);
        for (index, ((&at, token), &reading)) in places.iter().zip(tokens).zip(readings).enumerate() {
            let sign = self.signs[at];
            if sign.c == '"' {
                straight = (sign.piece, if straight.0 == sign.piece { straight.1 + 1 } else { 0 });
            }
            ordinals.push(straight.1);
            let set = match reading {
                Reading::Opens => self.open(at, index, token.family),
                Reading::Closes => self.close(at, token.family),
                Reading::Alone => self.alone(at, straight.1, token.family),
            };
            self.sets.push(set);
        }
        for index in self.stack.iter().filter_map(|(_, index)| *index) {
            if tokens[index].family == Family::Double {
                let sign = self.signs[places[index]];
                let first = places[index] == 0;
                self.lone.push(Lone { piece: sign.piece, ordinal: ordinals[index], opens: true, first });
            }
        }
    }

    fn open(&mut self, at: usize, index: usize, family: Family) -> Set {
        let c = self.signs[at].c;
        let pair = match family {
            Family::Double | Family::Single => pair_for(family, &self.stack, self.rules),
            _ => Marks { open: c, close: partner(c, self.rules), space: None },
        };
        self.stack.push((pair, Some(index)));
        Set {
            at,
            c: pair.open,
            reading: Reading::Opens,
            trims: is_straight(family) || self.rules.direction(c).is_some(),
        }
    }

    fn close(&mut self, at: usize, family: Family) -> Set {
        let written = self.signs[at].c;
        let pair = self.stack.pop().map(|(pair, _)| pair);
        let c = if is_straight(family) {
            pair.map_or(self.rules.primary.close, |pair| pair.close)
        } else {
            written
        };
        // A typographic apostrophe looks the same, so it leaves the spaces alone.
        let trims = is_straight(family) || (written != '’' && self.rules.direction(written).is_some());
        Set { at, c, reading: Reading::Closes, trims }
    }

    /// An apostrophe, a sign for inches, or a mark without a partner.
    fn alone(&mut self, at: usize, ordinal: u32, family: Family) -> Set {
        let sign = self.signs[at];
        let still = |c| Set { at, c, reading: Reading::Alone, trims: false };
        match family {
            Family::Single => still('’'),
            Family::Double if at > 0 && self.signs[at - 1].c.is_ascii_digit() => still('″'),
            Family::Double => {
                self.lone.push(Lone { piece: sign.piece, ordinal, opens: false, first: false });
                Set { at, c: self.rules.primary.close, reading: Reading::Closes, trims: true }
            }
            Family::SetDouble | Family::SetSingle => match self.rules.direction(sign.c) {
                Some(opens) if sign.c != '’' => {
                    let reading = if opens { Reading::Opens } else { Reading::Closes };
                    Set { at, c: sign.c, reading, trims: true }
                }
                _ => still(sign.c),
            },
        }
    }
}

fn is_straight(family: Family) -> bool {
    matches!(family, Family::Double | Family::Single)
}

fn pair_for(family: Family, stack: &[(Marks, Option<usize>)], rules: &Rules) -> Marks {
    let inner = stack.len() % 2 == 1;
    let around = stack.last().map(|(pair, _)| pair.open);
    let wish = match (family, inner) {
        (Family::Single, false) => rules.single,
        (_, true) => rules.secondary,
        _ => rules.primary,
    };
    if around == Some(wish.open) {
        if wish.open == rules.primary.open { rules.secondary } else { rules.primary }
    } else {
        wish
    }
}

/// The mark that closes what this one opens.
fn partner(open: char, rules: &Rules) -> char {
    for pair in [rules.primary, rules.secondary, rules.single] {
        if pair.open == open {
            return pair.close;
        }
    }
    match open {
        '“' | '„' => '”',
        '‘' | '‚' => '’',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        c => c,
    }
}

/// Writes the marks, with the language's spaces at their inner sides.
fn write(signs: &[Sign], sets: &[Set], rules: &Rules) -> Vec<Sign> {
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len() + sets.len());
    let mut sets = sets.iter().peekable();
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        let Some(set) = sets.next_if(|set| set.at == at) else {
            out.push(sign);
            at += 1;
            continue;
        };
        at += 1;
        let mark = Sign { c: set.c, ..sign };
        let space = rules.space_inside(set.c).map(|c| Sign { c, ..sign });
        match set.reading {
            Reading::Opens if set.trims => {
                out.push(mark);
                while signs.get(at).is_some_and(|g| is_space(g.c)) {
                    at += 1;
                }
                if signs.get(at).is_some_and(|g| g.c != BREAK) {
                    out.extend(space);
                }
            }
            Reading::Closes if set.trims => {
                while out.last().is_some_and(|g| is_space(g.c)) {
                    out.pop();
                }
                if out.last().is_some_and(|g| g.c != BREAK) {
                    out.extend(space);
                }
                out.push(mark);
            }
            _ => out.push(mark),
        }
    }
    out
}
