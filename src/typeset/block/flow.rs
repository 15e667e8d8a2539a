//! Blocks → pieces: what stands under what, how far in, with how much space, kept with what.
//!
//! Comes in: the blocks of a chapter or of a note. Goes out: [`Piece`]s in order. This walk is the only
//! place that knows the nesting of blocks; everything after it is a flat list. The document's reader
//! bounds the nesting, so that recursion here is bounded too.

use crate::document::{Block, BlockKind, Inline, NodeId, Target};
use crate::face::FaceStyle;
use crate::length::Length;
use crate::manifest::{Indent, Stress};

use super::heading;
use super::piece::{Body, Figure, HeadMark, Marker, Piece};
use super::spacing::{Motion, Spacing};
use crate::typeset::frame::{Colour, Destination};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, ParagraphSpec};
use crate::typeset::style::{Style, TextSize};

mod lists;
mod seam;

use seam::{Gap, Seam};

/// Where the blocks being walked stand.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// From the start edge of the text area.
    x: Length,
    measure: Length,
    size: TextSize,
    /// Space around set-off blocks.
    gap: Length,
    /// How deep in lists.
    depth: usize,
    /// Whether this is a note's text: smaller, off the grid.
    note: bool,
    /// Whether lines are ragged here, whatever the design.
    ragged: bool,
    /// The paragraph that opens the chapter.
    opening: Option<NodeId>,
}

/// What the next piece takes with it.
#[derive(Debug, Default)]
struct Hung {
    /// What hangs before it.
    markers: Vec<Marker>,
    /// Places that it begins with.
    anchors: Vec<Destination>,
}

/// A walk over blocks.
pub(crate) struct Flow<'s, 'd> {
    style: &'s Style,
    pub pieces: Vec<Piece<'d>>,
    seam: Seam,
    hung: Hung,
}

/// Narrowest measure that anything is set in, however deep it stands.
const NARROWEST_EMS: i64 = 6;

impl<'s, 'd> Flow<'s, 'd> {
    /// A walk that has not begun.
    pub fn new(style: &'s Style) -> Self {
        Self { style, pieces: Vec::new(), seam: Seam::new(), hung: Hung::default() }
    }

    /// The text of a chapter, which opens with the paragraph `opening`.
    pub fn text(&mut self, blocks: &'d [Block], opening: Option<NodeId>) {
        let style = self.style;
        let place = Standing {
            x: Length::ZERO,
            measure: style.measure(),
            size: style.text,
            gap: style.text.leading,
            depth: 0,
            note: false,
            ragged: false,
            opening,
        };
        self.blocks(blocks, place);
    }

    /// The text of a note, with its number hung before it.
    pub fn note(&mut self, blocks: &'d [Block], marker: Marker, x: Length, size: TextSize) {
        let place = Standing {
            x,
            measure: self.style.measure() - x,
            size,
            gap: size.leading / 2,
            depth: 0,
            note: true,
            ragged: false,
            opening: None,
        };
        self.hung.markers.push(marker);
        self.seam.flush = true;
        self.blocks(blocks, place);
    }

    /// Places that the next piece begins with.
    pub fn anchor(&mut self, to: Destination) {
        self.hung.anchors.push(to);
    }

    /// Adds a piece made elsewhere (a chapter's title); what follows stays with it.
    pub fn title(&mut self, mut piece: Piece<'d>) {
        piece.anchors.append(&mut self.hung.anchors);
        self.pieces.push(piece);
        self.seam.title();
    }

    fn spec(&self, place: Standing) -> ParagraphSpec {
        ParagraphSpec {
            measure: place.measure,
            first_indent: Length::ZERO,
            hang: Length::ZERO,
            align: if self.style.justify && !place.ragged { Alignment::Justify } else { Alignment::Start },
            style: FaceStyle::default(),
            size: place.size.size,
            forms: Letterforms::default(),
            letter_space: self.style.letter_space,
            hyphenate: self.style.hyphenate && !place.ragged,
            colour: Colour::BLACK,
        }
    }

    fn push(&mut self, node: NodeId, place: Standing, above: Length, body: Body<'d>) {
        let Gap { gap, closed, keep } = self.seam.join(above);
        let Hung { markers, anchors } = std::mem::take(&mut self.hung);
        let motion = match &body {
            Body::Figures { figures, .. }
                if place.depth == 0
                    && place.x == Length::ZERO
                    && figures.iter().any(|f| f.picture.is_some()) =>
            {
                Motion::Floats
            }
            Body::Text { .. } | Body::Opening { .. } | Body::Verse { .. } | Body::Code { .. } => {
                Motion::Yields
            }
            _ => Motion::Bars,
        };
        let stretch = u8::from(gap >= self.style.text.leading && !place.note && !keep);
        self.pieces.push(Piece {
            spacing: Spacing { gap, closed, stretch, keep, snap: !place.note, motion },
            x: place.x,
            anchors,
            markers,
            mark: None,
            node,
            body,
        });
    }

    fn blocks(&mut self, blocks: &'d [Block], place: Standing) {
        for (index, block) in blocks.iter().enumerate() {
            if let Some(name) = &block.anchor {
                self.anchor(Destination::Target(Target::Anchor(name.as_str().into())));
            }
            let before = index.checked_sub(1).and_then(|before| blocks.get(before));
            self.block(block, before, place);
        }
    }

    fn block(&mut self, block: &'d Block, before: Option<&Block>, place: Standing) {
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(block, *level, content, place),
            BlockKind::Paragraph(inlines) if is_byline(block) => {
                self.byline(block.id, inlines, place, before.is_some_and(is_byline));
            }
            BlockKind::Paragraph(inlines) => self.paragraph(block.id, inlines, place),
            BlockKind::Verse(lines) => {
                let inner = inset(place, self.style.step, Length::ZERO);
                let mut spec = self.spec(inner);
                spec.align = Alignment::Start;
                spec.hang = self.style.step * 2;
                spec.hyphenate = false;
                self.push(block.id, inner, place.gap, Body::Verse { lines, spec, size: inner.size });
                self.seam.set_off(place.gap);
            }
            BlockKind::Quote(inner) if has(block, "epigraph") && !place.note => self.epigraph(inner, place),
            BlockKind::Quote(inner) => {
                self.seam.set_off(place.gap);
                let by = if place.note { self.style.quote / 2 } else { self.style.quote };
                self.blocks(inner, inset(place, by, by));
                self.seam.set_off(place.gap);
            }
            BlockKind::Attribution(inlines) => {
                let mut spec = self.spec(place);
                spec.align = Alignment::End;
                spec.hyphenate = false;
                self.seam.keep = true;
                self.seam.set(Length::ZERO);
                self.push(block.id, place, Length::ZERO, Body::Text { inlines, spec, size: place.size });
                self.seam.set_off(place.gap);
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, place),
            BlockKind::Definitions(list) => self.definitions(list, place),
            BlockKind::Code { text, .. } => {
                let size = if place.note { place.size } else { self.style.code };
                let inner = inset(place, self.style.step, Length::ZERO);
                let mut spec = self.spec(inner);
                spec.align = Alignment::Start;
                spec.hyphenate = false;
                spec.forms.code = true;
                spec.hang = self.style.step * 2;
                // Monospaced faces look larger than text faces of the same size.
                spec.size = size.size.scale(92, 100);
                self.push(block.id, inner, place.gap, Body::Code { text, spec, size });
                self.seam.set_off(place.gap);
            }
            BlockKind::Table(table) => {
                let size = if place.note { place.size } else { self.style.table };
                let body = Body::Table { table, measure: place.measure, size };
                self.push(block.id, place, place.gap, body);
                self.seam.set_off(place.gap);
            }
            BlockKind::Figure { .. } | BlockKind::Row(_) => {
                let mut spec = self.spec(place);
                spec.align = Alignment::Center;
                spec.size = self.style.note.size;
                let figures = Figure::all(block);
                let body = Body::Figures { figures, spec, size: self.style.note };
                let before = self.seam.space();
                self.push(block.id, place, place.gap, body);
                self.seam.figure(before, place.gap);
            }
            BlockKind::Rule => {
                self.push(block.id, place, place.gap, Body::Ornament { measure: place.measure });
                self.seam.set_off(place.gap);
            }
        }
    }

    fn paragraph(&mut self, node: NodeId, inlines: &'d [Inline], place: Standing) {
        let mut spec = self.spec(place);
        let spaced = self.style.paragraphs == Indent::Space && !place.note;
        if !self.seam.flush && !spaced {
            spec.first_indent = if place.note { place.size.size } else { self.style.indent };
        }
        let gap = if spaced && !self.seam.flush { place.gap } else { Length::ZERO };
        let beside = !self.seam.flush;
        let drop = self.style.typography.drop_caps.filter(|_| place.opening == Some(node));
        let body = match drop {
            Some(lines) => Body::Opening { inlines, spec, size: place.size, lines: lines as usize },
            None => Body::Text { inlines, spec, size: place.size },
        };
        self.push(node, place, gap, body);
        // Space that tells paragraphs apart is the same everywhere.
        if let Some(piece) = self.pieces.last_mut().filter(|_| spaced && beside) {
            piece.spacing.stretch = 0;
        }
        self.seam.flush = false;
    }

    /// A motto: small, ragged, in the outer part of the measure.
    fn epigraph(&mut self, blocks: &'d [Block], place: Standing) {
        self.seam.set_off(if self.seam.keep { Length::ZERO } else { place.gap });
        let mut inner = inset(place, place.measure.scale(38, 100), Length::ZERO);
        inner.size = TextSize { size: self.style.table.size, ..place.size };
        inner.ragged = true;
        self.blocks(blocks, inner);
        self.seam.set_off(place.gap);
        // It belongs to what it is the motto of.
        self.seam.keep = true;
    }

    /// Who wrote a chapter: under its title, or at its end on the other side; `signed` if another did too.
    fn byline(&mut self, node: NodeId, inlines: &'d [Inline], place: Standing, signed: bool) {
        let head = self.seam.keep;
        let beside = head || signed;
        if beside {
            self.seam.set(Length::ZERO);
        }
        let mut spec = self.spec(place);
        spec.align = if head { Alignment::Start } else { Alignment::End };
        spec.hyphenate = false;
        spec.style.italic = self.style.stress == Stress::Italic;
        self.seam.keep = true;
        let above = if beside { Length::ZERO } else { place.gap };
        self.push(node, place, above, Body::Text { inlines, spec, size: place.size });
        self.seam.set_off(place.gap);
        self.seam.keep = head;
    }

    /// A line over a group of notes.
    pub fn group(&mut self, title: &str, node: NodeId) {
        let piece = heading::group(self.style, title, node, self.seam.keep);
        self.title(piece);
    }

    fn heading(&mut self, block: &'d Block, level: u8, content: &'d [Inline], place: Standing) {
        let look = heading::look(self.style, level);
        let size = if place.note { place.size } else { look.size };
        let mut spec = self.spec(place);
        spec.align = Alignment::Start;
        spec.hyphenate = false;
        spec.size = size.size;
        spec.style = look.face;
        spec.forms = look.forms;
        spec.letter_space = look.letter_space;
        let (above, below) = if place.note { (Length::ZERO, Length::ZERO) } else { (look.above, look.below) };
        let gap = if place.note { place.gap } else { self.style.text.leading };
        let body = Body::Heading { number: None, inlines: content, spec, size, above, below };
        // A heading right after a title or another heading needs no space of its own.
        let after_head = self.seam.keep;
        self.push(block.id, place, if after_head { Length::ZERO } else { gap }, body);
        if let Some(piece) = self.pieces.last_mut() {
            piece.mark = Some(HeadMark {
                level,
                title: crate::document::plain_text(content),
                short: None,
                to: block.anchor.as_deref().map(|name| Destination::Target(Target::Anchor(name.into()))),
                number: None,
            });
        }
        self.seam.keep = true;
        self.seam.flush = true;
    }
}

/// A place further in, never so far that nothing fits.
fn inset(place: Standing, start: Length, end: Length) -> Standing {
    let least = (place.size.size * NARROWEST_EMS).min(place.measure);
    let room = (place.measure - least).max(Length::ZERO);
    let start = start.min(room);
    let end = end.min(room - start);
    Standing { x: place.x + start, measure: place.measure - start - end, ..place }
}

/// Whether the braces at a block's end ask for a class.
fn has(block: &Block, class: &str) -> bool {
    block.classes.iter().any(|own| own == class)
}

/// Whether a block says who wrote what stands before or after it.
fn is_byline(block: &Block) -> bool {
    has(block, "byline")
}
