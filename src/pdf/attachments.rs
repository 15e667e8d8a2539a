//! The booklet's sources in its reading PDF, as PDF/A-3 wants embedded files (ISO 19005-3, 6.8).
//!
//! Comes in: the sources. Goes out: embedded file streams, their file specifications, and the entries of
//! the catalogue that name them: `AF` for programs that ask what belongs to the document, the name tree
//! for people who open the list of attachments. Each says what it is to the booklet (`Source`), its
//! media type, its size, its sum, and the booklet's date. Without a date in the manifest that is the
//! first day of 2000, as in the EPUB: the standard asks for one, and no clock is read.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use md5::{Digest, Md5};
use rayon::prelude::*;

use crate::manifest::Date;
use crate::sources::{SourceFile, Sources};

use super::metadata::text_string;

/// Effort of compression: texts are small, and are read by people who wait for nothing.
const EFFORT: u32 = 9;
/// What a booklet without a date says (EPUB 3.3 asks for the same).
const NO_DATE: Date = Date { year: 2000, month: 1, day: 1 };

/// A file ready to be embedded.
#[derive(Debug)]
pub(super) struct Attachment {
    path: String,
    about: &'static str,
    stream: Stream,
}

/// Compresses the files, side by side.
pub(super) fn pack(sources: &Sources, date: Option<Date>) -> Vec<Attachment> {
    sources.files().par_iter().map(|file| attachment(file, date.unwrap_or(NO_DATE))).collect()
}

fn attachment(file: &SourceFile, date: Date) -> Attachment {
    let Date { year, month, day } = date;
    let sum = Object::String(Md5::digest(&*file.bytes).to_vec(), StringFormat::Hexadecimal);
    let mut dictionary = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => file.media,
        "Params" => dictionary! {
            "Size" => file.bytes.len() as i64,
            "ModDate" => text_string(&format!("D:{year:04}{month:02}{day:02}000000Z")),
            "CheckSum" => sum,
        },
    };
    // Pictures are compressed already.
    let content = if file.media.starts_with("image/") {
        file.bytes.to_vec()
    } else {
        dictionary.set("Filter", "FlateDecode");
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(EFFORT));
        // Writing into memory cannot fail.
        let _ = encoder.write_all(&file.bytes);
        encoder.finish().unwrap_or_default()
    };
    let stream = Stream::new(dictionary, content).with_compression(false);
    Attachment { path: file.path.clone(), about: file.about, stream }
}

/// Hangs the files into the document.
pub(super) fn add(document: &mut Document, catalogue: &mut Dictionary, attachments: &[Attachment]) {
    if attachments.is_empty() {
        return;
    }
    let mut named: Vec<(Vec<u8>, Object)> = Vec::new();
    for attachment in attachments {
        let stream = document.add_object(attachment.stream.clone());
        let name = text_string(&attachment.path);
        let specification = document.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => name.clone(),
            "UF" => name.clone(),
            "AFRelationship" => "Source",
            "Desc" => text_string(attachment.about),
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        });
        named.push((name.as_str().unwrap_or_default().to_vec(), specification.into()));
    }
    let files: Vec<Object> = named.iter().map(|(_, file)| file.clone()).collect();
    catalogue.set("AF", files);
    // A name tree is in the order of its keys' bytes (7.9.6).
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    let pairs = named.into_iter().flat_map(|(name, file)| [Object::string_literal(name), file]);
    let tree = document.add_object(dictionary! { "Names" => pairs.collect::<Vec<Object>>() });
    let mut names = catalogue.get(b"Names").and_then(Object::as_dict).cloned().unwrap_or_default();
    names.set("EmbeddedFiles", tree);
    catalogue.set("Names", names);
}
