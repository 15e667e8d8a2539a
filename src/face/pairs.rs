//! Kerning and ligatures of some glyphs: read from a face, written as small `GPOS` and `GSUB` tables.
//!
//! Comes in: a face and the glyphs that stay. Goes out: what its `kern` and `liga` features do to them
//! in the default language of its alphabets, with new glyph ids. Kerning is written by classes: glyphs
//! that kern alike share one, found by comparing rows and columns of the table of all pairs.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::Tag;
use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::raw::tables::gsub::{LigatureSubst, SubstitutionSubtables};
use skrifa::raw::tables::layout::{FeatureList, ScriptList};
use skrifa::raw::types::GlyphId16;
use skrifa::raw::{FontRef, TableProvider};

use super::webfont::push;

/// A ligature: what it joins, in order, and what stands for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ligature {
    parts: Vec<u16>,
    glyph: u16,
}

/// The lookups of a feature in the default language of the alphabets, in the order they apply.
fn lookups(scripts: &ScriptList<'_>, features: &FeatureList<'_>, feature: &[u8; 4]) -> BTreeSet<u16> {
    let mut found = BTreeSet::new();
    for record in scripts.script_records() {
        if ![b"DFLT", b"latn", b"grek", b"cyrl"].iter().any(|tag| record.script_tag() == Tag::new(tag)) {
            continue;
        }
        let Ok(script) = record.script(scripts.offset_data()) else { continue };
        let Some(Ok(language)) = script.default_lang_sys() else { continue };
        for index in language.feature_indices() {
            let Some(record) = features.feature_records().get(usize::from(index.get())) else { continue };
            if record.feature_tag() == Tag::new(feature)
                && let Ok(feature) = record.feature(features.offset_data())
            {
                found.extend(feature.lookup_list_indices().iter().map(|index| index.get()));
            }
        }
    }
    found
}

/// The ligatures of these glyphs; the glyphs that stand for them join the set.
pub(super) fn ligatures(font: &FontRef<'_>, glyphs: &mut BTreeSet<u16>) -> Vec<Ligature> {
    let mut all = Vec::new();
    let Ok(gsub) = font.gsub() else { return all };
    let (Ok(scripts), Ok(features), Ok(list)) = (gsub.script_list(), gsub.feature_list(), gsub.lookup_list())
    else {
        return all;
    };
    for index in lookups(&scripts, &features, b"liga") {
        let Ok(SubstitutionSubtables::Ligature(subtables)) =
            list.lookups().get(usize::from(index)).and_then(|lookup| lookup.subtables())
        else {
            continue;
        };
        for subtable in subtables.iter().flatten() {
            let LigatureSubst::Format1(subtable) = subtable else { continue };
            let Ok(coverage) = subtable.coverage() else { continue };
            for (first, set) in coverage.iter().zip(subtable.ligature_sets().iter()) {
                let Ok(set) = set else { continue };
                for ligature in set.ligatures().iter().flatten() {
                    let rest = ligature.component_glyph_ids().iter().map(|glyph| glyph.get().to_u16());
                    let first = std::iter::once(first.to_u32() as u16);
                    let glyph = ligature.ligature_glyph().to_u16();
                    all.push(Ligature { parts: first.chain(rest).collect(), glyph });
                }
            }
        }
    }
    // A ligature may be part of another: `ffi` from `ff` and `i`.
    loop {
        let before = glyphs.len();
        for ligature in &all {
            if ligature.parts.iter().all(|part| glyphs.contains(part)) {
                glyphs.insert(ligature.glyph);
            }
        }
        if glyphs.len() == before {
            break;
        }
    }
    all.retain(|ligature| ligature.parts.iter().all(|part| glyphs.contains(part)));
    all
}

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
    let ids: Vec<u16> = glyphs.iter().map(|&glyph| new(glyph)).collect::<Option<_>>()?;
    // Columns as classes: class 0 is everything that no glyph kerns before.
    let width = glyphs.len();
    let mut classes2: BTreeMap<Vec<i16>, u16> = BTreeMap::from([(vec![0; rows.len()], 0)]);
    let mut columns = vec![0_usize];
    let mut second = Vec::with_capacity(width);
    for column in 0..width {
        let key: Vec<i16> = rows.iter().map(|row| row[column]).collect();
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
    for (row, &id) in rows.iter().zip(&ids) {
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

/// How much each glyph's advance changes before each other: a row a glyph.
pub(super) fn kerning(font: &FontRef<'_>, glyphs: &[u16]) -> Option<Vec<Vec<i16>>> {
    let gpos = font.gpos().ok()?;
    let (scripts, features, list) =
        (gpos.script_list().ok()?, gpos.feature_list().ok()?, gpos.lookup_list().ok()?);
    let mut rows = vec![vec![0_i16; glyphs.len()]; glyphs.len()];
    for index in lookups(&scripts, &features, b"kern") {
        let Ok(PositionSubtables::Pair(subtables)) =
            list.lookups().get(usize::from(index)).and_then(|lookup| lookup.subtables())
        else {
            continue;
        };
        // Within a lookup the first subtable that knows a pair decides.
        let mut done = vec![vec![false; glyphs.len()]; glyphs.len()];
        for subtable in subtables.iter().flatten() {
            apply(&subtable, glyphs, &mut rows, &mut done);
        }
    }
    Some(rows)
}

fn apply(subtable: &PairPos<'_>, glyphs: &[u16], rows: &mut [Vec<i16>], done: &mut [Vec<bool>]) {
    match subtable {
        PairPos::Format1(subtable) => {
            let Ok(coverage) = subtable.coverage() else { return };
            let sets = subtable.pair_sets();
            for (row, &glyph) in glyphs.iter().enumerate() {
                let Some(index) = coverage.get(GlyphId16::new(glyph)) else { continue };
                let Ok(set) = sets.get(index as usize) else { continue };
                for record in set.pair_value_records().iter().flatten() {
                    let Ok(column) = glyphs.binary_search(&record.second_glyph().to_u16()) else { continue };
                    if !std::mem::replace(&mut done[row][column], true) {
                        let value = record.value_record1().x_advance().unwrap_or(0);
                        rows[row][column] = rows[row][column].saturating_add(value);
                    }
                }
            }
        }
        PairPos::Format2(subtable) => {
            let (Ok(coverage), Ok(classes1), Ok(classes2)) =
                (subtable.coverage(), subtable.class_def1(), subtable.class_def2())
            else {
                return;
            };
            let second: Vec<u32> = glyphs.iter().map(|&glyph| classes2.get(GlyphId16::new(glyph))).collect();
            let values = subtable.class_value_records();
            let value = |class1: u32, class2: u32| {
                let pair = values.get(u16::try_from(class1).ok()?, u16::try_from(class2).ok()?)?;
                pair[0].x_advance()
            };
            for (row, &glyph) in glyphs.iter().enumerate() {
                if coverage.get(GlyphId16::new(glyph)).is_none() {
                    continue;
                }
                let class = classes1.get(GlyphId16::new(glyph));
                for (column, &class2) in second.iter().enumerate() {
                    if !std::mem::replace(&mut done[row][column], true) {
                        let value = value(class, class2).unwrap_or(0);
                        rows[row][column] = rows[row][column].saturating_add(value);
                    }
                }
            }
        }
        // Formats for more than 65,536 glyphs: the faces that use them are not cut by 16-bit ids.
        PairPos::Format3(_) | PairPos::Format4(_) => {}
    }
}

/// A `GSUB` or `GPOS` table of one feature in every script: header, script list, feature list, lookup list.
fn layout_table(feature: &[u8; 4], kind: u16, subtable: &[u8]) -> Vec<u8> {
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
