//! “Poster”: the title as large as it goes, in heavy capitals stacked to one width, on a full ground of ink.
//!
//! In black it stands on white between two bars, and so it does where a cover in colour is printed on a
//! copier. A second ink takes the title, if it can be read on the first, and the band at the foot.

use crate::language::Language;
use crate::length::{Length, Point};

use crate::cover::board::Board;
use crate::cover::look::{Look, Room, Set};
use crate::cover::stack::stack;
use crate::typeset::page::matter::{BOLD, PLAIN};

pub(crate) fn compose(board: &mut Board<'_>) {
    let unit = board.unit;
    let (width, height) = (board.page.width, board.page.height);
    let margin = board.across(68).min(unit * 10);
    let measure = width - margin * 2;
    let inked = board.inks.count() > 0;
    let on = board.inks.on_ground(0);
    if inked {
        let ground = board.inks.ground(0);
        board.band(Length::ZERO, height, ground);
    }
    let small = Look { colour: on, leading: 122, ..board.sans(BOLD) };
    let authors = board.authors(
        &small,
        &Room { measure, height: board.down(90), least: unit * 3, most: unit.scale(58, 10), lines: 2 },
    );
    // A bar at the head and one at the foot hold the poster where there is no ground.
    let bar = unit.scale(32, 10);
    board.rule(Point::new(margin, margin), measure, bar, on);
    let mut top = margin + bar + unit * 5;
    if !authors.lines.is_empty() {
        top = board.place(authors, Point::new(margin, top)) + unit * 7;
    }
    // The foot: a band in the second ink, or a bar and the house under it.
    let banded = board.inks.count() > 1;
    let house_look = Look { colour: if banded { board.inks.on_ground(1) } else { on }, ..small };
    let house = board.small(&board.house(), &house_look, measure, unit.scale(46, 10));
    let below = if house.lines.is_empty() { Length::ZERO } else { house.height() };
    let end = if banded {
        let band = height - margin - below - unit * 6;
        let colour = board.inks.ground(1);
        board.band(band, height, colour);
        // Where all is black the band is white, and a bar marks it.
        if below > Length::ZERO {
            let mark = board.inks.shape_or(1, 0);
            board.band(band, band + unit, mark);
        }
        band
    } else {
        let bar_at = height - margin - bar;
        board.rule(Point::new(margin, bar_at), measure, bar, on);
        bar_at - if below > Length::ZERO { below + unit * 5 } else { Length::ZERO }
    };
    let room = end - unit * 7 - top;
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let second_look = Look { colour: on, leading: 116, ..board.sans(PLAIN) };
    let second = board.fit(
        &subtitle,
        &second_look,
        &Room { measure, height: room.scale(24, 100), least: unit * 4, most: unit * 9, lines: 3 },
    );
    let between = if second.lines.is_empty() { Length::ZERO } else { unit * 9 };
    let height_left = room - second.height() - between;
    let look = Look { colour: board.inks.title_on_ground(0, 1), leading: 96, ..board.sans(BOLD) };
    let words = uppercase(&board.identity.title, &board.identity.language);
    let space = Room { measure, height: height_left, least: unit.scale(62, 10), most: unit * 90, lines: 14 };
    let mut y = match stack(board.setter, board.style, &words, &look, &space) {
        Some(stack) => board.place_stack(&stack, &look, Point::new(margin, top), measure),
        None => {
            // A word too long for one line has to be divided; then it may as well be large.
            let look = Look { leading: 108, ..look };
            let title = board.identity.title.clone();
            let mut sets = [20, 17, 14, 12, 10, 7].into_iter().map(|least| {
                let space = Room { least: unit * least, most: unit * 30, lines: 12, ..space };
                board.fit(&title, &look, &space)
            });
            let fits = |set: &Set| set.height() <= height_left;
            let set = sets.find(fits).unwrap_or_else(|| board.fit(&title, &look, &space));
            board.place(set, Point::new(margin, top))
        }
    };
    y += between;
    board.place(second, Point::new(margin, y));
    let at = if banded {
        Point::new(margin, end + (height - end - below) / 2)
    } else {
        Point::new(margin, height - margin - bar - unit * 5 - below)
    };
    board.place(house, at);
}

/// Capitals, where a language has them and they say the same.
fn uppercase(text: &str, language: &Language) -> String {
    // A dotted i has its own capital in Turkish; Greek capitals lose their accents.
    if matches!(language.primary(), "tr" | "az" | "el" | "lt") {
        text.to_owned()
    } else {
        text.to_uppercase()
    }
}
