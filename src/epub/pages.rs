//! The beginnings of printed pages: marks in the text, and the lists that lead to them.
//!
//! Comes in: where each page begins, as the typesetter tells it: an element, and how much of its own text
//! stands before. Goes out: empty elements that screen readers announce and page lists point to. A mark
//! stands in the line of text; before a heading, a picture or a note it stands by itself, so that it is no
//! part of their names.

use std::collections::BTreeMap;

use crate::document::{Inline, NodeId};
use crate::typeset::starts::{PageStart, counted};

use super::documents::xhtml::Writer;
use super::ids;

/// The beginning of a printed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// Where: file and id.
    pub href: String,
    /// Its number as printed.
    pub label: String,
}

/// The beginnings of pages, by the element they are in.
#[derive(Debug)]
pub struct Beginnings<'a> {
    starts: &'a [PageStart],
    by_node: BTreeMap<NodeId, Vec<usize>>,
}

impl<'a> Beginnings<'a> {
    /// Sorts them by element.
    pub fn new(starts: &'a [PageStart]) -> Self {
        let mut by_node: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for (index, start) in starts.iter().enumerate() {
            by_node.entry(start.node).or_default().push(index);
        }
        Self { starts, by_node }
    }

    /// The printed number of a page.
    pub fn label(&self, page: usize) -> &str {
        self.starts.get(page).map_or("", |start| &start.label)
    }

    /// How much of an element's text stands before the first page that begins at `from` or after it. The
    /// pages of an element are in the order of its text.
    fn next(&self, node: NodeId, from: usize) -> Option<usize> {
        let pages = self.by_node.get(&node)?;
        let offset = |page: &usize| self.starts.get(*page).map_or(0, |start| start.offset);
        pages.get(pages.partition_point(|page| offset(page) < from)).map(offset)
    }

    /// The pages that begin in an element, with how much of its text stands before.
    fn of(&self, node: NodeId) -> impl Iterator<Item = (usize, usize)> + use<'_, 'a> {
        let pages = self.by_node.get(&node).map_or(&[][..], Vec::as_slice);
        pages.iter().filter_map(|&page| Some((page, self.starts.get(page)?.offset)))
    }
}

/// Id of the mark of a page.
pub fn page_id(label: &str) -> String {
    format!("page-{}", ids::file_stem(label))
}

impl Writer<'_> {
    /// Running text that stands directly in an element.
    pub(super) fn own(&mut self, node: NodeId, content: &[Inline]) {
        let outer = self.owner.replace(node);
        self.inlines(content);
        self.owner = outer;
    }

    /// Characters of the current element, with the marks of pages that begin among them.
    pub(super) fn text(&mut self, text: &str) {
        let pages = &self.context.beginnings;
        let Some(owner) = self.owner.filter(|owner| pages.of(*owner).next().is_some()) else {
            self.xml.text(text);
            return;
        };
        let mut before = self.written.get(&owner).copied().unwrap_or(0);
        let mut next = pages.next(owner, before);
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if !counted(c) {
                continue;
            }
            if next == Some(before) {
                self.xml.text(&text[from..at]);
                self.page_marks(before);
                from = at;
                next = pages.next(owner, before + 1);
            }
            before += 1;
        }
        self.written.insert(owner, before);
        self.xml.text(&text[from..]);
    }

    /// The marks of pages that begin in the current element after so many characters, in the line.
    pub(super) fn page_marks(&mut self, offset: usize) {
        let Some(owner) = self.owner else { return };
        for page in self.take(owner, offset) {
            self.page_mark("span", page);
        }
    }

    /// The marks of pages that begin with a block, before it. `content` is the block's text: its first
    /// words may belong to an element in it.
    pub(super) fn page_before(&mut self, node: NodeId, content: &[Inline]) {
        let mut pages = self.take(node, 0);
        let mut inner = content.first();
        while let Some(first) = inner {
            pages.extend(self.take(first.id, 0));
            inner = first.kind.content().and_then(<[Inline]>::first);
        }
        for page in pages {
            self.xml.indent();
            self.page_mark("div", page);
            self.xml.newline();
        }
    }

    /// The pages that begin there and are not marked yet.
    fn take(&mut self, node: NodeId, offset: usize) -> Vec<usize> {
        let here = self.context.beginnings.of(node).filter(|(_, at)| *at == offset).map(|(page, _)| page);
        let new: Vec<usize> = here.filter(|page| !self.pages.contains(page)).collect();
        self.pages.extend(&new);
        new
    }

    fn page_mark(&mut self, tag: &'static str, page: usize) {
        let label = self.context.beginnings.label(page);
        let id = page_id(label);
        let mark =
            [("epub:type", "pagebreak"), ("role", "doc-pagebreak"), ("id", &id), ("aria-label", label)];
        self.xml.start(tag).attributes(&mark).end();
    }
}
