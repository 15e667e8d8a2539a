//! Glyphs as outlines, for pictures of pages.
//!
//! Comes in: a face and a glyph of it, as the typesetter has chosen it. Goes out: its contours, in design
//! units with y up.

use std::sync::{Arc, OnceLock};

use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use super::Face;

/// A step of a contour, in design units from the glyph's origin, y up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OutlineStep {
    /// Begins a contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A quadratic curve: control point, end.
    Quadratic([f32; 2], [f32; 2]),
    /// A cubic curve: two control points, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Ends a contour.
    Close,
}

/// The outline of a glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Its contours; none of a space, or where the font is broken.
    pub steps: Box<[OutlineStep]>,
    /// Whether its contours wind around each place once at most, and all the same way: so most fonts are
    /// drawn, and such outlines are quicker to fill. Parts that overlap, or a contour within another that
    /// is wound like it, make it false.
    pub plain: bool,
}

/// The outlines of a face that were asked for, by glyph.
type Known = Box<[OnceLock<Outline>]>;

/// Kept with its face.
#[derive(Clone, Default)]
pub(super) struct Outlines(OnceLock<Arc<Known>>);

impl Face {
    /// The outline of a glyph, found once and kept. None for a glyph that does not exist.
    pub fn outline(&self, glyph: u16) -> Option<&Outline> {
        let known = self.outlines.0.get_or_init(|| {
            let font = FontRef::from_index(self.data.as_ref(), self.index).ok();
            let count = font.and_then(|font| Some(font.maxp().ok()?.num_glyphs())).unwrap_or(0);
            Arc::new((0..count).map(|_| OnceLock::new()).collect())
        });
        known.get(usize::from(glyph)).map(|known| known.get_or_init(|| self.traced(glyph)))
    }

    fn traced(&self, glyph: u16) -> Outline {
        let steps = self.drawn(glyph).unwrap_or_default();
        let plain = winds_once(&steps);
        Outline { steps: steps.into(), plain }
    }

    /// Whether a glyph can be drawn: its outline is whole, or it has none.
    pub(super) fn draws(&self, glyph: u16) -> bool {
        self.drawn(glyph).is_some()
    }

    /// The steps of a glyph; none of them for a glyph without an outline. None if the font is broken there.
    fn drawn(&self, glyph: u16) -> Option<Vec<OutlineStep>> {
        let mut pen = Pen(Vec::new());
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok()?;
        let glyph = GlyphId::from(glyph);
        match font.outline_glyphs().get(glyph) {
            Some(outline) => {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                outline.draw(settings, &mut pen).ok()?;
            }
            // A space, or what cannot be read: of the two only the space takes no room in the file.
            None => {
                let (glyf, loca) = (font.glyf().ok()?, font.loca(None).ok()?);
                if loca.get_glyf(glyph, &glyf).ok()?.is_some() {
                    return None;
                }
            }
        }
        Some(pen.0)
    }

    /// How far right of the pen the ink of a glyph begins, in design units; zero for a glyph that does
    /// not exist.
    pub fn left_bearing(&self, glyph: u16) -> i32 {
        let Ok(font) = FontRef::from_index(self.data.as_ref(), self.index) else { return 0 };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.left_side_bearing(GlyphId::from(glyph)).unwrap_or(0.0).round() as i32
    }
}

/// Levels at which it is looked how contours wind.
const LEVELS: u32 = 61;

/// Straight pieces in place of a curve, to look.
const PIECES: usize = 6;

/// Whether contours wind around each place once at most, and all the same way, as far as lines across the
/// glyph at many levels show it: a smaller overlap is not seen in print.
fn winds_once(steps: &[OutlineStep]) -> bool {
    let edges = edges(steps);
    let heights = || edges.iter().flatten().map(|[_, y]| *y);
    let (low, high) = heights().fold((f32::MAX, f32::MIN), |(low, high), y| (low.min(y), high.max(y)));
    if low >= high {
        return true;
    }
    let step = (high - low) / LEVELS as f32;
    let height = |level: u32| low + step * (level as f32 + 0.5);
    // By level, then from left to right.
    let mut crossings: Vec<(u32, f32, i32)> = Vec::with_capacity(edges.len() * 2);
    for [from, to] in &edges {
        let (a, b, way) = if from[1] < to[1] { (from, to, 1) } else { (to, from, -1) };
        let first = ((a[1] - low) / step - 0.5).ceil().clamp(0.0, LEVELS as f32) as u32;
        for level in (first..LEVELS).take_while(|level| height(*level) < b[1]) {
            let x = a[0] + (b[0] - a[0]) * (height(level) - a[1]) / (b[1] - a[1]);
            crossings.push((level, x, way));
        }
    }
    crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let (mut all, mut winding) = (0, 0);
    for pair in crossings.windows(2) {
        let [(level, x, way), (next_level, next, _)] = [pair[0], pair[1]];
        winding += way;
        if level != next_level {
            winding = 0;
        } else if next - x > 1.0 && winding != 0 {
            // Narrower, contours only touch.
            all = if all == 0 { winding } else { all };
            if winding != all || winding.abs() != 1 {
                return false;
            }
        }
    }
    true
}

/// Contours as straight edges.
fn edges(steps: &[OutlineStep]) -> Vec<[[f32; 2]; 2]> {
    let mut edges = Vec::with_capacity(steps.len() * 4);
    let (mut start, mut last) = ([0.0; 2], [0.0; 2]);
    let mut line = |last: &mut [f32; 2], to: [f32; 2]| {
        edges.push([*last, to]);
        *last = to;
    };
    for step in steps {
        match *step {
            OutlineStep::Move(to) => {
                line(&mut last, start);
                (start, last) = (to, to);
            }
            OutlineStep::Line(to) => line(&mut last, to),
            OutlineStep::Quadratic(control, to) => {
                // The same curve has control points two thirds of the way.
                let toward =
                    |from: [f32; 2]| [0, 1].map(|i: usize| from[i] + (control[i] - from[i]) * 2.0 / 3.0);
                let [a, b] = [toward(last), toward(to)];
                curve([last, a, b, to]).into_iter().for_each(|to| line(&mut last, to));
            }
            OutlineStep::Cubic(a, b, to) => {
                curve([last, a, b, to]).into_iter().for_each(|to| line(&mut last, to))
            }
            OutlineStep::Close => line(&mut last, start),
        }
    }
    line(&mut last, start);
    edges
}

/// Points on a cubic curve after its first.
fn curve([from, a, b, to]: [[f32; 2]; 4]) -> [[f32; 2]; PIECES] {
    std::array::from_fn(|piece| {
        let t = (piece + 1) as f32 / PIECES as f32;
        let u = 1.0 - t;
        let [first, second, third, fourth] = [u * u * u, u * u * 3.0 * t, u * 3.0 * t * t, t * t * t];
        [0, 1].map(|i: usize| from[i] * first + a[i] * second + b[i] * third + to[i] * fourth)
    })
}

struct Pen(Vec<OutlineStep>);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::Move([x, y]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::Line([x, y]));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::Quadratic([cx, cy], [x, y]));
    }
    // Six numbers because the trait says so.
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::Cubic([ax, ay], [bx, by], [x, y]));
    }
    fn close(&mut self) {
        self.0.push(OutlineStep::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares of contours, by their left, foot and size; of negative size, wound the other way.
    fn squares(squares: &[[f32; 3]]) -> Vec<OutlineStep> {
        let contour = |&[x, y, size]: &[f32; 3]| {
            let to = [[x + size.abs(), y], [x + size.abs(), y + size.abs()], [x, y + size.abs()]];
            let mut corners = vec![OutlineStep::Move([x, y])];
            corners.extend(to.map(OutlineStep::Line));
            if size < 0.0 {
                corners[1..].reverse();
            }
            corners.push(OutlineStep::Close);
            corners
        };
        squares.iter().flat_map(contour).collect()
    }

    #[test]
    fn outlines_that_wind_twice_or_both_ways_are_told_from_plain_ones() {
        assert!(winds_once(&[]));
        assert!(winds_once(&squares(&[[0.0, 0.0, 100.0], [200.0, 30.0, 100.0]])));
        // A hole.
        assert!(winds_once(&squares(&[[0.0, 0.0, 100.0], [30.0, 30.0, -40.0]])));
        // One within another, one over another, one wound the other way beside another.
        assert!(!winds_once(&squares(&[[0.0, 0.0, 100.0], [30.0, 30.0, 40.0]])));
        assert!(!winds_once(&squares(&[[0.0, 0.0, 100.0], [80.0, 50.0, 100.0]])));
        assert!(!winds_once(&squares(&[[0.0, 0.0, 100.0], [200.0, 0.0, -100.0]])));
    }

    #[test]
    fn letters_of_the_embedded_faces_are_plain() {
        let faces = crate::face::embedded();
        for (_, face) in faces.iter() {
            for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9') {
                let glyph = face.glyph(letter).expect("a letter");
                assert!(face.outline(glyph).is_some_and(|o| o.plain), "{letter} of {face:?}");
            }
        }
    }
}
