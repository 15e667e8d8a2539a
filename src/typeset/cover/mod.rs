//! Covers: a picture that fills the page, or type, in one of six designs.
//!
//! Comes in: the document's identity, its cover's design and inks. Goes out: pages of any size: those of the
//! booklet, and the one that the EPUB's cover is drawn from. Each design is a file: `plain.rs`, `classic.rs`,
//! `poster.rs`, `grid.rs`, `photograph.rs`, `pattern.rs` (with its geometry in `motif.rs`). They share
//! `title.rs`, which finds sizes (by the breaks of `division.rs`; `stack.rs` for posters), `inks.rs`, which says what is printed in which ink, and
//! `board.rs`, on which the page is put together. The back cover is `back.rs`; what stands at its foot is
//! `trade.rs`, with its codes in `ean.rs` and `qr.rs`.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::document::Document;
use crate::length::{Length, Point, Size};
use crate::manifest::{CoverDesign, Focus};
use crate::picture::PictureId;

use super::figure::{self, bleed};
use super::frame::{Colour, Item, Owner, Page, PageKind, Placed};
use super::set::Context;

mod back;
mod board;
mod classic;
mod division;
mod ean;
mod grid;
mod inks;
mod motif;
mod pattern;
mod photograph;
mod plain;
mod poster;
mod qr;
mod stack;
mod title;
mod trade;

pub(super) use back::back;
use board::Board;

/// The front cover, for a page of any size.
pub(super) fn front(context: &Context<'_>, size: Size, report: &mut Report) -> Page {
    let document = context.document;
    let mut board = Board::new(context, size);
    let filled = document.front_cover.and_then(|id| fill(context, id, size, document.cover.focus));
    match filled {
        Some(picture) => {
            note_coarse(context, &picture, document.cover.front, report);
            board.items.push(picture);
            if document.cover_text {
                photograph::compose(&mut board, document.cover.focus.y <= 600);
            }
        }
        None => match document.cover.design {
            CoverDesign::Classic => classic::compose(&mut board),
            CoverDesign::Poster => poster::compose(&mut board),
            CoverDesign::Grid => grid::compose(&mut board),
            CoverDesign::Pattern => pattern::compose(&mut board),
            // A photograph that could not be read has been told of.
            CoverDesign::Plain | CoverDesign::Photograph => plain::compose(&mut board),
        },
    }
    if let Some(named) = board.named {
        report.push(few_named(document, "cover", named));
    }
    Page { size, kind: PageKind::FrontCover, label: String::new(), items: board.items }
}

/// Tells that a page names some of the authors only.
pub(super) fn few_named(document: &Document, page: &str, named: usize) -> Diagnostic {
    let all = document.identity.authors.len();
    let what = format!(
        "the {page} has room for {named} of {all} authors, and says of the rest that there are others"
    );
    Diagnostic::warning(codes::T07, what)
        .at_opt(document.cover.authors)
        .hint("all of them stand in the imprint and in the EPUB; if one name can speak for them, make that the author")
}

/// Warns of a picture that fills a page with too few pixels; `span` is where the manifest names it.
fn note_coarse(context: &Context<'_>, placed: &Placed, span: Option<Span>, report: &mut Report) {
    if let Item::Picture { picture, size } = &placed.item
        && let Some(named) = context.document.pictures.get(picture.0 as usize)
        && let Some(finding) = figure::coarse(named, *size)
    {
        report.push(finding.at_opt(span));
    }
}

/// What the spine beside a document's covers is printed in: its ground, if it has one, and its type.
pub fn spine_colours(document: &Document) -> (Option<Colour>, Colour) {
    let inks = inks::Inks(&document.cover.inks);
    let banded = document.front_cover.is_some() && document.cover_text;
    let design = if banded { CoverDesign::Photograph } else { document.cover.design };
    match design {
        _ if inks.count() == 0 || (document.front_cover.is_some() && !banded) => (None, Colour::BLACK),
        CoverDesign::Poster | CoverDesign::Photograph => (Some(inks.ground(0)), inks.on_ground(0)),
        CoverDesign::Classic | CoverDesign::Pattern => (None, inks.text(0)),
        CoverDesign::Grid | CoverDesign::Plain => (None, Colour::BLACK),
    }
}

/// A picture that fills trim and bleed: as large as needed; of what is over, the focus stays in sight.
fn fill(context: &Context<'_>, id: PictureId, page: Size, focus: Focus) -> Option<Placed> {
    let named = context.document.pictures.get(id.0 as usize)?;
    let want = Size::new(page.width + bleed() * 2, page.height + bleed() * 2);
    let size = figure::covering(&named.picture, want);
    // The focus comes to the middle of the page, as far as the picture reaches.
    let at = |size: Length, page: Length, want: Length, focus: i64| {
        (page / 2 - size.scale(focus, 1000)).clamp(want - bleed() - size, -bleed())
    };
    let at = Point::new(
        at(size.width, page.width, want.width, focus.x),
        at(size.height, page.height, want.height, focus.y),
    );
    Some(Placed { at, owner: Owner::MATTER, item: Item::Picture { picture: id, size } })
}
