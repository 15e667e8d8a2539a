//! Lists and definitions, and what is hung before their items.

use crate::document::{Definition, ListItem};
use crate::face::FaceStyle;
use crate::length::Length;
use crate::manifest::Indent;
use crate::typeset::block::piece::{Body, Marker};
use crate::typeset::inline::paragraph::{Alignment, ParagraphSpec};
use crate::typeset::style::TextSize;

use super::{Flow, Standing, inset};

impl<'d> Flow<'_, 'd> {
    pub(super) fn list(&mut self, start: Option<u64>, tight: bool, items: &'d [ListItem], place: Standing) {
        let em = place.size.size;
        let outer = place.depth == 0;
        let around = if outer { place.gap } else { Length::ZERO };
        let spaced = self.style.paragraphs == Indent::Space && outer && !place.note;
        let by = match start {
            None if place.note => em,
            None => self.style.step,
            Some(first) => {
                // Room for the widest number: figures are about half an em, the stop and the space one.
                let last = first.saturating_add(items.len() as u64);
                let digits = last.checked_ilog10().unwrap_or(0) + 1;
                (em.scale(i64::from(digits) * 48 + 75, 100)).max(if place.note {
                    em
                } else {
                    self.style.step
                })
            }
        };
        // Under a heading a list stands as close as a paragraph does.
        if self.seam.keep {
            self.seam.set(Length::ZERO);
        } else {
            self.seam.ask(around);
        }
        let mut inner = inset(place, by, Length::ZERO);
        inner.depth += 1;
        for (index, item) in items.iter().enumerate() {
            let text = match start {
                Some(first) => format!("{}.", first.saturating_add(index as u64)),
                None => bullet(place.depth).to_string(),
            };
            let mut spec = self.spec(place);
            spec.align = Alignment::Start;
            spec.hyphenate = false;
            spec.forms.tabular = start.is_some();
            let (x, flush) = match start {
                Some(_) => (inner.x - em.scale(45, 100), false),
                None => (inner.x - self.style.step.min(by) + em.scale(25, 100), true),
            };
            let marker = Marker { text, node: item.id, x, flush, to: None, spec };
            self.hung.markers.push(marker);
            self.seam.flush = true;
            self.blocks(&item.blocks, inner);
            if !self.hung.markers.is_empty() {
                self.push(item.id, inner, Length::ZERO, empty(spec, place.size));
            }
            if spaced && !tight {
                self.seam.set(place.gap);
            }
        }
        self.seam.ask(around);
        self.seam.flush = around > Length::ZERO;
    }

    pub(super) fn definitions(&mut self, list: &'d [Definition], place: Standing) {
        self.seam.ask(place.gap);
        for definition in list {
            for term in &definition.terms {
                let mut spec = self.spec(place);
                spec.align = Alignment::Start;
                spec.hyphenate = false;
                spec.style = FaceStyle { bold: true, italic: false };
                let body = Body::Text { inlines: term, spec, size: place.size };
                self.push(definition.id, place, Length::ZERO, body);
                self.seam.keep = true;
            }
            for detail in &definition.details {
                self.seam.flush = true;
                self.blocks(detail, inset(place, self.style.step, Length::ZERO));
            }
            self.seam.keep = false;
        }
        self.seam.set_off(place.gap);
    }
}

/// A paragraph without words, to hang a marker on.
fn empty<'d>(spec: ParagraphSpec, size: TextSize) -> Body<'d> {
    Body::Text { inlines: &[], spec, size }
}

fn bullet(depth: usize) -> &'static str {
    match depth % 2 {
        0 => "•",
        _ => "–",
    }
}
