//! What a set page holds: placed items, nothing left to decide.
//!
//! Made by the typesetter, drawn by every back end. All places are in page space: origin at the top
//! left corner of the trimmed page, y down; text is placed by its baseline origin. Every item knows the
//! node of the document that it sets, or that it is furniture (an artefact).

use std::sync::Arc;

use crate::booklet::NamedPicture;
use crate::document::{NodeId, NoteId, Target};
use crate::face::{FaceId, Faces};
use crate::language::Language;
use crate::length::{Length, Point, Rect, Size};
use crate::picture::PictureId;

/// How far grounds and pictures reach over the trim, so that a cut a hair off shows no white, and how far outside it a
/// page may print where paper is left: the printers' custom.
pub const BLEED: Length = Length::mm(3);

/// The set booklet.
#[derive(Debug, Clone)]
pub struct Pages {
    /// In reading order, covers included: page 0 is the front cover, the last is the back cover.
    pub pages: Vec<Page>,
    /// The faces that runs refer to.
    pub faces: Arc<Faces>,
    /// The pictures that items refer to.
    pub pictures: Vec<NamedPicture>,
    /// Chapters and headings for bookmarks, in order; `level` 1 is the outermost.
    pub outline: Vec<OutlineEntry>,
    /// Whether the booklet is read from right to left.
    pub right_to_left: bool,
}

impl Pages {
    /// How wide each picture is where it is shown largest, in thousandths of an inch; 0 if it is not shown.
    pub fn picture_widths(&self) -> Vec<u64> {
        const INCH: i64 = 72 * Length::PER_POINT;
        let mut widths = vec![0; self.pictures.len()];
        for placed in self.pages.iter().flat_map(|page| &page.items) {
            if let Item::Picture { picture, size } = &placed.item
                && let Some(width) = widths.get_mut(picture.0 as usize)
            {
                *width = u64::try_from(size.width.0.saturating_mul(1000) / INCH).unwrap_or(0).max(*width);
            }
        }
        widths
    }
}

/// What the typesetter makes: all pages between the covers. [`Pages`] once the covers are around it.
#[derive(Debug, Clone)]
pub struct TextBlock {
    /// In reading order, beginning with the inside of the front cover.
    pub pages: Vec<Page>,
    /// Chapters and headings for bookmarks; their pages are counted from the first of these.
    pub outline: Vec<OutlineEntry>,
}

/// How many pages the covers add to a text block.
pub const COVERS: usize = 2;

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Plain words.
    pub title: String,
    /// 1 for a chapter (or a part of the front matter), deeper for headings. Never skips a level.
    pub level: u8,
    /// Index of the page.
    pub page: usize,
    /// Distance of its top from the top of the page.
    pub y: Length,
}

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The front cover.
    FrontCover,
    /// Title page, imprint, contents: numbered in roman, or not at all.
    Front,
    /// The text.
    Body,
    /// Left empty on purpose.
    Blank,
    /// The back cover.
    BackCover,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Trimmed size.
    pub size: Size,
    /// What it is for.
    pub kind: PageKind,
    /// Its number as printed or as a reader program shows it (`iv`, `12`); empty for none.
    pub label: String,
    /// What is on it, in reading order; furniture last.
    pub items: Vec<Placed>,
}

/// A number in lower-case roman figures, as pages before the text are labelled.
pub fn roman(mut number: usize) -> String {
    const VALUES: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, figures) in VALUES {
        while number >= value && text.len() < 64 {
            text.push_str(figures);
            number -= value;
        }
    }
    text
}

/// An item, where it is, and what it sets.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Baseline origin of text; top left corner of everything else.
    pub at: Point,
    /// Whom it belongs to.
    pub owner: Owner,
    /// What it is.
    pub item: Item,
}

impl Placed {
    /// The same elsewhere.
    #[must_use]
    pub fn moved(self, by: Point) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// Moves items all together.
pub fn translate(items: &mut [Placed], by: Point) {
    for placed in items {
        placed.at = placed.at + by;
    }
}

/// Whom an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A node of the document: the innermost element that holds the text (a paragraph, an emphasis, a
    /// link, a cell…).
    Node(NodeId),
    /// Rule, ground, ornament, repeated head of a table: furniture that a screen reader skips.
    Artefact,
    /// A running head: furniture too.
    Head,
    /// A folio: furniture too.
    Folio,
    /// Words around the document (cover, title page, imprint, contents, the heading of the notes), set in
    /// reading order.
    Matter(Matter),
}

impl Owner {
    /// Words around the document that have no place yet.
    pub const MATTER: Self = Self::Matter(Matter { part: MatterPart::Words, number: 0 });
}

/// Which paragraph of the words around the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter {
    /// What it is.
    pub part: MatterPart,
    /// Tells it from others on its page.
    pub number: u32,
}

/// What words around the document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterPart {
    /// A paragraph.
    Words,
    /// The heading of the contents or of the notes.
    Heading,
    /// An entry of the contents, with its folio.
    Entry,
}

/// Something to draw, or a place to link to.
#[derive(Debug, Clone)]
pub enum Item {
    /// Glyphs on one baseline.
    Run(Run),
    /// A filled rectangle: rules, strikes, underlines, grounds.
    Fill {
        /// Extent from the place.
        size: Size,
        /// Its colour.
        colour: Colour,
    },
    /// Straight lines through points: what diagrams are drawn with.
    Stroke(Stroke),
    /// A picture, scaled to the size; may reach over the trim into the bleed.
    Picture {
        /// Which.
        picture: PictureId,
        /// Extent from the place.
        size: Size,
    },
    /// A live area; `at` is its corner. Several may make one link when it runs over lines.
    Link {
        /// Extent from the place.
        size: Size,
        /// Where it goes.
        to: Destination,
    },
    /// A place that links go to; `at` is where the reader lands.
    Anchor(Destination),
}

/// Straight lines through points, with round ends and corners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// In order, from the item's place.
    pub points: Vec<Point>,
    /// Thickness of the lines; zero for none.
    pub width: Length,
    /// Whether the lines are dashed.
    pub dashed: bool,
    /// What the area that they enclose is filled with.
    pub fill: Option<Colour>,
}

/// The thinnest rule that every press prints.
const THINNEST: Length = Length(Length::PER_POINT / 4);

/// What is drawn of a filled rectangle with its top left corner at `at`: what is too thin to print is as
/// thick as a press needs, about its middle. None if it has no area.
pub fn printed(at: Point, size: Size) -> Option<Rect> {
    if size.width <= Length::ZERO || size.height <= Length::ZERO {
        return None;
    }
    let (width, height) = (size.width.max(THINNEST), size.height.max(THINNEST));
    Some(Rect::new(at.x - (width - size.width) / 2, at.y - (height - size.height) / 2, width, height))
}

/// A place in the booklet, or outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// Of the document: a URL, an anchor, a chapter.
    Target(Target),
    /// The text of a note.
    Note(NoteId),
    /// A mark of a note, by the mark's node.
    Mark(NodeId),
}

/// A colour of text and rules. All of the text is gray, so that no press counts it as colour; covers may
/// have one or two spot inks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// DeviceGray: 0 black, 255 white.
    Gray(u8),
    /// A spot ink, or what stands in its place where all is printed in black.
    Spot(Spot),
}

/// An ink beside black, solid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Which of the cover's spot inks: 0 or 1.
    pub ink: u8,
    /// What outputs in colour show, in sRGB. White is paper that the ink leaves free.
    pub rgb: [u8; 3],
    /// What a file in black ink alone prints in its place: chosen by the design, so that both are legible.
    pub gray: u8,
}

impl Colour {
    /// Solid black.
    pub const BLACK: Self = Self::Gray(0);
}

/// What pictures are shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Their own colours.
    Colour,
    /// Black alone.
    Black,
}

impl Ink {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Colour, Self::Black];
}

/// Glyphs of one face and size on one baseline, placed, with the text they set.
#[derive(Debug, Clone)]
pub struct Run {
    /// The face.
    pub face: FaceId,
    /// Type size.
    pub size: Length,
    /// Horizontal glyph scaling in 1/10000: 10000 is none. The glyphs' `x` already contains it.
    pub stretch: u16,
    /// Its colour.
    pub colour: Colour,
    /// In visual order, left to right.
    pub glyphs: Vec<Glyph>,
    /// The text in logical order, spaces between words included. What copying gives. A hyphen that the
    /// line breaker added stands as U+00AD.
    pub text: Box<str>,
    /// Pen position after the last glyph, from the run's origin.
    pub width: Length,
    /// Its language, if it is another than the booklet's.
    pub language: Option<Language>,
}

/// One glyph of a run. Positions are from the run's origin in 1/65536 point, like [`Length`], x to the
/// right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Glyph index in the face.
    pub id: u16,
    /// Where it is drawn.
    pub x: i32,
    /// Offset from the baseline (marks); down is positive.
    pub y: i32,
    /// Byte offset in the run's text of the first character it sets. Glyphs of one cluster share it;
    /// the cluster's text reaches to the next greater cluster.
    pub cluster: u32,
}
