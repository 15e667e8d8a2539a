//! Marks: numbers that change if and only if what is drawn does.
//!
//! Comes in: a page or a side. Goes out: 64 bits made of all that a back end draws of it: glyphs, places,
//! colours, the pixels of pictures, the faces themselves; and of the page's words. Node numbers, links and
//! anchors do not count: nobody sees them, and a word more in the first chapter moves them all. SipHash
//! with fixed keys, so equal pages have equal marks in every run of the program.

use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::face::FaceData;
use crate::impose::{PageRef, Side};
use crate::length::{Length, Point, Rect, Size};
use crate::picture::screen::Treatment;
use crate::picture::{Picture, Raster};
use crate::typeset::frame::{Ink, Item, Page, PageKind, Pages, Run};

/// What tells one state of a page or of a side from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub u64);

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Mark {
    /// Reads a mark as it is written: sixteen hexadecimal digits in lower case.
    pub fn read(text: &str) -> Option<Self> {
        let plain = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

/// Marks pages.
#[derive(Debug)]
pub(super) struct Marker {
    faces: Vec<u64>,
    pictures: Vec<u64>,
}

impl Marker {
    /// For pages that use these faces and pictures.
    pub(super) fn new(pages: &Pages) -> Self {
        let face = |data: &FaceData, name: &str| {
            of(|hasher| match data {
                // What is compiled in does not change.
                FaceData::Embedded(bytes) => (name, bytes.len()).hash(hasher),
                FaceData::Read(bytes) => bytes.hash(hasher),
            })
        };
        let faces = pages.faces.iter().map(|(_, f)| face(&f.data, &f.postscript_name)).collect();
        let pictures = pages.pictures.iter().map(|named| {
            of(|hasher| match &*named.picture {
                Picture::Raster(Raster { width, height, format, pixels, dpi: _, photographic: _ }) => {
                    (width, height, pixels).hash(hasher);
                    let _ = write!(Written(hasher), "{format:?}");
                }
                Picture::Drawing(drawing) => {
                    let _ = write!(Written(hasher), "{drawing:?}");
                }
            })
        });
        Self { faces, pictures: pictures.collect() }
    }

    /// The mark of a page.
    pub(super) fn page(&self, page: &Page) -> Mark {
        Mark(of(|hasher| {
            put_size(page.size, hasher);
            // A blank page has another name than an empty cover.
            (matches!(page.kind, PageKind::Blank), &page.label).hash(hasher);
            for placed in &page.items {
                let kind = match placed.item {
                    Item::Run(_) => 0_u8,
                    Item::Fill { .. } => 1,
                    Item::Stroke(_) => 2,
                    Item::Picture { .. } => 3,
                    Item::Link { .. } | Item::Anchor(_) => continue,
                };
                kind.hash(hasher);
                put_point(placed.at, hasher);
                match &placed.item {
                    Item::Run(run) => self.run(run, hasher),
                    Item::Fill { size, colour } => {
                        put_size(*size, hasher);
                        colour.hash(hasher);
                    }
                    Item::Stroke(stroke) => {
                        stroke.points.iter().for_each(|point| put_point(*point, hasher));
                        (stroke.width.0, stroke.dashed, stroke.fill).hash(hasher);
                    }
                    Item::Picture { picture, size } => {
                        self.pictures.get(picture.0 as usize).hash(hasher);
                        put_size(*size, hasher);
                    }
                    Item::Link { .. } | Item::Anchor(_) => {}
                }
            }
        }))
    }

    fn run(&self, run: &Run, hasher: &mut DefaultHasher) {
        (self.faces.get(usize::from(run.face.0)), run.size.0, run.stretch, run.colour, &run.text)
            .hash(hasher);
        for glyph in &run.glyphs {
            (glyph.id, glyph.x, glyph.y).hash(hasher);
        }
    }
}

/// The mark of a side that is printed like this, from those of the pages that it refers to.
pub(super) fn side(
    side: &Side,
    pages: impl Fn(PageRef) -> Option<Mark>,
    ink: Ink,
    pictures: Treatment,
) -> Mark {
    Mark(of(|hasher| {
        (matches!(ink, Ink::Colour), pictures).hash(hasher);
        put_size(side.size, hasher);
        for placed in &side.pages {
            pages(placed.page).hash(hasher);
            put_point(placed.at, hasher);
            put_size(placed.size, hasher);
            (placed.quarter_turns, placed.scale.0).hash(hasher);
            put_rect(placed.clip, hasher);
        }
        for line in &side.marks {
            put_point(line.from, hasher);
            put_point(line.to, hasher);
            (line.width.0, line.dashed).hash(hasher);
        }
    }))
}

/// Puts in what is written, as text.
struct Written<'h>(&'h mut DefaultHasher);

impl Write for Written<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

/// The hash of what is put in.
pub(super) fn of(put: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    put(&mut hasher);
    hasher.finish()
}

fn put_point(point: Point, hasher: &mut DefaultHasher) {
    let (Length(x), Length(y)) = (point.x, point.y);
    (x, y).hash(hasher);
}

fn put_size(size: Size, hasher: &mut DefaultHasher) {
    (size.width.0, size.height.0).hash(hasher);
}

fn put_rect(rect: Rect, hasher: &mut DefaultHasher) {
    put_point(rect.origin, hasher);
    put_size(rect.size, hasher);
}
