//! “Photograph”: a picture that fills the page, and over it a band with the title.
//!
//! The band lies where the picture's focus is not. It is white, or has the ink for a ground; a second ink is
//! a rule along its edge. In black the band is white.

use crate::length::{Length, Point};

use crate::cover::board::Board;
use crate::cover::look::{Look, Room};
use crate::typeset::frame::Colour;
use crate::typeset::page::matter::{BOLD, PLAIN};

/// Composes the band over a picture that is placed already; `low` tells that it lies in the lower half.
pub(crate) fn compose(board: &mut Board<'_>, low: bool) {
    let unit = board.unit;
    let margin = board.across(75);
    let measure = board.page.width - margin * 2;
    let on = board.inks.on_ground(0);
    let small = Look { colour: on, leading: 122, ..board.sans(BOLD) };
    let light = Look { colour: on, leading: 120, ..board.sans(PLAIN) };
    let authors = board.authors(
        &small,
        &Room { measure, height: board.down(70), least: unit * 3, most: unit * 5, lines: 2 },
    );
    let house = board.small(&board.house(), &light, measure, unit.scale(38, 10));
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let second = board.fit(
        &subtitle,
        &light,
        &Room {
            measure,
            height: board.down(110),
            least: unit.scale(36, 10),
            most: unit.scale(64, 10),
            lines: 3,
        },
    );
    let look = Look { colour: on, leading: 104, spacing: -10, ..board.sans(BOLD) };
    let height = board.down(300);
    let title = board.fit(
        &board.identity.title,
        &look,
        &Room { measure, height, least: unit * 7, most: unit * 17, lines: 5 },
    );
    let gap = unit * 6;
    let parts = [&authors, &title, &second, &house];
    let shown = parts.iter().filter(|set| !set.lines.is_empty()).count() as i64;
    let inside = parts.iter().map(|set| set.height()).sum::<Length>() + gap * (shown - 1).max(0);
    let tall = inside + unit * 15;
    let from = if low { board.page.height - board.down(80) - tall } else { board.down(80) };
    let from = from.max(Length::ZERO);
    let ground = board.inks.ground(0);
    board.band(from, from + tall, ground);
    if board.inks.count() > 1 {
        let edge = board.inks.shape(1);
        let at = if low { from } else { from + tall };
        board.band(at.max(Length(1)), at + unit * 2, edge);
    } else if board.inks.count() == 0 {
        board.band(from + unit, from + unit.scale(14, 10), Colour::BLACK);
        board.band(from + tall - unit.scale(14, 10), from + tall - unit, Colour::BLACK);
    }
    let mut y = from + unit.scale(75, 10);
    for set in [authors, title, second, house] {
        if !set.lines.is_empty() {
            y = board.place(set, Point::new(margin, y)) + gap;
        }
    }
}
