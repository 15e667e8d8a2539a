//! Print PDFs read back: which page lies where on every sheet, and which way up.
//!
//! Shares no code with the PDF writer. It follows the operators of each sheet and of the pages placed on
//! it, as ISO 32000-1 §8.3.4 (matrices), §8.5.4 (clipping) and §9.4 (text) say, and finds each text's
//! origin and direction on the paper.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use crate::pdf::pdfreader::{Characters, Pdf, number};

/// A text on a sheet; in points from the sheet's upper left corner, y down.
#[derive(Debug, Clone)]
pub struct Seen {
    pub text: String,
    pub origin: (f64, f64),
    /// The direction that the text runs in.
    pub along: (f64, f64),
    /// What of the sheet it may print on: left, top, right, bottom.
    pub clip: [f64; 4],
}

/// One side of paper.
#[derive(Debug)]
pub struct SideSeen {
    pub width: f64,
    pub height: f64,
    pub texts: Vec<Seen>,
}

type Matrix = [f64; 6];

/// First `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Every side of a print PDF.
pub fn sides(file: &[u8]) -> Vec<SideSeen> {
    let pdf = Pdf::of(file);
    (0..pdf.pages.len())
        .map(|index| {
            let media: Vec<f64> = crate::pdf::pdfreader::numbers(pdf.page(index).get(b"MediaBox").unwrap());
            let (width, height) = (media[2] - media[0], media[3] - media[1]);
            let mut reader = Reader { document: &pdf.document, height, texts: Vec::new() };
            let resources = pdf.dictionary(pdf.page(index), "Resources");
            let clip = [0.0, 0.0, width, height];
            reader.follow(&pdf.content(index).operations, resources, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], clip);
            SideSeen { width, height, texts: reader.texts }
        })
        .collect()
}

struct Reader<'d> {
    document: &'d Document,
    height: f64,
    texts: Vec<Seen>,
}

impl<'d> Reader<'d> {
    fn inner(&self, within: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
        self.document.get_dict_in_dict(within, key).ok()
    }

    fn follow(&mut self, operations: &[Operation], resources: &'d Dictionary, at: Matrix, clip: [f64; 4]) {
        let (mut at, mut clip) = (at, clip);
        let mut stack = Vec::new();
        let (mut line, mut map, mut box_) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], Characters::default(), clip);
        for operation in operations {
            let n: Vec<f64> =
                operation.operands.iter().filter(|o| o.as_float().is_ok()).map(number).collect();
            match operation.operator.as_str() {
                "q" => stack.push((at, clip)),
                "Q" => (at, clip) = stack.pop().expect("a state to go back to"),
                "cm" => at = then([n[0], n[1], n[2], n[3], n[4], n[5]], at),
                "re" => box_ = [n[0], self.height - n[1] - n[3], n[0] + n[2], self.height - n[1]],
                "W" => clip = box_,
                "BT" => line = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
                "Td" => line = then([1.0, 0.0, 0.0, 1.0, n[0], n[1]], line),
                "Tm" => line = [n[0], n[1], n[2], n[3], n[4], n[5]],
                "Tf" => {
                    let fonts = self.inner(resources, b"Font").expect("fonts");
                    let font = self.inner(fonts, operation.operands[0].as_name().unwrap()).expect("the font");
                    let (_, stream) = self.document.dereference(font.get(b"ToUnicode").unwrap()).unwrap();
                    let text = stream.as_stream().unwrap().decompressed_content().unwrap();
                    map = Characters::of(&String::from_utf8(text).unwrap());
                }
                "Tj" | "TJ" => {
                    let to = then(line, at);
                    let seen = Seen {
                        text: said(&operation.operands[0], &map),
                        origin: (to[4], self.height - to[5]),
                        along: (to[0], -to[1]),
                        clip,
                    };
                    self.texts.push(seen);
                }
                "Do" => {
                    let objects = self.inner(resources, b"XObject").expect("objects");
                    let object = objects.get(operation.operands[0].as_name().unwrap()).expect("the object");
                    let (_, object) = self.document.dereference(object).unwrap();
                    let form = object.as_stream().unwrap();
                    if form.dict.get(b"Subtype").and_then(Object::as_name).unwrap() == b"Form" {
                        assert!(form.dict.get(b"Matrix").is_err(), "this reader knows no matrices of forms");
                        let content = Content::decode(&form.decompressed_content().unwrap()).unwrap();
                        let resources = self.inner(&form.dict, b"Resources").expect("resources");
                        self.follow(&content.operations, resources, at, clip);
                    }
                }
                _ => {}
            }
        }
        assert!(stack.is_empty());
    }
}

fn said(operand: &Object, map: &Characters) -> String {
    let strings: Vec<&Object> = match operand {
        Object::Array(parts) => parts.iter().collect(),
        one => vec![one],
    };
    let strings = strings.into_iter().filter_map(|part| part.as_str().ok());
    strings.flat_map(|string| map.codes(string)).map(|code| map.text(code)).collect()
}
