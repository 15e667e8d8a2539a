//! “Plain”: black type on white, for copiers: a heavy rule at the head, the authors under it, the title as
//! large as it fits, ragged, hung from the upper third; a fine rule, publisher and series at the foot.
//!
//! No area is black, so that any copier reproduces it and toner is spared. An ink takes the heavy rule, a
//! second one the subtitle.

use crate::length::{Length, Point};

use crate::cover::board::Board;
use crate::cover::look::Room;
use crate::typeset::page::matter::{BOLD, PLAIN};

pub(crate) fn compose(board: &mut Board<'_>) {
    let unit = board.unit;
    let margin = board.across(95);
    let measure = board.page.width - margin * 2;
    let foot = board.page.height - margin;
    let heavy = board.inks.shape(0);
    board.rule(Point::new(margin, margin), measure, unit.scale(16, 10), heavy);
    let mut y = margin + unit.scale(75, 10);
    let authors = board.authors(
        &board.serif(PLAIN),
        &Room { measure, height: board.down(110), least: unit * 3, most: unit.scale(58, 10), lines: 2 },
    );
    let house = board.small(&board.house(), &board.serif(PLAIN), measure, unit.scale(42, 10));
    let end = if house.lines.is_empty() { foot } else { foot - house.height() - unit.scale(45, 10) };
    if !authors.lines.is_empty() {
        y = board.place(authors, Point::new(margin, y)) + unit * 6;
    }
    y = y.max(board.down(250));
    let slanted = crate::cover::look::Look { leading: 120, colour: board.inks.text(1), ..board.slanted() };
    let room = end - unit * 10 - y;
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let height = room.scale(28, 100);
    let second = board.fit(
        &subtitle,
        &slanted,
        &Room { measure, height, least: unit.scale(38, 10), most: unit.scale(82, 10), lines: 3 },
    );
    let between = if second.lines.is_empty() { Length::ZERO } else { unit.scale(75, 10) };
    let height = room - second.height() - between;
    let look = crate::cover::look::Look { leading: 107, ..board.serif(BOLD) };
    let title = board.fit(
        &board.identity.title,
        &look,
        &Room { measure, height, least: unit * 8, most: unit * 21, lines: 6 },
    );
    y = board.place(title, Point::new(margin, y)) + between;
    board.place(second, Point::new(margin, y));
    board.rule(Point::new(margin, end), measure, board.style.hairline, crate::typeset::frame::Colour::BLACK);
    let at = Point::new(margin, foot - house.height());
    board.place(house, at);
}
