//! The structure tree: what each piece of the pages is, in the order of reading (ISO 32000-1, 14.7).
//!
//! Comes in: the [`plan::StructurePlan`] of the document, and for each page what its marks stand for. Goes out: a
//! [`Tree`], which [`Tree::write`] turns into objects. Elements that the plan has placed keep their places;
//! words around the document (cover, imprint, contents) become elements here, page by page; what stands in
//! lines is placed as it was drawn. An element that nothing was drawn for is left out, save for a cell: a
//! row without it would be another row. A paragraph over two pages is one element with content on both.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::labels::Labels;
use crate::typeset::frame::{Item, Matter, MatterPart, Owner, Page, PageKind, Pages};

use super::marks::Leaf;
use crate::pdf::objects::content::Milli;

pub(in crate::pdf) mod plan;
mod write;

use plan::{More, Planned, StructurePlan};
pub(in crate::pdf) use write::Annotated;

/// Something in an element, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kid {
    Element(u32),
    /// Marked content: the page, and its number there.
    Content(u32, u32),
}

/// What was drawn of an element.
#[derive(Debug, Default, Clone)]
struct Drawn {
    kids: Vec<Kid>,
    /// Whether it has its place in its parent.
    placed: bool,
    /// Whether it, or something in it, has been drawn.
    reached: bool,
    /// The box of a picture, in PDF's page space.
    bounds: Option<[Milli; 4]>,
}

/// The tree, ready for any number of files.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Tree {
    plan: StructurePlan,
    drawn: Vec<Drawn>,
    /// By page, the element that each mark belongs to.
    marks: Vec<Vec<u32>>,
    /// Elements made for words around the document.
    matters: BTreeMap<(usize, Matter), u32>,
}

/// Grows the tree from the marks of all pages.
pub(in crate::pdf) fn grow(
    plan: StructurePlan,
    document: &Document,
    pages: &Pages,
    leaves: &[Vec<Leaf>],
) -> Tree {
    let labels = Labels::of(&document.identity.language);
    let heads = |(page, leaves): (&Page, &Vec<Leaf>)| {
        page.kind == PageKind::Body && leaves.iter().any(|leaf| matches!(leaf, Leaf::Matter(_)))
    };
    // Notes have a heading in the run of the text only where they do not stand at the feet of pages.
    let notes_at_end = pages.pages.iter().zip(leaves).any(heads);
    let tree = Tree { plan, drawn: Vec::new(), marks: Vec::new(), matters: BTreeMap::new() };
    let mut grower = Grower { tree, notes: None, contents: None, section: None };
    grower.plant(notes_at_end);
    for (index, (page, leaves)) in pages.pages.iter().zip(leaves).enumerate() {
        grower.section = None;
        if !matches!(leaves.first(), Some(Leaf::Matter(Matter { part: MatterPart::Entry, .. }))) {
            grower.contents = None;
        }
        let mut owners = Vec::with_capacity(leaves.len());
        for (number, leaf) in leaves.iter().enumerate() {
            let element = match leaf {
                Leaf::Element(element) => *element,
                Leaf::Matter(matter) => grower.matter(index, page, *matter),
                Leaf::Cover => {
                    let name =
                        if page.kind == PageKind::BackCover { labels.back_cover } else { labels.cover };
                    grower.cover(format!("{name}{} {}", labels.colon, document.identity.title))
                }
                Leaf::Artefact(_) => 0,
            };
            grower.place(element);
            if let Some(drawn) = grower.tree.drawn.get_mut(element as usize) {
                drawn.kids.push(Kid::Content(index as u32, number as u32));
            }
            owners.push(element);
        }
        grower.bounds(page, &owners, leaves);
        grower.tree.marks.push(owners);
    }
    grower.tree
}

struct Grower {
    tree: Tree,
    /// The section of notes that is being read, if they stand at the end.
    notes: Option<u32>,
    /// The list of contents that is being read.
    contents: Option<u32>,
    /// The section of this page's words around the document.
    section: Option<u32>,
}

impl Grower {
    /// Gives the elements the kids that the plan has placed in them.
    fn plant(&mut self, notes_at_end: bool) {
        let count = self.tree.plan.elements.len();
        self.tree.drawn = vec![Drawn::default(); count];
        for index in 1..count {
            for planned in self.tree.plan.elements[index].kids.clone() {
                let kid = match planned {
                    Planned::Element(kid) => kid,
                    Planned::Note(_) if notes_at_end => continue,
                    Planned::Note(kid) => {
                        self.tree.plan.elements[kid as usize].parent = index as u32;
                        kid
                    }
                };
                self.tree.drawn[index].kids.push(Kid::Element(kid));
                self.tree.drawn[kid as usize].placed = true;
            }
        }
    }

    /// Puts an element that stands where it is drawn into its parent, and its parent likewise.
    fn place(&mut self, element: u32) {
        let mut at = element;
        while let Some(drawn) = self.tree.drawn.get_mut(at as usize) {
            if std::mem::replace(&mut drawn.reached, true) || at == 0 {
                return;
            }
            let placed = std::mem::replace(&mut drawn.placed, true);
            let planned = &mut self.tree.plan.elements[at as usize];
            if let (More::Note(_), false, Some(notes)) = (&planned.more, placed, self.notes) {
                planned.parent = notes;
            }
            let parent = planned.parent;
            if !placed {
                self.tree.drawn[parent as usize].kids.push(Kid::Element(at));
            }
            at = parent;
        }
    }

    fn add(&mut self, tag: &'static str, parent: u32) -> u32 {
        self.tree.drawn.push(Drawn::default());
        self.tree.plan.add(tag, parent)
    }

    /// The section of words around the document on this page.
    fn section(&mut self) -> u32 {
        if let Some(section) = self.section {
            return section;
        }
        let section = self.add("Sect", 0);
        self.section = Some(section);
        section
    }

    fn cover(&mut self, words: String) -> u32 {
        let section = self.section();
        let figure = self.add("Figure", section);
        self.tree.plan.elements[figure as usize].more = More::Alternative(words);
        figure
    }

    /// The element of words around the document.
    fn matter(&mut self, index: usize, page: &Page, matter: Matter) -> u32 {
        if let Some(&known) = self.tree.matters.get(&(index, matter)) {
            return known;
        }
        let owned = |owner: Owner| owner == Owner::Matter(matter);
        let linked = page.items.iter().any(|i| owned(i.owner) && matches!(i.item, Item::Link { .. }));
        let element = match matter.part {
            MatterPart::Words => {
                let section = self.section();
                self.add("P", section)
            }
            MatterPart::Heading => {
                let section = self.add("Sect", 0);
                self.section = Some(section);
                if page.kind == PageKind::Body {
                    self.notes = Some(section);
                }
                self.add("H1", section)
            }
            MatterPart::Entry => {
                let contents = match self.contents {
                    Some(contents) => contents,
                    None => {
                        let section = self.section();
                        let contents = self.add("TOC", section);
                        self.contents = Some(contents);
                        contents
                    }
                };
                let entry = self.add("TOCI", contents);
                self.add("Reference", entry)
            }
        };
        let element = if linked {
            let words: Vec<&str> =
                page.items.iter().filter(|i| owned(i.owner)).filter_map(run_text).collect();
            let link = self.add("Link", element);
            self.tree.plan.elements[link as usize].more = More::Leads(words.join(" "));
            link
        } else {
            element
        };
        self.tree.matters.insert((index, matter), element);
        element
    }

    /// The boxes of the pictures on a page.
    fn bounds(&mut self, page: &Page, owners: &[u32], leaves: &[Leaf]) {
        for placed in &page.items {
            let Item::Picture { size, .. } = &placed.item else { continue };
            let element = match placed.owner {
                Owner::Node(node) => self.tree.plan.of_picture(node),
                Owner::Matter(_) => {
                    leaves.iter().position(|leaf| *leaf == Leaf::Cover).and_then(|at| owners.get(at).copied())
                }
                _ => None,
            };
            let Some(drawn) = element.and_then(|e| self.tree.drawn.get_mut(e as usize)) else { continue };
            // What lies in the bleed is not on the page.
            let across = |x| Milli::of(page.size.width).min(Milli(0).max(Milli::of(x)));
            let up = |y| Milli::of(page.size.height).min(Milli(0).max(Milli::of(page.size.height - y)));
            let (left, top) = (placed.at.x, placed.at.y);
            drawn.bounds = Some([across(left), up(top + size.height), across(left + size.width), up(top)]);
        }
    }
}

fn run_text(placed: &crate::typeset::frame::Placed) -> Option<&str> {
    match &placed.item {
        Item::Run(run) => Some(run.text.trim()),
        _ => None,
    }
}

impl Tree {
    /// The link element that a live area belongs to.
    pub fn link(&self, page: usize, owner: Owner) -> Option<u32> {
        let mut at = match owner {
            Owner::Node(node) => self.plan.of_text(node)?,
            Owner::Matter(matter) => *self.matters.get(&(page, matter))?,
            Owner::Artefact | Owner::Head | Owner::Folio => return None,
        };
        while self.plan.tag(at) != "Link" {
            let parent = self.plan.elements.get(at as usize)?.parent;
            if parent == at {
                return None;
            }
            at = parent;
        }
        Some(at)
    }

    /// What a link is for.
    pub fn purpose(&self, link: u32) -> &str {
        match self.plan.elements.get(link as usize).map(|element| &element.more) {
            Some(More::Leads(words)) => words,
            _ => "",
        }
    }
}
