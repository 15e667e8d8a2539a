//! Kerning and ligatures of some glyphs, read from a face.
//!
//! Comes in: a face and the glyphs that stay. Goes out: what its `kern` and `liga` features do to them
//! in the default language of its alphabets.
//!
//! In these tables everything is reached by offsets, and many may lead to one place: a small file can promise
//! more pairs than any memory holds. So all that is read is counted, and who promises more than [`MOST_STEPS`] is
//! given up: such a face has no kerning in the EPUB, or goes in whole.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::Tag;
use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::raw::tables::gsub::{LigatureSubst, SubstitutionSubtables};
use skrifa::raw::tables::layout::{FeatureList, ScriptList};
use skrifa::raw::types::GlyphId16;
use skrifa::raw::{FontRef, TableProvider};

/// A ligature: what it joins, in order, and what stands for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ligature {
    pub parts: Vec<u16>,
    pub glyph: u16,
}

/// Most entries of tables that are read for one face: four thousand glyphs that kern in classes before each
/// other, twice.
const MOST_STEPS: usize = 1 << 25;

/// How many entries may still be read.
struct Steps(usize);

impl Steps {
    /// Takes some; none if there are not so many left.
    fn take(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.checked_sub(count)?;
        Some(())
    }
}

/// The lookups of a feature in the default language of the alphabets, in the order they apply.
fn lookups(
    scripts: &ScriptList<'_>,
    features: &FeatureList<'_>,
    feature: &[u8; 4],
    steps: &mut Steps,
) -> Option<BTreeSet<u16>> {
    let mut found = BTreeSet::new();
    for record in scripts.script_records() {
        if ![b"DFLT", b"latn", b"grek", b"cyrl"].iter().any(|tag| record.script_tag() == Tag::new(tag)) {
            continue;
        }
        let Ok(script) = record.script(scripts.offset_data()) else { continue };
        let Some(Ok(language)) = script.default_lang_sys() else { continue };
        for index in language.feature_indices() {
            steps.take(1)?;
            let Some(record) = features.feature_records().get(usize::from(index.get())) else { continue };
            if record.feature_tag() == Tag::new(feature)
                && let Ok(feature) = record.feature(features.offset_data())
            {
                steps.take(feature.lookup_list_indices().len())?;
                found.extend(feature.lookup_list_indices().iter().map(|index| index.get()));
            }
        }
    }
    Some(found)
}

/// The ligatures of these glyphs; the glyphs that stand for them join the set. None where the face promises more
/// than can be read.
pub(super) fn ligatures(font: &FontRef<'_>, glyphs: &mut BTreeSet<u16>) -> Option<Vec<Ligature>> {
    let mut steps = Steps(MOST_STEPS / 16);
    let mut all = Vec::new();
    let Ok(gsub) = font.gsub() else { return Some(all) };
    let (Ok(scripts), Ok(features), Ok(list)) = (gsub.script_list(), gsub.feature_list(), gsub.lookup_list())
    else {
        return Some(all);
    };
    for index in lookups(&scripts, &features, b"liga", &mut steps)? {
        let Ok(SubstitutionSubtables::Ligature(subtables)) =
            list.lookups().get(usize::from(index)).and_then(|lookup| lookup.subtables())
        else {
            continue;
        };
        for subtable in subtables.iter().flatten() {
            steps.take(1)?;
            let LigatureSubst::Format1(subtable) = subtable else { continue };
            let Ok(coverage) = subtable.coverage() else { continue };
            for (first, set) in coverage.iter().zip(subtable.ligature_sets().iter()) {
                steps.take(1)?;
                let Ok(set) = set else { continue };
                for ligature in set.ligatures().iter().flatten() {
                    steps.take(1 + ligature.component_glyph_ids().len())?;
                    let rest = ligature.component_glyph_ids().iter().map(|glyph| glyph.get().to_u16());
                    let first = std::iter::once(first.to_u32() as u16);
                    let glyph = ligature.ligature_glyph().to_u16();
                    all.push(Ligature { parts: first.chain(rest).collect(), glyph });
                }
            }
        }
    }
    join(&all, glyphs);
    all.retain(|ligature| ligature.parts.iter().all(|part| glyphs.contains(part)));
    Some(all)
}

/// Adds the glyphs of ligatures whose parts are there. A ligature may be part of another: `ffi` from `ff` and `i`.
fn join(all: &[Ligature], glyphs: &mut BTreeSet<u16>) {
    // By glyph that is lacking, the ligatures that wait for it; by ligature, how many it waits for.
    let mut waiting: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    let mut lacking = vec![0_usize; all.len()];
    let mut ready = Vec::new();
    for (index, ligature) in all.iter().enumerate() {
        let parts: BTreeSet<u16> = ligature.parts.iter().copied().collect();
        for part in parts.difference(glyphs) {
            waiting.entry(*part).or_default().push(index);
            lacking[index] += 1;
        }
        if lacking[index] == 0 {
            ready.push(ligature.glyph);
        }
    }
    while let Some(glyph) = ready.pop() {
        glyphs.insert(glyph);
        for index in waiting.remove(&glyph).unwrap_or_default() {
            lacking[index] -= 1;
            if lacking[index] == 0 {
                ready.push(all[index].glyph);
            }
        }
    }
}

/// How much a glyph's advance changes before each other: a row for every glyph that kerns, by its place. None
/// where the face has no such table, or promises more than can be read.
pub(super) fn kerning(font: &FontRef<'_>, glyphs: &[u16]) -> Option<BTreeMap<usize, Vec<i16>>> {
    let mut steps = Steps(MOST_STEPS);
    let gpos = font.gpos().ok()?;
    let (scripts, features, list) =
        (gpos.script_list().ok()?, gpos.feature_list().ok()?, gpos.lookup_list().ok()?);
    let mut rows = BTreeMap::new();
    for index in lookups(&scripts, &features, b"kern", &mut steps)? {
        let Ok(PositionSubtables::Pair(subtables)) =
            list.lookups().get(usize::from(index)).and_then(|lookup| lookup.subtables())
        else {
            continue;
        };
        // Within a lookup the first subtable that knows a pair decides.
        let mut done = BTreeMap::new();
        for subtable in subtables.iter().flatten() {
            let mut table = Table { glyphs, rows: &mut rows, done: &mut done };
            table.apply(&subtable, &mut steps)?;
        }
    }
    Some(rows)
}

/// The table of all pairs, as far as it is known.
struct Table<'t> {
    /// Glyphs in order.
    glyphs: &'t [u16],
    /// By place of the first glyph, the values by place of the second.
    rows: &'t mut BTreeMap<usize, Vec<i16>>,
    /// Likewise, which this lookup has decided.
    done: &'t mut BTreeMap<usize, Vec<bool>>,
}

impl Table<'_> {
    /// Adds what a subtable says of pairs that none before it has decided.
    fn apply(&mut self, subtable: &PairPos<'_>, steps: &mut Steps) -> Option<()> {
        let glyphs = self.glyphs;
        steps.take(1 + glyphs.len())?;
        match subtable {
            PairPos::Format1(subtable) => {
                let Ok(coverage) = subtable.coverage() else { return Some(()) };
                let sets = subtable.pair_sets();
                for (row, &glyph) in glyphs.iter().enumerate() {
                    let Some(index) = coverage.get(GlyphId16::new(glyph)) else { continue };
                    let Ok(set) = sets.get(index as usize) else { continue };
                    let records = set.pair_value_records();
                    steps.take(records.len() + glyphs.len())?;
                    let (values, done) = self.row(row);
                    for record in records.iter().flatten() {
                        if let Ok(column) = glyphs.binary_search(&record.second_glyph().to_u16()) {
                            decide(values, done, column, || record.value_record1().x_advance());
                        }
                    }
                }
            }
            PairPos::Format2(subtable) => {
                let (Ok(coverage), Ok(classes1), Ok(classes2)) =
                    (subtable.coverage(), subtable.class_def1(), subtable.class_def2())
                else {
                    return Some(());
                };
                let second: Vec<u32> =
                    glyphs.iter().map(|&glyph| classes2.get(GlyphId16::new(glyph))).collect();
                let pairs = subtable.class_value_records();
                let value = |class1: u32, class2: u32| {
                    let pair = pairs.get(u16::try_from(class1).ok()?, u16::try_from(class2).ok()?)?;
                    pair[0].x_advance()
                };
                for (row, &glyph) in glyphs.iter().enumerate() {
                    if coverage.get(GlyphId16::new(glyph)).is_none() {
                        continue;
                    }
                    steps.take(glyphs.len())?;
                    let class = classes1.get(GlyphId16::new(glyph));
                    let (values, done) = self.row(row);
                    for (column, &class2) in second.iter().enumerate() {
                        decide(values, done, column, || value(class, class2));
                    }
                }
            }
            // Formats for more than 65,536 glyphs: the faces that use them are not cut by 16-bit ids.
            PairPos::Format3(_) | PairPos::Format4(_) => {}
        }
        Some(())
    }

    fn row(&mut self, row: usize) -> (&mut Vec<i16>, &mut Vec<bool>) {
        let width = self.glyphs.len();
        let values = self.rows.entry(row).or_insert_with(|| vec![0; width]);
        (values, self.done.entry(row).or_insert_with(|| vec![false; width]))
    }
}

/// Adds a pair's value, if nothing has decided the pair.
fn decide(values: &mut [i16], done: &mut [bool], column: usize, value: impl FnOnce() -> Option<i16>) {
    if !std::mem::replace(&mut done[column], true) {
        values[column] = values[column].saturating_add(value().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::layout::layout_table;
    use crate::face::sfnt::{assemble, push};

    /// A face of one table.
    fn face(tag: &[u8; 4], table: Vec<u8>) -> Vec<u8> {
        assemble(BTreeMap::from([(Tag::new(tag), table)]))
    }

    /// A subtable whose so many first glyphs all lead to one set of so many entries, all at one place: after its
    /// `head` come a count and offsets, then the coverage, then the set, then the entry.
    fn all_at_one_place(head: &[u16], firsts: u16, entries: u16, entry: &[u16], apart: bool) -> Vec<u8> {
        let coverage = 2 * (head.len() as u16 + 2 + firsts);
        let set = coverage + 10;
        let mut out = Vec::new();
        push(&mut out, &[head[0], coverage]);
        push(&mut out, &head[1..]);
        push(&mut out, &[firsts]);
        push(&mut out, &vec![set; usize::from(firsts)]);
        push(&mut out, &[2, 1, 1, firsts, 0, entries]);
        if apart {
            push(&mut out, &vec![2 + 2 * entries; usize::from(entries)]);
            push(&mut out, entry);
        } else {
            (0..entries).for_each(|_| push(&mut out, entry));
        }
        out
    }

    /// Two hundred million ligatures in sixty kilobytes took all the memory that there was.
    #[test]
    fn ligatures_that_lead_to_one_place_are_not_all_read() {
        let subtable = all_at_one_place(&[1], 15_000, 15_000, &[9, 2, 1], true);
        let file = face(b"GSUB", layout_table(b"liga", 4, &subtable));
        let font = FontRef::new(&file).expect("a face");
        assert_eq!(ligatures(&font, &mut BTreeSet::from([1, 2])), None);
        let subtable = all_at_one_place(&[1], 3, 2, &[9, 2, 1], true);
        let file = face(b"GSUB", layout_table(b"liga", 4, &subtable));
        let mut glyphs = BTreeSet::from([1, 2]);
        let found = ligatures(&FontRef::new(&file).expect("a face"), &mut glyphs).expect("few");
        assert_eq!((found.len(), glyphs), (4, BTreeSet::from([1, 2, 9])));
    }

    #[test]
    fn pairs_that_lead_to_one_place_are_not_all_read() {
        let glyphs: Vec<u16> = (0..12_000).collect();
        let subtable = all_at_one_place(&[1, 4, 0], 10_000, 10_000, &[7, 50], false);
        let file = face(b"GPOS", layout_table(b"kern", 2, &subtable));
        assert_eq!(kerning(&FontRef::new(&file).expect("a face"), &glyphs), None);
        let subtable = all_at_one_place(&[1, 4, 0], 2, 1, &[7, 50], false);
        let file = face(b"GPOS", layout_table(b"kern", 2, &subtable));
        let rows = kerning(&FontRef::new(&file).expect("a face"), &glyphs).expect("few");
        // A row for each glyph that kerns, however many others are used.
        let values: Vec<_> = rows.iter().map(|(row, values)| (*row, values[7], values[8])).collect();
        assert_eq!(values, [(1, 50, 0), (2, 50, 0)]);
    }

    /// Each ligature is made of the one that stands behind it in the list: a pass over all added one.
    #[test]
    fn ligatures_of_ligatures_are_found_in_one_pass() {
        let all: Vec<Ligature> =
            (1..60_000).rev().map(|glyph| Ligature { parts: vec![glyph - 1, 0], glyph }).collect();
        let mut glyphs = BTreeSet::from([0]);
        join(&all, &mut glyphs);
        assert_eq!(glyphs.len(), 60_000);
        let mut none = BTreeSet::from([5]);
        join(&all, &mut none);
        assert_eq!(none.len(), 1);
    }
}
