//! Faces → PDF fonts: cut to the glyphs used, with widths and a way back to the text.
//!
//! Every face is a composite font with two-byte codes (ISO 32000-1, 9.7): the codes are the glyph
//! numbers of the cut face, so no encoding table is needed. CFF outlines go in as a bare CFF table
//! (`CIDFontType0C`), TrueType outlines as a file (`FontFile2`). The objects are written here and not by
//! `printpdf`, which embeds whole files and rounds widths.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::face::{Face, FaceMetrics};

use super::content::{Milli, put_utf16_hex};
use super::file::{compressed, deflate, real};
use super::usage::Glyphs;

/// A face as embedded; nothing in it depends on the PDF that it goes into.
#[derive(Debug)]
pub(super) struct EmbeddedFace {
    /// Widths in thousandths of an em, by glyph number, as they are written.
    widths: Vec<Milli>,
    /// The face's name with the tag of the subset.
    name: String,
    /// The program, compressed, and its plain length.
    program: (Vec<u8>, usize),
    cff: bool,
    /// The way back to the text, compressed.
    to_unicode: Vec<u8>,
}

impl EmbeddedFace {
    /// A glyph's width in thousandths of an em, exactly as readers see it.
    pub fn width(&self, number: u16) -> f64 {
        self.widths.get(usize::from(number)).map_or(0.0, |width| width.0 as f64 / 1000.0)
    }

    /// Cuts a face; none for a file that cannot be cut.
    pub fn cut(face: &Face, glyphs: &Glyphs<'_>) -> Option<Self> {
        let subset = face.subset(&glyphs.ids)?;
        let upem = i64::from(face.metrics.upem.max(1));
        let scaled = |advance: &i32| Milli((i64::from(*advance) * 1_000_000 + upem / 2).div_euclid(upem));
        let plain = subset.program.len();
        Some(Self {
            widths: subset.advances.iter().map(scaled).collect(),
            name: tagged(&face.postscript_name, &glyphs.ids),
            program: (deflate(&subset.program), plain),
            cff: subset.cff,
            to_unicode: deflate(&to_unicode(&glyphs.texts)),
        })
    }

    /// Adds the font's objects to a document; gives the font's id.
    pub fn add_to(&self, document: &mut Document, metrics: &FaceMetrics) -> ObjectId {
        let mut program = Dictionary::new();
        if self.cff {
            program.set("Subtype", name("CIDFontType0C"));
        } else {
            program.set("Length1", self.program.1 as i64);
        }
        let program = document.add_object(compressed(program, self.program.0.clone()));
        let mut descriptor = descriptor(metrics, &self.name);
        descriptor.set(if self.cff { "FontFile3" } else { "FontFile2" }, program);
        let descriptor = document.add_object(descriptor);
        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => name(if self.cff { "CIDFontType0" } else { "CIDFontType2" }),
            "BaseFont" => name(&self.name),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
        };
        if !self.cff {
            descendant.set("CIDToGIDMap", name("Identity"));
        }
        self.write_widths(&mut descendant);
        let descendant = document.add_object(descendant);
        let to_unicode = document.add_object(compressed(Dictionary::new(), self.to_unicode.clone()));
        let base = if self.cff { format!("{}-Identity-H", self.name) } else { self.name.clone() };
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name(&base),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        })
    }

    /// One width for all when they are equal, a list otherwise. Some readers take a default width only if
    /// it is a whole number, though the standard allows any (9.7.4.3).
    fn write_widths(&self, font: &mut Dictionary) {
        let Some(&first) = self.widths.get(1).or(self.widths.first()) else { return };
        let whole = first.0 % 1000 == 0;
        if whole {
            font.set("DW", Object::Integer(first.0 / 1000));
        }
        if !whole || self.widths.iter().any(|&width| width != first) {
            let list: Vec<Object> = self.widths.iter().map(|&width| real(width)).collect();
            font.set("W", vec![Object::Integer(0), list.into()]);
        }
    }
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// The name with six letters in front that depend on the glyphs alone (9.6.4).
fn tagged(postscript_name: &str, glyphs: &[u16]) -> String {
    let mut hash = sha1_smol::Sha1::new();
    hash.update(postscript_name.as_bytes());
    for glyph in glyphs {
        hash.update(&glyph.to_be_bytes());
    }
    let letters = hash.digest().bytes();
    let tag: String = letters.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    format!("{tag}+{postscript_name}")
}

/// The font descriptor (9.8), without the program.
fn descriptor(metrics: &FaceMetrics, full_name: &str) -> Dictionary {
    const FIXED_PITCH: i64 = 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let upem = i64::from(metrics.upem.max(1));
    let scaled = |units: i32| (i64::from(units) * 1000).div_euclid(upem);
    // The glyphs are addressed by number and not through a standard encoding: that is "symbolic".
    let mut flags = SYMBOLIC;
    if metrics.monospaced {
        flags |= FIXED_PITCH;
    }
    if metrics.italic_angle != 0 {
        flags |= ITALIC;
    }
    // Faces do not tell the thickness of their stems; it follows the weight closely.
    let stem = 10 + 220 * (i64::from(metrics.weight) - 50).max(0) / 900;
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name(full_name),
        "Flags" => flags,
        "FontBBox" => metrics.bbox.iter().map(|&side| scaled(side).into()).collect::<Vec<Object>>(),
        "ItalicAngle" => i64::from(metrics.italic_angle),
        "Ascent" => scaled(metrics.ascent),
        "Descent" => scaled(metrics.descent),
        "CapHeight" => scaled(metrics.cap_height),
        "StemV" => stem,
    }
}

/// The map from glyph numbers to characters (9.10.3). Neighbours in both are told as ranges.
fn to_unicode(texts: &[&str]) -> Vec<u8> {
    let mut map = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
        /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
        .to_vec();
    // A CMap section holds at most 100 entries.
    for section in ranges(texts).chunks(100) {
        map.extend_from_slice(format!("{} beginbfrange\n", section.len()).as_bytes());
        for (first, last) in section {
            map.extend_from_slice(format!("<{first:04X}><{last:04X}>").as_bytes());
            put_utf16_hex(&mut map, texts[usize::from(*first) - 1], false);
            map.push(b'\n');
        }
        map.extend_from_slice(b"endbfrange\n");
    }
    map.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    map
}

/// Ranges of glyph numbers whose texts are single characters that follow each other. The first byte of
/// the numbers and of the characters may not change within a range (9.10.3).
fn ranges(texts: &[&str]) -> Vec<(u16, u16)> {
    let single = |text: &str| {
        let mut units = text.encode_utf16();
        units.next().filter(|_| units.next().is_none())
    };
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let Ok(number) = u16::try_from(place + 1) else { break };
        let follows = ranges.last().is_some_and(|&(first, last)| {
            let start = single(texts[usize::from(first) - 1]);
            let this = single(text);
            let span = number - first;
            last + 1 == number
                && first >> 8 == number >> 8
                && start.zip(this).is_some_and(|(start, this)| {
                    start.checked_add(span) == Some(this) && start >> 8 == this >> 8
                })
        });
        match ranges.last_mut() {
            Some((_, last)) if follows => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_told_as_ranges() {
        assert_eq!(ranges(&["a", "b", "c", "ffi", "x", "d"]), [(1, 3), (4, 4), (5, 5), (6, 6)]);
    }

    #[test]
    fn characters_beyond_the_first_plane_are_pairs() {
        let map = String::from_utf8(to_unicode(&["\u{1F600}"])).unwrap();
        assert!(map.contains("<0001><0001><D83DDE00>"), "{map}");
    }

    #[test]
    fn the_tag_follows_the_glyphs() {
        assert_eq!(tagged("Face", &[1, 2]), tagged("Face", &[1, 2]));
        assert_ne!(tagged("Face", &[1, 2]), tagged("Face", &[1, 3]));
    }
}
