//! Faces → PDF fonts: cut to the glyphs used, with widths and a way back to the text.
//!
//! Every face is a composite font (ISO 32000-1, 9.7). A map of its own takes codes to glyph numbers of the
//! cut face, so that codes can be of one byte and a glyph can have several, one for each text that it
//! stands for. CFF outlines go in as a bare CFF table
//! (`CIDFontType0C`), TrueType outlines as a file (`FontFile2`). The objects are written here and not by
//! `printpdf`, which without its layout engine embeds whole files, and rounds widths.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::face::{Face, FaceMetrics};

use super::usage::{GlyphCode, Glyphs};
use crate::pdf::objects::content::{Milli, put_utf16_hex};
use crate::pdf::objects::file::{compressed, deflate, real};

/// A face as embedded; nothing in it depends on the PDF that it goes into.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct EmbeddedFace {
    /// Widths in thousandths of an em, by glyph number, as they are written.
    widths: Vec<Milli>,
    /// The face's name with the tag of the subset.
    name: String,
    /// The program, compressed, and its plain length.
    program: (Vec<u8>, usize),
    cff: bool,
    /// The way from codes to glyph numbers, compressed.
    encoding: Vec<u8>,
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
            encoding: deflate(&encoding(glyphs)),
            to_unicode: deflate(&to_unicode(glyphs)),
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
            "CIDSystemInfo" => system_info(),
            "FontDescriptor" => descriptor,
        };
        if !self.cff {
            descendant.set("CIDToGIDMap", name("Identity"));
        }
        self.write_widths(&mut descendant);
        let descendant = document.add_object(descendant);
        let to_unicode = document.add_object(compressed(Dictionary::new(), self.to_unicode.clone()));
        let encoding = dictionary! {
            "Type" => "CMap",
            "CMapName" => ENCODING,
            "CIDSystemInfo" => system_info(),
        };
        let encoding = document.add_object(compressed(encoding, self.encoding.clone()));
        let base = if self.cff { format!("{}-{ENCODING}", self.name) } else { self.name.clone() };
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name(&base),
            "Encoding" => encoding,
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

/// Name of the map from codes to glyph numbers.
const ENCODING: &str = "Booklet";

/// The collection that glyph numbers are of: the face's own.
fn system_info() -> Dictionary {
    dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
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

/// What both maps begin with (9.7.5.4): what they are called, and how many bytes codes have.
fn head(glyphs: &Glyphs<'_>, ordering: &str, cmap: &str, kind: u8) -> Vec<u8> {
    let space = if glyphs.wide { "<0000><FFFF>" } else { "<00><FF>" };
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>def\n\
         /CMapName/{cmap} def\n/CMapType {kind} def\n\
         1 begincodespacerange\n{space}\nendcodespacerange\n"
    )
    .into_bytes()
}

const FOOT: &[u8] = b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";

/// Sections of at most 100 ranges, which is all that one may hold.
fn put_ranges<'c, 'a>(
    map: &mut Vec<u8>,
    ranges: &[&'c [GlyphCode<'a>]],
    section: &str,
    wide: bool,
    put: impl Fn(&mut Vec<u8>, GlyphCode<'a>),
) {
    let digits = if wide { 4 } else { 2 };
    for some in ranges.chunks(100) {
        map.extend_from_slice(format!("{} begin{section}\n", some.len()).as_bytes());
        for range in some {
            if let (Some(first), Some(last)) = (range.first(), range.last()) {
                let (from, to) = (first.code, last.code);
                map.extend_from_slice(format!("<{from:0digits$X}><{to:0digits$X}>").as_bytes());
                put(map, *first);
                map.push(b'\n');
            }
        }
        map.extend_from_slice(format!("end{section}\n").as_bytes());
    }
}

/// The map from codes to glyph numbers (9.7.5). Neighbours in both are told as ranges.
fn encoding(glyphs: &Glyphs<'_>) -> Vec<u8> {
    let mut map = head(glyphs, "Identity", ENCODING, 1);
    let ranges =
        ranges(&glyphs.codes, |first, this, span| first.number.checked_add(span) == Some(this.number));
    put_ranges(&mut map, &ranges, "cidrange", glyphs.wide, |map, first| {
        map.extend_from_slice(first.number.to_string().as_bytes());
    });
    map.extend_from_slice(FOOT);
    map
}

/// The map from codes to characters (9.10.3). Neighbours in both are told as ranges.
fn to_unicode(glyphs: &Glyphs<'_>) -> Vec<u8> {
    let mut map = head(glyphs, "UCS", "Adobe-Identity-UCS", 2);
    let single = |text: &str| {
        let mut units = text.encode_utf16();
        units.next().filter(|_| units.next().is_none())
    };
    let ranges = ranges(&glyphs.codes, |first, this, span| {
        // The first byte of the characters may not change within a range.
        single(first.text)
            .zip(single(this.text))
            .is_some_and(|(start, this)| start.checked_add(span) == Some(this) && start >> 8 == this >> 8)
    });
    put_ranges(&mut map, &ranges, "bfrange", glyphs.wide, |map, first| {
        put_utf16_hex(map, first.text, false);
    });
    map.extend_from_slice(FOOT);
    map
}

/// Parts codes into ranges: neighbours that follow on the first of their range. The first byte of a code
/// may not change within one either.
fn ranges<'c, 'a>(
    codes: &'c [GlyphCode<'a>],
    follows: impl Fn(&GlyphCode<'a>, &GlyphCode<'a>, u16) -> bool,
) -> Vec<&'c [GlyphCode<'a>]> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in 1..=codes.len() {
        let goes_on = codes.get(at).is_some_and(|this| {
            let (first, before) = (&codes[start], &codes[at - 1]);
            before.code + 1 == this.code
                && first.code >> 8 == this.code >> 8
                && follows(first, this, this.code - first.code)
        });
        if !goes_on {
            ranges.extend(codes.get(start..at).filter(|range| !range.is_empty()));
            start = at;
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs<'a>(codes: &[(u16, u16, &'a str)]) -> Glyphs<'a> {
        let codes = codes.iter().map(|&(code, number, text)| GlyphCode { code, number, text }).collect();
        Glyphs { codes, ..Glyphs::default() }
    }

    fn map(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn neighbours_are_told_as_ranges() {
        let glyphs = glyphs(&[
            (97, 1, "a"),
            (98, 2, "b"),
            (99, 3, "c"),
            (100, 4, "ffi"),
            (101, 2, "b"),
            (102, 9, "d"),
        ]);
        let characters = map(to_unicode(&glyphs));
        assert!(
            characters.contains("4 beginbfrange\n<61><63><0061>\n<64><64><006600660069>\n"),
            "{characters}"
        );
        let numbers = map(encoding(&glyphs));
        assert!(numbers.contains("3 begincidrange\n<61><64>1\n<65><65>2\n<66><66>9\n"), "{numbers}");
    }

    #[test]
    fn characters_beyond_the_first_plane_are_pairs() {
        let map = map(to_unicode(&glyphs(&[(1, 1, "\u{1F600}")])));
        assert!(map.contains("<01><01><D83DDE00>"), "{map}");
    }

    #[test]
    fn nothing_makes_no_ranges() {
        assert!(!map(encoding(&Glyphs::default())).contains("cidrange"));
    }

    #[test]
    fn the_tag_follows_the_glyphs() {
        assert_eq!(tagged("Face", &[1, 2]), tagged("Face", &[1, 2]));
        assert_ne!(tagged("Face", &[1, 2]), tagged("Face", &[1, 3]));
    }
}
