//! A plan: which page lies in which cell of a grid, before anything is measured out on paper.
//!
//! Every binding makes one. It is written for a booklet that is bound on the left, with every sheet
//! looked at as it lies, and turned over like the leaf of a book (about an upright axis): what lies
//! behind the first column of a front is then the last column of its back. [`Plan::mirror`] makes the
//! booklet that is bound on the right, `turn.rs` the back for the other duplex edge, and `lay.rs` the
//! sides of paper.

use std::collections::BTreeMap;

use crate::length::{Length, Size};
use crate::manifest::{Blanks, Creep};
use crate::typeset::frame::Pages;

use super::{PageRef, Scale};

/// Pages on a grid, the same grid on every side.
pub(super) struct Plan {
    /// Widths of the front's columns, left to right; a back has them the other way round.
    pub columns: Vec<Length>,
    /// How many rows, each as high as a page.
    pub rows: usize,
    /// The largest page.
    pub page: Size,
    /// How much larger or smaller than they were set pages are printed.
    pub scale: Scale,
    /// Sides, front and back in turn (only fronts if `one_sided`); cells row by row from the top left.
    pub faces: Vec<Vec<Cell>>,
    /// Whether the backs stay empty, so that there are none.
    pub one_sided: bool,
    /// Folds that run down the front, by the number of columns left of them.
    pub folds_down: Vec<usize>,
    /// Folds that run across it, by the number of rows above them.
    pub folds_across: Vec<usize>,
    /// Sheets in each section, in order; empty for bindings without sections.
    pub sections: Vec<usize>,
    /// Whether leaves are bound, so that pages face each other; otherwise each is looked at by itself.
    pub facing: bool,
}

/// What lies in a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    /// What it shows.
    pub page: PageRef,
    /// Its place in reading order; none for paper that is no part of the booklet. Copies have the same
    /// places, each copy all of them.
    pub place: Option<usize>,
    /// Whether it stands on its head.
    pub turned: bool,
    /// Which edge of the page, looked at upright, it is held by.
    pub spine: Spine,
    /// Whether it is a section's first page or its last: the two lie side by side on the fold that is the
    /// section's back.
    pub outermost: bool,
    /// How far creep moves it toward the spine; less than nothing moves it away.
    pub shift: Length,
}

/// The edge by which a page is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Spine {
    /// None: the page lies in the middle of its cell.
    #[default]
    None,
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Plan {
    /// A grid of equal cells without sides yet.
    pub(super) fn grid(page: Size, columns: usize, rows: usize) -> Self {
        Self {
            columns: vec![page.width; columns],
            rows,
            page,
            scale: Scale::NONE,
            faces: Vec::new(),
            one_sided: false,
            folds_down: Vec::new(),
            folds_across: Vec::new(),
            sections: Vec::new(),
            facing: false,
        }
    }

    /// The pages in reading order as they were laid out, blanks among them; of copies, one.
    pub(super) fn order(&self) -> Vec<PageRef> {
        let cells = self.faces.iter().flatten();
        let places: BTreeMap<usize, PageRef> =
            cells.filter_map(|cell| Some((cell.place?, cell.page))).collect();
        places.into_values().collect()
    }

    /// What the grid needs on paper, with a gutter wherever it is cut.
    pub(super) fn extent(&self, gutter: Length) -> Size {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let cuts = |cells: usize, folds: &[usize]| number(cells.saturating_sub(1 + folds.len()));
        let width: Length = self.columns.iter().copied().sum();
        let height = self.page.height * number(self.rows);
        Size::new(
            width + gutter * cuts(self.columns.len(), &self.folds_down),
            height + gutter * cuts(self.rows, &self.folds_across),
        )
    }

    /// The same booklet bound on the right.
    pub(super) fn mirror(&mut self) {
        let columns = self.columns.len();
        self.columns.reverse();
        for fold in &mut self.folds_down {
            *fold = columns - *fold;
        }
        for face in &mut self.faces {
            for row in face.chunks_mut(columns.max(1)) {
                row.reverse();
            }
            for cell in face {
                cell.spine = match cell.spine {
                    Spine::None => Spine::None,
                    Spine::Left => Spine::Right,
                    Spine::Right => Spine::Left,
                };
            }
        }
    }

    /// The furthest that creep moves a page.
    pub(super) fn creep(&self) -> Length {
        self.faces.iter().flatten().map(|cell| cell.shift.abs()).max().unwrap_or_default()
    }
}

impl Cell {
    /// The page at a place in reading order: the first page and every second after it are right-hand
    /// ones, held by their left edge.
    pub(super) fn leaf(page: PageRef, place: usize) -> Self {
        let spine = if place.is_multiple_of(2) { Spine::Left } else { Spine::Right };
        Self { page, place: Some(place), spine, ..Self::default() }
    }

    /// A page in the middle of its cell.
    pub(super) fn loose(page: PageRef, place: usize) -> Self {
        Self { page, place: Some(place), ..Self::default() }
    }
}

/// What is to be bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// The largest page.
    pub page: Size,
    /// How many pages.
    pub count: usize,
    /// Which page is the first of them: covers that are bound otherwise are left out.
    pub first: usize,
    /// Whether the first and the last are the covers.
    pub covers: bool,
    /// Where blanks go.
    pub blanks: Blanks,
    /// What is printed on blanks.
    pub filler: PageRef,
    /// Whether and how creep is made up for.
    pub creep: Creep,
}

impl Load {
    /// What lies at a place in reading order. A last page that is the back cover
    /// keeps the last place: blanks go before it.
    pub(super) fn at(&self, place: usize, places: usize) -> PageRef {
        let cover = usize::from(self.covers && self.count >= 2);
        let (lead, leaves) = self.fly(places);
        let place = match place {
            _ if place < lead => place,
            _ if place < lead + leaves => return self.filler,
            _ => place - leaves,
        };
        let page = if cover == 1 && place + 1 + leaves == places {
            Some(self.count - 1)
        } else {
            (place < self.count - cover).then_some(place)
        };
        page.map_or(self.filler, |page| PageRef::Page(page + self.first))
    }

    /// Blanks that go to the front: after which place, and how many. Whole leaves, so that right-hand
    /// pages stay right-hand ones; as near to half of all blanks as can be.
    fn fly(&self, places: usize) -> (usize, usize) {
        let leaves = match self.blanks {
            Blanks::Spread => (places.saturating_sub(self.count) + 2) / 4 * 2,
            Blanks::BeforeBack | Blanks::Notes => 0,
        };
        (if self.covers { 2.min(self.count) } else { 0 }, leaves)
    }
}

/// The smallest size that holds every page.
pub(super) fn largest(pages: &Pages) -> Size {
    pages.pages.iter().fold(Size::default(), |largest, page| {
        Size::new(largest.width.max(page.size.width), largest.height.max(page.size.height))
    })
}
