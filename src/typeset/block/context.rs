//! What setting a block knows of the booklet, and how its lines become strips on the page's grid.

use crate::document::Document;
use crate::length::{Length, Point};
use crate::typeset::inline::paragraph::Line;
use crate::typeset::inline::setter::Setter;
use crate::typeset::strip::Strip;
use crate::typeset::style::{Style, TextSize};

/// What setting needs to know beside the piece itself.
pub(crate) struct Context<'a> {
    pub style: &'a Style,
    pub document: &'a Document,
    pub setter: &'a Setter<'a>,
}

impl Context<'_> {
    /// Distance of a measure's left edge from the left edge of the text area.
    pub fn left(&self, x: Length, measure: Length) -> Length {
        self.style.from_start(self.style.measure(), x, measure)
    }

    /// A height, rounded up to whole lines of the text.
    pub fn whole_lines(&self, height: Length) -> Length {
        let grid = self.style.text.leading.0.max(1);
        Length((height.0 + grid - 1).div_euclid(grid) * grid)
    }
}

/// A line as a strip of a height, the left end of its baseline at a place.
pub(crate) fn line_strip(line: Line, at: Point, height: Length) -> Strip {
    let (notes, hyphenated) = (line.notes.clone(), line.hyphenated);
    Strip { height, items: line.placed(at).collect(), notes, hyphenated }
}

/// A line as a strip: its items from the text area's left edge and the strip's top.
pub(crate) fn strip(context: &Context<'_>, line: Line, left: Length, size: TextSize) -> Strip {
    let mut height = size.leading;
    // Smaller type on the text's leading stands on the text's grid.
    let text = context.style.text;
    let mut baseline = if size.leading == text.leading { text.baseline() } else { size.baseline() };
    if line.rise > baseline {
        let higher = line.rise - baseline;
        let extra = if size == context.style.text { context.whole_lines(higher) } else { higher };
        height += extra;
        baseline += extra;
    }
    line_strip(line, Point::new(left, baseline), height)
}

/// Space inside of a strip, above and below its lines.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Air {
    pub above: Length,
    pub below: Length,
}

/// Lines that stay together, as one strip of whole lines: space above and below inside it, the last
/// baseline where text of that height below the strip's end would have it.
pub(crate) fn block(
    context: &Context<'_>,
    lines: Vec<Line>,
    left: Length,
    size: TextSize,
    air: Air,
) -> Strip {
    let text = context.style.text;
    let Air { above, below } = air;
    let natural = above + size.leading * lines.len() as i64 + below;
    let height = context.whole_lines(natural);
    let last = height - below - (text.leading - text.baseline());
    let count = lines.len() as i64;
    let mut strip = Strip::empty(height);
    for (index, line) in lines.into_iter().enumerate() {
        let y = last - size.leading * (count - 1 - index as i64);
        strip.beside(line_strip(line, Point::new(left, y), Length::ZERO));
    }
    strip
}
