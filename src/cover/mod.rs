//! Covers: a picture that fills the page, or type, in one of six designs.
//!
//! Comes in: the document's identity, its cover's design and inks, and the text block that the covers go around.
//! Goes out: the set booklet, and the page that the EPUB's cover is drawn from, of any size. A cover is a
//! designer's work on top of the typesetter's: nothing in `typeset` knows of it.
//!
//! The front cover is `front.rs`, with each design a file of `designs`. They share `title.rs`, which finds sizes
//! (by the breaks of `division.rs`; `stack.rs` for posters), `inks.rs`, which says what is printed in which
//! ink, and `board.rs`, on which the page is put together. The back cover is `back.rs`; what stands at its
//! foot is `trade.rs`, with its bar code and QR code in `codes`.

use std::sync::Arc;

use crate::booklet::Booklet;
use crate::diagnostic::Report;
use crate::document::{Document, Front};
use crate::length::Size;
use crate::manifest::CoverDesign;

use crate::typeset::block::context::Context;
use crate::typeset::fit::{Counting, Fitting, find_fit};
use crate::typeset::frame::{COVERS, Colour, OutlineEntry, Page, Pages, TextBlock};
use crate::typeset::inline::setter::Setter;
use crate::typeset::style::Style;
use crate::typeset::{note_marks, setter, typeset};

mod back;
mod board;
mod codes;
mod designs;
mod division;
mod front;
mod inks;
mod look;
mod picture;
mod stack;
mod title;
mod trade;

/// Sets a document and puts its covers around it.
pub fn wrapped(document: &Document, style: &Style, report: &mut Report) -> Pages {
    let marks = note_marks(document);
    let setter = setter(document, style, &marks);
    let block = typeset(document, style, &setter, report);
    wrap(document, style, &setter, block, report)
}

/// The same in the setting nearest to the design that fills whole sheets, `wish` of them if that is said.
pub fn wrapped_to_fit(
    booklet: &Booklet,
    document: &Document,
    wish: Option<usize>,
    counting: Counting<'_>,
    report: &mut Report,
) -> (Pages, Fitting) {
    let marks = note_marks(document);
    let own = Style::new(booklet);
    let setter = setter(document, &own, &marks);
    let (style, fitting) = find_fit(booklet, document, &setter, wish, counting);
    // What was found wrong in settings that nobody will see is of no interest.
    setter.forget_findings();
    let block = typeset(document, &style, &setter, report);
    (wrap(document, &style, &setter, block, report), fitting)
}

/// The front cover alone, for a page of another size: the design's measures follow it, all else of the
/// style stays. What is wrong with it is reported by [`wrapped`].
pub fn front_cover(document: &Document, style: &Style, size: Size) -> Pages {
    let style = Style { page: size, ..style.clone() };
    let marks = Vec::new();
    let setter = setter(document, &style, &marks);
    let context = Context { style: &style, document, setter: &setter };
    bound(&context, vec![front::front(&context, size, &mut Report::new())], Vec::new())
}

/// Puts the covers around a text block that was set with the same style and setter.
pub fn wrap(
    document: &Document,
    style: &Style,
    setter: &Setter<'_>,
    block: TextBlock,
    report: &mut Report,
) -> Pages {
    let context = &Context { style, document, setter };
    let mut pages = Vec::with_capacity(block.pages.len() + COVERS);
    pages.push(front::front(context, context.style.page, report));
    pages.extend(block.pages);
    pages.push(back::back(context, report));
    for finding in context.setter.findings() {
        report.push(finding);
    }
    let mut outline = block.outline;
    for entry in &mut outline {
        // The front cover is the first page.
        entry.page += 1;
    }
    bound(context, pages, outline)
}

fn bound(context: &Context<'_>, pages: Vec<Page>, outline: Vec<OutlineEntry>) -> Pages {
    Pages {
        pages,
        faces: Arc::clone(&context.style.faces),
        pictures: context.document.pictures.clone(),
        outline,
        right_to_left: context.style.right_to_left,
    }
}

/// What the spine beside a document's covers is printed in: its ground, if it has one, and its type.
pub fn spine_colours(document: &Document) -> (Option<Colour>, Colour) {
    let inks = inks::Inks(&document.cover.inks);
    let design = match document.cover.front {
        Front::Type => document.cover.design,
        Front::Picture { titled: true, .. } => CoverDesign::Photograph,
        Front::Picture { titled: false, .. } => return (None, Colour::BLACK),
    };
    match design {
        _ if inks.count() == 0 => (None, Colour::BLACK),
        CoverDesign::Poster | CoverDesign::Photograph => (Some(inks.ground(0)), inks.on_ground(0)),
        CoverDesign::Classic | CoverDesign::Pattern => (None, inks.text(0)),
        CoverDesign::Grid | CoverDesign::Plain => (None, Colour::BLACK),
    }
}
