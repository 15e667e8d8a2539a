//! The contents: measured early, because its length depends on its entries alone; its folios are filled
//! in when the text has its pages.

use crate::document::{Document, plain_text};
use crate::length::{Length, Point, Size};

use super::compose::Draft;
use super::matter::{Leaf, PLAIN, spec};
use crate::typeset::block::context::Context;
use crate::typeset::block::heading::title_spec;
use crate::typeset::frame::{Destination, Item, MatterPart, Owner, Placed};
use crate::typeset::inline::paragraph::{Alignment, Line, ParagraphSpec};
use crate::typeset::style::{Style, TextSize};

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct ContentsEntry {
    title: String,
    to: Option<Destination>,
    /// Index among the pages of the text.
    page: usize,
    /// Whether it is below another.
    inner: bool,
}

/// The contents in lines, without folios.
pub(crate) struct Contents {
    entries: Vec<(ContentsEntry, Vec<Line>)>,
    title: Vec<Line>,
    title_size: TextSize,
    size: TextSize,
    /// Which entries stand on which page.
    breaks: Vec<std::ops::Range<usize>>,
}

/// What the contents lists: chapters; in a booklet of one chapter, its sections.
pub(crate) fn entries(document: &Document, style: &Style, body: &[Option<Draft>]) -> Vec<ContentsEntry> {
    if !style.contents {
        return Vec::new();
    }
    let chapters = document.chapters.iter().filter(|c| !plain_text(&c.title).trim().is_empty()).count();
    let marks = || {
        body.iter()
            .enumerate()
            .flat_map(|(page, draft)| draft.iter().flat_map(|d| &d.marks).map(move |(mark, _)| (page, mark)))
    };
    // The outermost level of headings, where there are no several chapters.
    let deepest =
        if chapters >= 2 { 0 } else { marks().map(|(_, m)| m.level).filter(|l| *l > 0).min().unwrap_or(0) };
    let entries: Vec<ContentsEntry> = marks()
        .filter(|(_, mark)| mark.level == deepest || (mark.level == 0 && chapters >= 2))
        .map(|(page, mark)| ContentsEntry {
            title: match mark.number {
                Some(number) if mark.title.is_empty() => number.to_string(),
                Some(number) => format!("{number}\u{2002}{}", mark.title),
                None => mark.title.clone(),
            },
            to: mark.to.clone(),
            page,
            inner: false,
        })
        .collect();
    if entries.len() < 2 { Vec::new() } else { entries }
}

/// Sets the entries and decides how many pages they take.
pub(crate) fn measure(context: &Context<'_>, entries: &[ContentsEntry]) -> Contents {
    let style = context.style;
    let size = style.text;
    let mut contents = Contents {
        entries: Vec::new(),
        title: Vec::new(),
        title_size: TextSize { size: style.text.size.scale(180, 100), leading: style.text.leading * 2 },
        size,
        breaks: Vec::new(),
    };
    if entries.is_empty() {
        return contents;
    }
    let title = title_spec(style, contents.title_size);
    contents.title = context.setter.set_text(style.labels.contents, Owner::MATTER, &title).lines;
    let measure = style.measure() - folio_room(style);
    for entry in entries {
        let indent = if entry.inner { style.step } else { Length::ZERO };
        let spec = ParagraphSpec {
            hang: style.step,
            letter_space: style.letter_space,
            ..spec(measure - indent, size.size, PLAIN)
        };
        let lines = context.setter.set_text(&entry.title, Owner::MATTER, &spec).lines;
        contents.entries.push((entry.clone(), lines));
    }
    contents.divide(style);
    contents
}

/// Room for the folios at the end of the lines, and air before them.
fn folio_room(style: &Style) -> Length {
    style.text.size * 3
}

impl Contents {
    /// How many pages it takes.
    pub fn pages(&self) -> usize {
        self.breaks.len()
    }

    fn divide(&mut self, style: &Style) {
        let mut start = 0;
        let mut used = style.sink + 2 + self.title.len() as i64;
        let spaced = self.spaced();
        for (index, (_, lines)) in self.entries.iter().enumerate() {
            let height = lines.len() as i64 + if index > start && spaced { 1 } else { 0 };
            if used + height > style.lines && index > start {
                self.breaks.push(start..index);
                start = index;
                used = 0;
            }
            used += height;
        }
        self.breaks.push(start..self.entries.len());
    }

    /// Few entries, some of several lines, want air between them.
    fn spaced(&self) -> bool {
        let lines: usize = self.entries.iter().map(|(_, l)| l.len()).sum();
        self.entries.len() <= 12 && lines > self.entries.len()
    }

    /// One of its pages, with the folios.
    pub fn page(&mut self, context: &Context<'_>, number: usize, recto: bool) -> Vec<Placed> {
        let style = context.style;
        let mut leaf = Leaf::new(context.setter, style, recto);
        let Some(range) = self.breaks.get(number).cloned() else { return leaf.items };
        if number == 0 {
            // The title's last baseline where a chapter's title has it.
            let lines = self.title.len() as i64;
            let end = style.text.leading * (style.sink + lines);
            let under = style.text.leading - style.text.baseline();
            let first = end - under - self.title_size.leading * (lines - 1) - self.title_size.baseline();
            leaf.skip(first);
            leaf.part = MatterPart::Heading;
            leaf.lines(std::mem::take(&mut self.title), self.title_size);
            leaf.y = style.corner(recto).y + end + style.text.leading * 2;
        }
        leaf.part = MatterPart::Entry;
        let spaced = self.spaced();
        for (index, (entry, lines)) in self.entries[range].iter_mut().enumerate() {
            if spaced && index > 0 {
                leaf.skip(style.text.leading);
            }
            let top = leaf.y;
            // A turned line's indent is part of its width.
            let last = lines.last().map_or(Length::ZERO, |l| l.width);
            let lines = std::mem::take(lines);
            leaf.lines(lines, self.size);
            let bottom = leaf.y;
            let baseline = bottom - self.size.leading + self.size.baseline();
            folio(context, &mut leaf, entry, baseline);
            leader(style, &mut leaf, last, baseline);
            if let Some(to) = &entry.to {
                let item = Item::Link { size: Size::new(style.measure(), bottom - top), to: to.clone() };
                leaf.items.push(Placed { at: Point::new(leaf.x, top), owner: leaf.owner(), item });
            }
        }
        leaf.items
    }
}

/// The folio, at the end of the entry's last line.
fn folio(context: &Context<'_>, leaf: &mut Leaf<'_>, entry: &ContentsEntry, baseline: Length) {
    let style = context.style;
    let mut spec = spec(style.measure(), style.text.size, PLAIN);
    spec.align = Alignment::End;
    spec.forms.tabular = true;
    let text = (entry.page + 1).to_string();
    for line in context.setter.set_text(&text, leaf.owner(), &spec).lines {
        leaf.items.extend(line.placed(Point::new(leaf.x, baseline)));
    }
}

/// A fine line from the entry to its folio leads the eye.
fn leader(style: &Style, leaf: &mut Leaf<'_>, from: Length, baseline: Length) {
    let air = style.text.size / 2;
    let end = style.measure() - style.text.size * 2;
    let width = end - from - air;
    if width < style.text.size {
        return;
    }
    let x = leaf.x + style.from_start(style.measure(), from + air, width);
    let size = Size::new(width, Length::from_pt(0.25));
    let item = Item::Fill { size, colour: crate::typeset::frame::Colour::Gray(110) };
    leaf.items.push(Placed { at: Point::new(x, baseline), owner: Owner::Artefact, item });
}
