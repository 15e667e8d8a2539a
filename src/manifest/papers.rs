//! Papers: names, sizes, and what each is good for. The one table of them.
//!
//! Comes in: a name or a size. Goes out: the other. Sizes are exact and upright.

use crate::diagnostic::nearest::nearest;
use crate::length::{Length, Size};

/// A paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Its name.
    pub name: &'static str,
    /// Upright.
    pub size: Size,
    /// Where people can buy sheets of it; none for what only pages are measured by.
    pub sold: Option<Market>,
    /// Whether printers have it in their trays.
    tray: bool,
}

/// Where papers are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Market {
    /// Where paper follows ISO 216.
    Metric,
    /// Where it is measured in inches.
    Inches,
}

/// A4, which is never wrong to begin with.
pub const A4: Size = Size::new(Length::mm(210), Length::mm(297));

/// A paper of so many thousandths of a millimetre.
const fn paper(name: &'static str, width: i64, height: i64, sold: Option<Market>, tray: bool) -> Paper {
    Paper { name, size: Size::new(Length::micrometres(width), Length::micrometres(height)), sold, tray }
}

const METRIC: Option<Market> = Some(Market::Metric);
const INCHES: Option<Market> = Some(Market::Inches);

/// ISO 216, ISO 217 (SRA), JIS P 0138 and ANSI/ASME Y14.1.
const PAPERS: [Paper; 20] = [
    paper("A2", 420_000, 594_000, METRIC, true),
    paper("A3", 297_000, 420_000, METRIC, true),
    paper("A4", 210_000, 297_000, METRIC, true),
    paper("A5", 148_000, 210_000, METRIC, true),
    paper("A6", 105_000, 148_000, METRIC, false),
    paper("A7", 74_000, 105_000, None, false),
    paper("B3", 353_000, 500_000, None, false),
    paper("B4", 250_000, 353_000, None, false),
    paper("B5", 176_000, 250_000, None, false),
    paper("B6", 125_000, 176_000, None, false),
    paper("JIS-B4", 257_000, 364_000, None, false),
    paper("JIS-B5", 182_000, 257_000, None, false),
    paper("JIS-B6", 128_000, 182_000, None, false),
    paper("SRA3", 320_000, 450_000, METRIC, false),
    paper("SRA4", 225_000, 320_000, None, false),
    paper("letter", 215_900, 279_400, INCHES, true),
    paper("half-letter", 139_700, 215_900, INCHES, true),
    paper("quarter-letter", 107_950, 139_700, None, false),
    paper("legal", 215_900, 355_600, INCHES, true),
    paper("tabloid", 279_400, 431_800, INCHES, true),
];

/// The paper of a name, upright; letters' case does not matter.
pub fn paper_named(name: &str) -> Option<Size> {
    let found = PAPERS.iter().find(|paper| paper.name.eq_ignore_ascii_case(name.trim()));
    found.map(|paper| paper.size)
}

/// The name of a paper, whichever way it lies; none for a size that has none.
pub fn name_of_paper(size: Size) -> Option<&'static str> {
    let near = |a: Length, b: Length| (a - b).abs() < Length::micrometres(100);
    let is = |paper: &&Paper| {
        let known = paper.size;
        let upright = near(size.width, known.width) && near(size.height, known.height);
        upright || (near(size.height, known.width) && near(size.width, known.height))
    };
    PAPERS.iter().find(is).map(|paper| paper.name)
}

/// All names of papers.
pub fn paper_names() -> Vec<&'static str> {
    PAPERS.iter().map(|paper| paper.name).collect()
}

/// The name nearest to one that is not known.
pub(super) fn nearest_paper(name: &str) -> Option<&'static str> {
    nearest(name, paper_names().into_iter())
}

/// The sheets that people can buy in a market, smallest first.
pub fn papers_sold(market: Market) -> Vec<Paper> {
    let mut sold: Vec<Paper> = PAPERS.into_iter().filter(|paper| paper.sold == Some(market)).collect();
    sold.sort_by_key(|paper| area(paper.size));
    sold
}

/// The smallest sheet of the trays that holds a grid of pages, columns by rows; the largest if none does.
pub(super) fn sheet_for(page: Size, columns: i64, rows: i64) -> Size {
    // Lengths are rounded one by one, so that twice half a sheet may be a hair more than the sheet.
    let hair = Length::micrometres(50);
    let (width, height) = (page.width * columns - hair, page.height * rows - hair);
    let holds = |sheet: &Size| {
        (sheet.width >= width && sheet.height >= height) || (sheet.width >= height && sheet.height >= width)
    };
    let trays = || PAPERS.iter().filter(|paper| paper.tray).map(|paper| paper.size);
    let best = trays().filter(holds).min_by_key(|size| area(*size));
    best.or(trays().max_by_key(|size| area(*size))).unwrap_or(A4)
}

fn area(size: Size) -> i128 {
    i128::from(size.width.0) * i128::from(size.height.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pages_get_the_smallest_usual_sheet() {
        for (page, sheet) in
            [("A5", "A4"), ("A6", "A5"), ("A4", "A3"), ("half-letter", "letter"), ("letter", "tabloid")]
        {
            assert_eq!(Some(sheet_for(paper_named(page).unwrap(), 2, 1)), paper_named(sheet), "{page}");
        }
    }

    #[test]
    fn papers_are_found_whatever_the_case() {
        assert_eq!(paper_named("a5"), Some(Size::mm(148.0, 210.0)));
        assert_eq!(paper_named("Half-Letter"), Some(Size::mm(139.7, 215.9)));
        assert_eq!(nearest_paper("leter"), Some("letter"));
    }

    #[test]
    fn papers_have_the_sizes_that_are_read_for_them() {
        // Half a sheet of one is the next, to a millimetre, and inches are exact in points.
        for pair in ["A2", "A3", "A4", "A5", "A6", "A7"].windows(2) {
            let [large, small] = [pair[0], pair[1]].map(|name| paper_named(name).unwrap());
            assert_eq!(small.height, large.width);
            assert!((large.height / 2 - small.width).abs() <= Length::mm(1));
        }
        for (name, width, height) in
            [("letter", 612, 792), ("quarter-letter", 306, 396), ("legal", 612, 1008)]
        {
            assert_eq!(paper_named(name), Some(Size::new(Length::pt(width), Length::pt(height))), "{name}");
        }
        for name in paper_names() {
            let size = paper_named(name).unwrap();
            assert!(size.width < size.height);
            assert_eq!(name_of_paper(Size::new(size.height, size.width)), Some(name));
        }
    }

    #[test]
    fn papers_are_sold_by_area() {
        let names = |market| papers_sold(market).iter().map(|paper| paper.name).collect::<Vec<_>>();
        assert_eq!(names(Market::Metric), ["A6", "A5", "A4", "A3", "SRA3", "A2"]);
        assert_eq!(names(Market::Inches), ["half-letter", "letter", "legal", "tabloid"]);
    }
}
