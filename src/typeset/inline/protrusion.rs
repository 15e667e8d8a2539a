//! How far characters hang over the edge of a line, so that edges look straight.
//!
//! Comes in: a character. Goes out: which part of its advance may stand outside the measure. Light marks
//! (full stops, hyphens, quotes) hang far, letters with slanted or open sides a little. The parts are in
//! thousandths and follow the usual practice of optical margins: a mark hangs by about the white that
//! it would otherwise leave in the margin.

/// Part of the advance that hangs before the start of a line, in thousandths.
pub fn at_start(c: char) -> i64 {
    match c {
        '“' | '‘' | '„' | '‚' | '"' | '\'' => 500,
        '«' | '‹' => 250,
        '»' | '›' => 250,
        '(' | '[' | '{' => 100,
        '—' => 150,
        '–' => 250,
        '•' | '·' => 250,
        'A' | 'J' | 'À' | 'Á' | 'Â' | 'Ä' | 'Å' | 'Æ' => 50,
        'T' | 'V' | 'W' | 'Y' | 'v' | 'w' | 'y' => 50,
        'C' | 'O' | 'Q' | 'G' | 'Ö' | 'Ó' | 'Ô' => 30,
        _ => 0,
    }
}

/// Part of the advance that hangs after the end of a line, in thousandths.
pub fn at_end(c: char) -> i64 {
    match c {
        '.' | ',' | '،' | '۔' => 700,
        '-' | '\u{2010}' | '\u{ad}' => 700,
        '”' | '’' | '“' | '‘' | '"' | '\'' => 500,
        ';' | ':' => 400,
        '»' | '›' | '«' | '‹' => 250,
        '!' | '?' => 150,
        ')' | ']' | '}' => 100,
        '—' => 150,
        '–' => 250,
        '…' => 150,
        'r' | 't' | 'f' => 50,
        'A' | 'K' | 'T' | 'V' | 'W' | 'X' | 'Y' | 'k' | 'v' | 'w' | 'x' | 'y' => 50,
        'D' | 'O' | 'Q' => 30,
        _ => 0,
    }
}
