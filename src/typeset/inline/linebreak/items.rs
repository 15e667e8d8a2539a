//! What the breaker is given: boxes, glue and penalties, after Knuth and Plass.

/// What a paragraph is made of. Lengths are in any one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Something set that cannot be broken.
    Box {
        /// Natural width.
        width: i64,
        /// How much wider or narrower it becomes at a ratio of ±1.
        flex: i64,
        /// How far it may stand out at the start of a line.
        hang_start: i64,
        /// How far it may stand out at the end of a line.
        hang_end: i64,
        /// How many characters it shows.
        letters: u32,
        /// Equal for equal words, 0 for none: lines should not begin or end with the same word.
        word: u32,
    },
    /// Space; lines break at it if a box comes before it, and it vanishes there.
    Glue {
        /// Natural width.
        width: i64,
        /// Growth at a ratio of 1.
        stretch: i64,
        /// Loss at a ratio of −1.
        shrink: i64,
    },
    /// A place to break that is not a space.
    Penalty {
        /// Width of what appears when a line breaks here: the hyphen.
        width: i64,
        /// How far that hangs over the edge.
        hang: i64,
        /// Demerits for breaking here; [`FORCED`] and [`FORBIDDEN`] say always and never.
        cost: i64,
        /// Whether the line then ends in a hyphen.
        flagged: bool,
        /// Whether the line that ends here may stay unfilled.
        open: bool,
    },
}

/// Cost of a penalty where the line must end.
pub const FORCED: i64 = i64::MIN;
/// Cost of a penalty that keeps the glue after it from being a break.
pub const FORBIDDEN: i64 = i64::MAX;
