//! How a page is filled: one walk down the column from where the page begins.
//!
//! Comes in: a place, and how far from full a page may end. Goes out: every stop at which the page may
//! end, and of these every fit: how full, and what of the notes is left over.

use super::super::cost::{self, NEVER};
use super::super::{Part, REACH};
use super::{Carry, Ending, NOTE_ENDS, Patience, Search, Stop, Table, WINDOW, calls, height_of, widen};

impl Search<'_> {
    /// Every fit of a page that ends at a stop.
    pub(super) fn endings(
        &self,
        place: usize,
        stop: &Stop<'_>,
        carry: Carry,
        waiting: i64,
        patience: Patience,
        mut give: impl FnMut(Ending),
    ) {
        let before = self.places[place].notes;
        let done = self.places[stop.place].part == self.column.parts.len();
        let new = stop.notes > before;
        let gap = self.frame.note_gap.0;
        // Height of all notes down to the last one, and of the last one too.
        let noted = waiting > 0 || new;
        let carried = if waiting > 0 { waiting + if new { gap } else { 0 } } else { 0 };
        let called =
            if new { self.note_tops[stop.notes as usize] - self.note_tops[before as usize] - gap } else { 0 };
        let need = if noted { self.frame.clearance.0 + carried + called } else { 0 };
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
            let room = self.frame.height.0 - y;
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
                give(Ending { delta, empty, anchored: noted, lines, cost, carry, parted });
            } else if new && room > self.frame.clearance.0 {
                let from = if waiting > 0 { carry } else { Carry { note: before, strip: 0 } };
                let cut = self.fill_notes(from, stop.notes, room - self.frame.clearance.0);
                // Every note must start here; only when nothing else is possible may one start late.
                let length = self.note_strips(cut.note).len();
                let starts = cut.note + 1 == stop.notes
                    && cut.strip as usize >= NOTE_ENDS
                    && length.saturating_sub(cut.strip as usize) >= NOTE_ENDS;
                if starts {
                    let cost = base + cost::SPLIT;
                    give(Ending { delta, empty: 0, anchored: true, lines, cost, carry: cut, parted });
                } else if patience == Patience::Parted && cut > from {
                    let cost = base + cost::PARTED;
                    give(Ending { delta, empty: 0, anchored: true, lines, cost, carry: cut, parted: true });
                }
            }
        }
    }

    /// Goes down the column from a place and stops wherever a page may end.
    pub(super) fn walk(&self, place: usize, patience: Patience, waiting: i64, mut visit: impl FnMut(Stop<'_>)) {
        let height = self.frame.height.0;
        let reach = REACH as i64 * self.grid;
        let start = self.places[place];
        let mut table = [NEVER; 2 * REACH + 1];
        table[REACH] = 0;
        let mut y = 0;
        let mut notes = start.notes;
        let mut index = start.part;
        if start.strip > 0 {
            let part = &self.column.parts[index];
            y += part.head.0;
            (y, notes) =
                self.inside(index, start.setting, start.strip, (y, notes), &table, 0, patience, &mut visit);
            index += 1;
        }
        let mut at_head = start.strip == 0;
        while y - reach <= height {
            let Some(part) = self.column.parts.get(index) else {
                visit(Stop {
                    place: self.places.len() - 1,
                    y,
                    notes,
                    table: &table,
                    setting: 0,
                    hyphenated: false,
                    allowed: true,
                });
                return;
            };
            if !at_head {
                if !part.keep || patience == Patience::Parted {
                    let place = self.starts[index] as usize;
                    let allowed = !part.keep;
                    visit(Stop { place, y, notes, table: &table, setting: 0, hyphenated: false, allowed });
                }
                y = self.below(y, part);
                widen(&mut table, part.stretch);
            }
            let best = &part.settings[0];
            let end = y + height_of(best);
            let called = notes + calls(part);
            let noted = waiting + self.note_tops[called as usize] - self.note_tops[start.notes as usize];
            let near =
                patience != Patience::Strict || end + noted + reach + (WINDOW + 1) * self.grid >= height;
            if near {
                for (setting, shape) in part.settings.iter().enumerate() {
                    if shape.strips.len() > 1 {
                        let cost = u64::from(shape.cost);
                        self.inside(index, setting, 0, (y, notes), &table, cost, patience, &mut visit);
                    }
                }
            }
            self.choose(&mut table, part);
            y = end;
            notes = called;
            index += 1;
            at_head = false;
        }
    }

    /// Visits the places inside a part, from a strip on; returns where it ends.
    #[allow(clippy::too_many_arguments, reason = "the state of a walk, spelled out where it is hot")]
    fn inside(
        &self,
        index: usize,
        setting: usize,
        from: usize,
        (mut y, mut notes): (i64, u32),
        table: &Table,
        cost: u64,
        patience: Patience,
        visit: &mut impl FnMut(Stop<'_>),
    ) -> (i64, u32) {
        let part = &self.column.parts[index];
        let strips = &part.settings[setting].strips;
        let limit = self.frame.height.0 + REACH as i64 * self.grid;
        for (strip, shape) in strips.iter().enumerate().skip(from) {
            if strip > from && y <= limit {
                let allowed = strip >= part.first && strips.len() - strip >= part.last;
                if allowed || patience == Patience::Parted {
                    let place = self.inner_place(index, setting, strip);
                    let hyphenated = strips[strip - 1].hyphenated;
                    visit(Stop { place, y, notes, table, setting: cost, hyphenated, allowed });
                }
            }
            y += shape.height.0;
            notes += shape.calls;
        }
        (y, notes)
    }

    /// Index of a place inside a part.
    pub(super) fn inner_place(&self, part: usize, setting: usize, strip: usize) -> usize {
        let before: usize =
            self.column.parts[part].settings[..setting].iter().map(|s| s.strips.len() - 1).sum();
        self.starts[part] as usize + before + strip
    }

    /// Where a part begins that does not stand at the head of the page.
    pub fn below(&self, y: i64, part: &Part) -> i64 {
        let y = y + part.gap.0;
        if part.snap {
            y.div_euclid(self.grid) * self.grid + if y % self.grid == 0 { 0 } else { self.grid }
        } else {
            y
        }
    }

    /// Adds the choice among the settings of a part to a table.
    pub fn choose(&self, table: &mut Table, part: &Part) {
        if part.settings.len() < 2 {
            return;
        }
        let old = *table;
        let best = height_of(&part.settings[0]);
        *table = [NEVER; 2 * REACH + 1];
        for shape in &part.settings {
            let shift = (height_of(shape) - best) / self.grid;
            for (index, &cost) in old.iter().enumerate() {
                let to = index as i64 + shift;
                if cost < NEVER && (0..table.len() as i64).contains(&to) {
                    let entry = &mut table[to as usize];
                    *entry = (*entry).min(cost + u64::from(shape.cost));
                }
            }
        }
    }
}
