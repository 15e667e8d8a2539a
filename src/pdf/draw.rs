//! Pages → content streams: one for each page, whatever sheet it will lie on.
//!
//! Comes in: a page's items, in page space. Goes out: operators in a space of the same size with its
//! origin at the lower left corner. A reading PDF uses the stream as the page; a print PDF places the
//! very same stream on its sheets.
//!
//! This is also where marked content belongs: items come in reading order, each with its owner, so
//! that a change of owner is where one mark ends and the next begins.

use crate::length::{Length, Point, Size};
use crate::typeset::frame::{Colour, Item, Page};

use super::content::{Content, Milli};
use super::fonts::EmbeddedFace;
use super::text;
use super::usage::Glyphs;

/// What drawing needs to know beside the page.
pub(super) struct Tools<'p, 'a> {
    pub glyphs: &'p [Glyphs<'a>],
    /// By face id, like the glyphs.
    pub faces: &'p [Option<EmbeddedFace>],
    /// How many pictures there are.
    pub pictures: usize,
}

/// Draws a page.
pub(super) fn page(page: &Page, tools: &Tools<'_, '_>) -> Vec<u8> {
    let mut content = Content::new();
    let turned = |at: Point| Point::new(at.x, page.size.height - at.y);
    for placed in &page.items {
        let at = turned(placed.at);
        match &placed.item {
            Item::Run(run) => {
                let face = usize::from(run.face.0);
                if let (Some(glyphs), Some(Some(face))) = (tools.glyphs.get(face), tools.faces.get(face)) {
                    text::show(&mut content, run, at, &text::Setting { glyphs, face });
                }
            }
            Item::Fill { size, colour } => fill(&mut content, at, *size, *colour),
            Item::Picture { picture, size } => {
                let index = picture.0 as usize;
                if index < tools.pictures {
                    show_picture(&mut content, at, *size, index);
                }
            }
            Item::Link { .. } | Item::Anchor(_) => {}
        }
    }
    content.finish()
}

/// The lower left corner of a rectangle whose upper left corner is `at`, and its extent.
fn corners(at: Point, size: Size) -> Option<[Milli; 4]> {
    let visible = size.width > Length::ZERO && size.height > Length::ZERO;
    visible.then(|| [at.x, at.y - size.height, size.width, size.height].map(Milli::of))
}

fn fill(content: &mut Content, at: Point, size: Size, colour: Colour) {
    if let Some(rectangle) = corners(at, size) {
        content.end_text();
        content.colour(colour);
        content.operator(&rectangle, "re f");
    }
}

fn show_picture(content: &mut Content, at: Point, size: Size, index: usize) {
    if let Some([x, y, width, height]) = corners(at, size) {
        content.end_text();
        content.operator(&[], "q");
        content.operator(&[width, Milli(0), Milli(0), height, x, y], "cm");
        content.invoke(super::PICTURE, index);
        content.operator(&[], "Q");
    }
}
