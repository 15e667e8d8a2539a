//! Live areas and the places they lead to.
//!
//! Comes in: the links and anchors on the pages. Goes out: link annotations for each page, and the
//! names under which anchors and chapters can be reached from outside (`booklet.pdf#name`). A link to
//! a place that no page has is left out: it would be an area that does nothing.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::address::{self, Address};
use crate::document::Target;
use crate::length::Length;
use crate::typeset::frame::{Destination, Item, Owner, Page, Pages};

use super::drawing::structure::{Annotated, Tree};
use super::metadata::text_string;
use super::objects::content::Milli;
use super::objects::file::real;
use super::objects::packed::Objects;

/// Where a place is: index of the page, and its corner in page space turned to PDF's.
type Landing = (usize, Milli, Milli);

/// What is longer is written once, however many areas need it: a link has one on every line that it is set in.
const SHARED: usize = 256;

/// The links of a file's pages, page after page.
pub(super) struct Links<'p> {
    pages: &'p Pages,
    page_ids: &'p [ObjectId],
    places: Landings<'p>,
    purposes: Purposes,
    annotated: Vec<Annotated>,
}

impl<'p> Links<'p> {
    /// Of these pages, which are these objects.
    pub fn of(pages: &'p Pages, page_ids: &'p [ObjectId]) -> Self {
        let (places, purposes) = (Landings::gather(pages), Purposes::default());
        Self { pages, page_ids, places, purposes, annotated: Vec::new() }
    }

    /// Puts the annotations of a page into its dictionary, and its place in the tree.
    pub fn add_to(
        &mut self,
        page: &mut Dictionary,
        index: usize,
        Objects { loose: document, packed }: &mut Objects,
        tree: &Tree,
    ) {
        let Some(content) = self.pages.pages.get(index) else { return };
        let mut annotations: Vec<Object> = Vec::new();
        for (owner, mut annotation) in self.places.annotations(content, self.page_ids, document) {
            let element = tree.link(index, owner);
            if let Some(element) = element {
                annotation.set("StructParent", (self.page_ids.len() + self.annotated.len()) as i64);
                annotation.set("Contents", self.purposes.of(element, tree.purpose(element), document));
            }
            let id = document.new_object_id();
            packed.set(id, &annotation);
            annotations.push(id.into());
            self.annotated.extend(element.map(|element| Annotated { element, annotation: id, page: index }));
        }
        page.set("StructParents", index as i64);
        if !annotations.is_empty() {
            page.set("Annots", annotations);
            // From link to link in the order of the tree.
            page.set("Tabs", "S");
        }
    }

    /// The names that can be linked to from outside, if there are any, and the annotations that belong to an
    /// element.
    pub fn finish(
        self,
        Objects { loose: document, packed }: &mut Objects,
    ) -> (Option<ObjectId>, Vec<Annotated>) {
        let names = self.places.named(self.page_ids.len());
        let tree = (!names.is_empty()).then(|| document.new_object_id());
        if let Some(tree) = tree {
            packed.set_with(tree, |pen| {
                pen.raw(b"<</Names");
                pen.open();
                for (name, place) in names {
                    if let Some(place) = explicit(place, self.page_ids) {
                        pen.item(&Object::string_literal(name));
                        pen.item(&place);
                    }
                }
                pen.close();
                pen.raw(b">>");
            });
        }
        (tree, self.annotated)
    }
}

/// Every place that links go to.
struct Landings<'p> {
    places: BTreeMap<&'p Destination, Landing>,
    /// Actions that are written already, by address.
    actions: BTreeMap<&'p Address, ObjectId>,
}

impl<'p> Landings<'p> {
    /// Gathers them; of two with one name the first counts.
    fn gather(pages: &'p Pages) -> Self {
        let mut places = BTreeMap::new();
        for (index, page) in pages.pages.iter().enumerate() {
            for placed in &page.items {
                if let Item::Anchor(destination) = &placed.item {
                    let y = page.size.height - placed.at.y;
                    places.entry(destination).or_insert((index, Milli::of(placed.at.x), Milli::of(y)));
                }
            }
        }
        Self { places, actions: BTreeMap::new() }
    }

    /// The names that can be used from outside, in the order that a name tree needs, with where they
    /// lead. An anchor keeps its name when a chapter's file has the same name.
    fn named(&self, pages: usize) -> Vec<(String, Landing)> {
        let mut names = BTreeMap::new();
        // Anchors come before chapters.
        for (destination, place) in &self.places {
            if let Destination::Target(Target::Anchor(name) | Target::Chapter(name)) = destination
                && place.0 < pages
            {
                names.entry(name.to_string()).or_insert(*place);
            }
        }
        names.into_iter().collect()
    }

    /// The link annotations of a page, with whom they belong to.
    fn annotations(
        &mut self,
        page: &'p Page,
        page_ids: &[ObjectId],
        document: &mut Document,
    ) -> Vec<(Owner, Dictionary)> {
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
            if let Destination::Target(Target::Url(address)) = to {
                annotation.set("A", self.action(address, document));
            } else if let Some(destination) = self.places.get(to).and_then(|place| explicit(*place, page_ids))
            {
                annotation.set("Dest", destination);
            } else {
                continue;
            }
            annotations.push((placed.owner, annotation));
        }
        annotations
    }

    /// What opens an address.
    fn action(&mut self, address: &'p Address, document: &mut Document) -> Object {
        let action = || dictionary! { "S" => "URI", "URI" => Object::string_literal(address.as_str()) };
        if address.as_str().len() <= SHARED {
            return action().into();
        }
        let known = self.actions.entry(address);
        (*known.or_insert_with(|| document.add_object(action()))).into()
    }
}

/// What links are for, in words, for those who hear them.
#[derive(Debug, Default)]
struct Purposes(BTreeMap<u32, ObjectId>);

impl Purposes {
    /// The words for an area of an element: all of its areas have the same.
    fn of(&mut self, element: u32, words: &str, document: &mut Document) -> Object {
        if words.len() <= SHARED {
            return text_string(words);
        }
        let known = self.0.entry(element);
        (*known.or_insert_with(|| document.add_object(text_string(address::start(words, LONGEST).as_str()))))
            .into()
    }
}

/// Most characters that say what a link is for: who hears them wants to know where it goes, not all of it twice.
const LONGEST: usize = 1000;

/// A destination that shows the place at the top of the window and leaves the zoom as it is.
pub(super) fn explicit((page, x, y): Landing, page_ids: &[ObjectId]) -> Option<Object> {
    let page = *page_ids.get(page)?;
    Some(vec![page.into(), "XYZ".into(), real(x), real(y), 0.into()].into())
}
