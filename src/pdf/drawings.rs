//! Drawings → form objects.
//!
//! Comes in: a [`Drawing`]. Goes out: its outlines as operators, once for each file, however often it is
//! shown; lines stay lines at every size. The form's space is the drawing's own, a thousand units to one,
//! y down. In files in black alone every colour becomes its shade. What is not opaque takes a graphics
//! state (11.3), and what is transparent as one a group of its own (11.4).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::picture::drawing::{
    Area, Cap, Drawing, Gradient, Graphic, Group, Join, Paint, Pen, Segment, Shape, Tint, is_gray, shade,
};
use crate::typeset::frame::Ink;

use super::objects::content::{Milli, put_milli};
use super::objects::file::{compressed, deflate, real};

/// A drawing as embedded.
#[derive(Debug)]
pub(super) struct Form {
    /// The corner of its space, in units.
    corner: [i32; 2],
    /// Whether it has no colour but shades of gray.
    pub gray: bool,
    content: Vec<u8>,
    /// Opacities of fillings and lines that it takes on.
    states: BTreeSet<(u16, u16)>,
    shadings: Vec<Dictionary>,
    groups: Vec<Self>,
    /// Whether it is a group that is transparent as one.
    isolated: bool,
}

impl Form {
    /// Draws.
    pub fn new(drawing: &Drawing, ink: Ink) -> Self {
        let corner = [drawing.width, drawing.height];
        let gray = ink == Ink::Black || drawing.is_gray();
        let mut form = Self::empty(corner, gray);
        let mut out = Vec::new();
        form.parts(&drawing.parts, &mut out);
        form.content = deflate(&out);
        form
    }

    fn empty(corner: [i32; 2], gray: bool) -> Self {
        let (states, shadings, groups) = (BTreeSet::new(), Vec::new(), Vec::new());
        Self { corner, gray, content: Vec::new(), states, shadings, groups, isolated: false }
    }

    /// The extent of its space in thousandths.
    pub fn extent(&self) -> [Milli; 2] {
        self.corner.map(milli)
    }

    /// Adds it, and the groups in it, to a file.
    pub fn add_to(&self, document: &mut Document) -> ObjectId {
        let mut resources = Dictionary::new();
        if !self.states.is_empty() {
            let mut states = Dictionary::new();
            for (fill, stroke) in &self.states {
                let part = |thousandths: u16| real(Milli(thousandths.into()));
                let state = dictionary! { "ca" => part(*fill), "CA" => part(*stroke) };
                states.set(format!("A{fill}-{stroke}"), state);
            }
            resources.set("ExtGState", states);
        }
        if !self.shadings.is_empty() {
            let mut shadings = Dictionary::new();
            for (index, shading) in self.shadings.iter().enumerate() {
                shadings.set(format!("H{index}"), shading.clone());
            }
            resources.set("Shading", shadings);
        }
        if !self.groups.is_empty() {
            let mut groups = Dictionary::new();
            for (index, group) in self.groups.iter().enumerate() {
                groups.set(format!("G{index}"), group.add_to(document));
            }
            resources.set("XObject", groups);
        }
        let [width, height] = self.extent();
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => [Milli(0), Milli(0), width, height].map(real).to_vec(),
            "Resources" => resources,
        };
        if self.isolated {
            form.set("Group", dictionary! { "S" => "Transparency" });
        }
        document.add_object(compressed(form, self.content.clone()))
    }

    fn parts(&mut self, parts: &[Graphic], out: &mut Vec<u8>) {
        for part in parts {
            match part {
                Graphic::Shape(shape) => self.shape(shape, out),
                Graphic::Group(group) => self.group(group, out),
            }
        }
    }

    fn group(&mut self, group: &Group, out: &mut Vec<u8>) {
        out.extend_from_slice(b"q\n");
        for area in &group.clips {
            outline(area, out);
            out.extend_from_slice(if area.even_odd { b"W* n\n" } else { b"W n\n" });
        }
        if group.opacity < 1000 {
            self.state(group.opacity, group.opacity, out);
            let mut inner = Self::empty(self.corner, self.gray);
            inner.isolated = true;
            let mut content = Vec::new();
            inner.parts(&group.parts, &mut content);
            inner.content = deflate(&content);
            out.extend_from_slice(format!("/G{} Do\n", self.groups.len()).as_bytes());
            self.groups.push(inner);
        } else {
            self.parts(&group.parts, out);
        }
        out.extend_from_slice(b"Q\n");
    }

    fn shape(&mut self, shape: &Shape, out: &mut Vec<u8>) {
        let Shape { area, fill, stroke } = shape;
        let faded = |paint: &Paint| paint.opacity < 1000;
        let pen = stroke.as_ref();
        // Filled and drawn in one go, unless something shows through.
        if let (Some(Paint { ink: Tint::Flat(colour), opacity: 1000 }), Some(pen)) = (fill, pen)
            && !faded(&pen.paint)
        {
            out.extend_from_slice(b"q\n");
            self.colour(*colour, false, out);
            self.pen(pen, out);
            outline(area, out);
            out.extend_from_slice(if area.even_odd { b"B*\nQ\n" } else { b"B\nQ\n" });
            return;
        }
        if let Some(paint) = fill {
            out.extend_from_slice(b"q\n");
            if faded(paint) {
                self.state(paint.opacity, 1000, out);
            }
            match &paint.ink {
                Tint::Flat(colour) => {
                    self.colour(*colour, false, out);
                    outline(area, out);
                    out.extend_from_slice(if area.even_odd { b"f*\n" } else { b"f\n" });
                }
                Tint::Gradient(gradient) => {
                    outline(area, out);
                    out.extend_from_slice(if area.even_odd { b"W* n\n" } else { b"W n\n" });
                    numbers(&gradient.matrix, out);
                    out.extend_from_slice(format!("cm /H{} sh\n", self.shadings.len()).as_bytes());
                    self.shadings.push(shading(gradient, self.gray));
                }
            }
            out.extend_from_slice(b"Q\n");
        }
        if let Some(pen) = pen {
            out.extend_from_slice(b"q\n");
            if faded(&pen.paint) {
                self.state(1000, pen.paint.opacity, out);
            }
            self.pen(pen, out);
            outline(area, out);
            out.extend_from_slice(b"S\nQ\n");
        }
    }

    fn state(&mut self, fill: u16, stroke: u16, out: &mut Vec<u8>) {
        self.states.insert((fill, stroke));
        out.extend_from_slice(format!("/A{fill}-{stroke} gs\n").as_bytes());
    }

    fn colour(&self, colour: [u8; 3], line: bool, out: &mut Vec<u8>) {
        let name: &[u8] = if self.gray || is_gray(colour) {
            put_milli(out, part(shade(colour)));
            if line { b" G\n" } else { b" g\n" }
        } else {
            for sample in colour {
                put_milli(out, part(sample));
                out.push(b' ');
            }
            if line { b"RG\n" } else { b"rg\n" }
        };
        out.extend_from_slice(name);
    }

    fn pen(&self, pen: &Pen, out: &mut Vec<u8>) {
        if let Tint::Flat(colour) = &pen.paint.ink {
            self.colour(*colour, true, out);
        }
        put_milli(out, milli(pen.width));
        let cap = match pen.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        };
        let join = match pen.join {
            Join::Miter(_) => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        };
        out.extend_from_slice(format!(" w {cap} J {join} j\n").as_bytes());
        if let Join::Miter(limit) = pen.join {
            put_milli(out, Milli(limit.into()));
            out.extend_from_slice(b" M\n");
        }
        if !pen.dashes.is_empty() {
            out.push(b'[');
            numbers(&pen.dashes, out);
            out.push(b']');
            put_milli(out, milli(pen.offset));
            out.extend_from_slice(b" d\n");
        }
    }
}

fn milli(units: i32) -> Milli {
    Milli(units.into())
}

/// A sample as a part of one.
fn part(sample: u8) -> Milli {
    Milli((i64::from(sample) * 1000 + 127) / 255)
}

fn numbers(values: &[i32], out: &mut Vec<u8>) {
    for value in values {
        put_milli(out, milli(*value));
        out.push(b' ');
    }
}

fn outline(area: &Area, out: &mut Vec<u8>) {
    for segment in &area.outline {
        let name: &[u8] = match segment {
            Segment::Move(to) => {
                numbers(to, out);
                b"m\n"
            }
            Segment::Line(to) => {
                numbers(to, out);
                b"l\n"
            }
            Segment::Cubic(one, two, to) => {
                numbers(&[*one, *two, *to].concat(), out);
                b"c\n"
            }
            Segment::Close => b"h\n",
        };
        out.extend_from_slice(name);
    }
}

/// Colours along a line or about a point (8.7.4.5), in the gradient's own space.
fn shading(gradient: &Gradient, gray: bool) -> Dictionary {
    let colours = |colour: [u8; 3]| -> Vec<Object> {
        if gray { vec![real(part(shade(colour)))] } else { colour.map(|sample| real(part(sample))).to_vec() }
    };
    // Places in thousandths from 0 to 1000, each beyond the one before: functions know no steps.
    let mut stops: Vec<(i64, [u8; 3])> =
        gradient.stops.iter().map(|(place, colour)| (i64::from(*place) / 10, *colour)).collect();
    if let (Some(&(first, before)), Some(&(last, after))) = (stops.first(), stops.last()) {
        if first > 0 {
            stops.insert(0, (0, before));
        }
        if last < 1000 {
            stops.push((1000, after));
        }
    }
    for index in 1..stops.len() {
        stops[index].0 = stops[index].0.max(stops[index - 1].0 + 1);
    }
    let mut most = 1000;
    for stop in stops.iter_mut().rev() {
        stop.0 = stop.0.min(most);
        most = stop.0 - 1;
    }
    let domain = || vec![Object::Integer(0), Object::Integer(1)];
    let between: Vec<Object> = stops
        .windows(2)
        .map(|pair| {
            let (from, to) = (colours(pair[0].1), colours(pair[1].1));
            dictionary! { "FunctionType" => 2, "Domain" => domain(), "C0" => from, "C1" => to, "N" => 1 }
                .into()
        })
        .collect();
    let inner = stops.get(1..stops.len().saturating_sub(1)).unwrap_or_default();
    let bounds: Vec<Object> = inner.iter().map(|(place, _)| real(Milli(*place))).collect();
    let encode: Vec<Object> = between.iter().flat_map(|_| domain()).collect();
    let function = dictionary! {
        "FunctionType" => 3,
        "Domain" => domain(),
        "Functions" => between,
        "Bounds" => bounds,
        "Encode" => encode,
    };
    let (kind, coordinates) = match gradient.focus {
        None => (2, vec![0, 0, 1000, 0]),
        Some([x, y]) => (3, vec![i64::from(x) / 10, i64::from(y) / 10, 0, 0, 0, 1000]),
    };
    let coordinates: Vec<Object> = coordinates.into_iter().map(|value| real(Milli(value))).collect();
    dictionary! {
        "ShadingType" => kind,
        "ColorSpace" => if gray { "DeviceGray" } else { "DeviceRGB" },
        "Coords" => coordinates,
        "Function" => function,
        "Extend" => vec![Object::Boolean(true), Object::Boolean(true)],
    }
}
