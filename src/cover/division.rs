//! Where a title breaks: for every number of lines, the best division.
//!
//! Comes in: some words and a look. Goes out: pieces that do not break, measured, and which of them stand in
//! which line, with what is bad about that. All is computed in whole numbers, so that every machine breaks
//! a title at the same places.

use std::ops::Range;

use crate::length::Length;

use super::look::{Look, MEASURED};
use crate::typeset::inline::breaks::{self, Cut};
use crate::typeset::inline::setter::Setter;

/// What does not break, in order.
struct TitleWord<'t> {
    text: &'t str,
    /// Whether a space stands before it, unless it begins a line.
    spaced: bool,
    /// How bad it is that a line ends with it, in thousandths; what leans on the next word counts by itself.
    end: i64,
    /// Whether it is a word that leans on the one after it.
    weak: bool,
}

/// The lines of a title: of each the first piece, and the one after its last.
pub(crate) type Division = Vec<Range<usize>>;

/// A title cut into what does not break, measured.
pub(crate) struct Measured<'t> {
    pieces: Vec<TitleWord<'t>>,
    space: Length,
    /// Width of all the pieces before one, each with the space before it, at [`MEASURED`].
    widths: Vec<Length>,
    /// Letters of all the pieces before one.
    letters: Vec<usize>,
    /// The widest piece.
    longest: Length,
}

impl<'t> Measured<'t> {
    pub fn new(setter: &Setter<'_>, text: &'t str, look: &Look) -> Self {
        let spec = look.spec(Length::MAX, MEASURED);
        // Where all of it is in capitals they say nothing about a word.
        let uppercase = !text.chars().any(char::is_lowercase);
        let space = setter.width("n n", &spec) - setter.width("nn", &spec);
        let mut measured = Self {
            pieces: Vec::new(),
            space,
            widths: vec![Length::ZERO],
            letters: vec![0],
            longest: Length::ZERO,
        };
        let mut cuts: Vec<Cut> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            breaks::cuts(word, &mut cuts);
            let ends = cuts.iter().map(|cut| cut.at as usize).chain([word.len()]);
            let mut from = 0;
            for end in ends {
                let Some(text) = word.get(from..end).filter(|text| !text.is_empty()) else { continue };
                measured.add(text, setter.width(text, &spec), from == 0, uppercase);
                from = end;
            }
        }
        measured
    }

    fn add(&mut self, text: &'t str, width: Length, spaced: bool, uppercase: bool) {
        let before = (self.widths.last().copied().unwrap_or_default(), self.letters.last().copied());
        self.widths.push(before.0 + width + if spaced { self.space } else { Length::ZERO });
        self.letters.push(before.1.unwrap_or(0) + text.chars().count());
        self.longest = self.longest.max(width);
        let (end, weak) = match text.chars().next_back() {
            Some('.' | '!' | '?' | ':' | ';' | '…' | '—' | '–') => (-90, false),
            Some(',') => (-50, false),
            _ => (0, is_weak(text, uppercase)),
        };
        self.pieces.push(TitleWord { text, spaced, end, weak });
    }

    /// Width of a line of pieces.
    pub fn width(&self, from: usize, to: usize) -> Length {
        let led = self.pieces.get(from).is_some_and(|piece| piece.spaced && from < to);
        self.widths[to] - self.widths[from] - if led { self.space } else { Length::ZERO }
    }

    /// The widest piece.
    pub fn longest(&self) -> Length {
        self.longest
    }

    /// How many pieces there are.
    pub fn count(&self) -> usize {
        self.pieces.len()
    }

    /// The words of a line.
    pub fn line(&self, pieces: &Range<usize>) -> String {
        let mut line = String::new();
        for (index, piece) in self.pieces[pieces.clone()].iter().enumerate() {
            if index > 0 && piece.spaced {
                line.push(' ');
            }
            line.push_str(piece.text);
        }
        line
    }

    /// The widest line of any division into so many lines is no narrower than this.
    pub fn least_width(&self, lines: usize) -> Length {
        let lines = lines.max(1) as i64;
        let between = self.space.max(Length::ZERO) * (lines - 1);
        ((self.width(0, self.count()) - between) / lines - Length(1)).max(Length(1))
    }

    /// The best division into so many lines, and what is bad about it in thousandths. None where there are
    /// not so many pieces.
    pub fn division(&self, lines: usize) -> Option<(Division, i64)> {
        let count = self.pieces.len();
        if lines == 0 || lines > count {
            return None;
        }
        let total = self.width(0, count);
        let even = (total / lines as i64).max(Length(1));
        // By how many pieces are set in the lines so far: the least cost, and where the last line began.
        let mut costs: Vec<Option<i64>> = vec![None; count + 1];
        costs[0] = Some(0);
        let mut began = vec![vec![0_usize; count + 1]; lines];
        for (row, began) in began.iter_mut().enumerate() {
            let mut next: Vec<Option<i64>> = vec![None; count + 1];
            // Every line after this one has a piece at least, and the last line ends with the last piece.
            let most = count - (lines - 1 - row);
            let least = if row + 1 == lines { count } else { row + 1 };
            for to in least..=most {
                for from in (row..to).rev() {
                    let width = self.width(from, to);
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
        let cost = costs[count]?;
        let mut division = Vec::with_capacity(lines);
        let mut to = count;
        for began in began.iter().rev() {
            division.push(began[to]..to);
            to = began[to];
        }
        division.reverse();
        Some((division, cost / lines as i64))
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
            let piece = &self.pieces[to - 1];
            let split = !self.pieces[to].spaced && piece.text.ends_with(['-', '\u{2010}']);
            cost += match piece {
                _ if split => 500,
                TitleWord { weak: true, .. } if lines > 6 => 90,
                TitleWord { weak: true, .. } => 200,
                TitleWord { end, .. } => *end,
            };
        }
        if self.letters[to] - self.letters[from] <= 3 {
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
fn is_weak(word: &str, uppercase: bool) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = bare.chars().count();
    let numeral = bare.chars().any(|c| c.is_numeric());
    let acronym = !uppercase && letters > 1 && bare.chars().all(char::is_uppercase);
    (letters <= 3 && !numeral && !acronym) || WEAK.contains(&bare.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many words of three letters, each 150 wide, with spaces of 50.
    fn words(count: usize) -> Measured<'static> {
        let mut measured = Measured {
            pieces: Vec::new(),
            space: Length(50),
            widths: vec![Length::ZERO],
            letters: vec![0],
            longest: Length::ZERO,
        };
        for _ in 0..count {
            measured.add("wwww", Length(150), true, false);
        }
        measured
    }

    #[test]
    fn lines_are_of_like_length_and_hold_every_word() {
        for lines in 1..=12 {
            let (division, cost) = words(12).division(lines).expect("a division");
            assert_eq!(division.len(), lines);
            assert_eq!((division[0].start, division[lines - 1].end), (0, 12));
            assert!(division.windows(2).all(|pair| pair[0].end == pair[1].start && !pair[0].is_empty()));
            if 12 % lines == 0 {
                assert!(division.iter().all(|line| line.len() == 12 / lines), "{division:?}");
                assert!(cost < 100, "{cost}");
            }
        }
        assert!(words(12).division(13).is_none() && words(12).division(0).is_none());
    }

    #[test]
    fn no_division_is_narrower_than_the_least_width() {
        for count in [1, 2, 5, 13, 40] {
            let measured = words(count);
            for lines in 1..=count {
                let (division, _) = measured.division(lines).expect("a division");
                let widest = division.iter().map(|line| measured.width(line.start, line.end)).max();
                assert!(widest >= Some(measured.least_width(lines)), "{count} in {lines}");
            }
        }
    }
}
