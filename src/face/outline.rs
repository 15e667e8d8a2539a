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
pub enum Step {
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
    pub steps: Box<[Step]>,
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
        let mut pen = Pen(Vec::new());
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok();
        if let Some(outline) = font.and_then(|font| font.outline_glyphs().get(GlyphId::from(glyph))) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            if outline.draw(settings, &mut pen).is_err() {
                pen.0.clear();
            }
        }
        let plain = winds_once(&pen.0);
        Outline { steps: pen.0.into(), plain }
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
const LEVELS: usize = 61;

/// Straight pieces in place of a curve, to look.
const PIECES: usize = 6;

/// Whether contours wind around each place once at most, and all the same way, as far as lines across the
/// glyph at many levels show it: a smaller overlap is not seen in print.
fn winds_once(steps: &[Step]) -> bool {
    let edges = edges(steps);
    let heights = || edges.iter().flatten().map(|[_, y]| *y);
    let (low, high) = heights().fold((f32::MAX, f32::MIN), |(low, high), y| (low.min(y), high.max(y)));
    let mut all = 0;
    let mut crossings: Vec<(f32, i32)> = Vec::new();
    for level in 0..LEVELS {
        let at = low + (high - low) * (level as f32 + 0.5) / LEVELS as f32;
        crossings.clear();
        for [from, to] in &edges {
            if (from[1] <= at) != (to[1] <= at) {
                let x = from[0] + (to[0] - from[0]) * (at - from[1]) / (to[1] - from[1]);
                crossings.push((x, if from[1] < to[1] { 1 } else { -1 }));
            }
        }
        crossings.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut winding = 0;
        for (place, (x, way)) in crossings.iter().enumerate() {
            winding += way;
            // Contours may touch.
            let wide = crossings.get(place + 1).is_some_and(|(next, _)| next - x > 1.0);
            if wide && winding != 0 {
                if all == 0 {
                    all = winding;
                }
                if winding != all || winding.abs() != 1 {
                    return false;
                }
            }
        }
    }
    true
}

/// Contours as straight edges.
fn edges(steps: &[Step]) -> Vec<[[f32; 2]; 2]> {
    let mut edges = Vec::with_capacity(steps.len() * 4);
    let (mut start, mut last) = ([0.0; 2], [0.0; 2]);
    let mut line = |last: &mut [f32; 2], to: [f32; 2]| {
        edges.push([*last, to]);
        *last = to;
    };
    for step in steps {
        match *step {
            Step::Move(to) => {
                line(&mut last, start);
                (start, last) = (to, to);
            }
            Step::Line(to) => line(&mut last, to),
            Step::Quadratic(control, to) => {
                // The same curve has control points two thirds of the way.
                let toward =
                    |from: [f32; 2]| [0, 1].map(|i: usize| from[i] + (control[i] - from[i]) * 2.0 / 3.0);
                let [a, b] = [toward(last), toward(to)];
                curve([last, a, b, to]).into_iter().for_each(|to| line(&mut last, to));
            }
            Step::Cubic(a, b, to) => curve([last, a, b, to]).into_iter().for_each(|to| line(&mut last, to)),
            Step::Close => line(&mut last, start),
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

struct Pen(Vec<Step>);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Move([x, y]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Line([x, y]));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(Step::Quadratic([cx, cy], [x, y]));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(Step::Cubic([ax, ay], [bx, by], [x, y]));
    }
    fn close(&mut self) {
        self.0.push(Step::Close);
    }
}
