//! QR codes (ISO/IEC 18004), by the crate `qrcodegen`.
//!
//! Comes in: an address. Goes out: the dark modules of its symbol, joined to few rectangles: fewer edges
//! between shapes that touch, at which some renderers leave a hair of white.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::address::Address;

/// Quiet modules on every side (ISO/IEC 18004, 9.1).
pub(crate) const QUIET: i64 = 4;

/// A symbol.
#[derive(Debug)]
pub(crate) struct Symbol {
    /// Modules on a side, without the quiet ones.
    pub side: i64,
    /// Dark rectangles in modules from the upper left corner: x, y, width, height.
    pub dark: Vec<[i64; 4]>,
}

/// The symbol of an address, at level M or better. None if it is too long for any.
pub(crate) fn symbol(address: &Address) -> Option<Symbol> {
    // A symbol of the same size takes a better level where there is room for it.
    let code = QrCode::encode_text(address.as_str(), QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut dark: Vec<[i64; 4]> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for y in 0..side {
        let mut row = Vec::new();
        let mut x = 0;
        while x < side {
            let from = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                row.push((i64::from(from), i64::from(x - from)));
            }
            x += 1;
        }
        // A run just like one in the row above makes that one higher.
        let y = i64::from(y);
        let mut next = Vec::new();
        for (x, width) in row {
            let above = open.iter().copied().find(|index| dark[*index][0] == x && dark[*index][2] == width);
            let index = above.unwrap_or_else(|| {
                dark.push([x, y, width, 0]);
                dark.len() - 1
            });
            dark[index][3] += 1;
            next.push(index);
        }
        open = next;
    }
    Some(Symbol { side: i64::from(side), dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_cover_just_the_dark_modules() {
        let text = "https://example.org/pamphlets/bread.epub";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let symbol = symbol(&Address::new(text).unwrap()).unwrap();
        let mut covered = vec![0_u8; (symbol.side * symbol.side) as usize];
        for [x, y, width, height] in &symbol.dark {
            for (row, column) in
                (*y..y + height).flat_map(|row| (*x..x + width).map(move |column| (row, column)))
            {
                covered[(row * symbol.side + column) as usize] += 1;
            }
        }
        for y in 0..code.size() {
            for x in 0..code.size() {
                let dark = u8::from(code.get_module(x, y));
                assert_eq!(covered[(i64::from(y) * symbol.side + i64::from(x)) as usize], dark);
            }
        }
        // The three finders: a ring of seven by seven about a dark middle of three by three.
        let last = symbol.side - 7;
        for (left, top) in [(0, 0), (last, 0), (0, last)] {
            let at = |x: i64, y: i64| covered[((top + y) * symbol.side + left + x) as usize] == 1;
            for (x, y) in (0..7).flat_map(|x| (0..7).map(move |y| (x, y))) {
                let far = i64::abs(x - 3).max(i64::abs(y - 3));
                assert_eq!(at(x, y), far == 3 || far <= 1);
            }
        }
    }
}
