//! What the breaker is asked for, and the lines that it gives.

/// What the lines must fit, and what counts as good.
#[derive(Debug, Clone, Copy)]
pub struct LineRules {
    /// Length of the first line.
    pub first: i64,
    /// Length of all further lines.
    pub rest: i64,
    /// For ragged setting: the shortfall that counts as a ratio of 1. Spaces then do not stretch.
    pub ragged: Option<i64>,
    /// A last line narrower than this looks lost.
    pub short: i64,
    /// Whether settings one line longer and shorter are wanted.
    pub neighbours: bool,
}

/// One line of a setting: the items from `start` up to, not including, `end`, which is the item that it
/// breaks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenLine {
    /// First item on the line.
    pub start: usize,
    /// The glue or penalty at which it ends.
    pub end: usize,
    /// How far it is stretched (positive) or shrunk, in thousandths.
    pub ratio: i64,
    /// Whether it is wider than its measure even when shrunk.
    pub overfull: bool,
    /// Whether it stays unfilled: it ends at a forced break, or at an open one that nothing could fill.
    pub closed: bool,
}

/// The lines of one setting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breaks {
    /// Top to bottom.
    pub lines: Vec<BrokenLine>,
    /// Sum of what is wrong with them.
    pub demerits: i64,
}

/// The best setting, and its neighbours where they exist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Broken {
    /// The best one.
    pub best: Breaks,
    /// The best one with one line more.
    pub longer: Option<Breaks>,
    /// The best one with one line fewer.
    pub shorter: Option<Breaks>,
}
