//! The bytes of an SVG file, counted before anything is built of them.
//!
//! One pass from tag to tag, without a tree and without a stack: how deep elements nest, how many there
//! are, and whether the file declares what an XML reader would have to expand or fetch. It need not
//! understand XML whole: what it lets through is still read by a strict reader, which then cannot be asked
//! for too much.

use super::super::PictureError;
use super::{Refused, SIMPLER};

/// Elements inside each other.
const DEEPEST: usize = 100;
/// Elements in a file.
const MOST_ELEMENTS: usize = 100_000;
/// Attributes of one element, which readers compare with each other.
const MOST_ATTRIBUTES: usize = 500;

/// Refuses a file that nests too deep, holds too much, or declares entities.
pub(super) fn scan(text: &str) -> Result<(), PictureError> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut elements) = (0, 0_usize, 0_usize);
    let cut = || PictureError::Broken("it ends within a tag".into());
    while let Some(next) = text[at..].find('<') {
        at += next;
        let rest = &text[at..];
        let past = |end: &str| rest.find(end).map(|found| at + found + end.len()).ok_or_else(cut);
        if rest.starts_with("<!--") {
            at = past("-->")?;
        } else if rest.starts_with("<![CDATA[") {
            at = past("]]>")?;
        } else if rest.starts_with("<?") {
            if rest.starts_with("<?xml-stylesheet") {
                return Err(outside("a style sheet"));
            }
            at = past("?>")?;
        } else if rest.starts_with("<!") {
            let end = past(">")?;
            if text[at..end].contains('[') {
                let what = "it declares entities, which a reader would have to expand or fetch";
                return Err(Refused::because(
                    what,
                    "save it anew as plain SVG (Inkscape: Save As, Plain SVG; Illustrator: Export As)",
                ));
            }
            at = end;
        } else if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
            at = past(">")?;
        } else {
            elements += 1;
            let (end, closed, attributes) = tag(bytes, at).ok_or_else(cut)?;
            at = end;
            depth += usize::from(!closed);
            if depth > DEEPEST {
                return Err(Refused::because(
                    format!("its groups nest more than {DEEPEST} levels deep"),
                    SIMPLER,
                ));
            }
            if elements > MOST_ELEMENTS || attributes > MOST_ATTRIBUTES {
                return Err(Refused::because(format!("it has more than {MOST_ELEMENTS} elements"), SIMPLER));
            }
        }
    }
    Ok(())
}

/// Where the tag that begins at `at` ends, whether it closes itself, and how many attributes it has.
fn tag(bytes: &[u8], at: usize) -> Option<(usize, bool, usize)> {
    let (mut quote, mut attributes) = (None, 0);
    for (index, &byte) in bytes.iter().enumerate().skip(at + 1) {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => attributes += 1,
            (None, b'>') => return Some((index + 1, bytes[index - 1] == b'/', attributes)),
            _ => {}
        }
    }
    None
}

/// Something that lies in another file.
pub(super) fn outside(what: &str) -> PictureError {
    Refused::because(
        format!("it refers to another file ({what})"),
        "booklet never fetches anything: embed it as paths in the drawing program, or take it out",
    )
}
