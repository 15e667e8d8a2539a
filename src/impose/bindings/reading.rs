//! Pages as they are: each is a side of its own, cut to the trim. So they stand on the screen, and so
//! what is no booklet (a sheet to test a printer, instructions) is printed.

use crate::length::{Point, Rect};
use crate::typeset::frame::Pages;

use crate::impose::{PageRef, PlacedPage, Purpose, Scale, Sheets, Side};

/// One side a page. Says of no paper how much it takes.
pub fn one_a_side(pages: &Pages, purpose: Purpose) -> Sheets<'_> {
    let sides = pages.pages.iter().enumerate().map(|(index, page)| {
        let all = Rect { origin: Point::default(), size: page.size };
        let placed = PlacedPage {
            page: PageRef::Page(index),
            at: Point::default(),
            size: page.size,
            quarter_turns: 0,
            scale: Scale::NONE,
            clip: all,
        };
        Side { size: page.size, trim: all, pages: vec![placed], marks: Vec::new() }
    });
    Sheets { sides: sides.collect(), ..Sheets::none(pages, purpose) }
}
