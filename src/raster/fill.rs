//! Shapes → pixels: how much of each pixel an outline covers.
//!
//! Comes in: an [`Contours`] in pixels, y down. Goes out: the cover of each pixel that it touches. Two ways:
//!
//! - [`Filler::fill`] is exact and quick: each edge adds to the pixels that it passes what it changes in
//!   them, and a sum along the row gives the cover. It asks that no part of the outline be wound around
//!   twice, or both ways; such are nearly all glyphs.
//! - [`Filler::union`] is for all others (glyphs of overlapping parts, strokes): it finds on fine lines
//!   through each row what the outline winds around, however often (PDF's non-zero rule), exactly along
//!   the line.
//!
//! There are additions, multiplications and divisions of IEEE 754 only, in a fixed order, so the pixels
//! are the same on every machine.

/// A point: right, down.
pub type Dot = [f32; 2];

/// Most straight pieces in place of a curve.
const MOST_PIECES: u32 = 48;

/// Fine lines in a row of pixels, where an outline is wound around more than once.
const LINES: usize = 32;

/// Most numbers that are kept while filling: larger areas are filled in bands.
const BAND: usize = 1 << 18;

/// What may be painted on: columns and rows from the first up to, but not with, the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clip {
    /// Columns.
    pub across: [usize; 2],
    /// Rows.
    pub down: [usize; 2],
}

impl Clip {
    /// All of so many columns and rows.
    pub fn whole(width: usize, height: usize) -> Self {
        Self { across: [0, width], down: [0, height] }
    }
}

/// Closed contours, gathered edge by edge.
#[derive(Debug, Default)]
pub struct Contours {
    edges: Vec<[Dot; 2]>,
    start: Dot,
    last: Dot,
}

impl Contours {
    /// Forgets all edges, but keeps their room.
    pub fn clear(&mut self) {
        self.edges.clear();
        (self.start, self.last) = ([0.0; 2], [0.0; 2]);
    }

    /// Begins a contour.
    pub fn begin(&mut self, at: Dot) {
        self.close();
        (self.start, self.last) = (at, at);
    }

    /// A straight edge.
    pub fn line(&mut self, to: Dot) {
        self.edges.push([self.last, to]);
        self.last = to;
    }

    /// A quadratic curve with its control point.
    pub fn quadratic(&mut self, control: Dot, to: Dot) {
        let from = self.last;
        // The second derivative is 2 · bend; a chord over 1/n of the curve is off by bend/4n² at most.
        let pieces = pieces(4.0 * bend(from, control, to));
        for piece in 1..pieces {
            let t = piece as f32 / pieces as f32;
            self.line(between(between(from, control, t), between(control, to, t), t));
        }
        self.line(to);
    }

    /// A cubic curve with its control points.
    pub fn cubic(&mut self, first: Dot, second: Dot, to: Dot) {
        let from = self.last;
        // The second derivative is 6 · bend at most; a chord is off by 3 bend/4n² at most.
        let pieces = pieces(12.0 * bend(from, first, second).max(bend(first, second, to)));
        for piece in 1..pieces {
            let t = piece as f32 / pieces as f32;
            let middle = between(first, second, t);
            let (a, b) =
                (between(between(from, first, t), middle, t), between(middle, between(second, to, t), t));
            self.line(between(a, b, t));
        }
        self.line(to);
    }

    /// Ends the contour where it began.
    pub fn close(&mut self) {
        if self.last != self.start {
            self.line(self.start);
        }
    }

    /// The pixels of a clip that the outline may touch; none if it touches none, or is no outline.
    fn extent(&self, clip: Clip) -> Option<Clip> {
        let mut low = [f32::MAX; 2];
        let mut high = [f32::MIN; 2];
        let mut finite = true;
        for [spot, other] in &self.edges {
            for axis in [0, 1] {
                finite &= spot[axis].is_finite() && other[axis].is_finite();
                low[axis] = low[axis].min(spot[axis]);
                high[axis] = high[axis].max(spot[axis]);
            }
        }
        let inside = |axis: usize, [first, end]: [usize; 2]| {
            let inside = |value: f32| (value.clamp(0.0, end as f32) as usize).max(first);
            [inside(low[axis].floor()), inside(high[axis].ceil())]
        };
        let within = Clip { across: inside(0, clip.across), down: inside(1, clip.down) };
        let some = within.across[0] < within.across[1] && within.down[0] < within.down[1];
        (finite && some).then_some(within)
    }
}

/// How far a control point lies from the middle of its neighbours, twice; the larger of both axes.
fn bend(a: Dot, b: Dot, c: Dot) -> f32 {
    let along = |axis: usize| (a[axis] - 2.0 * b[axis] + c[axis]).abs();
    // Of two axes the sum is never less than the length.
    along(0) + along(1)
}

/// The least number whose square is so large: pieces that are off by a sixteenth of a pixel at most.
fn pieces(square: f32) -> u32 {
    let mut pieces = 1;
    while pieces < MOST_PIECES && ((pieces * pieces) as f32) < square {
        pieces += 1;
    }
    pieces
}

fn between(a: Dot, b: Dot, t: f32) -> Dot {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/// Fills outlines; keeps its room from one to the next.
#[derive(Debug, Default)]
pub struct Filler {
    change: Vec<f32>,
    crossings: Vec<Crossing>,
}

/// Where an edge crosses a fine line.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    line: u32,
    x: f32,
    down: bool,
}

impl Filler {
    /// Calls `paint` for every row that the outline touches with the first column, the row, and of each
    /// pixel from there on how much is covered, from 0 to 1. The outline winds around no place twice, or
    /// both ways.
    pub fn fill(&mut self, outline: &mut Contours, clip: Clip, mut paint: impl FnMut(usize, usize, &[f32])) {
        outline.close();
        let Some(extent) = outline.extent(clip) else { return };
        self.bands(extent, &mut paint, |_, area| {
            for [from, to] in &outline.edges {
                area.edge(*from, *to);
            }
        });
    }

    /// Likewise of any outline: what it winds around more than once, or by several contours, is covered
    /// once.
    pub fn union(&mut self, outline: &mut Contours, clip: Clip, mut paint: impl FnMut(usize, usize, &[f32])) {
        outline.close();
        let Some(extent) = outline.extent(clip) else { return };
        self.bands(extent, &mut paint, |crossings, area| {
            crossings.clear();
            for [from, to] in &outline.edges {
                area.cross(*from, *to, crossings);
            }
            crossings.sort_unstable_by(|a, b| {
                a.line.cmp(&b.line).then(a.x.total_cmp(&b.x)).then(a.down.cmp(&b.down))
            });
            let (mut winding, mut line, mut from) = (0_i32, u32::MAX, 0.0);
            for crossing in crossings.iter() {
                if crossing.line != line {
                    (winding, line) = (0, crossing.line);
                }
                let before = winding;
                winding += if crossing.down { 1 } else { -1 };
                if before == 0 {
                    from = crossing.x;
                } else if winding == 0 {
                    area.span(line as usize / LINES, from, crossing.x);
                }
            }
        });
    }

    /// Gathers what an outline changes, in bands of rows that fit the room, and paints it.
    fn bands(
        &mut self,
        extent: Clip,
        paint: &mut impl FnMut(usize, usize, &[f32]),
        mut gather: impl FnMut(&mut Vec<Crossing>, &mut Area<'_>),
    ) {
        let Clip { across: [left, right], down: [top, foot] } = extent;
        let stride = right - left + 2;
        let rows = (BAND / stride).max(1);
        for top in (top..foot).step_by(rows) {
            let rows = rows.min(foot - top);
            self.change.clear();
            self.change.resize(stride * rows, 0.0);
            let mut area =
                Area { left: left as f32, top: top as f32, stride, rows, change: &mut self.change };
            gather(&mut self.crossings, &mut area);
            for (row, change) in self.change.chunks_exact_mut(stride).enumerate() {
                let covers = &mut change[..right - left];
                let mut sum = 0.0;
                for step in covers.iter_mut() {
                    sum += *step;
                    *step = sum;
                }
                covers.iter_mut().for_each(|cover| *cover = cover.abs().min(1.0));
                paint(left, top + row, covers);
            }
        }
    }
}

/// The pixels around an outline: by how much the cover changes from the pixel to the left of each.
struct Area<'a> {
    left: f32,
    top: f32,
    stride: usize,
    rows: usize,
    change: &'a mut [f32],
}

impl Area<'_> {
    fn edge(&mut self, from: Dot, to: Dot) {
        let (sign, a, b) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let (top, foot) = (a[1] - self.top, b[1] - self.top);
        if top >= foot || foot <= 0.0 {
            return;
        }
        let slope = (b[0] - a[0]) / (b[1] - a[1]);
        let x = a[0] - self.left;
        let last = (foot.ceil() as usize).min(self.rows);
        for row in top.max(0.0) as usize..last {
            let (high, low) = (top.max(row as f32), foot.min(row as f32 + 1.0));
            if low > high {
                let (x0, x1) = (x + (high - top) * slope, x + (low - top) * slope);
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
        if first == last {
            // What lies to the right of the edge in this pixel, and then in all further ones.
            let inside = 1.0 - ((from + to) * 0.5 - first as f32);
            self.change[start + first] += height * inside;
            self.change[start + first + 1] += height * (1.0 - inside);
            return;
        }
        let each = height / (to - from);
        for column in first..=last {
            let (x0, x1) = (from.max(column as f32), to.min(column as f32 + 1.0));
            let inside = 1.0 - ((x0 + x1) * 0.5 - column as f32);
            let height = each * (x1 - x0);
            self.change[start + column] += height * inside;
            self.change[start + column + 1] += height * (1.0 - inside);
        }
    }

    /// Notes where an edge crosses the middles of the fine lines.
    fn cross(&self, from: Dot, to: Dot, crossings: &mut Vec<Crossing>) {
        let down = from[1] < to[1];
        let (a, b) = if down { (from, to) } else { (to, from) };
        let line_at = |y: f32| ((y - self.top) * LINES as f32 - 0.5).ceil();
        let most = (self.rows * LINES) as f32;
        let (first, end) = (line_at(a[1]).clamp(0.0, most), line_at(b[1]).clamp(0.0, most));
        let slope = (b[0] - a[0]) / (b[1] - a[1]);
        for line in first as u32..end as u32 {
            let y = self.top + (line as f32 + 0.5) / LINES as f32;
            crossings.push(Crossing { line, x: a[0] + (y - a[1]) * slope - self.left, down });
        }
    }

    /// A part of a fine line that is covered.
    fn span(&mut self, row: usize, from: f32, to: f32) {
        self.across(row, 1.0 / LINES as f32, from, from);
        self.across(row, -1.0 / LINES as f32, to, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills, and calls with the column, row and cover of each pixel.
    fn fill(union: bool, outline: &mut Contours, clip: Clip, mut paint: impl FnMut(usize, usize, f32)) {
        let mut each = |left: usize, row: usize, covers: &[f32]| {
            covers.iter().enumerate().for_each(|(column, cover)| paint(left + column, row, *cover));
        };
        let mut filler = Filler::default();
        if union { filler.union(outline, clip, &mut each) } else { filler.fill(outline, clip, &mut each) }
    }

    fn filled(corners: &[Dot]) -> Vec<f32> {
        let mut outline = Contours::default();
        outline.begin(corners[0]);
        corners[1..].iter().for_each(|to| outline.line(*to));
        let (mut exact, mut united) = (vec![0.0; 16], vec![0.0; 16]);
        let clip = Clip::whole(4, 4);
        fill(false, &mut outline, clip, |x, y, cover| exact[y * 4 + x] = cover);
        fill(true, &mut outline, clip, |x, y, cover| united[y * 4 + x] = cover);
        for (exact, united) in exact.iter().zip(&united) {
            assert!((exact - united).abs() < 0.02, "{exact} {united}");
        }
        exact
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
        let mut outline = Contours::default();
        let (k, r) = (0.552_284_8 * 40.0, 40.0);
        let at = |x: f32, y: f32| [50.0 + x, 50.0 + y];
        outline.begin(at(r, 0.0));
        outline.cubic(at(r, k), at(k, r), at(0.0, r));
        outline.cubic(at(-k, r), at(-r, k), at(-r, 0.0));
        outline.cubic(at(-r, -k), at(-k, -r), at(0.0, -r));
        outline.cubic(at(k, -r), at(r, -k), at(r, 0.0));
        let mut sum = 0.0;
        fill(false, &mut outline, Clip::whole(100, 100), |_, _, cover| sum += cover);
        assert!((sum - 5026.5).abs() < 8.0, "{sum}");
    }

    /// Rectangles by left, top, right, foot; the second pair of a reversed one is wound the other way.
    fn overlapping(parts: &[[f32; 4]]) -> Vec<f32> {
        let mut outline = Contours::default();
        for [left, top, right, foot] in parts {
            outline.begin([*left, *top]);
            [[*right, *top], [*right, *foot], [*left, *foot]].into_iter().for_each(|to| outline.line(to));
        }
        let mut pixels = vec![0.0; 16];
        fill(true, &mut outline, Clip::whole(4, 4), |x, y, cover| pixels[y * 4 + x] = cover);
        pixels
    }

    #[test]
    fn what_overlaps_is_covered_once_and_what_is_wound_back_is_not() {
        // Both cover the same half of a pixel: not the whole of it.
        let twice = overlapping(&[[0.5, 0.0, 2.0, 1.0], [0.5, 0.0, 3.0, 1.0]]);
        assert_eq!(twice[..4], [0.5, 1.0, 1.0, 0.0]);
        // One wound down, one wound up, each half of the pixel between them: the whole of it.
        let beside = overlapping(&[[0.0, 0.0, 1.5, 1.0], [3.0, 0.0, 1.5, 1.0]]);
        assert_eq!(beside[..4], [1.0, 1.0, 1.0, 0.0]);
        // A hole is wound the other way.
        let hole = overlapping(&[[0.0, 0.0, 4.0, 1.0], [3.0, 0.0, 1.0, 1.0]]);
        assert_eq!(hole[..4], [1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn large_areas_are_filled_in_bands_and_clips_hold() {
        let mut outline = Contours::default();
        outline.begin([-50.0, -50.0]);
        [[5e6, -50.0], [5e6, 5e6], [-50.0, 5e6]].into_iter().for_each(|to| outline.line(to));
        let clip = Clip { across: [10, 3000], down: [7, 2000] };
        for union in [false, true] {
            let (mut count, mut least) = (0_usize, (usize::MAX, usize::MAX));
            let paint = |x: usize, y: usize, cover: f32| {
                assert!((cover - 1.0).abs() < 1e-4, "{x} {y}");
                (count, least) = (count + 1, (least.0.min(x), least.1.min(y)));
            };
            fill(union, &mut outline, clip, paint);
            assert_eq!((count, least), (2990 * 1993, (10, 7)));
        }
    }
}
