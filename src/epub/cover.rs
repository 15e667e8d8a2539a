//! The cover where no picture is given, or where the title stands over one.
//!
//! Comes in: the identity, the faces, and perhaps a picture. Goes out: a picture of 1600 by 2560 pixels,
//! the shape and size that shops and libraries ask for; they take no drawings in vectors. The words are
//! set by the typesetter, so they are shaped and broken as on paper, in every script.

use crate::document::Document;
use crate::document::labels::right_to_left;
use crate::face::outline::Step;
use crate::face::{FaceStyle, Faces};
use crate::length::Length;
use crate::picture::{Picture, PixelFormat, flat_png};
use crate::typeset::frame::{Colour, Item, Owner, Run};
use crate::typeset::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use crate::typeset::setter::Setter;

use super::matter::names;
use crate::raster::fill::{Clip, Filler, Outline, Spot};

const WIDTH: usize = 1600;
const HEIGHT: usize = 2560;
/// Left and right of the words, in pixels; a pixel is a point to the typesetter.
const MARGIN: i64 = 150;
const PAPER: [u8; 3] = [0xf6, 0xf1, 0xe5];
const INK: [u8; 3] = [0x1c, 0x1a, 0x17];
const ACCENT: [u8; 3] = [0xa8, 0x23, 0x1b];
/// Shades between paper and ink, and between paper and accent: all that smooth edges need.
const SHADES: u8 = 7;
/// The top of the sheet of paper that lies over a picture.
const PANEL: usize = 1500;

/// A drawn cover, as a file.
pub enum Drawn {
    /// A PNG: words alone.
    Png(Vec<u8>),
    /// A JPEG: words over a picture.
    Jpeg(Vec<u8>),
}

/// Draws the cover of a document, over a picture if there is one. None if no face has all the characters:
/// boxes are no cover, and the typesetter has told what is missing.
pub fn draw(document: &Document, faces: &Faces, under: Option<&Picture>) -> Option<Drawn> {
    let mut sheet = Sheet {
        setter: Setter::new(faces, &document.identity.language, &[], &[]),
        faces,
        right_to_left: right_to_left(&document.identity.language),
        pixels: vec![0; WIDTH * HEIGHT],
        whole: true,
    };
    sheet.words(document, under.is_some());
    if !sheet.whole {
        return None;
    }
    let colours = colours();
    let (width, height) = (WIDTH as u32, HEIGHT as u32);
    let Some(picture) = under else {
        return flat_png(width, height, &colours, &sheet.pixels).map(Drawn::Png);
    };
    let mut pixels = filling(picture);
    for (pixel, index) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(&sheet.pixels).skip(PANEL * WIDTH) {
        *pixel = colours.get(usize::from(*index)).copied().unwrap_or(PAPER);
    }
    let format = PixelFormat::Rgb;
    let whole = Picture { width, height, dpi: None, format, pixels: pixels.into(), photographic: true };
    whole.to_jpeg(super::pictures::QUALITY).map(Drawn::Jpeg)
}

/// Paper, then the shades of ink from the lightest, then those of the accent.
fn colours() -> Vec<[u8; 3]> {
    let mix = |ink: [u8; 3], shade: u8| {
        let part = |paper: u8, ink: u8| {
            let (paper, ink, shade, all) =
                (u16::from(paper), u16::from(ink), u16::from(shade), u16::from(SHADES));
            ((paper * (all - shade) + ink * shade + all / 2) / all) as u8
        };
        [part(PAPER[0], ink[0]), part(PAPER[1], ink[1]), part(PAPER[2], ink[2])]
    };
    let shades = |ink: [u8; 3]| (1..=SHADES).map(move |shade| mix(ink, shade));
    std::iter::once(PAPER).chain(shades(INK)).chain(shades(ACCENT)).collect()
}

/// Which of the two inks.
#[derive(Clone, Copy)]
enum Ink {
    Black,
    Accent,
}

struct Sheet<'a> {
    setter: Setter<'a>,
    faces: &'a Faces,
    right_to_left: bool,
    /// The index of each pixel's colour.
    pixels: Vec<u8>,
    /// Whether every character has a glyph.
    whole: bool,
}

impl Sheet<'_> {
    fn words(&mut self, document: &Document, over: bool) {
        let identity = &document.identity;
        let roman = FaceStyle::default();
        let (bold, italic) = (FaceStyle { bold: true, ..roman }, FaceStyle { italic: true, ..roman });
        // On a sheet over a picture everything is closer together.
        let (top, before, after) = if over { (PANEL as i64 + 110, 40, 50) } else { (240, 220, 110) };
        let mut y = top;
        if !identity.authors.is_empty() {
            y = self.block(&names(&identity.authors), roman, (76, 44), 3, y, Ink::Black);
        }
        y += before;
        let rule = Length::pt(260);
        let x = if self.right_to_left { WIDTH as i64 - MARGIN - 260 } else { MARGIN };
        self.rule([x as f32, y as f32], [rule.to_pt() as f32, 14.0]);
        y += after;
        let (sizes, most) = if over { ((150, 60), 3) } else { ((240, 70), 6) };
        y = self.block(&identity.title, bold, sizes, most, y, Ink::Black);
        if let Some(subtitle) = &identity.subtitle {
            self.block(subtitle, italic, (96, 48), 5, y + 70, Ink::Accent);
        }
        let year = identity.date.map(|date| date.year.to_string());
        let foot: Vec<&str> = identity.publisher.iter().chain(&year).map(String::as_str).collect();
        if !foot.is_empty() {
            self.block(&foot.join(", "), roman, (60, 36), 1, HEIGHT as i64 - 210, Ink::Black);
        }
    }

    /// Sets some words from a height down, as large as they fit, in lines as even as they can be; returns
    /// where they end.
    fn block(
        &mut self,
        text: &str,
        style: FaceStyle,
        (largest, smallest): (i64, i64),
        most: usize,
        top: i64,
        ink: Ink,
    ) -> i64 {
        let measure = WIDTH as i64 - 2 * MARGIN;
        let words: Vec<&str> = text.split_whitespace().take(120).collect();
        let text = words.join(" ");
        let mut size = largest;
        let mut lines = self.set(&text, style, size, measure);
        let mut word = self.longest_word(&words, style, size);
        while size > smallest && (lines.len() > most || word > measure) {
            size = (size * 94 / 100).max(smallest);
            lines = self.set(&text, style, size, measure);
            word = self.longest_word(&words, style, size);
        }
        // The narrowest measure that breaks no word and needs no more lines makes them even.
        let (mut low, mut high) = (word.min(measure), measure);
        while lines.len() > 1 && high - low > 10 {
            let middle = (low + high) / 2;
            let tried = self.set(&text, style, size, middle);
            if tried.len() <= lines.len() {
                (lines, high) = (tried, middle);
            } else {
                low = middle;
            }
        }
        lines.truncate(most.max(8));
        // A narrower measure begins at the same edge as the full one.
        let left = if self.right_to_left { MARGIN + measure - high } else { MARGIN };
        let mut baseline = top + size * 80 / 100;
        for line in &lines {
            for placed in &line.items {
                if let Item::Run(run) = &placed.item {
                    let at = [
                        left as f32 + placed.at.x.to_pt() as f32,
                        baseline as f32 + placed.at.y.to_pt() as f32,
                    ];
                    self.run(run, at, ink);
                }
            }
            baseline += size * 114 / 100;
        }
        baseline - size * 114 / 100 + size * 25 / 100
    }

    fn set(&self, text: &str, style: FaceStyle, size: i64, measure: i64) -> Vec<Line> {
        self.setter.set_text(text, Owner::MATTER, &spec(style, size, measure)).lines
    }

    /// Width of the longest word, in whole pixels.
    fn longest_word(&self, words: &[&str], style: FaceStyle, size: i64) -> i64 {
        let spec = spec(style, size, WIDTH as i64);
        words.iter().map(|word| self.setter.width(word, &spec).to_pt().ceil() as i64).max().unwrap_or(0)
    }

    fn run(&mut self, run: &Run, at: Spot, ink: Ink) {
        let face = self.faces.get(run.face);
        let scale = run.size.to_pt() as f32 / face.metrics.upem.max(1) as f32;
        let across = scale * f32::from(run.stretch) / 10_000.0;
        self.whole &= run.glyphs.iter().all(|glyph| glyph.id != 0);
        for glyph in &run.glyphs {
            let (x, y) = (at[0] + glyph.x as f32 / 65_536.0, at[1] + glyph.y as f32 / 65_536.0);
            let spot = |point: [f32; 2]| [x + point[0] * across, y - point[1] * scale];
            let mut outline = Outline::default();
            let Some(shape) = face.outline(glyph.id) else { continue };
            for step in &shape.steps {
                match *step {
                    Step::Move(to) => outline.begin(spot(to)),
                    Step::Line(to) => outline.line(spot(to)),
                    Step::Quadratic(control, to) => outline.quadratic(spot(control), spot(to)),
                    Step::Cubic(a, b, to) => outline.cubic(spot(a), spot(b), spot(to)),
                    Step::Close => outline.close(),
                }
            }
            self.fill(outline, ink);
        }
    }

    fn rule(&mut self, [x, y]: Spot, [width, height]: Spot) {
        let mut outline = Outline::default();
        outline.begin([x, y]);
        outline.line([x + width, y]);
        outline.line([x + width, y + height]);
        outline.line([x, y + height]);
        self.fill(outline, Ink::Accent);
    }

    fn fill(&mut self, mut outline: Outline, ink: Ink) {
        let first = match ink {
            Ink::Black => 0,
            Ink::Accent => SHADES,
        };
        let pixels = &mut self.pixels;
        Filler::default().fill(&mut outline, Clip::whole(WIDTH, HEIGHT), |x, y, cover| {
            let shade = (cover * f32::from(SHADES) + 0.5) as u8;
            let pixel = &mut pixels[y * WIDTH + x];
            // Where two letters meet, the darker one is seen.
            if shade > 0 {
                *pixel = (*pixel).max(first + shade);
            }
        });
    }
}

/// How words of a size in pixels are set, from the edge where lines begin.
fn spec(style: FaceStyle, size: i64, measure: i64) -> ParagraphSpec {
    ParagraphSpec {
        measure: Length::pt(measure),
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Start,
        style,
        size: Length::pt(size),
        forms: Letterforms::default(),
        letter_space: 0,
        hyphenate: false,
        colour: Colour::BLACK,
    }
}

/// A picture that fills the cover: as large as needed, centred, what is over is cut off.
fn filling(picture: &Picture) -> Vec<u8> {
    let (width, height) = (picture.width.max(1) as usize, picture.height.max(1) as usize);
    // The largest part of the picture that has the cover's shape.
    let (across, down) = if width * HEIGHT > height * WIDTH {
        ((height * WIDTH / HEIGHT).max(1), height)
    } else {
        (width, (width * HEIGHT / WIDTH).max(1))
    };
    let (left, top) = ((width - across) / 2, (height - down) / 2);
    let channels = picture.pixels.len() / (width * height).max(1);
    let mut pixels = Vec::with_capacity(across * down * channels);
    for row in picture.pixels.chunks_exact((width * channels).max(1)).skip(top).take(down) {
        pixels.extend_from_slice(&row[left * channels..(left + across) * channels]);
    }
    let part =
        Picture { width: across as u32, height: down as u32, pixels: pixels.into(), ..picture.clone() };
    part.resized(WIDTH as u32, HEIGHT as u32).on(PAPER)
}
