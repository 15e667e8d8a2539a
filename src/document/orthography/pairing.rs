//! Which quotation marks belong together.
//!
//! Comes in: the marks of one paragraph in order, each with what its neighbours say: the cost of reading it
//! as opening and as closing. Goes out: for each mark whether it opens, closes, or is neither. A
//! straight mark between two spaces (`l' " Ouest " et`) says nothing by itself; only the whole paragraph
//! tells. So all readings are weighed at once: a shortest path whose states are the stacks of marks still
//! open. A mark left open costs, a mark that closes nothing costs more (quotations that run over a
//! paragraph are opened again in each, and closed once), depth costs a little. The number of states
//! kept is bounded, so the work is linear in the number of marks.

/// What kind of mark it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `"`
    Double,
    /// `'`
    Single,
    /// A typographic double mark.
    SetDouble,
    /// A typographic single mark.
    SetSingle,
}

/// What a mark turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// It opens a quotation.
    Opens,
    /// It closes one.
    Closes,
    /// Neither: an apostrophe, or a mark without a partner.
    Alone,
}

/// A mark and the costs of its readings; `None` where a reading is impossible.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub family: Family,
    pub open: Option<u32>,
    pub close: Option<u32>,
    pub alone: u32,
}

/// The marks still open, innermost in the lowest two bits; a one above the outermost.
type Stack = u32;
const EMPTY: Stack = 1;
const DEEPEST: u32 = 6;
const KEPT: usize = 24;
const DEPTH_COST: [u32; DEEPEST as usize] = [0, 1, 4, 8, 12, 16];

fn code(family: Family) -> u32 {
    match family {
        Family::Double => 0,
        Family::Single => 1,
        Family::SetDouble => 2,
        Family::SetSingle => 3,
    }
}

fn depth(stack: Stack) -> u32 {
    (31 - stack.leading_zeros()) / 2
}

/// What it costs to close the innermost mark with one of this family.
fn match_cost(stack: Stack, family: Family) -> Option<u32> {
    if stack == EMPTY {
        return None;
    }
    match (stack & 3, code(family)) {
        (a, b) if a == b => Some(0),
        (0, 2) | (2, 0) => Some(3),
        (1, 3) | (3, 1) => Some(2),
        _ => None,
    }
}

fn left_open_cost(mut stack: Stack) -> u32 {
    let mut cost = 0;
    while stack > EMPTY {
        cost += match stack & 3 {
            0 => 6,
            1 => 8,
            _ => 2,
        };
        stack >>= 2;
    }
    cost
}

#[derive(Debug, Clone, Copy)]
struct Hypothesis {
    stack: Stack,
    cost: u32,
    from: u32,
    reading: Reading,
}

/// Reads all marks together; `around` says that a typographic mark is open already.
pub fn read(tokens: &[Token], around: Option<Family>) -> Vec<Reading> {
    let mut steps: Vec<Vec<Hypothesis>> = Vec::with_capacity(tokens.len());
    let outer = around.map_or(EMPTY, |family| EMPTY << 2 | code(family));
    let start = [Hypothesis { stack: outer, cost: 0, from: 0, reading: Reading::Alone }];
    for token in tokens {
        let last: &[Hypothesis] = steps.last().map_or(&start, Vec::as_slice);
        let mut next: Vec<Hypothesis> = Vec::with_capacity(last.len() * 3);
        for (from, step) in last.iter().enumerate() {
            let from = u32::try_from(from).unwrap_or(0);
            let mut add = |stack, more: u32, reading| {
                next.push(Hypothesis { stack, cost: step.cost.saturating_add(more), from, reading });
            };
            let deep = depth(step.stack);
            if let (Some(cost), true) = (token.open, deep < DEEPEST) {
                let stack = step.stack << 2 | code(token.family);
                add(stack, cost + DEPTH_COST[deep as usize], Reading::Opens);
            }
            if let (Some(cost), Some(more)) = (token.close, match_cost(step.stack, token.family)) {
                add(step.stack >> 2, cost + more, Reading::Closes);
            }
            add(step.stack, token.alone, Reading::Alone);
        }
        // The best step to each stack, then the best stacks.
        next.sort_by_key(|s| (s.stack, s.cost, s.reading, s.from));
        next.dedup_by_key(|s| s.stack);
        next.sort_by_key(|s| (s.cost, s.stack));
        next.truncate(KEPT);
        steps.push(next);
    }
    let mut readings = Vec::with_capacity(tokens.len());
    let best = steps.last().and_then(|last| {
        let all = last.iter().enumerate();
        all.min_by_key(|(_, s)| (s.cost.saturating_add(left_open_cost(s.stack)), s.stack)).map(|(i, _)| i)
    });
    let mut at = best.unwrap_or(0);
    for column in steps.iter().rev() {
        let Some(step) = column.get(at) else { break };
        readings.push(step.reading);
        at = step.from as usize;
    }
    readings.reverse();
    readings.resize(tokens.len(), Reading::Alone);
    readings
}
