//! Text that is not in the document: what title page, contents, cover and furniture are set with.

use std::ops::RangeInclusive;

use crate::face::FaceStyle;
use crate::length::{Length, Point};

use crate::typeset::frame::{Colour, Matter, MatterPart, Owner, Placed};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use crate::typeset::inline::setter::Setter;
use crate::typeset::style::{Style, TextSize};

/// Upright.
pub(crate) const PLAIN: FaceStyle = FaceStyle { bold: false, italic: false };
/// Bold.
pub(crate) const BOLD: FaceStyle = FaceStyle { bold: true, italic: false };

/// A look of such text: ragged, never hyphenated.
pub(crate) fn spec(measure: Length, size: Length, face: FaceStyle) -> ParagraphSpec {
    ParagraphSpec {
        measure,
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Start,
        style: face,
        size,
        forms: Letterforms::default(),
        letter_space: 0,
        hyphenate: false,
        colour: Colour::BLACK,
    }
}

/// A page being filled from some height down.
pub(crate) struct Leaf<'a> {
    pub setter: &'a Setter<'a>,
    pub style: &'a Style,
    /// Left edge of the text area.
    pub x: Length,
    /// Where the next line's box begins.
    pub y: Length,
    pub items: Vec<Placed>,
    /// What the words are that are placed next.
    pub part: MatterPart,
    /// The paragraph placed last.
    number: u32,
}

impl<'a> Leaf<'a> {
    /// An empty page.
    pub fn new(setter: &'a Setter<'a>, style: &'a Style, recto: bool) -> Self {
        let corner = style.corner(recto);
        let part = MatterPart::Words;
        Self { setter, style, x: corner.x, y: corner.y, items: Vec::new(), part, number: 0 }
    }

    /// Sets a text at the current height.
    pub fn text(&mut self, text: &str, owner: Owner, spec: &ParagraphSpec, leading: Length) {
        let lines = self.setter.set_text(text, owner, spec).lines;
        self.lines(lines, TextSize { size: spec.size, leading });
    }

    /// Sets a title at the current height, its lines of equal length.
    pub fn title(&mut self, text: &str, spec: &ParagraphSpec, leading: Length) {
        let narrow = balanced(self.setter, text, spec);
        let x = self.x;
        self.x += self.style.from_start(spec.measure, Length::ZERO, narrow.measure);
        self.text(text, Owner::MATTER, &narrow, leading);
        self.x = x;
    }

    /// Whom what is placed beside the last paragraph belongs to.
    pub fn owner(&self) -> Owner {
        Owner::Matter(Matter { part: self.part, number: self.number })
    }

    /// Places the lines of a paragraph at the current height.
    pub fn lines(&mut self, lines: Vec<Line>, size: TextSize) {
        self.number += 1;
        let owner = self.owner();
        for line in lines {
            let at = Point::new(self.x, self.y + size.baseline());
            self.items.extend(line.placed(at).map(|placed| match placed.owner {
                Owner::Matter(_) => Placed { owner, ..placed },
                _ => placed,
            }));
            self.y += size.leading;
        }
    }

    /// Moves down.
    pub fn skip(&mut self, by: Length) {
        self.y += by;
    }
}

/// Lines a text takes, without placing it.
pub(crate) fn count(setter: &Setter<'_>, text: &str, spec: &ParagraphSpec) -> i64 {
    setter.set_text(text, Owner::MATTER, spec).lines.len() as i64
}

/// The largest of some sizes, tried from the largest down in steps, at which a text takes at most `lines` lines
/// and no word is broken.
pub(crate) fn largest(
    setter: &Setter<'_>,
    text: &str,
    spec: &ParagraphSpec,
    sizes: RangeInclusive<Length>,
    lines: i64,
) -> Length {
    let longest = text.split_whitespace().max_by_key(|w| (w.chars().count(), *w)).unwrap_or("");
    let (least, most) = sizes.into_inner();
    let mut size = most;
    let step = ((most - least) / 16).max(Length(1));
    while size > least {
        let spec = ParagraphSpec { size, ..*spec };
        if setter.width(longest, &spec) <= spec.measure && count(setter, text, &spec) <= lines {
            return size;
        }
        size -= step;
    }
    least
}

/// The same look on a measure only as wide as needed for the same number of lines, so that the lines of a
/// title are of equal length and no word is left alone.
pub(crate) fn balanced(setter: &Setter<'_>, text: &str, spec: &ParagraphSpec) -> ParagraphSpec {
    let lines = count(setter, text, spec);
    let longest = text.split_whitespace().max_by_key(|w| (w.chars().count(), *w)).unwrap_or("");
    let mut low = setter.width(longest, spec).min(spec.measure);
    let mut high = spec.measure;
    if lines < 2 {
        return *spec;
    }
    for _ in 0..8 {
        let middle = (low + high) / 2;
        if count(setter, text, &ParagraphSpec { measure: middle, ..*spec }) > lines {
            low = middle;
        } else {
            high = middle;
        }
    }
    ParagraphSpec { measure: high, ..*spec }
}
