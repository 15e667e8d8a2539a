//! Drawings → pixels, for pictures of pages and for covers of EPUBs.
//!
//! Comes in: a [`Drawing`], and where it lies among the pixels. Goes out: pixels with alpha. The only
//! place that names `tiny_skia`.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Mask, Paint as Brush, Path,
    PathBuilder, Pixmap, PixmapPaint, Point, RadialGradient, Shader, SpreadMode, Stroke, StrokeDash,
    Transform,
};

use super::drawing::{
    Area, Cap, Drawing, Gradient, Graphic, Group, Join, Paint, Pen, Segment, Shape, Tint, shade,
};

impl Drawing {
    /// The drawing in so many pixels, four samples each, straight alpha last. `corners` are the places of
    /// its own corners in pixels: upper left, upper right, lower left. In `gray` every colour is its shade.
    /// None if there are no pixels, or too many.
    #[must_use]
    pub fn pixels(
        &self,
        width: usize,
        height: usize,
        corners: [[f64; 2]; 3],
        gray: bool,
    ) -> Option<Vec<[u8; 4]>> {
        let mut pixmap = Pixmap::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?)?;
        let [corner, right, below] = corners;
        let along =
            |to: [f64; 2], units: i32| [0, 1].map(|i| ((to[i] - corner[i]) / f64::from(units.max(1))) as f32);
        let (x, y) = (along(right, self.width), along(below, self.height));
        let place = Transform::from_row(x[0], x[1], y[0], y[1], corner[0] as f32, corner[1] as f32);
        let mut frame = Mask::new(pixmap.width(), pixmap.height())?;
        let [w, h] = [self.width, self.height];
        let edge =
            [Segment::Move([0, 0]), Segment::Line([w, 0]), Segment::Line([w, h]), Segment::Line([0, h])];
        let edge = path(&edge)?;
        frame.fill_path(&edge, FillRule::Winding, true, place);
        let painter = Painter { place, gray };
        painter.parts(&self.parts, &mut pixmap, &frame);
        let straight = |pixel: &tiny_skia::PremultipliedColorU8| {
            let pixel = pixel.demultiply();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        };
        Some(pixmap.pixels().iter().map(straight).collect())
    }
}

struct Painter {
    place: Transform,
    gray: bool,
}

impl Painter {
    fn parts(&self, parts: &[Graphic], pixmap: &mut Pixmap, mask: &Mask) {
        for part in parts {
            match part {
                Graphic::Shape(shape) => self.shape(shape, pixmap, mask),
                Graphic::Group(group) => self.group(group, pixmap, mask),
            }
        }
    }

    fn group(&self, group: &Group, pixmap: &mut Pixmap, mask: &Mask) {
        let mut inner = mask.clone();
        for clip in &group.clips {
            match path(&clip.outline) {
                Some(path) => inner.intersect_path(&path, rule(clip), true, self.place),
                None => inner.clear(),
            }
        }
        if group.opacity == 1000 {
            return self.parts(&group.parts, pixmap, &inner);
        }
        let Some(mut layer) = Pixmap::new(pixmap.width(), pixmap.height()) else { return };
        self.parts(&group.parts, &mut layer, &inner);
        let paint = PixmapPaint { opacity: f32::from(group.opacity) / 1000.0, ..PixmapPaint::default() };
        pixmap.draw_pixmap(0, 0, layer.as_ref(), &paint, Transform::identity(), None);
    }

    fn shape(&self, shape: &Shape, pixmap: &mut Pixmap, mask: &Mask) {
        let Some(path) = path(&shape.area.outline) else { return };
        if let Some(brush) = shape.fill.as_ref().and_then(|paint| self.brush(paint)) {
            pixmap.fill_path(&path, &brush, rule(&shape.area), self.place, Some(mask));
        }
        if let Some(pen) = &shape.stroke
            && let Some(brush) = self.brush(&pen.paint)
        {
            pixmap.stroke_path(&path, &brush, &stroke(pen), self.place, Some(mask));
        }
    }

    fn brush(&self, paint: &Paint) -> Option<Brush<'static>> {
        let opacity = f32::from(paint.opacity) / 1000.0;
        let shader = match &paint.ink {
            Tint::Flat(colour) => Shader::SolidColor(self.colour(*colour, opacity)),
            Tint::Gradient(gradient) => self.gradient(gradient, opacity)?,
        };
        Some(Brush { shader, ..Brush::default() })
    }

    fn colour(&self, colour: [u8; 3], opacity: f32) -> Color {
        let [r, g, b] = if self.gray { [shade(colour); 3] } else { colour };
        let mut colour = Color::from_rgba8(r, g, b, 255);
        colour.apply_opacity(opacity);
        colour
    }

    fn gradient(&self, gradient: &Gradient, opacity: f32) -> Option<Shader<'static>> {
        let stops = gradient.stops.iter();
        let stop = |(place, colour): &(u16, [u8; 3])| {
            GradientStop::new(f32::from(*place) / 10_000.0, self.colour(*colour, opacity))
        };
        let stops: Vec<GradientStop> = stops.map(stop).collect();
        let [a, b, c, d, e, f] = gradient.matrix.map(|part| part as f32);
        let matrix = Transform::from_row(a, b, c, d, e, f);
        let (zero, pad) = (Point::from_xy(0.0, 0.0), SpreadMode::Pad);
        match gradient.focus {
            None => LinearGradient::new(zero, Point::from_xy(1.0, 0.0), stops, pad, matrix),
            Some([x, y]) => {
                let focus = Point::from_xy(x as f32 / 10_000.0, y as f32 / 10_000.0);
                RadialGradient::new(focus, 0.0, zero, 1.0, stops, pad, matrix)
            }
        }
    }
}

fn rule(area: &Area) -> FillRule {
    if area.even_odd { FillRule::EvenOdd } else { FillRule::Winding }
}

fn stroke(pen: &Pen) -> Stroke {
    let (join, limit) = match pen.join {
        Join::Miter(limit) => (LineJoin::Miter, limit as f32 / 1000.0),
        Join::Round => (LineJoin::Round, 4.0),
        Join::Bevel => (LineJoin::Bevel, 4.0),
    };
    let cap = match pen.cap {
        Cap::Butt => LineCap::Butt,
        Cap::Round => LineCap::Round,
        Cap::Square => LineCap::Square,
    };
    let mut dashes: Vec<f32> = pen.dashes.iter().map(|dash| *dash as f32).collect();
    if dashes.len() % 2 == 1 {
        dashes.extend_from_within(..);
    }
    let dash = StrokeDash::new(dashes, pen.offset as f32);
    Stroke { width: pen.width as f32, miter_limit: limit, line_cap: cap, line_join: join, dash }
}

fn path(outline: &[Segment]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let at = |[x, y]: [i32; 2]| (x as f32, y as f32);
    for segment in outline {
        match *segment {
            Segment::Move(to) => path.move_to(at(to).0, at(to).1),
            Segment::Line(to) => path.line_to(at(to).0, at(to).1),
            Segment::Cubic(one, two, to) => {
                path.cubic_to(at(one).0, at(one).1, at(two).0, at(two).1, at(to).0, at(to).1);
            }
            Segment::Close => path.close(),
        }
    }
    path.finish()
}
