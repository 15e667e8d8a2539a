//! Where two EPUBs part: chapters and their words, pictures, fonts, look, metadata.

use std::collections::BTreeMap;

use crate::sources::Carried;

use super::{Differences, lines, shown};

/// Words shown from where two texts part.
const WORDS: usize = 8;

/// Holds an EPUB against the one that the manifest gives.
pub fn compare(found: &Carried, made: &Carried, differences: &mut Differences) {
    let theirs: BTreeMap<&str, &[u8]> =
        found.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let ours: BTreeMap<&str, &[u8]> =
        made.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    for (name, bytes) in made {
        let short = name.strip_prefix("OEBPS/").unwrap_or(name);
        match theirs.get(name.as_str()) {
            None => differences.add(format!("it lacks {}", called(short))),
            Some(theirs) if *theirs == bytes.as_slice() => {}
            // What parts in there was said already.
            Some(_) if short == "sources.zip" => {}
            Some(theirs) => differences.add(parts(short, theirs, bytes)),
        }
    }
    for (name, _) in found.iter().filter(|(name, _)| !ours.contains_key(name.as_str())) {
        let short = name.strip_prefix("OEBPS/").unwrap_or(name);
        differences.add(format!("it has {}, which the manifest does not give", called(&shown(short))));
    }
    let order = |files: &Carried| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if differences.is_empty() && order(found) != order(made) {
        differences.add("its files are the same, in another order");
    }
}

/// A file of an EPUB as people call it.
fn called(name: &str) -> String {
    match name {
        "content.opf" => "the metadata (content.opf)".to_owned(),
        "nav.xhtml" | "toc.ncx" => format!("the contents ({name})"),
        "stylesheet.css" => "the style sheet".to_owned(),
        "sources.zip" => "the sources".to_owned(),
        "mimetype" => "its media type".to_owned(),
        _ if name.starts_with("META-INF/") => format!("the container’s “{name}”"),
        _ if name.starts_with("fonts/") => format!("the font “{name}”"),
        _ if name.starts_with("images/") => format!("the picture “{name}”"),
        _ if name.ends_with(".xhtml") => format!("the page file “{name}”"),
        _ => format!("the file “{name}”"),
    }
}

/// How a file parts.
fn parts(name: &str, theirs: &[u8], ours: &[u8]) -> String {
    let called = called(name);
    let (Ok(theirs), Ok(ours)) = (std::str::from_utf8(theirs), std::str::from_utf8(ours)) else {
        return format!("{called} is another");
    };
    if !name.ends_with(".xhtml") {
        return lines(name, theirs, ours).replacen(&format!("“{name}”"), &called, 1);
    }
    let (theirs, ours) = (words(theirs), words(ours));
    let same = theirs.iter().zip(&ours).take_while(|(a, b)| a == b).count();
    if same == theirs.len() && same == ours.len() {
        return format!("{called} has the same words with other marks");
    }
    let from = same.saturating_sub(2);
    let piece = |words: &[String]| {
        let piece: Vec<&str> = words.iter().skip(from).take(WORDS).map(String::as_str).collect();
        shown(&piece.join(" "))
    };
    format!("{called} says “{}”, and by the manifest “{}”", piece(&theirs), piece(&ours))
}

/// The words of a page, without its marks.
fn words(page: &str) -> Vec<String> {
    let body = page.find("<body").map_or(page, |at| &page[at..]);
    let mut text = String::with_capacity(body.len());
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}
