//! A slip: a small page of text and lines that is drawn by hand, so to speak, and not set from a document.
//!
//! Comes in: texts with a place, a measure and a size; lines, arrows, areas. Goes out: a [`Page`] that the
//! back end draws like every other.

use crate::face::FaceStyle;
use crate::length::{Length, Point, Size};
use crate::typeset::frame::{Colour, Item, Owner, Page, PageKind, Placed, Stroke};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use crate::typeset::inline::setter::Setter;

/// Lines that office printers draw evenly.
pub(super) const FINE: Length = Length(Length::PER_POINT / 2);
/// Lines that are to be seen first.
pub(super) const BOLD: Length = Length(Length::PER_POINT * 5 / 4);
/// A tint that a photocopier keeps.
pub(super) const TINT: Colour = Colour::Gray(232);

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlipLook {
    /// Type size.
    pub size: Length,
    /// Whether it is bold.
    pub bold: bool,
    /// Where it stands in its measure.
    pub align: Alignment,
    /// Its colour.
    pub colour: Colour,
}

impl SlipLook {
    /// Plain text of a size.
    pub fn of(size: Length) -> Self {
        Self { size, bold: false, align: Alignment::Start, colour: Colour::BLACK }
    }

    /// The same in bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same in the middle of its measure.
    pub fn centred(self) -> Self {
        Self { align: Alignment::Center, ..self }
    }

    /// The same in another colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    fn spec(self, measure: Length) -> ParagraphSpec {
        ParagraphSpec {
            measure,
            first_indent: Length::ZERO,
            hang: Length::ZERO,
            align: self.align,
            style: FaceStyle { bold: self.bold, italic: false },
            size: self.size,
            forms: Letterforms::default(),
            letter_space: 0,
            hyphenate: false,
            colour: self.colour,
        }
    }

    /// From line to line.
    fn leading(self) -> Length {
        self.size.scale(125, 100)
    }
}

/// A page being drawn. Places are from its upper left corner, y down.
pub(super) struct Slip<'s, 'a> {
    setter: &'s Setter<'a>,
    size: Size,
    items: Vec<Placed>,
}

impl<'s, 'a> Slip<'s, 'a> {
    /// An empty one.
    pub fn new(setter: &'s Setter<'a>, size: Size) -> Self {
        Self { setter, size, items: Vec::new() }
    }

    /// Its size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Sets a text from a height down, and says how high it is.
    pub fn text(&mut self, text: &str, at: Point, measure: Length, look: SlipLook) -> Length {
        let lines = self.setter.set_text(text, Owner::Artefact, &look.spec(measure)).lines;
        self.lines(lines, at, look)
    }

    /// Sets a text on one line, cut after a word if it is too long.
    pub fn one_line(&mut self, text: &str, at: Point, measure: Length, look: SlipLook) {
        let lines = self.setter.set_shortened(text, Owner::Artefact, &look.spec(measure)).lines;
        self.lines(lines, at, look);
    }

    /// How wide it would be on one line.
    pub fn width(&self, text: &str, look: SlipLook) -> Length {
        self.setter.width(text, &look.spec(Length::MAX))
    }

    fn lines(&mut self, lines: Vec<Line>, at: Point, look: SlipLook) -> Length {
        let mut y = at.y;
        for line in lines {
            // Type reaches about 0.72 of its size above the baseline.
            let to = Point::new(at.x, y + (look.leading() - look.size) / 2 + look.size.scale(72, 100));
            self.items.extend(line.placed(to));
            y += look.leading();
        }
        y - at.y
    }

    /// A rectangle without an outline.
    pub fn fill(&mut self, at: Point, size: Size, colour: Colour) {
        self.items.push(Placed { at, owner: Owner::Artefact, item: Item::Fill { size, colour } });
    }

    /// A line through points.
    pub fn line(&mut self, points: &[Point], width: Length, dashed: bool) {
        self.stroke(points, width, dashed, None);
    }

    /// An area within points, with its outline.
    pub fn area(&mut self, points: &[Point], fill: Colour, outline: Length) {
        let closed: Vec<Point> = points.iter().chain(points.first()).copied().collect();
        self.stroke(&closed, outline, false, Some(fill));
    }

    fn stroke(&mut self, points: &[Point], width: Length, dashed: bool, fill: Option<Colour>) {
        let stroke = Stroke { points: points.to_vec(), width, dashed, fill };
        let at = Point::default();
        self.items.push(Placed { at, owner: Owner::Artefact, item: Item::Stroke(stroke) });
    }

    /// The finished page.
    pub fn finish(self) -> Page {
        Page { size: self.size, kind: PageKind::Front, label: String::new(), items: self.items }
    }
}
