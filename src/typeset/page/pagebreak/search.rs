//! The search itself: states, walks, and the cheapest way to the end of the column.
//!
//! Comes in: a [`Column`] and a [`Frame`]. Goes out: every state reached, each with the state it is
//! cheapest reached from; `trace.rs` reads the pages back out of them.

use std::collections::BTreeMap;

use super::carry::Carry;
use super::cost;
use super::ending::Ending;
use super::walk::{Floats, Patience, calls};
use super::{Column, Frame, Motion, Side};

/// How much shorter than full a page may be, in grid lines, before it is looked at only for want of
/// anything better.
pub(crate) const WINDOW: i64 = 6;
/// Cost above the cheapest state at a place from which a state can no longer win: the most that feet and
/// hyphens of the next two pages can differ by.
const BEAM: u64 = 24_000;

/// Most ways of waiting that are followed from one place, the cheapest of them. Text has a few; where every word
/// calls a note, notes lag behind in as many ways as there are notes.
const WAITS: usize = 48;

/// A place where a page may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub part: usize,
    /// Meaningful when `strip` is not zero.
    pub setting: usize,
    pub strip: usize,
    /// How many notes are called before it.
    pub notes: u32,
}

/// What the next page faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facing {
    /// It is a verso: nothing is known yet.
    Ahead,
    /// It is a recto, and the verso's foot is so many lines above the end of the text area.
    Foot(u8),
    /// It is a recto that faces no page of this column.
    Free,
}

/// A state: a page begins here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    pub cost: u64,
    pub prev: u32,
    next: u32,
    pub place: u32,
    pub carry: Carry,
    /// The figure that waits for the head of this page; [`NONE`] mostly.
    pub float: u32,
    pub facing: Facing,
    /// How the page before was made to fit.
    pub delta: i8,
    /// The foot of the page before.
    pub foot: u8,
    pub parted: bool,
    pub overfull: bool,
}

impl Label {
    /// The figure that waits.
    pub fn float(&self) -> Option<usize> {
        (self.float != NONE).then_some(self.float as usize)
    }

    /// What waits. In the order of these, those that wait come first: a page of only what waits leads to
    /// the same place with nothing waiting.
    fn waits(&self) -> (Carry, bool, u32) {
        (self.carry, self.float == NONE, self.float)
    }
}

/// What came of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// Only ends of the text that leave notes behind.
    Poor,
    Good,
}

/// No label.
pub(crate) const NONE: u32 = u32::MAX;

/// The search and what it found.
pub(crate) struct Search<'c> {
    pub column: &'c Column,
    pub frame: &'c Frame,
    pub places: Vec<Place>,
    /// Index of the place before each part; one more for the end.
    pub(crate) starts: Vec<u32>,
    /// Heights of all notes before each, gaps included.
    pub(crate) note_tops: Vec<i64>,
    heads: Vec<u32>,
    pub labels: Vec<Label>,
    pub(crate) grid: i64,
    /// Whether any figure floats at all.
    pub(crate) floats: bool,
    patience: Patience,
}

impl<'c> Search<'c> {
    /// Runs to the end of the column. Every page is tried with this much patience at least.
    pub fn run(column: &'c Column, frame: &'c Frame, first: Side, patience: Patience) -> Self {
        let mut search = Self::prepare(column, frame, patience);
        let facing = if first == Side::Verso { Facing::Ahead } else { Facing::Free };
        search.insert(Label {
            cost: 0,
            prev: NONE,
            next: NONE,
            place: 0,
            carry: Carry { note: 0, strip: 0 },
            float: NONE,
            facing,
            delta: 0,
            foot: 0,
            parted: false,
            overfull: false,
        });
        for place in 0..search.places.len() - 1 {
            search.leave(place);
        }
        search
    }

    /// What the cheapest way to the end costs.
    pub fn least(&self) -> u64 {
        let ends = self.at(self.places.len() - 1).map(|id| self.labels[id as usize].cost);
        ends.min().unwrap_or(cost::NEVER)
    }

    fn prepare(column: &'c Column, frame: &'c Frame, patience: Patience) -> Self {
        let mut places = Vec::new();
        let mut starts = Vec::with_capacity(column.parts.len() + 1);
        let mut notes = 0_u32;
        for (index, part) in column.parts.iter().enumerate() {
            starts.push(places.len() as u32);
            places.push(Place { part: index, setting: 0, strip: 0, notes });
            for (setting, shape) in part.settings.iter().enumerate() {
                let mut called = notes;
                for strip in 1..shape.strips.len() {
                    called += shape.strips[strip - 1].calls;
                    places.push(Place { part: index, setting, strip, notes: called });
                }
            }
            notes += calls(part);
        }
        starts.push(places.len() as u32);
        places.push(Place { part: column.parts.len(), setting: 0, strip: 0, notes });
        let mut note_tops = vec![0];
        let mut top = 0;
        for note in &column.notes {
            top += note.strips.iter().map(|h| h.0).sum::<i64>() + frame.note_gap.0;
            note_tops.push(top);
        }
        // A strip may claim notes that are not in the column; they are as high as nothing.
        note_tops.resize((notes as usize + 1).max(note_tops.len()), top);
        let heads = vec![NONE; places.len()];
        let grid = frame.grid.0.max(1);
        let floats = column.parts.iter().any(|p| p.motion == Motion::Floats);
        Self { column, frame, places, starts, note_tops, heads, labels: Vec::new(), grid, floats, patience }
    }

    /// The states at a place.
    pub fn at(&self, place: usize) -> impl Iterator<Item = u32> + '_ {
        let mut id = self.heads[place];
        std::iter::from_fn(move || {
            let label = self.labels.get(id as usize)?;
            let found = id;
            id = label.next;
            Some(found)
        })
    }

    fn insert(&mut self, mut label: Label) {
        let place = label.place as usize;
        let known = self.at(place).find(|&id| {
            let known = &self.labels[id as usize];
            known.facing == label.facing && known.waits() == label.waits()
        });
        if let Some(id) = known {
            let known = &mut self.labels[id as usize];
            if label.cost < known.cost {
                label.next = known.next;
                *known = label;
            }
        } else {
            label.next = self.heads[place];
            self.heads[place] = self.labels.len() as u32;
            self.labels.push(label);
        }
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
            let mut stuck = true;
            let patiences = [Patience::Strict, Patience::Short, Patience::Parted];
            let least = self.patience;
            for patience in patiences.into_iter().filter(|p| *p >= least) {
                let found = self.try_with(place, rest, alone.len(), arriving, &group, patience);
                stuck &= found == Found::Nothing;
                if found == Found::Good {
                    break;
                }
                if patience == Patience::Parted && stuck {
                    self.force(place, rest, alone.len(), arriving, &group);
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
    fn try_with(
        &mut self,
        place: usize,
        carry: Carry,
        alone: usize,
        arriving: Option<usize>,
        group: &[u32],
        patience: Patience,
    ) -> Found {
        let mut found: Vec<(Ending, usize, bool)> = Vec::new();
        let waiting = self.waiting(carry, self.places[place].notes);
        let figures = self.movable(place).into_iter().map(Some);
        for leaving in std::iter::once(None).chain(figures) {
            let float = leaving.map_or(NONE, |figure| figure as u32);
            self.walk(place, patience, waiting, Floats { arriving, leaving }, |stop| {
                self.endings(place, &stop, carry, waiting, patience, |mut ending| {
                    // A figure and the rest of a note do not wait together.
                    if leaving.is_none() || ending.carry.note >= stop.notes {
                        ending.float = float;
                        ending.cost += if leaving.is_some() { cost::FLOAT } else { 0 };
                        found.push((ending, stop.place, stop.hyphenated));
                    }
                });
            });
        }
        for (ending, to, hyphenated) in &found {
            for &from in group {
                self.arrive(from, alone, ending, *to, *hyphenated);
            }
        }
        // An end that leaves a note behind for a page of its own is worth a look at what else there is.
        let end = self.places.len() - 1;
        let left_behind = |(ending, to, _): &(Ending, usize, bool)| {
            *to == end && self.waiting(ending.carry, self.places[end].notes) > 0
        };
        match found.iter().all(left_behind) {
            _ if found.is_empty() => Found::Nothing,
            true => Found::Poor,
            false => Found::Good,
        }
    }

    /// Nothing fits: a page of the notes or of the figure that wait, or else the next strip although it is
    /// too high.
    fn force(&mut self, place: usize, carry: Carry, alone: usize, arriving: Option<usize>, group: &[u32]) {
        let here = self.places[place];
        let waits = self.waiting(carry, here.notes) > 0;
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
        for &from in group {
            self.arrive(from, alone, &ending, to, false);
            if !waits {
                let place = to;
                let last = self.heads[place];
                if let Some(label) = self.labels.get_mut(last as usize) {
                    label.overfull |= label.prev == from;
                }
            }
        }
    }

    fn arrive(&mut self, from: u32, alone: usize, ending: &Ending, to: usize, hyphenated: bool) {
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
