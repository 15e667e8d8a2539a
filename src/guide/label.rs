//! Labels of sheets: which booklet, which section, which sheet of how many, which side.
//!
//! They stand outside the trim, left of the middle, where neither marks of folds nor crosses are: under
//! the pages if there is room, above them or beside them otherwise. Pages that fill the sheet have none.

use crate::impose::{PageRef, PlacedPage, Scale, Sheets, Side};
use crate::length::{Length, Point, Rect, Size};
use crate::typeset::frame::BLEED;
use crate::typeset::inline::setter::Setter;

use super::slip::{Slip, SlipLook};
use super::words::Words;

/// Type size of a label.
const SIZE: Length = Length(Length::PER_POINT * 13 / 2);
/// Height of a label: a line of type.
const HEIGHT: Length = Length::pt(9);
/// Free space at the edge of the sheet.
const OFF_EDGE: Length = Length::pt(2);
/// A shorter label would say nothing.
const SHORTEST: Length = Length::pt(60);

/// Puts labels on all sides.
pub(super) fn put(sheets: &mut Sheets<'_>, title: &str, setter: &Setter<'_>, words: &Words) {
    for index in 0..sheets.sides.len() {
        let text = says(sheets, index, title, words);
        let Some(place) = sheets.sides.get(index).and_then(place) else { continue };
        let size = Size::new(place.length, HEIGHT);
        let mut slip = Slip::new(setter, size);
        slip.one_line(&text, Point::default(), size.width, SlipLook::of(SIZE));
        let page = PageRef::Insert(sheets.inserts.len());
        sheets.inserts.push(slip.finish());
        let (at, quarter_turns) = (place.at, place.quarter_turns);
        let origin = if quarter_turns == 1 { Point::new(at.x - HEIGHT, at.y) } else { at };
        let extent = if quarter_turns == 1 { Size::new(HEIGHT, size.width) } else { size };
        let clip = Rect { origin, size: extent };
        let placed = PlacedPage { page, at, size, quarter_turns, scale: Scale::NONE, clip };
        sheets.sides[index].pages.push(placed);
    }
}

/// `Title · section 2 · sheet 3 of 12 · front`.
fn says(sheets: &Sheets<'_>, side: usize, title: &str, words: &Words) -> String {
    let (sheet, back) = sheets.place_of(side);
    let mut parts = vec![title.to_owned()];
    if sheets.sections.len() > 1 {
        let mut before = 0;
        let holds = |sheets: &usize| {
            before += sheets;
            sheet < before
        };
        let section = sheets.sections.iter().position(holds).unwrap_or_default();
        parts.push(format!("{} {}", words.section, section + 1));
    }
    let number = words.sheet.replace("{n}", &(sheet + 1).to_string());
    parts.push(number.replace("{m}", &sheets.papers.to_string()));
    parts.push(if back { words.back } else { words.front }.to_owned());
    parts.join(" · ")
}

struct LabelRoom {
    at: Point,
    length: Length,
    quarter_turns: u8,
}

/// Where a side has room for a label.
fn place(side: &Side) -> Option<LabelRoom> {
    let (trim, sheet) = (side.trim, side.size);
    // Marks of cuts stand at the trim's corners and reach at most 28 pt into the rim; crosses begin at
    // three eighths.
    let along = |from: Length, length: Length| {
        let start = from + BLEED + Length::pt(2);
        let end = length.scale(3, 8) - Length::pt(8);
        (end - start >= SHORTEST).then_some((start, end - start))
    };
    let room = |rim: Length| rim >= BLEED + HEIGHT + OFF_EDGE;
    if let Some((x, length)) = along(trim.origin.x, sheet.width) {
        if room(sheet.height - trim.bottom()) {
            return Some(LabelRoom { at: Point::new(x, trim.bottom() + BLEED), length, quarter_turns: 0 });
        }
        if room(trim.origin.y) {
            let y = trim.origin.y - BLEED - HEIGHT;
            return Some(LabelRoom { at: Point::new(x, y), length, quarter_turns: 0 });
        }
    }
    if let Some((y, length)) = along(trim.origin.y, sheet.height)
        && room(sheet.width - trim.right())
    {
        // Turned clockwise, its head is at the right: the line runs down beside the pages.
        let x = trim.right() + BLEED + HEIGHT;
        return Some(LabelRoom { at: Point::new(x, y), length, quarter_turns: 1 });
    }
    None
}
