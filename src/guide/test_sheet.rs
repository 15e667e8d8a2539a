//! A test sheet: shows which way a printer turns the sheet, how far front and back are out of register,
//! how wide a rim it leaves white, and whether it changes the size.
//!
//! Two pages for the two sides of one upright sheet. Turned over like the leaf of a book, that is about
//! its long edge, the back shows one of its two halves upright: the upper one if the printer turned the
//! sheet on the same edge, the lower one, which is printed head down, if it turned it on the other.

use crate::length::{Length, Point, Size};
use crate::typeset::frame::{Colour, Page};
use crate::typeset::inline::setter::Setter;

use super::slip::{FINE, Slip, SlipLook};
use super::words::Words;

/// One millimetre.
const MM: Length = Length::mm(1);
/// Distances from the edge that the rulers show, in millimetres.
const RULED: std::ops::RangeInclusive<i64> = 1..=12;

/// The front, the back, and the part of the back that is printed head down.
pub(super) fn pages(setter: &Setter<'_>, words: &Words, size: Size) -> [Page; 3] {
    [
        front(setter, words, size),
        back(setter, words, size),
        half(setter, words.test_short, "short-edge", size),
    ]
}

fn front(setter: &Setter<'_>, words: &Words, size: Size) -> Page {
    let mut slip = Slip::new(setter, size);
    furniture(&mut slip);
    let measure = size.width - MM * 60;
    let x = MM * 30;
    // An arrow to the edge that is held up.
    let middle = size.width / 2;
    let top = MM * 18;
    arrow(&mut slip, top);
    let small = SlipLook::of(Length::pt(10)).centred();
    slip.text(words.test_up, Point::new(x, top + MM * 15), measure, small);
    let mut y = top + MM * 25;
    let title = format!("{} · {}", words.test_title, words.front);
    y += slip.text(&title, Point::new(x, y), measure, SlipLook::of(Length::pt(20)).bold().centred());
    y += MM * 4;
    slip.text(words.test_begin, Point::new(x, y), measure, SlipLook::of(Length::pt(12)));
    let below = size.height / 2 + MM * 24;
    slip.text(words.test_light, Point::new(x, below), measure, SlipLook::of(Length::pt(11)).centred());
    // A line to be measured.
    let y = size.height - MM * 70;
    let (from, to) = (middle - MM * 50, middle + MM * 50);
    slip.line(&[Point::new(from, y), Point::new(to, y)], FINE, false);
    for end in [from, to] {
        slip.line(&[Point::new(end, y - MM * 2), Point::new(end, y + MM * 2)], FINE, false);
    }
    let after = slip.text(words.test_scale, Point::new(x, y + MM * 4), measure, small);
    slip.text(
        words.test_rim,
        Point::new(x, y + MM * 8 + after),
        measure,
        SlipLook::of(Length::pt(11)).centred(),
    );
    slip.finish()
}

fn back(setter: &Setter<'_>, words: &Words, size: Size) -> Page {
    let mut slip = Slip::new(setter, size);
    furniture(&mut slip);
    say(&mut slip, words.test_long, "long-edge");
    slip.finish()
}

fn half(setter: &Setter<'_>, says: &str, edge: &str, size: Size) -> Page {
    let mut slip = Slip::new(setter, size);
    say(&mut slip, says, edge);
    slip.finish()
}

/// What the upper half of a back says.
fn say(slip: &mut Slip<'_, '_>, says: &str, edge: &str) {
    let size = slip.size();
    let measure = size.width - MM * 60;
    let x = MM * 30;
    let mut y = size.height / 6;
    arrow(slip, y - MM * 20);
    y += slip.text(says, Point::new(x, y), measure, SlipLook::of(Length::pt(14)).centred());
    y += MM * 4;
    let key = format!("flip = \"{edge}\"");
    slip.text(&key, Point::new(x, y), measure, SlipLook::of(Length::pt(20)).bold().centred());
}

/// A heavy arrow that points up, in the middle, from a height down.
fn arrow(slip: &mut Slip<'_, '_>, top: Length) {
    let middle = slip.size().width / 2;
    let outline = [(0, 0), (5, 8), (2, 8), (2, 14), (-2, 14), (-2, 8), (-5, 8)];
    let outline = outline.map(|(across, down)| Point::new(middle + MM * across, top + MM * down));
    slip.area(&outline, Colour::BLACK, Length::ZERO);
}

/// What front and back share: crosses and rulers.
fn furniture(slip: &mut Slip<'_, '_>) {
    let Size { width, height } = slip.size();
    cross(slip, Point::new(width / 2, height / 2), 15);
    for (x, y) in [(20, 40), (-20, 40), (20, -40), (-20, -40)] {
        let from = |length: Length, mm: i64| if mm < 0 { length + MM * mm } else { MM * mm };
        cross(slip, Point::new(from(width, x), from(height, y)), 5);
    }
    rulers(slip);
}

/// A cross with a tick at each millimetre; every fifth is longer.
fn cross(slip: &mut Slip<'_, '_>, at: Point, reach: i64) {
    let arm = MM * reach;
    slip.line(&[Point::new(at.x - arm, at.y), Point::new(at.x + arm, at.y)], FINE, false);
    slip.line(&[Point::new(at.x, at.y - arm), Point::new(at.x, at.y + arm)], FINE, false);
    for mm in -reach..=reach {
        let tick = if mm % 5 == 0 { MM * 3 / 2 } else { MM * 3 / 4 };
        let by = MM * mm;
        let thin = FINE / 2;
        slip.line(&[Point::new(at.x + by, at.y - tick), Point::new(at.x + by, at.y + tick)], thin, false);
        slip.line(&[Point::new(at.x - tick, at.y + by), Point::new(at.x + tick, at.y + by)], thin, false);
    }
}

/// Steps at the middle of each edge: a figure, and a line as many millimetres from the edge.
fn rulers(slip: &mut Slip<'_, '_>) {
    let Size { width, height } = slip.size();
    let look = SlipLook::of(Length::pt(6)).centred();
    let step = MM * 5;
    for mm in RULED {
        let (by, along) = (MM * mm, step * (2 * mm - 13) / 2);
        let half = step * 2 / 5;
        let cap = look.size.scale(90, 100);
        let (x, y) = (width / 2 + along, height / 2 + along);
        let mut across = |at: Length, text: Length| {
            slip.line(&[Point::new(x - half, at), Point::new(x + half, at)], FINE, false);
            slip.text(&mm.to_string(), Point::new(x - step, text), step * 2, look);
        };
        across(by, by + MM / 4);
        across(height - by, height - by - MM / 4 - cap * 5 / 4);
        let mut down = |at: Length, text: Length| {
            slip.line(&[Point::new(at, y - half), Point::new(at, y + half)], FINE, false);
            slip.text(&mm.to_string(), Point::new(text - step, y - cap * 7 / 10), step * 2, look);
        };
        down(by, by + MM * 3 / 2);
        down(width - by, width - by - MM * 3 / 2);
    }
}
