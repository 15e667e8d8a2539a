//! A paragraph whose first letter is as high as several lines.
//!
//! Comes in: the inlines of a chapter's first paragraph. Goes out: its lines. The letter is drawn so
//! large that its foot stands on the baseline of the last line beside it and its head is level with the
//! capitals of the first; punctuation that opens the paragraph keeps its size and hangs before it. The lines beside it are
//! broken in the narrower measure first; what is left of the paragraph is broken in the full one.

use std::ops::Range;

use crate::document::{Inline, NodeId};
use crate::face::FamilyRole;
use crate::length::{Length, Point};

use super::{NEIGHBOUR, Setter, Workspace, is_bad, ragged};
use crate::typeset::frame::{Owner, translate};
use crate::typeset::inline::flat::{Flat, SpanLook};
use crate::typeset::inline::itemise::{Items, TypeCase};
use crate::typeset::inline::line::Workshop;
use crate::typeset::inline::linebreak::{Breaks, BrokenLine, Item, LineRules};
use crate::typeset::inline::paragraph::{Alignment, ParagraphSpec, Setting, Settings};

/// How deep the letter goes.
#[derive(Debug, Clone, Copy)]
pub struct Drop {
    /// Lines beside it.
    pub lines: usize,
    /// Their distance.
    pub leading: Length,
}

/// White after the letter, in hundredths of the text's size.
const GAP: i64 = 22;

impl Setter<'_> {
    /// Sets a paragraph with a drop capital. None if it does not begin with a letter, or has too few
    /// lines, or the letter would take too much of them: then it is set like any other.
    pub fn set_dropped(
        &self,
        inlines: &[Inline],
        owner: NodeId,
        spec: &ParagraphSpec,
        drop: Drop,
    ) -> Option<Settings> {
        if self.right_to_left {
            return None;
        }
        let mut flat = Flat::default();
        let context = self.context();
        flat.inlines(inlines, self.base(Owner::Node(owner), spec), &context);
        let bytes = initial(&flat)?;
        let around = *flat.at(0)?;
        let face = self.faces.get(*self.faces.candidates(around.role, around.style).first()?);
        let (cap, upem) = (i64::from(face.metrics.cap_height), i64::from(face.metrics.upem));
        if cap <= 0 || upem <= 0 {
            return None;
        }
        let down = drop.leading * (drop.lines as i64 - 1);
        let size = (down + around.size.scale(cap, upem)).scale(upem, cap);
        let letter = flat.text[bytes.clone()].chars().next()?;
        let bearing = face.glyph(letter).map_or(0, |id| face.left_bearing(id));
        let bearing = Length::from_units(i64::from(bearing), upem, size);
        flat.enlarge(bytes.clone(), SpanLook { size, ..around });

        self.work(|workspace, fonts| {
            let Workspace { shaper, items, breaker } = workspace;
            let case = &mut TypeCase { spec, pictures: self.pictures, shaper, fonts };
            items.fill(&flat, false, case);
            let (opening, body, start) = begin(items, &bytes)?;
            let alone = ParagraphSpec {
                first_indent: Length::ZERO,
                hang: Length::ZERO,
                align: Alignment::Start,
                ..*spec
            };
            let mut workshop = Workshop { flat: &flat, items, spec: &alone, shaper, fonts };
            let mut piece = |start, end| {
                workshop.line(&BrokenLine { start, end, ratio: 0, overfull: false, closed: true }, true)
            };
            let (marks, letter) = (piece(0, opening), piece(opening, body));
            let width = letter.width - bearing + spec.size.scale(GAP, 100);
            if width > spec.measure / 3 {
                return None;
            }
            let beside = ParagraphSpec {
                measure: spec.measure - width,
                first_indent: Length::ZERO,
                hang: Length::ZERO,
                ..*spec
            };
            let rules = |spec: &ParagraphSpec, neighbours| LineRules {
                first: spec.measure.0,
                rest: spec.measure.0,
                ragged: ragged(spec),
                short: 0,
                neighbours,
            };
            let mut head = breaker.breaks(&items.items[start..], &rules(&beside, false)).best;
            if head.lines.len() < drop.lines {
                return None;
            }
            let rest = head.lines.get(drop.lines).map(|line| line.start + start);
            head.lines.truncate(drop.lines);
            shift(&mut head, start);
            let mut below = rest.map_or_else(Default::default, |at| {
                let full = ParagraphSpec { first_indent: Length::ZERO, ..*spec };
                let mut broken = breaker.breaks(&items.items[at..], &rules(&full, true));
                shift(&mut broken.best, at);
                broken.longer.iter_mut().chain(&mut broken.shorter).for_each(|b| shift(b, at));
                broken
            });
            if rest.is_some() && below.best.lines.is_empty() {
                return None;
            }
            self.note_missing(items);
            let all = head.lines.iter().chain(&below.best.lines).copied().collect();
            self.note_bad_lines(&Breaks { lines: all, demerits: 0 }, &flat, items, spec);
            let mut tops = Vec::new();
            let mut workshop = Workshop { flat: &flat, items, spec: &beside, shaper, fonts };
            for (number, line) in head.lines.iter().enumerate() {
                let mut line = workshop.line(line, false);
                translate(&mut line.items, Point::new(width, Length::ZERO));
                line.width += width;
                if number == 0 {
                    let letter = letter.clone().placed(Point::new(-bearing, down));
                    let left = Point::new(-marks.width, Length::ZERO);
                    let marks = marks.clone().placed(left);
                    line.items.splice(0..0, marks.chain(letter));
                }
                tops.push(line);
            }
            workshop.spec = spec;
            let mut make = |breaks: &Breaks| {
                let lines = breaks.lines.iter().map(|line| workshop.line(line, false));
                Setting {
                    lines: tops.iter().cloned().chain(lines).collect(),
                    demerits: head.demerits.saturating_add(breaks.demerits),
                }
            };
            let bound = below.best.demerits.saturating_add(NEIGHBOUR);
            let good = |b: &Breaks| b.demerits <= bound && !b.lines.iter().any(|l| is_bad(l, spec));
            Some(Settings {
                best: make(&below.best),
                longer: below.longer.take().filter(good).map(|b| make(&b)),
                shorter: below.shorter.take().filter(good).map(|b| make(&b)),
            })
        })
    }
}

/// The bytes of a text's first letter, which only punctuation stands before; none if it begins
/// otherwise, or if the letter is no plain text.
fn initial(flat: &Flat<'_>) -> Option<Range<usize>> {
    let attributes = flat.at(0)?;
    if attributes.role != FamilyRole::Text || attributes.mark.is_some() || attributes.link.is_some() {
        return None;
    }
    let opens = |c: char| {
        matches!(c, '“' | '„' | '«' | '‘' | '‚' | '‹' | '¿' | '¡' | '(' | '[' | '\u{a0}' | '\u{202f}')
    };
    let mut letters = flat.text.char_indices().skip_while(|(_, c)| opens(*c));
    let (at, letter) = letters.next()?;
    // Other scripts have no capitals to be level with.
    if !letter.is_uppercase() {
        return None;
    }
    let mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let marks: usize = letters.map(|(_, c)| c).take_while(mark).map(char::len_utf8).sum();
    let end = at + letter.len_utf8() + marks;
    let whole = flat.spans.get(1).is_none_or(|(start, _)| *start as usize >= end);
    (whole && end < flat.text.len()).then_some(at..end)
}

/// The letter's item, the item after it, and the first box after it.
fn begin(items: &Items, bytes: &Range<usize>) -> Option<(usize, usize, usize)> {
    let at = |byte: usize| items.parts.iter().position(|part| part.text as usize >= byte);
    let (opening, body) = (at(bytes.start)?, at(bytes.end)?);
    let first = items.items[body..].iter().position(|item| matches!(item, Item::Box { .. }))?;
    Some((opening, body, body + first))
}

/// Moves breaks to where their items stand in the whole paragraph.
fn shift(breaks: &mut Breaks, by: usize) {
    for line in &mut breaks.lines {
        line.start += by;
        line.end += by;
    }
}
