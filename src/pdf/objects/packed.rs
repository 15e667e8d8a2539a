//! Objects kept as the bytes that they will be in the file.
//!
//! Comes in: objects of which a booklet has very many: links, tags, bookmarks, pages. Goes out: their bytes, one
//! after the other, and where in them other objects are referred to: numbers are known only when all objects are.
//! As `lopdf` keeps it a link takes four kilobytes and a tag one; so a hundred thousand notes took three
//! gigabytes. Here each takes what it takes in the file and a few bytes more.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::written::{is_bare, put, put_dictionary};

/// All objects of a file.
#[derive(Debug)]
pub(in crate::pdf) struct Objects {
    /// Those that `lopdf` keeps, and the trailer; it gives out the names of all.
    pub loose: Document,
    /// Those of which there are many.
    pub packed: Packed,
}

/// Many small objects.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Packed {
    bytes: Vec<u8>,
    /// Where a reference stands in the bytes, and to what; rising.
    references: Vec<(usize, ObjectId)>,
    /// By object, its part of both.
    places: BTreeMap<ObjectId, (Range<usize>, Range<usize>)>,
}

/// One of them: its bytes, and the references to put in, each with its place from the object's start.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct Pack<'p> {
    bytes: &'p [u8],
    from: usize,
    references: &'p [(usize, ObjectId)],
}

impl Packed {
    /// Keeps a dictionary as an object.
    pub fn set(&mut self, id: ObjectId, dictionary: &Dictionary) {
        self.set_with(id, |pen| {
            let Packed { bytes, references, .. } = &mut *pen.packed;
            put_dictionary(bytes, dictionary, &mut |out, to| references.push((out.len(), to)));
        });
    }

    /// Keeps what is written as an object.
    pub fn set_with(&mut self, id: ObjectId, write: impl FnOnce(&mut ObjectPen<'_>)) {
        let from = (self.bytes.len(), self.references.len());
        write(&mut ObjectPen { packed: self, first: true });
        let to = (self.bytes.len(), self.references.len());
        self.places.insert(id, (from.0..to.0, from.1..to.1));
    }

    /// An object that was kept.
    pub fn get(&self, id: ObjectId) -> Option<Pack<'_>> {
        let (bytes, references) = self.places.get(&id)?;
        Some(Pack {
            bytes: &self.bytes[bytes.clone()],
            from: bytes.start,
            references: &self.references[references.clone()],
        })
    }
}

impl Pack<'_> {
    /// What it refers to, in order.
    pub fn references(&self) -> impl DoubleEndedIterator<Item = ObjectId> {
        self.references.iter().map(|(_, to)| *to)
    }

    /// Appends it; `refer` writes what stands for a reference.
    pub fn put(&self, out: &mut Vec<u8>, refer: &mut impl FnMut(&mut Vec<u8>, ObjectId)) {
        let mut done = 0;
        for (at, to) in self.references {
            let at = at - self.from;
            out.extend_from_slice(&self.bytes[done..at]);
            refer(out, *to);
            done = at;
        }
        out.extend_from_slice(&self.bytes[done..]);
    }
}

/// Writes an object with long lists bit by bit.
pub(in crate::pdf) struct ObjectPen<'p> {
    packed: &'p mut Packed,
    /// Whether the next item of a list is its first.
    first: bool,
}

impl ObjectPen<'_> {
    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.packed.bytes.extend_from_slice(bytes);
    }

    /// Begins a list.
    pub fn open(&mut self) {
        self.raw(b"[");
        self.first = true;
    }

    /// Ends it.
    pub fn close(&mut self) {
        self.raw(b"]");
        self.first = false;
    }

    /// An item of a list.
    pub fn item(&mut self, object: &Object) {
        if !std::mem::replace(&mut self.first, false) && is_bare(object) {
            self.raw(b" ");
        }
        let Packed { bytes, references, .. } = &mut *self.packed;
        put(bytes, object, &mut |out, to| references.push((out.len(), to)));
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;
    use crate::pdf::objects::file::write;

    /// A catalogue, and a page of which every kind of value is a part; loose or packed.
    fn made(pack: bool) -> Vec<u8> {
        let mut objects = Objects { loose: Document::new(), packed: Packed::default() };
        let Objects { loose: document, packed } = &mut objects;
        let (root, page, note) =
            (document.new_object_id(), document.new_object_id(), document.new_object_id());
        let nobody = document.new_object_id();
        let first = dictionary! {
            "Type" => "Page",
            "Back" => root,
            "List" => vec![note.into(), 1.into(), vec![page.into(), Object::Null, note.into()].into(), nobody.into()],
            "Words" => Object::string_literal("a (b) \\ \0"),
            "Half" => Object::Real(0.5),
            "Dict" => dictionary! { "To" => note, "Yes" => true },
        };
        let second =
            dictionary! { "Names" => vec![Object::string_literal("n"), page.into(), 2.into(), root.into()] };
        document.set_object(root, dictionary! { "Type" => "Catalog", "First" => page });
        if pack {
            packed.set(page, &first);
            packed.set_with(note, |pen| {
                pen.raw(b"<</Names");
                pen.open();
                for item in [Object::string_literal("n"), page.into(), 2.into(), root.into()] {
                    pen.item(&item);
                }
                pen.close();
                pen.raw(b">>");
            });
        } else {
            document.set_object(page, first);
            document.set_object(note, second);
        }
        document.trailer = dictionary! { "Root" => root };
        write(&objects)
    }

    #[test]
    fn packed_objects_make_the_same_file_as_loose_ones() {
        assert_eq!(made(true), made(false));
    }

    #[test]
    fn a_link_takes_little_more_than_its_bytes() {
        let (mut document, mut packed) = (Document::new(), Packed::default());
        let page = document.new_object_id();
        for number in 0..1000_i64 {
            let corners: Vec<Object> = (0..4).map(|side| (number + side).into()).collect();
            let place: Vec<Object> = vec![page.into(), "XYZ".into(), 0.into(), number.into(), 0.into()];
            let link =
                dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => corners, "Dest" => place };
            packed.set(document.new_object_id(), &link);
        }
        assert!(packed.bytes.len() < 100 * 1000, "{} bytes", packed.bytes.len());
        assert_eq!((packed.references.len(), document.objects.len()), (1000, 0));
    }
}
