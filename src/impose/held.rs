//! What a reader holds: the pages of the bound booklet one after the other, blanks among them.
//!
//! Comes in: how many pages there are and how they are bound. Goes out: the openings of the booklet, as
//! one turns its leaves; or its pages one by one, where no two of them face each other.

use crate::manifest::BindingKind;

use super::{Job, Sheets, cover, load};

/// What is seen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Index of the page that comes first in reading order, as in [`super::PlacedPage`]; none for a blank.
    /// An outer none: there is nothing, as beside a cover.
    pub first: Option<Option<usize>>,
    /// The page that faces it, likewise.
    pub second: Option<Option<usize>>,
}

/// The openings of a booklet of `count` pages that lies on `sheets`.
pub fn held(count: usize, sheets: &Sheets<'_>, job: &Job) -> Vec<Held> {
    let order = order(count, sheets, job);
    match job.kind {
        BindingKind::Saddle
        | BindingKind::Sections { .. }
        | BindingKind::Perfect
        | BindingKind::Folded(_)
        | BindingKind::CutStack { .. }
        | BindingKind::Mini => {
            let (cover, rest) = match order.split_first() {
                Some((first, rest)) => (Some(*first), rest),
                None => (None, &[][..]),
            };
            let cover = cover.map(|page| Held { first: None, second: Some(page) });
            let pairs = rest
                .chunks(2)
                .map(|pair| Held { first: pair.first().copied(), second: pair.get(1).copied() });
            cover.into_iter().chain(pairs).collect()
        }
        BindingKind::Single | BindingKind::Copies { .. } | BindingKind::Cards | BindingKind::Leaflet(_) => {
            order.into_iter().map(|page| Held { first: Some(page), second: None }).collect()
        }
    }
}

/// The pages in reading order, with the blanks that fill the sheets.
fn order(count: usize, sheets: &Sheets<'_>, job: &Job) -> Vec<Option<usize>> {
    let load = load(Default::default(), count, job);
    let places = if sheets.sides.is_empty() { load.count } else { (sheets.leaves * 2).max(load.count) };
    let inner = (0..places).map(|place| load.at(place, places));
    if load.count == count {
        return inner.collect();
    }
    // The cover is around it, its last page but one the empty inside of the back cover.
    let (front, _) = cover::TAKEN;
    let before = (0..front).map(Some);
    before.chain(inner).chain([None, count.checked_sub(1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Length, Size};
    use crate::manifest::{Blanks, Flip};
    use crate::typeset::frame::Pages;

    fn openings(count: usize, leaves: usize, change: impl FnOnce(&mut Job)) -> String {
        let faces = crate::face::embedded();
        let pages = Pages {
            pages: Vec::new(),
            faces,
            pictures: Vec::new(),
            outline: Vec::new(),
            right_to_left: false,
        };
        let mut job = Job::new(BindingKind::Saddle, Size::new(Length::ZERO, Length::ZERO), Flip::ShortEdge);
        change(&mut job);
        let side = super::super::Side {
            size: Size::default(),
            trim: crate::length::Rect { origin: Default::default(), size: Size::default() },
            pages: Vec::new(),
            marks: Vec::new(),
        };
        let sheets =
            Sheets { leaves, sides: vec![side], ..Sheets::none(&pages, super::super::Purpose::Reading) };
        let name = |page: Option<Option<usize>>| match page {
            None => " ".to_owned(),
            Some(None) => "-".to_owned(),
            Some(Some(page)) => page.to_string(),
        };
        let shown: Vec<String> = held(count, &sheets, &job)
            .into_iter()
            .map(|held| format!("{}|{}", name(held.first), name(held.second)))
            .collect();
        shown.join(", ")
    }

    #[test]
    fn covers_stand_alone_and_blanks_lie_where_they_are_bound() {
        assert_eq!(openings(4, 2, |_| ()), " |0, 1|2, 3| ");
        assert_eq!(openings(6, 4, |_| ()), " |0, 1|2, 3|4, -|-, 5| ");
        assert_eq!(openings(6, 4, |job| job.blanks = Blanks::Spread), " |0, 1|-, -|2, 3|4, 5| ");
        assert_eq!(openings(5, 4, |job| job.blanks = Blanks::Notes), " |0, 1|2, 3|5, 5|5, 4| ");
        assert_eq!(openings(7, 2, |job| job.without_cover = true), " |0, 1|2, 3|4, 5|-, 6| ");
        assert_eq!(openings(2, 1, |job| job.kind = BindingKind::Cards), "0| , 1| ");
        assert_eq!(openings(0, 0, |_| ()), "");
    }
}
