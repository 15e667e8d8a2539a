//! Where a title breaks: for every number of lines, the best division.
//!
//! Comes in: some words and a look. Goes out: pieces that do not break, measured, and which of them stand in
//! which line, with what is bad about that. All reckoning is in whole numbers, so that every machine breaks
//! a title at the same places.

use crate::length::Length;

use super::super::breaks::{self, Cut};
use super::super::setter::Setter;
use super::title::{Look, MEASURED};

/// What does not break, in order.
struct Piece<'t> {
    text: &'t str,
    /// At [`MEASURED`].
    width: Length,
    /// Whether a space stands before it, unless it begins a line.
    spaced: bool,
}

/// The lines of a title: of each the first piece, and the one after its last.
pub(super) type Division = Vec<(usize, usize)>;

/// A title cut into what does not break, measured.
pub(super) struct Measured<'t> {
    pieces: Vec<Piece<'t>>,
    space: Length,
    /// Whether all of it is in capitals, so that they say nothing about a word.
    shouted: bool,
}

impl<'t> Measured<'t> {
    pub fn new(setter: &Setter<'_>, text: &'t str, look: &Look) -> Self {
        let spec = look.spec(Length::MAX, MEASURED);
        let mut pieces: Vec<Piece<'t>> = Vec::new();
        let mut cuts: Vec<Cut> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            breaks::cuts(word, &mut cuts);
            let ends = cuts.iter().map(|cut| cut.at as usize).chain([word.len()]);
            let mut from = 0;
            for end in ends {
                let Some(text) = word.get(from..end).filter(|text| !text.is_empty()) else { continue };
                pieces.push(Piece { text, width: setter.width(text, &spec), spaced: from == 0 });
                from = end;
            }
        }
        let space = setter.width("n n", &spec) - setter.width("nn", &spec);
        Self { pieces, space, shouted: !text.chars().any(char::is_lowercase) }
    }

    /// Width of a line of pieces.
    pub fn width(&self, from: usize, to: usize) -> Length {
        let mut width = Length::ZERO;
        for (index, piece) in self.pieces[from..to].iter().enumerate() {
            width += piece.width;
            if index > 0 && piece.spaced {
                width += self.space;
            }
        }
        width
    }

    /// The widest piece.
    pub fn longest(&self) -> Length {
        self.pieces.iter().map(|piece| piece.width).max().unwrap_or(Length::ZERO)
    }

    /// The words of a line.
    pub fn line(&self, (from, to): (usize, usize)) -> String {
        let mut line = String::new();
        for (index, piece) in self.pieces[from..to].iter().enumerate() {
            if index > 0 && piece.spaced {
                line.push(' ');
            }
            line.push_str(piece.text);
        }
        line
    }

    /// The best division into every number of lines up to `most`: for each its lines, and what is bad about
    /// them in thousandths.
    pub fn divisions(&self, most: usize) -> Vec<(Division, i64)> {
        let count = self.pieces.len();
        let total = self.width(0, count);
        let mut found = Vec::new();
        for lines in 1..=most.min(count) {
            let even = (total / lines as i64).max(Length(1));
            // By how many pieces are set in the lines so far: the least cost, and where the last line began.
            let mut costs: Vec<Option<i64>> = vec![None; count + 1];
            costs[0] = Some(0);
            let mut began = vec![vec![0_usize; count + 1]; lines];
            for (row, began) in began.iter_mut().enumerate() {
                let mut next: Vec<Option<i64>> = vec![None; count + 1];
                for to in row + 1..=count {
                    let mut width = Length::ZERO;
                    for from in (row..to).rev() {
                        width += self.pieces[from].width;
                        if from + 1 < to && self.pieces[from + 1].spaced {
                            width += self.space;
                        }
                        // Lines far longer than the others only make all of them smaller.
                        if width > even * 3 && from + 1 < to {
                            break;
                        }
                        let Some(before) = costs[from] else { continue };
                        let cost = before + self.cost(from, to, width, even, lines);
                        if next[to].is_none_or(|known| cost < known) {
                            next[to] = Some(cost);
                            began[to] = from;
                        }
                    }
                }
                costs = next;
            }
            let Some(cost) = costs[count] else { continue };
            let mut division = Vec::with_capacity(lines);
            let mut to = count;
            for began in began.iter().rev() {
                division.push((began[to], to));
                to = began[to];
            }
            division.reverse();
            found.push((division, cost / lines as i64));
        }
        found
    }

    /// What is bad about a line, in thousandths of one that is as long as it should be.
    fn cost(&self, from: usize, to: usize, width: Length, even: Length, lines: usize) -> i64 {
        let off = (width - even).0.abs().saturating_mul(1000) / even.0;
        let off = off.min(4000);
        let mut cost = off * off / 1000;
        if lines == 1 {
            return cost;
        }
        let last = to == self.pieces.len();
        if !last {
            let piece = self.pieces[to - 1].text;
            let split = !self.pieces[to].spaced && piece.ends_with(['-', '\u{2010}']);
            cost += match piece.chars().next_back() {
                _ if split => 500,
                Some('.' | '!' | '?' | ':' | ';' | '…' | '—' | '–') => -90,
                Some(',') => -50,
                _ if is_weak(piece, self.shouted) => {
                    if lines > 6 {
                        90
                    } else {
                        200
                    }
                }
                _ => 0,
            };
        }
        let letters: usize = self.pieces[from..to].iter().map(|p| p.text.chars().count()).sum();
        if letters <= 3 {
            cost += if last { 900 } else { 450 };
        }
        cost
    }
}

/// Articles, prepositions and the like, of more than three letters, that should not end a line.
const WEAK: [&str; 40] = [
    "from", "with", "into", "upon", "that", "this", "these", "those", "their", "your", "against", "between",
    "dans", "avec", "sans", "pour", "sous", "chez", "entre", "cette", "leur", "notre", "votre", "contre",
    "eine", "einer", "einem", "einen", "eines", "über", "unter", "nach", "oder", "durch", "gegen", "para",
    "como", "della", "delle", "degli",
];

/// Whether a word leans on the one after it.
fn is_weak(word: &str, shouted: bool) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = bare.chars().count();
    let numeral = bare.chars().any(|c| c.is_numeric());
    let acronym = !shouted && letters > 1 && bare.chars().all(char::is_uppercase);
    (letters <= 3 && !numeral && !acronym) || WEAK.contains(&bare.to_lowercase().as_str())
}
