//! The front cover: the manifest's picture, or the design's own work.

use crate::diagnostic::Report;
use crate::document::Front;
use crate::length::Size;
use crate::manifest::CoverDesign;
use crate::typeset::block::context::Context;
use crate::typeset::frame::{Page, PageKind};
use crate::typeset::page::credits::few_named;

use super::board::Board;
use super::designs::{classic, grid, pattern, photograph, plain, poster};
use super::picture::{fill, note_coarse};

/// The front cover, for a page of any size.
pub(super) fn front(context: &Context<'_>, size: Size, report: &mut Report) -> Page {
    let document = context.document;
    let mut board = Board::new(context, size);
    let front = document.cover.front;
    match front.picture().and_then(|id| fill(context, id, size, document.cover.focus)) {
        Some(picture) => {
            note_coarse(context, &picture, document.cover.front_at, report);
            board.items.push(picture);
            if matches!(front, Front::Picture { titled: true, .. }) {
                photograph::compose(&mut board, document.cover.focus.y <= 600);
            }
        }
        None => match document.cover.design {
            CoverDesign::Classic => classic::compose(&mut board),
            CoverDesign::Poster => poster::compose(&mut board),
            CoverDesign::Grid => grid::compose(&mut board),
            CoverDesign::Pattern => pattern::compose(&mut board),
            // A photograph that could not be read has been reported.
            CoverDesign::Plain | CoverDesign::Photograph => plain::compose(&mut board),
        },
    }
    if let Some(named) = board.named {
        report.push(few_named(document, "cover", named));
    }
    Page { size, kind: PageKind::FrontCover, label: String::new(), items: board.items }
}
