//! What a reader program shows beside the pages: bookmarks and page numbers.
//!
//! Comes in: the outline and the pages' labels. Goes out: a tree of bookmarks, nested as the headings
//! are, chapters closed so that a long booklet stays in view; and labels by ranges, so that the number
//! a reader types is the number that is printed.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use crate::typeset::frame::{OutlineEntry, Page, Pages, roman};

use super::metadata::text_string;
use super::objects::content::Milli;
use super::objects::file::real;
use super::objects::packed::Objects;

/// A bookmark on its way into the tree: its entry, and where its parent and neighbours are.
struct Node {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// All bookmarks below it.
    below: i64,
}

/// Adds the bookmarks; gives the root's id, or none when there are none.
pub(super) fn outline(
    Objects { loose: document, packed }: &mut Objects,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let entries: Vec<&OutlineEntry> =
        pages.outline.iter().filter(|entry| entry.page < page_ids.len()).collect();
    if entries.is_empty() {
        return None;
    }
    let nodes = tree(&entries);
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = nodes.iter().map(|_| document.new_object_id()).collect();
    for (index, (node, entry)) in nodes.iter().zip(&entries).enumerate() {
        let height = pages.pages[entry.page].size.height;
        let y = Milli::of(height - entry.y);
        let mut bookmark = dictionary! {
            "Title" => text_string(&entry.title),
            "Parent" => node.parent.map_or(root, |parent| ids[parent]),
            "Dest" => vec![page_ids[entry.page].into(), "XYZ".into(), 0.into(), real(y), 0.into()],
        };
        let neighbours =
            [("Prev", node.previous), ("Next", node.next), ("First", node.first), ("Last", node.last)];
        for (key, neighbour) in neighbours {
            if let Some(neighbour) = neighbour {
                bookmark.set(key, ids[neighbour]);
            }
        }
        if node.below > 0 {
            // Negative: closed until the reader opens it.
            bookmark.set("Count", -node.below);
        }
        packed.set(ids[index], &bookmark);
    }
    let tops = || nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none());
    let count = tops().count() as i64;
    let mut dictionary = dictionary! { "Type" => "Outlines", "Count" => count };
    if let (Some((first, _)), Some((last, _))) = (tops().next(), tops().next_back()) {
        dictionary.set("First", ids[first]);
        dictionary.set("Last", ids[last]);
    }
    document.set_object(root, dictionary);
    Some(root)
}

/// Who is whose parent and neighbour, from the levels alone. A level that skips one hangs from the
/// nearest that is higher.
fn tree(entries: &[&OutlineEntry]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(entries.len());
    // The way from the outermost level down to the last bookmark.
    let mut path: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut previous = None;
        while path.last().is_some_and(|&open| entries[open].level >= entry.level) {
            previous = path.pop();
        }
        let parent = path.last().copied();
        if let Some(previous) = previous {
            nodes[previous].next = Some(index);
        }
        if let Some(parent) = parent {
            nodes[parent].first.get_or_insert(index);
            nodes[parent].last = Some(index);
        }
        nodes.push(Node { parent, previous, next: None, first: None, last: None, below: 0 });
        path.push(index);
    }
    // Children come after their parents, so that one pass from the end adds everything up. A closed
    // bookmark counts its own children only: theirs are hidden with them.
    for index in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].below += 1;
        }
    }
    nodes
}

/// How a run of page labels is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Numbering<'a> {
    Decimal(u32),
    Roman(u32),
    /// As it stands, or nothing.
    Plain(&'a str),
}

impl<'a> Numbering<'a> {
    fn of(label: &'a str) -> Self {
        match label.parse::<u32>() {
            Ok(number) if !label.starts_with(['0', '+']) => Self::Decimal(number),
            _ => from_roman(label).map_or(Self::Plain(label), Self::Roman),
        }
    }

    /// Whether this numbering comes `by` pages after `start` in one range.
    fn follows(&self, start: &Self, by: u32) -> bool {
        match (start, self) {
            (Self::Decimal(from), Self::Decimal(this)) | (Self::Roman(from), Self::Roman(this)) => {
                from.checked_add(by) == Some(*this)
            }
            (Self::Plain(from), Self::Plain(this)) => from.is_empty() && this.is_empty(),
            _ => false,
        }
    }

    fn dictionary(&self) -> Dictionary {
        let (style, start) = match self {
            Self::Decimal(start) => ("D", *start),
            Self::Roman(start) => ("r", *start),
            Self::Plain("") => return Dictionary::new(),
            Self::Plain(label) => return dictionary! { "P" => text_string(label) },
        };
        let mut dictionary = dictionary! { "S" => style };
        if start != 1 {
            dictionary.set("St", i64::from(start));
        }
        dictionary
    }
}

/// The labels of all pages, as the number tree that the catalogue holds.
pub(super) fn page_labels(pages: &[Page]) -> Dictionary {
    let mut numbers: Vec<Object> = Vec::new();
    let mut range: Option<(usize, Numbering<'_>)> = None;
    for (index, page) in pages.iter().enumerate() {
        let numbering = Numbering::of(&page.label);
        let goes_on = range.as_ref().is_some_and(|(from, start)| {
            u32::try_from(index - from).is_ok_and(|by| numbering.follows(start, by))
        });
        if !goes_on {
            numbers.push((index as i64).into());
            numbers.push(numbering.dictionary().into());
            range = Some((index, numbering));
        }
    }
    dictionary! { "Nums" => numbers }
}

/// The value of a lower-case roman number in its usual form.
fn from_roman(text: &str) -> Option<u32> {
    let digit = |letter| match letter {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1000),
        _ => None,
    };
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let digits: Vec<i64> = text.chars().map(digit).collect::<Option<_>>()?;
    // A digit before a greater one is taken away.
    let value: i64 = digits
        .iter()
        .enumerate()
        .map(
            |(place, &this)| {
                if digits.get(place + 1).is_some_and(|&next| this < next) { -this } else { this }
            },
        )
        .sum();
    let value = u32::try_from(value).ok()?;
    (roman(value as usize) == text).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(level: u8) -> OutlineEntry {
        OutlineEntry { title: String::new(), level, page: 0, y: crate::length::Length::ZERO }
    }

    #[test]
    fn roman_numbers_are_read_in_their_usual_form_only() {
        assert_eq!(from_roman("xiv"), Some(14));
        assert_eq!(from_roman("mcmxcix"), Some(1999));
        for odd in ["", "iiii", "ic", "xiv.", "XIV", "vx", "mix up"] {
            assert_eq!(from_roman(odd), None, "{odd}");
        }
    }

    #[test]
    fn every_roman_number_is_read_as_what_it_is() {
        // Thousands, hundreds, tens and ones, as they are taught.
        const PLACES: [(u32, [&str; 10]); 3] = [
            (100, ["", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm"]),
            (10, ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"]),
            (1, ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]),
        ];
        for number in 1..4000 {
            let digit = |place: u32| (number / place % 10) as usize;
            let places = PLACES.map(|(place, digits)| digits[digit(place)]);
            let text = "m".repeat(digit(1000)) + &places.concat();
            assert_eq!(from_roman(&text), Some(number), "{text}");
        }
    }

    #[test]
    fn labels_are_numbers_only_as_numbers_are_written() {
        for (label, numbering) in [
            ("1", Numbering::Decimal(1)),
            ("120", Numbering::Decimal(120)),
            ("iv", Numbering::Roman(4)),
            ("0", Numbering::Plain("0")),
            ("+1", Numbering::Plain("+1")),
            ("01", Numbering::Plain("01")),
            ("-1", Numbering::Plain("-1")),
            ("A", Numbering::Plain("A")),
            ("", Numbering::Plain("")),
            ("4294967296", Numbering::Plain("4294967296")),
        ] {
            assert_eq!(Numbering::of(label), numbering, "{label}");
        }
    }

    #[test]
    fn bookmarks_nest_as_levels_do() {
        let entries = [1, 2, 2, 3, 1, 3].map(entry);
        let nodes = tree(&entries.iter().collect::<Vec<_>>());
        let parents: Vec<_> = nodes.iter().map(|node| node.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(0), Some(2), None, Some(4)]);
        assert_eq!((nodes[0].next, nodes[4].previous), (Some(4), Some(0)));
        assert_eq!((nodes[1].next, nodes[2].previous), (Some(2), Some(1)));
        assert_eq!((nodes[0].first, nodes[0].last, nodes[0].below), (Some(1), Some(2), 2));
    }
}
