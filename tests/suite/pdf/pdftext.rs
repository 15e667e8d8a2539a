//! A small reader of PDF text, for tests: content streams → lines, by the fonts' own `ToUnicode` maps.
//!
//! Shares no code with the PDF writer. It knows what a text needs and no more: text objects, the text
//! matrix, `Tj` and `TJ`, codes of one or two bytes, `ActualText`. What it does not know it fails on.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// The lines of every page, from the top of the page to its foot. Text on one baseline is one line.
pub fn pages(file: &[u8]) -> Vec<Vec<String>> {
    let document = Document::load_mem(file).expect("a PDF");
    document.get_pages().into_values().map(|page| lines(&document, page)).collect()
}

/// Index of the first page that is numbered in figures: where the text begins, after covers, title page,
/// imprint and contents.
pub fn first_of_text(file: &[u8]) -> usize {
    let document = Document::load_mem(file).expect("a PDF");
    let catalog = document.catalog().expect("a catalogue");
    let labels = catalog.get_deref(b"PageLabels", &document).and_then(Object::as_dict).expect("page labels");
    let ranges = labels.get_deref(b"Nums", &document).and_then(Object::as_array).expect("their ranges");
    let figures = ranges.chunks(2).find(|range| {
        let (_, style) = document.dereference(&range[1]).expect("a range");
        style.as_dict().is_ok_and(|s| s.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"D"))
    });
    figures.expect("pages numbered in figures")[0].as_i64().expect("an index") as usize
}

fn lines(document: &Document, page: ObjectId) -> Vec<String> {
    let content = document.get_page_content(page);
    let content = Content::decode(&content).expect("operators");
    let maps: BTreeMap<Vec<u8>, Map> = document
        .get_page_fonts(page)
        .expect("fonts")
        .into_iter()
        .map(|(name, font)| (name, to_unicode(document, font)))
        .collect();
    let mut found: BTreeMap<i64, String> = BTreeMap::new();
    let (mut line, mut font, mut actual) = ((0.0, 0.0), None, Vec::new());
    for operation in content.operations {
        let number = |i: usize| operation.operands[i].as_float().map(f64::from).expect("a number");
        match operation.operator.as_str() {
            "BT" => line = (0.0, 0.0),
            "Td" => line = (line.0 + number(0), line.1 + number(1)),
            "Tm" => line = (number(4), number(5)),
            "Tf" => font = maps.get(operation.operands[0].as_name().expect("a font's name")),
            "BDC" => actual.push(actual_text(&operation.operands[1])),
            "BMC" => actual.push(None),
            "EMC" => {
                if let Some(Some(text)) = actual.pop() {
                    // From the foot up, in thousandths of a point, so that the order is the page's.
                    found.entry(-(line.1 * 1000.0).round() as i64).or_default().push_str(&text);
                }
            }
            "Tj" | "TJ" if actual.iter().flatten().next().is_none() => {
                let text = shown(&operation.operands[0], font.expect("a font is set"));
                found.entry(-(line.1 * 1000.0).round() as i64).or_default().push_str(&text);
            }
            "cm" | "T*" | "'" | "\"" | "TD" => panic!("this reader does not know `{}`", operation.operator),
            _ => {}
        }
    }
    found.into_values().collect()
}

fn actual_text(properties: &Object) -> Option<String> {
    let text = properties.as_dict().ok()?.get(b"ActualText").ok()?.as_str().ok()?;
    let units = text.strip_prefix(&[0xFE, 0xFF])?;
    Some(utf16(units))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// How many bytes a code has, and what each stands for.
type Map = (usize, BTreeMap<u32, String>);

fn shown(operand: &Object, (bytes, map): &Map) -> String {
    let strings: Vec<&Object> = match operand {
        Object::Array(parts) => parts.iter().collect(),
        one => vec![one],
    };
    let codes =
        strings.into_iter().filter_map(|part| part.as_str().ok()).flat_map(|s| s.chunks_exact(*bytes));
    codes.map(|c| map.get(&code(c)).map_or("\u{fffd}", String::as_str)).collect()
}

/// Reads the `bfchar` and `bfrange` parts of a font's `ToUnicode` map.
fn to_unicode(document: &Document, font: &Dictionary) -> Map {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).and_then(|id| document.get_object(id));
    let stream = stream.and_then(Object::as_stream).expect("every font has a ToUnicode map");
    let text = stream.decompressed_content().expect("a stream that inflates");
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut map = BTreeMap::new();
    let space = text
        .split_once("begincodespacerange")
        .expect("a range of codes")
        .1
        .split_once('<')
        .expect("its start")
        .1;
    let bytes = space.find('>').expect("its end") / 2;
    let (mut hex, mut rest) = (Vec::<Vec<u8>>::new(), text.as_str());
    let mut in_array = None;
    while let Some(at) = rest.find(['<', 'b', 'e', '[', ']']) {
        rest = &rest[at..];
        if let Some(section) = ["beginbfchar", "beginbfrange", "endbfchar", "endbfrange"]
            .into_iter()
            .find(|name| rest.starts_with(name))
        {
            match section {
                "endbfchar" => {
                    for pair in hex.chunks_exact(2) {
                        map.insert(code(&pair[0]), utf16(&pair[1]));
                    }
                }
                "endbfrange" => {
                    for three in hex.chunks_exact(3) {
                        for offset in 0..=code(&three[1]) - code(&three[0]) {
                            let mut target = three[2].clone();
                            let last = target.pop().expect("a target");
                            target.push(last + u8::try_from(offset).expect("ranges keep the high byte"));
                            map.insert(code(&three[0]) + offset, utf16(&target));
                        }
                    }
                }
                _ => {}
            }
            hex.clear();
            rest = &rest[section.len()..];
        } else if rest.starts_with("<<") || rest.starts_with(['b', 'e']) {
            rest = &rest[if rest.starts_with("<<") { 2 } else { 1 }..];
        } else if let Some(inner) = rest.strip_prefix('<') {
            let end = inner.find('>').expect("the end of a string");
            let digits: Vec<u8> = inner[..end].bytes().filter(u8::is_ascii_hexdigit).collect();
            let value = |d: u8| (d as char).to_digit(16).unwrap_or_default() as u8;
            let bytes = digits.chunks_exact(2).map(|d| value(d[0]) * 16 + value(d[1])).collect();
            match &mut in_array {
                None => hex.push(bytes),
                Some(targets) => Vec::push(targets, bytes),
            }
            rest = &inner[end..];
        } else if rest.starts_with('[') {
            in_array = Some(Vec::new());
            rest = &rest[1..];
        } else {
            // A range whose targets are listed one by one.
            if let (Some(targets), [.., low, _]) = (in_array.take(), hex.as_slice()) {
                let low = code(low);
                for (offset, target) in (0..).zip(targets) {
                    map.insert(low + offset, utf16(&target));
                }
                hex.truncate(hex.len() - 2);
            }
            rest = &rest[1..];
        }
    }
    (bytes, map)
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, &b| sum << 8 | u32::from(b))
}
