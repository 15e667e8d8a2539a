//! Where two PDFs part: pages, links, fonts, pictures, what they say about themselves.

use crate::pdf::parts::Parts;

use super::{Differences, ranges, shown};

/// Entries of the information dictionary and what people call them.
const ABOUT: [(&str, &str); 6] = [
    ("Title", "title"),
    ("Author", "author"),
    ("Subject", "description"),
    ("Keywords", "subjects"),
    ("CreationDate", "date"),
    ("Producer", "program"),
];

/// Holds a PDF against the one that the manifest gives.
pub fn compare(found: &Parts<'_>, made: &Parts<'_>, differences: &mut Differences) {
    for (key, word) in ABOUT {
        let (theirs, ours) = (found.about.get(key), made.about.get(key));
        if theirs != ours {
            let quoted = |words: Option<&String>| {
                words.map_or_else(|| "none".to_owned(), |words| format!("“{}”", shown(words)))
            };
            differences.add(format!(
                "its {word} is {}, and by the manifest {}",
                quoted(theirs),
                quoted(ours)
            ));
        }
    }
    let printed = !made.pages.is_empty();
    let word = if printed { "sides of paper" } else { "pages" };
    if found.sides.len() != made.sides.len() {
        let (theirs, ours) = (found.sides.len(), made.sides.len());
        let word = match (theirs, printed) {
            (1, true) => "side of paper",
            (1, false) => "page",
            _ => word,
        };
        differences.add(format!("it has {theirs} {word}, and by the manifest {ours}"));
    }
    let parted = |differ: &dyn Fn(usize) -> bool, count: usize| -> Vec<usize> {
        (0..count).filter(|index| differ(*index)).map(|index| index + 1).collect()
    };
    let mut say = |what: &str, numbers: Vec<usize>| {
        if !numbers.is_empty() {
            differences.add(format!("{what}: {}", ranges(&numbers)));
        }
    };
    let both = found.sides.len().min(made.sides.len());
    let side = |index: usize| (&found.sides[index], &made.sides[index]);
    let size = |index| {
        let (a, b) = side(index);
        a.size != b.size
    };
    say(&format!("{word} of another size"), parted(&size, both));
    if printed {
        let both = found.pages.len().min(made.pages.len());
        let page = |index: usize| found.pages[index] != made.pages[index];
        say("pages of the booklet that look different", parted(&page, both));
        let laid = |index| {
            let (a, b) = side(index);
            a.drawing != b.drawing
        };
        say(
            "sides of paper on which pages lie differently",
            parted(&laid, found.sides.len().min(made.sides.len())),
        );
    } else {
        let page = |index| {
            let (a, b) = side(index);
            a.drawing != b.drawing
        };
        say("pages that look different", parted(&page, both));
    }
    let links = |index| {
        let (a, b) = side(index);
        a.links != b.links
    };
    say("pages with other links", parted(&links, both));
    fonts(found, made, differences);
    if found.pictures != made.pictures {
        let (theirs, ours) = (found.pictures.len(), made.pictures.len());
        differences.add(if theirs == ours {
            "its pictures are others".to_owned()
        } else {
            let word = if theirs == 1 { "picture" } else { "pictures" };
            format!("it has {theirs} {word}, and by the manifest {ours}")
        });
    }
    if differences.is_empty() && found.packet != made.packet {
        differences.add("what it says about itself (XMP) is not the same");
    }
}

fn fonts(found: &Parts<'_>, made: &Parts<'_>, differences: &mut Differences) {
    for (name, file) in &made.fonts {
        match found.fonts.get(name) {
            None => differences.add(format!("it lacks the font “{name}”")),
            Some(theirs) if theirs != file => {
                differences.add(format!("its font “{name}” has other letters"));
            }
            Some(_) => {}
        }
    }
    for name in found.fonts.keys().filter(|name| !made.fonts.contains_key(*name)) {
        differences.add(format!("it has the font “{}”, which the manifest does not ask for", shown(name)));
    }
}
