//! The design of the pages, resolved: every measure that typesetting uses, as a length.

/// All measures of a design.
#[derive(Debug, Clone)]
pub struct Style {}

impl Style {
    /// The design of a booklet.
    pub fn new(_booklet: &crate::booklet::Booklet) -> Self {
        Self {}
    }
}
