//! Where lengths lie among pixels.
//!
//! Comes in: a place on a page or a sheet. Goes out: a place in pixels. Pages lie on sheets turned by
//! quarters and made larger or smaller, so a space has a corner, a scale and a turn.

use crate::impose::{PlacedPage, Scale};
use crate::length::{Length, Point, Rect, Size};

use super::MOST_PIXELS;
use super::fill::{Clip, Dot};

/// Bounds of the pixels in an inch, whatever is asked for.
const RESOLUTION: (f64, f64) = (1.0, 4800.0);

/// From lengths to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// Pixels in a point.
    scale: f64,
    /// The page's corner, in pixels.
    corner: [f64; 2],
    /// Clockwise turn about the corner, in quarters.
    turn: u8,
}

impl Space {
    /// The space of some paper, with so many pixels an inch, or fewer where it would have too many.
    pub fn of(size: Size, pixels_per_inch: f64) -> Self {
        let (least, most) = RESOLUTION;
        let wanted = if pixels_per_inch >= least { pixels_per_inch.min(most) } else { least };
        let inches = |length: Length| (length.to_pt() / 72.0).max(1.0 / most);
        // A strip of paper has at least a pixel each way, so the longer side is bounded too.
        let (across, down) = (inches(size.width), inches(size.height));
        let bound = (MOST_PIXELS as f64 / (across * down)).sqrt().min(MOST_PIXELS as f64 / across.max(down));
        Self { scale: wanted.min(bound) / 72.0, corner: [0.0; 2], turn: 0 }
    }

    /// Pixels in an inch.
    pub fn resolution(&self) -> f64 {
        self.scale * 72.0
    }

    /// Pixels in a point.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Clockwise turn in quarters.
    pub fn turn(&self) -> u8 {
        self.turn
    }

    /// A place in pixels.
    pub fn at(&self, at: Point) -> [f64; 2] {
        let [x, y] = self.turned([at.x.to_pt() * self.scale, at.y.to_pt() * self.scale]);
        [self.corner[0] + x, self.corner[1] + y]
    }

    /// A direction of the page, among pixels.
    pub fn turned<T: Copy + std::ops::Neg<Output = T>>(&self, [x, y]: [T; 2]) -> [T; 2] {
        match self.turn {
            0 => [x, y],
            1 => [-y, x],
            2 => [-x, -y],
            _ => [y, -x],
        }
    }

    /// A place for the filler.
    pub fn spot(&self, at: Point) -> Dot {
        self.at(at).map(|value| value as f32)
    }

    /// The space of a page that lies on this sheet.
    pub fn of_page(&self, placed: &PlacedPage) -> Self {
        let larger = placed.scale.0 as f64 / Scale::NONE.0 as f64;
        Self { scale: self.scale * larger, corner: self.at(placed.at), turn: placed.quarter_turns % 4 }
    }

    /// The corner of a page opposite to the one that it is placed by, in the space of the sheet.
    pub fn far_corner(&self, placed: &PlacedPage) -> [f64; 2] {
        // The page's size is that on the sheet already, so only the turn counts.
        let own = Self { scale: self.scale * Scale::NONE.0 as f64 / placed.scale.0.max(1) as f64, ..*self };
        own.at(Point::new(placed.size.width, placed.size.height))
    }

    /// The pixels of a rectangle of the sheet: those that lie in it with their middles.
    pub fn clip(&self, rect: Rect, whole: Clip) -> Clip {
        let [left, top] = self.at(rect.origin);
        let [right, foot] = self.at(Point::new(rect.right(), rect.bottom()));
        let inside = |value: f64, end: usize| value.round().clamp(0.0, end as f64) as usize;
        Clip {
            across: [left, right].map(|x| inside(x, whole.across[1])),
            down: [top, foot].map(|y| inside(y, whole.down[1])),
        }
    }
}
