//! The objects of a PDF that this program made, read back.
//!
//! Comes in: any bytes. Goes out: a [`ObjectReader`] that gives objects by number, or why there is none. It
//! reads what `file.rs` writes and no more: one cross-reference stream, object streams, flate. A file in
//! another shape was made or changed by another program, which is all that need be known of it. Hostile
//! files are the rule here: nesting is bounded, and so is what all streams together may unpack to; every
//! offset is looked up, none is trusted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::Read;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use crate::sources::{LARGEST_FILE, MOST_BYTES, Unreadable};

use super::file::HEADER;
use super::syntax::{Dict, Parser, PdfValue};

/// The most objects.
const MOST_OBJECTS: usize = 2_000_000;
/// Bytes of objects that are read in all: objects that many numbers stand for are read as often.
const MOST_READ: usize = 256 << 20;
/// References that lead to references, at most.
const LONGEST_CHAIN: usize = 16;

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    Packed { stream: usize, index: usize },
}

/// An object, and its contents if it is a stream, as they stand in the file.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Object<'f> {
    pub value: PdfValue,
    pub content: Option<&'f [u8]>,
}

/// An object stream, unpacked, and where its objects begin.
struct Packed {
    content: Vec<u8>,
    starts: Vec<usize>,
}

/// A PDF of ours.
pub(in crate::pdf) struct ObjectReader<'f> {
    file: &'f [u8],
    entries: Vec<Entry>,
    trailer: Dict,
    packed: RefCell<BTreeMap<usize, Option<Rc<Packed>>>>,
    /// How many bytes streams may still unpack to.
    left: Cell<usize>,
    /// How many bytes of objects may still be read.
    patience: Cell<usize>,
    /// Where the cross-reference stream begins.
    end: usize,
}

impl<'f> ObjectReader<'f> {
    /// Opens a file. Whether it is as it was made, [`Reader::is_whole`] says.
    pub fn open(file: &'f [u8]) -> Result<Self, Unreadable> {
        let damaged = |what: &str| Unreadable::damaged(what);
        if !file.starts_with(HEADER) {
            return Err(Unreadable::NotOurs);
        }
        let tail = file.len().saturating_sub(1024);
        let word = b"startxref";
        let place = file[tail..].windows(word.len()).rposition(|w| w == word);
        let place = place.ok_or_else(|| damaged("its end is missing"))?;
        let end = Parser::new(file, tail + place + word.len()).integer();
        let end = end.filter(|at| *at < file.len()).ok_or_else(|| damaged("its end is damaged"))?;
        if file[end..].starts_with(b"xref") {
            // A table in place of the stream that we write.
            return Err(Unreadable::NotOurs);
        }
        let mut reader = Self {
            file,
            entries: Vec::new(),
            trailer: Dict::new(),
            packed: RefCell::default(),
            left: Cell::new(MOST_BYTES),
            patience: Cell::new(MOST_READ),
            end,
        };
        let object = reader.object_at(end, None);
        let object = object.ok_or_else(|| damaged("its list of objects is missing"))?;
        reader.trailer = object.value.table().cloned().unwrap_or_default();
        if !reader.trailer.contains_key(&b"DecodeParms"[..]) {
            return Err(Unreadable::NotOurs);
        }
        let rows = reader.unpacked(&object).ok_or_else(|| damaged("its list of objects is damaged"))?;
        reader.entries = reader.rows(&rows).ok_or_else(|| damaged("its list of objects is damaged"))?;
        Ok(reader)
    }

    /// Whether the file is as this program wrote it: its identity is the sum of what comes before the
    /// cross-reference stream.
    pub fn is_whole(&self) -> bool {
        let sum = sha1_smol::Sha1::from(&self.file[..self.end]).digest().bytes();
        let ids = self.trailer.get(&b"ID"[..]).and_then(PdfValue::list).unwrap_or_default();
        ids.first().and_then(PdfValue::text) == Some(&sum[..16])
    }

    /// An entry of the trailer.
    pub fn trailer(&self, key: &str) -> PdfValue {
        self.trailer.get(key.as_bytes()).map_or(PdfValue::Null, |value| self.resolved(value).value)
    }

    /// An entry of a table, with references followed.
    pub fn get(&self, table: &PdfValue, key: &str) -> Object<'f> {
        match table.table().and_then(|table| table.get(key.as_bytes())) {
            Some(value) => self.resolved(value),
            None => Object { value: PdfValue::Null, content: None },
        }
    }

    /// A value with references followed.
    pub fn resolved(&self, value: &PdfValue) -> Object<'f> {
        let mut value = value.clone();
        for _ in 0..LONGEST_CHAIN {
            let PdfValue::Reference(number) = value else { return Object { value, content: None } };
            let Some(object) = self.object(number) else { break };
            if object.content.is_some() {
                return object;
            }
            value = object.value;
        }
        Object { value: PdfValue::Null, content: None }
    }

    /// The contents of a stream, unpacked. None if they are damaged or too large.
    pub fn unpacked(&self, object: &Object<'f>) -> Option<Vec<u8>> {
        let content = object.content?;
        let table = object.value.table()?;
        let most = LARGEST_FILE.min(self.left.get());
        let mut out = Vec::new();
        match table.get(&b"Filter"[..]) {
            None => out.extend_from_slice(content),
            Some(PdfValue::Name(name)) if name == b"FlateDecode" => {
                ZlibDecoder::new(content).take(most as u64 + 1).read_to_end(&mut out).ok()?;
            }
            Some(_) => return None,
        }
        if out.len() > most {
            self.left.set(0);
            return None;
        }
        self.left.set(self.left.get() - out.len());
        Some(out)
    }

    /// Counts bytes that are used again as if they had been unpacked again.
    pub fn again(&self, bytes: usize) {
        self.left.set(self.left.get().saturating_sub(bytes));
    }

    /// Whether streams held more than is read.
    pub fn too_much(&self) -> bool {
        self.left.get() == 0 || self.patience.get() == 0
    }

    fn object(&self, number: usize) -> Option<Object<'f>> {
        match *self.entries.get(number)? {
            Entry::Free => None,
            Entry::At(at) => self.object_at(at, Some(number)),
            Entry::Packed { stream, index } => {
                let packed = self.packed(stream)?;
                let start = *packed.starts.get(index)?;
                let mut parser = Parser::new(&packed.content, start);
                let value = parser.value();
                self.spend(&parser, start)?;
                let value = value?;
                Some(Object { value, content: None })
            }
        }
    }

    /// The object that is written at a place of the file.
    fn object_at(&self, at: usize, number: Option<usize>) -> Option<Object<'f>> {
        let mut parser = Parser::new(self.file, at);
        let found = parser.integer()?;
        parser.integer()?;
        if !parser.word(b"obj") || number.is_some_and(|number| number != found) {
            return None;
        }
        let value = parser.value();
        self.spend(&parser, at)?;
        let value = value?;
        let content = if parser.word(b"stream") {
            let start = parser.after_line()?;
            let length = value.table()?.get(&b"Length"[..])?.integer()?;
            Some(self.file.get(start..start.checked_add(length)?)?)
        } else {
            None
        };
        Some(Object { value, content })
    }

    /// Counts what a parser has read since a place.
    fn spend(&self, parser: &Parser<'_>, from: usize) -> Option<()> {
        let read = if parser.too_much() { MOST_READ } else { parser.place().saturating_sub(from) };
        self.patience.set(self.patience.get().saturating_sub(read));
        (self.patience.get() > 0).then_some(())
    }

    fn packed(&self, number: usize) -> Option<Rc<Packed>> {
        if let Some(known) = self.packed.borrow().get(&number) {
            return known.clone();
        }
        // A stream that is packed in itself is none: what is being looked up counts as not there.
        self.packed.borrow_mut().insert(number, None);
        let packed = self.unpack(number).map(Rc::new);
        self.packed.borrow_mut().insert(number, packed.clone());
        packed
    }

    fn unpack(&self, number: usize) -> Option<Packed> {
        let Entry::At(at) = *self.entries.get(number)? else { return None };
        let object = self.object_at(at, Some(number))?;
        let table = object.value.table()?;
        let count = table.get(&b"N"[..])?.integer()?;
        let first = table.get(&b"First"[..])?.integer()?;
        let content = self.unpacked(&object)?;
        let mut parser = Parser::new(&content, 0);
        let mut starts = Vec::new();
        for _ in 0..count.min(content.len()) {
            parser.integer()?;
            starts.push(first.checked_add(parser.integer()?)?);
        }
        Some(Packed { content, starts })
    }

    /// The rows of the cross-reference stream (7.5.8), which are written as differences (PNG's "up").
    fn rows(&self, data: &[u8]) -> Option<Vec<Entry>> {
        let widths: Vec<usize> =
            self.trailer.get(&b"W"[..])?.list()?.iter().filter_map(PdfValue::integer).collect();
        let [kind, field, last] = widths.as_slice() else { return None };
        if *kind != 1 || *field > 4 || *last > 4 {
            return None;
        }
        let width = kind + field + last;
        let mut above = vec![0_u8; width];
        let mut entries = Vec::new();
        for row in data.chunks_exact(width + 1).take(MOST_OBJECTS) {
            if row[0] != 2 {
                return None;
            }
            above.iter_mut().zip(&row[1..]).for_each(|(above, up)| *above = above.wrapping_add(*up));
            let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            let (middle, end) = above[1..].split_at(*field);
            entries.push(match above[0] {
                1 => Entry::At(number(middle)),
                2 => Entry::Packed { stream: number(middle), index: number(end) },
                _ => Entry::Free,
            });
        }
        Some(entries)
    }
}
