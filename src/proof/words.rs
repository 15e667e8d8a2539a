//! The words of a page, for those who cannot see its picture.

use crate::length::Length;
use crate::typeset::frame::{Item, Owner, Page};

/// A hyphen that the line breaker added.
const ADDED: char = '\u{ad}';

/// The words in reading order, lines joined; without heads and folios.
pub(super) fn of(page: &Page) -> String {
    let mut text = String::new();
    let mut baseline: Option<Length> = None;
    for placed in &page.items {
        let Item::Run(run) = &placed.item else { continue };
        if matches!(placed.owner, Owner::Head | Owner::Folio) {
            continue;
        }
        let joined = if text.ends_with(ADDED) {
            text.pop();
            true
        } else {
            baseline == Some(placed.at.y)
        };
        if !joined && !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push_str(&run.text);
        baseline = Some(placed.at.y);
    }
    if text.ends_with(ADDED) {
        text.pop();
    }
    text
}
