//! Where pages begin in the text, told by the document and not by places on paper.
//!
//! Comes in: set pages. Goes out: for each page of the text the element that its first words stand in,
//! and how much of that element's own text stands on the pages before. It is read off the frames, which
//! remember whom they set, so it holds whatever moved the page break; and it can be found again in any
//! other rendering of the document, by counting [`counted`] characters.

use crate::document::{Document, NodeId};
use crate::manifest::NotesPlace;

use super::frame::{Item, Owner, PageKind, Pages};

/// The beginning of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The page's number as printed.
    pub label: String,
    /// The innermost element that holds the page's first words; a list item or a note if the page begins
    /// with its number.
    pub node: NodeId,
    /// How many [`counted`] characters of the element's own text (not of elements inside it) stand
    /// before. A word that runs over the page's end counts as standing on the new page.
    pub offset: usize,
}

/// Whether a character is counted: white space comes and goes with line ends, soft hyphens with hyphens,
/// and control characters are not set at all.
pub fn counted(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{feff}'))
}

/// Where the pages of the text begin, in order. A page that holds nothing but the rest of a note at its
/// foot begins where the next one does. Covers, front matter and blank pages are not among them.
pub fn starts(pages: &Pages, document: &Document, notes: NotesPlace) -> Vec<PageStart> {
    // Notes at the foot of pages are no part of the run of the text; their nodes come after all chapters.
    let foot = document.notes.first().filter(|_| notes == NotesPlace::Foot).map(|note| note.id);
    let mut set = vec![0_usize; document.nodes as usize];
    let mut starts: Vec<PageStart> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    let mut cut: Option<(NodeId, usize)> = None;
    for page in pages.pages.iter().filter(|page| page.kind == PageKind::Body) {
        waiting.push(&page.label);
        let mut broken = None;
        for placed in &page.items {
            let Owner::Node(node) = placed.owner else { continue };
            if foot.is_some_and(|first| node >= first) {
                continue;
            }
            let text = match &placed.item {
                Item::Run(run) => &*run.text,
                Item::Picture { .. } => "",
                _ => continue,
            };
            let Some(count) = set.get_mut(node.0 as usize) else { continue };
            let back = cut.take().filter(|(of, _)| *of == node).map_or(0, |(_, letters)| letters);
            for label in waiting.drain(..) {
                starts.push(PageStart { label: label.to_owned(), node, offset: *count - back.min(*count) });
            }
            *count += text.chars().filter(|c| counted(*c)).count();
            broken = unfinished(text).map(|letters| (node, letters));
        }
        if broken.is_some() {
            cut = broken;
        }
    }
    starts
}

/// If a text ends in a hyphen that the line breaker added: how many letters of the word stand before it.
fn unfinished(text: &str) -> Option<usize> {
    let word = text.trim_end().strip_suffix('\u{ad}')?;
    Some(word.chars().rev().take_while(|c| !c.is_whitespace()).filter(|c| counted(*c)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_before_a_hyphen_are_counted() {
        assert_eq!(unfinished("a free revo\u{ad}"), Some(4));
        assert_eq!(unfinished("a free revo\u{ad} "), Some(4));
        assert_eq!(unfinished("self-"), None);
        assert_eq!(unfinished("done "), None);
    }
}
