//! The pages that a finished search means, read back from its cheapest end.

use super::cost::{self, NEVER};
use super::states::{Beginning, Carry, Label, NONE, Search};
use super::walk::{ReachCosts, stretch_of, widen};
use super::{Faults, NoteSlice, PagePlan, REACH, Slice};
use crate::length::Length;

/// The figures of a page that do not stand where the text has them: indices of parts.
#[derive(Clone, Copy, Default)]
struct Floats {
    /// Left out by the page before: stands at the head.
    arriving: Option<usize>,
    /// Left out by this page.
    leaving: Option<usize>,
}

/// The pages, first to last.
pub(crate) fn plans(search: &Search<'_>) -> Vec<PagePlan> {
    let end = search.places.len() - 1;
    let best = search.at(end).min_by_key(|&id| (search.labels[id as usize].cost, id));
    let Some(best) = best else { return Vec::new() };
    let mut chain = vec![best];
    while let Some(&last) = chain.last() {
        let prev = search.labels[last as usize].prev;
        if prev == NONE {
            break;
        }
        chain.push(prev);
    }
    chain.reverse();
    let mut pages = Vec::with_capacity(chain.len());
    for pair in chain.windows(2) {
        let from = &search.labels[pair[0] as usize];
        let to = &search.labels[pair[1] as usize];
        let (alone, carry) = search.notes_alone(from.place as usize, from.carry);
        pages.extend(alone.iter().map(|&(a, b)| notes_page(search, a, b)));
        pages.push(page(search, from, carry, to));
    }
    let last = &search.labels[best as usize];
    let (alone, _) = search.notes_alone(end, last.carry);
    pages.extend(alone.iter().map(|&(a, b)| notes_page(search, a, b)));
    pages
}

fn notes_page(search: &Search<'_>, from: Carry, to: Carry) -> PagePlan {
    PagePlan { notes: notes_between(search, from, to), ..PagePlan::default() }
}

fn page(search: &Search<'_>, from: &Label, carry: Carry, to: &Label) -> PagePlan {
    let start = search.places[from.place as usize];
    let end = search.places[to.place as usize];
    let floats = Floats { arriving: from.float(), leaving: to.float() };
    let slices = slices(search, start, end, to.delta, floats);
    let anchored = to.carry > carry;
    let foot = if anchored { search.area.grid * i64::from(to.foot) } else { Length::ZERO };
    PagePlan {
        slices,
        notes: notes_between(search, carry, to.carry),
        foot,
        faults: Faults { parted: to.parted, overfull: to.overfull },
    }
}

/// The slices of the notes from one place in them to another.
fn notes_between(search: &Search<'_>, from: Carry, to: Carry) -> Vec<NoteSlice> {
    let mut slices = Vec::new();
    let mut at = from;
    while at < to {
        let length = search.column.notes.get(at.note as usize).map_or(0, |n| n.strips.len());
        let until = if at.note == to.note { to.strip as usize } else { length };
        if until > at.strip as usize {
            slices.push(NoteSlice { note: at.note as usize, from: at.strip as usize, to: until });
        }
        at = Carry { note: at.note + 1, strip: 0 };
    }
    slices
}

/// What is decided about one part of a page.
struct SliceChoice {
    part: usize,
    from: usize,
    to: usize,
    /// The setting, where it is not free to choose.
    fixed: Option<usize>,
    at_head: bool,
    /// Whether the figure above it is left out.
    passed: bool,
}

/// The strips of a page, with the settings and gaps that make it fit.
fn slices(search: &Search<'_>, start: Beginning, end: Beginning, delta: i8, floats: Floats) -> Vec<Slice> {
    let parts = &search.column.parts;
    let mut steps = Vec::new();
    // A page of nothing but a figure ends where it begins.
    let last = if end == start { start.part } else { end.part + usize::from(end.strip > 0) };
    for index in (start.part..last).filter(|index| floats.leaving != Some(*index)) {
        let begun = index == start.part && start.strip > 0;
        let broken = index == end.part && end.strip > 0;
        let fixed = if begun {
            Some(start.setting)
        } else if broken {
            Some(end.setting)
        } else {
            None
        };
        let from = if begun { start.strip } else { 0 };
        let to = if broken { end.strip } else { usize::MAX };
        let passed = index > 0 && floats.leaving == Some(index - 1);
        steps.push(SliceChoice { part: index, from, to, fixed, at_head: index == start.part, passed });
    }
    // The tables that the walk had before each step, then the choices read back from the end.
    let mut table: ReachCosts = [NEVER; 2 * REACH + 1];
    table[REACH] = 0;
    let mut before = Vec::with_capacity(steps.len());
    for step in &steps {
        before.push(table);
        if !step.at_head {
            widen(&mut table, stretch_of(&parts[step.part], step.passed));
        }
        if step.fixed.is_none() {
            search.choose(&mut table, &parts[step.part]);
        }
    }
    let mut wanted = (i64::from(delta) + REACH as i64) as usize;
    let mut chosen = vec![(0, 0); steps.len()];
    for (step, slot) in (0..steps.len()).rev().map(|i| (&steps[i], i)) {
        let goal = table_after(search, &before[slot], step)[wanted];
        let (setting, wider, index) = choice(search, &before[slot], step, wanted, goal);
        chosen[slot] = (setting, wider);
        wanted = index;
    }
    let mut y = 0;
    let mut slices = Vec::with_capacity(steps.len() + 1);
    if let Some(part) = floats.arriving {
        slices.push(Slice { part, setting: 0, from: 0, to: 1, y: Length::ZERO });
        y = search.under_float(parts[part].settings[0].height());
    }
    for (step, &(setting, wider)) in steps.iter().zip(&chosen) {
        let part = &parts[step.part];
        if !step.at_head {
            y = search.below(y, part, step.passed) + wider as i64 * search.area.grid.0;
        } else if step.from > 0 {
            y += part.head.0;
        }
        let strips = &part.settings[setting].strips;
        let to = step.to.min(strips.len());
        slices.push(Slice { part: step.part, setting, from: step.from, to, y: Length(y) });
        y += strips[step.from..to].iter().map(|s| s.height.0).sum::<i64>();
    }
    slices
}

fn table_after(search: &Search<'_>, before: &ReachCosts, step: &SliceChoice) -> ReachCosts {
    let part = &search.column.parts[step.part];
    let mut table = *before;
    if !step.at_head {
        widen(&mut table, stretch_of(part, step.passed));
    }
    if step.fixed.is_none() {
        search.choose(&mut table, part);
    }
    table
}

/// The setting, the extra lines of gap and the table's index before, that come to `goal` after.
fn choice(
    search: &Search<'_>,
    before: &ReachCosts,
    step: &SliceChoice,
    wanted: usize,
    goal: u64,
) -> (usize, usize, usize) {
    let part = &search.column.parts[step.part];
    let settings = match step.fixed {
        Some(setting) => setting..setting + 1,
        None => 0..part.settings.len(),
    };
    let best = part.settings[0].height();
    for setting in settings {
        let shape = &part.settings[setting];
        let fixed = step.fixed.is_some();
        let shift = if fixed { 0 } else { (shape.height() - best) / search.area.grid.0.max(1) };
        let price = if fixed || part.settings.len() < 2 { 0 } else { u64::from(shape.cost) };
        let widest = if step.at_head { 0 } else { usize::from(stretch_of(part, step.passed)) };
        for wider in 0..=widest {
            let index = wanted as i64 - shift - wider as i64;
            let Some(&cost) = usize::try_from(index).ok().and_then(|i| before.get(i)) else { continue };
            if cost < NEVER && cost + price + cost::STRETCH * wider as u64 == goal {
                return (setting, wider, index as usize);
            }
        }
    }
    (step.fixed.unwrap_or(0), 0, wanted)
}
