//! Files taken apart into text. A PDF: every object as it is written, what is compressed unpacked. An EPUB: every
//! file in its order.
//!
//! Knows as little of PDF as it can: objects begin with `1 0 obj`, streams have a `/Length`.

use std::fmt::Write;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::sum;
use crate::epub::book::files;

/// Bytes as text, if they are text; what is not ASCII is written as escapes.
fn shown(bytes: &[u8]) -> String {
    let odd = bytes.iter().filter(|b| !(b.is_ascii_graphic() || b" \n\r\t".contains(b))).count();
    let utf8 =
        std::str::from_utf8(bytes).ok().filter(|text| !text.contains(|c: char| c.is_control() && c != '\n'));
    match utf8 {
        Some(text) => text.to_owned(),
        None if odd * 4 < bytes.len() => {
            bytes.escape_ascii().to_string().replace("\\n", "\n").replace("\\\"", "\"")
        }
        None => sum(bytes),
    }
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// A PDF as text.
pub fn pdf(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(start) = find(bytes, b">>\nstream\n", at).map(|at| at + 3) {
        out += &shown(&bytes[at..start]);
        let head = String::from_utf8_lossy(&bytes[at..start]).into_owned();
        let length = head.rsplit_once("/Length ").expect("a length").1;
        let length: usize =
            length.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().expect("a length");
        let from = start + "stream\n".len();
        let stored = &bytes[from..from + length];
        let dictionary = head.rsplit_once(" obj").map_or(head.as_str(), |(_, dictionary)| dictionary);
        let unpacked = if dictionary.contains("/FlateDecode") && !dictionary.contains("/Predictor") {
            let mut unpacked = Vec::new();
            ZlibDecoder::new(stored).read_to_end(&mut unpacked).expect("a stream");
            unpacked
        } else {
            stored.to_vec()
        };
        let opaque = [
            "/FontFile",
            "/Image",
            "/Predictor",
            "/EmbeddedFile",
            "/CIDFontType0C",
            "/OpenType",
            "/ICC",
            "/N ",
        ];
        let opaque = opaque.iter().any(|what| dictionary.contains(what)) && !dictionary.contains("/ObjStm");
        out += "stream\n";
        out += &if opaque { sum(&unpacked) } else { shown(&unpacked) };
        at = from + length;
    }
    out + &shown(&bytes[at..])
}

/// An EPUB as text.
pub fn epub(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (name, bytes) in files(bytes) {
        let readable = ["mimetype", "xml", "opf", "ncx", "xhtml", "css", "svg"];
        let readable = readable.iter().any(|ending| name.ends_with(ending));
        let text = if readable { shown(&bytes) } else { sum(&bytes) };
        let _ = writeln!(out, "==== {name}\n{}", text.trim_end());
    }
    out
}
