//! Font faces: metrics, characters, families.
//!
//! Comes in: the bytes of an OpenType file. Goes out: a [`Face`] with what layout needs in design
//! units, and [`Faces`], the ordered list that a booklet is set in, addressed by [`FaceId`]. The only
//! module that names `skrifa`. The default family is compiled in, so a booklet needs no installed font.

use std::sync::Arc;

pub mod outline;
mod pairs;
mod subset;
pub mod webfont;

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
    /// Top of the bounding box of all glyphs, and so on.
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

/// One face of one family.
#[derive(Debug, Clone)]
pub struct Face {
    /// The file, whole.
    pub data: Arc<[u8]>,
    /// Index in a collection, 0 otherwise.
    pub index: u32,
    /// Typographic family name.
    pub family: String,
    /// PostScript name, for PDF and CSS.
    pub postscript_name: String,
    /// Which of the four styles it is.
    pub style: FaceStyle,
    /// Its measures.
    pub metrics: FaceMetrics,
    /// Whether the licence bits (OS/2 fsType) allow embedding.
    pub embeddable: bool,
}

/// Every face that a booklet may use. Text families in order of preference, then the code family,
/// then the embedded ones as last resort.
#[derive(Debug, Clone, Default)]
pub struct Faces {
    faces: Vec<Face>,
}

impl Faces {
    /// The face behind an id.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }
    /// All of them with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(i, f)| (FaceId(i as u16), f))
    }
}
