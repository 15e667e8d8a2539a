//! “Pattern”: geometry over the upper part of the cover, made from the letters of the title, so that every
//! booklet has its own and the same one each time; the title under it.
//!
//! An ink takes the shapes, a second one some of them.

use crate::length::{Length, Point};

use super::motif;
use crate::cover::board::Board;
use crate::cover::look::{Look, Room};
use crate::typeset::page::matter::{BOLD, PLAIN};

pub(crate) fn compose(board: &mut Board<'_>) {
    let unit = board.unit;
    let margin = board.across(81);
    let measure = board.page.width - margin * 2;
    // A long title takes some of the pattern's room.
    let look = Look { leading: 107, colour: board.inks.title(0), ..board.serif(BOLD) };
    let wanted =
        |room| Room { measure, height: board.down(room), least: unit * 7, most: unit * 17, lines: 4 };
    let cramped = |room| board.fit(&board.identity.title, &look, &wanted(room)).size < unit * 10;
    let field = board.down(if cramped(250) { if cramped(320) { 420 } else { 490 } } else { 560 });
    motif::draw(board, field);
    let foot = board.page.height - margin;
    let light = Look { leading: 122, ..board.serif(PLAIN) };
    let house = board.small(&board.house(), &light, measure, unit.scale(40, 10));
    let end = if house.lines.is_empty() { foot } else { foot - house.height() - unit * 5 };
    let authors = board.authors(
        &light,
        &Room { measure, height: board.down(60), least: unit * 3, most: unit.scale(54, 10), lines: 2 },
    );
    let mut y = field + unit * 9;
    if !authors.lines.is_empty() {
        y = board.place(authors, Point::new(margin, y)) + unit * 5;
    }
    let room = end - y - unit * 2;
    let slanted = Look { leading: 120, ..board.slanted() };
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let second = board.fit(
        &subtitle,
        &slanted,
        &Room {
            measure,
            height: room.scale(30, 100),
            least: unit.scale(36, 10),
            most: unit.scale(64, 10),
            lines: 2,
        },
    );
    let between = if second.lines.is_empty() { Length::ZERO } else { unit * 5 };
    let height = room - second.height() - between;
    let title = board.fit(
        &board.identity.title,
        &look,
        &Room { measure, height, least: unit * 7, most: unit * 17, lines: 5 },
    );
    y = board.place(title, Point::new(margin, y)) + between;
    board.place(second, Point::new(margin, y));
    let at = Point::new(margin, foot - house.height());
    board.place(house, at);
}
