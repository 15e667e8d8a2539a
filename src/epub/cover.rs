//! The cover where no picture is given, or where the title stands over one.
//!
//! Comes in: the document and its design. Goes out: a picture of 1600 by 2560 pixels, the shape and size
//! that shops and libraries ask for; they take no drawings in vectors. It is the booklet's own front cover,
//! set for a page of that shape.

use crate::cover::front_cover;
use crate::document::{Document, Front};
use crate::length::{Length, Size};
use crate::picture::{Picture, Raster, png};
use crate::raster;
use crate::typeset::frame::{Ink, Item, Pages};
use crate::typeset::style::Style;

use super::archive::File;
use super::pictures::QUALITY;

/// Pixels across and down.
const PIXELS: (i64, i64) = (1600, 2560);

/// A drawn cover.
#[derive(Debug, Clone)]
pub struct Cover(pub(super) File);

impl Cover {
    /// Draws the cover of a document, unless a picture is the cover as it is. None if no face has all the
    /// characters, too: boxes are no cover, and the typesetter has told what is missing.
    pub fn draw(document: &Document, style: &Style) -> Option<Self> {
        let given = document.cover.front.picture().and_then(|id| document.pictures.get(id.0 as usize));
        let drawn = given.is_some_and(|named| matches!(*named.picture, Picture::Drawing(_)));
        let titled = matches!(document.cover.front, Front::Picture { titled: true, .. });
        if style.faces.is_empty() || (given.is_some() && !titled && !drawn) {
            return None;
        }
        let (pages, resolution) = set(document, style);
        if !whole(&pages) {
            return None;
        }
        // A photograph under the words is best kept as one.
        let (bytes, name, media) = if shows_picture(&pages) {
            let picture = raster::page(&pages, 0, resolution, Ink::Colour);
            (picture.to_jpeg(QUALITY)?, "cover.jpg", "image/jpeg")
        } else {
            (raster::poster(&pages, 0, resolution, Ink::Colour), "cover.png", "image/png")
        };
        Some(Self(File { name: name.to_owned(), media, bytes }))
    }

    /// The front cover of any booklet in the same shape, as PNG.
    pub fn picture(document: &Document, style: &Style) -> Vec<u8> {
        let (pages, resolution) = set(document, style);
        if shows_picture(&pages) {
            return png(&Raster { dpi: None, ..raster::page(&pages, 0, resolution, Ink::Colour) });
        }
        raster::poster(&pages, 0, resolution, Ink::Colour)
    }
}

/// The front cover in the shape of the picture, and how many pixels an inch of it has. It is as wide as the
/// booklet, so that type and rules keep their proportions.
fn set(document: &Document, style: &Style) -> (Pages, f64) {
    let width = style.page.width.max(Length::pt(36));
    let size = Size::new(width, width.scale(PIXELS.1, PIXELS.0));
    (front_cover(document, style, size), PIXELS.0 as f64 / (width.to_pt() / 72.0))
}

/// Whether every character has a glyph.
fn whole(pages: &Pages) -> bool {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items.map(|placed| &placed.item).all(|item| match item {
        Item::Run(run) => run.glyphs.iter().all(|glyph| glyph.id != 0),
        _ => true,
    })
}

fn shows_picture(pages: &Pages) -> bool {
    let mut items = pages.pages.iter().flat_map(|page| &page.items);
    items.any(|placed| matches!(placed.item, Item::Picture { .. }))
}
