//! `usvg`'s tree → a [`Drawing`] in whole numbers.
//!
//! Comes in: a tree in which styles, units and references are resolved. Goes out: outlines in the
//! drawing's own units, every transformation applied. Numbers are rounded so that each is told exactly by
//! the `f32` that an SVG reader keeps: a drawing that is written and read is the same drawing. Where a pen
//! is not round (its outline was stretched) or is more than one colour, the line that it draws becomes an
//! outline of its own. Groups nest as deep as `scan.rs` lets them.

use usvg::tiny_skia_path::{Path, PathSegment, PathStroker, StrokeDash, Transform};
use usvg::{BlendMode, ClipPath, FillRule, LineCap, LineJoin, Node, PaintOrder, SpreadMethod, Tree};

use super::super::PictureError;
use super::super::drawing::{
    Area, Cap, Drawing, Gradient, Graphic, Group, Join, Paint, Pen, Segment, Shape, Tint,
};
use super::{Refused, SIMPLER};

/// Most units of a side; with less, a unit is a tenth as large.
const MOST_UNITS: f64 = 2_000_000.0;
/// The longest side in CSS pixels: 26 metres.
const LONGEST: f32 = 100_000.0;
/// Whole numbers up to here, divided by a power of ten, are told apart by `f32`.
const EXACT: f64 = 4_194_304.0;
/// No coordinate reaches further than this.
const FURTHEST: f64 = 1e9;
/// Dashes that a line may be made of: more are a gray that printers choke on.
const MOST_DASHES: f64 = 50_000.0;

const GRADIENTS: &str = "use a plain gradient in the drawing program, or save the drawing as PNG";

/// Takes a drawing over.
pub(super) fn drawing(tree: &Tree) -> Result<Drawing, PictureError> {
    let size = tree.size();
    let side = size.width().max(size.height());
    if side > LONGEST {
        return Err(Refused::because(format!("it is {side:.0} pixels wide or high"), "make it smaller"));
    }
    let mut per_pixel = 100_000;
    while per_pixel > 10 && f64::from(side) * f64::from(per_pixel) > MOST_UNITS {
        per_pixel /= 10;
    }
    let maker = Maker { scale: f64::from(per_pixel) };
    let units = |length: f32| maker.whole(f64::from(length)).max(1);
    let (width, height) = (units(size.width()), units(size.height()));
    let root = tree.root();
    let mut parts = Vec::new();
    maker.group(root, Transform::identity(), &mut parts)?;
    Ok(Drawing { width, height, per_pixel, parts })
}

struct Maker {
    /// Units to a CSS pixel.
    scale: f64,
}

fn thousandths(opacity: f32) -> u16 {
    (f64::from(opacity.clamp(0.0, 1.0)) * 1000.0).round() as u16
}

impl Maker {
    /// A number of the tree's in units, as exactly as it comes back.
    fn whole(&self, value: f64) -> i32 {
        let units = (value * self.scale).clamp(-FURTHEST, FURTHEST);
        let mut step = 1.0;
        while units.abs() > EXACT * step {
            step *= 10.0;
        }
        ((units / step).round() * step) as i32
    }

    fn group(
        &self,
        group: &usvg::Group,
        around: Transform,
        parts: &mut Vec<Graphic>,
    ) -> Result<(), PictureError> {
        let place = around.pre_concat(group.transform());
        if group.blend_mode() != BlendMode::Normal {
            return Err(Refused::because(
                "its colours are blended with those below (mix-blend-mode)",
                "set the blending to normal in the drawing program, or save the drawing as PNG",
            ));
        }
        let kept = "take it out in the drawing program, or save the drawing as PNG with 600 dots per inch";
        if group.mask().is_some() || !group.filters().is_empty() {
            return Err(Refused::because("it is drawn with a mask or a filter", kept));
        }
        let mut inner = Vec::new();
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, place, &mut inner)?,
                Node::Path(path) => self.path(path, place, &mut inner)?,
                Node::Image(_) | Node::Text(_) => {
                    return Err(Refused::because("it holds a picture or text", kept));
                }
            }
        }
        let opacity = thousandths(group.opacity().get());
        let mut clips = Vec::new();
        if let Some(clip) = group.clip_path() {
            self.clip(clip, place, &mut clips)?;
        }
        if opacity == 0 || inner.is_empty() {
            return Ok(());
        }
        if let ([Graphic::Shape(shape)], true) = (inner.as_mut_slice(), clips.is_empty()) {
            let fade = |paint: &mut Paint| {
                paint.opacity = ((u32::from(paint.opacity) * u32::from(opacity) + 500) / 1000) as u16;
            };
            match (&mut shape.fill, &mut shape.stroke) {
                (Some(paint), None) | (None, Some(Pen { paint, .. })) => {
                    fade(paint);
                    parts.append(&mut inner);
                    return Ok(());
                }
                _ => {}
            }
        }
        if opacity == 1000 && clips.is_empty() {
            parts.append(&mut inner);
        } else {
            parts.push(Graphic::Group(Group { opacity, clips, parts: inner }));
        }
        Ok(())
    }

    /// The areas whose common part is shown.
    fn clip(&self, clip: &ClipPath, around: Transform, areas: &mut Vec<Area>) -> Result<(), PictureError> {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer, around, areas)?;
        }
        let place = around.pre_concat(clip.transform());
        let mut found = Vec::new();
        self.areas(clip.root(), place, &mut found)?;
        let mut found = found.into_iter();
        let Some(mut area) = found.next() else { return Ok(()) };
        for other in found {
            // Side by side they are one; what overlaps could cancel out.
            if area.even_odd || other.even_odd || overlap(&area, &other) {
                return Err(Refused::because(
                    "it is cut to several shapes at once",
                    "unite the shapes that it is cut to (Inkscape: Path, Union)",
                ));
            }
            area.outline.extend(other.outline);
        }
        areas.push(area);
        Ok(())
    }

    fn areas(
        &self,
        group: &usvg::Group,
        around: Transform,
        found: &mut Vec<Area>,
    ) -> Result<(), PictureError> {
        let place = around.pre_concat(group.transform());
        if group.clip_path().is_some() {
            return Err(Refused::because(
                "what it is cut to is cut itself",
                "intersect the shapes in the drawing program (Inkscape: Path, Intersection)",
            ));
        }
        for child in group.children() {
            match child {
                Node::Group(group) => self.areas(group, place, found)?,
                Node::Path(path) if path.is_visible() => {
                    let even_odd = path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                    found.push(Area { outline: self.outline(path.data(), place), even_odd });
                }
                Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn path(
        &self,
        path: &usvg::Path,
        place: Transform,
        parts: &mut Vec<Graphic>,
    ) -> Result<(), PictureError> {
        if !path.is_visible() {
            return Ok(());
        }
        let rule = path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
        let fill = match path.fill() {
            Some(fill) => self.paint(fill.paint(), fill.opacity().get(), place)?,
            None => None,
        };
        let mut above = Vec::new();
        let mut pen = None;
        if let Some(stroke) = path.stroke()
            && let Some(paint) = self.paint(stroke.paint(), stroke.opacity().get(), place)?
        {
            let round = similarity(place).filter(|_| matches!(paint.ink, Tint::Flat(_)));
            dashes_are_few(stroke, path.data())?;
            match round {
                Some(scale) => pen = self.pen(stroke, paint, scale),
                None => above.extend(stroked(path.data(), stroke, place).map(|line| {
                    let area = Area { outline: self.outline(&line, place), even_odd: false };
                    Shape { area, fill: Some(paint), stroke: None }
                })),
            }
        }
        let area = Area { outline: self.outline(path.data(), place), even_odd: rule };
        let mut push = |fill: Option<Paint>, stroke: Option<Pen>| {
            if fill.is_some() || stroke.is_some() {
                parts.push(Graphic::Shape(Shape { area: area.clone(), fill, stroke }));
            }
        };
        if path.paint_order() == PaintOrder::StrokeAndFill {
            push(None, pen);
            parts.extend(above.into_iter().map(Graphic::Shape));
            if let Some(fill) = fill {
                parts.push(Graphic::Shape(Shape { area, fill: Some(fill), stroke: None }));
            }
            return Ok(());
        }
        push(fill, pen);
        parts.extend(above.into_iter().map(Graphic::Shape));
        Ok(())
    }

    /// A pen that stays round. None if it is too thin to leave anything.
    fn pen(&self, stroke: &usvg::Stroke, paint: Paint, scale: f64) -> Option<Pen> {
        let units = |length: f32| self.whole(f64::from(length) * scale);
        let width = units(stroke.width().get());
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => {
                Join::Miter((f64::from(stroke.miterlimit().get()) * 1000.0).clamp(1000.0, 1e6).round() as u32)
            }
            LineJoin::Round => Join::Round,
            LineJoin::Bevel => Join::Bevel,
        };
        let cap = match stroke.linecap() {
            LineCap::Butt => Cap::Butt,
            LineCap::Round => Cap::Round,
            LineCap::Square => Cap::Square,
        };
        let mut dashes: Vec<i32> = stroke.dasharray().unwrap_or_default().iter().map(|d| units(*d)).collect();
        if dashes.iter().map(|dash| i64::from(*dash)).sum::<i64>() == 0 {
            dashes.clear();
        }
        let offset = if dashes.is_empty() { 0 } else { units(stroke.dashoffset()) };
        (width > 0).then_some(Pen { paint, width, cap, join, dashes, offset })
    }

    /// None for what is not seen.
    fn paint(
        &self,
        paint: &usvg::Paint,
        opacity: f32,
        place: Transform,
    ) -> Result<Option<Paint>, PictureError> {
        let flat = |colour: usvg::Color| [colour.red, colour.green, colour.blue];
        let (stops, spread, matrix, focus) = match paint {
            usvg::Paint::Color(colour) => {
                let opacity = thousandths(opacity);
                return Ok((opacity > 0).then_some(Paint { ink: Tint::Flat(flat(*colour)), opacity }));
            }
            usvg::Paint::Pattern(_) => {
                let mend = "take it out in the drawing program, or save the drawing as PNG";
                return Err(Refused::because("it is drawn with a pattern", mend));
            }
            usvg::Paint::LinearGradient(linear) => {
                let (x, y) = (linear.x2() - linear.x1(), linear.y2() - linear.y1());
                let own = Transform::from_row(x, y, -y, x, linear.x1(), linear.y1());
                (linear.stops(), linear.spread_method(), linear.transform().pre_concat(own), None)
            }
            usvg::Paint::RadialGradient(radial) => {
                if radial.fr().get() > 0.0 {
                    return Err(Refused::because("it has a gradient between two circles", GRADIENTS));
                }
                let r = radial.r().get();
                let own = Transform::from_row(r, 0.0, 0.0, r, radial.cx(), radial.cy());
                let part = |from: f32, to: f32| (f64::from((to - from) / r) * 10_000.0).round();
                let focus = [part(radial.cx(), radial.fx()), part(radial.cy(), radial.fy())];
                let focus = focus.map(|part| part.clamp(-9_900.0, 9_900.0) as i32);
                (radial.stops(), radial.spread_method(), radial.transform().pre_concat(own), Some(focus))
            }
        };
        if spread != SpreadMethod::Pad {
            return Err(Refused::because("it has a gradient that is repeated", GRADIENTS));
        }
        let clear = stops.first().map_or(1.0, |stop| stop.opacity().get());
        if stops.iter().any(|stop| (stop.opacity().get() - clear).abs() > 0.002) {
            return Err(Refused::because("it has a gradient that becomes transparent", GRADIENTS));
        }
        let opacity = thousandths(opacity * clear);
        let matrix = place.pre_concat(matrix);
        let matrix = [matrix.sx, matrix.ky, matrix.kx, matrix.sy, matrix.tx, matrix.ty];
        let mut last = 0;
        let stops: Vec<(u16, [u8; 3])> = stops
            .iter()
            .map(|stop| {
                last = ((f64::from(stop.offset().get()) * 10_000.0).round() as u16).max(last);
                (last, flat(stop.color()))
            })
            .collect();
        if stops.len() < 2 {
            return Ok(None);
        }
        let matrix = matrix.map(|part| self.whole(f64::from(part)));
        let ink = Tint::Gradient(Box::new(Gradient { matrix, focus, stops }));
        Ok((opacity > 0).then_some(Paint { ink, opacity }))
    }

    /// An outline in units.
    fn outline(&self, path: &Path, place: Transform) -> Vec<Segment> {
        let [a, b, c, d, e, f] = [place.sx, place.ky, place.kx, place.sy, place.tx, place.ty].map(f64::from);
        let map = |[x, y]: [f64; 2]| [self.whole(a * x + c * y + e), self.whole(b * x + d * y + f)];
        let point = |point: usvg::tiny_skia_path::Point| [f64::from(point.x), f64::from(point.y)];
        let (mut start, mut at) = ([0.0; 2], [0.0; 2]);
        let mut steps = Vec::with_capacity(path.len());
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    at = point(to);
                    start = at;
                    steps.push(Segment::Move(map(at)));
                }
                PathSegment::LineTo(to) => {
                    at = point(to);
                    steps.push(Segment::Line(map(at)));
                }
                PathSegment::QuadTo(handle, to) => {
                    let (handle, to) = (point(handle), point(to));
                    let third = |end: [f64; 2]| [0, 1].map(|i| end[i] + (handle[i] - end[i]) * 2.0 / 3.0);
                    steps.push(Segment::Cubic(map(third(at)), map(third(to)), map(to)));
                    at = to;
                }
                PathSegment::CubicTo(one, two, to) => {
                    at = point(to);
                    steps.push(Segment::Cubic(map(point(one)), map(point(two)), map(at)));
                }
                PathSegment::Close => {
                    at = start;
                    steps.push(Segment::Close);
                }
            }
        }
        steps
    }
}

/// How much larger a transformation makes everything, if it keeps circles round.
fn similarity(place: Transform) -> Option<f64> {
    let [a, b, c, d] = [place.sx, place.ky, place.kx, place.sy].map(f64::from);
    let (one, two, across) = (a * a + b * b, c * c + d * d, a * c + b * d);
    let near = (one - two).abs() <= one.max(two) * 1e-4 && across.abs() <= one.max(two) * 1e-4;
    (near && one > 0.0).then(|| one.sqrt())
}

/// The outline of what a pen draws, before it is transformed.
fn stroked(path: &Path, stroke: &usvg::Stroke, place: Transform) -> Option<Path> {
    let fine = PathStroker::compute_resolution_scale(&place);
    let pen = stroke.to_tiny_skia();
    let dash = stroke.dasharray().and_then(|d| StrokeDash::new(d.to_vec(), stroke.dashoffset()));
    match dash.and_then(|dash| path.dash(&dash, fine)) {
        Some(dashed) => dashed.stroke(&pen, fine),
        None => path.stroke(&pen, fine),
    }
}

/// Refuses a line of more dashes than can be seen.
fn dashes_are_few(stroke: &usvg::Stroke, path: &Path) -> Result<(), PictureError> {
    let Some(dashes) = stroke.dasharray() else { return Ok(()) };
    let period: f64 = dashes.iter().map(|dash| f64::from(*dash)).sum();
    let points = path.points();
    let length: f64 =
        points.windows(2).map(|p| f64::from((p[1].x - p[0].x).abs() + (p[1].y - p[0].y).abs())).sum();
    if length > period * MOST_DASHES {
        return Err(Refused::because("a line in it has too many dashes", SIMPLER));
    }
    Ok(())
}

/// Whether the boxes around two areas overlap.
fn overlap(one: &Area, other: &Area) -> bool {
    let bounds = |area: &Area| {
        let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for segment in &area.outline {
            let points: &[[i32; 2]] = match segment {
                Segment::Move(to) | Segment::Line(to) => &[*to],
                Segment::Cubic(a, b, to) => &[*a, *b, *to],
                Segment::Close => &[],
            };
            for [x, y] in points {
                bounds = [bounds[0].min(*x), bounds[1].min(*y), bounds[2].max(*x), bounds[3].max(*y)];
            }
        }
        bounds
    };
    let (a, b) = (bounds(one), bounds(other));
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}
