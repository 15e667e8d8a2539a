//! “Grid”: the objective manner of the fifties: six columns, everything ragged from one of them, bars that
//! grow thinner from the head down, the title large and close below, the number of the series as a figure.
//!
//! An ink takes the bars, a second one the square that stands in them.

use crate::length::{Length, Point, Size};

use crate::cover::board::Board;
use crate::cover::look::{Look, Room};
use crate::typeset::frame::{BLEED, Colour};
use crate::typeset::page::matter::{BOLD, PLAIN};

/// Bars, from the heaviest to the finest.
const BARS: i64 = 11;

pub(crate) fn compose(board: &mut Board<'_>) {
    let unit = board.unit;
    let margin = board.across(68);
    let measure = board.page.width - margin * 2;
    let gutter = unit * 4;
    let column = (measure - gutter * 5) / 6;
    let columns = |count: i64| column * count + gutter * (count - 1);
    let from = |index: i64| margin + (column + gutter) * index;
    let field = board.down(440);
    bars(board, from(2), field);
    let side = columns(2);
    let corner = Point::new(margin, field - side);
    // In black the square is light, so that the figure on it is black.
    let mark = board.inks.shape_or(1, 205);
    if board.inks.count() > 1 {
        board.fill(corner, Size::new(side, side), mark);
    }
    numeral(board, corner, side);
    let small = Look { leading: 124, ..board.sans(BOLD) };
    let top = margin;
    let author_room = Room {
        measure: columns(2),
        height: field - side - unit * 6 - top,
        least: unit * 3,
        most: unit.scale(48, 10),
        lines: 6,
    };
    let authors = board.authors(&small, &author_room);
    board.place(authors, Point::new(margin, top));
    let foot = board.page.height - margin;
    let light = Look { leading: 124, ..board.sans(PLAIN) };
    let house = board.small(&board.made(), &light, columns(3), unit.scale(38, 10));
    let series = board.series().unwrap_or_default();
    let series = board.small(&series, &light, columns(3), unit.scale(38, 10));
    let below = house.height().max(series.height());
    let end = if below > Length::ZERO { foot - below - unit.scale(45, 10) } else { foot };
    let start = field + unit * 9;
    let room = end - unit * 7 - start;
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let second_look = Look { colour: board.inks.text(0), leading: 118, ..board.sans(PLAIN) };
    let second = board.fit(
        &subtitle,
        &second_look,
        &Room {
            measure: columns(5),
            height: room.scale(28, 100),
            least: unit.scale(38, 10),
            most: unit.scale(66, 10),
            lines: 3,
        },
    );
    let between = if second.lines.is_empty() { Length::ZERO } else { unit * 6 };
    let look = Look { leading: 101, spacing: -14, ..board.sans(BOLD) };
    let height = room - second.height() - between;
    let title = board.fit(
        &board.identity.title,
        &look,
        &Room { measure, height, least: unit * 8, most: unit * 21, lines: 5 },
    );
    let y = board.place(title, Point::new(margin, start)) + between;
    board.place(second, Point::new(margin, y));
    board.rule(Point::new(margin, end), measure, unit.scale(3, 10), Colour::BLACK);
    let (left, right) = (foot - house.height(), foot - series.height());
    let second_column = if house.lines.is_empty() { margin } else { from(3) };
    board.place(house, Point::new(margin, left));
    board.place(series, Point::new(second_column, right));
}

/// Bars from a column to the fore edge and beyond, thinner and thinner.
fn bars(board: &mut Board<'_>, left: Length, field: Length) {
    let colour = board.inks.shape(0);
    let step = field / BARS;
    let width = board.page.width + BLEED - left;
    for index in 0..BARS {
        let thick = step.scale((BARS - index) * 7, BARS * 10);
        let (mut y, mut height) = (step * index, thick);
        if index == 0 {
            (y, height) = (-BLEED, thick + BLEED);
        }
        board.fill(Point::new(left, y), Size::new(width, height), colour);
    }
}

/// The number in the series, as large as the square.
fn numeral(board: &mut Board<'_>, corner: Point, side: Length) {
    let Some(number) = board.identity.series.as_ref().and_then(|series| series.number) else { return };
    let inked = board.inks.count() > 1;
    let colour = if inked { board.inks.on_ground(1) } else { board.inks.title(0) };
    let pad = if inked { side / 12 } else { Length::ZERO };
    let look = Look { colour, ..board.sans(BOLD) };
    let inside = side - pad * 2;
    let room = Room { measure: inside, height: inside, least: Length(1), most: side, lines: 1 };
    let set = board.fit(&number.to_string(), &look, &room);
    let at = Point::new(corner.x + pad, corner.y + side - pad - set.rise);
    let size = set.size;
    board.ornament(&number.to_string(), &look, size, Point::new(at.x, at.y + set.rise), inside);
}
