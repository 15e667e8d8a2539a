//! Leaflets, proved by folding and opening them panel by panel, with the paper of `folding.rs`.

use booklet::length::{Length, Size};
use booklet::manifest::{BindingKind, LeafletFold};

use super::folding::{a, each, in_hand};
use super::paper::{Piece, down_columns, expected, middle};

/// The panels of a leaflet from the cover on, which lies at the side where a booklet opens.
fn panels(sheet: &[Piece], right_to_left: bool) -> Vec<Piece> {
    let mut panels = down_columns(sheet.to_vec(), right_to_left);
    panels.reverse();
    panels
}

#[test]
fn letter_folds_open_to_the_whole_inside() {
    let page = Size::mm(99.0, 210.0);
    each(
        BindingKind::Leaflet(LeafletFold::Letter),
        page,
        a(4),
        4..=6,
        |laid, sheets, count, right_to_left| {
            let outside = panels(&sheets[0], right_to_left);
            let [cover, back, flap] = &outside[..] else { panic!("three panels") };
            let inside = outside.iter().map(|panel| panel.seen(false));
            let order: Vec<_> = [cover.seen(true)]
                .into_iter()
                .chain(inside)
                .chain([flap.seen(true), back.seen(true)])
                .collect();
            assert_eq!(order, expected(count, 6));
            assert_eq!(in_hand(laid, false), order);
            // The flap goes between the others: it has to be narrower.
            let mut widths: Vec<_> =
                laid.sides[0].pages.iter().map(|placed| placed.clip.size.width).collect();
            if !right_to_left {
                widths.reverse();
            }
            assert!(widths[2] + Length::pt(4) < widths[1] && (widths[0] - widths[1]).abs() < Length(100));
        },
    );
}

#[test]
fn gate_folds_open_twice() {
    let page = Size::mm(105.0, 148.0);
    each(BindingKind::Leaflet(LeafletFold::Gate), page, a(3), 5..=8, |laid, sheets, count, right_to_left| {
        // The inside up, from left to right, or the way that is read.
        let mut inside = sheets[0].clone();
        inside.iter_mut().for_each(|panel| panel.turn_about_x(Length::ZERO));
        let mut inside = down_columns(inside, right_to_left);
        let opened: Vec<_> = inside.iter().map(|panel| panel.seen(true)).collect();
        // The outer panels folded in: their outsides are seen above the middle ones.
        let edge = |a: usize, b: usize| middle(inside[a].centre().x, inside[b].centre().x);
        let (near, far) = (edge(0, 1), edge(2, 3));
        inside[0].turn_about_x(near);
        inside[3].turn_about_x(far);
        assert!((inside[0].centre().x - inside[1].centre().x).abs() < Length::pt(4));
        let flaps = [inside[0].seen(true), inside[3].seen(true)];
        // Folded in the middle, the first half over the second.
        let (cover, back) = (inside[1].seen(false), inside[2].seen(false));
        let order: Vec<_> = [cover].into_iter().chain(flaps).chain(opened).chain([back]).collect();
        assert_eq!(order, expected(count, 8));
        assert_eq!(in_hand(laid, false), order);
        // Folded in, the flaps come near each other and do not overlap. A flap is what lies between the
        // edge of the trim and its neighbour, a middle panel what its own clip says.
        let (side, pages) = (&laid.sides[0], &laid.sides[0].pages);
        let flaps = [pages[1].clip.origin.x - side.trim.origin.x, side.trim.right() - pages[2].clip.right()];
        let gap = pages[1].clip.size.width + pages[2].clip.size.width - flaps[0] - flaps[1];
        assert!(gap > Length::pt(2) && gap < Length::from_mm(4.1), "{gap} between the flaps");
        assert!((flaps[0] - flaps[1]).abs() < Length(10), "they meet in the middle");
    });
}

#[test]
fn zigzags_are_leafed_through() {
    for panels_wanted in [None, Some(4), Some(7)] {
        let fold = LeafletFold::Accordion { panels: panels_wanted };
        let sheet = Size::mm(2000.0, 148.0);
        let (least, most) = panels_wanted.map_or((3, 24), |n| (n as usize + 1, 2 * n as usize));
        each(BindingKind::Leaflet(fold), a(6), sheet, least..=most, |laid, sheets, count, right_to_left| {
            let order = leaf_through_zigzag(&sheets[0], right_to_left);
            assert_eq!(order, expected(count, 2 * sheets[0].len()));
            assert_eq!(in_hand(laid, false), order);
        });
    }
    let z = BindingKind::Leaflet(LeafletFold::Z);
    each(z, Size::mm(99.0, 210.0), a(4), 4..=6, |_, sheets, count, right_to_left| {
        assert_eq!(leaf_through_zigzag(&sheets[0], right_to_left), expected(count, 6));
    });
}

/// Folds a strip in zigzag with the cover on top, and opens one fold after the other.
fn leaf_through_zigzag(sheet: &[Piece], right_to_left: bool) -> Vec<Option<usize>> {
    let mut pile = panels(sheet, right_to_left);
    let mut hinges = Vec::new();
    for panel in 1..pile.len() {
        // All that follows is folded under at the next hinge.
        let hinge = middle(pile[panel - 1].centre().x, pile[panel].centre().x);
        pile[panel..].iter_mut().for_each(|piece| piece.turn_about_x(hinge));
        hinges.push(hinge < pile[panel].centre().x);
    }
    let mut order = vec![pile[0].seen(true)];
    for (pair, left_hinge) in pile.windows(2).zip(hinges) {
        // Opened at a hinge on the left, the upper panel comes to lie left of the lower one.
        let (upper, lower) = (pair[0].seen(false), pair[1].seen(true));
        let (left, right) = if left_hinge { (upper, lower) } else { (lower, upper) };
        order.extend(if right_to_left { [right, left] } else { [left, right] });
    }
    order.extend(pile.last().map(|panel| panel.seen(false)));
    order
}
