//! Random texts in random designs: every word and every note stands on the pages once, and in order.

use booklet::document::{self, Block, BlockKind, BlockPart, Document, Inline, plain_text};
use booklet::typeset::frame::{Destination, Owner};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::pages::{PLAIN, runs, set};

/// Every word of a text in order, and every word of its notes: words are those with a figure in them.
fn words_of(document: &Document) -> (Vec<String>, Vec<String>) {
    let words = |blocks: &[Block]| {
        let mut text = String::new();
        gather(blocks, &mut text);
        counted(&text)
    };
    let text = document.chapters.iter().flat_map(|chapter| {
        let mut own = counted(&plain_text(&chapter.title));
        own.extend(words(&chapter.blocks));
        own
    });
    (text.collect(), document.notes.iter().flat_map(|note| words(&note.blocks)).collect())
}

fn counted(text: &str) -> Vec<String> {
    let apart = text.split(|c: char| !c.is_alphanumeric());
    apart.filter(|word| word.starts_with(['w', 'n']) && word.ends_with('z')).map(str::to_owned).collect()
}

fn gather(blocks: &[Block], text: &mut String) {
    fn say(text: &mut String, inlines: &[Inline]) {
        text.push_str(&plain_text(inlines));
        text.push('\n');
    }
    for block in blocks {
        if let BlockKind::Code { text: code, .. } = &block.kind {
            text.push_str(code);
        }
        for part in block.parts() {
            match part {
                BlockPart::Run(run) => say(text, run),
                BlockPart::Blocks(inner) => gather(inner, text),
                BlockPart::Node(_) => {}
            }
        }
    }
}

/// A text of random blocks. Every word and every word of a note is another one.
fn text_of_blocks(blocks: &[(u8, usize, usize)]) -> String {
    let (mut text, mut notes) = (String::new(), String::new());
    let (mut count, mut noted) = (0, 0);
    for &(kind, length, every) in blocks {
        let mut words = |length: usize, join: &str| {
            let mut out = Vec::new();
            for at in 0..length {
                count += 1;
                let mut word = format!("w{count}z");
                if at % every.max(1) == 1 {
                    noted += 1;
                    word.push_str(&format!("[^{noted}]"));
                    notes.push_str(&format!("[^{noted}]:"));
                    for part in 0..(noted * 7) % 23 + 1 {
                        notes.push_str(&format!(" n{noted}x{part}z"));
                    }
                    if noted % 5 == 0 {
                        notes.push_str(&format!("\n\n    - n{noted}x100z\n    - n{noted}x101z\n"));
                    }
                    notes.push_str("\n\n");
                }
                out.push(word);
            }
            out.join(join)
        };
        let block = match kind {
            0 => format!("## {}", words(length % 12 + 1, " ")),
            1 => format!("> {}\n>\n> -- {}", words(length, " "), words(2, " ")),
            2 => format!("- {}", words(length % 9 + 1, "\n- ")),
            3 => words(length % 20 + 2, "\\\n"),
            4 => format!(
                "| {} |\n|---|---|\n| {} |\n| {} |",
                words(2, " | "),
                words(2, " | "),
                words(2, " | ")
            ),
            5 => format!("> {} {{.epigraph}}", words(length % 30 + 1, " ")),
            6 => format!("    {}", words(length % 5 + 1, "\n    ").replace("[^", "")),
            7 => format!("1. {}\n\n   {}", words(length, " "), words(length % 7 + 1, " ")),
            8 => "***".to_owned(),
            9 => format!("{} {{lang=fr}}", words(length, " ")),
            _ => words(length * 2, " "),
        };
        text.push_str(&block);
        text.push_str("\n\n");
    }
    text + &notes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(1936), ..ProptestConfig::default() })]

    /// Whatever the blocks and the design: every word stands on a page once, and in order; so does every
    /// word of the notes.
    #[test]
    fn every_word_and_every_note_is_placed_once_and_in_order(
        blocks in prop::collection::vec((0_u8..14, 1_usize..50, 2_usize..40), 1..40),
        page in prop::sample::select(vec!["A4", "A5", "A6"]),
        size in prop::sample::select(vec!["8pt", "10.5pt", "15pt"]),
        notes in prop::sample::select(vec!["foot", "chapter-end", "end"]),
        symbols in any::<bool>(),
        fine in any::<bool>(),
    ) {
        let text = text_of_blocks(&blocks);
        let marks = if symbols { "symbols" } else { "numbers" };
        let more = if fine { "drop-caps = true\nheadings = \"small-caps\"\nfigures = \"old-style\"\n" } else { "" };
        let keys = format!("page = \"{page}\"\nsize = \"{size}\"\nnotes = \"{notes}\"\nnote-marks = \"{marks}\"\n{more}");
        let set = set(&format!("{PLAIN}{keys}"), &[("one.md", &text)]);
        let mut said = String::new();
        for (_, page) in set.body() {
            for (run, _, owner) in runs(page) {
                if owner != Owner::Artefact {
                    let part = run.text.as_ref();
                    // A mark at the end of a word is no part of it.
                    let mark = set.document.notes.iter().any(|note| note.mark == part.trim());
                    said.push_str(if mark { " " } else { part });
                    if !mark && part.ends_with(|c: char| !c.is_whitespace()) && part.ends_with('z') {
                        said.push(' ');
                    }
                }
            }
            said.push(' ');
        }
        let said = counted(&said);
        let (text, notes): (Vec<_>, Vec<_>) = said.into_iter().partition(|word| word.starts_with('w'));
        let (mut wanted, mut wanted_notes) = words_of(&set.document);
        wanted.retain(|word| word.starts_with('w'));
        wanted_notes.retain(|word| word.starts_with('n'));
        prop_assert_eq!(text, wanted);
        prop_assert_eq!(notes, wanted_notes);
        for (index, note) in set.document.notes.iter().enumerate() {
            let id = document::NoteId(index as u32);
            prop_assert!(set.place(&Destination::Note(id)).is_some(), "{}", note.number);
        }
    }
}
