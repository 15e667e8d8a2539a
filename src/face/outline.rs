//! Glyphs as outlines, for drawings such as the EPUB's cover.
//!
//! Comes in: a face and a glyph of it, as the typesetter has chosen it. Goes out: its contours, in design
//! units with y up.

use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::raw::FontRef;
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

/// The outlines of a face.
pub struct Outlines<'a> {
    glyphs: OutlineGlyphCollection<'a>,
}

impl<'a> Outlines<'a> {
    /// Opens the outlines of a face. None if it cannot be read.
    pub fn new(face: &'a Face) -> Option<Self> {
        let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
        Some(Self { glyphs: font.outline_glyphs() })
    }

    /// The contours of a glyph; none of a space, or where the outline is broken.
    pub fn glyph(&self, id: u16) -> Vec<Step> {
        let mut pen = Pen(Vec::new());
        if let Some(outline) = self.glyphs.get(GlyphId::from(id)) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            if outline.draw(settings, &mut pen).is_err() {
                pen.0.clear();
            }
        }
        pen.0
    }
}

impl Face {
    /// How far right of the pen the ink of a glyph begins, in design units; zero for a glyph that does
    /// not exist.
    pub fn left_bearing(&self, glyph: u16) -> i32 {
        let Ok(font) = FontRef::from_index(self.data.as_ref(), self.index) else { return 0 };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.left_side_bearing(GlyphId::from(glyph)).unwrap_or(0.0).round() as i32
    }
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
