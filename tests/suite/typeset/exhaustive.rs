//! An exhaustive search for the cheapest pages: the oracle that the page breaker is held against.
//!
//! It knows nothing of tables or states: it tries every setting, every wider gap and every place to end each
//! page, and computes what the page costs from what stands on it.

use booklet::length::Length;
use booklet::typeset::block::spacing::Motion;
use booklet::typeset::page::pagebreak::{Column, PagePlan, PageSide, TextArea, cost};

use super::pagebreak::{LINE, frame};

/// Where an exhaustive search stands.
#[derive(Clone, Copy)]
struct At {
    part: usize,
    setting: usize,
    strip: usize,
    /// Notes called before, and strips of the last of them that wait.
    notes: usize,
    waiting: usize,
    /// The foot of the verso that the next page faces; none if it is a verso.
    facing: Option<Option<u64>>,
    first: bool,
    /// The figure that stands at the head of this page.
    arriving: Option<usize>,
    /// The figure that this page leaves out, and whether nothing stands below its place yet.
    leaving: Option<usize>,
    passed: bool,
}

struct Exhaustive<'a> {
    column: &'a Column,
    frame: TextArea,
}

impl Exhaustive<'_> {
    fn least(&self, at: At) -> u64 {
        if at.part == self.column.parts.len() {
            // Notes left over need a page of their own.
            return if at.waiting == 0 { 0 } else { cost::NOTES_ALONE };
        }
        let mut best = cost::NEVER;
        let start = At { arriving: at.leaving, leaving: None, ..at };
        let mut y = 0;
        if let Some(figure) = start.arriving {
            y = self.column.parts[figure].settings[0].strips[0].height.0;
            self.end(start, start, y, 0, false, &mut best);
            y += LINE.0;
        }
        self.fill(start, start, y, 0, 0, 0, &mut best);
        best
    }

    /// Adds what may follow to a page that holds everything from `start` to `at`.
    #[allow(clippy::too_many_arguments, reason = "one step of a plain search")]
    fn fill(&self, start: At, at: At, y: i64, price: u64, shift: i64, lines: u64, best: &mut u64) {
        if y > self.frame.height.0 || shift.abs() > 3 {
            return;
        }
        let parts = &self.column.parts;
        let begun = at.part != start.part || at.strip != start.strip;
        let Some(part) = parts.get(at.part) else {
            if at.leaving.is_none() {
                self.end(start, at, y, price, false, best);
            }
            return;
        };
        if begun && at.strip == 0 && !part.spacing.keep && !at.passed {
            self.end(start, at, y, price, false, best);
        }
        if at.strip == 0 && at.leaving.is_some() && part.spacing.motion != Motion::Yields {
            return;
        }
        if begun && at.strip == 0 && part.spacing.motion == Motion::Floats {
            let past = At { part: at.part + 1, leaving: Some(at.part), passed: true, ..at };
            self.fill(start, past, y, price + cost::FLOAT, shift, lines, best);
        }
        let length = |s: usize| part.settings[s].strips.len();
        if at.strip > 0 {
            if begun && at.strip >= part.first && length(at.setting) - at.strip >= part.last {
                self.end(
                    start,
                    at,
                    y,
                    price,
                    part.settings[at.setting].strips[at.strip - 1].hyphenated,
                    best,
                );
            }
            self.add(start, at, y, price, shift, lines, best);
            return;
        }
        let widest = if begun && !at.passed { part.spacing.stretch } else { 0 };
        for wider in 0..=widest {
            let least = if at.passed { part.spacing.closed.0 } else { part.spacing.gap.0 };
            let gap = if begun { least + i64::from(wider) * LINE.0 } else { 0 };
            for setting in 0..part.settings.len() {
                let price = price + u64::from(part.settings[setting].cost) + cost::STRETCH * u64::from(wider);
                let shift = shift + i64::from(wider);
                self.add(start, At { setting, passed: false, ..at }, y + gap, price, shift, lines, best);
            }
        }
    }

    /// Adds one strip.
    #[allow(clippy::too_many_arguments, reason = "one step of a plain search")]
    fn add(&self, start: At, at: At, y: i64, price: u64, shift: i64, lines: u64, best: &mut u64) {
        let strips = &self.column.parts[at.part].settings[at.setting].strips;
        let strip = strips[at.strip];
        let mut next = At { strip: at.strip + 1, notes: at.notes + strip.calls as usize, ..at };
        let mut shift = shift;
        if next.strip == strips.len() {
            // A part that a page holds only some of counts for neither of its pages.
            if start.part != at.part || start.strip == 0 {
                shift += strips.len() as i64 - self.column.parts[at.part].settings[0].strips.len() as i64;
            }
            next = At { part: at.part + 1, setting: 0, strip: 0, ..next };
        }
        self.fill(start, next, y + strip.height.0, price, shift, lines + 1, best);
    }

    /// Ends the page, in every way its notes and its foot allow.
    fn end(&self, start: At, at: At, y: i64, price: u64, hyphenated: bool, best: &mut u64) {
        let notes = &self.column.notes;
        let height = |n: usize| notes[n].strips.iter().map(|h| h.0).sum::<i64>();
        let mut need: i64 = (start.notes..at.notes).map(height).sum();
        if start.waiting > 0 {
            let strips = &notes[start.notes - 1].strips;
            need += strips[strips.len() - start.waiting..].iter().map(|h| h.0).sum::<i64>();
        }
        let noted = need > 0;
        if noted {
            need += self.frame.clearance.0;
        }
        let done = at.part == self.column.parts.len();
        let mut price = price;
        let mut next = At { waiting: 0, first: false, ..at };
        let mut slack = self.frame.height.0 - y - need;
        if slack < 0 {
            // As many lines of the last note as fit, two at least on either side.
            if at.notes == start.notes || at.leaving.is_some() {
                return;
            }
            let strips = &notes[at.notes - 1].strips;
            let mut left = slack + height(at.notes - 1);
            let mut fit = 0;
            while fit < strips.len() && strips[fit].0 <= left {
                left -= strips[fit].0;
                fit += 1;
            }
            if strips.len() - fit < 2 {
                fit = strips.len().saturating_sub(2);
            }
            if fit < 2 || left < 0 {
                return;
            }
            next.waiting = strips.len() - fit;
            price += cost::SPLIT;
            slack = 0;
        }
        let empty = (slack / LINE.0) as u64;
        if done {
            let lines = (y / LINE.0) as u64;
            if !start.first {
                price += cost::nearly_empty(lines);
            }
            *best = (*best).min(price + self.least(next));
            return;
        }
        price += cost::short(empty);
        let add = |price: u64, next: At, best: &mut u64| {
            *best = (*best).min(price.saturating_add(self.least(next)))
        };
        match start.facing {
            None => {
                price += if hyphenated { cost::HYPHEN } else { 0 };
                let lowest = empty.min(2);
                for foot in if noted { 0 } else { lowest }..=lowest {
                    add(price + foot, At { facing: Some(Some(foot)), ..next }, best);
                }
            }
            Some(verso) => {
                price += if hyphenated { cost::HYPHEN_TURNED } else { 0 };
                if let Some(verso) = verso {
                    let foot = if noted { empty.min(verso) } else { empty };
                    price += cost::uneven(verso.abs_diff(foot));
                }
                add(price, At { facing: None, ..next }, best);
            }
        }
    }
}

/// What the cheapest pages of a column cost.
pub fn exhaustive(column: &Column, lines: i64, side: PageSide) -> u64 {
    let facing = if side == PageSide::Verso { None } else { Some(None) };
    let at = At {
        part: 0,
        setting: 0,
        strip: 0,
        notes: 0,
        waiting: 0,
        facing,
        first: true,
        arriving: None,
        leaving: None,
        passed: false,
    };
    Exhaustive { column, frame: frame(lines) }.least(at)
}

/// What the plans of the breaker cost by the rules of the exhaustive search: it may choose only them.
pub fn cost_of(column: &Column, lines: i64, side: PageSide, plans: &[PagePlan]) -> u64 {
    // The same search over a column in which each page is one choice: cheaper to reckon page by page.
    let frame = frame(lines);
    let mut total = 0;
    let mut facing: Option<Option<u64>> = if side == PageSide::Verso { None } else { Some(None) };
    let end_of_text = plans.iter().rposition(|p| !p.slices.is_empty()).unwrap_or(0);
    if end_of_text + 1 < plans.len() {
        total += cost::NOTES_ALONE;
    }
    let mut next = 0;
    for (index, plan) in plans[..=end_of_text].iter().enumerate() {
        let mut end = 0;
        let floated = plan.slices[0].part < next && plan.slices[0].from == 0;
        for (place, slice) in plan.slices.iter().enumerate() {
            let part = &column.parts[slice.part];
            let shape = &part.settings[slice.setting];
            let passed = slice.part > next;
            total += if passed { cost::FLOAT } else { 0 };
            // A setting is paid for where the part begins, or where it stands whole.
            if slice.from == 0 {
                total += u64::from(shape.cost);
            }
            if place == 1 && floated {
                assert_eq!(slice.y.0, end + LINE.0, "a line between a floated figure and the text");
            } else if place > 0 {
                let gap = if passed { part.spacing.closed } else { part.spacing.gap };
                let wider = (slice.y.0 - end - gap.0) / LINE.0;
                let widest = if passed { 0 } else { i64::from(part.spacing.stretch) };
                assert!((0..=widest).contains(&wider), "a gap that is not the design's");
                total += cost::STRETCH * wider as u64;
            } else {
                assert_eq!(slice.y, Length::ZERO);
            }
            end = slice.y.0 + shape.strips[slice.from..slice.to].iter().map(|s| s.height.0).sum::<i64>();
            if place > 0 || !floated {
                next = if slice.to == shape.strips.len() { slice.part + 1 } else { slice.part };
            }
        }
        let need: i64 = plan
            .notes
            .iter()
            .map(|n| column.notes[n.note].strips[n.from..n.to].iter().map(|h| h.0).sum::<i64>())
            .sum();
        let noted = need > 0;
        let need = if noted { need + frame.clearance.0 } else { 0 };
        let slack = frame.height.0 - end - need;
        assert!(slack >= 0, "text and notes overlap on page {index}");
        let split = plan.notes.last().is_some_and(|n| n.to < column.notes[n.note].strips.len());
        total += if split { cost::SPLIT } else { 0 };
        let empty = if split { 0 } else { (slack / LINE.0) as u64 };
        if index == end_of_text {
            total += if index > 0 { cost::nearly_empty((end / LINE.0) as u64) } else { 0 };
            break;
        }
        let last = plan.slices.last().expect("a page of text");
        let figure_alone = floated && plan.slices.len() == 1;
        let strips = &column.parts[last.part].settings[last.setting].strips;
        let hyphenated = !figure_alone && last.to < strips.len() && strips[last.to - 1].hyphenated;
        total += cost::short(empty);
        let foot = if noted { (plan.foot.0 / LINE.0) as u64 } else { empty };
        facing = match facing {
            None => {
                total += if hyphenated { cost::HYPHEN } else { 0 } + foot.min(2);
                Some(Some(foot.min(2)))
            }
            Some(verso) => {
                total += if hyphenated { cost::HYPHEN_TURNED } else { 0 };
                total += verso.map_or(0, |v| cost::uneven(v.abs_diff(foot)));
                None
            }
        };
    }
    total
}
