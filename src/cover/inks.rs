//! Which ink is put where: what colour outputs show, and what a copier that has only black prints.
//!
//! Comes in: the manifest's inks. Goes out: [`Colour`]s for shapes, grounds and type, chosen so that all type
//! can be read: contrast is that of WCAG 2.1. In black, grounds of ink stay white, since toner in large areas
//! is costly, uneven and cracks in the fold; type on them is black.

use crate::typeset::frame::{Colour, Spot};

/// The inks of a cover.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inks<'a>(pub &'a [[u8; 3]]);

/// Paper.
pub(crate) const WHITE: Colour = Colour::Gray(255);
/// What small type needs (WCAG 2.1, 1.4.3).
const READABLE: i64 = 450;
/// What large type and shapes need (1.4.11).
const SEEN: i64 = 300;

impl Inks<'_> {
    /// An ink, if the cover has it, else the one before; none for a cover in black.
    fn rgb(self, ink: usize) -> Option<(u8, [u8; 3])> {
        let index = ink.min(self.0.len().checked_sub(1)?);
        self.0.get(index).map(|rgb| (index as u8, *rgb))
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.0.len()
    }

    /// For shapes that are black without ink.
    pub fn shape(self, ink: usize) -> Colour {
        self.shape_or(ink, 0)
    }

    /// For shapes that are some gray without ink.
    pub fn shape_or(self, ink: usize, gray: u8) -> Colour {
        self.rgb(ink).map_or(Colour::Gray(gray), |(ink, rgb)| Colour::Spot(Spot { ink, rgb, gray }))
    }

    /// For a ground under type: white without ink.
    pub fn ground(self, ink: usize) -> Colour {
        self.shape_or(ink, 255)
    }

    /// For type on that ground: white that the ink leaves free, or black on light inks.
    pub fn on_ground(self, ink: usize) -> Colour {
        match self.rgb(ink) {
            Some((ink, rgb)) if contrast(rgb, [255; 3]) >= READABLE => {
                Colour::Spot(Spot { ink, rgb: [255; 3], gray: 0 })
            }
            _ => Colour::BLACK,
        }
    }

    /// For large type on that ground in another ink, if it shows; else as small type.
    pub fn title_on_ground(self, ground: usize, ink: usize) -> Colour {
        match (self.rgb(ground), self.rgb(ink)) {
            (Some((under, below)), Some((ink, rgb))) if under != ink && contrast(below, rgb) >= READABLE => {
                Colour::Spot(Spot { ink, rgb, gray: 0 })
            }
            _ => self.on_ground(ground),
        }
    }

    /// For large type on paper.
    pub fn title(self, ink: usize) -> Colour {
        self.type_on_paper(ink, SEEN)
    }

    /// For small type on paper.
    pub fn text(self, ink: usize) -> Colour {
        self.type_on_paper(ink, READABLE)
    }

    fn type_on_paper(self, ink: usize, least: i64) -> Colour {
        match self.rgb(ink) {
            Some((ink, rgb)) if contrast(rgb, [255; 3]) >= least => Colour::Spot(Spot { ink, rgb, gray: 0 }),
            _ => Colour::BLACK,
        }
    }
}

/// Contrast of two colours in hundredths, 100 to 2100 (WCAG 2.1, contrast ratio).
fn contrast(a: [u8; 3], b: [u8; 3]) -> i64 {
    let (a, b) = (luminance(a), luminance(b));
    let (light, dark) = (a.max(b), a.min(b));
    ((light + 0.05) / (dark + 0.05) * 100.0) as i64
}

/// Relative luminance. The curve is a polynomial that comes within a thousandth of sRGB's own: sums and
/// products are the same on every machine, powers are not.
fn luminance([r, g, b]: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let c = f64::from(value) / 255.0;
        c * (c * (c * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        // WCAG's own examples: black on white 21, #777777 on white 4.48, red on white 4.0.
        for (colour, expected) in [([0, 0, 0], 2100), ([0x77; 3], 448), ([255, 0, 0], 400)] {
            assert!((contrast(colour, [255; 3]) - expected).abs() <= 4, "{colour:?}");
        }
    }

    #[test]
    fn type_on_every_ink_can_be_read() {
        for value in (0..=255_u8).step_by(5) {
            for rgb in [[value, 20, 40], [240, value, 60], [value, value, value], [10, 200, value]] {
                let inks = [rgb];
                let shown = match Inks(&inks).on_ground(0) {
                    Colour::Spot(spot) => spot.rgb,
                    Colour::Gray(gray) => [gray; 3],
                };
                assert!(contrast(rgb, shown) >= READABLE, "{rgb:?}");
            }
        }
    }
}
