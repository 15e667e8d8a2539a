//! Whole booklets: manifest, chapters and back cover at once.
//!
//! Comes in: files, parted by form feeds: the manifest, `a.md`, `b.md`, `back.md`, `d.svg`, then `p.png` with
//! all the rest. Those that are not given are short and sound, and bytes are written as they come.

use super::pressed;

const USUAL: [(&str, &[u8]); 6] = [
    ("manifest.toml", b"title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\"]\n"),
    ("a.md", b"# One\n\nWords[^n] and ![a picture](p.png).\n\n[^n]: A note.\n"),
    ("b.md", b"# Two\n\n![a drawing](d.svg)\n\nMore words.\n"),
    ("back.md", b"Said of it.\n"),
    ("d.svg", pressed::DRAWING),
    ("p.png", pressed::PICTURE),
];

/// Tries a booklet.
pub fn run(bytes: &[u8]) {
    let mut files = USUAL;
    for (file, given) in files.iter_mut().zip(bytes.splitn(USUAL.len(), |byte| *byte == b'\x0c')) {
        file.1 = given;
    }
    let folder = pressed::folder(&files);
    pressed::check(folder.path(), bytes);
}
