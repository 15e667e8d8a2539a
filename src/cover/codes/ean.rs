//! EAN-13 bar codes.
//!
//! Comes in: thirteen digits. Goes out: bars, in modules from the left (GS1 General Specifications, 5.2).
//! Twelve of the digits are drawn; the first one is told by which of two alphabets the left six are in.

/// Modules of the symbol itself.
pub(crate) const MODULES: i64 = 95;
/// Quiet modules on the left and on the right (GS1 General Specifications, 5.2.3.4).
pub(crate) const QUIET: (i64, i64) = (11, 7);

/// The right-hand alphabet (C): seven modules a digit, dark ones set. The left-hand one (A) is its
/// complement, and the third (B) the right-hand one read backwards.
const RIGHT: [u8; 10] = [
    0b111_0010, 0b110_0110, 0b110_1100, 0b100_0010, 0b101_1100, 0b100_1110, 0b101_0000, 0b100_0100,
    0b100_1000, 0b111_0100,
];

/// Which of the left six digits are in alphabet B, by the first digit.
const FIRST: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110,
    0b01_1010,
];

/// A dark bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar {
    /// Where it begins.
    pub at: i64,
    /// How wide it is.
    pub width: i64,
    /// Whether it belongs to a guard, which is longer.
    pub guard: bool,
}

/// The bars of thirteen digits.
pub(crate) fn bars(digits: &[u8; 13]) -> Vec<Bar> {
    let mut modules: Vec<(bool, bool)> = Vec::with_capacity(MODULES as usize);
    let mut put = |pattern: u8, count: u32, guard: bool| {
        modules.extend((0..count).rev().map(|bit| (pattern >> bit & 1 == 1, guard)));
    };
    let glyph = |digit: u8| RIGHT[usize::from(digit % 10)];
    put(0b101, 3, true);
    let parity = FIRST[usize::from(digits[0] % 10)];
    for (place, digit) in digits[1..7].iter().enumerate() {
        let right = glyph(*digit);
        let backwards = right.reverse_bits() >> 1;
        put(if parity >> (5 - place) & 1 == 1 { backwards } else { !right & 0b111_1111 }, 7, false);
    }
    put(0b01010, 5, true);
    for digit in &digits[7..] {
        put(glyph(*digit), 7, false);
    }
    put(0b101, 3, true);
    let mut bars: Vec<Bar> = Vec::new();
    for (at, (dark, guard)) in (0..).zip(modules) {
        match bars.last_mut() {
            Some(bar) if dark && bar.at + bar.width == at && bar.guard == guard => bar.width += 1,
            _ if dark => bars.push(Bar { at, width: 1, guard }),
            _ => {}
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_has_thirty_bars_in_ninety_five_modules() {
        for first in 0..10 {
            let digits = [first, 7, 8, 3, 1, 6, 1, 4, 8, 4, 1, 0, 0];
            let bars = bars(&digits);
            assert_eq!(bars.len(), 30, "three guards of 2 bars, twelve digits of 2");
            assert!(bars.iter().all(|bar| (1..=4).contains(&bar.width)));
            let last = bars.last().unwrap();
            assert_eq!((bars[0].at, last.at + last.width), (0, MODULES));
            assert_eq!(bars.iter().filter(|bar| bar.guard).count(), 6);
        }
    }
}
