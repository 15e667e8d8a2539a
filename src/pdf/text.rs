//! Runs → text operators: every glyph where the typesetter put it, every character as it was written.
//!
//! A reader's pen moves by a glyph's width, times the size, times the horizontal scaling; a number
//! between two strings moves it back by thousandths of the size. So each glyph's place is compared with
//! where the reader's pen stands, and the difference is said only when it would be seen. The pen is
//! followed exactly, so that roundings never add up. A run whose glyphs are all set apart alike (letter
//! spacing, tracking) says so once (`Tc`).

use crate::length::{Length, Point};
use crate::typeset::frame::{Glyph, Run};

use super::clusters::{Cluster, Clusters};
use super::content::{Content, Milli, put_integer, put_literal, put_utf16_hex};
use super::fonts::EmbeddedFace;
use super::usage::Glyphs;

/// A difference up to this many thousandths of the size is left to the next glyph, if it keeps the
/// distances within a line alike: at 10 points a hundredth of a point.
const SLACK: f64 = 0.75;

/// The glyphs of a face and their widths.
pub(super) struct Setting<'p, 'a> {
    pub glyphs: &'p Glyphs<'a>,
    pub face: &'p EmbeddedFace,
}

/// Sets one run whose origin is `at`, in page space turned to PDF's (y up).
pub(super) fn show(content: &mut Content, run: &Run, at: Point, setting: &Setting<'_, '_>) {
    let size = Milli::of(run.size);
    if run.glyphs.is_empty() || size.0 <= 0 || run.stretch == 0 {
        return;
    }
    content.begin_text();
    content.font(run.face.0, size);
    content.scaling(run.stretch);
    content.colour(run.colour);
    let mut show = Show::new(content, run, at, setting);
    let clusters = Clusters::of(run);
    let backward = clusters.backward;
    for cluster in clusters {
        if show.is_told(&cluster, backward) {
            show.cluster(&cluster);
        } else {
            show.cluster_as(&cluster);
        }
    }
    show.flush();
}

/// One run on its way into the stream.
struct Show<'c, 'r, 'p, 'a> {
    content: &'c mut Content,
    run: &'r Run,
    at: Point,
    setting: &'r Setting<'p, 'a>,
    /// Thousandths of an em in one unit of a glyph's `x`.
    per_unit: f64,
    /// Space that the reader adds after each glyph, in thousandths of an em.
    spacing: f64,
    /// Where the reader's pen stands, in thousandths of an em from the run's origin.
    pen: f64,
    /// The adjustment said last, offered again first: alike numbers pack well.
    last: f64,
    /// Whether an array is open, and in it a string.
    open: Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Array,
    String,
}

impl<'c, 'r, 'p, 'a> Show<'c, 'r, 'p, 'a> {
    fn new(content: &'c mut Content, run: &'r Run, at: Point, setting: &'r Setting<'p, 'a>) -> Self {
        // What readers use is the size as written, in thousandths of a point.
        let size = Milli::of(run.size).0 as f64 / 1000.0;
        let scaling = f64::from(run.stretch) / 10_000.0;
        let per_unit = 1000.0 / (Length::PER_POINT as f64 * size * scaling);
        let spacing = common_spacing(run, setting, per_unit, size);
        content.spacing(spacing);
        Self {
            content,
            run,
            at,
            setting,
            per_unit,
            spacing: spacing.0 as f64 / size,
            pen: 0.0,
            last: 0.0,
            open: Open::Nothing,
        }
    }

    /// Whether copying the cluster's glyphs gives its text.
    fn is_told(&self, cluster: &Cluster<'_>, backward: bool) -> bool {
        self.run.glyphs[cluster.glyphs.clone()].iter().enumerate().all(|(offset, glyph)| {
            match cluster.share(offset, backward) {
                Some(text) => self.setting.glyphs.text(glyph.id) == Some(text),
                None => cluster.text.is_empty(),
            }
        })
    }

    fn cluster(&mut self, cluster: &Cluster<'_>) {
        for index in cluster.glyphs.clone() {
            self.glyph(self.run.glyphs[index]);
        }
    }

    /// Shows a cluster whose glyphs do not say what it stands for, and says it for them.
    fn cluster_as(&mut self, cluster: &Cluster<'_>) {
        self.flush();
        let out = self.content.raw();
        out.extend_from_slice(b"/Span<</ActualText");
        put_utf16_hex(out, cluster.text, true);
        out.extend_from_slice(b">>BDC\n");
        self.cluster(cluster);
        self.flush();
        self.content.raw().extend_from_slice(b"EMC\n");
    }

    fn glyph(&mut self, glyph: Glyph) {
        let rise = Milli(-Milli::of(Length(glyph.y.into())).0);
        if self.open != Open::Nothing && !self.content.has_rise(rise) {
            self.flush();
        }
        let target = f64::from(glyph.x) * self.per_unit;
        if self.open == Open::Nothing {
            self.start(glyph, rise, target);
        }
        self.adjust(target);
        if self.open != Open::String {
            self.content.raw().push(b'(');
            self.open = Open::String;
        }
        let number = self.setting.glyphs.number(glyph.id);
        put_literal(self.content.raw(), &number.to_be_bytes());
        self.pen += self.setting.face.width(number) + self.spacing;
    }

    /// Opens an array, at the run's origin the first time and where the pen stands after that.
    fn start(&mut self, glyph: Glyph, rise: Milli, target: f64) {
        self.content.rise(rise);
        let origin = Point::new(self.at.x + Length(glyph.x.into()), self.at.y);
        self.content.move_to(Milli::of(origin.x), Milli::of(origin.y));
        self.pen = target;
        self.content.raw().push(b'[');
        self.open = Open::Array;
    }

    /// Moves the pen to a glyph's place, if it is not there.
    fn adjust(&mut self, target: f64) {
        let off = target - self.pen;
        if off.abs() <= SLACK {
            return;
        }
        // A larger number moves the pen to the left.
        let again = (off - self.last).abs() <= SLACK * 0.8;
        let by = if again { self.last } else { off.round() };
        let by = by.clamp(-1e9, 1e9);
        let out = self.content.raw();
        if self.open == Open::String {
            out.push(b')');
            self.open = Open::Array;
        }
        put_integer(out, -(by as i64));
        self.pen += by;
        self.last = by;
    }

    fn flush(&mut self) {
        let out = self.content.raw();
        match self.open {
            Open::Nothing => return,
            Open::Array => out.extend_from_slice(b"]TJ\n"),
            Open::String => out.extend_from_slice(b")]TJ\n"),
        }
        self.open = Open::Nothing;
    }
}

/// The space that most glyphs of a run have after them beyond their widths, in thousandths of a point.
fn common_spacing(run: &Run, setting: &Setting<'_, '_>, per_unit: f64, size: f64) -> Milli {
    // Tenths of a thousandth of the size, so that equal spaces compare equal after rounding.
    let extra = |pair: &[Glyph]| {
        let moved = f64::from(pair[1].x.saturating_sub(pair[0].x)) * per_unit;
        let width = setting.face.width(setting.glyphs.number(pair[0].id));
        (moved - width).clamp(-1e6, 1e6).round() as i32
    };
    let pairs = run.glyphs.len().saturating_sub(1);
    let apart = run.glyphs.windows(2).filter(|pair| extra(pair) != 0).count();
    if pairs < 4 || apart * 2 <= pairs {
        return Milli(0);
    }
    let mut extras: Vec<i32> = run.glyphs.windows(2).map(extra).collect();
    extras.sort_unstable();
    let median = extras[extras.len() / 2];
    // `Tc` is in text space, before the horizontal scaling.
    Milli((f64::from(median) * size).round() as i64)
}
