//! PDFs taken apart again, with `lopdf` and what ISO 32000 says, not with the program's own code.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

pub struct Pdf {
    pub document: Document,
    pub pages: Vec<ObjectId>,
}

impl Pdf {
    pub fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.get_pages().into_values().collect();
        Self { document, pages }
    }

    pub fn page(&self, index: usize) -> &Dictionary {
        self.document.get_dictionary(self.pages[index]).unwrap()
    }

    pub fn content(&self, index: usize) -> Content {
        Content::decode(&self.document.get_page_content(self.pages[index])).unwrap()
    }

    pub fn operators(&self, index: usize) -> Vec<String> {
        self.content(index).operations.into_iter().map(|operation| operation.operator).collect()
    }

    pub fn catalogue(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    pub fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).unwrap().1
    }

    pub fn dictionary<'a>(&'a self, within: &'a Dictionary, key: &str) -> &'a Dictionary {
        self.resolve(within.get(key.as_bytes()).unwrap()).as_dict().unwrap()
    }

    pub fn text_of_stream(&self, stream: &Object) -> String {
        let stream = self.resolve(stream).as_stream().unwrap();
        String::from_utf8(stream.decompressed_content().unwrap()).unwrap()
    }

    /// What copying a page's text gives, by `ToUnicode` and `ActualText`.
    pub fn copied(&self, index: usize) -> String {
        let resources = self.dictionary(self.page(index), "Resources");
        let fonts = self.dictionary(resources, "Font");
        let mut map = Characters::default();
        let mut text = String::new();
        let mut instead: Vec<bool> = Vec::new();
        for operation in self.content(index).operations {
            match operation.operator.as_str() {
                "Tf" => {
                    let name = operation.operands[0].as_name().unwrap();
                    let font = self.resolve(fonts.get(name).unwrap()).as_dict().unwrap();
                    map = Characters::of(&self.text_of_stream(font.get(b"ToUnicode").unwrap()));
                }
                "BDC" => {
                    let actual = operation.operands[1].as_dict().and_then(|d| d.get(b"ActualText"));
                    if let Ok(actual) = actual {
                        text.push_str(&utf16(&actual.as_str().unwrap()[2..]));
                    }
                    instead.push(actual.is_ok());
                }
                "EMC" => drop(instead.pop()),
                "TJ" if !instead.contains(&true) => {
                    for piece in operation.operands[0].as_array().unwrap() {
                        if let Object::String(codes, _) = piece {
                            text.extend(map.codes(codes).map(|code| map.text(code)));
                        }
                    }
                }
                _ => {}
            }
        }
        text
    }
}

pub fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

/// What a font's codes are: how long, and by a map (`ToUnicode`, or from codes to glyph numbers) what each
/// range of them begins with.
#[derive(Debug, Clone, Default)]
pub struct Characters {
    bytes: usize,
    ranges: Vec<(u16, u16, String)>,
}

impl Characters {
    pub fn of(map: &str) -> Self {
        let number = |text| u16::from_str_radix(text, 16).unwrap();
        let mut found = Self::default();
        let mut inside = "";
        for line in map.lines() {
            if let Some((_, section)) = line.split_once(" begin") {
                inside = section;
            } else if line.starts_with("end") {
                inside = "";
            } else if !inside.is_empty() {
                let parts: Vec<&str> = line.split(['<', '>']).filter(|part| !part.is_empty()).collect();
                if inside == "codespacerange" {
                    found.bytes = parts[0].len() / 2;
                } else {
                    found.ranges.push((number(parts[0]), number(parts[1]), parts[2].to_owned()));
                }
            }
        }
        assert!(!found.ranges.is_empty());
        found
    }

    /// The codes of a string.
    pub fn codes<'s>(&'s self, string: &'s [u8]) -> impl Iterator<Item = u16> + 's {
        string.chunks(self.bytes).map(|code| code.iter().fold(0, |sum, &byte| sum << 8 | u16::from(byte)))
    }

    fn find(&self, code: u16) -> (&str, u16) {
        let range = self.ranges.iter().find(|(from, to, _)| (*from..=*to).contains(&code));
        let (from, _, start) = range.unwrap_or_else(|| panic!("code {code} is in no range"));
        (start, code - from)
    }

    /// The text of a code, from a `ToUnicode` map.
    pub fn text(&self, code: u16) -> String {
        let (start, offset) = self.find(code);
        let digits: Vec<u8> = start.bytes().collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let mut units: Vec<u16> =
            utf16(&digits.chunks(2).map(byte).collect::<Vec<u8>>()).encode_utf16().collect();
        *units.last_mut().unwrap() += offset;
        String::from_utf16(&units).unwrap()
    }

    /// The glyph number of a code, from a font's own encoding.
    pub fn glyph(&self, code: u16) -> usize {
        let (start, offset) = self.find(code);
        start.parse::<usize>().unwrap() + usize::from(offset)
    }
}

pub fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

pub fn numbers(object: &Object) -> Vec<f64> {
    object.as_array().unwrap().iter().map(number).collect()
}
