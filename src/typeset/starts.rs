//! Where pages begin in the text, told by the document and not by places on paper.
//!
//! Comes in: set pages. Goes out: for each page of the text the element that its first words stand in,
//! and how much of that element's own text stands on the pages before. It is read off the frames, which
//! remember whom they set, so it holds whatever moved the page break; and it can be found again in any
//! other rendering of the document, by counting [`counted`] characters.

use crate::document::{Block, BlockKind, BlockPart, Document, NodeId};
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
    // The nodes of notes come after all chapters; at the foot of pages they are no part of the text's run.
    let first_note = document.notes.first().map(|note| note.id);
    let in_note = |node: NodeId| first_note.is_some_and(|first| node >= first);
    let figures = figures(document);
    let mut set = vec![0_usize; document.nodes as usize];
    // The last node of the text that stands on the pages before.
    let mut before = None;
    let mut starts: Vec<PageStart> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    let mut cut: Option<(NodeId, usize)> = None;
    for page in pages.pages.iter().filter(|page| page.kind == PageKind::Body) {
        waiting.push(&page.label);
        let mut broken = None;
        let mut last = before;
        for placed in &page.items {
            let Owner::Node(node) = placed.owner else { continue };
            if notes == NotesPlace::Foot && in_note(node) {
                continue;
            }
            // A picture that has floated here stands where it is written, on a page before.
            let floated = |(first, end): &(NodeId, NodeId)| {
                (*first..=*end).contains(&node)
                    && !in_note(node)
                    && before.is_some_and(|before| before > *end)
            };
            let figure = figures.partition_point(|(first, _)| *first <= node).checked_sub(1);
            if figure.and_then(|at| figures.get(at)).is_some_and(floated) {
                continue;
            }
            let text = match &placed.item {
                Item::Run(run) => &*run.text,
                Item::Picture { .. } => "",
                _ => continue,
            };
            if !in_note(node) {
                last = last.max(Some(node));
            }
            let Some(count) = set.get_mut(node.0 as usize) else { continue };
            let back = cut.take().filter(|(of, _)| *of == node).map_or(0, |(_, letters)| letters);
            for label in waiting.drain(..) {
                starts.push(PageStart { label: label.to_owned(), node, offset: *count - back.min(*count) });
            }
            *count += text.chars().filter(|c| counted(*c)).count();
            broken = unfinished(text).map(|letters| (node, letters));
        }
        before = last;
        if broken.is_some() {
            cut = broken;
        }
    }
    starts
}

/// The figures of the text: the first and the last node of each, rising.
fn figures(document: &Document) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    document.chapters.iter().for_each(|chapter| gather(&chapter.blocks, &mut found));
    document.notes.iter().for_each(|note| gather(&note.blocks, &mut found));
    found
}

fn gather(blocks: &[Block], found: &mut Vec<(NodeId, NodeId)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Figure { caption, .. } => {
                let mut end = block.id;
                let mut inner = caption.last();
                while let Some(inline) = inner {
                    end = inline.id;
                    inner = inline.kind.content().and_then(<[_]>::last);
                }
                found.push((block.id, end));
            }
            BlockKind::Row(figures) => {
                let mut inner = Vec::new();
                gather(figures, &mut inner);
                found.push((block.id, inner.last().map_or(block.id, |(_, end)| *end)));
            }
            _ => {
                for part in block.parts() {
                    if let BlockPart::Blocks(inner) = part {
                        gather(inner, found);
                    }
                }
            }
        }
    }
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
