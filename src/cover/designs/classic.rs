//! “Classic”: everything on the middle axis, in a frame of two rules, as French and German publishers have
//! framed paper covers for a hundred years: authors in spaced small capitals, the title in the weight of the
//! text, a swelled rule, the subtitle in italics, the house at the foot.
//!
//! An ink takes the title and the inner rule, a second one the swelled rule.

use crate::length::{Length, Point, Size};

use crate::cover::board::Board;
use crate::cover::look::{Look, Room};
use crate::typeset::frame::Colour;
use crate::typeset::inline::paragraph::{Alignment, Letterforms};
use crate::typeset::page::matter::PLAIN;

pub(crate) fn compose(board: &mut Board<'_>) {
    let unit = board.unit;
    let inset = unit * 9;
    let outer = Size::new(board.page.width - inset * 2, board.page.height - inset * 2);
    board.frame(Point::new(inset, inset), outer, unit.scale(8, 10), Colour::BLACK);
    let within = inset + unit.scale(20, 10);
    let inner = Size::new(board.page.width - within * 2, board.page.height - within * 2);
    let fine = board.inks.shape(0);
    board.frame(Point::new(within, within), inner, unit.scale(25, 100), fine);
    let margin = within + unit * 10;
    let measure = board.page.width - margin * 2;
    let centred = |look: Look| Look { align: Alignment::Center, ..look };
    let caps = centred(Look {
        forms: Letterforms { small_caps: true, lining: true, ..Letterforms::default() },
        spacing: 70,
        leading: 128,
        ..board.serif(PLAIN)
    });
    let top = margin + unit * 4;
    let authors = board.authors(
        &caps,
        &Room { measure, height: board.down(100), least: unit * 3, most: unit.scale(60, 10), lines: 2 },
    );
    let foot = board.page.height - margin - unit * 3;
    let house = board.small(&board.house(), &caps, measure, unit.scale(46, 10));
    let end = foot - house.height() - unit * 8;
    let above = if authors.lines.is_empty() { Length::ZERO } else { authors.height() + unit * 10 };
    let start = top + above;
    let slanted = centred(Look { leading: 124, ..board.slanted() });
    let subtitle = board.identity.subtitle.clone().unwrap_or_default();
    let height = (end - start).scale(26, 100);
    let second = board.fit(
        &subtitle,
        &slanted,
        &Room {
            measure: measure - unit * 6,
            height,
            least: unit.scale(36, 10),
            most: unit.scale(72, 10),
            lines: 3,
        },
    );
    let ornament = unit * 13;
    let below = if second.lines.is_empty() { Length::ZERO } else { second.height() };
    let height = end - start - ornament - below;
    let look = centred(Look { leading: 116, colour: board.inks.title(0), ..board.serif(PLAIN) });
    let title = board.fit(
        &board.identity.title,
        &look,
        &Room { measure, height, least: unit * 8, most: unit * 18, lines: 6 },
    );
    // The group stands above the middle of its room: what stands in the middle seems to sink.
    let group = title.height() + ornament + below;
    let mut y = start + (end - start - group).max(Length::ZERO).scale(38, 100);
    board.place(authors, Point::new(margin, top));
    y = board.place(title, Point::new(margin, y));
    swelled(board, y + ornament.scale(46, 100), unit * 34);
    let inset = unit * 3;
    board.place(second, Point::new(margin + inset, y + ornament));
    let at = Point::new(margin, foot - house.height());
    board.place(house, at);
}

/// A rule that swells to the middle, where a lozenge stands.
fn swelled(board: &mut Board<'_>, y: Length, width: Length) {
    let colour = board.inks.shape(1);
    let (unit, middle) = (board.unit, board.page.width / 2);
    let (half, thick, gap) = (width / 2, unit.scale(50, 100), unit.scale(24, 10));
    for side in [-1, 1] {
        let point = |x: Length, y: Length| Point::new(x * side, y);
        let none = Length::ZERO;
        let points = vec![point(gap, -thick), point(half, none), point(gap, thick), point(gap - thick, none)];
        board.area(Point::new(middle, y), points, colour);
    }
    let arm = unit.scale(125, 100);
    let none = Length::ZERO;
    let lozenge = [(none, -arm), (arm, none), (none, arm), (-arm, none)].map(|(x, y)| Point::new(x, y));
    board.area(Point::new(middle, y), lozenge.to_vec(), colour);
}
