//! Objects → file: object streams, a cross-reference stream, an identity made from the content.
//!
//! Comes in: a document of `lopdf`, every object with the number it happened to get. Goes out: the
//! file. Written here and not by `lopdf` because of three things it does not do: objects are numbered
//! again in the order in which they are reached from the catalogue (so what nothing refers to is left
//! out, and numbers do not depend on who made what first), the cross-reference stream is compressed,
//! and the file's `/ID` is a hash of its bytes, so that equal booklets are equal files.

use std::cell::RefCell;
use std::collections::BTreeMap;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use rayon::prelude::*;

use super::content::{Milli, put_integer};
use super::packed::{Objects, Pack};
use super::written::{put, put_dictionary};

/// Objects in one object stream: many, since small ones compress badly.
const OBJECTS_A_STREAM: usize = 200;
/// How every file begins: its version, and bytes that tell programs it is no text (7.5.2).
pub(in crate::pdf) const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
/// Effort of compression; the highest takes a third more time for less than a hundredth of the size.
const EFFORT: u32 = 6;

thread_local! {
    /// One compressor a thread: most streams are shorter than the tables that a new one would clear.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(EFFORT), true));
}

/// Compresses as `FlateDecode` undoes it.
pub(in crate::pdf) fn deflate(bytes: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(read..).unwrap_or_default();
            match compressor.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => out.reserve(out.capacity().max(64)),
                // Memory takes whatever is written: there is nothing else that could fail.
                Ok(Status::StreamEnd) | Err(_) => return out,
            }
        }
    })
}

/// A stream whose content is compressed already.
pub(in crate::pdf) fn compressed(mut dictionary: Dictionary, content: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, content).with_compression(false)
}

/// A number in thousandths, as an object: whole if it can be.
pub(in crate::pdf) fn real(Milli(thousandths): Milli) -> Object {
    if thousandths % 1000 == 0 {
        Object::Integer(thousandths / 1000)
    } else {
        Object::Real((thousandths as f64 / 1000.0) as f32)
    }
}

/// Writes the file: all objects that are reached from the trailer. It must name `Root`, and may name `Info`.
pub(in crate::pdf) fn write(objects: &Objects) -> Vec<u8> {
    let order = Order::of(objects);
    let mut file = HEADER.to_vec();
    let mut entries = vec![Entry::Free; order.objects.len() + 1];
    let mut small: Vec<(usize, Kept<'_>)> = Vec::new();
    for (place, object) in order.objects.iter().enumerate() {
        let number = place + 1;
        match object {
            Kept::Loose(Object::Stream(stream)) => {
                entries[number] = Entry::At(file.len());
                order.put_stream(&mut file, number, &stream.dict, &stream.content);
            }
            _ => small.push((number, *object)),
        }
    }
    let streams: Vec<(Vec<u8>, usize)> =
        small.par_chunks(OBJECTS_A_STREAM).map(|chunk| order.pack(chunk)).collect();
    for (chunk, (content, first)) in small.chunks(OBJECTS_A_STREAM).zip(streams) {
        let number = entries.len();
        entries.push(Entry::At(file.len()));
        for (index, (packed, _)) in chunk.iter().enumerate() {
            entries[*packed] = Entry::Packed { stream: number, index };
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "ObjStm");
        dictionary.set("N", chunk.len() as i64);
        dictionary.set("First", first as i64);
        dictionary.set("Filter", "FlateDecode");
        order.put_stream(&mut file, number, &dictionary, &content);
    }
    order.put_cross_reference(&mut file, entries, &objects.loose.trailer);
    file
}

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    Packed { stream: usize, index: usize },
}

/// An object, as it is kept.
#[derive(Debug, Clone, Copy)]
enum Kept<'a> {
    Loose(&'a Object),
    Packed(Pack<'a>),
}

/// The objects in the order in which they are reached.
struct Order<'a> {
    numbers: BTreeMap<ObjectId, usize>,
    objects: Vec<Kept<'a>>,
}

/// What is still to look at.
enum Pending<'a> {
    Object(&'a Object),
    Reference(ObjectId),
}

impl<'a> Order<'a> {
    fn of(Objects { loose: document, packed }: &'a Objects) -> Self {
        let mut order = Self { numbers: BTreeMap::new(), objects: Vec::new() };
        let roots: Vec<&Object> =
            [b"Root".as_slice(), b"Info"].iter().filter_map(|key| document.trailer.get(key).ok()).collect();
        // A list of what is still to look at, not recursion: outlines and trees may be deep.
        let mut open: Vec<Pending<'_>> = roots.into_iter().rev().map(Pending::Object).collect();
        while let Some(next) = open.pop() {
            match next {
                Pending::Reference(id) | Pending::Object(&Object::Reference(id)) => {
                    let loose = document.objects.get(&id);
                    let target = loose.map(Kept::Loose).or_else(|| packed.get(id).map(Kept::Packed));
                    let Some(target) = target.filter(|_| !order.numbers.contains_key(&id)) else { continue };
                    order.objects.push(target);
                    order.numbers.insert(id, order.objects.len());
                    match target {
                        Kept::Loose(object) => open.push(Pending::Object(object)),
                        Kept::Packed(pack) => open.extend(pack.references().rev().map(Pending::Reference)),
                    }
                }
                Pending::Object(Object::Array(items)) => open.extend(items.iter().rev().map(Pending::Object)),
                Pending::Object(Object::Dictionary(entries)) => {
                    open.extend(entries.iter().rev().map(|(_, value)| Pending::Object(value)));
                }
                Pending::Object(Object::Stream(stream)) => {
                    open.extend(stream.dict.iter().rev().map(|(_, value)| Pending::Object(value)));
                }
                Pending::Object(_) => {}
            }
        }
        order
    }

    /// Appends what stands for a reference: the number that its object has in the file.
    fn refer(&self, out: &mut Vec<u8>, id: ObjectId) {
        match self.numbers.get(&id) {
            Some(&number) => {
                put_integer(out, number as i64);
                out.extend_from_slice(b" 0 R");
            }
            None => out.extend_from_slice(b"null"),
        }
    }

    /// The content of an object stream, compressed, and where its first object begins.
    fn pack(&self, objects: &[(usize, Kept<'_>)]) -> (Vec<u8>, usize) {
        let mut index = Vec::new();
        let mut body = Vec::new();
        for (number, object) in objects {
            put_integer(&mut index, *number as i64);
            index.push(b' ');
            put_integer(&mut index, body.len() as i64);
            index.push(b' ');
            let mut refer = |out: &mut Vec<u8>, id| self.refer(out, id);
            match object {
                Kept::Loose(object) => put(&mut body, object, &mut refer),
                Kept::Packed(pack) => pack.put(&mut body, &mut refer),
            }
            body.push(b'\n');
        }
        let first = index.len();
        index.extend_from_slice(&body);
        (deflate(&index), first)
    }

    fn put_stream(&self, file: &mut Vec<u8>, number: usize, dictionary: &Dictionary, content: &[u8]) {
        put_integer(file, number as i64);
        file.extend_from_slice(b" 0 obj\n");
        let mut dictionary = dictionary.clone();
        dictionary.set("Length", content.len() as i64);
        put_dictionary(file, &dictionary, &mut |out, id| self.refer(out, id));
        file.extend_from_slice(b"\nstream\n");
        file.extend_from_slice(content);
        file.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// The cross-reference stream, which is the trailer too, and the end of the file.
    fn put_cross_reference(&self, file: &mut Vec<u8>, mut entries: Vec<Entry>, trailer: &Dictionary) {
        let start = file.len();
        entries.push(Entry::At(start));
        let offset_bytes = if start < 1 << 16 {
            2
        } else if start < 1 << 24 {
            3
        } else {
            4
        };
        let width = 1 + offset_bytes + 1;
        // Each row is written as its difference to the row above (PNG's "up", 7.4.4.4): most bytes
        // become zero.
        let mut above = vec![0_u8; width];
        let mut table = Vec::with_capacity(entries.len() * (width + 1));
        for entry in &entries {
            let (kind, field, last) = match *entry {
                Entry::Free => (0, 0, 0),
                Entry::At(offset) => (1, offset, 0),
                Entry::Packed { stream, index } => (2, stream, index),
            };
            let mut row = vec![kind];
            row.extend_from_slice(&(field as u64).to_be_bytes()[8 - offset_bytes..]);
            row.push(last as u8);
            table.push(2);
            table.extend(row.iter().zip(&above).map(|(this, above)| this.wrapping_sub(*above)));
            above = row;
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "XRef");
        dictionary.set("Size", entries.len() as i64);
        dictionary.set("W", vec![Object::Integer(1), (offset_bytes as i64).into(), Object::Integer(1)]);
        for key in [b"Root".as_slice(), b"Info"] {
            if let Ok(value) = trailer.get(key) {
                dictionary.set(key, value.clone());
            }
        }
        let identity = Object::String(
            sha1_smol::Sha1::from(&*file).digest().bytes()[..16].to_vec(),
            StringFormat::Hexadecimal,
        );
        dictionary.set("ID", vec![identity.clone(), identity]);
        dictionary.set("Filter", "FlateDecode");
        let mut predictor = Dictionary::new();
        predictor.set("Predictor", 12);
        predictor.set("Columns", width as i64);
        dictionary.set("DecodeParms", predictor);
        self.put_stream(file, entries.len() - 1, &dictionary, &deflate(&table));
        file.extend_from_slice(b"startxref\n");
        put_integer(file, start as i64);
        file.extend_from_slice(b"\n%%EOF\n");
    }
}
