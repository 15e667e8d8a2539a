//! Font files as strangers have them: the project's own, changed under a name of their own.

use std::fs;
use std::path::Path;

use booklet::face::{Face, FaceData};

/// A face of the project.
fn face(file: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(file)).expect("a font")
}

fn number(bytes: &[u8], at: usize, size: usize) -> usize {
    bytes[at..at + size].iter().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// Where a table of a file begins.
fn table(bytes: &[u8], tag: &[u8; 4]) -> usize {
    let records = (0..number(bytes, 4, 2)).map(|index| 12 + 16 * index);
    let record = records.into_iter().find(|&at| &bytes[at..at + 4] == tag).expect("a table");
    number(bytes, record + 8, 4)
}

/// Gives a file another name, as long as the old one, so that nothing moves. Of a name that is not in ASCII, only
/// the record in UTF-16 is changed.
fn rename(bytes: &mut [u8], old: &str, new: &str) {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let both = [(old.as_bytes().to_vec(), new.as_bytes().to_vec()), (wide(old), wide(new))];
    assert_eq!(both[1].0.len(), both[1].1.len(), "{new:?}");
    for (old, new) in both.into_iter().filter(|(old, new)| old.len() == new.len()) {
        for at in 0..bytes.len() - old.len() {
            if bytes[at..].starts_with(&old) {
                bytes[at..at + old.len()].copy_from_slice(&new);
            }
        }
    }
}

/// The text face with other licence bits: OS/2 table, offset 8.
pub fn font(bits: u16) -> Vec<u8> {
    font_named(bits, "Forbiddens")
}

/// The same under a name of its own, of ten letters.
pub fn font_named(bits: u16, name: &str) -> Vec<u8> {
    let mut bytes = face("libertinus-serif/LibertinusSerif-Regular.otf");
    let os2 = table(&bytes, b"OS/2");
    bytes[os2 + 8..os2 + 10].copy_from_slice(&bits.to_be_bytes());
    rename(&mut bytes, "Libertinus", name);
    bytes
}

/// The family “Forbiddens Serif”, whose version is said to stand behind the file's end. It can be read and set.
pub fn font_with_lost_names() -> Vec<u8> {
    let mut bytes = font(0);
    let names = table(&bytes, b"name");
    let records = (0..number(&bytes, names + 2, 2)).map(|index| names + 6 + 12 * index);
    for record in records.filter(|record| number(&bytes, record + 6, 2) == 5).collect::<Vec<_>>() {
        bytes[record + 10..record + 12].copy_from_slice(&[0xFF, 0]);
    }
    bytes
}

/// The same family, with a table of kerning in which so many lookups name so many subtables: all lead to one.
pub fn font_with_subtables(lookups: u16, subtables: u16) -> Vec<u8> {
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    // Scripts at 10, features at 30: the one, “kern”, has all lookups. Then those.
    let mut pairs = words(&[1, 0, 10, 30, 42 + 2 * lookups, 1]);
    pairs.extend(b"DFLT");
    pairs.extend(words(&[8, 4, 0, 0, 0xFFFF, 1, 0, 1]));
    pairs.extend(b"kern");
    pairs.extend(words(&[8, 0, lookups]));
    pairs.extend(words(&(0..lookups).collect::<Vec<_>>()));
    pairs.extend(words(&[lookups]));
    pairs.extend(words(&vec![2 + 2 * lookups; usize::from(lookups)]));
    pairs.extend(words(&[2, 0, subtables]));
    pairs.extend(words(&vec![6 + 2 * subtables; usize::from(subtables)]));
    // Glyph 40 before glyph 41.
    pairs.extend(words(&[1, 12, 4, 0, 1, 18, 1, 1, 40, 1, 41, 50]));
    with_table(b"GPOS", &pairs)
}

/// The same family, with its licence in sixty thousand languages: one text, which is the table itself.
pub fn font_with_licences() -> Vec<u8> {
    const COUNT: u16 = 60_000;
    let licences = (0..COUNT).flat_map(|language| [3, 1, language, 13, 60_000, 0]);
    let names = [0, COUNT, 0].into_iter().chain(licences);
    with_table(b"name", &names.flat_map(u16::to_be_bytes).collect::<Vec<u8>>())
}

/// The same family, with another table.
fn with_table(tag: &[u8; 4], table: &[u8]) -> Vec<u8> {
    let mut bytes = font(0);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    let mut records = (0..number(&bytes, 4, 2)).map(|index| 12 + 16 * index);
    let record = records.find(|&at| &bytes[at..at + 4] == tag).expect("a table");
    let place = [bytes.len() as u32, table.len() as u32].map(u32::to_be_bytes).concat();
    bytes[record + 8..record + 16].copy_from_slice(&place);
    bytes.extend(table);
    bytes
}

/// The family “Anderson Hyperlegible Next”, a letter of it, and where its outline is said to stand.
fn anderson(letter: char) -> (Vec<u8>, u16, usize) {
    let mut bytes = face("atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf");
    rename(&mut bytes, "Atkinson", "Anderson");
    let read = FaceData::Read(bytes.as_slice().into());
    let glyph = Face::parse(read, 0).expect("a face").glyph(letter).expect("a letter");
    assert_eq!(number(&bytes, table(&bytes, b"head") + 50, 2), 0, "offsets of two bytes");
    let place = table(&bytes, b"loca") + 2 * usize::from(glyph);
    (bytes, glyph, place)
}

/// That family, with the outline of a letter behind the file's end.
pub fn font_with_lost_letter(letter: char) -> Vec<u8> {
    let (mut bytes, _, place) = anderson(letter);
    bytes[place + 2..place + 4].copy_from_slice(&[0xFF, 0xFE]);
    bytes
}

/// That family, with a letter that is made of itself.
pub fn font_with_endless_letter(letter: char) -> Vec<u8> {
    let (mut bytes, glyph, place) = anderson(letter);
    let outline = table(&bytes, b"glyf") + 2 * number(&bytes, place, 2);
    // A composite in its old box, of one part in its place.
    bytes[outline..outline + 2].copy_from_slice(&[0xFF, 0xFF]);
    let part = [2, glyph, 0].map(u16::to_be_bytes).concat();
    bytes[outline + 10..outline + 16].copy_from_slice(&part);
    bytes
}
