//! What fits on what: the sheet turned to take the pages, and the usual sheet that would take them.

use crate::length::{Length, Size};

/// What may stick out over the paper before pages count as too large: a hundredth of a millimetre, so
/// that sizes given in inches and in millimetres meet.
const TOLERANCE: Length = Length(1_858);

/// Sheets that people can buy, in millimetres, by area; what a diagnostic proposes.
const USUAL: [(&str, f64, f64); 8] = [
    ("A6", 105.0, 148.0),
    ("A5", 148.0, 210.0),
    ("letter", 215.9, 279.4),
    ("A4", 210.0, 297.0),
    ("legal", 215.9, 355.6),
    ("tabloid", 279.4, 431.8),
    ("A3", 297.0, 420.0),
    ("A2", 420.0, 594.0),
];

fn holds(sheet: Size, content: Size) -> bool {
    content.width <= sheet.width + TOLERANCE && content.height <= sheet.height + TOLERANCE
}

fn turned(sheet: Size) -> Size {
    Size::new(sheet.height, sheet.width)
}

/// The sheet turned so that it takes the content: as the content lies (wide or tall) if that fits, the
/// other way otherwise; none if it fits neither way.
pub(super) fn orient(sheet: Size, content: Size) -> Option<Size> {
    let wide = |size: Size| size.width >= size.height;
    let alike = if wide(sheet) == wide(content) { sheet } else { turned(sheet) };
    [alike, turned(alike)].into_iter().find(|&s| holds(s, content))
}

/// The smallest usual sheet that takes the content.
pub(super) fn smallest(content: Size) -> Option<&'static str> {
    USUAL.iter().find(|(_, w, h)| orient(Size::mm(*w, *h), content).is_some()).map(|(name, ..)| *name)
}

/// A size as people say it: `210 × 297 mm`, at most one decimal.
pub(super) fn in_words(size: Size) -> String {
    let mm = |length: Length| {
        let text = format!("{:.1}", length.to_mm());
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    format!("{} × {} mm", mm(size.width), mm(size.height))
}
