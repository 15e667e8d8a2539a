//! Display type: where a title breaks, and how large it can be.
//!
//! Comes in: some words, a look, and the room that there is. Goes out: lines in the largest size at which
//! they fit, broken for sense as much as for shape: lines of equal length, no article or preposition left
//! at a line's end where it can be helped, a break after a comma rather than before one, no word divided.
//! Only a word that is too long for the measure in any decent size is hyphenated. Nothing is ever wider
//! or higher than its room: type becomes smaller until it fits.

use crate::length::Length;
use crate::typeset::frame::{Item, Owner};
use crate::typeset::inline::paragraph::Line;
use crate::typeset::inline::setter::Setter;
use crate::typeset::style::Style;

use super::division::{Division, Measured};
use super::look::{Look, MEASURED, Room, Set, empty, spaced};

/// Display type is never set in more lines.
const MOST_LINES: usize = 60;

/// Sets words as large as they fit.
pub(crate) fn fit(setter: &Setter<'_>, style: &Style, text: &str, look: &Look, room: &Room) -> Set {
    let text = spaced(text);
    let measured = Measured::new(setter, &text, look);
    let (rise, drop) = look.extent(style, &text, MEASURED);
    // What is measured and what is set differ by less than this.
    let measure = room.measure - room.measure / 400;
    let widest_word = measured.longest().max(Length(1));
    if MEASURED.scale(measure.0, widest_word.0) < room.least {
        return divided(setter, style, &text, look, room);
    }
    let height = |lines: usize| {
        let height = rise + drop + MEASURED.scale(look.leading, 100) * (lines as i64 - 1);
        MEASURED.scale(room.height.0.max(1), height.0.max(1)).min(room.most)
    };
    let mut best = None;
    // Where the lines that are allowed do not do, there may be more of them.
    for most in [room.lines, MOST_LINES] {
        best = largest(&measured, measure, most.min(measured.count()), height);
        if best.as_ref().is_some_and(|(size, _)| *size >= room.least) {
            break;
        }
    }
    let Some((size, division)) = best else { return empty(look) };
    let lines: Vec<String> = division.iter().map(|line| measured.line(line)).collect();
    let spec = look.spec(room.measure, size);
    let lines = setter.set_text(&lines.join("\n"), Owner::MATTER, &spec).lines;
    let (rise, drop) = look.extent(style, &text, size);
    Set { lines, size, leading: size.scale(look.leading, 100), rise, drop }
}

/// The division of at most so many lines that sets words largest and reads best, and their size; `height`
/// gives the largest size that so many lines allow.
///
/// Numbers of lines are tried from the one that promises most, and none that cannot do better than what is
/// found: a long text costs a few divisions and not one for every number.
fn largest(
    measured: &Measured<'_>,
    measure: Length,
    most: usize,
    height: impl Fn(usize) -> Length,
) -> Option<(Length, Division)> {
    // A title reads better in good lines than in large ones, up to a third.
    let worth = |size: Length, cost: i64| size.0 / 1000 * (3000 - cost.clamp(0, 1000));
    let size = |width: Length, lines: usize| MEASURED.scale(measure.0, width.0.max(1)).min(height(lines));
    let hope = |lines: usize| worth(size(measured.least_width(lines), lines), 0);
    let mut order: Vec<(i64, usize)> = (1..=most).map(|lines| (hope(lines), lines)).collect();
    order.sort_by_key(|(hope, lines)| (std::cmp::Reverse(*hope), *lines));
    let mut best: Option<(i64, usize, Length, Division)> = None;
    for (hope, lines) in order {
        if best.as_ref().is_some_and(|(known, ..)| hope < *known) {
            break;
        }
        let Some((division, cost)) = measured.division(lines) else { continue };
        let width = division.iter().map(|line| measured.width(line.start, line.end)).max();
        let width = width.unwrap_or_default();
        let size = size(width, lines);
        let worth = worth(size, cost);
        // Of two that are as good, the one in fewer lines.
        if best
            .as_ref()
            .is_none_or(|(known, count, ..)| worth > *known || (worth == *known && lines < *count))
        {
            best = Some((worth, lines, size, division));
        }
    }
    best.map(|(_, _, size, division)| (size, division))
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
