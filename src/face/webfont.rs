//! Faces for the EPUB: cut to what is used, and still whole fonts.
//!
//! Comes in: a face and the characters that are set in it. Goes out: the bytes of an OpenType file that
//! browsers take. `subsetter` makes faces for PDF, which need no character map; here the tables that it
//! leaves out are put back: `cmap` and `OS/2`, and in `GSUB` and `GPOS` the ligatures and the kerning
//! of the glyphs that stayed (`pairs.rs`). The names, with copyright and licence, stay.
//!
//! Scripts whose letters join or reorder need more of `GSUB` and `GPOS` than that: a face that sets
//! them goes in whole, which is larger but right.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::raw::{FontRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{MetadataProvider, Tag};
use subsetter::GlyphRemapper;

use crate::diagnostic::fault::contained;

use super::sfnt::{assemble, push};
use super::{Face, layout, pairs};

/// The characters of a text that a face has, in order.
pub fn covered(face: &Face, characters: impl IntoIterator<Item = char>) -> Vec<char> {
    let Ok(font) = FontRef::from_index(face.data.as_ref(), face.index) else { return Vec::new() };
    let charmap = font.charmap();
    characters.into_iter().filter(|&c| charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0)).collect()
}

/// What a face says about who made it and how it may be shared: copyright, licence and its address.
pub fn notice(face: &Face) -> String {
    let Ok(font) = FontRef::from_index(face.data.as_ref(), face.index) else { return String::new() };
    let ids = [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION, StringId::LICENSE_URL];
    let texts = ids.map(|id| font.localized_strings(id).english_or_first().map(|text| text.to_string()));
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A font file with these characters of a face; none if the face allows no embedding or cannot be read.
/// Without `ligatures`, letters stay single: Turkish and its relatives tell `fı` from `fi`.
pub fn web_font(face: &Face, characters: &[char], ligatures: bool) -> Option<Vec<u8>> {
    if !face.embeddable {
        return None;
    }
    let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
    // Bit 8 of fsType forbids subsetting (OpenType, OS/2).
    let no_subset = font.os2().is_ok_and(|os2| os2.fs_type() & 0x0100 != 0);
    // A face of a collection cannot stand in a file of its own without being cut.
    let whole = || (face.index == 0).then(|| face.data.as_ref().to_vec());
    if no_subset || characters.iter().any(|&c| joins(c)) {
        return whole();
    }
    // What a file does to those who cut it is that file's alone.
    contained(|| cut(face, &font, characters, ligatures)).ok().flatten().or_else(whole)
}

fn cut(face: &Face, font: &FontRef<'_>, characters: &[char], ligatures: bool) -> Option<Vec<u8>> {
    let charmap = font.charmap();
    let mut map: BTreeMap<u32, u16> = BTreeMap::new();
    for &c in characters {
        if let Some(glyph) = charmap.map(c).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()) {
            map.insert(u32::from(c), glyph);
        }
    }
    let mut glyphs: BTreeSet<u16> = map.values().copied().collect();
    glyphs.insert(0);
    let joined = if ligatures { pairs::ligatures(font, &mut glyphs)? } else { Vec::new() };
    let old: Vec<u16> = glyphs.into_iter().collect();
    // Glyph 0 stays first, the others follow in order: new ids are places in `old`.
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&old);
    let cut = subsetter::subset(face.data.as_ref(), face.index, &remapper).ok()?;
    let cut = FontRef::new(&cut).ok()?;

    let new = |glyph: u16| remapper.get(glyph);
    let map: Vec<(u32, u16)> = map.iter().filter_map(|(&c, &glyph)| Some((c, new(glyph)?))).collect();
    let mut tables: BTreeMap<Tag, Vec<u8>> = BTreeMap::new();
    for record in cut.table_directory().table_records() {
        let tag = record.tag();
        tables.insert(tag, cut.table_data(tag)?.as_bytes().to_vec());
    }
    tables.insert(Tag::new(b"cmap"), cmap(&map));
    if let Some(os2) = font.table_data(Tag::new(b"OS/2")) {
        tables.insert(Tag::new(b"OS/2"), os2.as_bytes().to_vec());
    }
    if let Some(gpos) = layout::kerning_table(font, &old, &new) {
        tables.insert(Tag::new(b"GPOS"), gpos);
    }
    if let Some(gsub) = layout::ligature_table(&joined, &new) {
        tables.insert(Tag::new(b"GSUB"), gsub);
    }
    // Glyph names are for printers of old; version 3 has none.
    if let Some(post) = tables.get_mut(&Tag::new(b"post")).filter(|post| post.len() >= 32) {
        post.truncate(32);
        post[..4].copy_from_slice(&[0, 3, 0, 0]);
    }
    Some(assemble(tables))
}

/// Whether a character belongs to a script whose letters join, stack or change places.
pub(super) fn joins(c: char) -> bool {
    matches!(u32::from(c),
        0x0590..=0x109f | 0x1700..=0x18af | 0x1900..=0x1cff | 0xa800..=0xabff | 0xfb1d..=0xfdff
        | 0xfe70..=0xfefe | 0x1_0800..=0x1_1fff | 0x1_e900..=0x1_e95f | 0x20d0..=0x20ff)
}

/// A character map: format 4 for the basic plane, format 12 when there is more than that holds.
fn cmap(map: &[(u32, u16)]) -> Vec<u8> {
    let basic: Vec<(u16, u16)> =
        map.iter().filter_map(|&(c, glyph)| Some((u16::try_from(c).ok()?, glyph))).collect();
    let four = format4(&basic);
    let more = four.is_none() || basic.len() < map.len();
    let mut out = Vec::new();
    let tables = u16::from(four.is_some()) + u16::from(more);
    push(&mut out, &[0, tables]);
    let first = 4 + 8 * u32::from(tables);
    if four.is_some() {
        push(&mut out, &[3, 1]);
        out.extend(first.to_be_bytes());
    }
    let four = four.unwrap_or_default();
    if more {
        push(&mut out, &[3, 10]);
        out.extend((first + four.len() as u32).to_be_bytes());
    }
    out.extend(four);
    if more {
        // One group a character: such characters are few.
        push(&mut out, &[12, 0]);
        let groups = map.len() as u32;
        for number in [16 + 12 * groups, 0, groups] {
            out.extend(number.to_be_bytes());
        }
        for &(c, glyph) in map {
            for number in [c, c, u32::from(glyph)] {
                out.extend(number.to_be_bytes());
            }
        }
    }
    out
}

/// Runs of characters whose glyphs run along with them, ended by the run that the standard asks for. None if
/// there are more runs than the table's length, of 16 bits, can tell.
fn format4(map: &[(u16, u16)]) -> Option<Vec<u8>> {
    let mut runs: Vec<(u16, u16, u16)> = Vec::new();
    for &(c, glyph) in map.iter().filter(|(c, _)| *c != 0xffff) {
        match runs.last_mut() {
            Some((start, end, first)) if *end + 1 == c && first.checked_add(c - *start) == Some(glyph) => {
                *end = c
            }
            _ => runs.push((c, c, glyph)),
        }
    }
    runs.push((0xffff, 0xffff, 0));
    let length = u16::try_from(16 + 8 * runs.len()).ok()?;
    let count = runs.len() as u16;
    let selector = count.ilog2() as u16;
    let range = 2 * (1 << selector);
    let mut out = Vec::new();
    push(&mut out, &[4, length, 0, count * 2, range, selector, count * 2 - range]);
    runs.iter().for_each(|run| push(&mut out, &[run.1]));
    push(&mut out, &[0]);
    runs.iter().for_each(|run| push(&mut out, &[run.0]));
    // The last run maps to glyph 0: 0xffff + 1 wraps to it.
    runs.iter().for_each(|run| push(&mut out, &[run.2.wrapping_sub(run.0)]));
    runs.iter().for_each(|_| push(&mut out, &[0]));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of format 4 tells its length with 16 bits: more than 8,189 runs do not fit.
    #[test]
    fn characters_that_stand_apart_are_all_found_however_many_they_are() {
        for count in [3, 8000, 8188, 8189, 20_000] {
            let map: Vec<(u32, u16)> = (0..count).map(|n| (0x100 + 2 * n, n as u16 + 1)).collect();
            let table = cmap(&map);
            let tables = u16::from_be_bytes([table[2], table[3]]);
            assert_eq!(tables, 1, "{count}");
            let at = u32::from_be_bytes([table[8], table[9], table[10], table[11]]) as usize;
            let format = u16::from_be_bytes([table[at], table[at + 1]]);
            assert_eq!(format, if count < 8189 { 4 } else { 12 }, "{count}");
            let length = match format {
                4 => usize::from(u16::from_be_bytes([table[at + 2], table[at + 3]])),
                _ => {
                    u32::from_be_bytes([table[at + 4], table[at + 5], table[at + 6], table[at + 7]]) as usize
                }
            };
            assert_eq!(at + length, table.len(), "{count}");
        }
    }
}
