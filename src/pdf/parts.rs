//! A PDF of ours taken apart: the sources that it carries, and what two PDFs can differ in.
//!
//! Comes in: any bytes. Goes out: the attached files, their sums checked; or [`Parts`], in the terms that
//! people have for a booklet: pages, fonts, pictures, what the file says about itself.

use std::collections::{BTreeMap, BTreeSet};

use md5::{Digest, Md5};

use crate::sources::{Carried, MOST_FILES, Unreadable, shown};

use super::metadata::PRODUCER;
use super::objects::reader::ObjectReader;
use super::objects::syntax::PdfValue;
use super::{PAGE, PICTURE};

/// Page trees deeper than this are not ours.
const DEEPEST: usize = 30;
/// More pages than any booklet has.
const MOST_PAGES: usize = 200_000;

/// What two PDFs can differ in. Contents are as they are unpacked, and compared as such.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts<'f> {
    /// The pages of the file in order: sheets' sides in a print PDF.
    pub sides: Vec<PageContent>,
    /// The booklet's pages on the sheets of a print PDF, drawn once each; none in a reading PDF.
    pub pages: Vec<Vec<u8>>,
    /// Fonts by name, with their files.
    pub fonts: BTreeMap<String, Vec<u8>>,
    /// Pictures in order, as they are packed in the file.
    pub pictures: Vec<&'f [u8]>,
    /// What the file says about itself: title, author and so on, by PDF's names for them.
    pub about: BTreeMap<String, String>,
    /// The same once more, as XMP.
    pub packet: Vec<u8>,
}

/// A page of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageContent {
    /// Width and height in thousandths of a point.
    pub size: (i64, i64),
    /// The operators that draw it.
    pub drawing: Vec<u8>,
    /// How many links are on it.
    pub links: usize,
}

/// Opens a file that booklet made and that nobody has changed.
fn open(file: &[u8]) -> Result<ObjectReader<'_>, Unreadable> {
    let reader = ObjectReader::open(file)?;
    let producer = reader.get(&reader.trailer("Info"), "Producer").value.words();
    match producer.as_deref() {
        Some(PRODUCER) => Ok(reader),
        Some(_) => Err(Unreadable::NotOurs),
        // In the shape of ours, without the words of ours.
        None => Err(Unreadable::damaged("what it says about itself cannot be read")),
    }
}

/// Whether booklet made a PDF. It stands in the clear in every one, also when another program saved it since and
/// kept that word.
pub fn made_here(file: &[u8]) -> bool {
    let word = format!("<pdf:Producer>{PRODUCER}</pdf:Producer>");
    file.starts_with(b"%PDF") && file.windows(word.len()).any(|words| words == word.as_bytes())
}

/// The sources that a reading PDF carries.
///
/// # Errors
/// When booklet did not make the file, or there are none, or the file is not as it was.
pub fn sources(file: &[u8]) -> Result<Carried, Unreadable> {
    let reader = open(file)?;
    if !reader.is_whole() {
        return Err(Unreadable::damaged("its sum is not the one that it was made with"));
    }
    let attached = reader.get(&reader.trailer("Root"), "AF").value;
    let attached = attached.list().unwrap_or_default();
    if attached.is_empty() {
        return Err(Unreadable::NoSources);
    }
    if attached.len() > MOST_FILES {
        return Err(Unreadable::TooMuch);
    }
    let mut files = Vec::with_capacity(attached.len());
    for specification in attached {
        let specification = reader.resolved(specification).value;
        let name = reader.get(&specification, "UF").value.words();
        let name = name.ok_or_else(|| Unreadable::damaged("an attachment has no name"))?;
        let damaged = |how: &str| Unreadable::damaged(format!("the attachment “{}” {how}", shown(&name)));
        let stream = reader.get(&reader.get(&specification, "EF").value, "F");
        let Some(contents) = reader.unpacked(&stream) else {
            if reader.too_much() {
                return Err(Unreadable::TooMuch);
            }
            return Err(damaged("cannot be unpacked"));
        };
        let sum = reader.get(&reader.get(&stream.value, "Params").value, "CheckSum").value;
        if sum.text() != Some(&Md5::digest(&contents)[..]) {
            return Err(damaged("is not as it was"));
        }
        files.push((name, contents));
    }
    Ok(files)
}

/// Takes a PDF apart.
///
/// # Errors
/// When booklet did not make the file, or it cannot be read.
pub fn take_apart(file: &[u8]) -> Result<Parts<'_>, Unreadable> {
    let reader = open(file)?;
    let root = reader.trailer("Root");
    let mut parts = Parts { about: about(&reader), ..Parts::default() };
    parts.packet = reader.unpacked(&reader.get(&root, "Metadata")).unwrap_or_default();
    let mut resources = None;
    let pages = reader.get(&root, "Pages").value;
    // One page after the other, and nothing of it kept that is not compared: an object that many names
    // stand for is read as often, and must not be held as often.
    let mut leaf = |page: &PdfValue| {
        parts.sides.push(side(&reader, page));
        resources.get_or_insert_with(|| reader.get(page, "Resources").value);
        parts.sides.len() < MOST_PAGES
    };
    gather(&reader, pages, DEEPEST, &mut BTreeSet::new(), &mut leaf);
    let mut resources = resources.unwrap_or(PdfValue::Null);
    // Pages of a print PDF are objects that its sides share, with resources of their own.
    let mut first = None;
    for page in named(&reader, &resources, "XObject", PAGE) {
        let page = reader.resolved(&page);
        parts.pages.push(reader.unpacked(&page).unwrap_or_default());
        first.get_or_insert_with(|| reader.get(&page.value, "Resources").value);
    }
    resources = first.unwrap_or(resources);
    let mut seen = BTreeSet::new();
    for picture in named(&reader, &resources, "XObject", PICTURE) {
        let content = reader.resolved(&picture).content.unwrap_or_default();
        // One that stands under many names is a snare.
        if !content.is_empty() && !seen.insert(content.as_ptr()) {
            reader.again(content.len());
        }
        parts.pictures.push(content);
    }
    for font in named(&reader, &resources, "Font", b'F') {
        let (name, file) = font_file(&reader, &reader.resolved(&font).value);
        parts.fonts.insert(name, file);
    }
    if reader.too_much() { Err(Unreadable::TooMuch) } else { Ok(parts) }
}

/// The information dictionary, as words.
fn about(reader: &ObjectReader<'_>) -> BTreeMap<String, String> {
    let info = reader.trailer("Info");
    let entries = info.table().into_iter().flatten();
    let words = |(key, value): (&Vec<u8>, &PdfValue)| {
        Some((String::from_utf8_lossy(key).into_owned(), reader.resolved(value).value.words()?))
    };
    entries.filter_map(words).collect()
}

/// Calls `leaf` with each leaf of a page tree, in order, until it wants no more; false then.
fn gather(
    reader: &ObjectReader<'_>,
    node: PdfValue,
    depth: usize,
    seen: &mut BTreeSet<usize>,
    leaf: &mut dyn FnMut(&PdfValue) -> bool,
) -> bool {
    let kids = reader.get(&node, "Kids").value;
    match kids.list() {
        Some(kids) if depth > 0 => {
            for kid in kids {
                // A page that stands twice in the tree is a snare.
                let PdfValue::Reference(number) = kid else { continue };
                if seen.insert(*number) && !gather(reader, reader.resolved(kid).value, depth - 1, seen, leaf)
                {
                    return false;
                }
            }
            true
        }
        Some(_) => true,
        None => leaf(&node),
    }
}

fn side(reader: &ObjectReader<'_>, page: &PdfValue) -> PageContent {
    let corners = reader.get(page, "MediaBox").value;
    let corner = |index: usize| match corners.list().and_then(|list| list.get(index)) {
        Some(PdfValue::Number(points)) => (points * 1000.0).round() as i64,
        _ => 0,
    };
    let drawing = reader.unpacked(&reader.get(page, "Contents")).unwrap_or_default();
    let links = reader.get(page, "Annots").value.list().map_or(0, <[PdfValue]>::len);
    PageContent { size: (corner(2), corner(3)), drawing, links }
}

/// Resources of a kind by their numbers: names are this letter and a number. They are references mostly.
fn named(reader: &ObjectReader<'_>, resources: &PdfValue, kind: &str, letter: u8) -> Vec<PdfValue> {
    let table = reader.get(resources, kind).value;
    let entries = table.table().into_iter().flatten();
    let number = |name: &[u8]| std::str::from_utf8(name.strip_prefix(&[letter])?).ok()?.parse::<usize>().ok();
    let numbered: BTreeMap<usize, &PdfValue> =
        entries.filter_map(|(name, value)| Some((number(name)?, value))).collect();
    numbered.into_values().cloned().collect()
}

/// The name of a font, without the letters that mark it as cut, and its file.
fn font_file(reader: &ObjectReader<'_>, font: &PdfValue) -> (String, Vec<u8>) {
    let name = reader.get(font, "BaseFont").value;
    let name = String::from_utf8_lossy(name.name().unwrap_or_default()).into_owned();
    let name = name.split_once('+').map_or(name.clone(), |(_, rest)| rest.to_owned());
    let below = reader.get(font, "DescendantFonts").value;
    let below = below.list().and_then(<[PdfValue]>::first).map(|first| reader.resolved(first).value);
    let described = reader.get(&below.unwrap_or(PdfValue::Null), "FontDescriptor").value;
    let files = ["FontFile3", "FontFile2"].into_iter().map(|key| reader.get(&described, key));
    let file = files.into_iter().find_map(|file| reader.unpacked(&file));
    (name, file.unwrap_or_default())
}
