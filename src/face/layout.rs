//! Kerning and ligatures → small `GPOS` and `GSUB` tables.
//!
//! Comes in: what `pairs.rs` read from a face, with new glyph ids. Kerning is written by classes: glyphs that kern
//! equally share one, found by comparing rows and columns of the table of all pairs.

use std::collections::BTreeMap;

use skrifa::raw::FontRef;

use super::pairs::{Ligature, kerning};
use super::sfnt::push;

/// A `GSUB` table with these ligatures as its `liga` feature.
pub(super) fn ligature_table(ligatures: &[Ligature], new: &impl Fn(u16) -> Option<u16>) -> Option<Vec<u8>> {
    let mut sets: BTreeMap<u16, Vec<(Vec<u16>, u16)>> = BTreeMap::new();
    for ligature in ligatures {
        let parts: Option<Vec<u16>> = ligature.parts.iter().map(|&part| new(part)).collect();
        let (Some(parts), Some(glyph)) = (parts, new(ligature.glyph)) else { continue };
        let set = sets.entry(*parts.first()?).or_default();
        // The face's own order decides which applies; the first of two equal ones does.
        if !set.iter().any(|(rest, _)| rest[..] == parts[1..]) {
            set.push((parts[1..].to_vec(), glyph));
        }
    }
    // Longest first: `ffi` before `ff`.
    sets.values_mut().for_each(|set| set.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    if sets.is_empty() {
        return None;
    }
    let count = sets.len() as u16;
    let mut bodies = Vec::new();
    let mut offsets = Vec::new();
    for set in sets.values() {
        offsets.push(bodies.len());
        let mut inner = Vec::new();
        let mut places = vec![set.len() as u16];
        for (rest, glyph) in set {
            places.push(u16::try_from(2 + 2 * set.len() + inner.len()).ok()?);
            push(&mut inner, &[*glyph, rest.len() as u16 + 1]);
            push(&mut inner, rest);
        }
        push(&mut bodies, &places);
        bodies.extend(inner);
    }
    let coverage = 6 + 2 * usize::from(count);
    let first = coverage + 4 + 2 * usize::from(count);
    let mut subtable = Vec::new();
    push(&mut subtable, &[1, coverage as u16, count]);
    for offset in offsets {
        push(&mut subtable, &[u16::try_from(first + offset).ok()?]);
    }
    push(&mut subtable, &[1, count]);
    push(&mut subtable, &sets.keys().copied().collect::<Vec<_>>());
    subtable.extend(bodies);
    Some(layout_table(b"liga", 4, &subtable))
}

/// A `GPOS` table with the kerning of these glyphs (old ids, in the order of their new ones).
pub(super) fn kerning_table(
    font: &FontRef<'_>,
    glyphs: &[u16],
    new: &impl Fn(u16) -> Option<u16>,
) -> Option<Vec<u8>> {
    let rows = kerning(font, glyphs)?;
    if rows.is_empty() {
        return None;
    }
    let ids: Vec<u16> = glyphs.iter().map(|&glyph| new(glyph)).collect::<Option<_>>()?;
    // Columns as classes: class 0 is everything that no glyph kerns before.
    let width = glyphs.len();
    let mut classes2: BTreeMap<Vec<i16>, u16> = BTreeMap::from([(vec![0; rows.len()], 0)]);
    let mut columns = vec![0_usize];
    let mut second = Vec::with_capacity(width);
    for column in 0..width {
        let key: Vec<i16> = rows.values().map(|row| row[column]).collect();
        let next = classes2.len() as u16;
        let class = *classes2.entry(key).or_insert(next);
        if class == next {
            columns.push(column);
        }
        second.push(class);
    }
    // Rows as classes; glyphs that kern before nothing are not covered.
    let mut classes1: BTreeMap<&[i16], u16> = BTreeMap::new();
    let mut kinds: Vec<&[i16]> = Vec::new();
    let mut first = Vec::new();
    for (&place, row) in &rows {
        let id = ids[place];
        if row.iter().all(|&value| value == 0) {
            continue;
        }
        let next = classes1.len() as u16;
        let class = *classes1.entry(row).or_insert(next);
        if class == next {
            kinds.push(row);
        }
        first.push((id, class));
    }
    if first.is_empty() {
        return None;
    }
    let mut coverage = Vec::new();
    push(&mut coverage, &[1, first.len() as u16]);
    first.iter().for_each(|(id, _)| push(&mut coverage, &[*id]));
    let definition1 = class_definition(&first);
    let second: Vec<(u16, u16)> = ids.iter().copied().zip(second).collect();
    let definition2 = class_definition(&second);
    // Value format 4: the advance of the first glyph alone (OpenType, PairPosFormat2).
    let head = 16 + 2 * kinds.len() * columns.len();
    let at1 = head + coverage.len();
    let at2 = at1 + definition1.len();
    let mut subtable = Vec::new();
    let offset = |at: usize| u16::try_from(at).ok();
    push(
        &mut subtable,
        &[2, offset(head)?, 4, 0, offset(at1)?, offset(at2)?, kinds.len() as u16, columns.len() as u16],
    );
    for row in kinds {
        for (class, &column) in columns.iter().enumerate() {
            push(&mut subtable, &[if class == 0 { 0 } else { row[column] as u16 }]);
        }
    }
    subtable.extend(coverage);
    subtable.extend(definition1);
    subtable.extend(definition2);
    Some(layout_table(b"kern", 2, &subtable))
}

/// A class definition by ranges (format 2); class 0 needs no mention.
fn class_definition(classes: &[(u16, u16)]) -> Vec<u8> {
    let mut ranges: Vec<(u16, u16, u16)> = Vec::new();
    for &(glyph, class) in classes.iter().filter(|(_, class)| *class != 0) {
        match ranges.last_mut() {
            Some((_, end, same)) if *same == class && end.checked_add(1) == Some(glyph) => *end = glyph,
            _ => ranges.push((glyph, glyph, class)),
        }
    }
    let mut out = Vec::new();
    push(&mut out, &[2, ranges.len() as u16]);
    ranges.iter().for_each(|range| push(&mut out, &[range.0, range.1, range.2]));
    out
}

/// A `GSUB` or `GPOS` table of one feature in every script: header, script list, feature list, lookup list.
pub(super) fn layout_table(feature: &[u8; 4], kind: u16, subtable: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    push(&mut out, &[1, 0, 10, 30, 44]);
    // Script list at 10: one script `DFLT`, whose default language has feature 0.
    push(&mut out, &[1]);
    out.extend(b"DFLT");
    push(&mut out, &[8, 4, 0, 0, 0xffff, 1, 0]);
    // Feature list at 30: one feature, with lookup 0.
    push(&mut out, &[1]);
    out.extend(feature);
    push(&mut out, &[8, 0, 1, 0]);
    // Lookup list at 44: one lookup with one subtable.
    push(&mut out, &[1, 4, kind, 0, 1, 8]);
    out.extend(subtable);
    out
}
