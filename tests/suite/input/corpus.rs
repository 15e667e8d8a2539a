//! The corpus of the fuzz targets: inputs that reach different code, and every one that once broke something.
//!
//! `tests/fuzz/targets` holds the targets, `tests/fuzz/corpus/TARGET` what each is run on here;
//! `tests/fuzz/run.sh` looks for more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus")
}

/// The inputs of a target, in order of name.
fn inputs(target: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(top().join(target)).expect("a corpus for every target");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn what_once_broke_or_reached_far_holds() {
    let all: Vec<(&str, PathBuf)> = targets::ALL
        .iter()
        .flat_map(|(name, _)| inputs(name).into_iter().map(|input| (*name, input)))
        .collect();
    assert!(all.len() >= 5 * targets::ALL.len(), "only {} inputs", all.len());
    let breaks = |(target, input): &(&str, PathBuf)| {
        let bytes = fs::read(input).expect("an input");
        std::panic::catch_unwind(|| targets::target(target)(&bytes)).is_err().then(|| input.clone())
    };
    let broken: Vec<PathBuf> = all.par_iter().filter_map(breaks).collect();
    assert!(broken.is_empty(), "these break their targets: {broken:#?}");
}

#[test]
fn every_target_has_a_corpus_and_a_program_and_stays_small() {
    let known: BTreeSet<String> = targets::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        entries.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
    };
    assert_eq!(names(&top()), known);
    assert_eq!(names(&top().with_file_name("bin")), known);
    let manifest = fs::read_to_string(top().with_file_name("Cargo.toml")).expect("a manifest");
    for name in &known {
        assert!(manifest.contains(&format!("path = \"bin/{name}.rs\"")), "{name} is not built");
    }
    let sizes =
        known.iter().flat_map(|name| inputs(name)).map(|file| fs::metadata(file).expect("a file").len());
    let bytes: u64 = sizes.sum();
    assert!(bytes < 1_500_000, "the corpus has {bytes} bytes");
}
