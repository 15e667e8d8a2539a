//! Our Markdown dialect, as prose with examples that are run.
//!
//! `tests/spec/*.txt` explain the dialect. An example stands between two lines of equals signs: the Markdown, a
//! line of dots, the dump of the document and then its findings, if any. A line `language: fr` above an
//! example chooses a language for it. `BLESS=1` writes what comes out in place of what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use booklet::document::dump;

use crate::input::texts::{findings, read};

const FENCE: &str = "==========";
const DOTS: &str = "..........";

fn run(language: &str, text: &str) -> String {
    let (document, report) = read(language, &[("a.md", text)]);
    let mut out = dump(&document);
    for finding in findings(&report) {
        out.push_str(&format!("! {finding}\n"));
    }
    out
}

/// The file with every expectation as it comes out, and how many examples it has.
fn rerun(text: &str) -> (String, usize) {
    let mut out = String::new();
    let (mut examples, mut language) = (0, "en");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(tag) = line.strip_prefix("language: ") {
            language = tag;
        }
        if line != FENCE {
            continue;
        }
        let input: String =
            lines.by_ref().take_while(|line| *line != DOTS).flat_map(|line| [line, "\n"]).collect();
        lines.by_ref().take_while(|line| *line != FENCE).for_each(drop);
        out.push_str(&format!("{input}{DOTS}\n{}{FENCE}\n", run(language, &input)));
        examples += 1;
        language = "en";
    }
    (out, examples)
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let entries = fs::read_dir(folder).expect("tests/spec");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn the_dialect_is_as_described() {
    let mut count = 0;
    for file in files() {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let (now, examples) = rerun(&text);
        count += examples;
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, now).expect("writable");
        } else {
            let first = text.lines().zip(now.lines()).position(|(a, b)| a != b).map_or(0, |line| line + 1);
            assert_eq!(text, now, "{} differs at line {first}", file.display());
        }
    }
    assert!(count >= 30, "only {count} examples were found");
}
