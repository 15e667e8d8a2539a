//! The programme against an exhaustive search, and the habits that its costs stand for.

use super::*;

/// A small generator of numbers, the same on every machine (Lehmer's, modulus 2³¹ − 1).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        (self.0 as i64) % bound
    }
}

fn word(width: i64) -> Item {
    Item::Box {
        width,
        flex: width / 30,
        hang_start: 0,
        hang_end: width / 40,
        letters: (width / 50).max(1) as u32,
        word: 0,
    }
}

const SPACE: Item = Item::Glue { width: 25, stretch: 12, shrink: 6 };
const END: Item = Item::Penalty { width: 0, hang: 0, cost: FORCED, flagged: false, open: false };

/// The least demerits of all ways to break, found by trying every one.
fn exhaustive(breaker: &Breaker, rules: &LineRules) -> Option<i64> {
    let places = &breaker.places;
    let mut best: Option<i64> = None;
    // Place, demerits so far, class of the line before it.
    let mut stack = vec![(0, 0, 2)];
    while let Some((at, demerits, before)) = stack.pop() {
        if at + 1 == places.len() {
            best = Some(best.map_or(demerits, |b| b.min(demerits)));
            continue;
        }
        for next in at + 1..places.len() {
            let (from, place) = (places[at], places[next]);
            let target = if at == 0 { rules.first } else { rules.rest };
            if let Some(fit) = fit(&from, &place, target, rules, Need::Decent) {
                let class = if place.forced { 2 } else { class(fit.ratio) };
                let apart = i64::from(class.abs_diff(before));
                let clash = if at == 0 { 0 } else { apart * apart * CLASH };
                let cost = fit.cost + breaker.pair_cost(&from, &place, rules, next) + clash;
                stack.push((next, demerits + cost, class));
            }
            if place.forced {
                break;
            }
        }
    }
    best
}

#[test]
fn no_exhaustive_search_finds_less() {
    let mut numbers = Numbers(1936);
    let mut compared = 0;
    for round in 0..3000 {
        let mut items = Vec::new();
        for _ in 0..4 + numbers.below(8) {
            items.push(word(60 + numbers.below(120)));
            if numbers.below(4) == 0 {
                items.push(Item::Penalty {
                    width: 15,
                    hang: 10,
                    cost: 9_000,
                    flagged: true,
                    open: round % 3 == 0,
                });
                items.push(word(40 + numbers.below(60)));
            }
            items.push(SPACE);
        }
        items.pop();
        items.push(END);
        let rest = 350 + numbers.below(250);
        let rules = LineRules {
            first: rest - numbers.below(60) + numbers.below(60),
            rest,
            ragged: (round % 5 == 0).then_some(90),
            short: 60,
            neighbours: round % 2 == 0,
        };
        let mut breaker = Breaker::default();
        let found = breaker.breaks(&items, &rules);
        if let Some(least) = exhaustive(&breaker, &rules) {
            assert_eq!(found.best.demerits, least, "{items:?} {rules:?}");
            compared += 1;
        }
        for (setting, more) in [(&found.longer, 1), (&found.shorter, -1)] {
            if let Some(setting) = setting {
                let lines = |b: &Breaks| b.lines.len() as i64;
                assert_eq!(lines(setting), lines(&found.best) + more);
                assert!(setting.demerits >= found.best.demerits);
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn what_fits_nowhere_stands_out_alone() {
    let items = [word(100), SPACE, word(900), SPACE, word(100), END];
    let rules = LineRules { first: 300, rest: 300, ragged: None, short: 0, neighbours: false };
    let lines = Breaker::default().breaks(&items, &rules).best.lines;
    assert_eq!(lines.iter().map(|l| l.overfull).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn forbidden_glue_and_forced_breaks_are_obeyed() {
    let forbidden = Item::Penalty { width: 0, hang: 0, cost: FORBIDDEN, flagged: false, open: false };
    let items = [word(200), forbidden, SPACE, word(90), END, word(50), END];
    let rules = LineRules { first: 300, rest: 300, ragged: None, short: 0, neighbours: false };
    let lines = Breaker::default().breaks(&items, &rules).best.lines;
    assert_eq!(lines.iter().map(|l| (l.start, l.end)).collect::<Vec<_>>(), [(0, 4), (5, 6)]);
    assert!(lines.iter().all(|l| l.closed));
}

#[test]
fn an_address_breaks_at_its_joints_and_leaves_the_line_unfilled() {
    let open = Item::Penalty { width: 0, hang: 0, cost: 2_500, flagged: false, open: true };
    let anywhere = Item::Penalty { width: 0, hang: 0, cost: 150_000, flagged: false, open: false };
    let stiff = |width| Item::Box { width, flex: 0, hang_start: 0, hang_end: 0, letters: 9, word: 0 };
    let items = [stiff(220), open, stiff(80), anywhere, stiff(190), open, stiff(60), END];
    let rules = LineRules { first: 300, rest: 300, ragged: None, short: 0, neighbours: false };
    let lines = Breaker::default().breaks(&items, &rules).best.lines;
    assert_eq!(lines.iter().map(|l| (l.start, l.end)).collect::<Vec<_>>(), [(0, 1), (2, 5), (6, 7)]);
    assert!(lines[0].closed && lines.iter().all(|l| !l.overfull));
}
