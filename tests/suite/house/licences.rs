//! What `booklet licences` prints has to be about the crates that are compiled in, and the versions that are.
//!
//! Comes in: `Cargo.lock`, the notices, and the list of crates of which nothing is in any program. The licence files
//! themselves are not read: cargo may not have kept them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn file(path: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Name and version of every crate in `Cargo.lock` but booklet's own.
fn locked() -> BTreeSet<String> {
    let lock = file("Cargo.lock");
    let value = |line: &str, key: &str| {
        line.strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(" = \"")?.strip_suffix('"'))
            .map(str::to_owned)
    };
    let mut crates = BTreeSet::new();
    for package in lock.split("[[package]]\n").skip(1) {
        let name = package.lines().find_map(|line| value(line, "name")).expect("a name");
        let version = package.lines().find_map(|line| value(line, "version")).expect("a version");
        if name != "booklet" {
            crates.insert(format!("{name} {version}"));
        }
    }
    assert!(crates.len() > 100);
    crates
}

fn printed() -> String {
    let program = Command::new(env!("CARGO_BIN_EXE_booklet")).arg("licences").output().expect("it runs");
    assert!(program.status.success() && program.stderr.is_empty());
    String::from_utf8(program.stdout).expect("UTF-8")
}

#[test]
fn every_crate_has_its_notice_or_is_in_no_program() {
    const MEND: &str = "Cargo.lock has changed: run `python3 tests/licences/gather.py`";
    let printed = printed();
    let (_, crates) =
        printed.split_once("Crates, and the licence under which each is taken:\n").expect("a list");
    let (list, texts) = crates.split_once("\n----").expect("texts after it");
    let entries = list.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
    let with_licence: BTreeSet<String> = entries.map(|(name, _)| name.to_owned()).collect();
    let left_out: BTreeSet<String> = file("tests/licences/left-out.txt").lines().map(str::to_owned).collect();
    assert!(with_licence.is_disjoint(&left_out), "{MEND}");
    let known: BTreeSet<String> = with_licence.union(&left_out).cloned().collect();
    let locked = locked();
    let (gone, new) = (known.difference(&locked), locked.difference(&known));
    assert_eq!(known, locked, "{MEND}; not there any more: {gone:?}; new: {new:?}");
    // Each of them stands over a text, too.
    let over_texts: BTreeSet<&str> = texts.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    for name in &with_licence {
        assert!(over_texts.contains(name.as_str()), "{name} has no text: {MEND}");
    }
}

#[test]
fn the_texts_themselves_are_there() {
    let printed = printed();
    for words in [
        "Copyright (c) Project Nayuki",
        "Mozilla Public License Version 2.0",
        "The source of epub-builder ",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "SIL OPEN FONT LICENSE",
        "Bitstream Vera",
        "UNICODE LICENSE V3",
        "The Rust Project Contributors",
    ] {
        assert!(printed.contains(words), "{words}");
    }
    let american = Command::new(env!("CARGO_BIN_EXE_booklet")).arg("licenses").output().expect("it runs");
    assert_eq!(String::from_utf8(american.stdout).expect("UTF-8"), printed, "spelled the other way");
}
