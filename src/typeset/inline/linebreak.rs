//! Where the lines of a paragraph break: total fit by dynamic programming.
//!
//! Comes in: boxes, glue and penalties, and the lengths of the lines. Goes out: the breaks with the
//! least sum of demerits over the whole paragraph, and on request the best ones with one line more or
//! fewer. Knows no fonts and no text: widths in, indices out. All integers, so the same on every machine.
//!
//! After D. E. Knuth and M. F. Plass, “Breaking paragraphs into lines”, *Software – Practice and
//! Experience* 11 (1981), with these differences: boxes stretch and shrink a little too (glyph scaling
//! and tracking, after Hàn Thế Thành's *Micro-typographic extensions to the TeX typesetting system*,
//! 2000); boxes hang over the edges (protrusion); the badness of a line grows with the square of its
//! ratio at first and with the fourth power later, because even colour is what the square measures; and
//! the programme keeps, beside the best, the line counts next to it.

mod demerits;
mod items;
mod setting;

pub use items::{FORBIDDEN, FORCED, Item};
pub use setting::{Breaks, Broken, BrokenLine, LineRules};

use demerits::{CLASH, HYPHEN_BEFORE_LAST, LADDER, Need, RUNT, STACK, class, fit};

/// Ratios are in thousandths: 1000 is all the stretch that a line may decently use.
pub const UNIT: i64 = 1000;
/// The greatest ratio of a decent line. Beyond [`UNIT`] glue stretches alone.
pub const LOOSEST: i64 = 2300;

/// Running sums over the items.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    width: i64,
    stretch: i64,
    shrink: i64,
    flex: i64,
    letters: i64,
}

/// A place where a line can end, with the sums on both sides of it.
#[derive(Debug, Clone, Copy)]
struct Breakpoint {
    /// The item broken at.
    item: usize,
    /// First item of the line after it.
    next: usize,
    /// Sums up to the end of the line before it, hyphen and hanging included.
    end: Sums,
    /// Sums up to the start of the line after it, hanging included.
    start: Sums,
    cost: i64,
    flagged: bool,
    forced: bool,
    open: bool,
    /// The word before it and the word after it.
    words: [u32; 2],
}

impl Breakpoint {
    /// A place that costs nothing.
    fn at(item: usize, end: Sums, start: Sums, word: u32) -> Self {
        let next = item + 1;
        Self { item, next, end, start, cost: 0, flagged: false, forced: false, open: false, words: [word, 0] }
    }
}

/// A way to reach a place: the programme's table.
#[derive(Debug, Clone, Copy)]
struct State {
    demerits: i64,
    previous: u32,
    place: u32,
    lines: u32,
    class: u8,
    ratio: i32,
    overfull: bool,
    unfilled: bool,
}

/// The states of one place.
#[derive(Debug, Clone, Copy)]
struct Group {
    place: u32,
    first: u32,
    count: u32,
}

/// How a line comes out.
#[derive(Debug, Clone, Copy)]
struct Fit {
    ratio: i64,
    overfull: bool,
    /// Left as it is: nothing could fill it, and its end allows that.
    unfilled: bool,
    cost: i64,
}

/// Reused from paragraph to paragraph, so that breaking allocates little.
#[derive(Debug, Default)]
pub struct Breaker {
    places: Vec<Breakpoint>,
    states: Vec<State>,
    groups: Vec<Group>,
    arriving: Vec<State>,
    hang: i64,
}

const NONE: u32 = u32::MAX;
const CLASSES: usize = 5;

impl Breaker {
    /// Breaks a paragraph. The items must end in a forced penalty; without one nothing is set.
    pub fn breaks(&mut self, items: &[Item], rules: &LineRules) -> Broken {
        self.gather(items);
        if self.places.len() < 2 {
            return Broken::default();
        }
        let rules = &LineRules { first: rules.first.max(1), rest: rules.rest.max(1), ..*rules };
        if !self.search(rules, false) {
            self.search(rules, true);
        }
        self.result(rules)
    }

    /// Finds the places to break, with the sums before and after each.
    fn gather(&mut self, items: &[Item]) {
        self.places.clear();
        self.hang = 0;
        let mut sums = Sums::default();
        let mut last_box: Option<(i64, u32)> = None;
        let mut forbidden = false;
        let begin = Breakpoint {
            item: 0,
            next: 0,
            end: sums,
            start: sums,
            cost: 0,
            flagged: false,
            forced: true,
            open: false,
            words: [0, 0],
        };
        self.places.push(begin);
        // Places whose following box is not known yet.
        let mut open = 0;
        for (index, item) in items.iter().enumerate() {
            match *item {
                Item::Box { width, flex, hang_start, hang_end, letters, word } => {
                    self.hang = self.hang.max(hang_start).max(hang_end);
                    for place in &mut self.places[open..] {
                        place.start = Sums { width: sums.width.saturating_add(hang_start), ..sums };
                        place.next = index;
                        place.words[1] = word;
                    }
                    open = self.places.len();
                    sums.width = sums.width.saturating_add(width);
                    sums.flex = sums.flex.saturating_add(flex);
                    sums.letters += i64::from(letters);
                    last_box = Some((hang_end, word));
                    forbidden = false;
                }
                Item::Glue { width, stretch, shrink } => {
                    if let Some((hang, word)) = last_box
                        && !forbidden
                        && self.places.len() == open
                    {
                        let end = Sums { width: sums.width - hang, ..sums };
                        self.places.push(Breakpoint::at(index, end, sums, word));
                    }
                    sums.width = sums.width.saturating_add(width);
                    sums.stretch = sums.stretch.saturating_add(stretch);
                    sums.shrink = sums.shrink.saturating_add(shrink);
                    sums.letters += 1;
                    forbidden = false;
                }
                Item::Penalty { cost: FORBIDDEN, .. } => forbidden = true,
                Item::Penalty { width, hang, cost, flagged, open: unfilled } => {
                    let forced = cost == FORCED;
                    if last_box.is_some() || forced {
                        let (box_hang, word) = last_box.unwrap_or_default();
                        self.hang = self.hang.max(hang).max(width);
                        let hang = if width > 0 { hang } else { box_hang };
                        let wide = sums.width.saturating_add(width) - hang;
                        // A place after glue keeps that glue: only a forced break may stand there.
                        if forced && self.places.len() > open && self.places.len() > 1 {
                            self.places.truncate(open.max(1));
                        }
                        let word = if flagged { 0 } else { word };
                        let cost = if forced { 0 } else { cost };
                        let here = Breakpoint::at(index, Sums { width: wide, ..sums }, sums, word);
                        self.places.push(Breakpoint { cost, flagged, forced, open: unfilled, ..here });
                    }
                    if forced {
                        // Nothing hangs over from the line before.
                        last_box = None;
                    }
                }
            }
        }
        // What stands after the last forced break is never set: it would not end.
        while self.places.len() > 1 && !self.places[self.places.len() - 1].forced {
            self.places.pop();
        }
    }

    /// Fills the table. False if the end cannot be reached by decent lines; with `rescue` it always can.
    fn search(&mut self, rules: &LineRules, rescue: bool) -> bool {
        self.states.clear();
        self.groups.clear();
        self.states.push(State {
            demerits: 0,
            previous: NONE,
            place: 0,
            lines: 0,
            class: 2,
            ratio: 0,
            overfull: false,
            unfilled: false,
        });
        self.groups.push(Group { place: 0, first: 0, count: 1 });
        let mut oldest = 0;
        for index in 1..self.places.len() {
            let place = self.places[index];
            let mut arriving = std::mem::take(&mut self.arriving);
            arriving.clear();
            let mut at = oldest;
            while at < self.groups.len() {
                let group = self.groups[at];
                let from = self.places[group.place as usize];
                let target = if group.place == 0 { rules.first } else { rules.rest };
                // The least width that this line and any that ends later can have: neither this place's
                // hyphen nor what hangs over at a later one may make it look wider.
                let narrowest = place.end.width
                    - from.start.width
                    - (place.end.shrink - from.start.shrink)
                    - (place.end.flex - from.start.flex)
                    - 2 * self.hang;
                let need = match (rescue, group.place as usize + 1 == index) {
                    (false, _) => Need::Decent,
                    (true, false) => Need::Loose,
                    (true, true) => Need::Overfull,
                };
                if narrowest > target && need != Need::Overfull {
                    if at == oldest {
                        oldest += 1;
                    }
                    at += 1;
                    continue;
                }
                if let Some(fit) = fit(&from, &place, target, rules, need) {
                    let pair = self.pair_cost(&from, &place, rules, index);
                    for state in group.first..group.first + group.count {
                        let before = self.states[state as usize];
                        let class = if place.forced { 2 } else { class(fit.ratio) };
                        let apart = i64::from(class.abs_diff(before.class));
                        let clash = if group.place == 0 { 0 } else { apart * apart * CLASH };
                        arriving.push(State {
                            demerits: before.demerits + fit.cost + pair + clash,
                            previous: state,
                            place: index as u32,
                            lines: before.lines + 1,
                            class,
                            ratio: fit.ratio as i32,
                            overfull: fit.overfull,
                            unfilled: fit.unfilled,
                        });
                    }
                } else if !rescue && !place.forced && self.too_short(&from, &place, target, rules) {
                    break;
                }
                at += 1;
            }
            if place.forced {
                oldest = self.groups.len();
            }
            self.keep(&mut arriving, rules.neighbours, index);
            self.arriving = arriving;
            if oldest == self.groups.len() {
                return false;
            }
        }
        self.groups.last().is_some_and(|group| group.place as usize + 1 == self.places.len())
    }

    /// Whether lines from here and from all later places are too short to reach, by a safe margin.
    fn too_short(&self, from: &Breakpoint, place: &Breakpoint, target: i64, rules: &LineRules) -> bool {
        let reach = match rules.ragged {
            Some(zone) => zone.saturating_mul(LOOSEST) / UNIT,
            None => {
                let stretch = place.end.stretch - from.start.stretch;
                (place.end.flex - from.start.flex).saturating_add(stretch.saturating_mul(LOOSEST) / UNIT)
            }
        };
        let width = place.end.width - from.start.width;
        width.saturating_add(reach).saturating_add(3 * self.hang) < target
            && from.item > 0
            && rules.first <= rules.rest.saturating_add(3 * self.hang)
    }

    /// What is wrong with a line because of its two ends together.
    fn pair_cost(&self, from: &Breakpoint, place: &Breakpoint, rules: &LineRules, index: usize) -> i64 {
        let mut cost = place.cost.saturating_mul(if rules.ragged.is_some() { 2 } else { 1 });
        if from.flagged && place.flagged {
            cost += LADDER;
        }
        let last = index + 1 == self.places.len();
        if last && from.flagged {
            cost += HYPHEN_BEFORE_LAST;
        }
        if from.item > 0 {
            for side in [0, 1] {
                cost +=
                    if from.words[side] != 0 && from.words[side] == place.words[side] { STACK } else { 0 };
            }
            if last {
                let letters = place.end.letters - from.start.letters;
                let narrow = place.end.width - from.start.width < rules.short;
                cost += match letters {
                    ..6 => RUNT,
                    _ if narrow => RUNT / 2,
                    6..10 => RUNT / 8,
                    _ => 0,
                };
            }
        }
        cost
    }

    /// Keeps of the states that arrived at a place the best of each class, and if neighbours are wanted
    /// the best of each line count next to that of the best one.
    fn keep(&mut self, arriving: &mut [State], neighbours: bool, index: usize) {
        if arriving.is_empty() {
            return;
        }
        let order =
            |a: &State, b: &State| (a.demerits, a.lines, a.previous).cmp(&(b.demerits, b.lines, b.previous));
        arriving.sort_unstable_by(order);
        let best_lines = arriving[0].lines;
        let first = self.states.len();
        let mut classes = [false; CLASSES];
        let mut slots = [[false; CLASSES]; 5];
        for state in arriving.iter() {
            let class = usize::from(state.class);
            let apart = i64::from(state.lines) - i64::from(best_lines);
            let slot = usize::try_from(apart + 2).ok().filter(|slot| neighbours && *slot < 5);
            let wanted = !classes[class] || slot.is_some_and(|slot| !slots[slot][class]);
            if wanted {
                classes[class] = true;
                if let Some(slot) = slot {
                    slots[slot][class] = true;
                }
                self.states.push(*state);
            }
        }
        let count = (self.states.len() - first) as u32;
        self.groups.push(Group { place: index as u32, first: first as u32, count });
    }

    /// Reads the settings back from the last place.
    fn result(&self, rules: &LineRules) -> Broken {
        let Some(end) = self.groups.last().filter(|g| g.place as usize + 1 == self.places.len()) else {
            return Broken::default();
        };
        let states = end.first..end.first + end.count;
        let of = |lines: Option<u32>| {
            states
                .clone()
                .filter(|s| lines.is_none_or(|l| self.states[*s as usize].lines == l))
                .min_by_key(|s| (self.states[*s as usize].demerits, *s))
        };
        let Some(best) = of(None) else { return Broken::default() };
        let lines = self.states[best as usize].lines;
        let neighbour = |lines: Option<u32>| {
            let found = of(Some(lines?))?;
            rules.neighbours.then(|| self.trace(found))
        };
        Broken {
            best: self.trace(best),
            longer: neighbour(lines.checked_add(1)),
            shorter: neighbour(lines.checked_sub(1).filter(|l| *l > 0)),
        }
    }

    fn trace(&self, end: u32) -> Breaks {
        let mut lines = Vec::with_capacity(self.states[end as usize].lines as usize);
        let mut at = end;
        loop {
            let state = self.states[at as usize];
            if state.previous == NONE {
                break;
            }
            let from = self.places[self.states[state.previous as usize].place as usize];
            let place = self.places[state.place as usize];
            lines.push(BrokenLine {
                start: from.next.min(place.item),
                end: place.item,
                ratio: i64::from(state.ratio),
                overfull: state.overfull,
                closed: place.forced || state.unfilled,
            });
            at = state.previous;
        }
        lines.reverse();
        Breaks { lines, demerits: self.states[end as usize].demerits }
    }
}

#[cfg(test)]
mod tests;
