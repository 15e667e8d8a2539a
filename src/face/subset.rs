//! A face cut to the glyphs that a booklet uses, as PDF embeds it.
//!
//! Comes in: a [`Face`] and glyph indices. Goes out: a [`Subset`], whose glyphs are numbered again: 0 is
//! the missing glyph, then those asked for, in the order given. The only module that names `subsetter`.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::diagnostic::fault::contained;

use super::{Face, FaceData};

/// A face cut to some glyphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    /// The face program: a bare CFF table for faces with CFF outlines, a TrueType file otherwise.
    pub program: Vec<u8>,
    /// Whether it is CFF.
    pub cff: bool,
    /// Advance widths in design units, by new glyph number.
    pub advances: Vec<i32>,
}

impl Face {
    /// The face cut to these glyphs, which must be distinct and not 0. None when the file is not one
    /// that can be cut, or when one of the glyphs cannot be drawn.
    pub fn subset(&self, glyphs: &[u16]) -> Option<Subset> {
        // What a file does to those who cut it is that file's alone.
        contained(|| self.cut(glyphs)).ok().flatten()
    }

    /// Whether there is nothing in the file, but for single glyphs, that keeps it from being cut.
    pub fn can_be_cut(&self) -> bool {
        self.subset(&[]).is_some()
    }

    fn cut(&self, glyphs: &[u16]) -> Option<Subset> {
        // What is compiled in is whole.
        if matches!(self.data, FaceData::Read(_)) && !glyphs.iter().all(|&glyph| self.draws(glyph)) {
            return None;
        }
        let mut numbers = GlyphRemapper::new();
        for &glyph in glyphs {
            numbers.remap(glyph);
        }
        let file = subsetter::subset(self.data.as_ref(), self.index, &numbers).ok()?;
        let cff = table(&file, *b"CFF ").map(<[u8]>::to_vec);
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = |glyph: u16| metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0).round() as i32;
        let advances = std::iter::once(0).chain(glyphs.iter().copied()).map(advance).collect();
        Some(Subset { cff: cff.is_some(), program: cff.unwrap_or(file), advances })
    }
}

/// A table of an OpenType file, by its tag.
fn table(file: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = u16::from_be_bytes(file.get(4..6)?.try_into().ok()?);
    let records = file.get(12..12 + 16 * usize::from(count))?;
    let record = records.chunks_exact(16).find(|record| record[..4] == tag)?;
    let word = |at: usize| record[at..at + 4].iter().fold(0_usize, |word, &b| word << 8 | usize::from(b));
    file.get(word(8)..word(8).checked_add(word(12))?)
}
