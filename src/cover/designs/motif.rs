//! Patterns made from a title.
//!
//! Comes in: the title's letters, a field of a page. Goes out: filled outlines of one of five families:
//! Truchet's arcs, waves, tiles, discs, bars. There is no chance in it: the letters are the seed, and circles
//! are drawn by whole numbers, so that the same title gives the same pattern everywhere.

use crate::length::{Length, Point, Size};

use crate::cover::board::Board;
use crate::cover::inks::WHITE;
use crate::typeset::frame::{BLEED, Colour};

/// What a title decides.
struct Seed(u64);

impl Seed {
    /// FNV-1a of the letters.
    fn of(title: &str) -> Self {
        let step = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(title.bytes().fold(0xcbf2_9ce4_8422_2325, step) | 1)
    }

    /// The next number below `bound` (xorshift64*).
    fn next(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound.max(1)
    }
}

/// Draws the title's pattern over the head of the page, down to `foot`.
pub(crate) fn draw(board: &mut Board<'_>, foot: Length) {
    let mut seed = Seed::of(&board.identity.title);
    match seed.next(5) {
        0 => truchet(board, foot, &mut seed),
        1 => waves(board, foot, &mut seed),
        2 => tiles(board, foot, &mut seed),
        3 => discs(board, foot, &mut seed),
        _ => bars(board, foot, &mut seed),
    }
}

/// Steps in a quarter of a circle: no page shows the corners.
const STEPS: i64 = 14;

/// A quarter of a circle about a point, clockwise as one sees it; quarter 0 runs from the right to below.
fn quarter(centre: Point, radius: Length, quarter: u64) -> Vec<Point> {
    let at = |step: i64| {
        // (1 − t²)/(1 + t²) and 2t/(1 + t²) lie on the circle for every t.
        let (n, t) = (STEPS, step);
        let (along, over) = (n * n + t * t, 2 * n * t);
        let (x, y) = (radius.scale(n * n - t * t, along), radius.scale(over, along));
        let (x, y) = match quarter % 4 {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
        centre + Point::new(x, y)
    };
    (0..=STEPS).map(at).collect()
}

fn disc(centre: Point, radius: Length) -> Vec<Point> {
    (0..4).flat_map(|index| quarter(centre, radius, index)).collect()
}

/// Quarters of a ring.
fn ring(centre: Point, inner: Length, outer: Length, quarters: &[u64]) -> Vec<Point> {
    let mut points: Vec<Point> = quarters.iter().flat_map(|index| quarter(centre, outer, *index)).collect();
    let mut back: Vec<Point> = quarters.iter().flat_map(|index| quarter(centre, inner, *index)).collect();
    back.reverse();
    points.append(&mut back);
    points
}

/// A field of square cells that ends at `foot` and covers head and sides into the bleed: the side of a cell,
/// and the corners of all of them, from the head down.
fn cells(board: &Board<'_>, foot: Length, across: i64) -> (Length, Vec<Point>) {
    let side = board.page.width / across;
    let rows = (foot + BLEED).0.div_euclid(side.0.max(1)) + 1;
    let corner = |row: i64, column: i64| Point::new(side * column, foot - side * row);
    let corners = (1..=rows).rev().flat_map(|row| (-1..=across).map(move |column| corner(row, column)));
    (side, corners.collect())
}

/// The second ink. Where all is black it is a gray, so that the shapes are told apart; where there is no ink
/// it is black.
fn second(board: &Board<'_>) -> Colour {
    if board.inks.count() > 1 { board.inks.shape_or(1, 160) } else { board.inks.shape(0) }
}

const ORIGIN: Point = Point { x: Length::ZERO, y: Length::ZERO };

/// A shape in a cell, grown by a three-hundredth: cells overlap by a hair, so that no gap shows between
/// shapes that meet.
fn grown(points: Vec<Point>, middle: Point) -> Vec<Point> {
    let grow = |at: Length, middle: Length| middle + (at - middle).scale(301, 300);
    points.into_iter().map(|at| Point::new(grow(at.x, middle.x), grow(at.y, middle.y))).collect()
}

fn truchet(board: &mut Board<'_>, foot: Length, seed: &mut Seed) {
    let (side, corners) = cells(board, foot, 5 + seed.next(3) as i64);
    let (first, second) = (board.inks.shape(0), second(board));
    let band = (side.scale(39, 100), side.scale(61, 100));
    for corner in corners {
        let middle = corner + Point::new(side / 2, side / 2);
        let turned = seed.next(2);
        let lit = board.inks.count() > 1 && seed.next(6) == 0;
        if lit {
            board.area(ORIGIN, disc(middle, side.scale(16, 100)), second);
        }
        let ends = if turned == 0 {
            [(Point::new(Length::ZERO, Length::ZERO), 0), (Point::new(side, side), 2)]
        } else {
            [(Point::new(side, Length::ZERO), 1), (Point::new(Length::ZERO, side), 3)]
        };
        for (end, part) in ends {
            board.area(ORIGIN, grown(ring(corner + end, band.0, band.1, &[part]), middle), first);
        }
    }
}

fn waves(board: &mut Board<'_>, foot: Length, seed: &mut Seed) {
    let across = 4 + seed.next(3) as i64;
    let radius = board.page.width / (across * 2);
    let step = radius.scale(55, 100);
    let (first, second) = (board.inks.shape(0), board.inks.shape_or(1, 0));
    let rows = (foot + BLEED).0.div_euclid(step.0.max(1)) + 1;
    let upper = [2, 3];
    for row in (0..=rows).rev() {
        let y = foot - step * row;
        let shift = if row % 2 == 0 { Length::ZERO } else { radius };
        for column in -1..=across {
            let centre = Point::new(radius * (2 * column) + shift, y);
            let half: Vec<Point> = upper.iter().flat_map(|part| quarter(centre, radius, *part)).collect();
            board.area(ORIGIN, half, WHITE);
            for (index, (inner, outer)) in [(90, 100), (62, 74), (34, 47), (0, 20)].into_iter().enumerate() {
                let colour = if index == 1 || index == 3 { second } else { first };
                let band = (radius.scale(inner, 100), radius.scale(outer, 100));
                board.area(ORIGIN, ring(centre, band.0, band.1, &upper), colour);
            }
        }
    }
}

fn tiles(board: &mut Board<'_>, foot: Length, seed: &mut Seed) {
    let (side, corners) = cells(board, foot, 4 + seed.next(3) as i64);
    let (first, second) = (board.inks.shape(0), second(board));
    let at = |corner: Point, x: i64, y: i64| corner + Point::new(side * x / 2, side * y / 2);
    for corner in corners {
        let colour = if board.inks.count() > 1 && seed.next(3) == 0 { second } else { first };
        let middle = at(corner, 1, 1);
        let turn = seed.next(4);
        let ends = [(0, 0), (2, 0), (2, 2), (0, 2)];
        let end = |index: u64| ends[(index % 4) as usize];
        let place = |index: u64| at(corner, end(index).0, end(index).1);
        match seed.next(7) {
            0 | 1 => {
                let points = vec![place(turn), place(turn + 1), place(turn + 3)];
                board.area(ORIGIN, grown(points, middle), colour);
            }
            2 | 3 => {
                let mut points = quarter(place(turn), side, turn);
                points.push(place(turn));
                board.area(ORIGIN, grown(points, middle), colour);
            }
            4 => {
                let band = (side.scale(62, 100), side);
                board.area(ORIGIN, grown(ring(place(turn), band.0, band.1, &[turn]), middle), colour);
                let mut points = quarter(place(turn), side.scale(28, 100), turn);
                points.push(place(turn));
                board.area(ORIGIN, grown(points, middle), colour);
            }
            5 => board.area(ORIGIN, disc(middle, side.scale(26, 100)), colour),
            _ => {}
        }
    }
}

fn discs(board: &mut Board<'_>, foot: Length, seed: &mut Seed) {
    let across = 9 + seed.next(3) as i64;
    let (side, corners) = cells(board, foot, across);
    let (first, second) = (board.inks.shape(0), second(board));
    // Discs grow and shrink in rings around one place.
    let focus = Point::new(board.across(seed.next(1000) as i64), foot.scale(seed.next(1000) as i64, 1000));
    let half = side * (3 + seed.next(3) as i64);
    for corner in corners {
        let centre = corner + Point::new(side / 2, side / 2);
        let (x, y) = ((centre.x - focus.x).0 / 256, (centre.y - focus.y).0 / 256);
        let far = Length(x.saturating_mul(x).saturating_add(y.saturating_mul(y)).isqrt() * 256);
        let fold = (far.0.rem_euclid(half.0 * 2) - half.0).abs() * 100 / half.0.max(1);
        let radius = side.scale(10 + 36 * fold / 100, 100);
        let colour = if board.inks.count() > 1 && fold < 50 { second } else { first };
        board.area(ORIGIN, disc(centre, radius), colour);
    }
}

fn bars(board: &mut Board<'_>, foot: Length, seed: &mut Seed) {
    let (first, second) = (board.inks.shape(0), second(board));
    let count = 15 + seed.next(6) as i64;
    let step = board.page.width / count;
    let thick = step.scale(58, 100);
    let letters: Vec<u64> =
        board.identity.title.chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(c as u32)).collect();
    for index in -1..=count {
        let letter =
            letters.get(index.rem_euclid(letters.len().max(1) as i64) as usize).copied().unwrap_or(7);
        let part = |value: u64, least: i64, span: u64| least + (value % span) as i64;
        let high = part(letter * 7 + seed.next(7), 18, 62);
        let x = step * index + (step - thick) / 2;
        let top = foot - foot.scale(high, 100);
        board.fill(Point::new(x, top), Size::new(thick, foot - top), first);
        // What hangs from the head leaves a gap of one bar.
        let low = (top - step * 2).scale(part(letter * 3 + seed.next(5), 30, 66), 100);
        let from = -BLEED;
        board.fill(Point::new(x, from), Size::new(thick, (low - from).max(Length::ZERO)), second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_lie_on_their_circle_and_meet() {
        let radius = Length::pt(100);
        let points = disc(Point::default(), radius);
        for point in &points {
            let (x, y) = (point.x.to_pt(), point.y.to_pt());
            assert!((x * x + y * y - 10_000.0).abs() < 0.1, "{x} {y}");
        }
        for pair in points.windows(2) {
            assert!((pair[0].x - pair[1].x).abs() < Length::pt(16));
        }
    }

    #[test]
    fn titles_differ_in_all_that_follows() {
        let draw = |title: &str| {
            let mut seed = Seed::of(title);
            (0..20).map(|_| seed.next(5)).collect::<Vec<_>>()
        };
        assert_eq!(draw("Ni dieu ni maître"), draw("Ni dieu ni maître"));
        assert_ne!(draw("Ni dieu ni maître"), draw("Ni dieu ni maitre"));
        let families: std::collections::BTreeSet<u64> =
            ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
                .iter()
                .map(|t| Seed::of(t).next(5))
                .collect();
        assert_eq!(families.len(), 5, "every family is met");
    }
}
