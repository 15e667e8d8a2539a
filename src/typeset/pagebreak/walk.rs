//! One page's way down the column: every place where the page may end, and what it costs to make it
//! longer or shorter.

use super::cost::{self, NEVER};
use super::search::{Search, WINDOW};
use super::{Part, REACH, Shape};

/// Cost of making the page so many lines longer (index above [`REACH`]) or shorter (below).
pub(super) type Table = [u64; 2 * REACH + 1];

/// A place where the page being walked may end.
pub(super) struct Stop<'t> {
    pub place: usize,
    pub y: i64,
    pub notes: u32,
    pub table: &'t Table,
    /// Cost of the setting that the break divides.
    pub setting: u64,
    pub hyphenated: bool,
    pub allowed: bool,
}

/// How patient a walk is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Patience {
    /// Pages nearly full, every rule kept.
    Strict,
    /// Pages of any length, every rule kept.
    Short,
    /// Pages of any length, strips parted that should stay together, notes that start late.
    Parted,
}

impl Search<'_> {
    /// Goes down the column from a place and stops wherever a page may end.
    pub(super) fn walk(
        &self,
        place: usize,
        patience: Patience,
        waiting: i64,
        mut visit: impl FnMut(Stop<'_>),
    ) {
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
    pub(super) fn inside(
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
    pub(super) fn below(&self, y: i64, part: &Part) -> i64 {
        let y = y + part.gap.0;
        if part.snap {
            y.div_euclid(self.grid) * self.grid + if y % self.grid == 0 { 0 } else { self.grid }
        } else {
            y
        }
    }

    /// Adds the choice among the settings of a part to a table.
    pub(super) fn choose(&self, table: &mut Table, part: &Part) {
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

/// Adds the choice of a wider gap to a table.
pub(super) fn widen(table: &mut Table, stretch: u8) {
    if stretch == 0 {
        return;
    }
    let old = *table;
    for lines in 1..=usize::from(stretch) {
        for index in lines..table.len() {
            let cost = old[index - lines];
            if cost < NEVER {
                table[index] = table[index].min(cost + cost::STRETCH * lines as u64);
            }
        }
    }
}

/// The height of a setting.
pub(super) fn height_of(shape: &Shape) -> i64 {
    shape.strips.iter().map(|s| s.height.0).sum()
}

/// How many notes a part calls.
pub(super) fn calls(part: &Part) -> u32 {
    part.settings[0].strips.iter().map(|s| s.calls).sum()
}
