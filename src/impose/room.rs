//! Whether text keeps clear of the fold and of the sheet's edges.
//!
//! Office printers leave a rim of the sheet white, about five millimetres; what lies there is lost
//! without a word. And creep may carry the innermost pages further than their inner margin is wide.
//! Only text counts: pictures and grounds run over edges on purpose. Each finding is reported once, for
//! the page where it is worst.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::length::{Length, Point, Rect};
use crate::typeset::frame::{Item, Page, Pages};

use super::{PlacedPage, Scale, Side};

/// What text has to keep clear of.
pub(super) struct Clear {
    /// Whether creep moves pages.
    pub moved: bool,
    /// How wide a rim the printer leaves white.
    pub rim: Length,
    /// How much larger the pages are than they were set.
    pub scale: Scale,
}

impl Clear {
    /// Reports what comes too near. Of backs, how they lie before they are turned for the printer.
    pub(super) fn check(&self, sides: &[Side], pages: &Pages, at: Option<Span>, report: &mut Report) {
        let Self { moved, rim, scale } = *self;
        let mut at_fold: Option<(Length, usize)> = None;
        let mut at_edge: Option<(Length, usize)> = None;
        for side in sides {
            for placed in &side.pages {
                let Some((index, text)) = text_on(placed, pages, scale) else { continue };
                // Outside its own part of the paper, which a fold or a cut bounds, text is lost.
                let clip = placed.clip;
                let own = (text.origin.x - clip.origin.x).min(clip.right() - text.right());
                keep_least(&mut at_fold, own, index);
                let clear = text.origin.x.min(side.size.width - text.right());
                let clear = clear.min(text.origin.y).min(side.size.height - text.bottom());
                keep_least(&mut at_edge, clear, index);
            }
        }
        if let Some((clear, index)) = at_fold
            && clear < Length::ZERO
        {
            let (page, over) = (name(pages, index), -clear.to_mm());
            let finding = if moved {
                let message = format!(
                    "text of page {page} crosses the fold by {over:.1} mm: creep moves the page further than \
                 its inner margin is wide"
                );
                Diagnostic::warning(codes::I002, message)
                    .hint("make the inner margin wider: `margins = { inner = …, … }` in [design]")
                    .hint(
                        "or say how thick the paper really is: `creep = { paper = \"0.1mm\" }` fits 80 g/m²",
                    )
            } else {
                let message = format!(
                    "text of page {page} reaches {over:.1} mm over the edge of its part of the sheet, where it \
                 is cut off"
                );
                Diagnostic::warning(codes::I002, message)
                    .hint("make the inner and outer margins wider: `margins = { … }` in [design]")
            };
            report.push(finding.at_opt(at));
        }
        if let Some((clear, index)) = at_edge
            && clear < rim
        {
            let message = format!(
                "text of page {} comes within {:.1} mm of the sheet's edge, where most printers cannot print",
                name(pages, index),
                clear.max(Length::ZERO).to_mm()
            );
            let finding = Diagnostic::warning(codes::I003, message).hint(format!(
                "keep {:.0} mm clear: make the margins wider, or print on a larger sheet",
                rim.to_mm()
            ));
            report.push(finding.at_opt(at));
        }
    }
}

fn keep_least(least: &mut Option<(Length, usize)>, clear: Length, index: usize) {
    if least.is_none_or(|(known, _)| clear < known) {
        *least = Some((clear, index));
    }
}

/// A page as people call it: by its folio, or by its place.
fn name(pages: &Pages, index: usize) -> String {
    let label = pages.pages.get(index).map_or("", |page| page.label.as_str());
    if label.is_empty() { format!("{} of {}", index + 1, pages.pages.len()) } else { label.to_owned() }
}

/// Where the text of a placed page is on the sheet.
fn text_on(placed: &PlacedPage, pages: &Pages, scale: Scale) -> Option<(usize, Rect)> {
    let index = placed.page.own()?;
    let text = text_box(pages.pages.get(index)?)?;
    let at = Point::new(scale.of(text.origin.x), scale.of(text.origin.y));
    let text = Rect { origin: at, size: scale.of_size(text.size) };
    let origin = if placed.quarter_turns == 2 {
        Point::new(placed.at.x - text.right(), placed.at.y - text.bottom())
    } else {
        placed.at + text.origin
    };
    Some((index, Rect { origin, size: text.size }))
}

/// The box around all text of a page: from the height of ascenders to the depth of descenders.
fn text_box(page: &Page) -> Option<Rect> {
    let mut corners: Option<(Point, Point)> = None;
    for placed in &page.items {
        let Item::Run(run) = &placed.item else { continue };
        if run.text.trim().is_empty() {
            continue;
        }
        let from = Point::new(placed.at.x, placed.at.y - run.size.scale(3, 4));
        let to = Point::new(placed.at.x + run.width, placed.at.y + run.size / 4);
        corners = Some(match corners {
            None => (from, to),
            Some((least, most)) => (
                Point::new(least.x.min(from.x), least.y.min(from.y)),
                Point::new(most.x.max(to.x), most.y.max(to.y)),
            ),
        });
    }
    corners.map(|(from, to)| Rect::new(from.x, from.y, to.x - from.x, to.y - from.y))
}
