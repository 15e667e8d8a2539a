//! The page that shows how a print PDF becomes a booklet: every step as a drawing and a sentence.
//!
//! It is a file of its own and not a last sheet of the print PDF: whoever prints two hundred copies wants
//! it once, and a printer that takes the sheets as they come should not have to sort it out.

use crate::impose::Sheets;
use crate::length::{Length, Point, Size};
use crate::manifest::{A4, Market, name_of_paper, paper_named, papers_sold};
use crate::typeset::frame::Page;
use crate::typeset::inline::setter::Setter;

use super::figure::{Figure, HIGH, WIDE};
use super::procedure::Procedure;
use super::slip::{Slip, SlipLook};
use super::steps;
use super::words::{Words, with};

/// Margins of the page.
const MARGIN: Length = Length::mm(18);
/// Free space between columns, and between rows.
const GAP: Length = Length::pt(22);
/// Lines kept for a sentence under its drawing.
const SENTENCE: i64 = 3;

/// The page, on A4 or letter, whichever the sheets are kin of.
pub(super) fn page(
    setter: &Setter<'_>,
    words: &Words,
    sheets: &Sheets<'_>,
    procedure: &Procedure,
    title: &str,
) -> Page {
    let sheet = sheets.sides.first().map_or_else(Size::default, |side| side.size);
    let mut slip = Slip::new(setter, paper(sheet));
    let size = slip.size();
    let measure = size.width - MARGIN * 2;
    let mut y = MARGIN;
    y += slip.text(words.title, Point::new(MARGIN, y), measure, SlipLook::of(Length::pt(20)).bold());
    y += Length::pt(4);
    y += slip.text(title, Point::new(MARGIN, y), measure, SlipLook::of(Length::pt(12)));
    let (w, h) = (sheet.width.min(sheet.height), sheet.width.max(sheet.height));
    let size_of_sheet = format!("{:.0} × {:.0} mm", w.to_mm(), h.to_mm());
    let needed = match name_of_paper(sheet) {
        Some(name) => format!("{} × {name} ({size_of_sheet})", sheets.papers),
        None => format!("{} × ({size_of_sheet})", sheets.papers),
    };
    y += slip.text(&with(words.paper, needed), Point::new(MARGIN, y), measure, SlipLook::of(Length::pt(10)));
    y += GAP;

    let steps = steps::of(procedure, sheets, words);
    let rows = i64::try_from(steps.len().div_ceil(2)).unwrap_or(1).max(1);
    let column = (measure - GAP) / 2;
    let look = SlipLook::of(Length::from_pt(10.5));
    let sentence = look.size.scale(125, 100) * SENTENCE;
    let row = ((size.height - MARGIN - y - GAP * (rows - 1)) / rows).min(Length::from_mm(72.0));
    let unit = ((row - sentence) / HIGH).min((column - Length::pt(20)) / WIDE);
    for (index, step) in steps.iter().enumerate() {
        let across = i64::try_from(index % 2).unwrap_or(0);
        let down = i64::try_from(index / 2).unwrap_or(0);
        let x = MARGIN + (column + GAP) * across;
        let top = y + (row + GAP) * down;
        slip.text(
            &(index + 1).to_string(),
            Point::new(x, top),
            Length::pt(24),
            SlipLook::of(Length::pt(16)).bold(),
        );
        let at = Point::new(x + (column - unit * WIDE) / 2, top);
        let grid = |n: usize| i64::try_from(n).unwrap_or(1).max(1);
        let mut figure = Figure {
            slip: &mut slip,
            at,
            unit,
            mirrored: sheets.pages.right_to_left,
            paper: sheet,
            grid: (grid(sheets.grid.0), grid(sheets.grid.1)),
        };
        (step.drawing)(&mut figure);
        let under = top + unit * HIGH + Length::pt(4);
        slip.text(&step.says, Point::new(x, under), column, look);
    }
    slip.finish()
}

/// A4, or letter where sheets are measured in inches.
pub(super) fn paper(sheet: Size) -> Size {
    // To a point, whichever way it lies.
    let sides = |size: Size| {
        let points = |length: Length| length.to_pt().round() as i64;
        (points(size.width.min(size.height)), points(size.width.max(size.height)))
    };
    let inches = papers_sold(Market::Inches).iter().any(|paper| sides(paper.size) == sides(sheet));
    let letter = paper_named("letter").filter(|_| inches);
    letter.unwrap_or(A4)
}
