//! One page's way down the column: every place where the page may end, and what it costs to make it
//! longer or shorter.

use crate::typeset::block::spacing::Motion;

use super::cost::{self, NEVER};
use super::states::{Departure, Patience, Search, WINDOW};
use super::{PartShape, REACH, SettingShape};

/// Cost of making the page so many lines longer (index above [`REACH`]) or shorter (below).
pub(crate) type ReachCosts = [u64; 2 * REACH + 1];

/// A place where the page being walked may end.
pub(crate) struct Stop<'t> {
    pub place: usize,
    pub y: i64,
    pub notes: u32,
    pub table: &'t ReachCosts,
    /// Cost of the setting that the break divides.
    pub setting: u64,
    pub hyphenated: bool,
    pub allowed: bool,
}

impl Search<'_> {
    /// Goes down the column from a place and stops wherever a page may end. If a figure is left out, it
    /// stops only where text after that figure stands on the page.
    pub(crate) fn walk(&self, from: &Departure, leaving: Option<usize>, mut visit: impl FnMut(Stop<'_>)) {
        let Departure { place, waiting, arriving, patience, .. } = *from;
        let height = self.area.height.0;
        let reach = REACH as i64 * self.grid;
        let start = self.places[place];
        let mut table = [NEVER; 2 * REACH + 1];
        table[REACH] = 0;
        let mut y = 0;
        let mut notes = start.notes;
        let mut index = start.part;
        // Whether the page may end here: not before it has passed what it leaves out.
        let mut live = leaving.is_none();
        if let Some(figure) = arriving {
            y = self.column.parts[figure].settings[0].height();
            if live {
                let (setting, hyphenated, allowed) = (0, false, true);
                visit(Stop { place, y, notes, table: &table, setting, hyphenated, allowed });
            }
            y = self.under_float(y);
        }
        if start.strip > 0 {
            let part = &self.column.parts[index];
            y += part.head.0;
            let from = (y, notes);
            (y, notes) = if live {
                self.inside(index, start.setting, start.strip, from, &table, 0, patience, &mut visit)
            } else {
                rest(&part.settings[start.setting], start.strip, from)
            };
            index += 1;
        }
        let mut at_head = start.strip == 0;
        let mut passed = false;
        while y - reach <= height {
            if leaving == Some(index) {
                (live, passed) = (true, true);
                index += 1;
                continue;
            }
            let Some(part) = self.column.parts.get(index) else {
                if leaving.is_some() {
                    return;
                }
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
                if live && !passed && (!part.spacing.keep || patience == Patience::Parted) {
                    let place = self.starts[index] as usize;
                    let allowed = !part.spacing.keep;
                    visit(Stop { place, y, notes, table: &table, setting: 0, hyphenated: false, allowed });
                }
                if live && leaving.is_some() && part.spacing.motion != Motion::Yields {
                    return;
                }
                y = self.below(y, part, passed);
                widen(&mut table, stretch_of(part, passed));
            }
            let best = &part.settings[0];
            let end = y + best.height();
            let called = notes + part.calls();
            let noted = waiting + self.note_tops[called as usize] - self.note_tops[start.notes as usize];
            let near =
                patience != Patience::Strict || end + noted + reach + (WINDOW + 1) * self.grid >= height;
            if near && live {
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
            (at_head, passed) = (false, false);
        }
    }

    /// The figures that a page from a place might leave out: those it meets below its head.
    pub(crate) fn movable(&self, place: usize) -> Vec<usize> {
        let mut found = Vec::new();
        if !self.floats {
            return found;
        }
        let start = self.places[place];
        let mut y = 0;
        for (index, part) in self.column.parts.iter().enumerate().skip(start.part) {
            if y > self.area.height.0 + REACH as i64 * self.grid {
                break;
            }
            if part.spacing.motion == Motion::Floats && (index > start.part) {
                found.push(index);
            }
            let begun = index == start.part && start.strip > 0;
            y = match begun {
                true => rest(&part.settings[start.setting], start.strip, (y, 0)).0,
                false => y + part.settings[0].height(),
            };
        }
        found
    }

    /// Where the text begins under a figure that ends at `y`, at the head of a page.
    pub(crate) fn under_float(&self, y: i64) -> i64 {
        (y + self.grid - 1).div_euclid(self.grid) * self.grid + self.grid
    }

    /// Visits the places inside a part, from a strip on; returns where it ends, or some place below the
    /// page's end.
    #[allow(clippy::too_many_arguments, reason = "the state of a walk, spelled out where it is hot")]
    pub(crate) fn inside(
        &self,
        index: usize,
        setting: usize,
        from: usize,
        (mut y, mut notes): (i64, u32),
        table: &ReachCosts,
        cost: u64,
        patience: Patience,
        visit: &mut impl FnMut(Stop<'_>),
    ) -> (i64, u32) {
        let part = &self.column.parts[index];
        let strips = &part.settings[setting].strips;
        let limit = self.area.height.0 + REACH as i64 * self.grid;
        for (strip, shape) in strips.iter().enumerate().skip(from) {
            if y > limit {
                // No page reaches further: where the part ends no longer matters.
                break;
            }
            if strip > from {
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

    /// Where a part begins that does not stand at the head of the page; `passed` says whether the figure
    /// above it is left out.
    pub(crate) fn below(&self, y: i64, part: &PartShape, passed: bool) -> i64 {
        let y = y + if passed { part.spacing.closed.0 } else { part.spacing.gap.0 };
        if part.spacing.snap {
            y.div_euclid(self.grid) * self.grid + if y % self.grid == 0 { 0 } else { self.grid }
        } else {
            y
        }
    }

    /// Adds the choice among the settings of a part to a table.
    pub(crate) fn choose(&self, table: &mut ReachCosts, part: &PartShape) {
        if part.settings.len() < 2 {
            return;
        }
        let old = *table;
        let best = part.settings[0].height();
        *table = [NEVER; 2 * REACH + 1];
        for shape in &part.settings {
            let shift = (shape.height() - best) / self.grid;
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

/// By how many lines the gap above a part may grow.
pub(crate) fn stretch_of(part: &PartShape, passed: bool) -> u8 {
    if passed { 0 } else { part.spacing.stretch }
}

/// Where the rest of a setting ends, and how many notes are called down to there.
fn rest(shape: &SettingShape, from: usize, (y, notes): (i64, u32)) -> (i64, u32) {
    shape.strips.iter().skip(from).fold((y, notes), |(y, notes), s| (y + s.height.0, notes + s.calls))
}

/// Adds the choice of a wider gap to a table.
pub(crate) fn widen(table: &mut ReachCosts, stretch: u8) {
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
