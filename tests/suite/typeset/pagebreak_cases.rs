//! Page breaks by example: widows, stranded headings, notes that go on, and where a figure may float.

use booklet::typeset::block::spacing::Motion;
use booklet::typeset::page::pagebreak::{Column, PageSide, paginate};

use super::pagebreak::{LINE, check_whole, figure, frame, note, paragraph};

/// A paragraph that would leave its last line alone on the next page lends it a second one.
#[test]
fn no_widow() {
    let mut column = Column::default();
    column.parts.push(paragraph(11, &[], &[], 0, 0, false));
    column.parts.push(paragraph(8, &[], &[], 0, 0, false));
    let plans = paginate(&column, &frame(10), PageSide::Recto);
    assert_eq!(plans[0].slices[0].to, 9, "two lines go over");
}

/// A heading at the foot goes over with the two lines it needs.
#[test]
fn no_stranded_heading() {
    let mut column = Column::default();
    column.parts.push(paragraph(7, &[], &[], 0, 0, false));
    let mut heading = paragraph(1, &[], &[], 1, 1, false);
    heading.first = 1;
    column.parts.push(heading);
    let mut next = paragraph(9, &[], &[], 0, 0, false);
    next.spacing.keep = true;
    column.parts.push(next);
    let plans = paginate(&column, &frame(10), PageSide::Recto);
    assert_eq!(plans[1].slices[0].part, 1, "the heading begins the second page");
}

/// A note higher than three pages still begins on its mark's page and is all there.
#[test]
fn endless_note() {
    let mut column = Column::default();
    column.parts.push(paragraph(6, &[], &[1], 0, 0, false));
    column.parts.push(paragraph(6, &[], &[], 0, 0, false));
    column.notes.push(note(50));
    let plans = paginate(&column, &frame(10), PageSide::Recto);
    assert_eq!(plans[0].notes[0].from, 0);
    check_whole(&column, &plans);
}

/// A strip higher than the page is placed, and said to be.
#[test]
fn strip_higher_than_a_page() {
    let mut column = Column::default();
    let mut tall = paragraph(1, &[], &[], 0, 0, false);
    tall.settings[0].strips[0].height = LINE * 15;
    column.parts.push(tall);
    column.parts.push(paragraph(3, &[], &[], 0, 0, false));
    let plans = paginate(&column, &frame(10), PageSide::Recto);
    assert!(plans[0].faults.overfull);
    check_whole(&column, &plans);
}

/// A figure that does not fit at a foot no longer leaves a hole there: the text goes on, and the figure
/// stands at the head of the next page.
#[test]
fn a_figure_floats_to_the_next_head() {
    let mut column = Column::default();
    column.parts.push(paragraph(6, &[], &[], 0, 0, false));
    column.parts.push(figure(5, 1, 0));
    column.parts.push(paragraph(6, &[], &[], 1, 0, false));
    let plans = paginate(&column, &frame(10), PageSide::Verso);
    let pages: Vec<Vec<(usize, usize, usize)>> =
        plans.iter().map(|p| p.slices.iter().map(|s| (s.part, s.from, s.to)).collect()).collect();
    assert_eq!(pages, [vec![(0, 0, 6), (2, 0, 4)], vec![(1, 0, 1), (2, 4, 6)]]);
    assert_eq!(plans[0].slices[1].y, LINE * 6, "no gap where the figure would have stood");
    check_whole(&column, &plans);
}

/// A figure stays in its section.
#[test]
fn no_figure_floats_past_a_heading() {
    let mut column = Column::default();
    column.parts.push(paragraph(6, &[], &[], 0, 0, false));
    column.parts.push(figure(5, 1, 0));
    let mut heading = paragraph(1, &[], &[], 1, 0, false);
    heading.spacing.motion = Motion::Bars;
    column.parts.push(heading);
    column.parts.push(paragraph(4, &[], &[], 0, 0, true));
    let plans = paginate(&column, &frame(10), PageSide::Verso);
    let order: Vec<usize> = plans.iter().flat_map(|p| p.slices.iter().map(|s| s.part)).collect();
    assert!(order.windows(2).all(|w| w[0] <= w[1]), "{order:?}");
}

/// The rest of a note no longer takes a page of its own where an earlier break would have saved it.
#[test]
fn no_page_for_the_rest_of_a_note() {
    let mut column = Column::default();
    column.parts.push(paragraph(1, &[], &[], 0, 0, false));
    column.parts.push(paragraph(3, &[], &[0, 0], 0, 0, false));
    column.notes = vec![note(1), note(4)];
    let plans = paginate(&column, &frame(8), PageSide::Verso);
    assert!(plans.iter().all(|p| !p.slices.is_empty()), "{plans:?}");
    check_whole(&column, &plans);
}

/// A full page no longer leads to a paragraph that must be parted.
#[test]
fn no_fault_for_the_sake_of_a_full_page() {
    let mut column = Column::default();
    column.parts.push(paragraph(1, &[], &[], 0, 0, false));
    column.parts.push(paragraph(1, &[], &[0], 0, 0, false));
    column.parts.push(paragraph(3, &[], &[], 0, 0, true));
    column.parts.push(paragraph(3, &[], &[0, 0], 0, 0, false));
    column.notes = vec![note(4), note(1), note(3)];
    let plans = paginate(&column, &frame(8), PageSide::Verso);
    assert!(plans.iter().all(|p| !p.faults.parted && !p.slices.is_empty()), "{plans:?}");
    check_whole(&column, &plans);
}

/// Where each line calls a dozen notes, notes lag behind the text in more ways than anybody could try: the search
/// ends all the same, and every note is set once, in order.
#[test]
fn notes_that_lag_behind_by_thousands_are_all_set_without_every_way_being_tried() {
    let mut column = Column::default();
    let calls: Vec<usize> = (0..500 * 12).map(|note| note / 12).collect();
    column.notes.extend(calls.iter().map(|_| note(1)));
    column.parts.push(paragraph(500, &[(1, 100), (-1, 100)], &calls, 0, 0, false));
    let plans = paginate(&column, &frame(40), PageSide::Recto);
    let set: Vec<usize> = plans.iter().flat_map(|plan| plan.notes.iter().map(|slice| slice.note)).collect();
    assert_eq!(set, (0..calls.len()).collect::<Vec<_>>());
}
