//! Spaces before and after punctuation.

use super::language::Rules;
use super::stream::{BREAK, MARK, NBSP, OBJECT, Sign, is_space};

/// Sets every space beside punctuation as the language wants it.
pub fn set(signs: Vec<Sign>, rules: &Rules) -> Vec<Sign> {
    let mut out: Vec<Sign> = Vec::with_capacity(signs.len() + 8);
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        at += 1;
        let next = signs[at..].iter().map(|g| g.c).find(|c| *c != MARK).unwrap_or(BREAK);
        match sign.c {
            ';' | '!' | '?' => set_off(&mut out, sign, next, rules.before_high),
            ':' => set_off(&mut out, sign, next, rules.before_colon),
            ',' | '.' if ends_here(next) && !dots_follow(&signs[at..]) && after_word(&out) => {
                drop_spaces(&mut out)
            }
            '…' if closes(next) && after_word(&out) && rules.is("fr") => drop_spaces(&mut out),
            '%' | '‰' => percent(&mut out, sign, rules),
            _ => {}
        }
        out.push(sign);
    }
    out
}

fn drop_spaces(out: &mut Vec<Sign>) {
    while out.last().is_some_and(|g| is_space(g.c)) {
        out.pop();
    }
}

/// The last character that is neither a space nor the mark of a note.
fn last(out: &[Sign]) -> char {
    out.iter().rev().map(|g| g.c).find(|c| !is_space(*c) && *c != MARK).unwrap_or(BREAK)
}

fn after_word(out: &[Sign]) -> bool {
    word_end(last(out))
}

fn word_end(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            OBJECT
                | ')'
                | ']'
                | '»'
                | '”'
                | '’'
                | '“'
                | '›'
                | '‘'
                | '…'
                | '.'
                | '%'
                | '‰'
                | '°'
                | '″'
                | '€'
                | '$'
                | '£'
        )
}

fn ends_here(next: char) -> bool {
    is_space(next) || closes(next)
}

fn closes(next: char) -> bool {
    matches!(next, BREAK | ')' | ']' | '»' | '”' | '’' | '›' | '!' | '?' | ';' | ':' | ',')
}

fn dots_follow(rest: &[Sign]) -> bool {
    rest.iter().map(|g| g.c).find(|c| !is_space(*c)) == Some('.')
}

/// Puts the right space before `;`, `!`, `?` or `:`.
fn set_off(out: &mut Vec<Sign>, sign: Sign, next: char, space: Option<char>) {
    let high = matches!(sign.c, '!' | '?');
    let spaced = out.last().is_some_and(|g| is_space(g.c));
    // Not in 15:42, a:b, ?x=1, or a face of punctuation such as :)
    let free = if high {
        !next.is_alphanumeric() && next != OBJECT
    } else {
        ends_here(next) || matches!(next, '“' | '«' | '„')
    };
    let face = !high && spaced && matches!(next, ')' | ']');
    if !free || face {
        return;
    }
    let before = last(out);
    if matches!(before, '!' | '?') {
        drop_spaces(out);
    } else if word_end(before) {
        drop_spaces(out);
        if let Some(c) = space {
            out.push(Sign { c, ..sign });
        }
    }
}

fn percent(out: &mut Vec<Sign>, sign: Sign, rules: &Rules) {
    let spaced = out.last().is_some_and(|g| is_space(g.c));
    let number = last(out).is_ascii_digit() && out.last().is_some_and(|g| g.c != MARK);
    if number && (spaced || rules.percent_apart) {
        drop_spaces(out);
        out.push(Sign { c: NBSP, ..sign });
    }
}
