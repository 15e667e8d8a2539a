//! Saddle stitch: sheets laid inside each other, folded once together, stapled through the fold.
//!
//! With `s` sheets there are `4 s` places. Sheet `k`, counted from 0 at the outside, carries on its
//! front the places `4s − 1 − 2k` and `2k`, on its back `2k + 1` and `4s − 2 − 2k`, left and right as
//! named for a booklet bound on the left; a booklet bound on the right has each pair the other way
//! round. The last page is the back cover and keeps the last place; what is missing to a multiple of
//! four lies blank just before it.

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::length::{Length, Point, Rect, Size};
use crate::manifest::Flip;
use crate::typeset::frame::Pages;

use super::{BLEED, PlacedPage, Purpose, Sheets, Side, creep, marks, paper, room, turn};

/// What is asked for; see [`super::Binding::Saddle`].
pub(super) struct Saddle {
    pub sheet: Size,
    pub flip: Flip,
    pub paper: Length,
    pub fold_marks: bool,
}

/// Imposes; records an error and gives no sides when a spread does not fit the sheet.
pub(super) fn impose<'a>(
    pages: &'a Pages,
    job: &Saddle,
    at: Option<Span>,
    report: &mut Report,
) -> Sheets<'a> {
    let mut sheets =
        Sheets { pages, purpose: Purpose::Print(job.flip), sides: Vec::new(), creep: Length::ZERO };
    let page = largest(pages);
    let spread = Size::new(page.width * 2, page.height);
    let Some(sheet) = paper::orient(job.sheet, spread) else {
        report.push(too_large(job.sheet, page, spread).at_opt(at));
        return sheets;
    };

    let count = pages.pages.len();
    let leaves = count.div_ceil(4);
    let frame = Frame { sheet, spread, page };
    sheets.creep = creep::shift(job.paper, leaves.saturating_sub(1));
    for k in 0..leaves {
        let last = 4 * leaves - 1;
        let shift = creep::shift(job.paper, k);
        let side = |left: usize, right: usize| {
            let pair = if pages.right_to_left { [right, left] } else { [left, right] };
            let mut side = frame.side(pair.map(|place| page_at(place, count)), shift, pages);
            if job.fold_marks {
                side.marks = marks::fold(frame.fold(), &side.trim, sheet);
            }
            side
        };
        sheets.sides.push(side(last - 2 * k, 2 * k));
        sheets.sides.push(side(2 * k + 1, last - 1 - 2 * k));
    }
    room::check(&sheets.sides, pages, at, report);
    if turn::back_is_turned(sheet, job.flip) {
        for back in sheets.sides.iter_mut().skip(1).step_by(2) {
            turn::half_turn(back);
        }
    }
    sheets
}

/// Which page lies at a place in reading order; none for a blank. The last page keeps the last place.
fn page_at(place: usize, count: usize) -> Option<usize> {
    let places = count.div_ceil(4) * 4;
    if count >= 2 && place == places - 1 {
        Some(count - 1)
    } else {
        let last_is_elsewhere = usize::from(count >= 2);
        (place < count - last_is_elsewhere).then_some(place)
    }
}

fn largest(pages: &Pages) -> Size {
    pages.pages.iter().fold(Size::default(), |largest, page| {
        Size::new(largest.width.max(page.size.width), largest.height.max(page.size.height))
    })
}

/// Where a spread lies on the sheet.
struct Frame {
    sheet: Size,
    spread: Size,
    page: Size,
}

impl Frame {
    /// The fold's distance from the left edge.
    fn fold(&self) -> Length {
        self.sheet.width / 2
    }

    /// A side with two pages at the fold, moved toward it by `shift`.
    fn side(&self, pair: [Option<usize>; 2], shift: Length, pages: &Pages) -> Side {
        let fold = self.fold();
        let top = (self.sheet.height - self.spread.height) / 2;
        let trim = Rect::new(fold - self.page.width, top, self.spread.width, self.spread.height);
        let printable = grow_within(&trim, BLEED, self.sheet);
        let left = Rect::new(
            printable.origin.x,
            printable.origin.y,
            fold - printable.origin.x,
            printable.size.height,
        );
        let right = Rect::new(fold, printable.origin.y, printable.right() - fold, printable.size.height);
        let place = |page: Option<usize>, is_left: bool| {
            let size = page.and_then(|index| pages.pages.get(index)).map_or(self.page, |page| page.size);
            let x = if is_left { fold - size.width + shift } else { fold - shift };
            PlacedPage {
                page,
                at: Point::new(x, top),
                size,
                quarter_turns: 0,
                clip: if is_left { left } else { right },
            }
        };
        Side {
            size: self.sheet,
            trim,
            pages: vec![place(pair[0], true), place(pair[1], false)],
            marks: Vec::new(),
        }
    }
}

/// The rectangle grown by `by` on all sides, as far as the sheet goes.
fn grow_within(rect: &Rect, by: Length, sheet: Size) -> Rect {
    let left = (rect.origin.x - by).max(Length::ZERO);
    let top = (rect.origin.y - by).max(Length::ZERO);
    let right = (rect.right() + by).min(sheet.width);
    let bottom = (rect.bottom() + by).min(sheet.height);
    Rect::new(left, top, right - left, bottom - top)
}

fn too_large(sheet: Size, page: Size, spread: Size) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        codes::I001,
        format!(
            "two pages of {} side by side need {}, more than the sheet of {}",
            paper::in_words(page),
            paper::in_words(spread),
            paper::in_words(sheet)
        ),
    );
    let diagnostic = match paper::smallest(spread) {
        Some(name) => diagnostic.hint(format!("print it on a larger sheet: `sheet = \"{name}\"`")),
        None => diagnostic.hint("give a larger `sheet`, as `{ width, height }`"),
    };
    let long = sheet.width.max(sheet.height);
    let short = sheet.width.min(sheet.height);
    diagnostic.hint(format!(
        "or set smaller pages: at most {} fit twice on that sheet",
        paper::in_words(Size::new(long / 2, short))
    ))
}
