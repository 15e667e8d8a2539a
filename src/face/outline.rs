//! A line of text as outlines, for drawings such as the EPUB's typographic cover.
//!
//! Comes in: a face and a line. Goes out: its contours, kerned, in design units with y up. This is for
//! display lines in alphabets that need no shaping; text is set by `typeset`.

use skrifa::MetadataProvider;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::raw::FontRef;

use super::{Face, pairs};

/// A step of a contour, in design units from the start of the line's baseline, y up.
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

/// A face, ready to draw lines of a text.
pub struct Draughts<'a> {
    font: FontRef<'a>,
    glyphs: Vec<u16>,
    kerning: Vec<Vec<i16>>,
}

impl<'a> Draughts<'a> {
    /// Prepares the characters of a text. None if the face cannot be read or lacks one of them, or if
    /// one belongs to a script that needs shaping.
    pub fn new(face: &'a Face, text: &str) -> Option<Self> {
        let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
        let charmap = font.charmap();
        let mut glyphs = Vec::new();
        for c in text.chars() {
            if super::webfont::joins(c) {
                return None;
            }
            let glyph = u16::try_from(charmap.map(c)?.to_u32()).ok().filter(|&glyph| glyph != 0)?;
            glyphs.push(glyph);
        }
        glyphs.sort_unstable();
        glyphs.dedup();
        let kerning = pairs::kerning(&font, &glyphs).unwrap_or_default();
        Some(Self { font, glyphs, kerning })
    }

    /// Glyphs of a line with their pen positions, and where the pen ends.
    fn places(&self, text: &str) -> (Vec<(u16, f32)>, f32) {
        let charmap = self.font.charmap();
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let mut pen = 0.0;
        let mut places: Vec<(u16, f32)> = Vec::new();
        for c in text.chars() {
            let Some(glyph) = charmap.map(c).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()) else {
                continue;
            };
            if let Some((before, _)) = places.last()
                && let (Ok(row), Ok(column)) =
                    (self.glyphs.binary_search(before), self.glyphs.binary_search(&glyph))
                && let Some(kern) = self.kerning.get(row).and_then(|row| row.get(column))
            {
                pen += f32::from(*kern);
            }
            places.push((glyph, pen));
            pen += metrics.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or(0.0);
        }
        (places, pen)
    }

    /// Length of a line, in design units.
    pub fn width(&self, text: &str) -> f32 {
        self.places(text).1
    }

    /// The contours of a line.
    pub fn draw(&self, text: &str) -> Vec<Step> {
        let outlines = self.font.outline_glyphs();
        let mut pen = Pen { steps: Vec::new(), x: 0.0 };
        for (glyph, x) in self.places(text).0 {
            pen.x = x;
            if let Some(outline) = outlines.get(skrifa::GlyphId::from(glyph)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A glyph whose outline is broken leaves a gap.
                let _ = outline.draw(settings, &mut pen);
            }
        }
        pen.steps
    }
}

struct Pen {
    steps: Vec<Step>,
    x: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Move([self.x + x, y]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line([self.x + x, y]));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.steps.push(Step::Quadratic([self.x + cx, cy], [self.x + x, y]));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps.push(Step::Cubic([self.x + ax, ay], [self.x + bx, by], [self.x + x, y]));
    }
    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}
