//! Runs → text operators: every glyph where the typesetter put it, every character as it was written.
//!
//! A reader's pen moves by a glyph's width, times the size, times the horizontal scaling; a number
//! between two strings moves it back by thousandths of the size. So each glyph's place is compared with
//! where the reader's pen stands, and the difference is said only when it would be seen. The pen is
//! followed exactly, so that roundings never add up. A run whose glyphs are all set apart equally (letter
//! spacing, tracking) says so once (`Tc`). Where glyphs do not say by themselves what they stand for, or a
//! word is broken, a mark says what is read instead.

use crate::length::{Length, Point};
use crate::typeset::frame::{Glyph, Run};

use super::broken::BrokenReading;
use super::clusters::{Cluster, Clusters};
use super::fonts::EmbeddedFace;
use super::marks::{Leaf, Marks};
use super::usage::{GlyphCode, Glyphs};
use crate::pdf::objects::content::{Content, Milli, put_literal, put_milli};

/// A difference up to this many thousandths of the size is left to the next glyph, if it keeps the
/// distances within a line equal: at 10 points a hundredth of a point.
const SLACK: f64 = 0.75;

/// The glyphs of a face and their widths.
pub(in crate::pdf) struct FaceGlyphs<'p, 'a> {
    pub glyphs: &'p Glyphs<'a>,
    pub face: &'p EmbeddedFace,
}

/// Where text goes: the stream, and what it belongs to.
pub(in crate::pdf) struct TextPage<'c> {
    pub content: &'c mut Content,
    pub marks: &'c mut Marks,
}

/// Whom a run belongs to, and how it is read.
pub(in crate::pdf) struct Belonging<'r> {
    pub leaf: Leaf,
    /// The leaf's tag.
    pub tag: &'r str,
    pub reading: &'r BrokenReading,
}

/// Sets one run whose origin is `at`, in page space turned to PDF's (y up).
pub(in crate::pdf) fn show(
    page: &mut TextPage<'_>,
    run: &Run,
    at: Point,
    setting: &FaceGlyphs<'_, '_>,
    belonging: &Belonging<'_>,
) {
    let size = Milli::of(run.size);
    if run.glyphs.is_empty() || size.0 <= 0 || run.stretch == 0 {
        return;
    }
    let mut show = Show::new(page, run, at, setting, belonging);
    let clusters = Clusters::of(run);
    let backward = clusters.backward;
    for cluster in clusters {
        show.cluster(&cluster, backward);
    }
    if belonging.reading.space
        && let Some(space) = setting.glyphs.space()
    {
        show.plain();
        show.code(space, 0, show.pen);
    }
    show.flush();
}

/// What text is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// What the codes say.
    Plain,
    /// The rest of a word that was read before.
    Rest,
    /// A whole word, though only its first part stands here.
    Whole,
    /// Nothing is open.
    Between,
}

/// One run on its way into the stream.
struct Show<'c, 'r, 'p, 'a, 's> {
    page: &'r mut TextPage<'c>,
    run: &'r Run,
    at: Point,
    setting: &'r FaceGlyphs<'p, 'a>,
    belonging: &'r Belonging<'s>,
    mode: Mode,
    /// Space that is added after each glyph, in millionths of a point.
    spacing: i64,
    /// Thousandths of an em in one unit of a glyph's `x`.
    per_unit: f64,
    /// That space, in thousandths of an em.
    apart: f64,
    /// Where the reader's pen stands, in thousandths of an em from the run's origin.
    pen: f64,
    /// The adjustments said last, between letters and after spaces: offered again first, since equal
    /// numbers pack well.
    last: [f64; 2],
    /// Whether a space was shown last.
    spaced: bool,
    /// Whether an array is open, and in it a string.
    open: Showing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Nothing,
    Array,
    String,
}

impl<'c, 'r, 'p, 'a, 's> Show<'c, 'r, 'p, 'a, 's> {
    fn new(
        page: &'r mut TextPage<'c>,
        run: &'r Run,
        at: Point,
        setting: &'r FaceGlyphs<'p, 'a>,
        belonging: &'r Belonging<'s>,
    ) -> Self {
        // What readers use is the size as written, in thousandths of a point.
        let size = Milli::of(run.size).0 as f64 / 1000.0;
        let scaling = f64::from(run.stretch) / 10_000.0;
        let per_unit = 1000.0 / (Length::PER_POINT as f64 * size * scaling);
        let spacing = common_spacing(run, setting, per_unit, size);
        Self {
            page,
            run,
            at,
            setting,
            belonging,
            mode: Mode::Between,
            spacing,
            per_unit,
            apart: spacing as f64 / 1000.0 / size,
            pen: 0.0,
            last: [0.0; 2],
            spaced: false,
            open: Showing::Nothing,
        }
    }

    /// Shows a cluster, and says what it stands for where its codes do not.
    fn cluster(&mut self, cluster: &Cluster<'_>, backward: bool) {
        let Some(first) = self.run.glyphs.get(cluster.glyphs.start) else { return };
        let start = first.cluster as usize;
        let reading = self.belonging.reading;
        let whole = reading.whole.as_ref().filter(|(from, _)| start >= *from);
        let hidden = if start < reading.rest {
            self.read_as(Mode::Rest, " ");
            true
        } else if let Some((_, word)) = whole {
            self.read_as(Mode::Whole, word);
            true
        } else {
            false
        };
        let told = |show: &Self, offset: usize, glyph: &Glyph| match cluster.share(offset, backward) {
            Some(text) => show.setting.glyphs.saying(glyph.id, text),
            None if cluster.text.is_empty() => Some(show.setting.glyphs.any(glyph.id)),
            None => None,
        };
        let glyphs = &self.run.glyphs[cluster.glyphs.clone()];
        let all_told = glyphs.iter().enumerate().all(|(offset, glyph)| told(self, offset, glyph).is_some());
        if !hidden {
            if all_told {
                self.plain();
            } else {
                self.mode = Mode::Between;
                self.read_as(Mode::Whole, cluster.text);
            }
        }
        for (offset, glyph) in glyphs.iter().enumerate() {
            let code = told(self, offset, glyph).unwrap_or_else(|| self.setting.glyphs.any(glyph.id));
            // What the face does not have is not shown: there is nothing to show (ISO 19005-2, 6.2.11.8).
            if code.code != 0 {
                self.code(code, glyph.y, f64::from(glyph.x) * self.per_unit);
            }
        }
        if !hidden && !all_told {
            self.mode = Mode::Between;
        }
    }

    /// What follows is read as its codes say.
    fn plain(&mut self) {
        if self.mode != Mode::Plain {
            self.flush();
            let Belonging { leaf, tag, .. } = *self.belonging;
            self.page.marks.enter(self.page.content, leaf, tag, true);
            self.mode = Mode::Plain;
        }
    }

    /// What follows is read as `words`.
    fn read_as(&mut self, mode: Mode, words: &str) {
        if self.mode != mode {
            self.flush();
            self.page.marks.enter_as(self.page.content, self.belonging.leaf, words);
            self.mode = mode;
        }
    }

    /// Shows a code whose glyph stands `down` below the baseline, at `target` thousandths of an em.
    fn code(&mut self, code: GlyphCode<'_>, down: i32, target: f64) {
        let rise = Milli(-Milli::of(Length(down.into())).0);
        if self.open != Showing::Nothing && !self.page.content.has_rise(rise) {
            self.flush();
        }
        if self.open == Showing::Nothing {
            self.start(rise, target);
        }
        self.adjust(target);
        let out = self.page.content.raw();
        if self.open != Showing::String {
            out.push(b'(');
            self.open = Showing::String;
        }
        let bytes = code.code.to_be_bytes();
        put_literal(out, if self.setting.glyphs.wide { &bytes } else { &bytes[1..] });
        self.pen += self.setting.face.width(code.number) + self.apart;
        self.spaced = matches!(code.text, " " | "\u{A0}");
    }

    /// Opens an array where the next glyph stands.
    fn start(&mut self, rise: Milli, target: f64) {
        let content = &mut *self.page.content;
        content.font(self.run.face.0, Milli::of(self.run.size));
        content.scaling(self.run.stretch);
        content.colour(self.run.colour);
        content.spacing(self.spacing);
        content.rise(rise);
        let x = (target / self.per_unit).clamp(-1e15, 1e15).round() as i64;
        let origin = Point::new(self.at.x + Length(x), self.at.y);
        content.move_to(Milli::of(origin.x), Milli::of(origin.y));
        self.pen = target;
        content.raw().push(b'[');
        self.open = Showing::Array;
    }

    /// Moves the pen to a glyph's place, if it is not there.
    fn adjust(&mut self, target: f64) {
        let off = target - self.pen;
        if off.abs() <= SLACK {
            return;
        }
        // The spaces of a line are equal to less than a thousandth: one decimal keeps all in step.
        let said = &mut self.last[usize::from(self.spaced)];
        let fine = if self.spaced { 10.0 } else { 1.0 };
        if (off - *said).abs() > SLACK * 0.8 {
            *said = (off * fine).round() / fine;
        }
        let by = said.clamp(-1e9, 1e9);
        let out = self.page.content.raw();
        if self.open == Showing::String {
            out.push(b')');
            self.open = Showing::Array;
        }
        // A larger number moves the pen to the left.
        put_milli(out, Milli(-(by * 1000.0).round() as i64));
        self.pen += by;
    }

    fn flush(&mut self) {
        let out = self.page.content.raw();
        match self.open {
            Showing::Nothing => return,
            Showing::Array => out.extend_from_slice(b"]TJ\n"),
            Showing::String => out.extend_from_slice(b")]TJ\n"),
        }
        self.open = Showing::Nothing;
    }
}

/// The space that most glyphs of a run have after them beyond their widths, in millionths of a point.
fn common_spacing(run: &Run, setting: &FaceGlyphs<'_, '_>, per_unit: f64, size: f64) -> i64 {
    let extra = |pair: &[Glyph]| {
        let moved = f64::from(pair[1].x.saturating_sub(pair[0].x)) * per_unit;
        let width = setting.face.width(setting.glyphs.any(pair[0].id).number);
        (moved - width).clamp(-1e6, 1e6)
    };
    let pairs = run.glyphs.len().saturating_sub(1);
    let extras: Vec<f64> = run.glyphs.windows(2).map(extra).collect();
    let apart = extras.iter().filter(|extra| extra.abs() >= 0.1).count();
    if pairs < 4 || apart * 2 <= pairs {
        return 0;
    }
    let mut parted = extras.clone();
    let (_, &mut median, _) = parted.select_nth_unstable_by(extras.len() / 2, f64::total_cmp);
    // The mean of those near the middle: what is rounded the same way there must not add up along a line.
    let near = || extras.iter().filter(|extra| (**extra - median).abs() < 0.6);
    let mean = near().sum::<f64>() / near().count().max(1) as f64;
    // `Tc` is in text space, before the horizontal scaling; a ten-thousandth of a point is enough for a line.
    (mean * size * 10.0).round() as i64 * 100
}
