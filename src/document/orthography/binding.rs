//! What a line may not part: a number and its unit, initials and the name, a short word and the next.

use super::language::Rules;
use super::stream::{MARK, NBSP, NNBSP, OBJECT, Sign, is_space};

/// Symbols that follow a number.
const UNITS: &[&str] = &[
    "%", "‰", "€", "$", "£", "₽", "zł", "Kč", "km", "m", "cm", "mm", "kg", "g", "mg", "t", "ha", "l", "h",
    "min", "°", "°C", "°F", "km²", "m²", "km/h", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "Hz", "MB",
    "GB", "Mo", "Go", "€/h",
];

/// Russian words that cling to the word before.
const CLINGING_BACK: &[&str] = &["ж", "же", "б", "бы", "ли", "ль"];

/// Makes such spaces no-break spaces.
pub fn bind(signs: &mut [Sign], rules: &Rules) {
    for at in 1..signs.len() {
        let c = signs[at].c;
        if !is_space(c) {
            continue;
        }
        if rules.groups && groups(signs, at) {
            signs[at].c = NNBSP;
        } else if c == ' ' && (binds_left(signs, at, rules) || binds_right(signs, at, rules)) {
            signs[at].c = NBSP;
        }
    }
}

fn digit(signs: &[Sign], at: usize) -> bool {
    signs.get(at).is_some_and(|g| g.c.is_ascii_digit())
}

/// Whether the space parts groups of thousands: one to three digits before it or groups of three before
/// that, and groups of three after it.
fn groups(signs: &[Sign], at: usize) -> bool {
    let after = (1..=3).all(|i| digit(signs, at + i)) && !digit(signs, at + 4);
    if !after {
        return false;
    }
    let count = signs[..at].iter().rev().take(4).take_while(|g| g.c.is_ascii_digit()).count();
    let start = at - count;
    let left = if start == 0 { ' ' } else { signs[start - 1].c };
    (1..=3).contains(&count)
        && !left.is_alphanumeric()
        && !matches!(left, ',' | '.' | '-' | '/' | ':' | '+')
        && signs[at - count].c != '0'
        || count == 3 && is_space(left) && start.checked_sub(2).is_some_and(|at| digit(signs, at))
}

/// The word before a place, if it is short; opening marks before it do not count.
fn word_before(signs: &[Sign], at: usize) -> Option<String> {
    let length = signs[..at].iter().rev().take(9).take_while(|g| !is_space(g.c) && g.c != '\n').count();
    if length > 8 {
        return None;
    }
    let word: String = signs[at - length..at].iter().map(|g| g.c).filter(|c| *c != MARK).collect();
    Some(word.trim_start_matches(['(', '[', '«', '„', '“', '‘', '‚', '—', '–', '’']).to_owned())
}

/// The word after a place, up to nine characters of it, without punctuation that closes.
fn word_after(signs: &[Sign], at: usize) -> String {
    let word: String = signs
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .take(9)
        .map(|g| g.c)
        .take_while(|c| !is_space(*c) && !matches!(*c, '\n' | MARK | OBJECT))
        .collect();
    word.trim_end_matches([',', '.', ';', ':', '!', '?', ')', ']', '»', '”', '’', '…', '“']).to_owned()
}

fn binds_left(signs: &[Sign], at: usize, rules: &Rules) -> bool {
    let Some(word) = word_before(signs, at) else { return false };
    let lower = word.to_lowercase();
    let next = signs.get(at + 1).map_or(' ', |g| g.c);
    if rules.clinging.contains(&lower.as_str())
        && (next.is_alphanumeric() || matches!(next, '„' | '«' | '“' | OBJECT))
    {
        return true;
    }
    if next.is_ascii_digit() && rules.abbreviations.contains(&lower.as_str()) {
        return true;
    }
    // M. Bakunin, P. J. Proudhon, J.-J. Rousseau
    next.is_uppercase() && is_initial(&word)
}

/// One or several capitals, each with its stop.
fn is_initial(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars().skip_while(|c| *c == '-');
            match (letters.next(), letters.next()) {
                (None, _) => true,
                (Some(letter), None) => letter.is_uppercase(),
                _ => false,
            }
        })
        && word.ends_with('.')
        && word.chars().any(char::is_uppercase)
}

fn binds_right(signs: &[Sign], at: usize, rules: &Rules) -> bool {
    let before = signs[at - 1].c;
    let word = word_after(signs, at);
    if before.is_ascii_digit() && UNITS.contains(&word.as_str()) {
        return true;
    }
    rules.is("ru") && before.is_alphabetic() && CLINGING_BACK.contains(&word.as_str())
}
