//! Every binding, proved by hand: sheets printed, turned over, cut, stacked, folded and leafed through.
//!
//! What is here knows paper, not page orders. A sheet is pieces that have two faces; a fold takes those
//! on one side of a line over or under the others; a knife parts them; a reader sees the upper face of a
//! leaf, turns it about the spine and sees the other. Each page's corners travel along, so that a page
//! that does not come to lie upright is found out.

use booklet::diagnostic::Report;
use booklet::impose::{Binding, Job, PlacedPage, Sheets, Side, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{BindingKind, Flip, LeafletFold, SheetFold, Stacker};

use super::imposition::pages;

/// A page on a face, by two of its corners on the paper (as its front is looked at).
#[derive(Debug, Clone, Copy)]
pub struct Printed {
    pub page: Option<usize>,
    top_left: Point,
    bottom_right: Point,
}

/// A part of a sheet that is neither cut nor folded itself.
#[derive(Debug, Clone)]
pub struct Piece {
    pub front: Printed,
    pub back: Option<Printed>,
    /// Where paper has come to: x ↦ x·sign + offset, and y alike.
    x: (i64, Length),
    y: (i64, Length),
    front_up: bool,
}

pub fn middle(a: Length, b: Length) -> Length {
    (a + b) / 2
}

impl Printed {
    fn new(placed: &PlacedPage) -> Self {
        let Size { width, height } = placed.size;
        let diagonal = match placed.quarter_turns {
            0 => Point::new(width, height),
            2 => Point::new(-width, -height),
            turns => panic!("{turns} quarter turns"),
        };
        Self { page: placed.page, top_left: placed.at, bottom_right: placed.at + diagonal }
    }
    fn centre(&self) -> Point {
        Point::new(middle(self.top_left.x, self.bottom_right.x), middle(self.top_left.y, self.bottom_right.y))
    }
    fn through(self, on_paper: impl Fn(Point) -> Point) -> Self {
        Self { top_left: on_paper(self.top_left), bottom_right: on_paper(self.bottom_right), ..self }
    }
}

impl Piece {
    fn now(&self, at: Point) -> Point {
        Point::new(at.x * self.x.0 + self.x.1, at.y * self.y.0 + self.y.1)
    }
    pub fn centre(&self) -> Point {
        self.now(self.front.centre())
    }
    pub fn turn_about_x(&mut self, at: Length) {
        self.x = (-self.x.0, at * 2 - self.x.1);
        self.front_up = !self.front_up;
    }
    fn turn_about_y(&mut self, at: Length) {
        self.y = (-self.y.0, at * 2 - self.y.1);
        self.front_up = !self.front_up;
    }
    /// What is seen from above, or from below when the leaf is turned like that of a book.
    pub fn seen(&self, above: bool) -> Option<usize> {
        let printed = if self.front_up == above { Some(self.front) } else { self.back };
        let printed = printed.expect("a printed face");
        let (from, to) = (self.now(printed.top_left), self.now(printed.bottom_right));
        let to_the_right = if above { from.x < to.x } else { from.x > to.x };
        assert!(to_the_right && from.y < to.y, "page {:?} is not upright", printed.page);
        printed.page
    }
}

/// Prints: for the back the sheet is turned on one of its edges, and what lies at a place of the back's
/// picture comes to lie at the mirrored place of the paper. Every back has to lie behind a front.
fn print(sheets: &Sheets<'_>, flip: Flip, one_sided: bool) -> Vec<Vec<Piece>> {
    let piece = |front: &PlacedPage, back: Option<&Side>| {
        let front = Printed::new(front);
        let back = back.map(|side| {
            let size = side.size;
            let upright_axis = (flip == Flip::ShortEdge) == (size.width > size.height);
            let through = |at: Point| match upright_axis {
                true => Point::new(size.width - at.x, at.y),
                false => Point::new(at.x, size.height - at.y),
            };
            let here = |printed: &Printed| {
                let (a, b) = (printed.centre(), front.centre());
                (a.x - b.x).abs().max((a.y - b.y).abs()) < Length(10)
            };
            let mut backs = side.pages.iter().map(|placed| Printed::new(placed).through(through));
            backs.find(here).expect("a page behind the page")
        });
        let still = (1, Length::ZERO);
        Piece { front, back, x: still, y: still, front_up: true }
    };
    let sheet = |sides: &[Side]| {
        assert!(sides.iter().all(|side| side.pages.len() == sides[0].pages.len()));
        sides[0].pages.iter().map(|placed| piece(placed, sides.get(1))).collect()
    };
    sheets.sides.chunks(if one_sided { 1 } else { 2 }).map(sheet).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Left,
    Right,
    Upper,
}

/// Folds a pile (topmost piece first) in half, one part under the other.
fn fold_under(pile: Vec<Piece>, part: Part) -> Vec<Piece> {
    let along = |p: &Piece| if part == Part::Upper { p.centre().y } else { p.centre().x };
    let least = pile.iter().map(along).min().unwrap();
    let most = pile.iter().map(along).max().unwrap();
    let line = middle(least, most);
    let moves = |p: &Piece| if part == Part::Right { along(p) > line } else { along(p) < line };
    let (mut moving, mut pile): (Vec<_>, Vec<_>) = pile.into_iter().partition(moves);
    moving.reverse();
    for piece in &mut moving {
        if part == Part::Upper { piece.turn_about_y(line) } else { piece.turn_about_x(line) }
    }
    pile.extend(moving);
    pile
}

/// Leafs through a pile that is bound at its edge.
fn leaf_through(pile: &[Piece]) -> Vec<Option<usize>> {
    let (x, y) = (pile[0].centre().x, pile[0].centre().y);
    for piece in pile {
        let at = piece.centre();
        assert!((at.x - x).abs() < Length(100) && (at.y - y).abs() < Length(100), "leaves lie on each other");
    }
    pile.iter().flat_map(|piece| [piece.seen(true), piece.seen(false)]).collect()
}

/// Lays folded sheets inside each other, the first outermost.
fn nest(sheets: impl IntoIterator<Item = Vec<Piece>>) -> Vec<Piece> {
    let mut section: Vec<Piece> = Vec::new();
    for sheet in sheets {
        let inside = section.len() / 2;
        section.splice(inside..inside, sheet);
    }
    section
}

/// Pieces of a sheet down its columns, the columns in reading direction.
pub fn down_columns(mut sheet: Vec<Piece>, right_to_left: bool) -> Vec<Piece> {
    sheet.sort_by_key(|piece| {
        let Point { x, y } = piece.centre();
        (if right_to_left { -x } else { x }, y)
    });
    sheet
}

/// Cuts sheets into spreads, and counts them down the columns: each is a left and a right piece.
fn cut_into_spreads(sheet: Vec<Piece>, right_to_left: bool) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Length> = sheet.iter().map(|piece| piece.centre().y).collect();
    rows.sort();
    rows.dedup();
    let ordered = down_columns(sheet, right_to_left);
    let columns: Vec<Vec<Piece>> = ordered.chunks(rows.len()).map(<[Piece]>::to_vec).collect();
    let spread = |pair: &[Vec<Piece>], row: usize| vec![pair[0][row].clone(), pair[1][row].clone()];
    columns
        .chunks(2)
        .flat_map(|pair| (0..rows.len()).map(|row| spread(pair, row)).collect::<Vec<_>>())
        .collect()
}

/// 1…n in order, blanks only before the last, in so many places.
pub fn expected(count: usize, places: usize) -> Vec<Option<usize>> {
    let mut order: Vec<Option<usize>> = (0..count).map(Some).collect();
    let last = if count > 1 { order.pop() } else { None };
    order.resize(places - usize::from(last.is_some()), None);
    order.extend(last);
    order
}

/// Folds a folio's, a quarto's or an octavo's sheet.
fn fold_sheet(sheet: Vec<Piece>, right_to_left: bool) -> Vec<Piece> {
    let side = if right_to_left { Part::Right } else { Part::Left };
    match sheet.len() {
        2 => fold_under(sheet, side),
        4 => fold_under(fold_under(sheet, Part::Upper), side),
        8 => fold_under(fold_under(fold_under(sheet, side), Part::Upper), side),
        cells => panic!("{cells} cells"),
    }
}

pub fn job(kind: BindingKind, sheet: Size, flip: Flip) -> Binding {
    let (paper, unprintable) = (Length::ZERO, Length::ZERO);
    Binding::Print(Job { kind, sheet, flip, paper, marks: Vec::new(), unprintable })
}

/// Does something with the sheets of a binding for every count, flip and spine.
pub fn each(
    kind: BindingKind,
    page: Size,
    sheet: Size,
    counts: std::ops::RangeInclusive<usize>,
    act: impl Fn(&Sheets<'_>, Vec<Vec<Piece>>, usize, bool),
) {
    for count in counts {
        for flip in [Flip::ShortEdge, Flip::LongEdge] {
            for right_to_left in [false, true] {
                let pages = pages(count, page, right_to_left);
                let mut report = Report::new();
                let sheets = impose(&pages, &job(kind, sheet, flip), None, &mut report);
                assert!(report.diagnostics().is_empty(), "{kind:?} {count}: {:?}", report.diagnostics());
                let one_sided = sheets.papers == sheets.sides.len();
                let printed = print(&sheets, flip, one_sided);
                assert_eq!(printed.len(), sheets.papers);
                act(&sheets, printed, count, right_to_left);
            }
        }
    }
}

pub fn a(number: u8) -> Size {
    match number {
        3 => Size::mm(297.0, 420.0),
        4 => Size::mm(210.0, 297.0),
        5 => Size::mm(148.0, 210.0),
        6 => Size::mm(105.0, 148.0),
        7 => Size::mm(74.0, 105.0),
        _ => panic!("A{number}"),
    }
}

#[test]
fn single_leaves_read_in_order() {
    for (page, sheet) in [(a(4), a(4)), (a(5), a(4)), (a(6), Size::mm(300.0, 200.0))] {
        each(BindingKind::Single, page, sheet, 1..=128, |_, sheets, count, _| {
            assert_eq!(leaf_through(&sheets.concat()), expected(count, count.div_ceil(2) * 2));
        });
    }
}

#[test]
fn gathered_sections_read_in_order() {
    let folded = [
        (BindingKind::Saddle, a(5), a(4), 4, usize::MAX),
        (BindingKind::Perfect, a(5), a(4), 4, 1),
        (BindingKind::Sections { sheets: Some(4) }, a(5), Size::mm(450.0, 320.0), 4, 4),
        (BindingKind::Sections { sheets: None }, a(6), a(5), 4, 5),
        (BindingKind::Folded(SheetFold::Quarto), a(6), a(4), 8, 1),
        (BindingKind::Folded(SheetFold::NestedQuartos), a(5), Size::mm(320.0, 450.0), 8, 2),
        (BindingKind::Folded(SheetFold::Octavo), a(6), a(3), 16, 1),
    ];
    for (kind, page, sheet, places, most) in folded {
        each(kind, page, sheet, 1..=128, |laid, sheets, count, right_to_left| {
            let (thin, thick) = (laid.sections.iter().min().unwrap(), laid.sections.iter().max().unwrap());
            assert!(thick - thin <= 1 && *thick <= most, "no section is much thinner: {:?}", laid.sections);
            assert_eq!(sheets.len(), count.div_ceil(places), "no sheet more than needed");
            let mut sheets = sheets.into_iter();
            let mut book = Vec::new();
            for &section in &laid.sections {
                let section = sheets.by_ref().take(section);
                book.extend(nest(section.map(|sheet| fold_sheet(sheet, right_to_left))));
            }
            assert_eq!(leaf_through(&book), expected(count, laid.papers * places), "{kind:?} {count}");
        });
    }
}

#[test]
fn cut_piles_put_on_each_other_read_in_order() {
    for (up, page, sheet) in [
        (2, a(5), a(4)),
        (4, a(6), a(4)),
        (8, a(7), a(4)),
        (16, a(7), a(3)),
        (2, Size::mm(200.0, 140.0), a(4)),
    ] {
        each(BindingKind::CutStack { up }, page, sheet, 1..=128, |_, sheets, count, right_to_left| {
            let leaves = count.div_ceil(2);
            assert_eq!(sheets.len(), leaves.div_ceil(up as usize), "no sheet more than needed");
            let sheets: Vec<_> = sheets.into_iter().map(|sheet| down_columns(sheet, right_to_left)).collect();
            let mut order = Vec::new();
            for pile in 0..up as usize {
                let pile: Vec<Piece> = sheets.iter().map(|sheet| sheet[pile].clone()).collect();
                order.extend(leaf_through(&pile));
            }
            let blank_leaves = order.split_off(2 * leaves);
            assert_eq!(order, expected(count, 2 * leaves));
            assert!(blank_leaves.iter().all(Option::is_none));
        });
    }
}

#[test]
fn copies_cut_apart_are_whole_booklets() {
    for (page, sheet, copies) in [(a(6), a(4), 4), (a(7), a(4), 8), (a(6), a(3), 8)] {
        each(BindingKind::Copies { up: None }, page, sheet, 1..=2, |laid, sheets, count, _| {
            assert_eq!((laid.papers, sheets[0].len()), (1, copies));
            for flyer in &sheets[0] {
                assert_eq!(flyer.seen(true), Some(0));
                assert_eq!(flyer.back.map(|_| flyer.seen(false)), (count == 2).then_some(Some(1)));
            }
        });
        each(BindingKind::Copies { up: None }, page, sheet, 3..=128, |_, sheets, count, right_to_left| {
            let cut: Vec<_> =
                sheets.into_iter().map(|sheet| cut_into_spreads(sheet, right_to_left)).collect();
            assert_eq!(cut[0].len(), copies / 2);
            for copy in 0..copies / 2 {
                let spreads = cut.iter().map(|spreads| fold_sheet(spreads[copy].clone(), right_to_left));
                assert_eq!(leaf_through(&nest(spreads)), expected(count, cut.len() * 4));
            }
        });
    }
}

#[test]
fn cards_have_one_back() {
    each(BindingKind::Cards, a(7), a(4), 1..=40, |_, sheets, count, _| {
        let cards: Vec<&Piece> = sheets.iter().flatten().filter(|card| card.front.page.is_some()).collect();
        let mut fronts: Vec<_> = cards.iter().map(|card| card.seen(true)).collect();
        fronts.sort();
        assert_eq!(fronts, (0..count.max(2) - 1).map(Some).collect::<Vec<_>>());
        if count > 1 {
            assert!(cards.iter().all(|card| card.seen(false) == Some(count - 1)));
        }
        assert_eq!(sheets.len(), fronts.len().div_ceil(8));
    });
}

#[test]
fn eight_mini_pages_fold_around_a_slit() {
    each(BindingKind::Mini, a(7), a(4), 1..=8, |_, sheets, count, right_to_left| {
        let columns = down_columns(sheets[0].clone(), right_to_left);
        assert_eq!((sheets.len(), columns.len()), (1, 8));
        let column = |at: usize| [columns[2 * at].clone(), columns[2 * at + 1].clone()];
        // The outer columns are folded over the middle of the sheet; in the middle two the slit parts
        // upper and lower panels, and as it is pushed open each pair folds against itself.
        let over = |panels: [Piece; 2]| {
            let [upper, lower] = panels;
            fold_under(vec![upper, lower], Part::Upper)
        };
        let ([upper_a, lower_a], [upper_b, lower_b]) = (column(1), column(2));
        let (part, other) = if right_to_left { (Part::Right, Part::Left) } else { (Part::Left, Part::Right) };
        let mut upper_row = fold_under(vec![upper_a, upper_b], part);
        for piece in &mut upper_row {
            // Looked at from the other side of the table.
            piece.x = (-piece.x.0, -piece.x.1);
            piece.y = (-piece.y.0, -piece.y.1);
        }
        let mut far_leaf = over(column(0));
        far_leaf.reverse();
        let leaves =
            [over(column(3)), upper_row, far_leaf, fold_under(vec![lower_a, lower_b], other)].concat();
        // Two panels make a leaf, their blank faces inside.
        assert!(leaves.chunks(2).all(|leaf| leaf[0].front_up != leaf[1].front_up));
        let order: Vec<_> = leaves.iter().map(|panel| panel.seen(panel.front_up)).collect();
        assert_eq!(order, expected(count, 8));
    });
}

#[test]
fn sixteen_mini_pages_are_four_spreads() {
    each(BindingKind::Mini, a(7), a(4), 9..=16, |_, mut sheets, count, right_to_left| {
        assert_eq!(sheets.len(), 1);
        let mut spreads = cut_into_spreads(sheets.remove(0), right_to_left);
        spreads.truncate(count.div_ceil(4));
        let mut booklet = Vec::new();
        for spread in spreads {
            let mut spread = fold_sheet(spread, right_to_left);
            // Carried to the others.
            let at = spread[0].centre();
            for piece in &mut spread {
                piece.x.1 -= at.x;
                piece.y.1 -= at.y;
            }
            booklet.push(spread);
        }
        assert_eq!(leaf_through(&nest(booklet)), expected(count, count.div_ceil(4) * 4));
    });
}

#[test]
fn stacks_turned_by_hand_get_each_sheet_its_own_back() {
    for stacker in [Stacker::FaceDown, Stacker::FaceUp] {
        for (kind, sheet) in [(BindingKind::Saddle, a(5)), (BindingKind::Folded(SheetFold::Quarto), a(4))] {
            for count in 1..=64 {
                let pages = pages(count, a(6), false);
                let binding = job(kind, sheet, Flip::Manual(stacker));
                let mut sheets = impose(&pages, &binding, None, &mut Report::new());
                // The first run; sheets fall on each other in the output tray.
                let second_run = sheets.sides.split_off(sheets.papers);
                let mut tray: Vec<Side> = Vec::new();
                for front in sheets.sides.drain(..) {
                    tray.insert(0, front);
                }
                // Lying face down, the blank sides are up already; face up, the stack is turned over.
                if stacker == Stacker::FaceUp {
                    tray.reverse();
                }
                // The second run takes them from the top.
                let mut printed: Vec<[Side; 2]> = tray.into_iter().zip(second_run).map(Into::into).collect();
                let first_is_outside = |pair: &[Side; 2]| pair[0].pages.iter().any(|p| p.page == Some(0));
                if !first_is_outside(&printed[0]) {
                    printed.reverse();
                }
                sheets.sides = printed.into_iter().flatten().collect();
                let wide = sheets.sides[0].size.width > sheets.sides[0].size.height;
                let turned = if wide { Flip::ShortEdge } else { Flip::LongEdge };
                let folded = print(&sheets, turned, false).into_iter().map(|sheet| fold_sheet(sheet, false));
                let places = sheets.papers * if kind == BindingKind::Saddle { 4 } else { 8 };
                let book =
                    if kind == BindingKind::Saddle { nest(folded) } else { folded.flatten().collect() };
                assert_eq!(leaf_through(&book), expected(count, places), "{kind:?} {stacker:?} {count}");
            }
        }
    }
}

#[test]
fn page_counts_that_do_not_suit_are_refused_with_what_would_do() {
    let accordion = LeafletFold::Accordion { panels: Some(10) };
    for (kind, count, says, hint) in [
        (BindingKind::Mini, 40, "room for 16 pages, and this booklet has 40", "saddle"),
        (BindingKind::Leaflet(LeafletFold::Gate), 3, "has 8 pages, and this booklet only 3", "saddle"),
        (BindingKind::Leaflet(LeafletFold::Letter), 1, "only 1 page", "copies"),
        (BindingKind::Leaflet(LeafletFold::Letter), 7, "room for 6 pages", "gate"),
        (BindingKind::Leaflet(accordion), 8, "has 20 pages", "fewer panels"),
    ] {
        let pages = pages(count, a(7), false);
        let mut report = Report::new();
        let sheets = impose(&pages, &job(kind, a(3), Flip::LongEdge), None, &mut report);
        let finding = &report.diagnostics()[0];
        assert!(sheets.sides.is_empty() && report.has_errors());
        assert!(finding.code.0 == "I004" && finding.message.contains(says), "{}", finding.message);
        assert!(finding.hints.iter().any(|h| h.contains(hint)), "{:?}", finding.hints);
    }
}
