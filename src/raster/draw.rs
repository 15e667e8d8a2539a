//! Items → pixels, in the order in which the PDF draws them.

use crate::face::outline::OutlineStep;
use crate::impose::MarkLine;
use crate::length::{Length, Point, Rect};
use crate::picture::{Picture, PixelFormat, Raster};
use crate::typeset::frame::{self, Colour, Ink, Item, Page, Pages, Run};

use super::canvas::Canvas;
use super::fill::{Clip, Contours, Dot, Filler};
use super::picture;
use super::samples::Samples;
use super::space::Space;
use super::stroke::{self, Ends};

/// A picture on the way, and what drawing needs.
pub(super) struct Drawing<'a> {
    canvas: Canvas,
    pages: &'a Pages,
    ink: Ink,
    filler: Filler,
    outline: Contours,
}

/// Whether anything on a page has a colour in an ink.
pub(super) fn coloured(page: &Page, pages: &Pages, ink: Ink) -> bool {
    let picture = |picture: &Picture| match picture {
        Picture::Drawing(drawing) => !drawing.is_gray(),
        Picture::Raster(Raster { format, pixels, .. }) => match format {
            PixelFormat::Gray => false,
            PixelFormat::Rgb => pixels.as_chunks::<3>().0.iter().any(|[r, g, b]| r != g || g != b),
            PixelFormat::Rgba => pixels.as_chunks::<4>().0.iter().any(|[r, g, b, _]| r != g || g != b),
        },
    };
    let colour = |colour: &Colour| matches!(colour, Colour::Spot(_));
    ink == Ink::Colour
        && page.items.iter().any(|placed| match &placed.item {
            Item::Picture { picture: id, .. } => {
                pages.pictures.get(id.0 as usize).is_some_and(|named| picture(&named.picture))
            }
            Item::Run(run) => colour(&run.colour),
            Item::Fill { colour: ground, .. } => colour(ground),
            Item::Stroke(stroke) => stroke.fill.as_ref().is_some_and(colour),
            Item::Link { .. } | Item::Anchor(_) => false,
        })
}

/// The samples of a colour.
fn samples(colour: Colour, ink: Ink) -> Samples {
    match (colour, ink) {
        (Colour::Gray(gray), _) => [gray; 3],
        (Colour::Spot(spot), Ink::Black) => [spot.gray; 3],
        (Colour::Spot(spot), Ink::Colour) => spot.rgb,
    }
}

impl<'a> Drawing<'a> {
    /// Nothing is drawn yet.
    pub fn new(canvas: Canvas, pages: &'a Pages, ink: Ink) -> Self {
        Self { canvas, pages, ink, filler: Filler::default(), outline: Contours::default() }
    }

    /// The picture, with so many pixels an inch.
    pub fn finish(self, resolution: f64) -> Raster {
        self.canvas.finish(resolution)
    }

    /// The picture as PNG.
    pub fn png(self) -> Vec<u8> {
        self.canvas.png()
    }

    /// Draws a page.
    pub fn page(&mut self, page: &Page, space: Space, clip: Clip) {
        for placed in &page.items {
            match &placed.item {
                Item::Run(run) => self.run(run, placed.at, space, clip),
                Item::Fill { size, colour } => {
                    if let Some(rect) = frame::printed(placed.at, *size) {
                        let (low, high) = corners(rect, space);
                        self.canvas.rectangle(low, high, clip, samples(*colour, self.ink));
                    }
                }
                Item::Stroke(stroke) => self.stroke(stroke, placed.at, space, clip),
                Item::Picture { picture, size } => {
                    if let Some(named) = self.pages.pictures.get(picture.0 as usize) {
                        let (low, high) = corners(Rect { origin: placed.at, size: *size }, space);
                        let place = picture::Placement { low, high, turn: space.turn(), clip };
                        picture::draw(&mut self.canvas, &named.picture, self.ink, &place);
                    }
                }
                Item::Link { .. } | Item::Anchor(_) => {}
            }
        }
    }

    /// Draws a line outside the pages.
    pub fn mark(&mut self, mark: &MarkLine, space: Space) {
        let points = [mark.from, mark.to].map(|at| space.spot(at));
        let width = (mark.width.to_pt() * space.scale()) as f32;
        let pen = Pen { width, dashed: mark.dashed, ends: Ends::Flat };
        self.line(&points, pen, space, self.canvas.clip());
    }

    fn run(&mut self, run: &Run, at: Point, space: Space, clip: Clip) {
        if usize::from(run.face.0) >= self.pages.faces.len() {
            return;
        }
        let face = self.pages.faces.get(run.face);
        let scale = (run.size.to_pt() * space.scale() / f64::from(face.metrics.upem.max(1))) as f32;
        let across = scale * f32::from(run.stretch) / 10_000.0;
        let colour = samples(run.colour, self.ink);
        for glyph in &run.glyphs {
            // What the face does not have is not shown.
            let Some(shape) = face.outline(glyph.id).filter(|_| glyph.id != 0) else { continue };
            let [x, y] = space.spot(Point::new(at.x + Length(glyph.x.into()), at.y + Length(glyph.y.into())));
            let spot = |[right, up]: [f32; 2]| -> Dot {
                let [right, down] = space.turned([right * across, -up * scale]);
                [x + right, y + down]
            };
            let outline = &mut self.outline;
            outline.clear();
            for step in &shape.steps {
                match *step {
                    OutlineStep::Move(to) => outline.begin(spot(to)),
                    OutlineStep::Line(to) => outline.line(spot(to)),
                    OutlineStep::Quadratic(control, to) => outline.quadratic(spot(control), spot(to)),
                    OutlineStep::Cubic(a, b, to) => outline.cubic(spot(a), spot(b), spot(to)),
                    OutlineStep::Close => outline.close(),
                }
            }
            if shape.plain {
                self.canvas.fill(&mut self.filler, outline, clip, colour);
            } else {
                self.canvas.union(&mut self.filler, outline, clip, colour);
            }
        }
    }

    fn stroke(&mut self, stroke: &frame::Stroke, at: Point, space: Space, clip: Clip) {
        let mut points: Vec<Dot> = stroke.points.iter().map(|point| space.spot(at + *point)).collect();
        if points.len() < 2 {
            return;
        }
        if let Some(colour) = stroke.fill {
            self.outline.clear();
            self.outline.begin(points[0]);
            points[1..].iter().for_each(|to| self.outline.line(*to));
            self.canvas.union(&mut self.filler, &mut self.outline, clip, samples(colour, self.ink));
            // Lines around what is filled come back to where they began.
            points.push(points[0]);
        }
        if stroke.width > Length::ZERO {
            let width = (stroke.width.to_pt() * space.scale()) as f32;
            let pen = Pen { width, dashed: stroke.dashed, ends: Ends::Round };
            self.line(&points, pen, space, clip);
        }
    }

    fn line(&mut self, points: &[Dot], pen: Pen, space: Space, clip: Clip) {
        let Pen { width, dashed, ends } = pen;
        self.outline.clear();
        let scale = space.scale() as f32;
        if dashed {
            for dash in stroke::dashes(points, scale) {
                stroke::outline(&mut self.outline, &dash, width, Ends::Flat);
            }
        } else {
            stroke::outline(&mut self.outline, points, width, ends);
        }
        self.canvas.union(&mut self.filler, &mut self.outline, clip, samples(Colour::BLACK, self.ink));
    }
}

/// What a line is drawn with.
#[derive(Clone, Copy)]
struct Pen {
    width: f32,
    dashed: bool,
    /// Where it is not dashed.
    ends: Ends,
}

/// The corners of a rectangle among pixels, the lower numbers first.
fn corners(rect: Rect, space: Space) -> ([f64; 2], [f64; 2]) {
    let a = space.at(rect.origin);
    let b = space.at(Point::new(rect.right(), rect.bottom()));
    ([a[0].min(b[0]), a[1].min(b[1])], [a[0].max(b[0]), a[1].max(b[1])])
}
