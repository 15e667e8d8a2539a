//! The vertical material of a chapter: parts made of strips, ready to be broken into pages.
//!
//! A [`Piece`] is a block of the document with its measures decided, still in words; pieces are
//! independent of each other, so they are set in parallel. A [`Part`] is a piece set in lines. The page
//! breaker sees only the heights of parts ([`shapes`]).

use super::figure::Figure;
use crate::document::{Inline, NodeId, NoteId, Table};
use crate::length::Length;

use super::notes::NoteStrips;
use crate::typeset::frame::{Destination, Placed};
use crate::typeset::inline::paragraph::ParagraphSpec;
use crate::typeset::page::pagebreak::{self, Motion};
use crate::typeset::style::TextSize;

/// A block with its measures, still in words.
#[derive(Debug)]
pub(crate) struct Piece<'d> {
    /// Space above, dropped at the head of a page.
    pub gap: Length,
    /// Space above when the figure before it has floated away.
    pub closed: Length,
    /// How many grid lines that space may grow by.
    pub stretch: u8,
    /// Whether it stays with what is before it.
    pub keep: bool,
    /// Whether it begins on the grid.
    pub snap: bool,
    /// Whether it may float, or be floated past.
    pub motion: Motion,
    /// Distance from the start edge of the text area.
    pub x: Length,
    /// Places that begin with it.
    pub anchors: Vec<Destination>,
    /// Bullets and numbers hung before its first line, outermost first.
    pub markers: Vec<Marker>,
    /// What it is called in running heads and bookmarks.
    pub mark: Option<Mark>,
    /// The node.
    pub node: NodeId,
    /// What it is.
    pub body: Body<'d>,
}

/// A bullet, the number of an item or of a note.
#[derive(Debug, Clone)]
pub(crate) struct Marker {
    pub text: String,
    pub node: NodeId,
    /// Where it ends, from the start edge of the text area (or begins, if `flush`).
    pub x: Length,
    /// Whether `x` is where it begins.
    pub flush: bool,
    /// Where it leads when clicked.
    pub to: Option<Destination>,
    pub spec: ParagraphSpec,
}

/// A chapter's title or a heading, for running heads and bookmarks.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// 0 for a chapter's title.
    pub level: u8,
    pub title: String,
    /// Shown in running heads instead.
    pub short: Option<String>,
    /// Name of the place in the contents.
    pub to: Option<Destination>,
    /// The chapter's number.
    pub number: Option<u32>,
}

/// What a piece is.
#[derive(Debug)]
pub(crate) enum Body<'d> {
    /// A paragraph.
    Text { inlines: &'d [Inline], spec: ParagraphSpec, size: TextSize },
    /// A paragraph with a drop capital of so many lines.
    Opening { inlines: &'d [Inline], spec: ParagraphSpec, size: TextSize, lines: usize },
    /// A title or a heading: one strip.
    Heading {
        number: Option<String>,
        inlines: &'d [Inline],
        spec: ParagraphSpec,
        size: TextSize,
        above: Length,
        below: Length,
    },
    /// Lines kept as written.
    Verse { lines: &'d [Vec<Inline>], spec: ParagraphSpec, size: TextSize },
    /// Preformatted text.
    Code { text: &'d str, spec: ParagraphSpec, size: TextSize },
    /// A table.
    Table { table: &'d Table, measure: Length, size: TextSize },
    /// A picture and what is printed under it, or several side by side.
    Figures { figures: Vec<Figure<'d>>, spec: ParagraphSpec, size: TextSize },
    /// A break between parts of the text.
    Ornament { measure: Length },
    /// A line across the text area, above the notes at the end of a chapter.
    Words { text: String, spec: ParagraphSpec, size: TextSize },
}

/// One strip: a line, a heading, a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strip {
    pub height: Length,
    /// Placed from the start edge of the text area and the strip's own top.
    pub items: Vec<Placed>,
    pub notes: Vec<NoteId>,
    pub hyphenated: bool,
}

/// A piece, set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    pub gap: Length,
    pub closed: Length,
    pub stretch: u8,
    pub keep: bool,
    pub snap: bool,
    pub motion: Motion,
    /// Repeated at the head of a page that begins inside it.
    pub head: Option<Strip>,
    /// How far it moves up at the head of a page, so that it begins on the first line.
    pub lift: Length,
    /// Least strips before and after a break.
    pub ends: (usize, usize),
    /// The best setting first; never empty, nor is any of them.
    pub settings: Vec<SetStrips>,
    pub mark: Option<Mark>,
    pub node: Option<NodeId>,
}

/// One setting of a part.
#[derive(Debug, Clone, Default)]
pub(crate) struct SetStrips {
    pub strips: Vec<Strip>,
    pub cost: u32,
}

/// What the page breaker needs to know of a chapter, and the notes that stand at its feet.
pub(crate) fn shapes(parts: &[Part], notes: &[NoteStrips], foot: bool) -> (pagebreak::Column, Vec<NoteId>) {
    let mut column = pagebreak::Column::default();
    let mut order = Vec::new();
    let mut group = Vec::new();
    for part in parts {
        let mut settings = Vec::with_capacity(part.settings.len());
        for (index, setting) in part.settings.iter().enumerate() {
            let mut strips = Vec::with_capacity(setting.strips.len());
            for strip in &setting.strips {
                let mut calls = 0;
                if foot && !strip.notes.is_empty() {
                    group.clear();
                    super::notes::expand(&strip.notes, notes, &mut group);
                    calls = group.len() as u32;
                    if index == 0 {
                        order.extend_from_slice(&group);
                    }
                }
                strips.push(pagebreak::StripShape {
                    height: strip.height,
                    calls,
                    hyphenated: strip.hyphenated,
                });
            }
            settings.push(pagebreak::Shape { strips, cost: setting.cost });
        }
        // A setting that calls other notes than the best one would break the order of the notes.
        let calls = |s: &pagebreak::Shape| s.strips.iter().map(|s| s.calls).sum::<u32>();
        let best = settings.first().map_or(0, calls);
        debug_assert!(
            settings.iter().all(|s| calls(s) == best),
            "settings of one paragraph call the same notes"
        );
        column.parts.push(pagebreak::Part {
            gap: part.gap,
            closed: part.closed,
            stretch: part.stretch,
            keep: part.keep,
            snap: part.snap,
            motion: part.motion,
            head: part.head.as_ref().map_or(Length::ZERO, |h| h.height),
            first: part.ends.0,
            last: part.ends.1,
            settings,
        });
    }
    for index in 0..column.parts.len() {
        let followed = column.parts.get(index + 1).is_some_and(|next| next.keep);
        let part = &mut column.parts[index];
        let simple = |s: &pagebreak::Shape| s.strips.len() == 1 && s.strips[0].calls == 0;
        // Notes must stay in order, and what is kept together stays together.
        if part.motion == Motion::Floats && (part.keep || followed || !part.settings.iter().all(simple)) {
            part.motion = Motion::Bars;
        }
    }
    for id in &order {
        let strips = notes.get(id.0 as usize).map(|n| n.strips.iter().map(|s| s.height).collect());
        column.notes.push(pagebreak::NoteShape { strips: strips.unwrap_or_default() });
    }
    (column, order)
}
