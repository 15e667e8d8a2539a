//! Drawings of all that is no folding: printing, stacking, cutting, stapling, sewing, gluing.

use super::figure::{At, Figure, Sheet};

/// A printer with a sheet in it.
pub(super) fn print_one(figure: &mut Figure<'_, '_, '_>) {
    figure.paper(&[(36, 6), (64, 6), (64, 26), (36, 26)]);
    figure.tinted(&[(22, 24), (78, 24), (78, 44), (22, 44)]);
    figure.lines(&[(30, 37), (70, 37)]);
    figure.paper(&[(34, 38), (66, 38), (70, 60), (30, 60)]);
    for y in [43, 47, 51, 55] {
        figure.lines(&[(38, y), (62, y)]);
    }
    figure.arrow(&[(84, 36), (84, 56)]);
}

/// A sheet turned on its short edge, which is heavy.
pub(super) fn print_short(figure: &mut Figure<'_, '_, '_>) {
    let Sheet(x, y, w, h) = wide(figure);
    figure.heavy(&[(x, y), (x, y + h)]);
    figure.turn((x, y + h / 2), (w * 2 / 3, h / 2 + 7), 2, 10);
}

/// A sheet turned on its long edge.
pub(super) fn print_long(figure: &mut Figure<'_, '_, '_>) {
    let Sheet(x, y, w, h) = wide(figure);
    figure.heavy(&[(x, y), (x + w, y)]);
    figure.turn((x + w + 2, y), (14, h * 2 / 3), -5, 5);
}

fn wide(figure: &mut Figure<'_, '_, '_>) -> Sheet {
    let sheet = Sheet(30, 20, 54, 38);
    figure.paper(&sheet.corners());
    figure.print(sheet);
    sheet
}

/// The stack turned over between two runs.
pub(super) fn hand(figure: &mut Figure<'_, '_, '_>) {
    figure.stack(Sheet(10, 24, 30, 30), 3);
    figure.print(Sheet(10, 24, 30, 30));
    figure.stack(Sheet(64, 24, 30, 30), 3);
    figure.turn((52, 26), (24, 18), 11, 1);
}

/// A stack parted into smaller ones.
pub(super) fn sections(figure: &mut Figure<'_, '_, '_>) {
    for (index, x) in [8, 39, 70].into_iter().enumerate() {
        figure.stack(Sheet(x, 20, 24, 24), 3);
        figure.number(index + 1, (x + 12, 32));
    }
}

/// A folded part looked at from its head: its back at the left, open at the right.
fn folded(figure: &mut Figure<'_, '_, '_>, y: i64, height: i64) {
    let back: [At; 4] = [(26, y), (23, y + height / 3), (23, y + height * 2 / 3), (26, y + height)];
    let outline: Vec<At> = [(80, y)].into_iter().chain(back).chain([(80, y + height)]).collect();
    figure.paper(&outline);
    figure.lines(&[(27, y + height / 2), (80, y + height / 2)]);
}

/// Folded parts laid on each other.
pub(super) fn gather(figure: &mut Figure<'_, '_, '_>) {
    for (index, y) in [50, 40, 18].into_iter().enumerate() {
        folded(figure, y, 8);
        figure.number(3 - index, (90, y + 4));
    }
    figure.arrow(&[(52, 28), (52, 38)]);
}

fn block(figure: &mut Figure<'_, '_, '_>) {
    for y in [20, 28, 36] {
        folded(figure, y, 8);
    }
}

/// Sewn through the folds.
pub(super) fn sew(figure: &mut Figure<'_, '_, '_>) {
    block(figure);
    figure.heavy(&[(30, 24), (22, 24), (20, 28), (22, 32), (30, 32), (22, 32), (20, 36), (22, 40), (30, 40)]);
    figure.heavy(&[(22, 24), (14, 14), (10, 16)]);
}

/// Pressed, and glued at the back.
pub(super) fn glue(figure: &mut Figure<'_, '_, '_>) {
    block(figure);
    figure.staple((20, 19), (20, 45));
    figure.staple((18, 19), (18, 45));
    figure.arrow(&[(52, 4), (52, 17)]);
    figure.arrow(&[(52, 60), (52, 47)]);
}

/// A cover laid around.
pub(super) fn cover(figure: &mut Figure<'_, '_, '_>) {
    block(figure);
    figure.staple((84, 15), (19, 15));
    figure.staple((19, 15), (19, 49));
    figure.staple((19, 49), (84, 49));
    figure.arrow(&[(3, 32), (15, 32)]);
}

/// An open booklet like a roof, stapled on its ridge.
pub(super) fn staple(figure: &mut Figure<'_, '_, '_>) {
    figure.tinted(&[(30, 18), (82, 18), (92, 54), (40, 54)]);
    figure.paper(&[(10, 54), (30, 18), (82, 18), (62, 54)]);
    figure.lines(&[(62, 54), (64, 56), (83, 22)]);
    figure.lines(&[(64, 56), (66, 58), (85, 26)]);
    figure.staple((40, 18), (48, 18));
    figure.staple((64, 18), (72, 18));
    figure.arrow(&[(44, 4), (44, 14)]);
    figure.arrow(&[(68, 4), (68, 14)]);
}

/// A stack bound at its edge.
pub(super) fn edge(figure: &mut Figure<'_, '_, '_>) {
    figure.stack(Sheet(32, 8, 36, 48), 3);
    figure.print(Sheet(36, 8, 32, 48));
    for y in [16, 42] {
        figure.staple((34, y), (34, y + 7));
    }
}

/// Two folded parts, one going into the other, looked at from their heads.
pub(super) fn nest(figure: &mut Figure<'_, '_, '_>) {
    figure.heavy(&[(30, 12), (50, 56), (70, 12)]);
    figure.heavy(&[(38, 4), (50, 30), (62, 4)]);
    figure.arrow(&[(50, 33), (50, 47)]);
    figure.number(1, (76, 16));
    figure.number(2, (67, 6));
}

/// A folded part whose closed edges are cut.
pub(super) fn cut_open(figure: &mut Figure<'_, '_, '_>) {
    figure.stack(Sheet(34, 14, 34, 46), 2);
    figure.heavy(&[(34, 14), (34, 60)]);
    figure.cut((36, 12), (74, 12));
    figure.cut((70, 8), (70, 62));
}

/// A closed booklet whose front edge is cut.
pub(super) fn trim(figure: &mut Figure<'_, '_, '_>) {
    figure.stack(Sheet(34, 10, 34, 46), 2);
    figure.heavy(&[(34, 10), (34, 56)]);
    figure.cut((65, 10), (65, 60));
}

/// A sheet cut along its grid; parts are numbered down the columns if asked.
pub(super) fn cut_grid(figure: &mut Figure<'_, '_, '_>, columns: i64, rows: i64, numbered: bool) {
    let sheet = figure.sheet_within((62, 46));
    let Sheet(x, y, w, h) = Sheet(sheet.0, sheet.1 + 4, sheet.2, sheet.3);
    figure.stack(Sheet(x, y, w, h), 2);
    for column in 1..columns {
        figure.cut((x + w * column / columns, y - 2), (x + w * column / columns, y + h));
    }
    for row in 1..rows {
        figure.cut((x - 2, y + h * row / rows), (x + w, y + h * row / rows));
    }
    if numbered {
        for column in 0..columns {
            for row in 0..rows {
                let centre = (x + w * (2 * column + 1) / (2 * columns), y + h * (2 * row + 1) / (2 * rows));
                figure.number(usize::try_from(column * rows + row + 1).unwrap_or(0), centre);
            }
        }
    }
}

/// Piles put on each other.
pub(super) fn pile_up(figure: &mut Figure<'_, '_, '_>) {
    for (index, y) in [50, 40, 18].into_iter().enumerate() {
        figure.paper(&Sheet(26, y, 50, 8).corners());
        figure.lines(&[(26, y + 3), (76, y + 3)]);
        figure.lines(&[(26, y + 5), (76, y + 5)]);
        figure.number(3 - index, (86, y + 4));
    }
    figure.arrow(&[(51, 28), (51, 38)]);
}
