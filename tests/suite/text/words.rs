//! Words, for tests that compare what a booklet says with what its source says.
//!
//! A word is a run of letters and digits: quotes, dashes and spaces are set by the language's rules and
//! so may differ from the source, words may not. The sources of the sample booklets stand in
//! `tests/seeds`, as they were found: with hard lines, page breaks and notes at the pages' feet.

use std::fs;
use std::path::PathBuf;

use booklet::document::{Block, BlockKind, Document, Inline, InlineKind};

/// The sample booklets, by folder.
pub const SAMPLES: [&str; 3] =
    ["for-a-revolutionary-anarchism", "reseau-anarchiste-internationaliste", "defendons-tous-les-peuples"];

/// What a text says: its words in order, and those of its notes.
#[derive(Debug, Default, PartialEq)]
pub struct Words {
    /// The text without its notes.
    pub text: Vec<String>,
    /// The notes in order.
    pub notes: Vec<String>,
}

/// The manifest of a sample.
pub fn manifest(sample: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("booklets").join(sample).join("manifest.toml")
}

/// Cuts a text into words.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// What a seed says. Only the interview has notes: each begins at a line's start with its number, and
/// they end where the next page begins, with a line that has one space before it.
pub fn of_seed(sample: &str) -> Words {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(format!("{sample}.txt"));
    let seed = fs::read_to_string(path).expect("the seed of a sample");
    let (mut text, mut notes, mut number) = (String::new(), String::new(), 0);
    let mut in_note = false;
    let has_notes = seed.contains("policy1,");
    for line in seed.lines() {
        in_note &= !line.starts_with(' ');
        let next = format!("{} ", number + 1);
        if has_notes && number < 4 && line.starts_with(&next) {
            (number, in_note) = (number + 1, true);
            notes.push_str(&line[2..]);
        } else if in_note {
            notes.push_str(line);
        } else {
            text.push_str(line);
        }
        text.push('\n');
        notes.push('\n');
    }
    for (marked, plain) in
        [("policy1,", "policy,"), ("2022)2.", "2022)."), ("Mirasol3,", "Mirasol,"), ("pass4 ", "pass ")]
    {
        assert_eq!(text.matches(marked).count(), usize::from(has_notes), "{marked}");
        text = text.replace(marked, plain);
    }
    Words { text: words(&text), notes: words(&notes) }
}

/// What a document says.
pub fn of_document(document: &Document) -> Words {
    let mut text = String::new();
    for chapter in &document.chapters {
        inlines(&chapter.title, &mut text);
        text.push('\n');
        blocks(&chapter.blocks, &mut text);
    }
    let mut notes = String::new();
    for note in &document.notes {
        blocks(&note.blocks, &mut notes);
    }
    Words { text: words(&text), notes: words(&notes) }
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match &block.kind {
            BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::Attribution(content) => inlines(content, out),
            BlockKind::Verse(lines) => lines.iter().for_each(|line| {
                inlines(line, out);
                out.push('\n');
            }),
            BlockKind::Quote(inner) | BlockKind::Row(inner) => blocks(inner, out),
            BlockKind::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, out)),
            BlockKind::Rule => {}
            other => panic!("no sample has {other:?}"),
        }
        out.push('\n');
    }
}

fn inlines(all: &[Inline], out: &mut String) {
    for inline in all {
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(text),
            InlineKind::Strong(content)
            | InlineKind::Foreign { content, .. }
            | InlineKind::Link { content, .. } => inlines(content, out),
            InlineKind::Break => out.push('\n'),
            InlineKind::NoteMark { .. } => {}
            other => panic!("no sample has {other:?}"),
        }
    }
}

/// Fails with the first place where two texts part.
pub fn assert_same(what: &str, got: &[String], want: &[String]) {
    if let Some(at) = (0..got.len().max(want.len())).find(|&i| got.get(i) != want.get(i)) {
        let from = at.saturating_sub(5);
        let near = |all: &[String]| all[from.min(all.len())..(at + 6).min(all.len())].join(" ");
        panic!("{what}: at word {at} there is “{}” where “{}” should be", near(got), near(want));
    }
}
