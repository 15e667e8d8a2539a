//! The structure tree as objects.
//!
//! Comes in: the [`Tree`], the pages' objects, and the link annotations with the elements that they belong
//! to. Goes out: the tree's root, with the map from marks back to elements (ISO 32000-1, 14.7.4.4). What
//! can be said as a number is: a mark on the element's own page is no more than that.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::plan::More;
use super::{Kid, Tree};
use crate::pdf::metadata::text_string;
use crate::pdf::objects::file::real;
use crate::pdf::objects::packed::Objects;

/// A link annotation of a page, and its element.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct Annotated {
    pub element: u32,
    pub annotation: ObjectId,
    pub page: usize,
}

impl Tree {
    /// Adds the tree's objects; gives the root's id. Page `i` is number `i` in the map from marks to
    /// elements, the annotations follow in their order.
    pub fn write(
        &self,
        Objects { loose: document, packed }: &mut Objects,
        pages: &[ObjectId],
        links: &[Annotated],
    ) -> ObjectId {
        let root = document.new_object_id();
        let mut annotations: Vec<Vec<&Annotated>> = vec![Vec::new(); self.drawn.len()];
        for link in links {
            if let Some(list) = annotations.get_mut(link.element as usize) {
                list.push(link);
            }
        }
        let order = self.order();
        let alive = self.alive(&order, &annotations);
        let mut ids: Vec<Option<ObjectId>> = vec![None; self.drawn.len()];
        for &element in order.iter().filter(|&&element| alive[element as usize]) {
            ids[element as usize] = Some(document.new_object_id());
        }
        let mut identifiers: Vec<(String, ObjectId)> = Vec::new();
        for &element in &order {
            let Some(id) = ids[element as usize] else { continue };
            let of_parent = self.plan.elements[element as usize].parent;
            let parent = if element == 0 { Some(root) } else { ids[of_parent as usize] };
            let links = &annotations[element as usize];
            let mut dictionary = self.element(element, pages, links, &ids);
            dictionary.set("P", parent.unwrap_or(root));
            if let More::Note(number) = self.plan.elements[element as usize].more {
                let identifier = format!("n{number:06}");
                dictionary.set("ID", Object::string_literal(identifier.as_str()));
                identifiers.push((identifier, id));
            }
            packed.set(id, &dictionary);
        }
        let id =
            |element: u32| ids.get(element as usize).copied().flatten().map_or(Object::Null, Object::from);
        let parents = document.new_object_id();
        packed.set_with(parents, |pen| {
            pen.raw(b"<</Nums");
            pen.open();
            for (page, marks) in self.marks.iter().enumerate() {
                pen.item(&(page as i64).into());
                pen.open();
                for &element in marks {
                    pen.item(&id(element));
                }
                pen.close();
            }
            for (index, link) in links.iter().enumerate() {
                pen.item(&((self.marks.len() + index) as i64).into());
                pen.item(&id(link.element));
            }
            pen.close();
            pen.raw(b">>");
        });
        let mut tree = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => id(0),
            "ParentTree" => parents,
            "ParentTreeNextKey" => (self.marks.len() + links.len()) as i64,
        };
        if !identifiers.is_empty() {
            identifiers.sort();
            let limits = [identifiers.first(), identifiers.last()];
            let limits: Vec<Object> =
                limits.into_iter().flatten().map(|(name, _)| Object::string_literal(name.as_str())).collect();
            let leaf = document.new_object_id();
            packed.set_with(leaf, |pen| {
                pen.raw(b"<</Limits");
                pen.open();
                limits.iter().for_each(|limit| pen.item(limit));
                pen.close();
                pen.raw(b"/Names");
                pen.open();
                for (name, id) in identifiers {
                    pen.item(&Object::string_literal(name));
                    pen.item(&id.into());
                }
                pen.close();
                pen.raw(b">>");
            });
            tree.set("IDTree", dictionary! { "Kids" => vec![leaf.into()] });
        }
        document.set_object(root, tree);
        root
    }

    /// All elements that can be reached, each before what it holds.
    fn order(&self) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.drawn.len());
        let mut open = vec![0_u32];
        while let Some(element) = open.pop() {
            debug_assert!((element as usize) < self.drawn.len(), "an element holds one that there is not");
            let Some(drawn) = self.drawn.get(element as usize) else { continue };
            order.push(element);
            open.extend(drawn.kids.iter().rev().filter_map(|kid| match kid {
                Kid::Element(kid) => Some(*kid),
                Kid::Content(..) => None,
            }));
        }
        order
    }

    /// Which elements have something to show: content, a link, a kid that has. Cells always count.
    fn alive(&self, order: &[u32], annotations: &[Vec<&Annotated>]) -> Vec<bool> {
        let mut alive = vec![false; self.drawn.len()];
        for &element in order.iter().rev() {
            let at = element as usize;
            let cell = matches!(self.plan.tag(element), "TD" | "TH");
            alive[at] = cell
                || element == 0
                || !annotations[at].is_empty()
                || self.drawn[at].kids.iter().any(|kid| match kid {
                    Kid::Element(kid) => alive[*kid as usize],
                    Kid::Content(..) => true,
                });
        }
        alive
    }

    /// An element's dictionary (14.7.2), without its parent.
    fn element(
        &self,
        element: u32,
        pages: &[ObjectId],
        links: &[&Annotated],
        ids: &[Option<ObjectId>],
    ) -> Dictionary {
        let drawn = &self.drawn[element as usize];
        let planned = &self.plan.elements[element as usize];
        // A link that leads nowhere is words and no more.
        let tag = if planned.tag == "Link" && links.is_empty() { "Span" } else { planned.tag };
        let mut dictionary = dictionary! { "S" => tag };
        let first = drawn.kids.iter().find_map(|kid| match kid {
            Kid::Content(page, _) => Some(*page as usize),
            Kid::Element(_) => None,
        });
        let own = first.or(links.first().map(|link| link.page));
        debug_assert!(
            own.is_none_or(|page| page < pages.len()),
            "an element stands on a page that there is not"
        );
        if let Some(&page) = own.and_then(|page| pages.get(page)) {
            dictionary.set("Pg", page);
        }
        let on_own = |page: usize| own == Some(page);
        let mut kids: Vec<Object> = Vec::with_capacity(drawn.kids.len() + links.len());
        for kid in &drawn.kids {
            match *kid {
                Kid::Element(kid) => kids.extend(ids[kid as usize].map(Object::from)),
                Kid::Content(page, number) if on_own(page as usize) => kids.push(i64::from(number).into()),
                Kid::Content(page, number) => {
                    let Some(&page) = pages.get(page as usize) else { continue };
                    let reference =
                        dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => i64::from(number) };
                    kids.push(reference.into());
                }
            }
        }
        for link in links {
            let mut reference = dictionary! { "Type" => "OBJR", "Obj" => link.annotation };
            if !on_own(link.page)
                && let Some(&page) = pages.get(link.page)
            {
                reference.set("Pg", page);
            }
            kids.push(reference.into());
        }
        match kids.len() {
            0 => {}
            1 => dictionary.set("K", kids.swap_remove(0)),
            _ => dictionary.set("K", kids),
        }
        let attributes = match &planned.more {
            More::Alternative(words) => {
                dictionary.set("Alt", text_string(words));
                drawn.bounds.map(|bounds| {
                    let bounds = bounds.map(real).to_vec();
                    dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds }
                })
            }
            More::Counted(counted) => {
                let numbering = if *counted { "Decimal" } else { "Disc" };
                Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
            }
            More::Language(language) => {
                dictionary.set("Lang", text_string(language.tag()));
                None
            }
            More::ColumnHead => Some(dictionary! { "O" => "Table", "Scope" => "Column" }),
            More::Nothing | More::Note(_) | More::Leads(_) => None,
        };
        if let Some(attributes) = attributes {
            dictionary.set("A", attributes);
        }
        dictionary
    }
}
