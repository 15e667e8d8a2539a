//! Display type: where a title breaks, and how large it can be.
//!
//! Comes in: some words, a look, and the room that there is. Goes out: lines in the largest size at which
//! they fit, broken for sense as much as for shape: lines of like length, no article or preposition left
//! at a line's end where it can be helped, a break after a comma rather than before one, no word divided.
//! Only a word that is too long for the measure in any decent size is hyphenated. Nothing is ever wider
//! or higher than its room: type becomes smaller until it fits.

use crate::face::{FaceStyle, FamilyRole};
use crate::length::Length;

use super::super::breaks::{self, Cut};
use super::super::frame::{Colour, Item, Owner};
use super::super::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use super::super::setter::Setter;
use super::super::style::Style;

/// How display type looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub face: FaceStyle,
    pub forms: Letterforms,
    /// Space between letters, in thousandths of the size.
    pub spacing: i32,
    pub align: Alignment,
    pub colour: Colour,
    /// Distance of baselines, in hundredths of the size.
    pub leading: i64,
}

/// Where display type may go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub measure: Length,
    pub height: Length,
    /// Smaller than this only if it cannot be helped.
    pub least: Length,
    pub most: Length,
    /// Lines at most, unless it cannot be helped.
    pub lines: usize,
}

/// Words in lines.
pub(super) struct Set {
    pub lines: Vec<Line>,
    pub size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// From the top of the capitals to the first baseline.
    pub rise: Length,
    /// From the last baseline to where nothing hangs lower.
    pub drop: Length,
}

impl Set {
    /// From the top of the first line's capitals to the foot of the last line's descenders.
    pub fn height(&self) -> Length {
        let between = (self.lines.len() as i64 - 1).max(0);
        if self.lines.is_empty() { Length::ZERO } else { self.rise + self.leading * between + self.drop }
    }
}

/// Type is measured at this size, and everything else is reckoned from it.
const MEASURED: Length = Length::pt(100);

impl Look {
    /// The look as the setter wants it.
    pub fn spec(&self, measure: Length, size: Length) -> ParagraphSpec {
        ParagraphSpec {
            measure,
            first_indent: Length::ZERO,
            hang: Length::ZERO,
            align: self.align,
            style: self.face,
            size,
            forms: self.forms,
            letter_space: self.spacing,
            hyphenate: false,
            colour: self.colour,
        }
    }

    /// How high capitals stand above the baseline, and how far type hangs under it, at a size.
    pub fn extent(&self, style: &Style, text: &str, size: Length) -> (Length, Length) {
        if text.chars().any(is_tall) {
            return (size.scale(88, 100), size.scale(32, 100));
        }
        let role = if self.forms.display { FamilyRole::Display } else { FamilyRole::Text };
        let face = style.faces.candidates(role, self.face).first().copied();
        let metrics = face.map(|face| style.faces.get(face).metrics).unwrap_or_default();
        let capitals = Length::from_units(metrics.cap_height.into(), metrics.upem.into(), size);
        let hangs = |c: char| c.is_lowercase() || ",;()[]{}QÇŞŢ„‚".contains(c);
        let drop = if text.chars().any(hangs) { size.scale(24, 100) } else { size.scale(3, 100) };
        (capitals.max(size / 2), drop)
    }
}

/// Letters of scripts that stand higher or hang lower than Latin capitals.
fn is_tall(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) > 0x52f && !matches!(u32::from(c), 0x1e00..=0x1fff)
}

/// What does not break, in order.
struct Piece<'t> {
    text: &'t str,
    /// At [`MEASURED`].
    width: Length,
    /// Whether a space stands before it, unless it begins a line.
    spaced: bool,
}

/// The lines of a title: of each the first piece, and the one after its last.
type Division = Vec<(usize, usize)>;

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
    fn width(&self, from: usize, to: usize) -> Length {
        let mut width = Length::ZERO;
        for (index, piece) in self.pieces[from..to].iter().enumerate() {
            width += piece.width;
            if index > 0 && piece.spaced {
                width += self.space;
            }
        }
        width
    }

    fn longest(&self) -> Length {
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

/// Sets words as large as they fit.
pub(super) fn fit(setter: &Setter<'_>, style: &Style, text: &str, look: &Look, room: &Room) -> Set {
    let text = text.split_whitespace_but_kept();
    let measured = Measured::new(setter, &text, look);
    let (rise, drop) = look.extent(style, &text, MEASURED);
    // What is measured and what is set differ by less than this.
    let measure = room.measure - room.measure / 400;
    let widest_word = measured.longest().max(Length(1));
    if MEASURED.scale(measure.0, widest_word.0) < room.least {
        return divided(setter, style, &text, look, room);
    }
    let mut best: Option<(i64, Length, Division)> = None;
    // Where the lines that are allowed do not do, there may be more of them.
    for most in [room.lines, 60] {
        for (division, cost) in measured.divisions(most) {
            let count = division.len() as i64;
            let width =
                division.iter().map(|(from, to)| measured.width(*from, *to)).max().unwrap_or_default();
            let by_width = MEASURED.scale(measure.0, width.0.max(1));
            let height = rise + drop + MEASURED.scale(look.leading, 100) * (count - 1);
            let by_height = MEASURED.scale(room.height.0.max(1), height.0.max(1));
            let size = by_width.min(by_height).min(room.most);
            // A title reads better in good lines than in large ones, up to a third.
            let worth = size.0 / 1000 * (3000 - cost.clamp(0, 1000));
            if best.as_ref().is_none_or(|(known, ..)| worth > *known) {
                best = Some((worth, size, division));
            }
        }
        if best.as_ref().is_some_and(|(_, size, _)| *size >= room.least) {
            break;
        }
    }
    let Some((_, size, division)) = best else { return empty(look) };
    let lines: Vec<String> = division.iter().map(|line| measured.line(*line)).collect();
    let spec = look.spec(room.measure, size);
    let lines = setter.set_text(&lines.join("\n"), Owner::MATTER, &spec).lines;
    let (rise, drop) = look.extent(style, &text, size);
    Set { lines, size, leading: size.scale(look.leading, 100), rise, drop }
}

/// Nothing.
pub(super) fn empty(look: &Look) -> Set {
    let leading = MEASURED.scale(look.leading, 100);
    Set { lines: Vec::new(), size: MEASURED, leading, rise: Length::ZERO, drop: Length::ZERO }
}

/// Sets words of which one is too long for the measure, divided at the ends of lines: as the language divides
/// them, or if it cannot, after every fourth letter.
fn divided(setter: &Setter<'_>, style: &Style, text: &str, look: &Look, room: &Room) -> Set {
    let softened: Vec<String> = text.split(' ').map(soften).collect();
    let softened = softened.join(" ");
    for (text, steps) in [(text, 16), (softened.as_str(), 80)] {
        let mut size = (room.least * 3 / 2).max(Length(1)).min(room.most);
        for _ in 0..steps {
            let mut spec = look.spec(room.measure, size);
            spec.hyphenate = true;
            let lines = setter.set_text(text, Owner::MATTER, &spec).lines;
            let (rise, drop) = look.extent(style, text, size);
            let set = Set { lines, size, leading: size.scale(look.leading, 100), rise, drop };
            let few = set.lines.len() <= room.lines + 2 || size <= room.least;
            // A line that had to be cut where nothing divides it has no hyphen.
            let whole = set.lines.iter().all(|line| line.width <= room.measure) && !cut(&set.lines, text);
            if few && whole && set.height() <= room.height {
                return set;
            }
            size = Length(size.scale(94, 100).0.max(1));
        }
    }
    empty(look)
}

/// Whether a line ends within a word and has no hyphen: the setter does that rather than leave the measure.
fn cut(lines: &[Line], text: &str) -> bool {
    let mut rest: &str = text;
    for line in lines {
        let runs = line.items.iter().filter_map(|placed| match &placed.item {
            Item::Run(run) => Some(&*run.text),
            _ => None,
        });
        for c in runs.flat_map(str::chars).filter(|c| !matches!(c, '\u{ad}' | ' ')) {
            let passed = rest.trim_start_matches(['\u{ad}', ' ']);
            // What stands in another order than it is read in is not followed.
            let Some(after) = passed.strip_prefix(c) else { return false };
            rest = after;
        }
        let within = rest.chars().next().is_some_and(char::is_alphabetic);
        if within && !line.hyphenated {
            return true;
        }
    }
    false
}

/// A word with soft hyphens, so that it can break after every fourth letter.
fn soften(word: &str) -> String {
    let mut out = String::new();
    let count = word.chars().count();
    for (index, c) in word.chars().enumerate() {
        let inside = index >= 4 && index + 3 <= count;
        if inside
            && index % 4 == 0
            && c.is_alphanumeric()
            && out.chars().next_back().is_some_and(char::is_alphanumeric)
        {
            out.push('\u{ad}');
        }
        out.push(c);
    }
    out
}

/// Words set so that every line fills the measure.
pub(super) struct Stack {
    /// Each with its size, and how far its baseline lies under the top of the stack.
    pub lines: Vec<(String, Length, Length)>,
    pub height: Length,
}

/// Stacks words in lines of one width, each as large as it then is. None where no such stack is handsome.
pub(super) fn stack(
    setter: &Setter<'_>,
    style: &Style,
    text: &str,
    look: &Look,
    room: &Room,
) -> Option<Stack> {
    let text = text.split_whitespace_but_kept();
    let measured = Measured::new(setter, &text, look);
    let measure = room.measure - room.measure / 400;
    let gap = room.measure / 34;
    let mut best: Option<(i64, Stack)> = None;
    for (division, cost) in measured.divisions(room.lines) {
        let size =
            |(from, to): &(usize, usize)| MEASURED.scale(measure.0, measured.width(*from, *to).0.max(1));
        let sizes: Vec<Length> = division.iter().map(size).collect();
        let (Some(least), Some(most)) = (sizes.iter().min().copied(), sizes.iter().max().copied()) else {
            continue;
        };
        let mut stack = Stack { lines: Vec::new(), height: Length::ZERO };
        let mut under = None;
        for (line, size) in division.iter().zip(sizes) {
            let line = measured.line(*line);
            let (rise, drop) = look.extent(style, &line, size);
            let over = over(&line, size);
            stack.height += under.map_or(over, |under| gap.max(under + over + gap / 4)) + rise;
            under = Some(hanging(&line, size, drop));
            stack.lines.push((line, size, stack.height));
        }
        stack.height += under.unwrap_or_default();
        if stack.height > room.height || least < room.least || most > room.most {
            continue;
        }
        // Large, well divided, and no line out of all proportion to the others.
        let worth = stack.height.scale(2000 - cost.clamp(0, 1000), 2000).scale(least.0 + most.0, most.0 * 2);
        if best.as_ref().is_none_or(|(known, _)| worth.0 > *known) {
            best = Some((worth.0, stack));
        }
    }
    best.map(|(_, stack)| stack)
}

/// How far an accent stands over a capital.
fn over(line: &str, size: Length) -> Length {
    const BARE: &str = "ÆØĐŁŒÇÐŞŢ";
    let accented = |c: char| {
        c.is_uppercase() && matches!(u32::from(c), 0xc0..=0x17f | 0x386..=0x38f | 0x401..=0x40f | 0x419)
    };
    if line.chars().any(|c| accented(c) && !BARE.contains(c)) { size / 5 } else { Length::ZERO }
}

/// How far a line hangs under its baseline: a comma less than a letter with a tail.
fn hanging(line: &str, size: Length, drop: Length) -> Length {
    let tailed = line.chars().any(|c| c.is_lowercase() || "QÇŞŢ()[]".contains(c) || is_tall(c));
    match (tailed, line.contains([',', ';'])) {
        (true, _) => drop,
        (false, true) => size.scale(15, 100),
        (false, false) => Length::ZERO,
    }
}

/// Text whose ordinary white space is single spaces; spaces that hold words together stay.
trait Spaced {
    fn split_whitespace_but_kept(&self) -> String;
}

impl Spaced for str {
    fn split_whitespace_but_kept(&self) -> String {
        let words = self.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }
}
