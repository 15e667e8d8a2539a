//! The design of the pages, resolved: every measure that typesetting uses, as a length.

/// All measures of a design.
#[derive(Debug, Clone)]
pub struct Style {}
