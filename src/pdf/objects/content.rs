//! Content streams: numbers, strings and operators, written as short as they can be said.
//!
//! Comes in: calls in points. Goes out: bytes in PDF's page space (origin at the lower left corner, y
//! up). A [`Content`] remembers the text state that it has set, and says only what changes. Numbers
//! have at most three decimals: a thousandth of a point is a third of a micrometre.

use crate::length::Length;
use crate::typeset::frame::{Colour, Ink};

use super::spots;

/// Thousandths of a point, the unit of every coordinate that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::pdf) struct Milli(pub i64);

/// No coordinate reaches further than this; hostile ones are held here, where every reader still can
/// calculate with them.
const FURTHEST: i64 = 1_000_000 * Length::PER_POINT;

impl Milli {
    /// Rounded to nearest.
    pub fn of(length: Length) -> Self {
        let length = length.0.clamp(-FURTHEST, FURTHEST);
        Self((length * 1000 + Length::PER_POINT / 2).div_euclid(Length::PER_POINT))
    }
}

/// Appends a number given in thousandths: `12.5`, `-.03`, `0`.
pub(in crate::pdf) fn put_milli(out: &mut Vec<u8>, Milli(thousandths): Milli) {
    put_decimal(out, thousandths, 3);
}

/// Appends a number given in units of so many decimal places, at most 9, without zeros at either end.
fn put_decimal(out: &mut Vec<u8>, value: i64, places: u32) {
    if value < 0 {
        out.push(b'-');
    }
    let unit = 10_u64.pow(places);
    let value = value.unsigned_abs();
    let (whole, mut fraction) = (value / unit, value % unit);
    if whole > 0 || fraction == 0 {
        put_natural(out, whole);
    }
    if fraction > 0 {
        out.push(b'.');
        let mut place = unit;
        while fraction > 0 {
            place /= 10;
            out.push(b'0' + (fraction / place) as u8);
            fraction %= place;
        }
    }
}

/// Appends a whole number.
pub(in crate::pdf) fn put_integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    put_natural(out, value.unsigned_abs());
}

fn put_natural(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0_u8; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// What the reader's text state is, as far as this stream has set it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct TextState {
    font: Option<(u16, Milli)>,
    /// Horizontal scaling in hundredths of a percent.
    scaling: u16,
    /// Space after each glyph, in millionths of a point.
    spacing: i64,
    rise: Milli,
    colour: Colour,
}

/// A content stream that is being written.
pub(in crate::pdf) struct Content {
    out: Vec<u8>,
    state: TextState,
    /// Whether a text object is open, and the start of its current line.
    line: Option<(Milli, Milli)>,
    /// What spot colours are shown with.
    ink: Ink,
}

impl Content {
    /// An empty stream in colour.
    pub fn new() -> Self {
        Self::in_ink(Ink::Colour)
    }

    /// An empty stream; in black, every spot colour is the gray that stands in its place.
    pub fn in_ink(ink: Ink) -> Self {
        let state =
            TextState { font: None, scaling: 10_000, spacing: 0, rise: Milli(0), colour: Colour::BLACK };
        Self { out: Vec::with_capacity(4096), state, line: None, ink }
    }

    /// The finished stream.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_text();
        self.out
    }

    /// The bytes so far, to append to: only within an operator of the caller's own.
    pub fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// Appends numbers, each followed by a space, then the operator.
    pub fn operator(&mut self, operands: &[Milli], name: &str) {
        for &operand in operands {
            put_milli(&mut self.out, operand);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'\n');
    }

    /// Goes over to the space of a matrix: its first four numbers in hundred-thousandths, then where its
    /// origin lies.
    pub fn matrix(&mut self, parts: [i64; 4], origin: [Milli; 2]) {
        for part in parts {
            put_decimal(&mut self.out, part, 5);
            self.out.push(b' ');
        }
        self.operator(&origin, "cm");
    }

    /// Likewise, the four numbers in ten-millionths.
    pub fn fine_matrix(&mut self, parts: [i64; 4], origin: [Milli; 2]) {
        for part in parts {
            put_decimal(&mut self.out, part, 7);
            self.out.push(b' ');
        }
        self.operator(&origin, "cm");
    }

    /// Opens a text object if none is open.
    pub fn begin_text(&mut self) {
        if self.line.is_none() {
            self.out.extend_from_slice(b"BT\n");
            self.line = Some((Milli(0), Milli(0)));
        }
    }

    /// Closes the text object if one is open.
    pub fn end_text(&mut self) {
        if self.line.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    /// Moves to a baseline's origin.
    pub fn move_to(&mut self, x: Milli, y: Milli) {
        self.begin_text();
        let (from_x, from_y) = self.line.unwrap_or_default();
        self.operator(&[Milli(x.0 - from_x.0), Milli(y.0 - from_y.0)], "Td");
        self.line = Some((x, y));
    }

    /// Sets the face and the size.
    pub fn font(&mut self, face: u16, size: Milli) {
        if self.state.font != Some((face, size)) {
            self.state.font = Some((face, size));
            self.out.extend_from_slice(b"/F");
            put_natural(&mut self.out, face.into());
            self.out.push(b' ');
            self.operator(&[size], "Tf");
        }
    }

    /// Sets the horizontal scaling, in hundredths of a percent.
    pub fn scaling(&mut self, scaling: u16) {
        if self.state.scaling != scaling {
            self.state.scaling = scaling;
            self.operator(&[Milli(i64::from(scaling) * 10)], "Tz");
        }
    }

    /// Sets the space after each glyph, in millionths of a point: it adds up along a line.
    pub fn spacing(&mut self, spacing: i64) {
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            put_decimal(&mut self.out, spacing, 6);
            self.out.extend_from_slice(b" Tc\n");
        }
    }

    /// Sets how far glyphs stand above the baseline.
    pub fn rise(&mut self, rise: Milli) {
        if self.state.rise != rise {
            self.state.rise = rise;
            self.operator(&[rise], "Ts");
        }
    }

    /// Whether glyphs already stand that far above the baseline.
    pub fn has_rise(&self, rise: Milli) -> bool {
        self.state.rise == rise
    }

    /// Sets the colour of text and fills.
    pub fn colour(&mut self, colour: Colour) {
        let colour = spots::shown(colour, self.ink);
        if self.state.colour != colour {
            self.state.colour = colour;
            self.fills(colour);
        }
    }

    /// Says what is filled with, whatever is set: within a state of the caller's own.
    pub fn fills(&mut self, colour: Colour) {
        match spots::shown(colour, self.ink) {
            Colour::Gray(gray) => self.operator(&[Milli((i64::from(gray) * 1000 + 127) / 255)], "g"),
            Colour::Spot(spot) => {
                self.out.push(b'/');
                self.out.extend_from_slice(spots::name(spot.rgb).as_bytes());
                self.out.extend_from_slice(b" cs 1 scn\n");
            }
        }
    }

    /// Takes on a named graphics state.
    pub fn state(&mut self, name: &str) {
        self.out.push(b'/');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b" gs\n");
    }

    /// Invokes a named picture or page.
    pub fn invoke(&mut self, kind: u8, index: usize) {
        self.out.extend_from_slice(&[b'/', kind]);
        put_natural(&mut self.out, index as u64);
        self.out.extend_from_slice(b" Do\n");
    }
}

/// Appends the bytes of a literal string, without its parentheses.
pub(in crate::pdf) fn put_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(byte),
        }
    }
}

/// Appends `FEFF` and the text in UTF-16, as a hexadecimal string with its brackets.
pub(in crate::pdf) fn put_utf16_hex(out: &mut Vec<u8>, text: &str, mark: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'<');
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    for unit in units {
        for shift in [12, 8, 4, 0] {
            out.push(DIGITS[usize::from(unit >> shift & 15)]);
        }
    }
    out.push(b'>');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(thousandths: i64) -> String {
        let mut out = Vec::new();
        put_milli(&mut out, Milli(thousandths));
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn numbers_are_short_and_exact() {
        for (value, text) in [
            (0, "0"),
            (1000, "1"),
            (-1000, "-1"),
            (500, ".5"),
            (-30, "-.03"),
            (595_276, "595.276"),
            (12_010, "12.01"),
            (1, ".001"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn factors_have_five_digits() {
        for (value, text) in
            [(0, "0"), (100_000, "1"), (-100_000, "-1"), (70_711, ".70711"), (141_420, "1.4142")]
        {
            let mut out = Vec::new();
            put_decimal(&mut out, value, 5);
            assert_eq!(String::from_utf8_lossy(&out), text);
        }
    }

    #[test]
    fn fine_numbers_keep_their_places() {
        let mut out = Vec::new();
        for value in [10_900, -3, 1_000_000, 0, 2_000_100] {
            put_decimal(&mut out, value, 6);
            out.push(b' ');
        }
        assert_eq!(String::from_utf8_lossy(&out), ".0109 -.000003 1 0 2.0001 ");
    }

    #[test]
    fn hostile_lengths_stay_within_what_readers_can_count() {
        assert_eq!(Milli::of(Length(i64::MAX)), Milli(1_000_000_000));
        assert_eq!(Milli::of(Length(i64::MIN)), Milli(-1_000_000_000));
        assert_eq!(Milli::of(Length::pt(-1)), Milli(-1000));
    }

    #[test]
    fn literal_strings_escape_what_would_end_them() {
        let mut out = Vec::new();
        put_literal(&mut out, b"a(b)\\\r\n");
        assert_eq!(out, b"a\\(b\\)\\\\\\r\n");
    }
}
