//! Font faces: metrics, characters, families.
//!
//! Comes in: the bytes of an OpenType file. Goes out: a [`Face`] with what layout needs in design
//! units, and [`Faces`], the ordered list that a booklet is set in, addressed by [`FaceId`]. The only
//! module that names `skrifa` and `subsetter`. The default families are compiled in (`embedded.rs`), so
//! a booklet needs no installed font; tables are prepared when a face is first used, so that a start
//! costs nothing for faces that the text never needs.

use std::fmt;
use std::sync::{Arc, OnceLock};

use skrifa::raw::TableProvider;
use skrifa::raw::model::Blob;
use skrifa::string::StringId;
use skrifa::{Font, FontRef, MetadataProvider};

use crate::diagnostic::fault::contained;

mod bounds;
mod embedded;
mod faces;
mod layout;
pub mod outline;
mod pairs;
mod sfnt;
mod subset;
pub mod webfont;

pub use embedded::{CODE_FAMILY, SANS_FAMILY, code_family, embedded, sans_family, text_family};
pub use faces::{Faces, FamilyRole, TEXT_FAMILY};
pub use subset::Subset;

/// Index into [`Faces`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The four styles of a family that text asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FaceStyle {
    /// Bold rather than regular.
    pub bold: bool,
    /// Italic rather than upright.
    pub italic: bool,
}

/// Vertical measures and marks of a face, in design units, y up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaceMetrics {
    /// Units in an em.
    pub upem: i32,
    /// Typographic ascender.
    pub ascent: i32,
    /// Typographic descender, negative.
    pub descent: i32,
    /// Height of capitals.
    pub cap_height: i32,
    /// Height of the lower-case x.
    pub x_height: i32,
    /// Left, bottom, right and top of the box around all glyphs.
    pub bbox: [i32; 4],
    /// Slant in degrees, negative leans right.
    pub italic_angle: i32,
    /// Stem weight 100–900 (OS/2 usWeightClass).
    pub weight: u16,
    /// Whether outlines are CFF (else TrueType).
    pub cff: bool,
    /// Whether all advances are equal.
    pub monospaced: bool,
}

/// The bytes of a font file.
#[derive(Clone)]
pub enum FaceData {
    /// Compiled in.
    Embedded(&'static [u8]),
    /// Read from a file.
    Read(Arc<[u8]>),
}

impl AsRef<[u8]> for FaceData {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

impl fmt::Debug for FaceData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.as_ref().len())
    }
}

/// Why a file is not a usable face.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// Not an OpenType or TrueType font, or cut short.
    #[error("it is not an OpenType or TrueType font, or it is cut short")]
    NotAFont,
    /// A table that layout cannot do without is missing or broken; its tag.
    #[error("its table “{}” is missing or broken", .0.trim_end())]
    Table(&'static str),
    /// A table names more than a shaper gets through; its tag.
    #[error("its table “{0}” names more than that of any font")]
    Beyond(&'static str),
}

/// One face of one family.
#[derive(Clone)]
pub struct Face {
    /// The file, whole.
    pub data: FaceData,
    /// Index in a collection, 0 otherwise.
    pub index: u32,
    /// Typographic family name.
    pub family: String,
    /// PostScript name, for PDF and CSS: printable ASCII without spaces and delimiters.
    pub postscript_name: String,
    /// Which of the four styles it is.
    pub style: FaceStyle,
    /// Its measures.
    pub metrics: FaceMetrics,
    /// Whether the licence bits (OS/2 fsType) allow embedding.
    pub embeddable: bool,
    /// Prepared for shaping and look-ups, on first use.
    prepared: OnceLock<Option<Font>>,
    /// Outlines of glyphs, on first use.
    outlines: outline::Outlines,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({}, {:?})", self.postscript_name, self.data)
    }
}

impl Face {
    /// Reads a face from the bytes of a font file.
    ///
    /// # Errors
    /// When the bytes are not a font or lack a table that layout needs.
    pub fn parse(data: FaceData, index: u32) -> Result<Self, FaceError> {
        // What a file does to the reader of its tables is that file's alone.
        contained(|| Self::read(data, index)).unwrap_or(Err(FaceError::NotAFont))
    }

    fn read(data: FaceData, index: u32) -> Result<Self, FaceError> {
        let font = FontRef::from_index(data.as_ref(), index).map_err(|_| FaceError::NotAFont)?;
        let head = font.head().map_err(|_| FaceError::Table("head"))?;
        let hhea = font.hhea().map_err(|_| FaceError::Table("hhea"))?;
        font.hmtx().map_err(|_| FaceError::Table("hmtx"))?;
        font.maxp().map_err(|_| FaceError::Table("maxp"))?;
        font.cmap().map_err(|_| FaceError::Table("cmap"))?;
        let os2 = font.os2().ok();
        let post = font.post().ok();
        let cff = font.cff().is_ok();
        if !cff && font.glyf().is_err() {
            return Err(FaceError::Table("glyf"));
        }
        if let Some(tag) = bounds::beyond(&font) {
            return Err(FaceError::Beyond(tag));
        }
        let upem = i32::from(head.units_per_em());
        if !(16..=16_384).contains(&upem) {
            return Err(FaceError::Table("head"));
        }
        let ascent = os2.as_ref().map_or(hhea.ascender().to_i16(), |o| o.s_typo_ascender());
        let descent = os2.as_ref().map_or(hhea.descender().to_i16(), |o| o.s_typo_descender());
        let selection = os2.as_ref().map_or(0, |o| o.fs_selection().bits());
        let mac_style = head.mac_style().bits();
        let weight = os2.as_ref().map_or(400, |o| o.us_weight_class());
        let cap_height = os2.as_ref().and_then(|o| o.s_cap_height()).filter(|h| *h > 0);
        let x_height = os2.as_ref().and_then(|o| o.sx_height()).filter(|h| *h > 0);
        let name = |ids: &[u16]| {
            ids.iter().find_map(|id| {
                let id = StringId::new(*id);
                let mut strings = font.localized_strings(id).collect::<Vec<_>>();
                strings.sort_by_key(|s| s.language().is_some_and(|l| !l.starts_with("en")));
                strings.first().map(ToString::to_string).filter(|s| !s.trim().is_empty())
            })
        };
        let family = name(&[16, 1]).unwrap_or_else(|| "Unnamed".to_owned());
        let mut postscript_name: String = name(&[6])
            .unwrap_or_else(|| family.clone())
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c))
            .take(63)
            .collect();
        if postscript_name.is_empty() {
            postscript_name.push_str("Unnamed");
        }
        let licence = os2.as_ref().map_or(0, |o| o.fs_type());
        let metrics = FaceMetrics {
            upem,
            ascent: i32::from(ascent),
            descent: i32::from(descent),
            cap_height: cap_height.map_or(upem * 7 / 10, i32::from),
            x_height: x_height.map_or(upem / 2, i32::from),
            bbox: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(i32::from),
            italic_angle: post.as_ref().map_or(0, |p| p.italic_angle().to_f64().round() as i32),
            weight,
            cff,
            monospaced: post.as_ref().is_some_and(|p| p.is_fixed_pitch() != 0),
        };
        Ok(Self {
            index,
            family,
            postscript_name,
            style: FaceStyle {
                bold: selection & 0x20 != 0 || mac_style & 1 != 0 || weight >= 600,
                italic: selection & 0x201 != 0 || mac_style & 2 != 0,
            },
            metrics,
            // Bit 1 alone is "restricted licence"; bit 9 is "bitmaps only" (OpenType, OS/2, fsType).
            embeddable: licence & 0x000f != 0x0002 && licence & 0x0200 == 0,
            data,
            prepared: OnceLock::new(),
            outlines: outline::Outlines::default(),
        })
    }

    /// Whether the font says that its file may be passed on: nothing in OS/2 speaks against it, and its
    /// licence (`name`, 13 and 14) is one of those that allow it.
    pub fn may_be_passed_on(&self) -> bool {
        const FREE: [&str; 13] = [
            "open font licen",
            "openfontlicen",
            "scripts.sil.org/ofl",
            "apache.org/licenses",
            "apache licen",
            "ubuntu font licen",
            "gust font licen",
            "gnu general public licen",
            "gnu lesser",
            "gnu.org/licenses",
            "mit licen",
            "creativecommons.org/publicdomain",
            "permission is hereby granted, free of charge",
        ];
        let Ok(font) = FontRef::from_index(self.data.as_ref(), self.index) else { return false };
        // Installable embedding: no bit of the first four (OpenType, OS/2, fsType).
        let installable = font.os2().is_ok_and(|os2| os2.fs_type() & 0x000f == 0);
        let says = |id| {
            let mut strings = font.localized_strings(StringId::new(id));
            strings.any(|said| {
                let said = said.to_string().to_lowercase();
                FREE.iter().any(|words| said.contains(words))
            })
        };
        self.embeddable && installable && [13, 14].into_iter().any(says)
    }

    /// The face prepared for shaping and look-ups; tables are read on first use and kept. None only if
    /// the file cannot be read again as it was.
    pub fn font(&self) -> Option<&Font> {
        self.prepared
            .get_or_init(|| {
                let blob = match &self.data {
                    FaceData::Embedded(bytes) => Blob::Static(bytes),
                    FaceData::Read(bytes) => Blob::Shared(Arc::new(bytes.clone())),
                };
                Font::new(blob, self.index)
            })
            .as_ref()
    }

    /// The glyph that stands for a character, if the face has one.
    pub fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font()?.charmap().map_unicode(character)?.to_u32();
        u16::try_from(glyph).ok().filter(|g| *g != 0)
    }

    /// Whether the face can set a character.
    pub fn has(&self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    /// Whether the face has an OpenType feature that replaces glyphs, such as `smcp`, for any script.
    pub fn replaces(&self, feature: &[u8; 4]) -> bool {
        let Ok(font) = FontRef::from_index(self.data.as_ref(), self.index) else { return false };
        let list = font.gsub().and_then(|gsub| gsub.feature_list());
        list.is_ok_and(|list| {
            list.feature_records().iter().any(|r| r.feature_tag().to_be_bytes() == *feature)
        })
    }

    /// The advance of a glyph in design units; zero for a glyph that does not exist.
    pub fn advance(&self, glyph: u16) -> i32 {
        let Some(font) = self.font() else { return 0 };
        font.glyph_metrics().h_advance(skrifa::GlyphId::from(glyph)).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_faces_know_their_names_and_styles() {
        let faces = embedded();
        let names: Vec<_> = faces.iter().map(|(_, f)| (f.postscript_name.as_str(), f.style)).collect();
        let style = |bold, italic| FaceStyle { bold, italic };
        assert_eq!(
            names,
            [
                ("LibertinusSerif-Regular", style(false, false)),
                ("LibertinusSerif-Italic", style(false, true)),
                ("LibertinusSerif-Bold", style(true, false)),
                ("LibertinusSerif-BoldItalic", style(true, true)),
                ("DejaVuSansMono", style(false, false)),
                ("AtkinsonHyperlegibleNext-Regular", style(false, false)),
                ("AtkinsonHyperlegibleNext-Italic", style(false, true)),
                ("AtkinsonHyperlegibleNext-Bold", style(true, false)),
                ("AtkinsonHyperlegibleNext-BoldItalic", style(true, true)),
            ]
        );
        let regular = faces.get(FaceId(0));
        assert_eq!(regular.family, TEXT_FAMILY);
        assert_eq!(faces.get(FaceId(4)).family, CODE_FAMILY);
        assert_eq!(regular.metrics.upem, 1000);
        assert!(regular.metrics.cff && regular.embeddable);
        assert_eq!(regular.glyph(' ').map(|g| regular.advance(g)), Some(250));
        assert!(!regular.has('\u{10ffff}'));
    }

    #[test]
    fn rubbish_is_not_a_face() {
        for bytes in [&b""[..], b"OTTO", &[0; 400]] {
            assert!(Face::parse(FaceData::Read(bytes.into()), 0).is_err());
        }
    }

    #[test]
    fn a_missing_style_falls_to_the_nearest() {
        let faces = embedded();
        let bold_code = faces.candidates(FamilyRole::Code, FaceStyle { bold: true, italic: false });
        assert_eq!(faces.get(bold_code[0]).postscript_name, "DejaVuSansMono");
        assert_eq!(faces.get(bold_code[1]).postscript_name, "LibertinusSerif-Bold");
        // What the italic lacks, the upright of its family may have, in the same weight.
        let italic = faces.candidates(FamilyRole::Text, FaceStyle { bold: false, italic: true });
        let names =
            italic.iter().map(|id| faces.get(*id).postscript_name.trim_start_matches("LibertinusSerif-"));
        assert_eq!(names.collect::<Vec<_>>(), ["Italic", "Regular", "BoldItalic", "Bold", "DejaVuSansMono"]);
    }
}
