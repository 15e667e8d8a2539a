//! What fits on what: the sheet turned to take the pages, and the usual sheet that would take them.

use crate::length::{Length, Size};
use crate::manifest::{Market, Paper, papers_sold};

use super::Scale;

/// What may stick out over the paper before pages count as too large: a hundredth of a millimetre, so
/// that sizes given in inches and in millimetres meet.
const TOLERANCE: Length = Length::micrometres(10);

/// More of anything along one edge of a sheet is no use to anyone.
const MOST_ALONG: usize = 40;

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

/// The grid, columns and rows, of `count` units: the first that fits the sheet, from the squarest on and
/// wide before tall; the first of all if none fits.
pub(super) fn grid_for(unit: Size, count: usize, sheet: Size) -> (usize, usize) {
    let count = count.max(1);
    let mut grids: Vec<(usize, usize)> =
        (1..=count).filter(|n| count.is_multiple_of(*n)).map(|n| (count / n, n)).collect();
    // They come from wide to tall, and sorting keeps that among those that are as square.
    grids.sort_by_key(|&(columns, rows)| columns.abs_diff(rows));
    let fits = |&&(columns, rows): &&(usize, usize)| orient(sheet, times(unit, columns, rows)).is_some();
    grids.iter().find(fits).or(grids.first()).copied().unwrap_or((1, 1))
}

/// The grid with the most units that fit the sheet, either way round; one unit if none fits.
pub(super) fn most(unit: Size, sheet: Size) -> (usize, usize) {
    let along = |paper: Length, unit: Length| {
        usize::try_from((paper + TOLERANCE).0 / unit.0.max(1)).unwrap_or(0).min(MOST_ALONG)
    };
    let grid = |sheet: Size| (along(sheet.width, unit.width), along(sheet.height, unit.height));
    let (upright, lying) = (grid(sheet), grid(turned(sheet)));
    let best = if lying.0 * lying.1 > upright.0 * upright.1 { lying } else { upright };
    if best.0 * best.1 == 0 { (1, 1) } else { best }
}

/// How much larger or smaller the content has to be to fill the sheet, turned as suits it best.
pub(super) fn scale(sheet: Size, content: Size) -> Scale {
    let ratio = |paper: Length, needed: Length| Scale::NONE.0.saturating_mul(paper.0) / needed.0.max(1);
    let fits = |s: Size| ratio(s.width, content.width).min(ratio(s.height, content.height));
    // Between a tenth and ten times: beyond that nothing can be read, or nothing is seen whole.
    Scale(fits(sheet).max(fits(turned(sheet))).clamp(Scale::NONE.0 / 10, Scale::NONE.0 * 10))
}

fn times(unit: Size, columns: usize, rows: usize) -> Size {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Size::new(unit.width * number(columns), unit.height * number(rows))
}

/// The smallest sheet on sale that takes the content, of the market that `like` is of if it can be.
pub(super) fn smallest(content: Size, like: Size) -> Option<Paper> {
    let alike = |paper: &Paper| {
        let known = [paper.size, turned(paper.size)];
        known.into_iter().any(|known| holds(known, like) && holds(like, known))
    };
    let (metric, inches) = (papers_sold(Market::Metric), papers_sold(Market::Inches));
    let (first, second) = if inches.iter().any(alike) { (inches, metric) } else { (metric, inches) };
    first.into_iter().chain(second).find(|paper| orient(paper.size, content).is_some())
}

/// A size as people say it: `210 × 297 mm`, at most one decimal.
pub(super) fn in_words(size: Size) -> String {
    let mm = |length: Length| {
        let text = format!("{:.1}", length.to_mm());
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    format!("{} × {} mm", mm(size.width), mm(size.height))
}
