//! Lengths, points, sizes and rectangles, in integers.
//!
//! Comes in: numbers with a unit, as people write them. Goes out: [`Length`], a whole number of
//! 1/65536 of a PostScript point (1/72 inch). Why integers: layout decisions compare exactly, so the
//! same manifest breaks at the same places on every machine. Page space has its origin at the top
//! left corner of the page, x to the right, y *down*; only the PDF back end turns it over.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A distance: a count of 1/65536 point. Arithmetic saturates, so hostile numbers cannot overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(pub i64);

impl Length {
    /// No distance.
    pub const ZERO: Self = Self(0);
    /// Larger than any page, small enough to add to itself safely.
    pub const MAX: Self = Self(i64::MAX / 8);
    /// Units in a point.
    pub const PER_POINT: i64 = 65_536;

    /// A whole number of points.
    pub const fn pt(points: i64) -> Self {
        Self(points.saturating_mul(Self::PER_POINT))
    }

    /// A whole number of thousandths of a millimetre (25.4 mm to 72 points), rounded to the nearest unit.
    pub const fn micrometres(micrometres: i64) -> Self {
        let product = micrometres.saturating_mul(72 * Self::PER_POINT);
        let half = if product < 0 { -12_700 } else { 12_700 };
        Self(product.saturating_add(half) / 25_400)
    }

    /// A whole number of millimetres, likewise.
    pub const fn mm(millimetres: i64) -> Self {
        Self::micrometres(millimetres.saturating_mul(1000))
    }

    /// Points with a fraction; rounds to the nearest unit.
    pub fn from_pt(points: f64) -> Self {
        Self((points * Self::PER_POINT as f64).round() as i64)
    }

    /// Millimetres (25.4 to 72 points).
    pub fn from_mm(mm: f64) -> Self {
        Self::from_pt(mm * 72.0 / 25.4)
    }

    /// Font design units at a type size: `units / upem × size`, rounded to nearest.
    pub fn from_units(units: i64, upem: i64, size: Self) -> Self {
        // Division in 128 bits is slow, and fonts and type are hardly ever so large that they need it.
        if let Some(product) = units.checked_mul(size.0) {
            let upem = upem.max(1);
            let half = if product < 0 { -upem / 2 } else { upem / 2 };
            if let Some(sum) = product.checked_add(half) {
                return Self(sum / upem);
            }
        }
        let product = i128::from(units) * i128::from(size.0);
        let upem = i128::from(upem.max(1));
        let half = if product < 0 { -upem / 2 } else { upem / 2 };
        let rounded = (product + half) / upem;
        Self(rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// In points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::PER_POINT as f64
    }

    /// In millimetres.
    pub fn to_mm(self) -> f64 {
        self.to_pt() * 25.4 / 72.0
    }

    /// `self × numerator / denominator`, rounded to nearest.
    pub fn scale(self, numerator: i64, denominator: i64) -> Self {
        Self::from_units(numerator, denominator, self)
    }

    /// The distance without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl fmt::Display for Length {
    /// Points, at most three decimals: `10.5pt`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.3}", self.to_pt());
        write!(f, "{}pt", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}
impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}
impl Div<i64> for Length {
    type Output = Self;
    /// A length in no parts at all is one that does not end.
    fn div(self, parts: i64) -> Self {
        debug_assert!(parts != 0, "a length is divided into parts");
        match parts {
            0 => Self(self.0.saturating_mul(i64::MAX)),
            _ => Self(self.0.saturating_div(parts)),
        }
    }
}
impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A place in page space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Point {
    /// To the right of the origin.
    pub x: Length,
    /// Below the origin.
    pub y: Length,
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Size {
    /// Horizontal extent.
    pub width: Length,
    /// Vertical extent.
    pub height: Length,
}

/// An upright rectangle: its top left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Extent to the right and down.
    pub size: Size,
}

impl Point {
    /// The place `x` right of and `y` below the origin.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}
impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}
impl Size {
    /// `width` by `height`.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
    /// In millimetres, as paper sizes are given.
    pub fn mm(width: f64, height: f64) -> Self {
        Self::new(Length::from_mm(width), Length::from_mm(height))
    }
}
impl Rect {
    /// From the corner and the extent.
    pub const fn new(x: Length, y: Length, width: Length, height: Length) -> Self {
        Self { origin: Point::new(x, y), size: Size::new(width, height) }
    }
    /// Right edge.
    pub fn right(&self) -> Length {
        self.origin.x + self.size.width
    }
    /// Lower edge.
    pub fn bottom(&self) -> Length {
        self.origin.y + self.size.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_are_the_same_whole_or_with_a_fraction() {
        for micrometres in (-50_000..2_000_000).step_by(50) {
            assert_eq!(
                Length::micrometres(micrometres),
                Length::from_mm(micrometres as f64 / 1000.0),
                "{micrometres}"
            );
        }
        assert_eq!((Length::mm(254), Length::mm(-127)), (Length::pt(720), Length::pt(-360)));
    }

    #[test]
    fn arithmetic_saturates() {
        let (least, most) = (Length(i64::MIN), Length(i64::MAX));
        assert_eq!((-least, least.abs(), least / -1), (most, most, most));
        assert_eq!((most + most, least - most, most * -2), (most, least, least));
        assert_eq!((most.scale(3, 2), least.scale(3, 2)), (most, least));
        assert_eq!((Length::pt(i64::MAX), Length::from_pt(1e300)), (most, most));
        assert_eq!([Length(1), Length(2)].into_iter().chain([most]).sum::<Length>(), most);
    }

    #[test]
    fn lengths_round_to_the_nearest_unit() {
        let size = Length::pt(10);
        assert_eq!(Length::from_units(1, 3, Length(2)), Length(1));
        assert_eq!(Length::from_units(-1, 3, Length(2)), Length(-1));
        assert_eq!((size.scale(1, 3), size / 3), (Length(218_453), Length(218_453)));
        assert_eq!(Length::from_mm(25.4), Length::pt(72));
    }
}
