//! What is wrong with a line, in numbers.
//!
//! Comes in: the two places that a line lies between. Goes out: how far it must be stretched, whether it
//! can be set at all, and its demerits. 10,000 demerits are those of a line at half of what is decent.

use std::cmp::Ordering;

use super::{Breakpoint, Fit, LOOSEST, LineRules, UNIT};

/// Ratio given to a line that nothing can fill.
const HOPELESS: i64 = 20_000;
/// Demerits of a line that sticks out.
const OVERFULL: i64 = 10_000_000_000;
/// A line that stays unfilled inside an address, and what is added for each thousandth that it lacks.
const UNFILLED: (i64, i64) = (20_000, 100);
/// Two hyphenated lines in a row.
pub const LADDER: i64 = 300_000;
/// A hyphen at the end of the last line but one.
pub const HYPHEN_BEFORE_LAST: i64 = 8_000;
/// Two lines that begin or end with the same word.
pub const STACK: i64 = 2_500;
/// A last line of fewer than six characters.
pub const RUNT: i64 = 140_000;
/// A tight line beside a loose one, by the square of how many classes lie between.
pub const CLASH: i64 = 800;

/// Lines of equal colour are of one class.
pub fn class(ratio: i64) -> u8 {
    match ratio {
        ..-600 => 0,
        -600..-200 => 1,
        -200..=200 => 2,
        201..=600 => 3,
        _ => 4,
    }
}

/// What a ratio costs: 10,000 at 1 by the square, as much again by the fourth power.
fn badness(ratio: i64) -> i64 {
    let square = ratio * ratio;
    square / 100 + (square / 100) * (square / 100) / 10_000
}

/// What a line may be where nothing better was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// No looser or fuller than lines should be.
    Decent,
    /// As loose as it must be.
    Loose,
    /// Longer than its measure too: there is no break before this one.
    Overfull,
}

/// How the line between two places comes out; none if it cannot be set decently.
pub fn fit(from: &Breakpoint, place: &Breakpoint, target: i64, rules: &LineRules, need: Need) -> Option<Fit> {
    let width = place.end.width.saturating_sub(from.start.width);
    let missing = target.saturating_sub(width);
    let flex = place.end.flex - from.start.flex;
    let decent = |ratio: i64| Some(Fit { ratio, overfull: false, unfilled: false, cost: badness(ratio) });
    match missing.cmp(&0) {
        Ordering::Equal => decent(0),
        Ordering::Less => {
            let shrink = match rules.ragged {
                Some(_) => 0,
                None => (place.end.shrink - from.start.shrink).saturating_add(flex),
            };
            if missing.saturating_neg() <= shrink {
                decent(-ratio(missing.saturating_neg(), shrink))
            } else if need == Need::Overfull {
                let out = ratio(missing.saturating_neg(), target).min(1_000_000);
                Some(Fit { ratio: -UNIT, overfull: true, unfilled: false, cost: OVERFULL + out * 1000 })
            } else {
                None
            }
        }
        Ordering::Greater if place.forced => {
            Some(Fit { ratio: 0, overfull: false, unfilled: false, cost: 0 })
        }
        Ordering::Greater => {
            let found = match rules.ragged {
                Some(zone) => ratio(missing, zone),
                None => {
                    let stretch = place.end.stretch - from.start.stretch;
                    let both = stretch.saturating_add(flex);
                    if missing <= both {
                        ratio(missing, both)
                    } else {
                        UNIT.saturating_add(ratio(missing - both, stretch))
                    }
                }
            };
            if found <= LOOSEST {
                decent(found)
            } else if place.open {
                let cost = UNFILLED.0 + ratio(missing, target) * UNFILLED.1;
                Some(Fit { ratio: 0, overfull: false, unfilled: true, cost })
            } else if need > Need::Decent {
                decent(found.min(HOPELESS))
            } else {
                None
            }
        }
    }
}

/// `part / whole` in thousandths.
fn ratio(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return HOPELESS;
    }
    match part.checked_mul(UNIT) {
        Some(product) => product / whole,
        None => part / (whole / UNIT).max(1),
    }
}
