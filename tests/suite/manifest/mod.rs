//! What a manifest's words and numbers are read as, and where their bounds lie.

use booklet::diagnostic::{Diagnostic, Report, Source};
use booklet::manifest::{Manifest, parse};

pub mod bounds;
pub mod names;
pub mod presets;
pub mod printing;
pub mod values;

/// A manifest of these lines under the usual ones, and what is found in it.
pub fn read(lines: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    // Keys of the whole manifest come before the first table.
    let text = format!("title = \"T\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n{lines}\n");
    read_whole(&text)
}

/// A whole manifest, and what is found in it.
pub fn read_whole(text: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    let mut report = Report::new();
    let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
    let manifest = parse(source, &mut report);
    (manifest, report.diagnostics().to_vec())
}

/// The manifest of these lines, in which nothing is wrong.
pub fn good(lines: &str) -> Manifest {
    let (manifest, found) = read(lines);
    assert!(found.is_empty(), "{lines}\n{found:#?}");
    manifest.expect("a manifest")
}

/// What is found in a manifest of these lines: codes, messages and hints.
pub fn said(lines: &str) -> Vec<String> {
    let line = |found: Diagnostic| {
        [&[format!("{}: {}", found.code.0, found.message)], found.hints.as_slice()].concat().join(" | ")
    };
    read(lines).1.into_iter().map(line).collect()
}

/// Reads a value with every word in turn and compares what it is read as.
pub fn words(lines: &str, of: impl Fn(&Manifest) -> String, words: &[(&str, &str)]) {
    for (word, expected) in words {
        assert_eq!(of(&good(&lines.replace('@', word))), *expected, "{lines} {word}");
    }
}
