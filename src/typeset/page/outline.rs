//! Bookmarks for chapters and headings.

use crate::document::Document;

use super::compose::Draft;
use crate::typeset::frame::OutlineEntry;

/// Bookmarks for chapters and headings; `first` is the index of the first page of text.
pub(crate) fn outline(document: &Document, body: &[Option<Draft>], first: usize) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    let titled = document.chapters.iter().any(|c| !c.title.is_empty());
    let mut before = 0;
    for (index, draft) in body.iter().enumerate() {
        for (mark, y) in draft.iter().flat_map(|d| &d.marks) {
            let wanted = match mark.level {
                0 => 1,
                level if titled => level.max(2),
                level => level.saturating_sub(1).max(1),
            };
            // A reader program needs every level between; authors skip some.
            let level = wanted.min(before + 1);
            before = level;
            let title = match mark.number {
                Some(number) if mark.title.is_empty() => number.to_string(),
                Some(number) => format!("{number}. {}", mark.title),
                None => mark.title.clone(),
            };
            entries.push(OutlineEntry { title, level, page: first + index, y: *y });
        }
    }
    entries
}
