//! Outputs whole, to the last number: small booklets that use every construct, taken apart into text, against files
//! in `golden/whole/`. Other tests say what is right; these say that nothing changes unseen, and that every machine
//! makes the same.
//!
//! A golden file has one sum for so many lines of the text. The text itself is left in `target/tmp/whole`: to see
//! what has changed, run these tests before the change and after it, and compare the two. `BLESS=1` rewrites the
//! golden files.

use std::path::PathBuf;

use crate::golden::{kept, place};

pub mod apart;
pub mod made;
pub mod marks;
pub mod sides;

/// The beginning of the sum (SHA-1) of bytes.
pub fn sum(bytes: &[u8]) -> String {
    let digest = sha1_smol::Sha1::from(bytes).digest().to_string();
    format!("[{} bytes, {}]", bytes.len(), &digest[..16])
}

/// Compares a text with a golden file that has a sum for each so many lines.
pub fn golden(name: &str, text: &str, count: usize) {
    let left = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("whole");
    std::fs::create_dir_all(&left).expect("a folder");
    std::fs::write(left.join(name), text).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    let part = |(at, lines): (usize, &[&str])| {
        format!("from line {}: {}\n", at * count + 1, sum(lines.join("\n").as_bytes()))
    };
    let actual: String = lines.chunks(count).enumerate().map(part).collect();

    let file = format!("whole/{name}.txt");
    let expected = kept(&file, &actual);
    if expected != actual {
        let at = expected.lines().zip(actual.lines()).position(|(expected, actual)| expected != actual);
        let at = at.unwrap_or(0) * count;
        let from: Vec<&str> = lines.iter().skip(at).take(count.min(50)).copied().collect();
        panic!(
            "{} differs from line {} on; the whole lies in {}, and BLESS=1 rewrites the golden file.\n{}",
            place(&file).display(),
            at + 1,
            left.join(name).display(),
            from.join("\n")
        );
    }
}
