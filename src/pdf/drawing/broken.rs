//! Words that a line's end breaks, made whole for whoever copies, searches or listens.
//!
//! Comes in: the runs of a page in reading order. Goes out: for each run how it is to be read: where a word
//! is broken, its first part is read as the whole word, and what stands on the next line as the space after
//! it. Programs that know `ActualText` (ISO 32000-1, 14.9.4) then find the word, on the line where it
//! begins; to those that do not, the line breaker's hyphen is U+00AD and the author's a hyphen (14.8.2.2.3).

use crate::typeset::frame::{Item, Page, Run};

use super::marks::Leaf;
use super::structure::plan::Lines;

/// How a run is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pdf) struct BrokenReading {
    /// So many bytes at its start are the rest of a word that was read before.
    pub rest: usize,
    /// From this byte on it is read as these words.
    pub whole: Option<(usize, String)>,
    /// Whether a space is added at its end: the line ends there, the paragraph does not.
    pub space: bool,
    /// Whether it is told apart from the run before, without a space.
    pub apart: bool,
}

/// The readings of a page's items, by their index. `leaf` tells what an item belongs to, `block`
/// the paragraph that a leaf is or stands in, `lines` what the end of a line is in that.
pub(in crate::pdf) fn readings(
    page: &Page,
    leaf: impl Fn(usize) -> Leaf,
    block: impl Fn(Leaf) -> Leaf,
    lines: impl Fn(Leaf) -> Lines,
) -> Vec<BrokenReading> {
    let mut readings = vec![BrokenReading::default(); page.items.len()];
    // The run before: its index, its leaf, and the broken word that it began or went on with.
    let mut before: Option<(usize, Leaf, &Run)> = None;
    let mut broken: Option<usize> = None;
    for (index, placed) in page.items.iter().enumerate() {
        let Item::Run(run) = &placed.item else { continue };
        let leaf = leaf(index);
        let last = before.replace((index, leaf, run));
        let from = broken.take();
        if matches!(leaf, Leaf::Artefact(_)) || run.text.is_empty() || !runs_forward(run) {
            continue;
        }
        let Some((earlier, other, ended)) = last else { continue };
        if block(other) != block(leaf) || ended.text.ends_with(char::is_whitespace) {
            continue;
        }
        let there = page.items[earlier].at;
        if there.y == placed.at.y {
            // A folio that stands apart from its entry.
            let apart = placed.at.x - there.x - ended.width > run.size / 2;
            readings[earlier].space = apart && lines(block(leaf)) == Lines::Kept;
            continue;
        }
        // A letter dropped into the lines below it ends no line.
        let next_line = placed.at.y > there.y;
        let broken_there = match lines(block(leaf)) {
            Lines::Exact => {
                readings[index].apart = next_line;
                continue;
            }
            Lines::Kept => {
                readings[earlier].space = next_line && !ended.text.ends_with(HYPHENS);
                ended.text.ends_with('\u{AD}') || in_address(&ended.text)
            }
            Lines::Flow => ended.text.ends_with(HYPHENS) || in_address(&ended.text),
        };
        if !broken_there || other != leaf {
            continue;
        }
        readings[earlier].space = false;
        // The word's rest reaches to the first space, that included.
        let end = run.text.find(char::is_whitespace).unwrap_or(run.text.len());
        let space = run.text[end..].chars().next().map_or(0, char::len_utf8);
        let begun = match from {
            // The run before is nothing but the middle of a word.
            Some(begun) if readings[earlier].rest == ended.text.len() => begun,
            _ => {
                let start = start_of_word(&ended.text);
                if start < readings[earlier].rest || !runs_forward(ended) {
                    continue;
                }
                readings[earlier].whole = Some((start, without_break(&ended.text[start..])));
                earlier
            }
        };
        readings[index].rest = end + space;
        if let Some((_, word)) = &mut readings[begun].whole {
            let rest = &run.text[..end];
            // A middle part's own hyphen goes, if a part comes after it.
            word.push_str(rest);
        }
        broken = (end == run.text.len()).then_some(begun);
        if let (Some(begun), true) = (broken, run.text.ends_with('\u{AD}'))
            && let Some((_, word)) = &mut readings[begun].whole
        {
            word.pop();
        }
    }
    readings
}

/// What a line ends with that ends within a word: the line breaker's hyphen and the author's.
const HYPHENS: [char; 3] = ['\u{AD}', '-', '\u{2010}'];

/// Whether a line ends within an address.
fn in_address(line: &str) -> bool {
    line[start_of_word(line)..].contains("://")
}

fn start_of_word(line: &str) -> usize {
    line.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
}

fn without_break(part: &str) -> String {
    part.strip_suffix('\u{AD}').unwrap_or(part).to_owned()
}

fn runs_forward(run: &Run) -> bool {
    run.glyphs.windows(2).all(|pair| pair[0].cluster <= pair[1].cluster)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::FaceId;
    use crate::length::{Length, Point, Size};
    use crate::typeset::frame::{Colour, Owner, PageKind, Placed};

    fn read(lines: &[&str], end: Lines) -> Vec<BrokenReading> {
        let run = |text: &str| Run {
            face: FaceId(0),
            size: Length::pt(10),
            stretch: 10_000,
            colour: Colour::BLACK,
            glyphs: Vec::new(),
            text: text.into(),
            width: Length::ZERO,
            language: None,
        };
        let items = lines.iter().zip(1..).map(|(text, line)| Placed {
            at: Point::new(Length::ZERO, Length::pt(12) * line),
            owner: Owner::Artefact,
            item: Item::Run(run(text)),
        });
        let page = Page {
            size: Size::mm(148.0, 210.0),
            kind: PageKind::Body,
            label: String::new(),
            items: items.collect(),
        };
        readings(&page, |_| Leaf::Element(0), |leaf| leaf, |_| end)
    }

    fn reading(rest: usize, whole: Option<(usize, &str)>) -> BrokenReading {
        BrokenReading {
            rest,
            whole: whole.map(|(at, word)| (at, word.to_owned())),
            ..BrokenReading::default()
        }
    }

    #[test]
    fn a_broken_word_is_read_where_it_begins() {
        let read = read(&["the revo\u{AD}", "lution, self-", "made"], Lines::Flow);
        assert_eq!(read[0], reading(0, Some((4, "revolution,"))));
        assert_eq!(read[1], reading(8, Some((8, "self-made"))));
        assert_eq!(read[2], reading(4, None));
    }

    #[test]
    fn a_word_over_three_lines_is_read_once() {
        let read = read(&["un\u{AD}", "break\u{AD}", "able word"], Lines::Flow);
        assert_eq!(read[0], reading(0, Some((0, "unbreakable"))));
        assert_eq!(read[1], reading(7, None));
        assert_eq!(read[2], reading(5, None));
    }

    #[test]
    fn addresses_stay_whole_and_lines_that_are_kept_end_with_a_space() {
        let address = read(&["see https://a.org/", "b/c. Then"], Lines::Flow);
        assert_eq!(address[0], reading(0, Some((4, "https://a.org/b/c."))));
        let verse = read(&["One line", "and another"], Lines::Kept);
        assert!(verse[0].space && !verse[1].space);
        assert!(!read(&["One line ", "and another"], Lines::Kept)[0].space);
        let code = read(&["a -", "b"], Lines::Exact);
        assert_eq!((&code[0], code[1].apart), (&BrokenReading::default(), true));
    }
}
