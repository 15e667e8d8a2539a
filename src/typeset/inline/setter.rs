//! The maker of lines: what the rest of the typesetter asks for set text.
//!
//! Comes in: inlines or plain text, and a [`ParagraphSpec`]. Goes out: lines. One [`Setter`] serves a
//! whole booklet, from many threads at once: each call borrows a workspace of its own (shaped words are
//! kept in it), and what comes out does not depend on which. What is found wrong is kept until
//! [`Setter::findings`] is called.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::booklet::NamedPicture;
use crate::diagnostic::codes::{T01, T02};
use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Inline, NodeId};
use crate::face::{FaceId, Faces, FamilyRole};
use crate::language::Language;
use crate::length::Length;
use crate::manifest::Stress;

use super::flat::{Context, Flat, SpanLook};
use super::hyphenate::Exceptions;
use super::itemise::{Items, PassageKind, TypeCase};
use super::line::Workshop;
use super::linebreak::{Breaker, Breaks, Broken, BrokenLine, Item, LOOSEST, LineRules};
use super::paragraph::{Alignment, Letterforms, Line, ParagraphSpec, Setting, Settings};
use super::shape::{Fonts, Shaper};
use crate::typeset::frame::Owner;

mod dropcap;
mod extent;

pub use dropcap::Drop;
pub use extent::Extent;

/// Sets text in the faces and the language of one booklet.
pub struct Setter<'a> {
    faces: &'a Faces,
    language: Language,
    exceptions: Exceptions,
    old_style: bool,
    widest_mark: OnceLock<(usize, Length)>,
    right_to_left: bool,
    pictures: &'a [NamedPicture],
    marks: &'a [String],
    stress: Stress,
    idle: Mutex<Vec<Workspace>>,
    found: Mutex<Faults>,
}

/// What one call works with.
struct Workspace {
    shaper: Shaper,
    items: Items,
    breaker: Breaker,
}

/// What was found wrong.
#[derive(Default)]
struct Faults {
    missing: BTreeMap<char, Option<Span>>,
    lines: Vec<Diagnostic>,
}

/// A heading of more lines is a paragraph, and set like one.
const MOST_LEVEL: usize = 6;

/// No line holds more characters.
const MOST_IN_A_LINE: usize = 2_000;

/// What is asked of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// The best one.
    Best,
    /// The best one, and those with a line more and a line fewer.
    Neighbours,
    /// Lines of equal length.
    Level,
}

/// How much worse a neighbour of the best setting may be, in demerits.
const NEIGHBOUR: i64 = 100_000;

impl<'a> Setter<'a> {
    /// For a booklet in a language. `marks` holds the printed mark of every note, by its id.
    pub fn new(
        faces: &'a Faces,
        language: &Language,
        pictures: &'a [NamedPicture],
        marks: &'a [String],
    ) -> Self {
        Self {
            faces,
            language: language.clone(),
            exceptions: Exceptions::default(),
            old_style: false,
            widest_mark: OnceLock::new(),
            right_to_left: language.right_to_left(),
            pictures,
            marks,
            stress: Stress::Italic,
            idle: Mutex::default(),
            found: Mutex::default(),
        }
    }

    /// The same, with stress shown otherwise than in italics.
    #[must_use]
    pub fn with_stress(self, stress: Stress) -> Self {
        Self { stress, ..self }
    }

    /// The same, with some words divided as the booklet says, and old-style figures in text if asked for.
    #[must_use]
    pub fn with_typography(self, exceptions: Exceptions, old_style: bool) -> Self {
        Self { exceptions, old_style, ..self }
    }

    /// Characters and width of the longest mark of a note; always measured in the same way.
    pub fn longest_mark(&self, spec: &ParagraphSpec) -> (usize, Length) {
        *self.widest_mark.get_or_init(|| {
            let length = |mark: &String| mark.chars().count();
            let most = self.marks.iter().map(length).max().unwrap_or(1);
            // Figures are all of one width, and of symbols there are only six.
            let longest = self.marks.iter().filter(|mark| length(mark) == most).take(6);
            let width = longest.map(|mark| self.width(mark, spec)).max();
            (most, width.unwrap_or(Length::ZERO))
        })
    }

    /// What text looks like before emphasis.
    fn base(&self, owner: Owner, spec: &ParagraphSpec) -> SpanLook {
        let old_style = (spec.forms.old_style || self.old_style) && !spec.forms.lining;
        let forms = Letterforms { old_style, ..spec.forms };
        SpanLook::base(owner, &ParagraphSpec { forms, ..*spec }, self.faces)
    }

    fn context(&self) -> Context<'a> {
        Context { faces: self.faces, marks: self.marks, pictures: self.pictures, stress: self.stress }
    }

    /// Sets a paragraph (heading, cell, caption, item …). Text that stands directly in it is owned by
    /// `owner`, all other by its innermost inline element.
    pub fn set(&self, inlines: &[Inline], owner: NodeId, spec: &ParagraphSpec) -> Settings {
        let mut flat = Flat::default();
        flat.inlines(inlines, self.base(Owner::Node(owner), spec), &self.context());
        flat.suit_capitals();
        let justified = spec.align == Alignment::Justify;
        self.settings(&flat, spec, if justified { Wish::Neighbours } else { Wish::Best })
    }

    /// Sets a heading: in as few lines as it needs, and those of equal length, so that no word is left
    /// alone in the last.
    pub fn set_level(&self, inlines: &[Inline], owner: NodeId, spec: &ParagraphSpec) -> Setting {
        let mut flat = Flat::default();
        flat.inlines(inlines, self.base(Owner::Node(owner), spec), &self.context());
        flat.suit_capitals();
        self.settings(&flat, spec, Wish::Level).best
    }

    /// Sets plain text that is not in the document as such: heads, folios, contents, title page. A line
    /// feed breaks the line.
    pub fn set_text(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        let mut flat = Flat::default();
        flat.plain(text, self.base(owner, spec));
        flat.suit_capitals();
        self.settings(&flat, spec, Wish::Best).best
    }

    /// Sets preformatted text: every line of it begins a line, spaces stay, and what is too long is
    /// turned, with `spec.hang` before what follows.
    pub fn set_code(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let spec = ParagraphSpec { align: Alignment::Start, hyphenate: false, ..*spec };
        let mut setting = Setting { lines: Vec::new(), demerits: 0 };
        for line in text.split('\n') {
            let mut flat = Flat::default();
            flat.verbatim(line, self.base(owner, &spec));
            let set = self.settings(&flat, &spec, Wish::Best).best;
            setting.demerits = setting.demerits.saturating_add(set.demerits);
            if set.lines.is_empty() {
                setting.lines.push(Line::default());
            }
            for (number, mut turned) in set.lines.into_iter().enumerate() {
                if number > 0 {
                    self.mark_turn(&mut turned, &spec);
                }
                setting.lines.push(turned);
            }
        }
        setting
    }

    /// Puts an arrow into the indent of a line of code that is the rest of the one above it.
    fn mark_turn(&self, line: &mut Line, spec: &ParagraphSpec) {
        const TURN: &str = "↪";
        let room = ParagraphSpec {
            measure: spec.hang - spec.size / 2,
            first_indent: Length::ZERO,
            hang: Length::ZERO,
            align: Alignment::End,
            ..*spec
        };
        let has = |face: &FaceId| self.faces.get(*face).has('↪');
        let faces = self.faces.candidates(FamilyRole::Code, spec.style);
        if self.right_to_left || self.width(TURN, &room) > room.measure || !faces.iter().any(has) {
            return;
        }
        let arrow = self.set_text(TURN, Owner::Artefact, &room).lines;
        line.items.splice(0..0, arrow.into_iter().flat_map(|arrow| arrow.items));
    }

    /// Width of a text on one line, as wide as it likes.
    pub fn width(&self, text: &str, spec: &ParagraphSpec) -> Length {
        let spec = ParagraphSpec { align: Alignment::Start, measure: Length::MAX, ..*spec };
        let mut flat = Flat::default();
        flat.plain(text, self.base(Owner::Artefact, &spec));
        flat.suit_capitals();
        self.work(|workspace, fonts| {
            let Workspace { shaper, items, .. } = workspace;
            let case = &mut TypeCase { spec: &spec, pictures: self.pictures, shaper, fonts };
            items.fill(&flat, self.right_to_left, case);
            let width = |item: &Item| match item {
                Item::Box { width, .. } | Item::Glue { width, .. } => Length(*width),
                Item::Penalty { .. } => Length::ZERO,
            };
            items.items.iter().map(width).sum()
        })
    }

    /// Sets a text on one line no wider than the measure: what does not fit is cut after a word and
    /// ends in an ellipsis. For running heads and contents.
    pub fn set_shortened(&self, text: &str, owner: Owner, spec: &ParagraphSpec) -> Setting {
        // No line holds more; what a long heading says after that need not be measured on every page.
        let end = text.char_indices().nth(MOST_IN_A_LINE).map(|(end, _)| end);
        let cut = end.and_then(|end| text.get(..end));
        let text = cut.unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let room = spec.measure - spec.first_indent;
        if cut.is_none() && self.width(&text, spec) <= room {
            return self.set_text(&text, owner, spec);
        }
        let shortened = |end: usize| {
            let kept = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
            format!("{kept}…")
        };
        let words: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        let fits = |end: &usize| self.width(&shortened(*end), spec) <= room;
        let count = words.partition_point(fits);
        if let Some(end) = count.checked_sub(1).map(|last| words[last]) {
            return self.set_text(&shortened(end), owner, spec);
        }
        let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let count = letters.partition_point(fits);
        self.set_text(&shortened(letters.get(count.max(1) - 1).copied().unwrap_or(0)), owner, spec)
    }

    /// Everything found wrong so far, in the order of the source: `T01` lines that no setting makes
    /// good, `T02` characters that no face has.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = found.lines.clone();
        all.extend(found.missing.iter().map(|(c, span)| missing(*c, *span)));
        let place = |d: &Diagnostic| d.span.map(|s| (s.source, s.start, s.end));
        all.sort_by(|a, b| (place(a), &a.message).cmp(&(place(b), &b.message)));
        // The same paragraph may have been set several times.
        all.dedup_by(|a, b| a.span == b.span && a.message == b.message);
        all
    }

    /// Begins again: nothing was found wrong so far.
    pub fn forget_findings(&self) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Faults::default();
    }

    /// Lends a workspace.
    fn work<R>(&self, job: impl FnOnce(&mut Workspace, &mut Fonts<'a>) -> R) -> R {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut workspace = idle.unwrap_or_else(|| Workspace {
            shaper: Shaper::new(&self.language, &self.exceptions),
            items: Items::default(),
            breaker: Breaker::default(),
        });
        let mut fonts = Fonts::new(self.faces);
        let result = job(&mut workspace, &mut fonts);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
        result
    }

    fn settings(&self, flat: &Flat<'_>, spec: &ParagraphSpec, wish: Wish) -> Settings {
        let nothing =
            Settings { best: Setting { lines: Vec::new(), demerits: 0 }, longer: None, shorter: None };
        if flat.text.is_empty() && flat.attributes.is_empty() {
            return nothing;
        }
        self.work(|workspace, fonts| {
            let Workspace { shaper, items, breaker } = workspace;
            let case = &mut TypeCase { spec, pictures: self.pictures, shaper, fonts };
            items.fill(flat, self.right_to_left, case);
            self.note_missing(items);
            if items.looks.is_empty() {
                return nothing;
            }
            let rules = LineRules {
                first: (spec.measure - spec.first_indent).0,
                rest: (spec.measure - spec.hang).0,
                ragged: ragged(spec),
                short: if spec.first_indent > Length::ZERO { (spec.first_indent + spec.size).0 } else { 0 },
                neighbours: wish == Wish::Neighbours,
            };
            let mut broken = breaker.breaks(&items.items, &rules);
            if wish == Wish::Level {
                broken = level(breaker, &items.items, &rules, broken);
            }
            self.note_bad_lines(&broken.best, flat, items, spec);
            let mut workshop = Workshop { flat, items, spec, shaper, fonts };
            let mut make = |breaks: &Breaks| Setting {
                lines: breaks.lines.iter().enumerate().map(|(n, line)| workshop.line(line, n == 0)).collect(),
                demerits: breaks.demerits,
            };
            let bound = broken.best.demerits.saturating_add(NEIGHBOUR);
            let good = |b: &Breaks| b.demerits <= bound && !b.lines.iter().any(|l| is_bad(l, spec));
            Settings {
                best: make(&broken.best),
                longer: broken.longer.filter(good).map(|b| make(&b)),
                shorter: broken.shorter.filter(good).map(|b| make(&b)),
            }
        })
    }

    fn note_missing(&self, items: &Items) {
        if items.missing.is_empty() {
            return;
        }
        let place = |span: &Option<Span>| span.map(|s| (s.source, s.start));
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for (c, span) in &items.missing {
            let known = found.missing.entry(*c).or_insert(*span);
            // The first place in the source, whichever thread comes first.
            if place(known).is_none() || place(span).is_some_and(|p| Some(p) < place(known)) {
                *known = *span;
            }
        }
    }

    fn note_bad_lines(&self, breaks: &Breaks, flat: &Flat<'_>, items: &Items, spec: &ParagraphSpec) {
        for (number, line) in breaks.lines.iter().enumerate().filter(|(_, line)| is_bad(line, spec)) {
            let start = items.parts[line.start].text;
            let span = flat.at(start).and_then(|a| a.source);
            // Text without a place is furniture: it is shortened to fit, and nobody can mend it in the source.
            if span.is_none() {
                continue;
            }
            let end = items.parts[line.end].text.max(start);
            let end = match items.parts[line.end].kind {
                PassageKind::Hyphen { .. } => {
                    flat.text[end as usize..].find(' ').map_or(flat.text.len(), |n| end as usize + n)
                }
                _ => end as usize,
            };
            let words = excerpt(flat.text.get(start as usize..end).unwrap_or_default());
            let what = if line.overfull { "is wider than the page allows" } else { "has wide gaps" };
            let message = format!("Line {} of a paragraph {what}: “{words}”", number + 1);
            let hint = if line.overfull {
                "Allow a break in the long word with a soft hyphen, or reword"
            } else {
                "Reword, allow hyphens, or set the text ragged"
            };
            let finding = Diagnostic::warning(T01, message).at_opt(span).hint(hint);
            self.found.lock().unwrap_or_else(PoisonError::into_inner).lines.push(finding);
        }
    }
}

/// The breaks on the narrowest measure that needs no more lines and lets none stick out.
fn level(breaker: &mut Breaker, items: &[Item], rules: &LineRules, broken: Broken) -> Broken {
    let count = broken.best.lines.len();
    if !(2..=MOST_LEVEL).contains(&count) || broken.best.lines.iter().any(|line| line.overfull) {
        return broken;
    }
    let mut best = broken;
    let (mut low, mut high) = (0, rules.first.min(rules.rest));
    for _ in 0..10 {
        let less = (low + high) / 2;
        let narrow = LineRules { first: rules.first - less, rest: rules.rest - less, ..*rules };
        let found = breaker.breaks(items, &narrow);
        if found.best.lines.len() == count && !found.best.lines.iter().any(|line| line.overfull) {
            (low, best) = (less, found);
        } else {
            high = less;
        }
    }
    best
}

/// The shortfall of a ragged line that counts as a whole stretch; none for justified lines.
fn ragged(spec: &ParagraphSpec) -> Option<i64> {
    (spec.align != Alignment::Justify)
        .then(|| Length(spec.size.0.saturating_mul(3)).min(Length(spec.measure.0 / 4)).0.max(1))
}

/// Whether a line is one to warn of.
fn is_bad(line: &BrokenLine, spec: &ParagraphSpec) -> bool {
    line.overfull || (spec.align == Alignment::Justify && !line.closed && line.ratio > LOOSEST)
}

/// The first and the last words of a line.
fn excerpt(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = match words.as_slice() {
        [a, b, .., y, z] if words.len() > 6 => format!("{a} {b} … {y} {z}"),
        _ => words.join(" "),
    };
    if whole.chars().count() <= 80 { whole } else { whole.chars().take(79).chain(['…']).collect() }
}

fn missing(c: char, span: Option<Span>) -> Diagnostic {
    let message = format!("No font has the character “{c}” (U+{:04X})", u32::from(c));
    let hint = "Name a font that has it in [design] font, after the first family: `font = [\"Libertinus Serif\", \"…\"]`";
    Diagnostic::warning(T02, message).at_opt(span).hint(hint)
}
