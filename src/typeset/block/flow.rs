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
}

/// A walk over blocks.
pub(crate) struct Flow<'s, 'd> {
    style: &'s Style,
    pub pieces: Vec<Piece<'d>>,
    /// Space that the block before asks for below itself.
    space: Length,
    /// The space that would stand above the next block if the figure before it were elsewhere.
    past: Option<Length>,
    /// Whether the next paragraph begins without indent.
    flush: bool,
    /// Whether the next piece stays with the one before.
    keep: bool,
    markers: Vec<Marker>,
    anchors: Vec<Destination>,
    /// Whether the block before was a byline.
    signed: bool,
    /// Whether what comes next follows a title, which has its own space below it.
    titled: bool,
    /// The paragraph that opens the chapter.
    opening: Option<NodeId>,
}

/// Narrowest measure that anything is set in, however deep it stands.
const NARROWEST_EMS: i64 = 6;

impl<'s, 'd> Flow<'s, 'd> {
    /// A walk that has not begun.
    pub fn new(style: &'s Style) -> Self {
        Self {
            style,
            pieces: Vec::new(),
            space: Length::ZERO,
            past: None,
            flush: true,
            keep: false,
            markers: Vec::new(),
            anchors: Vec::new(),
            signed: false,
            titled: false,
            opening: None,
        }
    }

    /// The text of a chapter, which opens with the paragraph `opening`.
    pub fn text(&mut self, blocks: &'d [Block], opening: Option<NodeId>) {
        let style = self.style;
        self.opening = opening;
        let place = Standing {
            x: Length::ZERO,
            measure: style.measure(),
            size: style.text,
            gap: style.text.leading,
            depth: 0,
            note: false,
            ragged: false,
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
        };
        self.markers.push(marker);
        self.flush = true;
        self.blocks(blocks, place);
    }

    /// Places that the next piece begins with.
    pub fn anchor(&mut self, to: Destination) {
        self.anchors.push(to);
    }

    /// Adds a piece made elsewhere (a chapter's title); what follows stays with it.
    pub fn title(&mut self, mut piece: Piece<'d>) {
        piece.anchors.append(&mut self.anchors);
        self.pieces.push(piece);
        self.keep = true;
        self.flush = true;
        self.space = Length::ZERO;
        self.titled = true;
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
        let titled = std::mem::take(&mut self.titled);
        let gap = if titled { Length::ZERO } else { above.max(self.space) };
        let closed = self.past.take().map_or(gap, |space| above.max(space));
        self.space = Length::ZERO;
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
        let stretch = u8::from(gap >= self.style.text.leading && !place.note && !self.keep);
        self.pieces.push(Piece {
            spacing: Spacing {
                gap,
                closed,
                stretch,
                keep: std::mem::take(&mut self.keep),
                snap: !place.note,
                motion,
            },
            x: place.x,
            anchors: std::mem::take(&mut self.anchors),
            markers: std::mem::take(&mut self.markers),
            mark: None,
            node,
            body,
        });
    }

    fn blocks(&mut self, blocks: &'d [Block], place: Standing) {
        for (index, block) in blocks.iter().enumerate() {
            self.signed = index.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(is_byline);
            if let Some(name) = &block.anchor {
                self.anchors.push(Destination::Target(Target::Anchor(name.as_str().into())));
            }
            self.block(block, place);
        }
    }

    fn block(&mut self, block: &'d Block, place: Standing) {
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(block, *level, content, place),
            BlockKind::Paragraph(inlines) if is_byline(block) => self.byline(block, inlines, place),
            BlockKind::Paragraph(inlines) => self.paragraph(block.id, inlines, place),
            BlockKind::Verse(lines) => {
                let inner = inset(place, self.style.step, Length::ZERO);
                let mut spec = self.spec(inner);
                spec.align = Alignment::Start;
                spec.hang = self.style.step * 2;
                spec.hyphenate = false;
                self.push(block.id, inner, place.gap, Body::Verse { lines, spec, size: inner.size });
                self.set_off(place);
            }
            BlockKind::Quote(inner) if has(block, "epigraph") && !place.note => self.epigraph(inner, place),
            BlockKind::Quote(inner) => {
                self.space = self.space.max(place.gap);
                self.flush = true;
                let by = if place.note { self.style.quote / 2 } else { self.style.quote };
                self.blocks(inner, inset(place, by, by));
                self.set_off(place);
            }
            BlockKind::Attribution(inlines) => {
                let mut spec = self.spec(place);
                spec.align = Alignment::End;
                spec.hyphenate = false;
                self.keep = true;
                self.space = Length::ZERO;
                self.push(block.id, place, Length::ZERO, Body::Text { inlines, spec, size: place.size });
                self.set_off(place);
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
                self.set_off(place);
            }
            BlockKind::Table(table) => {
                let size = if place.note { place.size } else { self.style.table };
                let body = Body::Table { table, measure: place.measure, size };
                self.push(block.id, place, place.gap, body);
                self.set_off(place);
            }
            BlockKind::Figure { .. } | BlockKind::Row(_) => {
                let mut spec = self.spec(place);
                spec.align = Alignment::Center;
                spec.size = self.style.note.size;
                let figures = Figure::all(block);
                let body = Body::Figures { figures, spec, size: self.style.note };
                let space = self.space;
                self.push(block.id, place, place.gap, body);
                // The text goes on after a figure, wherever that comes to stand.
                self.past = Some(space);
                self.space = self.space.max(place.gap);
            }
            BlockKind::Rule => {
                self.push(block.id, place, place.gap, Body::Ornament { measure: place.measure });
                self.set_off(place);
                self.flush = true;
            }
        }
    }

    /// A block set off from the text by space: the paragraph after it begins flush.
    fn set_off(&mut self, place: Standing) {
        self.space = self.space.max(place.gap);
        self.flush = true;
    }

    fn paragraph(&mut self, node: NodeId, inlines: &'d [Inline], place: Standing) {
        let mut spec = self.spec(place);
        let spaced = self.style.paragraphs == Indent::Space && !place.note;
        if !self.flush && !spaced {
            spec.first_indent = if place.note { place.size.size } else { self.style.indent };
        }
        let gap = if spaced && !self.flush { place.gap } else { Length::ZERO };
        let beside = !self.flush;
        let drop = self.style.typography.drop_caps.filter(|_| self.opening == Some(node));
        let body = match drop {
            Some(lines) => Body::Opening { inlines, spec, size: place.size, lines: lines as usize },
            None => Body::Text { inlines, spec, size: place.size },
        };
        self.push(node, place, gap, body);
        // Space that tells paragraphs apart is the same everywhere.
        if let Some(piece) = self.pieces.last_mut().filter(|_| spaced && beside) {
            piece.spacing.stretch = 0;
        }
        self.flush = false;
    }

    /// A motto: small, ragged, in the outer part of the measure.
    fn epigraph(&mut self, blocks: &'d [Block], place: Standing) {
        self.space = self.space.max(if self.keep { Length::ZERO } else { place.gap });
        self.flush = true;
        let mut inner = inset(place, place.measure.scale(38, 100), Length::ZERO);
        inner.size = TextSize { size: self.style.table.size, ..place.size };
        inner.ragged = true;
        self.blocks(blocks, inner);
        self.set_off(place);
        self.space = self.space.max(place.gap);
        // It belongs to what it is the motto of.
        self.keep = true;
    }

    /// Who wrote a chapter: under its title, or at its end on the other side.
    fn byline(&mut self, block: &'d Block, inlines: &'d [Inline], place: Standing) {
        let head = self.keep;
        let beside = head || self.signed;
        if beside {
            self.space = Length::ZERO;
        }
        let mut spec = self.spec(place);
        spec.align = if head { Alignment::Start } else { Alignment::End };
        spec.hyphenate = false;
        spec.style.italic = self.style.stress == Stress::Italic;
        self.keep = true;
        let above = if beside { Length::ZERO } else { place.gap };
        self.push(block.id, place, above, Body::Text { inlines, spec, size: place.size });
        self.set_off(place);
        self.keep = head;
    }

    /// A line over a group of notes.
    pub fn group(&mut self, title: &str, node: NodeId) {
        let piece = heading::group(self.style, title, node, self.keep);
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
        let after_head = self.keep;
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
        self.keep = true;
        self.flush = true;
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
