//! Live areas and the places they lead to.
//!
//! Comes in: the links and anchors on the pages. Goes out: link annotations for each page, and the
//! names under which anchors and chapters can be reached from outside (`booklet.pdf#name`). A link to
//! a place that no page has is left out: it would be an area that does nothing.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::document::Target;
use crate::length::Length;
use crate::typeset::frame::{Destination, Item, Owner, Page, Pages};

use super::content::Milli;
use super::file::real;

/// Where a place is: index of the page, and its corner in page space turned to PDF's.
type Place = (usize, Milli, Milli);

/// Every place that links go to.
pub(super) struct Places {
    places: BTreeMap<String, Place>,
}

/// A key for a destination: what it is, then which.
fn key(destination: &Destination) -> Option<String> {
    match destination {
        Destination::Target(Target::Url(_)) => None,
        Destination::Target(Target::Anchor(name)) => Some(format!("a{name}")),
        Destination::Target(Target::Chapter(slug)) => Some(format!("c{slug}")),
        Destination::Note(note) => Some(format!("n{}", note.0)),
        Destination::Mark(mark) => Some(format!("m{}", mark.0)),
    }
}

impl Places {
    /// Gathers them; of two with one name the first counts.
    pub fn gather(pages: &Pages) -> Self {
        let mut places = BTreeMap::new();
        for (index, page) in pages.pages.iter().enumerate() {
            for placed in &page.items {
                if let Item::Anchor(destination) = &placed.item
                    && let Some(key) = key(destination)
                {
                    let y = page.size.height - placed.at.y;
                    places.entry(key).or_insert((index, Milli::of(placed.at.x), Milli::of(y)));
                }
            }
        }
        Self { places }
    }

    /// The names that can be used from outside, in the order that a name tree needs, with where they
    /// lead. An anchor keeps its name when a chapter's file is named alike.
    pub fn named(&self, page_ids: &[ObjectId]) -> Vec<(String, Object)> {
        let mut names = BTreeMap::new();
        for (key, place) in &self.places {
            if key.starts_with(['a', 'c'])
                && let Some(destination) = explicit(*place, page_ids)
            {
                names.entry(key[1..].to_owned()).or_insert(destination);
            }
        }
        names.into_iter().collect()
    }

    fn find(&self, destination: &Destination, page_ids: &[ObjectId]) -> Option<Object> {
        explicit(*self.places.get(&key(destination)?)?, page_ids)
    }

    /// The link annotations of a page, with whom they belong to.
    pub fn annotations(&self, page: &Page, page_ids: &[ObjectId]) -> Vec<(Owner, Dictionary)> {
        let mut annotations = Vec::new();
        for placed in &page.items {
            let Item::Link { size, to } = &placed.item else { continue };
            if size.width <= Length::ZERO || size.height <= Length::ZERO {
                continue;
            }
            let top = page.size.height - placed.at.y;
            let corners = [placed.at.x, top - size.height, placed.at.x + size.width, top];
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners.map(|side| real(Milli::of(side))).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed with the page, if at all (ISO 19005-3, 6.3.2).
                "F" => 4,
            };
            if let Destination::Target(Target::Url(url)) = to {
                let action = dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii(url)) };
                annotation.set("A", action);
            } else if let Some(destination) = self.find(to, page_ids) {
                annotation.set("Dest", destination);
            } else {
                continue;
            }
            annotations.push((placed.owner, annotation));
        }
        annotations
    }
}

/// A destination that shows the place at the top of the window and leaves the zoom as it is.
fn explicit((page, x, y): Place, page_ids: &[ObjectId]) -> Option<Object> {
    let page = *page_ids.get(page)?;
    Some(vec![page.into(), "XYZ".into(), real(x), real(y), 0.into()].into())
}

/// A URL in ASCII, as PDF wants it: everything else percent-encoded (RFC 3986, 2.1).
fn ascii(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_ascii() {
        assert_eq!(ascii("https://é.org/a b"), "https://%C3%A9.org/a%20b");
        assert_eq!(ascii("https://a.org/%C3%A9?x=(1)#y"), "https://a.org/%C3%A9?x=(1)#y");
    }
}
