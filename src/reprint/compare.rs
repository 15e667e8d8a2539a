//! Where two files part, in the terms that people have for a booklet.
//!
//! Comes in: a file from anywhere and the one that the manifest gives, taken apart. Goes out:
//! [`Differences`]: sentences, the cause before what it leads to: first the sources, which everything
//! else is made of, then what readers see (`pdf.rs`, `epub.rs`).

use std::collections::BTreeMap;

use crate::sources::{Carried, LIST, Listed};

pub(super) mod epub;
pub(super) mod pdf;

/// The most sentences; the rest is counted.
const MOST: usize = 12;
/// Longest piece of a text that is shown, in characters.
const PIECE: usize = 48;

/// Sentences about where two files part.
#[derive(Debug, Default)]
pub(super) struct Differences {
    parts: Vec<String>,
    more: usize,
}

impl Differences {
    pub fn add(&mut self, what: impl Into<String>) {
        if self.parts.len() < MOST {
            self.parts.push(what.into());
        } else {
            self.more += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn into_parts(mut self) -> Vec<String> {
        if self.more > 0 {
            self.parts.push(format!("and {} more", self.more));
        }
        self.parts
    }
}

/// How sources part: another version of the program, other texts, other pictures.
pub(super) fn sources(found: Option<Carried>, made: Option<Carried>, differences: &mut Differences) {
    let (found, made) = match (found, made) {
        (Some(found), Some(made)) => (found, made),
        (Some(_), None) => {
            return differences.add("the file carries its sources, and the manifest gives none");
        }
        (None, Some(_)) => return differences.add("the file carries no sources that can be read"),
        (None, None) => return,
    };
    let version = |files: &Carried| {
        let list = files.iter().find(|(path, _)| path == LIST);
        list.and_then(|(_, bytes)| Listed::read(bytes))
            .map_or_else(|| "?".to_owned(), |listed| listed.version)
    };
    let (theirs, ours) = (version(&found), version(&made));
    if theirs != ours {
        differences.add(format!("booklet {theirs} made the file, and this is booklet {ours}"));
    }
    let found: BTreeMap<&str, &[u8]> = by_path(&found);
    for (path, bytes) in by_path(&made) {
        match found.get(path) {
            None => differences.add(format!("its sources lack “{path}”")),
            Some(theirs) if *theirs == bytes => {}
            Some(theirs) => match (std::str::from_utf8(theirs), std::str::from_utf8(bytes)) {
                (Ok(theirs), Ok(ours)) => differences.add(lines(path, theirs, ours)),
                _ => differences.add(format!("its source “{path}” is another picture or font")),
            },
        }
    }
    let ours = by_path(&made);
    for path in found.keys().filter(|path| !ours.contains_key(*path)) {
        differences.add(format!("its sources have “{}”, which the manifest does not name", shown(path)));
    }
}

/// Files by path, without the list: it differs wherever they do.
fn by_path(files: &Carried) -> BTreeMap<&str, &[u8]> {
    let files = files.iter().filter(|(path, _)| path != LIST);
    files.map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
}

/// The first line in which two texts part.
pub(super) fn lines(path: &str, theirs: &str, ours: &str) -> String {
    let (mut a, mut b) = (theirs.lines(), ours.lines());
    for number in 1_usize.. {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => break,
            (a, b) => {
                let (a, b) = pieces(a.unwrap_or_default(), b.unwrap_or_default());
                return format!("“{path}” parts in line {number}: “{a}” in the file, “{b}” by the manifest");
            }
        }
    }
    format!("“{path}” parts in its line ends")
}

/// What of two texts to show: from a little before the place where they part.
fn pieces(a: &str, b: &str) -> (String, String) {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(PIECE / 3);
    let piece = |text: &str| {
        let start = if from > 0 { "…" } else { "" };
        let end = if text.chars().count() > from + PIECE { "…" } else { "" };
        let middle: String = text.chars().skip(from).take(PIECE).collect();
        format!("{start}{}{end}", shown(&middle))
    };
    (piece(a), piece(b))
}

/// Words from a stranger's file, fit for a terminal.
fn shown(text: &str) -> String {
    super::shown(text)
}

/// Numbers as people list them: `1, 3–5, 9`.
pub(super) fn ranges(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let more = runs.len().saturating_sub(MOST);
    let mut list: Vec<String> = runs
        .iter()
        .take(MOST)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    if more > 0 {
        list.push("…".to_owned());
    }
    list.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_shown_around_where_they_part() {
        let long = "word ".repeat(40);
        let said = lines("a.md", &format!("same\n{long}one"), &format!("same\n{long}two"));
        assert!(
            said.contains("line 2") && said.contains("word one”") && said.contains("word two”"),
            "{said}"
        );
        assert!(said.chars().count() < 160, "{said}");
        assert!(lines("a.md", "a\n", "a\r\n").contains("line ends"));
        assert!(lines("a.md", "a", "a\nb").contains("line 2: “” in the file, “b”"));
    }

    #[test]
    fn numbers_run_together() {
        assert_eq!(ranges(&[1, 3, 4, 5, 9]), "1, 3–5, 9");
        assert!(ranges(&(0..99).map(|i| i * 2).collect::<Vec<_>>()).ends_with('…'));
    }
}
