//! `Document` → `Pages`: from words to lines, from lines to pages.

use crate::diagnostic::Report;
use crate::document::Document;

pub mod frame;
pub mod linebreak;
pub mod paragraph;
pub mod setter;
pub mod style;

use frame::Pages;
use style::Style;

/// Sets a document.
pub fn typeset(_document: &Document, _style: &Style, _report: &mut Report) -> Pages {
    unreachable!()
}
