//! The cover as a drawing: for a booklet without a cover picture, or for one whose title stands over it.
//!
//! Comes in: the identity and the faces. Goes out: SVG, 1600 by 2560. Letters are drawn as outlines, so
//! the cover looks the same in a library's shelf, where no font is loaded, as in the book. A line that
//! no face can draw (a script that needs shaping) is left to the reading system's own fonts.

use crate::document::Document;
use crate::document::labels::right_to_left;
use crate::face::outline::{Draughts, Step};
use crate::face::{FaceStyle, Faces};

use super::matter::names;
use super::xml;

const WIDTH: f32 = 1600.0;
const HEIGHT: f32 = 2560.0;
const MARGIN: f32 = 150.0;
const PAPER: &str = "#f6f1e5";
const INK: &str = "#1c1a17";
const ACCENT: &str = "#a8231b";

/// The cover of a document.
/// `under` is the address of a picture to lie under the title.
pub fn draw(document: &Document, faces: &Faces, under: Option<&str>) -> String {
    let identity = &document.identity;
    let rtl = right_to_left(&identity.language);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n",
        xml::value(&identity.title)
    );
    svg.push_str(&format!("<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{PAPER}\"/>\n"));
    // Over a picture the words stand on a sheet of paper in its lower part.
    let top = if let Some(href) = under {
        svg.push_str(&format!(
            "<image width=\"{WIDTH}\" height=\"{HEIGHT}\" preserveAspectRatio=\"xMidYMid slice\" xlink:href=\"{}\"/>\n",
            xml::value(href)
        ));
        svg.push_str(&format!("<rect y=\"1500\" width=\"{WIDTH}\" height=\"1060\" fill=\"{PAPER}\"/>\n"));
        1500.0
    } else {
        0.0
    };
    let mut page = Page { svg, faces, rtl };
    let roman = FaceStyle::default();
    let bold = FaceStyle { bold: true, italic: false };
    let italic = FaceStyle { bold: false, italic: true };

    let mut y = top + if under.is_some() { 110.0 } else { 240.0 };
    if !identity.authors.is_empty() {
        y = page.block(&names(&identity.authors), roman, (76.0, 44.0), 3, y, INK);
    }
    y += if under.is_some() { 40.0 } else { 220.0 };
    page.rule(y);
    y += if under.is_some() { 50.0 } else { 110.0 };
    let sizes = if under.is_some() { (150.0, 60.0) } else { (240.0, 70.0) };
    y = page.block(&identity.title, bold, sizes, if under.is_some() { 3 } else { 6 }, y, INK);
    if let Some(subtitle) = &identity.subtitle {
        y += 70.0;
        page.block(subtitle, italic, (96.0, 48.0), 5, y, ACCENT);
    }
    let year = identity.date.map(|date| date.year.to_string());
    let foot: Vec<&str> = identity.publisher.iter().chain(&year).map(String::as_str).collect();
    if !foot.is_empty() {
        page.block(&foot.join(", "), roman, (60.0, 36.0), 1, HEIGHT - 210.0, INK);
    }
    page.svg.push_str("</svg>\n");
    page.svg
}

struct Page<'a> {
    svg: String,
    faces: &'a Faces,
    rtl: bool,
}

/// How a text is measured and drawn.
enum Letters<'a> {
    Drawn(Draughts<'a>, f32),
    Left,
}

impl Letters<'_> {
    /// Length of a line at a size of one.
    fn width(&self, text: &str) -> f32 {
        match self {
            Self::Drawn(face, upem) => face.width(text) / upem,
            // Half an em a letter: the fonts of the reading system are not known.
            Self::Left => text.chars().count() as f32 * 0.52,
        }
    }
}

impl<'a> Page<'a> {
    fn rule(&mut self, y: f32) {
        let x = if self.rtl { WIDTH - MARGIN - 260.0 } else { MARGIN };
        self.svg.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"260\" height=\"14\" fill=\"{ACCENT}\"/>\n"
        ));
    }

    fn letters(&self, text: &str, style: FaceStyle) -> Letters<'a> {
        for (_, face) in self.faces.iter().filter(|(_, face)| face.style == style && !face.metrics.monospaced)
        {
            if let Some(drawn) = Draughts::new(face, text) {
                return Letters::Drawn(drawn, face.metrics.upem.max(1) as f32);
            }
        }
        Letters::Left
    }

    /// Sets some words from a height down, as large as they fit; returns where they end.
    fn block(
        &mut self,
        text: &str,
        style: FaceStyle,
        (largest, smallest): (f32, f32),
        most: usize,
        top: f32,
        colour: &str,
    ) -> f32 {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).take(120).collect();
        let letters = self.letters(&words.join(" "), style);
        let measure = WIDTH - 2.0 * MARGIN;
        let mut size = largest;
        let mut lines = fill(&words, &letters, measure / size);
        while size > smallest && (lines.len() > most || too_wide(&lines, &letters, measure / size)) {
            size = (size * 0.94).max(smallest);
            lines = fill(&words, &letters, measure / size);
        }
        lines.truncate(most.max(8));
        let lines = balance(&words, &letters, lines, measure / size);
        let leading = size * 1.14;
        let mut baseline = top + size * 0.8;
        for line in &lines {
            self.line(line, &letters, size, baseline, style, colour);
            baseline += leading;
        }
        baseline - leading + size * 0.25
    }

    fn line(&mut self, line: &str, letters: &Letters<'_>, size: f32, y: f32, style: FaceStyle, colour: &str) {
        match letters {
            Letters::Drawn(face, upem) => {
                let scale = size / upem;
                let x = if self.rtl { WIDTH - MARGIN - face.width(line) * scale } else { MARGIN };
                self.svg.push_str(&format!("<path fill=\"{colour}\" d=\""));
                for step in face.draw(line) {
                    self.step(step, x, y, scale);
                }
                self.svg.push_str("\"/>\n");
            }
            Letters::Left => {
                let (x, direction) = if self.rtl { (WIDTH - MARGIN, "rtl") } else { (MARGIN, "ltr") };
                let weight = if style.bold { "bold" } else { "normal" };
                let slope = if style.italic { "italic" } else { "normal" };
                self.svg.push_str(&format!(
                    "<text x=\"{x}\" y=\"{y}\" font-family=\"serif\" font-size=\"{size}\" font-weight=\"{weight}\" \
                     font-style=\"{slope}\" direction=\"{direction}\" fill=\"{colour}\">{}</text>\n",
                    xml::text(line)
                ));
            }
        }
    }

    fn step(&mut self, step: Step, x: f32, y: f32, scale: f32) {
        let mut write = |letter: char, points: &[[f32; 2]]| {
            self.svg.push(letter);
            for (index, point) in points.iter().enumerate() {
                if index > 0 {
                    self.svg.push(' ');
                }
                // Half a pixel's tenth is finer than any screen shows.
                let (px, py) = ((x + point[0] * scale) * 10.0, (y - point[1] * scale) * 10.0);
                self.svg.push_str(&format!("{} {}", px.round() / 10.0, py.round() / 10.0));
            }
        };
        match step {
            Step::Move(to) => write('M', &[to]),
            Step::Line(to) => write('L', &[to]),
            Step::Quadratic(control, to) => write('Q', &[control, to]),
            Step::Cubic(a, b, to) => write('C', &[a, b, to]),
            Step::Close => write('Z', &[]),
        }
    }
}

fn too_wide(lines: &[String], letters: &Letters<'_>, measure: f32) -> bool {
    lines.iter().any(|line| letters.width(line) > measure)
}

/// Lines as full as they go.
fn fill(words: &[&str], letters: &Letters<'_>, measure: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if letters.width(&longer) <= measure {
                *line = longer;
                continue;
            }
        }
        lines.push((*word).to_owned());
    }
    lines
}

/// As many lines, but as even as they can be: the narrowest measure that needs no more.
fn balance(words: &[&str], letters: &Letters<'_>, lines: Vec<String>, measure: f32) -> Vec<String> {
    let (mut low, mut high) = (0.0, measure);
    let mut best = lines;
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        let tried = fill(words, letters, middle);
        if tried.len() <= best.len() && !too_wide(&tried, letters, middle.max(measure)) {
            best = tried;
            high = middle;
        } else {
            low = middle;
        }
    }
    best
}
