//! Every binding, proved by hand: sheets printed, turned over, cut, stacked, folded and leafed through.
//!
//! The paper of `paper.rs` is printed twice: from the sides that imposition gives, for every count, spine
//! and way to turn the sheet; and, for some counts, from the finished PDF, read back by `sheetreader.rs`.

use booklet::diagnostic::Report;
use booklet::impose::{Binding, Held, Job, PageRef, Sheets, held, impose};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{BindingKind, Blanks, Creep, CreepDirection, Flip, SheetFold, Stacker};
use booklet::pdf;
use booklet::typeset::frame::{Ink, Pages};

use super::imposition::pages;
use super::paper::{
    Face, Part, Piece, Printed, cut_into_spreads, down_columns, expected, fold_sheet, fold_under,
    leaf_through, nest, print,
};
use super::sheetreader;
use crate::typeset::handset;

pub fn job(kind: BindingKind, sheet: Size, flip: Flip) -> Binding {
    Binding::Print(Job::new(kind, sheet, flip))
}

/// Ways to get both sides of paper printed.
pub const FLIPS: [Flip; 4] =
    [Flip::ShortEdge, Flip::LongEdge, Flip::Manual(Stacker::FaceDown), Flip::Manual(Stacker::FaceUp)];

/// Does something with the printed sheets of a binding for every count, flip and spine: as laid out, and
/// for the first counts, one in the middle and the last also as the PDF has them.
pub fn each(
    kind: BindingKind,
    page: Size,
    sheet: Size,
    counts: std::ops::RangeInclusive<usize>,
    act: impl Fn(&Sheets<'_>, Vec<Vec<Piece>>, usize, bool),
) {
    let (least, most) = (*counts.start(), *counts.end());
    let rendered = [least, least + 1, (least + most) / 2, most.min(40)];
    for count in counts {
        for right_to_left in [false, true] {
            let mut pages = pages(count, page, right_to_left);
            let artwork = rendered.contains(&count).then(|| {
                number(&mut pages);
                pdf::draw(&pages, &handset::document(), &[Ink::Black])
            });
            for flip in FLIPS {
                let mut report = Report::new();
                let sheets = impose(&pages, &job(kind, sheet, flip), None, &mut report);
                assert!(report.diagnostics().is_empty(), "{kind:?} {count}: {:?}", report.diagnostics());
                let one_sided = sheets.papers == sheets.sides.len();
                let faces: Vec<Face> = sheets.sides.iter().map(Face::new).collect();
                if let Some(artwork) = &artwork {
                    let file = pdf::write(&sheets, artwork, &handset::identity(), Ink::Black);
                    act(&sheets, print(read_back(&file, &sheets), flip, one_sided), count, right_to_left);
                }
                let printed = print(faces, flip, one_sided);
                assert_eq!(printed.len(), sheets.papers);
                act(&sheets, printed, count, right_to_left);
            }
        }
    }
}

/// The pages as they are shown in one's hand: if they are bound the cover alone, then two by two, and last
/// the back cover alone; otherwise each by itself.
pub fn in_hand(sheets: &Sheets<'_>, bound: bool) -> Vec<Option<usize>> {
    let held = held(sheets);
    let last = held.len() - 1;
    for (opening, Held { first, second }) in held.iter().enumerate() {
        let there = (first.is_some(), second.is_some());
        let expected = match opening {
            _ if !bound => (true, false),
            0 => (false, true),
            _ if opening == last => (true, false),
            _ => (true, true),
        };
        assert_eq!(there, expected, "{held:?}");
    }
    let own = sheets.pages.pages.len();
    let shown = held.into_iter().flat_map(|held| [held.first, held.second]).flatten();
    shown.map(|page| page.index(own)).collect()
}

/// Where on a page its number stands, from its upper left corner to the right and down.
const NUMBER: (i64, i64) = (90, 70);

/// Prints on every page its number.
fn number(pages: &mut Pages) {
    pages.faces = handset::faces();
    for (index, page) in pages.pages.iter_mut().enumerate() {
        page.items.push(handset::text(NUMBER.0, NUMBER.1, &(index + 1).to_string()));
    }
}

/// What a print PDF puts on its sides: paper as it was planned, ink as it is found in the file.
fn read_back(file: &[u8], sheets: &Sheets<'_>) -> Vec<Face> {
    let seen = sheetreader::sides(file);
    assert_eq!(seen.len(), sheets.sides.len());
    let face = |(side, seen): (&booklet::impose::Side, &sheetreader::SideSeen)| {
        let thousandths = |points: f64| (points * 1000.0).round() as i64;
        assert_eq!(thousandths(seen.width), thousandths(side.size.width.to_pt()), "the sheet's exact size");
        assert_eq!(thousandths(seen.height), thousandths(side.size.height.to_pt()));
        let mut printed: Vec<Printed> = seen
            .texts
            .iter()
            .map(|text| {
                let number: usize = text.text.parse().expect("a page's number");
                let size = sheets.pages.pages[number - 1].size;
                let sign = match text.along {
                    (1.0, 0.0) => 1,
                    (-1.0, 0.0) => -1,
                    along => panic!("page {number} runs along {along:?}"),
                };
                let origin = Point::new(Length::from_pt(text.origin.0), Length::from_pt(text.origin.1));
                let (right, down) = (Length::pt(NUMBER.0) * sign, Length::pt(NUMBER.1) * sign);
                let top_left = Point::new(origin.x - right, origin.y - down);
                let bottom_right = top_left + Point::new(size.width * sign, size.height * sign);
                // Nothing of the page is cut off.
                let [left, top, right, bottom] = text.clip.map(Length::from_pt);
                let hair = Length(Length::PER_POINT / 100);
                let most = sheets.creep + hair + WIDER;
                assert!(top_left.x.min(bottom_right.x) >= left - most && left >= -hair);
                assert!(top_left.x.max(bottom_right.x) <= right + most && right <= side.size.width + hair);
                assert!(top_left.y.min(bottom_right.y) >= top - hair && top >= -hair);
                assert!(top_left.y.max(bottom_right.y) <= bottom + hair);
                let clip = (Point::new(left, top), Point::new(right, bottom));
                Printed { page: Some(number - 1), top_left, bottom_right, clip }
            })
            .collect();
        let mut planned: Vec<_> = side.pages.iter().filter_map(|placed| placed.page.own()).collect();
        let mut found: Vec<_> = printed.iter().filter_map(|printed| printed.page).collect();
        planned.sort();
        found.sort();
        assert_eq!(found, planned);
        printed.extend(side.pages.iter().filter(|placed| placed.page == PageRef::Blank).map(Printed::new));
        Face { size: side.size, pages: printed }
    };
    sheets.sides.iter().zip(&seen).map(face).collect()
}

#[test]
fn creep_is_in_the_pdf_to_the_thousandth_of_a_point() {
    let mut pages = pages(80, a(5), false);
    number(&mut pages);
    let creep = Creep { paper: Length::from_mm(0.1), direction: CreepDirection::Inward };
    let binding = Binding::Print(Job { creep, ..Job::new(BindingKind::Saddle, a(4), Flip::ShortEdge) });
    let sheets = impose(&pages, &binding, None, &mut Report::new());
    let file = pdf::write(
        &sheets,
        &pdf::draw(&pages, &handset::document(), &[Ink::Black]),
        &handset::identity(),
        Ink::Black,
    );
    let seen = sheetreader::sides(&file);
    let fold = 841.890 / 2.0;
    for (side, page, depth) in
        [(0, "1", 0.0), (1, "2", 0.0), (19, "20", 9.0), (38, "39", 19.0), (39, "40", 19.0)]
    {
        let text = seen[side].texts.iter().find(|text| text.text == page).expect("the page");
        let moved = depth * 0.1 * 72.0 / 25.4;
        let recto = fold - moved + NUMBER.0 as f64;
        let verso = fold + moved - 148.0 * 72.0 / 25.4 + NUMBER.0 as f64;
        let place = if side % 2 == 0 { recto } else { verso };
        assert!((text.origin.0 - place).abs() < 0.0015, "page {page}: {} {place}", text.origin.0);
    }
}

#[test]
fn pages_are_scaled_only_if_asked() {
    for (page, sheet, factor) in
        [(a(5), a(5), 0.5_f64.sqrt()), (a(5), a(3), 2.0_f64.sqrt()), (a(5), a(4), 1.0)]
    {
        let mut pages = pages(8, page, false);
        number(&mut pages);
        let job = Job { scale: true, ..Job::new(BindingKind::Saddle, sheet, Flip::ShortEdge) };
        let mut report = Report::new();
        let sheets = impose(&pages, &Binding::Print(job), None, &mut report);
        assert!(report.diagnostics().is_empty());
        let file = pdf::write(
            &sheets,
            &pdf::draw(&pages, &handset::document(), &[Ink::Black]),
            &handset::identity(),
            Ink::Black,
        );
        for side in sheetreader::sides(&file) {
            for text in side.texts {
                assert!((text.along.0 - factor).abs() < 0.01, "{:?} for {factor}", text.along);
                let recto = text.text.parse::<usize>().unwrap() % 2 == 1;
                let left = if recto {
                    side.width / 2.0
                } else {
                    side.width / 2.0 - page.width.to_pt() * text.along.0
                };
                assert!((text.origin.0 - left - NUMBER.0 as f64 * text.along.0).abs() < 0.05);
            }
        }
        let plain = impose(&pages, &job_of(sheet), None, &mut report);
        assert_eq!(plain.sides.is_empty(), sheet == a(5), "never without being asked");
    }
}

fn job_of(sheet: Size) -> Binding {
    job(BindingKind::Saddle, sheet, Flip::ShortEdge)
}

#[test]
fn spread_blanks_are_whole_leaves_behind_the_cover() {
    for count in 4..=64 {
        for (kind, sheet, places) in
            [(BindingKind::Saddle, a(5), 4), (BindingKind::Folded(SheetFold::Octavo), a(3), 16)]
        {
            let pages = pages(count, a(6), false);
            let job = Job { blanks: Blanks::Spread, ..Job::new(kind, sheet, Flip::ShortEdge) };
            let sheets = impose(&pages, &Binding::Print(job), None, &mut Report::new());
            let faces = sheets.sides.iter().map(Face::new).collect();
            let folded =
                print(faces, Flip::ShortEdge, false).into_iter().map(|sheet| fold_sheet(sheet, false));
            let book = if places == 4 { nest(folded) } else { folded.flatten().collect() };
            let order = leaf_through(&book);
            assert_eq!(in_hand(&sheets, true), order);
            let said: Vec<usize> = order.iter().flatten().copied().collect();
            assert_eq!(said, (0..count).collect::<Vec<_>>());
            assert_eq!(order.last(), Some(&Some(count - 1)), "the back cover stays outside");
            let blanks = order.len() - count;
            let front = order.iter().skip(2).take_while(|page| page.is_none()).count();
            assert!(front % 2 == 0 && front.abs_diff(blanks - front) <= 2, "{count}: {order:?}");
            assert!(order.iter().take(2).all(Option::is_some));
        }
    }
}

/// Panels that are folded in are narrower than a page by twice 1 mm, and a page lies in their middle.
const WIDER: Length = Length(190_000);

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
        each(BindingKind::Single, page, sheet, 1..=128, |laid, sheets, count, _| {
            assert_eq!(leaf_through(&sheets.concat()), expected(count, count.div_ceil(2) * 2));
            assert_eq!(in_hand(laid, false), leaf_through(&sheets.concat()));
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
            assert_eq!(in_hand(laid, true), leaf_through(&book), "{kind:?} {count}");
            assert_eq!(laid.leaves, book.len());
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
        each(BindingKind::CutStack { up }, page, sheet, 1..=128, |laid, sheets, count, right_to_left| {
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
            assert_eq!(in_hand(laid, true), order);
            assert!(blank_leaves.iter().all(Option::is_none));
        });
    }
}

#[test]
fn copies_cut_apart_are_whole_booklets() {
    for (page, sheet, copies) in [(a(6), a(4), 4), (a(7), a(4), 8), (a(6), a(3), 8)] {
        each(BindingKind::Copies { up: None }, page, sheet, 1..=2, |laid, sheets, count, _| {
            assert_eq!((laid.papers, sheets[0].len()), (1, copies));
            assert_eq!(in_hand(laid, false), expected(count, count));
            for flyer in &sheets[0] {
                assert_eq!(flyer.seen(true), Some(0));
                assert_eq!(flyer.back.map(|_| flyer.seen(false)), (count == 2).then_some(Some(1)));
            }
        });
        each(BindingKind::Copies { up: None }, page, sheet, 3..=128, |laid, sheets, count, right_to_left| {
            let cut: Vec<_> =
                sheets.into_iter().map(|sheet| cut_into_spreads(sheet, right_to_left)).collect();
            assert_eq!(cut[0].len(), copies / 2);
            for copy in 0..copies / 2 {
                let spreads = cut.iter().map(|spreads| fold_sheet(spreads[copy].clone(), right_to_left));
                let copy = leaf_through(&nest(spreads));
                assert_eq!(copy, expected(count, cut.len() * 4));
                assert_eq!(in_hand(laid, true), copy, "one copy, however many there are");
                assert_eq!(laid.leaves, copy.len() / 2);
            }
        });
    }
}

#[test]
fn cards_have_one_back() {
    each(BindingKind::Cards, a(7), a(4), 1..=40, |laid, sheets, count, _| {
        assert_eq!(in_hand(laid, false), expected(count, count));
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
    each(BindingKind::Mini, a(7), a(4), 1..=8, |laid, sheets, count, right_to_left| {
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
        assert_eq!(in_hand(laid, true), order);
    });
}

#[test]
fn sixteen_mini_pages_are_four_spreads() {
    each(BindingKind::Mini, a(7), a(4), 9..=16, |laid, mut sheets, count, right_to_left| {
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
        let booklet = leaf_through(&nest(booklet));
        assert_eq!(booklet, expected(count, count.div_ceil(4) * 4));
        assert_eq!(in_hand(laid, true), booklet);
    });
}
