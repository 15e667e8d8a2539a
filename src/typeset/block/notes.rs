//! Notes: each one set once, and the order in which a line's notes stand at the foot.

use crate::document::{Document, NoteId};
use crate::face::FaceStyle;
use crate::length::Length;

use super::context::Context;
use super::flow::Flow;
use super::part::Part;
use super::piece::Marker;
use super::set::set;
use crate::typeset::frame::{Colour, Destination};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, ParagraphSpec};
use crate::typeset::strip::Strip;
use crate::typeset::style::{Style, TextSize};

/// A note in lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct NoteStrips {
    pub strips: Vec<Strip>,
}

/// How far the text of notes stands in, so that the widest number has room before it.
pub(crate) fn hang(context: &Context<'_>, size: TextSize) -> Length {
    let (characters, width) = context.setter.longest_mark(&marker_spec(context.style, size));
    let usual = size.size.scale(characters as i64 * 48 + 45, 100);
    usual.max(width + size.size.scale(40, 100))
}

fn marker_spec(style: &Style, size: TextSize) -> ParagraphSpec {
    ParagraphSpec {
        measure: style.measure(),
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Start,
        style: FaceStyle::default(),
        size: size.size,
        forms: Letterforms { tabular: true, ..Letterforms::default() },
        letter_space: 0,
        hyphenate: false,
        colour: Colour::BLACK,
    }
}

/// The number before a note, which leads back to its mark.
pub(crate) fn marker(style: &Style, document: &Document, id: NoteId, size: TextSize) -> Option<Marker> {
    let note = document.notes.get(id.0 as usize)?;
    Some(Marker {
        text: note.mark.clone(),
        node: note.id,
        x: Length::ZERO,
        flush: true,
        to: note.marks.first().map(|m| Destination::Mark(*m)),
        spec: marker_spec(style, size),
    })
}

/// Sets one note for the foot of a page.
pub(crate) fn set_note(context: &Context<'_>, id: NoteId) -> NoteStrips {
    let style = context.style;
    let size = style.note;
    let Some(note) = context.document.notes.get(id.0 as usize) else { return NoteStrips::default() };
    let Some(marker) = marker(style, context.document, id, size) else { return NoteStrips::default() };
    let mut flow = Flow::new(style);
    flow.anchor(Destination::Note(id));
    flow.note(&note.blocks, marker, hang(context, size), size);
    let parts: Vec<Part> = flow.pieces.iter().filter_map(|piece| set(context, piece)).collect();
    let mut strips = Vec::new();
    for part in parts {
        let gap = if strips.is_empty() { Length::ZERO } else { part.spacing.gap };
        let Some(best) = part.settings.into_iter().next() else { continue };
        for (index, mut strip) in best.strips.into_iter().enumerate() {
            if index == 0 && gap > Length::ZERO {
                strip.lower(gap);
            }
            strips.push(strip);
        }
    }
    if strips.is_empty() {
        strips.push(Strip::empty(size.leading));
    }
    NoteStrips { strips }
}

/// The notes that some marks call, each followed by those that its own text calls. Every note has one
/// first mark, so none comes twice; a note that only its own text calls never comes at all.
pub(crate) fn expand(marks: &[NoteId], notes: &[NoteStrips], out: &mut Vec<NoteId>) {
    let mut waiting: Vec<NoteId> = marks.iter().rev().copied().collect();
    let most = out.len() + notes.len();
    while let Some(id) = waiting.pop() {
        if out.len() >= most {
            return;
        }
        out.push(id);
        if let Some(note) = notes.get(id.0 as usize) {
            for strip in note.strips.iter().rev() {
                waiting.extend(strip.notes.iter().rev());
            }
        }
    }
}
