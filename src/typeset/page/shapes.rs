//! Parts → what the page breaker sees of them: their heights, and how many notes their strips call.

use crate::document::NoteId;
use crate::length::Length;
use crate::typeset::block::notes::{self, NoteStrips};
use crate::typeset::block::part::Part;
use crate::typeset::block::spacing::Motion;

use super::pagebreak::{Column, NoteShape, PartShape, SettingShape, StripShape};

/// What the page breaker needs to know of a chapter, and the notes that stand at its feet.
pub(crate) fn shapes(parts: &[Part], notes: &[NoteStrips], foot: bool) -> (Column, Vec<NoteId>) {
    let mut column = Column::default();
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
                    notes::expand(&strip.notes, notes, &mut group);
                    calls = group.len() as u32;
                    if index == 0 {
                        order.extend_from_slice(&group);
                    }
                }
                strips.push(StripShape { height: strip.height, calls, hyphenated: strip.hyphenated });
            }
            settings.push(SettingShape { strips, cost: setting.cost });
        }
        // A setting that calls other notes than the best one would break the order of the notes.
        let calls = |s: &SettingShape| s.strips.iter().map(|s| s.calls).sum::<u32>();
        let best = settings.first().map_or(0, calls);
        debug_assert!(
            settings.iter().all(|s| calls(s) == best),
            "settings of one paragraph call the same notes"
        );
        column.parts.push(PartShape {
            spacing: part.spacing,
            head: part.head.as_ref().map_or(Length::ZERO, |h| h.height),
            first: part.ends.0,
            last: part.ends.1,
            settings,
        });
    }
    for index in 0..column.parts.len() {
        let followed = column.parts.get(index + 1).is_some_and(|next| next.spacing.keep);
        let part = &mut column.parts[index];
        let simple = |s: &SettingShape| s.strips.len() == 1 && s.strips[0].calls == 0;
        // Notes must stay in order, and what is kept together stays together.
        if part.spacing.motion == Motion::Floats
            && (part.spacing.keep || followed || !part.settings.iter().all(simple))
        {
            part.spacing.motion = Motion::Bars;
        }
    }
    for id in &order {
        let strips = notes.get(id.0 as usize).map(|n| n.strips.iter().map(|s| s.height).collect());
        column.notes.push(NoteShape { strips: strips.unwrap_or_default() });
    }
    (column, order)
}
