//! The end of a page: does what stands on it fit, and what does it cost?

use super::REACH;
use super::carry::NOTE_ENDS;
use super::cost::{self, NEVER};
use super::states::{Carry, Departure, NONE, Patience, Search, WINDOW};
use super::walk::Stop;

/// What one way to end the page comes to, before the facing page is considered.
pub(crate) struct Ending {
    pub delta: i8,
    /// Whole grid lines left empty.
    pub empty: u64,
    /// Whether notes stand at the foot, so that the foot can be chosen.
    pub anchored: bool,
    pub lines: u64,
    pub cost: u64,
    pub carry: Carry,
    /// The figure left out for the next page, or [`NONE`].
    pub float: u32,
    /// Whether strips or notes are parted that belong together.
    pub parted: bool,
}

impl Search<'_> {
    /// Every fit of a page that ends at a stop.
    pub(crate) fn endings(&self, from: &Departure, stop: &Stop<'_>, mut give: impl FnMut(Ending)) {
        let Departure { place, carry, waiting, patience, .. } = *from;
        let before = self.places[place].notes;
        let done = self.places[stop.place].part == self.column.parts.len();
        let new = stop.notes > before;
        let gap = self.area.note_gap.0;
        // Height of all notes down to the last one, and of the last one too.
        let noted = waiting > 0 || new;
        let carried = if waiting > 0 { waiting + if new { gap } else { 0 } } else { 0 };
        let called =
            if new { self.note_tops[stop.notes as usize] - self.note_tops[before as usize] - gap } else { 0 };
        let need = if noted { self.area.clearance.0 + carried + called } else { 0 };
        for (index, &price) in stop.table.iter().enumerate() {
            if price >= NEVER {
                continue;
            }
            let delta = index as i64 - REACH as i64;
            let y = stop.y + delta * self.grid;
            let lines = (y / self.grid).max(0) as u64;
            let parted = !stop.allowed;
            let faults = if parted { cost::PARTED } else { 0 };
            let base = price + stop.setting + faults;
            let room = self.area.height.0 - y;
            let slack = room - need;
            let delta = delta as i8;
            if slack >= 0 {
                let empty = slack / self.grid;
                if patience == Patience::Strict && empty > WINDOW && !done {
                    continue;
                }
                let empty = empty as u64;
                let cost = base + if done { 0 } else { cost::short(empty) };
                let carry = Carry { note: stop.notes, strip: 0 };
                give(Ending { delta, empty, anchored: noted, lines, cost, carry, float: NONE, parted });
            } else if new && room > self.area.clearance.0 {
                let from = if waiting > 0 { carry } else { Carry { note: before, strip: 0 } };
                let cut = self.fill_notes(from, stop.notes, room - self.area.clearance.0);
                // Every note must start here; only when nothing else is possible may one start late.
                let length = self.note_strips(cut.note).len();
                let starts = cut.note + 1 == stop.notes
                    && cut.strip as usize >= NOTE_ENDS
                    && length.saturating_sub(cut.strip as usize) >= NOTE_ENDS;
                if starts || (patience == Patience::Parted && cut > from) {
                    let parted = parted || !starts;
                    let cost = base + if starts { cost::SPLIT } else { cost::PARTED };
                    give(Ending {
                        delta,
                        empty: 0,
                        anchored: true,
                        lines,
                        cost,
                        carry: cut,
                        float: NONE,
                        parted,
                    });
                }
            }
        }
    }
}
