//! Blocks in lines: what the page breaker divides and pages are composed of.

use crate::document::NodeId;
use crate::length::Length;
use crate::typeset::strip::Strip;

use super::piece::HeadMark;
use super::spacing::Spacing;

/// A piece, set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    pub spacing: Spacing,
    /// Repeated at the head of a page that begins inside it.
    pub head: Option<Strip>,
    /// How far it moves up at the head of a page, so that it begins on the first line.
    pub lift: Length,
    /// Least strips before and after a break.
    pub ends: (usize, usize),
    /// The best setting first; never empty, nor is any of them.
    pub settings: Vec<SetStrips>,
    pub mark: Option<HeadMark>,
    pub node: Option<NodeId>,
}

/// One setting of a part.
#[derive(Debug, Clone, Default)]
pub(crate) struct SetStrips {
    pub strips: Vec<Strip>,
    pub cost: u32,
}
