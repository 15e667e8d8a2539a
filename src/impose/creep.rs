//! Creep: what folding a stack of sheets does to the fore edge.
//!
//! Sheets nested in a fold do not share one spine: each lies one paper's thickness further from the
//! outermost fold than the sheet around it, and so sticks out by as much at the fore edge, where the
//! knife takes it off. A page keeps its place in the trimmed booklet when it moves toward the spine by
//! what its sheet sticks out. The outermost sheet, which is the cover, stays where it is.

use crate::length::Length;

/// How far the pages of a sheet move toward the spine, for `depth` sheets around it. Multiplied, not
/// added up step by step, so that rounding cannot gather.
pub(super) fn shift(paper: Length, depth: usize) -> Length {
    paper.max(Length::ZERO) * i64::try_from(depth).unwrap_or(i64::MAX)
}
