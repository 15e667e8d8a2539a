//! A booklet at a glance: its cover, a spread as one holds it, its outermost sheet, on a light ground.
//!
//! Comes in: the pages and the sheets that they lie on. Goes out: one picture for a web page or a post, of
//! 1600 by about 1000 pixels. `table.rs` is the ground that things lie on with their shadows; here is
//! decided what lies there.

use crate::impose::{PageRef, PlacedPage, Sheets, Side};
use crate::length::{Length, Size};
use crate::picture::Raster;
use crate::typeset::frame::{Ink, Page, PageKind};

use super::arrange::{MARGIN, PixelRect, Shapes, Thing, WIDTH, arrange};
use super::space::Space;
use super::table::{Crease, PaperPart, TableTop};

/// Least pixels down, so that pictures of wide pages are no ribbons.
const LEAST: f64 = 640.0;

/// How the sheets are dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handling {
    /// Whether sheets are folded, and so have creases between pages.
    pub folded: bool,
    /// Whether pages are held together along one edge.
    pub bound: bool,
    /// What the sheets are printed in.
    pub ink: Ink,
}

/// Draws a booklet at a glance.
pub fn contact(sheets: &Sheets<'_>, handling: Handling) -> Raster {
    let pages = sheets.pages;
    let things = Things {
        cover: pages.pages.first().map_or(Size::default(), |page| page.size),
        spread: spread(&pages.pages, handling.bound),
        sides: telling(sheets),
        sheets,
        handling,
    };
    let shapes = Shapes { cover: shape(things.cover), open: things.open(), sides: things.printed() };
    let (places, height) = arrange(&shapes);
    let mut table = TableTop::new(WIDTH as usize, (height.max(LEAST) + 2.0 * MARGIN) as usize);
    let down = (height.max(LEAST) - height) / 2.0 + MARGIN;
    for (thing, place) in places {
        things.lay(thing, PixelRect { y: place.y + down, ..place }, &mut table);
    }
    table.finish()
}

/// What lies on the ground.
struct Things<'a> {
    cover: Size,
    /// The page on the left and the one on the right.
    spread: Vec<usize>,
    /// Sides of sheets.
    sides: Vec<usize>,
    sheets: &'a Sheets<'a>,
    handling: Handling,
}

/// Two facing pages that tell most: the first two that are full of text. Of a flyer, its other page.
fn spread(pages: &[Page], bound: bool) -> Vec<usize> {
    if !bound {
        return (1..pages.len().min(2)).collect();
    }
    let shown = |index: usize| pages.get(index).is_some_and(|page| !page.items.is_empty());
    // Page 0 is a right page, in reading order.
    let pairs = || (1..pages.len().saturating_sub(1)).step_by(2).map(|left| [left, left + 1]);
    let text = |index: &usize| pages.get(*index).is_some_and(|page| page.kind == PageKind::Body);
    let full = |pair: &[usize; 2]| pair.iter().all(|index| text(index) && shown(*index));
    let found = pairs().find(full).or_else(|| pairs().find(|pair| pair.iter().any(|index| shown(*index))));
    found.or_else(|| pairs().next()).map_or(Vec::new(), |pair| pair.to_vec())
}

/// The outermost side of the outermost sheet, and another that tells what sheets are like: the first with
/// text on all of its pages, or on most of them, or the next.
fn telling(sheets: &Sheets<'_>) -> Vec<usize> {
    let pages = &sheets.pages.pages;
    let count = |side: &Side, wanted: &dyn Fn(&Page) -> bool| {
        let shown =
            |placed: &&PlacedPage| placed.page.own().and_then(|page| pages.get(page)).is_some_and(wanted);
        side.pages.iter().filter(shown).count()
    };
    let text = |page: &Page| page.kind == PageKind::Body && !page.items.is_empty();
    let others = || sheets.sides.iter().enumerate().skip(1);
    let all = others().find(|(_, side)| count(side, &text) == side.pages.len());
    let most =
        || others().find(|(_, side)| count(side, &|page| !page.items.is_empty()) * 2 > side.pages.len());
    let next = all.or_else(most).or_else(|| others().next());
    let first = (!sheets.sides.is_empty()).then_some(0);
    first.into_iter().chain(next.map(|(index, _)| index)).collect()
}

/// Width over height.
fn shape(size: Size) -> f64 {
    let [width, height] = [size.width, size.height].map(|length| length.max(Length::pt(1)).to_pt());
    (width / height).clamp(0.05, 20.0)
}

impl Things<'_> {
    /// The shape of the open pages; none if there are none.
    fn open(&self) -> Option<f64> {
        let shapes = self.spread.iter().filter_map(|index| self.sheets.pages.pages.get(*index));
        let sum: f64 = shapes.map(|page| shape(page.size)).sum();
        (sum > 0.0).then_some(sum)
    }

    /// The shapes of the sides.
    fn printed(&self) -> Vec<f64> {
        self.sides.iter().filter_map(|side| Some(shape(self.sheets.sides.get(*side)?.size))).collect()
    }

    fn lay(&self, thing: Thing, place: PixelRect, table: &mut TableTop) {
        let pages = self.sheets.pages;
        let at = [place.x, place.y].map(|value| value.round());
        let resolution = |size: Size| place.height / (size.height.max(Length::pt(1)).to_pt() / 72.0);
        match thing {
            Thing::Cover => {
                let picture = super::page(pages, 0, resolution(self.cover), Ink::Colour);
                let part = PaperPart { left: at[0], picture: &picture };
                let spine = self.handling.bound.then_some(if pages.right_to_left { 1.0 } else { 0.0 });
                table.lay(at[1], &[part], spine.map_or(Crease::None, Crease::Back));
            }
            Thing::Spread => {
                let order: Vec<usize> = if pages.right_to_left {
                    self.spread.iter().rev().copied().collect()
                } else {
                    self.spread.clone()
                };
                let drawn: Vec<Raster> = order
                    .iter()
                    .filter_map(|index| Some((*index, pages.pages.get(*index)?)))
                    .map(|(index, page)| super::page(pages, index, resolution(page.size), Ink::Colour))
                    .collect();
                let mut left = at[0];
                let parts: Vec<PaperPart<'_>> = drawn
                    .iter()
                    .map(|picture| {
                        let part = PaperPart { left, picture };
                        left += f64::from(picture.width);
                        part
                    })
                    .collect();
                let crease = if parts.len() > 1 {
                    Crease::Gutter { leaves: self.sheets.leaves.max(pages.pages.len() / 2) }
                } else {
                    Crease::None
                };
                table.lay(at[1], &parts, crease);
            }
            Thing::Side(index) => {
                let Some(&index) = self.sides.get(index) else { return };
                let Some(side) = self.sheets.sides.get(index) else { return };
                let picture = super::side(self.sheets, index, resolution(side.size), self.handling.ink);
                let part = PaperPart { left: at[0], picture: &picture };
                let [across, down] =
                    if self.handling.folded { self.folds(side) } else { [Vec::new(), Vec::new()] };
                table.lay(at[1], &[part], Crease::Folds { across: &across, down: &down });
            }
        }
    }

    /// Where a side is folded: between its pages, as parts of its width and of its height.
    fn folds(&self, side: &Side) -> [Vec<f64>; 2] {
        let space = |size: Length| size.max(Length::pt(1)).to_pt();
        let (width, height) = (space(side.size.width), space(side.size.height));
        let (mut across, mut down) = (Vec::new(), Vec::new());
        let sheet = Space::of(side.size, 72.0);
        // Labels lie on sheets as pages do, but nothing is folded at them.
        let bound = |page| match page {
            PageRef::Page(_) | PageRef::Blank => true,
            PageRef::Insert(index) => index == 0 && self.sheets.filled,
        };
        for placed in side.pages.iter().filter(|placed| bound(placed.page)) {
            // The corner opposite to the page's own.
            let [x, y] = sheet.of_page(placed).far_corner(placed);
            let near = [placed.at.x.to_pt(), placed.at.y.to_pt()];
            across.push(x.max(near[0]));
            down.push(y.max(near[1]));
        }
        let inside = |mut edges: Vec<f64>, extent: f64| {
            edges.sort_by(f64::total_cmp);
            edges.dedup_by(|a, b| (*a - *b).abs() < 3.0);
            // The last is the trim.
            edges.pop();
            edges.into_iter().map(|edge| edge / extent).collect::<Vec<_>>()
        };
        [inside(across, width), inside(down, height)]
    }
}
