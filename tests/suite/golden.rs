//! Texts that are kept in `golden/`: what came out when somebody last looked at it.
//!
//! Comes in: a file's path below `golden/`, and what comes out now. Goes out: whether they are the same.
//! `BLESS=1` writes the file anew.

use std::fs;
use std::path::PathBuf;

/// The file.
pub fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/golden").join(name)
}

/// What is kept in it; after `BLESS=1` what comes out now.
pub fn kept(name: &str, actual: &str) -> String {
    let path = place(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("golden folder");
        fs::write(&path, actual).expect("golden file");
    }
    fs::read_to_string(&path).unwrap_or_default()
}

/// Asks that both are the same.
pub fn same(name: &str, actual: &str) {
    let expected = kept(name, actual);
    assert!(
        expected == actual,
        "{} differs; BLESS=1 rewrites it.\n--- expected\n{expected}\n--- actual\n{actual}",
        place(name).display()
    );
}
