//! Outputs whole, to the last number: small booklets that use every construct, taken apart into text, against files
//! in `golden/whole/`. Other tests say what is right; these say that nothing changes unseen.
//!
//! A golden file has one sum for so many lines of the text. The text itself is left in `target/tmp/whole`: to see
//! what has changed, run these tests before the change and after it, and compare the two. `BLESS=1` rewrites the
//! golden files.

use std::path::PathBuf;

pub mod apart;
pub mod made;
pub mod marks;
pub mod sides;

/// A short sum (FNV-1a) of bytes.
pub fn sum(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("[{} bytes, {hash:016x}]", bytes.len())
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

    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/suite/golden/whole/{name}.txt"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("golden folder");
        std::fs::write(&path, actual).expect("golden file");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected != actual {
        let at = expected.lines().zip(actual.lines()).position(|(expected, actual)| expected != actual);
        let at = at.unwrap_or(0) * count;
        let from: Vec<&str> = lines.iter().skip(at).take(count.min(50)).copied().collect();
        panic!(
            "{} differs from line {} on; the whole lies in {}, and BLESS=1 rewrites the golden file.\n{}",
            path.display(),
            at + 1,
            left.join(name).display(),
            from.join("\n")
        );
    }
}
