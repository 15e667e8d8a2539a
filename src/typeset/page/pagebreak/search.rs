//! The search itself: from every state in every way worth looking at, to the end of the column.
//!
//! Comes in: a [`Column`] and a [`TextArea`]. Goes out: every state reached, each with the state it is
//! cheapest reached from; `trace.rs` reads the pages back out of them.

use std::collections::BTreeMap;

use super::cost;
use super::ending::Ending;
use super::states::{Carry, Departure, Facing, Label, NONE, Patience, Search};
use super::{Column, PageSide, TextArea};

/// Cost above the cheapest state at a place from which a state can no longer win: the most that feet and
/// hyphens of the next two pages can differ by.
const BEAM: u64 = 24_000;

/// Most ways of waiting that are followed from one place, the cheapest of them. Text has a few; where every word
/// calls a note, notes lag behind in as many ways as there are notes.
const WAITS: usize = 48;

/// One way to end a page, and where the next one begins.
struct Way {
    ending: Ending,
    /// Index of the place.
    to: usize,
    hyphenated: bool,
}

/// What came of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// Only ends of the text that leave notes behind.
    Poor,
    Good,
}

impl<'c> Search<'c> {
    /// Runs to the end of the column. Every page is tried with this much patience at least.
    pub fn run(column: &'c Column, area: &'c TextArea, first: PageSide, patience: Patience) -> Self {
        let mut search = Self::new(column, area, first, patience);
        for place in 0..search.places.len() - 1 {
            search.leave(place);
        }
        search
    }

    /// Ends the page that begins at `place` in every way worth looking at.
    fn leave(&mut self, place: usize) {
        let mut done = None;
        let (worth, known) = (self.worth(place), self.labels.len());
        loop {
            // States in which more waits first: they may add a state here in which less does.
            let waits = self.at(place).map(|id| self.labels[id as usize].waits());
            let Some(waits) = waits.filter(|w| Some(*w) > done).min() else { return };
            done = Some(waits);
            let mut group: Vec<u32> =
                self.at(place).filter(|&id| self.labels[id as usize].waits() == waits).collect();
            let carry = waits.0;
            let arriving = self.labels[group[0] as usize].float();
            group.sort_unstable();
            let best = group.iter().map(|&id| self.labels[id as usize].cost).min().unwrap_or(0);
            // What this place itself adds is followed always: it may be the only way on.
            if best > worth && group.iter().all(|&id| (id as usize) < known) {
                continue;
            }
            group.retain(|&id| self.labels[id as usize].cost <= best + BEAM);
            let (alone, rest) = self.notes_alone(place, carry);
            let waiting = self.waiting(rest, self.places[place].notes);
            let mut stuck = true;
            let patiences = [Patience::Strict, Patience::Short, Patience::Parted];
            let least = self.patience;
            for patience in patiences.into_iter().filter(|p| *p >= least) {
                let from = Departure { place, carry: rest, waiting, alone: alone.len(), arriving, patience };
                let found = self.try_with(&from, &group);
                stuck &= found == Found::Nothing;
                if found == Found::Good {
                    break;
                }
                if patience == Patience::Parted && stuck {
                    self.force(&from, &group);
                }
            }
        }
    }

    /// The cost of the last of the cheapest ways of waiting at a place; no bound where they are few.
    fn worth(&self, place: usize) -> u64 {
        if self.at(place).nth(WAITS).is_none() {
            return cost::NEVER;
        }
        let mut least = BTreeMap::new();
        for id in self.at(place) {
            let label = &self.labels[id as usize];
            let cost = least.entry(label.waits()).or_insert(label.cost);
            *cost = label.cost.min(*cost);
        }
        let mut costs: Vec<u64> = least.into_values().collect();
        costs.sort_unstable();
        costs.get(WAITS - 1).copied().unwrap_or(cost::NEVER)
    }

    /// Walks down from a place; says what came of it.
    fn try_with(&mut self, from: &Departure, group: &[u32]) -> Found {
        let mut found: Vec<Way> = Vec::new();
        let figures = self.movable(from.place).into_iter().map(Some);
        for leaving in std::iter::once(None).chain(figures) {
            let float = leaving.map_or(NONE, |figure| figure as u32);
            self.walk(from, leaving, |stop| {
                self.endings(from, &stop, |mut ending| {
                    // A figure and the rest of a note do not wait together.
                    if leaving.is_none() || ending.carry.note >= stop.notes {
                        ending.float = float;
                        ending.cost += if leaving.is_some() { cost::FLOAT } else { 0 };
                        found.push(Way { ending, to: stop.place, hyphenated: stop.hyphenated });
                    }
                });
            });
        }
        for way in &found {
            for &label in group {
                self.arrive(label, from.alone, way);
            }
        }
        // An end that leaves a note behind for a page of its own is worth a look at what else there is.
        let end = self.places.len() - 1;
        let left_behind =
            |way: &Way| way.to == end && self.waiting(way.ending.carry, self.places[end].notes) > 0;
        match found.iter().all(left_behind) {
            _ if found.is_empty() => Found::Nothing,
            true => Found::Poor,
            false => Found::Good,
        }
    }

    /// Nothing fits: a page of the notes or of the figure that wait, or else the next strip although it is
    /// too high.
    fn force(&mut self, from: &Departure, group: &[u32]) {
        let Departure { place, waiting, alone, arriving, .. } = *from;
        let here = self.places[place];
        let waits = waiting > 0;
        let (to, cost) = if waits {
            (place, cost::NOTES_ALONE)
        } else if arriving.is_some() {
            (place, cost::OVERFULL)
        } else {
            let setting = if here.strip > 0 { here.setting } else { 0 };
            let strips = self.column.parts[here.part].settings[setting].strips.len();
            let to = if here.strip + 1 < strips {
                self.inner_place(here.part, setting, here.strip + 1)
            } else {
                self.starts[here.part + 1] as usize
            };
            (to, cost::OVERFULL)
        };
        let after = self.places[to].notes;
        // What the strip calls must wait: there is no room under it.
        let carry =
            if waits { Carry { note: after, strip: 0 } } else { Carry { note: here.notes, strip: 0 } };
        let ending =
            Ending { delta: 0, empty: 0, anchored: true, lines: 5, cost, carry, float: NONE, parted: false };
        let way = Way { ending, to, hyphenated: false };
        for &label in group {
            self.arrive(label, alone, &way);
            if !waits {
                let last = self.heads[to];
                if let Some(reached) = self.labels.get_mut(last as usize) {
                    reached.overfull |= reached.prev == label;
                }
            }
        }
    }

    fn arrive(&mut self, from: u32, alone: usize, way: &Way) {
        let Way { ending, to, hyphenated } = way;
        let (to, hyphenated) = (*to, *hyphenated);
        let origin = self.labels[from as usize];
        let mut facing = origin.facing;
        for _ in 0..alone {
            facing = if facing == Facing::Ahead { Facing::Foot(0) } else { Facing::Ahead };
        }
        let done = self.places[to].part == self.column.parts.len();
        let mut cost = origin.cost.saturating_add(ending.cost);
        let label = Label {
            cost,
            prev: from,
            next: NONE,
            place: to as u32,
            carry: ending.carry,
            float: ending.float,
            facing: Facing::Ahead,
            delta: ending.delta,
            foot: 0,
            parted: ending.parted,
            overfull: false,
        };
        if done {
            if self.waiting(ending.carry, self.places[to].notes) > 0 {
                cost += cost::NOTES_ALONE;
            }
            if origin.prev != NONE {
                cost += cost::nearly_empty(ending.lines);
            }
            self.insert(Label { cost, ..label });
            return;
        }
        match facing {
            Facing::Ahead => {
                cost += if hyphenated { cost::HYPHEN } else { 0 };
                let lowest = ending.empty.min(2) as u8;
                let highest = if ending.anchored { 0 } else { lowest };
                for foot in highest..=lowest {
                    self.insert(Label {
                        cost: cost + u64::from(foot),
                        facing: Facing::Foot(foot),
                        foot,
                        ..label
                    });
                }
            }
            Facing::Foot(verso) => {
                cost += if hyphenated { cost::HYPHEN_TURNED } else { 0 };
                let verso = u64::from(verso);
                let foot = if ending.anchored { ending.empty.min(verso) } else { ending.empty };
                cost += cost::uneven(verso.abs_diff(foot));
                self.insert(Label { cost, foot: foot.min(200) as u8, ..label });
            }
            Facing::Free => {
                cost += if hyphenated { cost::HYPHEN_TURNED } else { 0 };
                let foot = if ending.anchored { 0 } else { ending.empty.min(200) as u8 };
                self.insert(Label { cost, foot, ..label });
            }
        }
    }
}
