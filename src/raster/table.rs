//! A light ground on which paper lies, with its shadow, its creases and its edges.
//!
//! Restrained on purpose: shadows are soft, creases hardly darker than the paper, so that what is printed
//! is what one sees.

use std::borrow::Cow;

use crate::picture::{PixelFormat, Raster};

use super::canvas::shares;
use super::samples;

/// The ground.
const GROUND: [u8; 3] = [0xe9, 0xe7, 0xe2];
/// What shadows are made of, and how dark the darkest is.
const SHADOW: [u8; 3] = [0x2a, 0x26, 0x20];
const DARKEST: f32 = 0.30;
/// How far shadows reach, and how far below the paper they lie, in pixels.
const REACH: f64 = 26.0;
const BELOW: f64 = 9.0;
/// Most edges of leaves that are seen beside an open booklet.
const MOST_EDGES: usize = 4;

/// A picture on a piece of paper.
pub(super) struct PaperPart<'a> {
    /// Its left edge.
    pub left: f64,
    pub picture: &'a Raster,
}

/// Where paper is folded.
pub(super) enum Crease<'a> {
    /// Nowhere.
    None,
    /// Along its left (0) or right (1) edge: the back of a closed booklet.
    Back(f64),
    /// Between two pages of an open booklet of so many leaves.
    Gutter { leaves: usize },
    /// At some parts of its width and of its height: a sheet.
    Folds { across: &'a [f64], down: &'a [f64] },
}

/// The ground, and what lies on it.
pub(super) struct TableTop {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

impl TableTop {
    /// Bare.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![GROUND; width * height] }
    }

    /// Lays paper down, its parts from left to right, their upper edges at `top`.
    pub fn lay(&mut self, top: f64, parts: &[PaperPart<'_>], crease: Crease<'_>) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let [left, right] = [first.left, last.left + f64::from(last.picture.width)];
        let foot = top + f64::from(first.picture.height);
        let paper = [left, top, right, foot];
        self.shadow(paper);
        if let Crease::Gutter { leaves } = crease {
            self.edges(paper, (leaves / 6 + 1).min(MOST_EDGES));
        }
        for part in parts {
            self.show(part, top);
        }
        let width = right - left;
        match crease {
            Crease::None => {}
            Crease::Back(side) => {
                // The fold is rounded: a narrow light falls off toward the edge.
                let reach = width * 0.018;
                let from = left + side * (width - reach);
                self.fade([from, top, from + reach, foot], [1.0 - side, side].map(|d| d as f32 * 0.20));
            }
            Crease::Gutter { .. } => {
                let middle = last.left;
                let reach = width * 0.045;
                self.fade([middle - reach, top, middle, foot], [0.0, 0.24]);
                self.fade([middle, top, middle + reach, foot], [0.24, 0.0]);
            }
            Crease::Folds { across, down } => {
                for part in across {
                    let x = left + width * part;
                    self.fade([x - 5.0, top, x, foot], [0.0, 0.10]);
                    self.fade([x, top, x + 3.0, foot], [0.05, 0.0]);
                }
                for part in down {
                    let y = top + (foot - top) * part;
                    self.line([left, y, right, y + 1.0], 0.10);
                }
            }
        }
    }

    /// The picture.
    pub fn finish(self) -> Raster {
        Raster {
            width: self.width as u32,
            height: self.height as u32,
            dpi: None,
            format: PixelFormat::Rgb,
            pixels: self.pixels.as_flattened().into(),
            // Light and shadow change from pixel to pixel.
            photographic: true,
        }
    }

    /// The shadow of paper: as dark as the paper hides of a large soft light.
    fn shadow(&mut self, [left, top, right, foot]: [f64; 4]) {
        let (top, foot) = (top + BELOW, foot + BELOW);
        let hidden = |at: f64, low: f64, high: f64| (step(at - low) * step(high - at)) as f32;
        let range = |low: f64, high: f64, end: usize| {
            let inside = |value: f64| value.clamp(0.0, end as f64) as usize;
            inside(low - REACH)..inside(high + REACH)
        };
        let across: Vec<(usize, f32)> =
            range(left, right, self.width).map(|x| (x, hidden(x as f64 + 0.5, left, right))).collect();
        for y in range(top, foot, self.height) {
            let part = hidden(y as f64 + 0.5, top, foot) * DARKEST;
            for &(x, share) in &across {
                mix(&mut self.pixels[y * self.width + x], SHADOW, part * share);
            }
        }
    }

    /// The edges of the leaves under the open pages, on both sides.
    fn edges(&mut self, [left, top, right, foot]: [f64; 4], count: usize) {
        for edge in (1..=count).rev() {
            let out = edge as f64 * 2.0;
            let inset = edge as f64 * 0.5;
            for [from, to] in [[left - out, left], [right, right + out]] {
                self.fill([from, top + inset, to, foot - inset], [0xf6, 0xf5, 0xf2]);
                let tip = if from < left { from } else { to - 1.0 };
                self.line([tip, top + inset, tip + 1.0, foot - inset], 0.25);
            }
        }
    }

    fn fill(&mut self, rect: [f64; 4], colour: [u8; 3]) {
        self.each(rect, |pixel, cover, _| mix(pixel, colour, cover));
    }

    fn line(&mut self, rect: [f64; 4], dark: f32) {
        self.fade(rect, [dark; 2]);
    }

    /// Darkens a part of the paper from left to right, from one darkness to another, faster near the
    /// darker end.
    fn fade(&mut self, rect: [f64; 4], [from, to]: [f32; 2]) {
        self.each(rect, |pixel, cover, along| {
            let part = |end: f32, near: f32| end * near * near;
            let dark = if from == to { from } else { part(from, 1.0 - along) + part(to, along) };
            mix(pixel, SHADOW, cover * dark);
        });
    }

    /// Calls with each pixel of a rectangle, how much of it lies there, and how far to the right it is, of 1.
    fn each(&mut self, [left, top, right, foot]: [f64; 4], mut change: impl FnMut(&mut [u8; 3], f32, f32)) {
        let across = shares(left, right, [0, self.width]);
        for (y, part) in shares(top, foot, [0, self.height]) {
            for &(x, share) in &across {
                let along = ((x as f64 + 0.5 - left) / (right - left)).clamp(0.0, 1.0) as f32;
                change(&mut self.pixels[y * self.width + x], part * share, along);
            }
        }
    }

    /// Copies a picture onto the ground; what does not fit is left out.
    fn show(&mut self, part: &PaperPart<'_>, top: f64) {
        let (width, height) = (part.picture.width as usize, part.picture.height as usize);
        let pixels = match part.picture.format {
            PixelFormat::Rgb => Cow::Borrowed(&*part.picture.pixels),
            _ => Cow::Owned(part.picture.on([255; 3])),
        };
        let (left, top) = (part.left.max(0.0) as usize, top.max(0.0) as usize);
        for (row, line) in pixels.as_chunks::<3>().0.chunks_exact(width.max(1)).enumerate().take(height) {
            let y = top + row;
            if y < self.height && left < self.width {
                let room = width.min(self.width - left);
                self.pixels[y * self.width + left..][..room].copy_from_slice(&line[..room]);
            }
        }
    }
}

/// Lays a colour over a pixel, so much of it as is covered.
fn mix(pixel: &mut [u8; 3], colour: [u8; 3], cover: f32) {
    pixel.iter_mut().zip(colour).for_each(|(sample, ink)| samples::mix(sample, ink, cover));
}

/// From 0 well before an edge to 1 well behind it, smoothly.
fn step(distance: f64) -> f64 {
    let t = ((distance + REACH) / (2.0 * REACH)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
