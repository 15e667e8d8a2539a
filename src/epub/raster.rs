//! Shapes → pixels: what the drawn cover is made with.
//!
//! Comes in: outlines in pixels, y down. Goes out: for each pixel how much of it the outline covers. Each
//! edge adds to the pixels that it passes what it changes in them, and a sum along the row gives the
//! cover. There are additions, multiplications and divisions of IEEE 754 only, in a fixed order, so the
//! pixels are the same on every machine.

/// A point: right, down.
pub type Spot = [f32; 2];

/// Straight pieces in place of a curve; at the size of a cover's letters each is a few pixels long.
const PIECES: u32 = 10;

/// A closed outline, gathered edge by edge.
#[derive(Debug, Default)]
pub struct Outline {
    edges: Vec<(Spot, Spot)>,
    start: Spot,
    last: Spot,
}

impl Outline {
    /// Begins a contour.
    pub fn begin(&mut self, at: Spot) {
        self.close();
        (self.start, self.last) = (at, at);
    }

    /// A straight edge.
    pub fn line(&mut self, to: Spot) {
        self.edges.push((self.last, to));
        self.last = to;
    }

    /// A quadratic curve with its control point.
    pub fn quadratic(&mut self, control: Spot, to: Spot) {
        let from = self.last;
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            self.line(between(between(from, control, t), between(control, to, t), t));
        }
    }

    /// A cubic curve with its control points.
    pub fn cubic(&mut self, first: Spot, second: Spot, to: Spot) {
        let from = self.last;
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            let middle = between(first, second, t);
            let (a, b) =
                (between(between(from, first, t), middle, t), between(middle, between(second, to, t), t));
            self.line(between(a, b, t));
        }
    }

    /// Ends the contour where it began.
    pub fn close(&mut self) {
        if self.last != self.start {
            self.line(self.start);
        }
    }

    /// Calls `paint` with the place of every pixel that is covered, and how much of it is, from 0 to 1.
    pub fn fill(mut self, width: usize, height: usize, mut paint: impl FnMut(usize, usize, f32)) {
        self.close();
        let spots = || self.edges.iter().flat_map(|(a, b)| [a, b]);
        if spots().any(|spot| !spot[0].is_finite() || !spot[1].is_finite()) {
            return;
        }
        let bound = |axis: usize, most: usize| {
            let (low, high) = spots()
                .fold((f32::MAX, f32::MIN), |(low, high), spot| (low.min(spot[axis]), high.max(spot[axis])));
            let inside = |value: f32| value.clamp(0.0, most as f32) as usize;
            (inside(low.floor()), inside(high.ceil()))
        };
        let ((left, right), (top, foot)) = (bound(0, width), bound(1, height));
        if left >= right || top >= foot {
            return;
        }
        let mut area = Area { left, top, stride: right - left + 2, rows: foot - top, change: Vec::new() };
        area.change.resize(area.stride * area.rows, 0.0);
        for (from, to) in &self.edges {
            area.edge(*from, *to);
        }
        for (row, change) in area.change.chunks_exact(area.stride).enumerate() {
            let mut sum = 0.0;
            for (column, step) in change.iter().take(right - left).enumerate() {
                sum += step;
                let cover = sum.abs().min(1.0);
                if cover > 1.0 / 512.0 {
                    paint(left + column, top + row, cover);
                }
            }
        }
    }
}

fn between(a: Spot, b: Spot, t: f32) -> Spot {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/// The pixels around an outline: by how much the cover changes from the pixel to the left of each.
struct Area {
    left: usize,
    top: usize,
    stride: usize,
    rows: usize,
    change: Vec<f32>,
}

impl Area {
    fn edge(&mut self, from: Spot, to: Spot) {
        let (sign, a, b) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let (top, foot) = (a[1] - self.top as f32, b[1] - self.top as f32);
        if top >= foot {
            return;
        }
        let slope = (b[0] - a[0]) / (b[1] - a[1]);
        let x = a[0] - self.left as f32;
        let x_at = |y: f32| x + (y - top) * slope;
        let last = (foot.ceil() as usize).min(self.rows);
        for row in top.max(0.0) as usize..last {
            let (high, low) = (top.max(row as f32), foot.min(row as f32 + 1.0));
            if low > high {
                let (x0, x1) = (x_at(high), x_at(low));
                self.across(row, sign * (low - high), x0.min(x1), x0.max(x1));
            }
        }
    }

    /// An edge within one row, from `from` to `to`, that is so much of the row high.
    fn across(&mut self, row: usize, height: f32, from: f32, to: f32) {
        let most = (self.stride - 2) as f32;
        let (from, to) = (from.clamp(0.0, most), to.clamp(0.0, most));
        let (first, last) = (from as usize, to as usize);
        let start = row * self.stride;
        for column in first..=last {
            let (x0, x1) = (from.max(column as f32), to.min(column as f32 + 1.0));
            let share = if to > from { (x1 - x0) / (to - from) } else { 1.0 };
            // What lies to the right of the edge in this pixel, and then in all further ones.
            let inside = 1.0 - ((x0 + x1) / 2.0 - column as f32);
            self.change[start + column] += height * share * inside;
            self.change[start + column + 1] += height * share * (1.0 - inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(corners: &[Spot]) -> Vec<f32> {
        let mut outline = Outline::default();
        outline.begin(corners[0]);
        corners[1..].iter().for_each(|to| outline.line(*to));
        let mut pixels = vec![0.0; 16];
        outline.fill(4, 4, |x, y, cover| pixels[y * 4 + x] = cover);
        pixels
    }

    #[test]
    fn pixels_are_covered_by_their_share() {
        let square = filled(&[[0.5, 1.0], [3.0, 1.0], [3.0, 2.25], [0.5, 2.25]]);
        assert_eq!(square[4..8], [0.5, 1.0, 1.0, 0.0]);
        assert_eq!(square[8..12], [0.125, 0.25, 0.25, 0.0]);
        let triangle = filled(&[[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]);
        assert!((triangle.iter().sum::<f32>() - 8.0).abs() < 1e-5, "{triangle:?}");
        assert_eq!((triangle[0], triangle[3], triangle[15]), (1.0, 0.5, 0.0));
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let large = filled(&[[-5.0, -5.0], [9.0, -5.0], [9.0, 9.0], [-5.0, 9.0]]);
        assert_eq!(large, [1.0; 16]);
        assert_eq!(filled(&[[f32::NAN, 0.0], [9.0, 9.0], [0.0, 3.0]]), [0.0; 16]);
    }

    #[test]
    fn a_circle_of_curves_has_the_area_of_a_circle() {
        let mut outline = Outline::default();
        let (k, r) = (0.552_284_8 * 40.0, 40.0);
        let at = |x: f32, y: f32| [50.0 + x, 50.0 + y];
        outline.begin(at(r, 0.0));
        outline.cubic(at(r, k), at(k, r), at(0.0, r));
        outline.cubic(at(-k, r), at(-r, k), at(-r, 0.0));
        outline.cubic(at(-r, -k), at(-k, -r), at(0.0, -r));
        outline.cubic(at(k, -r), at(r, -k), at(r, 0.0));
        let mut sum = 0.0;
        outline.fill(100, 100, |_, _, cover| sum += cover);
        assert!((sum - 5026.5).abs() < 25.0, "{sum}");
    }
}
