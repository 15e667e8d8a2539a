//! What the search knows: the places where pages may begin, and the states that were reached there.
//!
//! Comes in: a [`Column`] and a [`TextArea`]. A state is a place and all that the pages after it depend on: the
//! notes and the figure that wait, and how the page that it faces ends.

use crate::typeset::block::spacing::Motion;

use super::cost;
use super::{Column, PageSide, TextArea};

/// How much shorter than full a page may be, in grid lines, before it is looked at only for want of
/// anything better.
pub(crate) const WINDOW: i64 = 6;
/// The first strip of a note that is not printed yet. Equal to the place's own count when none waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Carry {
    pub note: u32,
    pub strip: u32,
}

/// How patient a walk is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Patience {
    /// Pages nearly full, every rule kept.
    Strict,
    /// Pages of any length, every rule kept.
    Short,
    /// Pages of any length, strips parted that should stay together, notes that start late.
    Parted,
}

/// A page that is about to be made: where it begins, with what, and how patiently.
#[derive(Clone, Copy)]
pub(super) struct Departure {
    /// Index of its place.
    pub place: usize,
    /// The first strip of a note that it still has to print.
    pub carry: Carry,
    /// Height of the notes that wait.
    pub waiting: i64,
    /// Pages of notes only that come before it.
    pub alone: usize,
    /// The figure that stands at its head.
    pub arriving: Option<usize>,
    pub patience: Patience,
}

/// A place where a page may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beginning {
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
    /// Another state at the same place.
    pub next: u32,
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
    pub fn waits(&self) -> (Carry, bool, u32) {
        (self.carry, self.float == NONE, self.float)
    }
}

/// No label.
pub(crate) const NONE: u32 = u32::MAX;

/// The search and what it found.
pub(crate) struct Search<'c> {
    pub column: &'c Column,
    pub area: &'c TextArea,
    pub places: Vec<Beginning>,
    /// Index of the place before each part; one more for the end.
    pub(crate) starts: Vec<u32>,
    /// Heights of all notes before each, gaps included.
    pub(crate) note_tops: Vec<i64>,
    pub heads: Vec<u32>,
    pub labels: Vec<Label>,
    pub(crate) grid: i64,
    /// Whether any figure floats at all.
    pub(crate) floats: bool,
    pub patience: Patience,
}

impl<'c> Search<'c> {
    /// The places of a column, with a first state at the first of them. Every page is tried with this much
    /// patience at least.
    pub fn new(column: &'c Column, area: &'c TextArea, first: PageSide, patience: Patience) -> Self {
        let mut search = Self::prepare(column, area, patience);
        let facing = if first == PageSide::Verso { Facing::Ahead } else { Facing::Free };
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
        search
    }

    /// What the cheapest way to the end costs.
    pub fn least(&self) -> u64 {
        let ends = self.at(self.places.len() - 1).map(|id| self.labels[id as usize].cost);
        ends.min().unwrap_or(cost::NEVER)
    }

    fn prepare(column: &'c Column, area: &'c TextArea, patience: Patience) -> Self {
        let mut places = Vec::new();
        let mut starts = Vec::with_capacity(column.parts.len() + 1);
        let mut notes = 0_u32;
        for (index, part) in column.parts.iter().enumerate() {
            starts.push(places.len() as u32);
            places.push(Beginning { part: index, setting: 0, strip: 0, notes });
            for (setting, shape) in part.settings.iter().enumerate() {
                let mut called = notes;
                for strip in 1..shape.strips.len() {
                    called += shape.strips[strip - 1].calls;
                    places.push(Beginning { part: index, setting, strip, notes: called });
                }
            }
            notes += part.calls();
        }
        starts.push(places.len() as u32);
        places.push(Beginning { part: column.parts.len(), setting: 0, strip: 0, notes });
        let mut note_tops = vec![0];
        let mut top = 0;
        for note in &column.notes {
            top += note.strips.iter().map(|h| h.0).sum::<i64>() + area.note_gap.0;
            note_tops.push(top);
        }
        // A strip may claim notes that are not in the column; they are as high as nothing.
        note_tops.resize((notes as usize + 1).max(note_tops.len()), top);
        let heads = vec![NONE; places.len()];
        let grid = area.grid.0.max(1);
        let floats = column.parts.iter().any(|p| p.spacing.motion == Motion::Floats);
        Self { column, area, places, starts, note_tops, heads, labels: Vec::new(), grid, floats, patience }
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

    pub fn insert(&mut self, mut label: Label) {
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

    /// Index of a place inside a part.
    pub(crate) fn inner_place(&self, part: usize, setting: usize, strip: usize) -> usize {
        let before: usize =
            self.column.parts[part].settings[..setting].iter().map(|s| s.strips.len() - 1).sum();
        self.starts[part] as usize + before + strip
    }
}
