//! The design of the pages, resolved: every measure that typesetting uses, as a length.
//!
//! Comes in: a [`Booklet`], whose manifest gives the page, the type size, the leading and some choices.
//! Goes out: a [`Style`] in which nothing is left to default. The text area is a whole number of lines
//! high, and everything that stands between lines is a multiple of the leading or rounded up to one, so
//! that the lines of both sides of a leaf lie on one grid.

use std::sync::Arc;

use crate::booklet::Booklet;
use crate::document::labels::Labels;
use crate::face::{FaceStyle, Faces, FamilyRole};
use crate::language::Language;
use crate::length::{Length, Point, Size};
use crate::manifest::{
    Canon, ChapterStart, Design, Headings, Indent, Margins, NotesPlace, Stress, Typography,
};

use super::inline::hyphenate::Exceptions;

/// Sizes of a kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSize {
    /// Type size.
    pub size: Length,
    /// Distance of baselines.
    pub leading: Length,
}

impl TextSize {
    /// Depth of the baseline in a line's box: the space around the type is shared evenly, where type is
    /// taken to reach 0.72 of its size above the baseline (ascenders and capitals) and 0.28 below.
    pub fn baseline(self) -> Length {
        (self.leading - self.size) / 2 + self.size.scale(72, 100)
    }
}

/// All measures of a design.
#[derive(Debug, Clone)]
pub struct Style {
    /// The faces.
    pub faces: Arc<Faces>,
    /// The language of the text.
    pub language: Language,
    /// Words that the booklet adds.
    pub labels: &'static Labels,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// Trimmed page.
    pub page: Size,
    /// Margins; the bottom one is what the whole lines of the text area leave.
    pub margins: Margins,
    /// Lines of text on a full page.
    pub lines: i64,
    /// The text.
    pub text: TextSize,
    /// Notes.
    pub note: TextSize,
    /// Running heads, folios, the imprint.
    pub small: TextSize,
    /// Tables.
    pub table: TextSize,
    /// Code.
    pub code: TextSize,
    /// Indent of a paragraph's first line.
    pub indent: Length,
    /// What lists and verse are set in by.
    pub step: Length,
    /// What quotations are set in by, on both sides.
    pub quote: Length,
    /// Least space between the text and the notes under it.
    pub clearance: Length,
    /// Thickness of a hairline.
    pub hairline: Length,
    /// Blank lines above a chapter's title that begins a page.
    pub sink: i64,
    /// Where chapters begin.
    pub chapter_start: ChapterStart,
    /// Where notes are printed.
    pub notes: NotesPlace,
    /// Whether a contents page is set.
    pub contents: bool,
    /// Whether a title page is set.
    pub title_page: bool,
    /// Whether pages carry running heads.
    pub running_heads: bool,
    /// Whether text is justified.
    pub justify: bool,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// How paragraphs are told apart.
    pub paragraphs: Indent,
    /// Space between letters, in thousandths of the type size.
    pub letter_space: i32,
    /// How stress is shown.
    pub stress: Stress,
    /// Words divided by hand.
    pub exceptions: Exceptions,
    /// Figures, capitals, ornaments.
    pub typography: Typography,
}

impl Style {
    /// The design of a booklet.
    pub fn new(booklet: &Booklet) -> Self {
        Self::of(booklet, &booklet.manifest.design)
    }

    /// A booklet in another design than its manifest says.
    pub fn of(booklet: &Booklet, design: &Design) -> Self {
        let page = design.page.value;
        let size = design.size.value.max(Length::pt(2));
        let text = TextSize { size, leading: design.leading.value.max(size) };
        let (margins, lines) = area(page, text, margins(design));
        let smaller = |size, leading| smaller(text, size, leading, design.smallest.min(text.size));
        let language = booklet.manifest.identity.language.clone();
        let words = design.typography.hyphenation.iter();
        let exceptions =
            Exceptions::new(words.map(|own| (own.language.as_ref().unwrap_or(&language), own.word.as_str())));
        Self {
            faces: Arc::clone(&booklet.faces),
            labels: Labels::of(&language),
            right_to_left: language.right_to_left(),
            language,
            page,
            margins,
            lines,
            text,
            note: smaller(81, 786),
            small: smaller(81, 857),
            table: smaller(90, 893),
            code: smaller(81, 857),
            indent: text.leading,
            step: text.leading,
            quote: text.leading.scale(12, 7),
            clearance: text.leading.scale(4, 7),
            hairline: Length::from_pt(0.4),
            sink: (lines / 9).min(4),
            chapter_start: design.chapter_start,
            notes: design.notes,
            contents: design.contents,
            title_page: design.title_page,
            running_heads: design.running_heads,
            justify: design.justify,
            hyphenate: design.hyphenate,
            paragraphs: design.indent,
            letter_space: i32::try_from(design.letter_space).unwrap_or(0),
            stress: design.stress,
            exceptions,
            typography: able(&design.typography, &booklet.faces),
        }
    }

    /// Width of the text area.
    pub fn measure(&self) -> Length {
        self.page.width - self.margins.inner - self.margins.outer
    }

    /// Height of the text area.
    pub fn height(&self) -> Length {
        self.text.leading * self.lines
    }

    /// Top left corner of the text area, on a recto or a verso.
    pub fn corner(&self, recto: bool) -> Point {
        let spine_left = recto != self.right_to_left;
        let x = if spine_left { self.margins.inner } else { self.margins.outer };
        Point::new(x, self.margins.top)
    }

    /// What subtitles and running heads are set in: italics, unless the design has none.
    pub fn slanted(&self) -> FaceStyle {
        FaceStyle { bold: false, italic: self.stress == Stress::Italic }
    }

    /// Where something begins, from the left edge of a room: it is `width` wide and stands `x` from the
    /// room's start edge, which is the right one where text runs from right to left.
    pub fn from_start(&self, room: Length, x: Length, width: Length) -> Length {
        if self.right_to_left { room - x - width } else { x }
    }
}

/// What the text's face can do of what is asked for: headings that need small capitals are bold in a
/// face that has none, since nothing else would tell them from text.
fn able(asked: &Typography, faces: &Faces) -> Typography {
    let mut typography = asked.clone();
    let face = faces.candidates(FamilyRole::Text, FaceStyle::default()).first().copied();
    if !face.is_some_and(|face| faces.get(face).replaces(b"smcp")) {
        typography.headings = Headings::Bold;
    }
    typography
}

/// Smaller text, in quarter points: size in hundredths of the text's, leading in thousandths; no smaller
/// than the design allows, and then with leading in the text's own proportion.
fn smaller(text: TextSize, size: i64, leading: i64, least: Length) -> TextSize {
    let quarter = Length::PER_POINT / 4;
    let round = |l: Length| Length((l.0 + quarter / 2) / quarter * quarter).max(Length(quarter));
    let wanted = round(text.size.scale(size, 100));
    let size = wanted.max(least);
    let leading = if size > wanted && least > Length::pt(6) {
        text.leading.scale(size.0, text.size.0.max(1))
    } else {
        text.leading.scale(leading, 1000)
    };
    TextSize { size, leading: round(leading).max(size) }
}

/// The design's margins, scaled to the page. Those of a classical page, by Tschichold's canon, are made
/// narrower at the spine than the canon asks, since a stapled booklet never opens flat; the foot is widest.
/// Where lines would become too long to read, the margins take what is too much.
fn canon(page: Size, text: TextSize, canon: Canon) -> Margins {
    let mut inner = page.width.scale(canon.inner, 148);
    let mut outer = page.width.scale(canon.outer, 148);
    let excess = page.width - inner - outer - text.size * canon.widest;
    if excess > Length::ZERO {
        inner += excess.scale(9, 20);
        outer += excess.scale(11, 20);
    }
    Margins {
        inner,
        outer,
        top: page.height.scale(canon.top, 210),
        bottom: page.height.scale(canon.bottom, 210),
    }
}

/// The margins that a design gives, or those of its canon, before the text area is made whole lines high.
pub(crate) fn margins(design: &Design) -> Margins {
    let text = TextSize { size: design.size.value, leading: design.leading.value };
    design.margins.as_ref().map_or_else(|| canon(design.page.value, text, design.canon), |given| given.value)
}

/// Margins that leave a text area of whole lines, and how many. Margins that leave no room are cut back.
pub(crate) fn area(page: Size, text: TextSize, margins: Margins) -> (Margins, i64) {
    let mut fit = margins;
    let narrowest = (text.size * 6).min(page.width);
    let too_wide = fit.inner + fit.outer + narrowest - page.width;
    if too_wide > Length::ZERO {
        let both = (fit.inner + fit.outer).max(Length(1));
        let left = page.width - narrowest;
        fit.inner = left.scale(fit.inner.0, both.0);
        fit.outer = left - fit.inner;
    }
    let least = text.leading * 6;
    if page.height - fit.top - fit.bottom < least {
        fit.top = ((page.height - least) / 2).max(Length::ZERO);
        fit.bottom = fit.top;
    }
    let room = page.height - fit.top - fit.bottom;
    // A hundredth of a line of grace: 168 mm are 34 lines of 14 pt and a little.
    let lines = ((room.0 + text.leading.0 / 100) / text.leading.0.max(1)).max(1);
    fit.bottom = page.height - fit.top - text.leading * lines;
    (fit, lines)
}
