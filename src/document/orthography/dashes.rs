//! Hyphens that stand for dashes, ranges of numbers, ellipses.

use super::language::Rules;
use super::stream::{BREAK, NBSP, OBJECT, Sign, after, before, is_space, is_word};

/// Three dots (or four, when a full stop follows) become an ellipsis. Longer rows are leaders and stay.
pub fn ellipses(signs: Vec<Sign>) -> Vec<Sign> {
    if !signs.windows(3).any(|w| w.iter().all(|g| g.c == '.')) {
        return signs;
    }
    let mut out = Vec::with_capacity(signs.len());
    let mut at = 0;
    while at < signs.len() {
        let dots = signs[at..].iter().take_while(|g| g.c == '.').count();
        match dots {
            0 => {
                out.push(signs[at]);
                at += 1;
            }
            3 | 4 => {
                out.push(Sign { c: '…', ..signs[at] });
                out.extend_from_slice(&signs[at + 3..at + dots]);
                at += dots;
            }
            _ => {
                out.extend_from_slice(&signs[at..at + dots]);
                at += dots;
            }
        }
    }
    out
}

/// Words that follow a hanging hyphen, as in “pre- and post-war”.
const JOINING: &[&str] = &[
    "and", "or", "to", "und", "oder", "bis", "sowie", "bzw", "et", "ou", "y", "o", "e", "u", "i", "a", "и",
    "или", "lub", "nebo", "και", "ή", "och", "en", "of",
];

/// `---` → —, `--` → –, ` - ` → the language's dash with its spaces, `1936-1939` → a range.
pub fn dashes(signs: Vec<Sign>, rules: &Rules) -> Vec<Sign> {
    if !signs.iter().any(|g| matches!(g.c, '-' | '–' | '—')) {
        return signs;
    }
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len());
    // A dash that stands free has been met in this sentence, and none to end it.
    let mut open = false;
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        if sign.c != '-' {
            if matches!(sign.c, '.' | '!' | '?' | '…' | BREAK) {
                open = false;
            }
            if matches!(sign.c, '–' | '—') && stands_free(&signs, at, 1) {
                open = !open;
            }
            out.push(sign);
            at += 1;
            continue;
        }
        let count = signs[at..].iter().take_while(|g| g.c == '-').count();
        let (left, right) = (before(&signs, at), after(&signs, at + count - 1));
        let free = (is_space(left) || left == BREAK) && is_space(right);
        let set = |c: char| Sign { c, ..sign };
        if count <= 3 && stands_free(&signs, at, count) {
            open = !open;
        }
        match count {
            1 if free => out.push(set(rules.dash)),
            1 if open && is_word(left) && is_space(right) && !joins(&signs[at + 1..]) => {
                out.push(set(' '));
                out.push(set(rules.dash));
                open = false;
            }
            1 if is_range(&signs, at) => out.push(set('–')),
            2 if free && rules.double_hyphen == '–' => out.push(set(rules.dash)),
            2 => out.push(set(rules.double_hyphen)),
            3 => out.push(set('—')),
            _ => out.extend_from_slice(&signs[at..at + count]),
        }
        at += count;
    }
    free_dashes(&mut out, rules);
    out
}

fn joins(rest: &[Sign]) -> bool {
    let word: String = rest
        .iter()
        .map(|g| g.c)
        .skip_while(|c| is_space(*c))
        .take_while(|c| c.is_alphabetic())
        .take(8)
        .flat_map(char::to_lowercase)
        .collect();
    JOINING.contains(&word.as_str())
}

/// Whether a dash of `count` characters has a space on both sides that is its own: not one that belongs to a
/// quotation mark beyond it.
fn stands_free(signs: &[Sign], at: usize, count: usize) -> bool {
    let c = |at: Option<usize>| at.and_then(|at| signs.get(at)).map_or(BREAK, |g| g.c);
    let end = at + count;
    if !is_space(c(at.checked_sub(1))) || !is_space(c(Some(end))) {
        return false;
    }
    let opened = matches!(c(at.checked_sub(2)), '«' | '‹');
    let closed = matches!(c(Some(end + 1)), '»' | '›');
    !opened && !closed
}

/// The spaces of dashes that stand free: no line begins with one. In French the first of a pair clings to
/// what it opens instead. A dash that begins a line of speech clings to the speech.
fn free_dashes(signs: &mut [Sign], rules: &Rules) {
    let mut pending: Option<usize> = None;
    let mut pairs = Vec::new();
    let mut free = Vec::new();
    for at in 0..signs.len() {
        let c = signs[at].c;
        if matches!(c, '.' | '!' | '?' | '…' | BREAK) {
            pending = None;
        }
        if !matches!(c, '–' | '—') {
            continue;
        }
        let left = if at == 0 { BREAK } else { signs[at - 1].c };
        let right = signs.get(at + 1).map_or(BREAK, |g| g.c);
        if left == BREAK && is_space(right) {
            signs[at + 1].c = NBSP;
        } else if stands_free(signs, at, 1) && free.last().is_none_or(|last| last + 2 != at) {
            // Two dashes with one space between them are no pair.
            free.push(at);
            match pending.take() {
                Some(first) => pairs.push(first),
                None => pending = Some(at),
            }
        }
    }
    let mut pairs = pairs.into_iter().peekable();
    for at in free {
        let opens = rules.is("fr") && pairs.next_if(|first| *first == at).is_some();
        signs[at - 1].c = if opens { ' ' } else { NBSP };
        signs[at + 1].c = if opens { NBSP } else { ' ' };
    }
}

/// Whether the hyphen at `at` stands between two numbers that make a range: 1936-1939, 1936-39, 12-15. Not
/// in dates, telephone numbers, ISBNs or names such as Covid-19: those have more hyphens, letters, or
/// numbers that do not rise.
fn is_range(signs: &[Sign], at: usize) -> bool {
    let digit = |g: &&Sign| g.c.is_ascii_digit();
    let first: Vec<char> = signs[..at].iter().rev().take_while(digit).take(5).map(|g| g.c).collect();
    let second: Vec<char> = signs[at + 1..].iter().take_while(digit).take(5).map(|g| g.c).collect();
    if !(1..=4).contains(&first.len()) || !(1..=4).contains(&second.len()) {
        return false;
    }
    let start = at - first.len();
    let end = at + 1 + second.len();
    let left = if start == 0 { BREAK } else { signs[start - 1].c };
    let left_ok = match left {
        '.' => start > 1 && signs[start - 2].c.is_alphabetic(),
        c => is_space(c) || matches!(c, BREAK | '(' | '[' | '"' | '\'' | '«' | '“' | '‘' | '„' | '§'),
    };
    let right = signs.get(end).map_or(BREAK, |g| g.c);
    let beyond = signs.get(end + 1).map_or(BREAK, |g| g.c);
    let right_ok = match right {
        '.' | ',' | ':' => !beyond.is_alphanumeric(),
        '-' => is_space(beyond),
        '/' | '–' | '—' | '@' | '_' | '+' | '=' | OBJECT => false,
        c => !c.is_alphanumeric(),
    };
    if !left_ok || !right_ok {
        return false;
    }
    let number = |digits: &mut dyn Iterator<Item = &char>| {
        digits.fold(0_u32, |n, c| n * 10 + c.to_digit(10).unwrap_or(0))
    };
    let (from, to) = (number(&mut first.iter().rev()), number(&mut second.iter()));
    if first.len() > second.len() {
        // 1936-39: the second is short for a number of the same century or decade.
        let tail = from % 10_u32.pow(u32::try_from(second.len()).unwrap_or(0));
        return second.len() >= 2 && tail < to;
    }
    // Telephone numbers grow by more than half.
    from < to
        && (first.len() == second.len() || (second.len() == first.len() + 1 && (to < 2 * from || to < 100)))
}
