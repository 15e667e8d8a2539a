//! A drawing → SVG: outlines, colours, nothing else.
//!
//! Goes out: SVG 1.1 without scripts, links, styles or metadata, which reads back as the very same drawing.
//! Coordinates are CSS pixels with as many decimals as a unit is fine.

use std::fmt::Write as _;

use super::super::drawing::{
    Area, Cap, Drawing, Gradient, Graphic, Group, Join, Paint, Pen, Segment, Shape, Tint,
};

impl Drawing {
    /// The drawing as an SVG file.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut writer = Writer { unit: self.per_pixel, out: String::new(), defs: String::new(), names: 0 };
        self.parts.iter().for_each(|part| writer.part(part));
        let Writer { out: body, defs, .. } = writer;
        let mut out = String::with_capacity(body.len() + defs.len() + 256);
        let number = |value| decimal(value, self.per_pixel);
        let (width, height) = (number(self.width), number(self.height));
        let _ = write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        );
        if !defs.is_empty() {
            let _ = writeln!(out, "<defs>\n{defs}</defs>");
        }
        out.push_str(&body);
        out.push_str("</svg>\n");
        out
    }
}

struct Writer {
    unit: i32,
    out: String,
    defs: String,
    names: usize,
}

impl Writer {
    fn part(&mut self, part: &Graphic) {
        match part {
            Graphic::Shape(shape) => self.shape(shape),
            Graphic::Group(group) => self.group(group),
        }
    }

    fn group(&mut self, group: &Group) {
        let mut opened = 0;
        for clip in &group.clips {
            let name = self.name('c');
            let rule = if clip.even_odd { " clip-rule=\"evenodd\"" } else { "" };
            let path = self.outline(clip);
            let _ = writeln!(self.defs, "<clipPath id=\"{name}\"><path{rule} d=\"{path}\"/></clipPath>");
            let _ = write!(self.out, "<g clip-path=\"url(#{name})\"");
            opened += 1;
            if opened < group.clips.len() {
                self.out.push_str(">\n");
            }
        }
        if opened == 0 {
            self.out.push_str("<g");
            opened = 1;
        }
        self.opacity("opacity", group.opacity);
        self.out.push_str(">\n");
        group.parts.iter().for_each(|part| self.part(part));
        self.out.push_str(&"</g>\n".repeat(opened));
    }

    fn shape(&mut self, shape: &Shape) {
        let path = self.outline(&shape.area);
        let fill = shape.fill.as_ref().map(|paint| self.paint(paint));
        self.out.push_str("<path");
        match (&shape.fill, fill) {
            (Some(paint), Some(ink)) => {
                let _ = write!(self.out, " fill=\"{ink}\"");
                self.opacity("fill-opacity", paint.opacity);
                if shape.area.even_odd {
                    self.out.push_str(" fill-rule=\"evenodd\"");
                }
            }
            _ => self.out.push_str(" fill=\"none\""),
        }
        if let Some(pen) = &shape.stroke {
            self.pen(pen);
        }
        let _ = writeln!(self.out, " d=\"{path}\"/>");
    }

    fn pen(&mut self, pen: &Pen) {
        let (ink, width) = (self.paint(&pen.paint), self.number(pen.width));
        let _ = write!(self.out, " stroke=\"{ink}\" stroke-width=\"{width}\"");
        self.opacity("stroke-opacity", pen.paint.opacity);
        match pen.cap {
            Cap::Butt => {}
            Cap::Round => self.out.push_str(" stroke-linecap=\"round\""),
            Cap::Square => self.out.push_str(" stroke-linecap=\"square\""),
        }
        match pen.join {
            Join::Miter(limit) => {
                let limit = decimal(i32::try_from(limit).unwrap_or(i32::MAX), 1000);
                let _ = write!(self.out, " stroke-miterlimit=\"{limit}\"");
            }
            Join::Round => self.out.push_str(" stroke-linejoin=\"round\""),
            Join::Bevel => self.out.push_str(" stroke-linejoin=\"bevel\""),
        }
        if !pen.dashes.is_empty() {
            let dashes: Vec<String> = pen.dashes.iter().map(|dash| self.number(*dash)).collect();
            let offset = self.number(pen.offset);
            let dashes = dashes.join(" ");
            let _ = write!(self.out, " stroke-dasharray=\"{dashes}\" stroke-dashoffset=\"{offset}\"");
        }
    }

    fn opacity(&mut self, name: &str, opacity: u16) {
        if opacity < 1000 {
            let _ = write!(self.out, " {name}=\"{}\"", decimal(opacity.into(), 1000));
        }
    }

    fn paint(&mut self, paint: &Paint) -> String {
        match &paint.ink {
            Tint::Flat(colour) => hex(*colour),
            Tint::Gradient(gradient) => self.gradient(gradient),
        }
    }

    fn gradient(&mut self, gradient: &Gradient) -> String {
        let name = self.name('g');
        let matrix = gradient.matrix.map(|part| self.number(part)).join(" ");
        let (element, own) = match gradient.focus {
            None => ("linearGradient", "x1=\"0\" y1=\"0\" x2=\"1\" y2=\"0\"".to_owned()),
            Some([x, y]) => {
                let (x, y) = (decimal(x, 10_000), decimal(y, 10_000));
                ("radialGradient", format!("cx=\"0\" cy=\"0\" r=\"1\" fx=\"{x}\" fy=\"{y}\""))
            }
        };
        let _ = write!(
            self.defs,
            "<{element} id=\"{name}\" gradientUnits=\"userSpaceOnUse\" {own} \
             gradientTransform=\"matrix({matrix})\">"
        );
        for (place, colour) in &gradient.stops {
            let (place, colour) = (decimal((*place).into(), 10_000), hex(*colour));
            let _ = write!(self.defs, "<stop offset=\"{place}\" stop-color=\"{colour}\"/>");
        }
        let _ = writeln!(self.defs, "</{element}>");
        format!("url(#{name})")
    }

    fn name(&mut self, kind: char) -> String {
        self.names += 1;
        format!("{kind}{}", self.names)
    }

    fn number(&self, value: i32) -> String {
        decimal(value, self.unit)
    }

    fn outline(&self, area: &Area) -> String {
        let mut path = String::new();
        let put = |path: &mut String, letter: char, points: &[[i32; 2]]| {
            path.push(letter);
            for (index, value) in points.as_flattened().iter().enumerate() {
                if index > 0 {
                    path.push(' ');
                }
                path.push_str(&self.number(*value));
            }
        };
        for segment in &area.outline {
            match segment {
                Segment::Move(to) => put(&mut path, 'M', &[*to]),
                Segment::Line(to) => put(&mut path, 'L', &[*to]),
                Segment::Cubic(one, two, to) => put(&mut path, 'C', &[*one, *two, *to]),
                Segment::Close => path.push('Z'),
            }
        }
        path
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A number of so many parts of one, without zeros at its end.
fn decimal(value: i32, unit: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (value, unit) = (value.unsigned_abs(), unit.unsigned_abs().max(1));
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = unit.ilog10() as usize;
    let rest = format!("{rest:0digits$}");
    format!("{sign}{whole}.{}", rest.trim_end_matches('0'))
}
