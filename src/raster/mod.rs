//! `Pages` and `Sheets` → pictures of them.
//!
//! Comes in: set pages, or the sheets that they lie on, and how many pixels an inch has. Goes out: a
//! [`Picture`] of one page or one side, drawn from the same items that the PDF draws, so that both look
//! alike. `draw.rs` goes through the items, `space.rs` says where lengths lie among pixels, `fill.rs`
//! turns outlines into covered pixels, `stroke.rs` lines into outlines, `canvas.rs` blends, `picture.rs`
//! scales pictures. `contact.rs` puts several of them on one. Equal pages are equal pixels on every machine, whatever the threads.
//!
//! Drawings on a page are filled by `tiny_skia` (`picture/paint.rs`), all else by `fill.rs`: both stay, since neither
//! does the other's work as well. Pages whose outlines went through masks of `tiny_skia`, which takes four fine lines
//! a row, took 2.1 times as long, and lay further from what poppler renders (on 157 pages and sides, 0.36 ‰ of pixels
//! off and not 0.27 ‰, and one page beyond the bound of `tests/conformance/raster.py`); and its canvas has four samples
//! a pixel, where type needs one, and posters the number of a colour. The other way, `fill.rs` would need what
//! drawings have and pages have not: gradients, areas cut to others, groups with opacity, the even-odd rule, joins,
//! caps and dashes of every kind; that is `tiny_skia` written again.

use crate::booklet::NamedPicture;
use crate::impose::Sheets;
use crate::length::{Point, Size};
use crate::picture::screen::{Treatment, printed};
use crate::picture::{Picture, Raster, png};
use crate::typeset::frame::{Ink, Page, Pages};

mod arrange;
mod canvas;
mod contact;
mod draw;
pub mod fill;
mod picture;
mod samples;
mod space;
mod stroke;
mod table;
mod tints;

pub use contact::{Handling, contact};

use canvas::Canvas;
use draw::Drawing;
use space::Space;

/// Most pixels of a picture: an A3 sheet at 430 pixels an inch. What would have more is drawn with fewer
/// pixels an inch.
pub const MOST_PIXELS: u64 = 36_000_000;

/// A page as the reading PDF shows it, trimmed. `pixels_per_inch` is lowered where the picture would have
/// more than [`MOST_PIXELS`]; the picture says what it is. The picture is gray if nothing on the page has
/// a colour in this ink. A page that does not exist is a white pixel.
pub fn page(pages: &Pages, index: usize, pixels_per_inch: f64, ink: Ink) -> Raster {
    let Some(page) = pages.pages.get(index) else { return Raster::white(1, 1, None) };
    let (space, [width, height]) = ground(page.size, pixels_per_inch);
    let canvas = Canvas::new(width, height, draw::coloured(page, pages, ink));
    drawn(page, pages, canvas, space, ink).finish(space.resolution())
}

/// A page without pictures as a PNG file that packs well: it has few colours, and the edges of each eight
/// tones. Otherwise like [`page`].
pub fn poster(pages: &Pages, index: usize, pixels_per_inch: f64, ink: Ink) -> Vec<u8> {
    let Some(page) = pages.pages.get(index) else { return png(&Raster::white(1, 1, None)) };
    let (space, [width, height]) = ground(page.size, pixels_per_inch);
    drawn(page, pages, Canvas::flat(width, height), space, ink).png()
}

fn drawn<'a>(page: &Page, pages: &'a Pages, canvas: Canvas, space: Space, ink: Ink) -> Drawing<'a> {
    let clip = canvas.clip();
    let mut drawing = Drawing::new(canvas, pages, ink);
    drawing.page(page, space, clip);
    drawing
}

/// The same pages with their pictures as a printer gets them.
pub fn treated(pages: &Pages, treatment: Treatment) -> Pages {
    let one = |(named, width): (&NamedPicture, u64)| {
        let mut named = named.clone();
        if let Picture::Raster(raster) = &*named.picture {
            named.picture = Picture::Raster(printed(raster, width, treatment)).into();
        }
        named
    };
    let pictures = pages.pictures.iter().zip(pages.picture_widths()).map(one).collect();
    Pages { pictures, ..pages.clone() }
}

/// A side of a sheet, with its marks, as the print PDF has it. Otherwise like [`page`].
pub fn side(sheets: &Sheets<'_>, side: usize, pixels_per_inch: f64, ink: Ink) -> Raster {
    let Some(side) = sheets.sides.get(side) else { return Raster::white(1, 1, None) };
    let pages = sheets.pages;
    let placed = || side.pages.iter().filter_map(|placed| Some((placed, sheets.page(placed.page)?)));
    let coloured = placed().any(|(_, page)| draw::coloured(page, pages, ink));
    let (space, [width, height]) = ground(side.size, pixels_per_inch);
    let canvas = Canvas::new(width, height, coloured);
    let whole = canvas.clip();
    let mut drawing = Drawing::new(canvas, pages, ink);
    for (placed, page) in placed() {
        let clip = space.clip(placed.clip, whole);
        drawing.page(page, space.of_page(placed), clip);
    }
    side.marks.iter().for_each(|mark| drawing.mark(mark, space));
    drawing.finish(space.resolution())
}

/// The space of some paper, and how many pixels it has: the nearest number, so that no edge is half a
/// pixel of paper.
fn ground(size: Size, pixels_per_inch: f64) -> (Space, [u32; 2]) {
    let space = Space::of(size, pixels_per_inch);
    let corner = space.at(Point::new(size.width, size.height));
    (space, corner.map(|extent| extent.round().max(1.0) as u32))
}
