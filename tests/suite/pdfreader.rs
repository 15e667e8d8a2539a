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

    /// What copying a page's text gives, by `ToUnicode` and `ActualText`.
    pub fn copied(&self, index: usize) -> String {
        let resources = self.dictionary(self.page(index), "Resources");
        let fonts = self.dictionary(resources, "Font");
        let mut map = Vec::new();
        let mut text = String::new();
        let mut instead = 0;
        for operation in self.content(index).operations {
            match operation.operator.as_str() {
                "Tf" => {
                    let name = operation.operands[0].as_name().unwrap();
                    let font = self.resolve(fonts.get(name).unwrap()).as_dict().unwrap();
                    let stream = self.resolve(font.get(b"ToUnicode").unwrap()).as_stream().unwrap();
                    map = to_unicode(&String::from_utf8(stream.decompressed_content().unwrap()).unwrap());
                }
                "BDC" => {
                    let properties = operation.operands[1].as_dict().unwrap();
                    let actual = properties.get(b"ActualText").unwrap().as_str().unwrap();
                    text.push_str(&utf16(&actual[2..]));
                    instead += 1;
                }
                "EMC" => instead -= 1,
                "TJ" if instead == 0 => {
                    for piece in operation.operands[0].as_array().unwrap() {
                        if let Object::String(codes, _) = piece {
                            for code in codes.chunks(2) {
                                let code = u16::from_be_bytes([code[0], code[1]]);
                                let range = map.iter().find(|(from, to, _)| (*from..=*to).contains(&code));
                                let (from, _, start) = range.unwrap();
                                let mut units: Vec<u16> = start.encode_utf16().collect();
                                *units.last_mut().unwrap() += code - from;
                                text.push_str(&String::from_utf16(&units).unwrap());
                            }
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

pub fn to_unicode(map: &str) -> Vec<(u16, u16, String)> {
    let hex = |text: &str| -> Vec<u8> {
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    };
    let mut ranges = Vec::new();
    let mut inside = false;
    for line in map.lines() {
        if line.ends_with("beginbfrange") {
            inside = true;
        } else if line == "endbfrange" {
            inside = false;
        } else if inside {
            let parts: Vec<&str> = line.split(['<', '>']).filter(|part| !part.is_empty()).collect();
            let number = |text| u16::from_str_radix(text, 16).unwrap();
            ranges.push((number(parts[0]), number(parts[1]), utf16(&hex(parts[2]))));
        }
    }
    assert!(!ranges.is_empty());
    ranges
}

pub fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

pub fn numbers(object: &Object) -> Vec<f64> {
    object.as_array().unwrap().iter().map(number).collect()
}
