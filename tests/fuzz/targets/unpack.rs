//! Finished files from strangers, unpacked.
//!
//! Comes in: a file; or, if it is no PDF and no ZIP, lines of a path, a tabulator and a text, which are packed
//! as the sources of an EPUB whose sums are right. A PDF is tried again with its own sum put right, since
//! no search finds one.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use booklet::diagnostic::Report;
use booklet::reprint;
use sha1_smol::Sha1;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sound;

/// Tries a file.
pub fn run(bytes: &[u8]) {
    check(bytes);
    if let Some(sealed) = sealed(bytes) {
        check(&sealed);
    }
    if !bytes.starts_with(b"%PDF") && !bytes.starts_with(b"PK") {
        check(&carrier(&String::from_utf8_lossy(bytes)));
    }
}

fn check(file: &[u8]) {
    let mut report = Report::new();
    let unpacked = reprint::unpack(file, "given", &mut report);
    sound::report(&report);
    assert_eq!(unpacked.is_none(), report.has_errors());
    let Some(unpacked) = unpacked else { return };
    let mut names: BTreeMap<String, &[u8]> = BTreeMap::new();
    for (path, bytes) in &unpacked.files {
        let parts: Vec<&str> = path.split('/').collect();
        let stays = |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
        assert!(parts.iter().all(stays) && !path.contains(char::is_control), "{path:?} leads out");
        let other = names.insert(path.to_lowercase(), bytes);
        assert!(other.is_none_or(|other| other == bytes), "{path:?} is there twice");
    }
    for (path, _) in &unpacked.files {
        let within = format!("{}/", path.to_lowercase());
        assert!(!names.keys().any(|other| other.starts_with(&within)), "{path:?} is a file and a folder");
    }
    assert!(unpacked.files.iter().any(|(path, _)| *path == unpacked.manifest));
}

/// A PDF whose identity is the sum of what stands before its last table, as ours are; none if it has no place
/// for one.
pub fn sealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let find = |needle: &[u8]| bytes.windows(needle.len()).rposition(|window| window == needle);
    let number = bytes.get(find(b"startxref")? + 9..)?.trim_ascii_start();
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let cross: usize = std::str::from_utf8(&number[..digits]).ok()?.parse().ok()?;
    let id = find(b"/ID[<").filter(|id| *id >= cross)? + 5;
    let sum = Sha1::from(bytes.get(..cross)?).digest().to_string().to_uppercase();
    let mut sealed = bytes.to_vec();
    for place in [id, id + 34] {
        sealed.get_mut(place..place + 32)?.copy_from_slice(&sum.as_bytes()[..32]);
    }
    Some(sealed)
}

/// An EPUB that carries these files and a list of them.
fn carrier(lines: &str) -> Vec<u8> {
    let files: Vec<(&str, &str)> =
        lines.lines().map(|line| line.split_once('\t').unwrap_or((line, ""))).collect();
    let mut list = format!("booklet 0.1.0\nmanifest: {}\n\n", files.first().map_or("", |file| file.0));
    for (path, text) in &files {
        list.push_str(&format!("{}  {path}\n", Sha1::from(text).digest()));
    }
    let sources = zipped(
        [("SOURCES.txt", list.as_bytes())]
            .into_iter()
            .chain(files.iter().map(|(path, text)| (*path, text.as_bytes()))),
    );
    let package: &[u8] = b"<meta name=\"generator\" content=\"booklet\"/>";
    zipped(
        [
            ("mimetype", &b"application/epub+zip"[..]),
            ("OEBPS/content.opf", package),
            ("OEBPS/sources.zip", &sources),
        ]
        .into_iter(),
    )
}

/// A ZIP file; a file that cannot be in one is left out.
fn zipped<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        if writer.start_file(path, SimpleFileOptions::default()).is_ok() {
            writer.write_all(bytes).expect("memory");
        }
    }
    writer.finish().expect("a ZIP file").into_inner()
}
