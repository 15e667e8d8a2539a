//! A drawing: outlines with what they are filled and drawn with, and nothing else.
//!
//! Made by `svg.rs` from an SVG file, drawn by every back end. All numbers are whole: coordinates in
//! [`Drawing::per_pixel`] parts of a CSS pixel (1/96 inch; CSS Values 3, 5.2), y down, opacities in
//! thousandths, so that a drawing is the same on every machine, and reads back as itself when it is written.

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Units across; what lies beyond is not shown.
    pub width: i32,
    /// Units down.
    pub height: i32,
    /// Units to a CSS pixel: a power of ten.
    pub per_pixel: i32,
    /// What is drawn, from the bottom up.
    pub parts: Vec<Graphic>,
}

/// Something to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Graphic {
    /// An outline.
    Shape(Shape),
    /// Several, as one.
    Group(Group),
}

/// Parts that are cut or made transparent as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Of a thousand.
    pub opacity: u16,
    /// Only what lies within all of these is shown.
    pub clips: Vec<Area>,
    /// From the bottom up.
    pub parts: Vec<Graphic>,
}

/// What an outline encloses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The outline.
    pub outline: Vec<Segment>,
    /// Whether what is enclosed twice is outside again; otherwise it is inside (nonzero).
    pub even_odd: bool,
}

/// An outline, filled, drawn, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The outline, and how it encloses.
    pub area: Area,
    /// What it is filled with.
    pub fill: Option<Paint>,
    /// What it is drawn with, over the filling.
    pub stroke: Option<Pen>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Begins another outline.
    Move([i32; 2]),
    /// A straight line.
    Line([i32; 2]),
    /// A cubic curve with its two handles.
    Cubic([i32; 2], [i32; 2], [i32; 2]),
    /// Back to where it began.
    Close,
}

/// A colour or a change of colours, and how much it hides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paint {
    /// The colours.
    pub ink: Tint,
    /// Of a thousand.
    pub opacity: u16,
}

/// What paint is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tint {
    /// One colour, in sRGB.
    Flat([u8; 3]),
    /// Colours that go over into each other.
    Gradient(Box<Gradient>),
}

/// Colours that go over into each other; before the first and after the last they stay what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gradient {
    /// From the gradient's own space to the drawing's: `x = a·u + c·v + e`, `y = b·u + d·v + f`.
    pub matrix: [i32; 6],
    /// None: along the line from (0, 0) to (1, 0). Otherwise from this point, in ten thousandths, to the
    /// circle with radius 1 around (0, 0).
    pub focus: Option<[i32; 2]>,
    /// Place in ten thousandths, rising, and colour; at least two.
    pub stops: Vec<(u16, [u8; 3])>,
}

/// How an outline is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pen {
    /// The colours; always a flat one.
    pub paint: Paint,
    /// Thickness in units.
    pub width: i32,
    /// Ends of lines.
    pub cap: Cap,
    /// Corners.
    pub join: Join,
    /// Lengths of lines and gaps in turn, in units; empty for a whole line.
    pub dashes: Vec<i32>,
    /// Where in the dashes it begins.
    pub offset: i32,
}

/// Ends of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// At the last point.
    Butt,
    /// Half a circle beyond.
    Round,
    /// Half a square beyond.
    Square,
}

/// Corners of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Pointed, if no longer than so many thousandths of the thickness.
    Miter(u32),
    /// Rounded.
    Round,
    /// Cut off.
    Bevel,
}

/// The shade of a colour: what it has of light, in the same steps (ITU-R BT.709 luma).
#[must_use]
pub fn shade([r, g, b]: [u8; 3]) -> u8 {
    let sum = 2126 * u32::from(r) + 7152 * u32::from(g) + 722 * u32::from(b);
    ((sum + 5000) / 10_000) as u8
}

impl Drawing {
    /// Its width and height in tenths of a CSS pixel, none of them zero.
    pub fn tenths(&self) -> (u32, u32) {
        let tenths = |units: i32| {
            let tenths = (i64::from(units) * 10 + i64::from(self.per_pixel) / 2) / i64::from(self.per_pixel);
            u32::try_from(tenths).unwrap_or(1).max(1)
        };
        (tenths(self.width), tenths(self.height))
    }

    /// Whether everything in it is gray.
    #[must_use]
    pub fn is_gray(&self) -> bool {
        let mut gray = true;
        each_tint(&self.parts, &mut |tint| {
            gray &= match tint {
                Tint::Flat(colour) => is_gray(*colour),
                Tint::Gradient(gradient) => gradient.stops.iter().all(|(_, colour)| is_gray(*colour)),
            };
        });
        gray
    }
}

/// Whether a colour is a shade of gray.
#[must_use]
pub fn is_gray([r, g, b]: [u8; 3]) -> bool {
    r == g && g == b
}

/// Calls `act` with all that outlines are filled and drawn with. Groups nest no deeper than files may.
fn each_tint(parts: &[Graphic], act: &mut impl FnMut(&Tint)) {
    for part in parts {
        match part {
            Graphic::Shape(shape) => {
                let paints = shape.fill.iter().chain(shape.stroke.as_ref().map(|pen| &pen.paint));
                paints.for_each(|paint| act(&paint.ink));
            }
            Graphic::Group(group) => each_tint(&group.parts, act),
        }
    }
}
