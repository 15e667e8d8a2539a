//! Tools of drawing: sheets, folds, cuts, arrows, staples, in a box of 100 by 64 units.
//!
//! A figure for a booklet that is bound on the right is drawn in a mirror; its numbers are not.

use crate::length::{Length, Point, Size};
use crate::typeset::frame::Colour;

use super::slip::{BOLD, FINE, Slip, SlipLook, TINT};

/// Width and height of a figure's box, in units.
pub(super) const WIDE: i64 = 100;
pub(super) const HIGH: i64 = 64;

/// A place in a figure, in units from its upper left corner.
pub(super) type At = (i64, i64);

/// An upright rectangle: left, top, width, height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet(pub i64, pub i64, pub i64, pub i64);

impl Sheet {
    /// Its corners.
    pub fn corners(self) -> [At; 4] {
        let Self(x, y, w, h) = self;
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    }
}

/// A figure being drawn.
pub(super) struct Figure<'f, 's, 'a> {
    pub slip: &'f mut Slip<'s, 'a>,
    /// Upper left corner of its box.
    pub at: Point,
    /// Length of a unit.
    pub unit: Length,
    /// Whether left and right change places.
    pub mirrored: bool,
    /// The paper, as it lies when its pages are upright.
    pub paper: Size,
    /// Columns and rows of pages on it.
    pub grid: (i64, i64),
}

impl Figure<'_, '_, '_> {
    fn place(&self, (x, y): At) -> Point {
        let x = if self.mirrored { WIDE - x } else { x };
        Point::new(self.at.x + self.unit * x, self.at.y + self.unit * y)
    }

    fn places(&self, points: &[At]) -> Vec<Point> {
        points.iter().map(|at| self.place(*at)).collect()
    }

    /// The sheet in its own proportions, in the middle of the box, at most so wide and so high.
    pub fn sheet_within(&self, most: At) -> Sheet {
        let ratio = |a: Length, b: Length, n: i64| n * a.0.max(1) / b.0.max(1);
        let by_width = ratio(self.paper.height, self.paper.width, most.0);
        let (w, h) = if by_width <= most.1 {
            (most.0, by_width.max(4))
        } else {
            (ratio(self.paper.width, self.paper.height, most.1).max(4), most.1)
        };
        Sheet((WIDE - w) / 2, (HIGH - h) / 2, w, h)
    }

    /// Lines.
    pub fn lines(&mut self, points: &[At]) {
        let points = self.places(points);
        self.slip.line(&points, FINE, false);
    }

    /// Lines that catch the eye.
    pub fn heavy(&mut self, points: &[At]) {
        let points = self.places(points);
        self.slip.line(&points, BOLD, false);
    }

    /// Where to fold.
    pub fn fold(&mut self, from: At, to: At) {
        let points = self.places(&[from, to]);
        self.slip.line(&points, FINE, true);
    }

    /// White paper.
    pub fn paper(&mut self, points: &[At]) {
        let points = self.places(points);
        self.slip.area(&points, Colour::Gray(255), FINE);
    }

    /// Paper that is looked at from behind, or that has moved.
    pub fn tinted(&mut self, points: &[At]) {
        let points = self.places(points);
        self.slip.area(&points, TINT, FINE);
    }

    /// A sheet, with others under it.
    pub fn stack(&mut self, Sheet(x, y, w, h): Sheet, under: i64) {
        for depth in (0..=under).rev() {
            self.paper(&Sheet(x - depth, y + depth, w, h).corners());
        }
    }

    /// Where to cut, with scissors at its beginning.
    pub fn cut(&mut self, from: At, to: At) {
        self.heavy(&[from, to]);
        // Away from the line, seen from its beginning.
        let (dx, dy) = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        let (x, y) = (from.0 - dx * 2, from.1 - dy * 2);
        for side in [-1, 1] {
            let ring = (x - dx * 5 - dy * side * 2, y - dy * 5 - dx * side * 2);
            let blade = (x + dx * 3 + dy * side, y + dy * 3 + dx * side);
            self.lines(&[(ring.0 + dx, ring.1 + dy), blade]);
            self.round(ring, 1);
        }
    }

    /// A small circle.
    pub fn round(&mut self, (x, y): At, radius: i64) {
        let centre = self.place((x, y));
        let arc = arc_points(centre, self.unit * radius, self.unit * radius, 0, 24);
        self.slip.area(&arc, Colour::Gray(255), FINE);
    }

    /// An arrow through points.
    pub fn arrow(&mut self, points: &[At]) {
        let points = self.places(points);
        self.arrow_along(&points);
    }

    /// An arrow along an arc around a place, from one angle to another; angles are in 15 degrees,
    /// counted from the right against the clock.
    pub fn turn(&mut self, centre: At, (rx, ry): At, from: i64, to: i64) {
        let (from, to) = if self.mirrored { (12 - from, 12 - to) } else { (from, to) };
        let centre = self.place(centre);
        let points = arc_points(centre, self.unit * rx, self.unit * ry, from, to);
        self.arrow_along(&points);
    }

    fn arrow_along(&mut self, points: &[Point]) {
        let [.., before, end] = points else { return };
        let (dx, dy) = (end.x.0 - before.x.0, end.y.0 - before.y.0);
        let length = (i128::from(dx) * i128::from(dx) + i128::from(dy) * i128::from(dy)).isqrt();
        let length = i64::try_from(length).unwrap_or(i64::MAX).max(1);
        let head = self.unit.0 * 4;
        let along = |n: i64| (dx.saturating_mul(n) / length, dy.saturating_mul(n) / length);
        let (back, side) = (along(head), along(head * 2 / 5));
        let root = Point::new(Length(end.x.0 - back.0), Length(end.y.0 - back.1));
        let wing = |sign: i64| Point::new(Length(root.x.0 - side.1 * sign), Length(root.y.0 + side.0 * sign));
        let mut shaft = points[..points.len() - 1].to_vec();
        shaft.push(root);
        self.slip.line(&shaft, BOLD, false);
        self.slip.area(&[*end, wing(1), wing(-1)], Colour::BLACK, Length::ZERO);
    }

    /// Lines of print on a page.
    pub fn print(&mut self, Sheet(x, y, w, h): Sheet) {
        let mut at = y + 3;
        while at < y + h - 2 {
            self.lines(&[(x + 3, at), (x + w - 3, at)]);
            at += 4;
        }
    }

    /// A staple.
    pub fn staple(&mut self, from: At, to: At) {
        let points = self.places(&[from, to]);
        self.slip.line(&points, Length::pt(2), false);
    }

    /// A number in the middle of a place.
    pub fn number(&mut self, number: usize, at: At) {
        let look = SlipLook::of(self.unit * 7).bold().centred();
        let centre = self.place(at);
        let half = self.unit * 10;
        let corner = Point::new(centre.x - half, centre.y - look.size.scale(65, 100));
        self.slip.text(&number.to_string(), corner, half * 2, look);
    }
}

/// Cosines of 0, 15, 30 … 90 degrees, in thousandths: a table is the same on every machine.
const COSINES: [i64; 7] = [1000, 966, 866, 707, 500, 259, 0];

fn cosine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(24);
    let mirrored = angle.min(24 - angle);
    let entry = |n: i64| COSINES[usize::try_from(n).unwrap_or(0).min(6)];
    if mirrored <= 6 { entry(mirrored) } else { -entry(12 - mirrored) }
}

fn arc_points(centre: Point, rx: Length, ry: Length, from: i64, to: i64) -> Vec<Point> {
    let point = |angle: i64| {
        let (x, y) = (cosine(angle), cosine(angle - 6));
        Point::new(centre.x + rx.scale(x, 1000), centre.y - ry.scale(y, 1000))
    };
    if from <= to { (from..=to).map(point).collect() } else { (to..=from).rev().map(point).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_go_around() {
        let all: Vec<i64> = [0, 6, 12, 18, 24, 4, 8, -6].map(cosine).to_vec();
        assert_eq!(all, [1000, 0, -1000, 0, 1000, 500, -500, 0]);
    }
}
