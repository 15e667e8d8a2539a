//! Drawings of folding: what moves, along which line, which way.

use super::figure::{Figure, Sheet};

/// A stack folded once in the middle, one half over the other.
pub(super) fn stack(figure: &mut Figure<'_, '_, '_>) {
    let sheet = figure.sheet_within((66, 40));
    let Sheet(x, y, w, h) = Sheet(sheet.0, sheet.1 + 5, sheet.2, sheet.3);
    figure.stack(Sheet(x, y, w, h), 3);
    figure.fold((x + w / 2, y - 3), (x + w / 2, y + h + 4));
    figure.turn((x + w / 2, y + h / 2), (w / 3, h / 2 + 5), 12, 2);
}

/// One sheet folded once.
pub(super) fn one(figure: &mut Figure<'_, '_, '_>) {
    let sheet = figure.sheet_within((66, 40));
    let Sheet(x, y, w, h) = Sheet(sheet.0, sheet.1 + 5, sheet.2, sheet.3);
    figure.paper(&Sheet(x, y, w, h).corners());
    figure.fold((x + w / 2, y - 3), (x + w / 2, y + h + 3));
    figure.turn((x + w / 2, y + h / 2), (w / 3, h / 2 + 5), 12, 2);
}

/// The upper half goes behind; the sheet has been folded so many times before.
pub(super) fn upper_behind(figure: &mut Figure<'_, '_, '_>) {
    let Sheet(x, y, w, h) = figure.sheet_within((56, 44));
    figure.paper(&Sheet(x, y, w, h).corners());
    figure.fold((x - 3, y + h / 2), (x + w + 3, y + h / 2));
    // Over the upper edge and down behind, which is seen beside the sheet.
    figure.turn((x + w + 2, y + h / 2), (13, h / 2 - 4), 6, -5);
}

/// The left half goes behind.
pub(super) fn left_behind(figure: &mut Figure<'_, '_, '_>) {
    let sheet = figure.sheet_within((56, 42));
    let Sheet(x, y, w, h) = Sheet(sheet.0, sheet.1 - 4, sheet.2, sheet.3);
    figure.paper(&Sheet(x, y, w, h).corners());
    figure.fold((x + w / 2, y - 3), (x + w / 2, y + h + 3));
    figure.turn((x + w / 2, y + h + 2), (w / 2 - 4, 11), 12, 23);
}

/// A sheet that is folded into eight and opened again.
pub(super) fn eighths(figure: &mut Figure<'_, '_, '_>) {
    creased(figure);
}

fn creased(figure: &mut Figure<'_, '_, '_>) -> Sheet {
    let Sheet(x, y, w, h) = figure.sheet_within((76, 52));
    figure.paper(&Sheet(x, y, w, h).corners());
    for quarter in 1..4 {
        figure.fold((x + w * quarter / 4, y), (x + w * quarter / 4, y + h));
    }
    figure.fold((x, y + h / 2), (x + w, y + h / 2));
    Sheet(x, y, w, h)
}

/// The same with its slit.
pub(super) fn slit(figure: &mut Figure<'_, '_, '_>) {
    let Sheet(x, y, w, h) = creased(figure);
    figure.cut((x + w / 4, y + h / 2), (x + w * 3 / 4, y + h / 2));
}

/// Folded lengthwise, looked at from above: the slit opens into a lozenge as the ends come together.
pub(super) fn push(figure: &mut Figure<'_, '_, '_>) {
    for side in [-1, 1] {
        let y = |by: i64| 32 + side * by;
        figure.heavy(&[(18, y(1)), (34, y(1)), (50, y(16)), (66, y(1)), (82, y(1))]);
    }
    figure.arrow(&[(4, 32), (15, 32)]);
    figure.arrow(&[(96, 32), (85, 32)]);
}

/// Four leaves in a cross, looked at from above, that are laid around each other.
pub(super) fn lay_flat(figure: &mut Figure<'_, '_, '_>) {
    figure.heavy(&[(20, 32), (80, 32)]);
    figure.heavy(&[(50, 8), (50, 56)]);
    figure.turn((50, 32), (22, 17), 7, 11);
    figure.turn((50, 32), (22, 17), 17, 13);
}

/// Three panels, the inside up: the narrow one is folded over the middle.
pub(super) fn panel_in(figure: &mut Figure<'_, '_, '_>) {
    let panels = [(12, 26), (38, 26), (64, 24)];
    for (x, w) in panels {
        figure.paper(&Sheet(x, 20, w, 36).corners());
    }
    figure.fold((64, 17), (64, 59));
    figure.turn((63, 32), (16, 24), 1, 11);
}

/// Two panels left: the cover's is folded over the other.
pub(super) fn cover_over(figure: &mut Figure<'_, '_, '_>) {
    figure.paper(&Sheet(24, 20, 26, 36).corners());
    figure.paper(&Sheet(50, 20, 26, 36).corners());
    figure.tinted(&Sheet(52, 20, 24, 36).corners());
    figure.fold((50, 17), (50, 59));
    figure.turn((50, 32), (16, 24), 11, 1);
}

/// A strip in zigzag, looked at from the edge.
pub(super) fn zigzag(figure: &mut Figure<'_, '_, '_>) {
    let panels = figure.grid.0.clamp(2, 8);
    let (from, to) = (20, 80);
    let point = |n: i64| (from + (to - from) * n / panels, if n % 2 == 0 { 44 } else { 18 });
    let points: Vec<_> = (0..=panels).map(point).collect();
    figure.heavy(&points);
    figure.arrow(&[(5, 31), (17, 31)]);
    figure.arrow(&[(95, 31), (83, 31)]);
}

/// Four panels, the inside up: the outer two are folded in.
pub(super) fn gate_in(figure: &mut Figure<'_, '_, '_>) {
    for x in [6, 28, 50, 72] {
        figure.paper(&Sheet(x, 22, 22, 34).corners());
    }
    figure.fold((28, 19), (28, 59));
    figure.fold((72, 19), (72, 59));
    figure.turn((28, 36), (12, 24), 11, 1);
    figure.turn((72, 36), (12, 24), 1, 11);
}

/// Both flaps in: folded where they meet.
pub(super) fn gate_shut(figure: &mut Figure<'_, '_, '_>) {
    figure.tinted(&Sheet(28, 22, 21, 34).corners());
    figure.tinted(&Sheet(51, 22, 21, 34).corners());
    figure.lines(&[(28, 22), (72, 22)]);
    figure.lines(&[(28, 56), (72, 56)]);
    figure.fold((50, 18), (50, 60));
    figure.turn((50, 36), (14, 24), 11, 1);
}
