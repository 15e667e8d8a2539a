//! Which glyphs of which faces the pages use, and what text each stands for.
//!
//! Comes in: all pages. Goes out: for each face a [`Glyphs`]: the glyphs to embed, in rising order, and
//! the text that each gives when it is copied. A glyph that stands for several texts (a hyphen that is
//! the author's here and the line breaker's there) gives the most frequent one; where it stands for
//! another, the drawing says so on the spot (`ActualText`). Pages are counted in parallel, and merged in
//! their order, so that ties fall the same way on every machine.

use rayon::prelude::*;

use crate::typeset::frame::{Item, Page, Pages, Run};

use super::clusters::Clusters;

/// The glyphs of one face that are used.
#[derive(Debug, Default)]
pub(super) struct Glyphs<'a> {
    /// Glyph indices, rising, without 0.
    pub ids: Vec<u16>,
    /// What each gives when copied.
    pub texts: Vec<&'a str>,
    /// By glyph index: its place in the lists plus one, which is its number in the embedded face.
    places: Vec<u16>,
    /// Whether any run is set in the face.
    pub used: bool,
}

impl<'a> Glyphs<'a> {
    /// A glyph's number in the embedded face; 0 for one that is not in it.
    pub fn number(&self, id: u16) -> u16 {
        self.places.get(usize::from(id)).copied().unwrap_or(0)
    }

    /// What a glyph gives when copied.
    pub fn text(&self, id: u16) -> Option<&'a str> {
        let place = usize::from(self.number(id)).checked_sub(1)?;
        self.texts.get(place).copied()
    }
}

/// How often a glyph stands for a text.
type Count<'a> = (&'a str, u32);

/// The texts of a face's glyphs, by glyph index.
#[derive(Default)]
struct Tally<'a> {
    texts: Vec<Vec<Count<'a>>>,
    used: bool,
}

impl<'a> Tally<'a> {
    fn add(&mut self, id: u16, text: &'a str, times: u32) {
        let id = usize::from(id);
        if self.texts.len() <= id {
            self.texts.resize_with(id + 1, Vec::new);
        }
        let texts = &mut self.texts[id];
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count = count.saturating_add(times),
            None => texts.push((text, times)),
        }
    }

    fn add_run(&mut self, run: &'a Run) {
        self.used = true;
        let clusters = Clusters::of(run);
        let backward = clusters.backward;
        for cluster in clusters {
            for (offset, glyph) in run.glyphs[cluster.glyphs.clone()].iter().enumerate() {
                match cluster.share(offset, backward) {
                    Some(text) => self.add(glyph.id, text, 1),
                    None => self.add(glyph.id, cluster.text, 0),
                }
            }
        }
    }

    fn finish(self) -> Glyphs<'a> {
        let mut glyphs = Glyphs { places: vec![0; self.texts.len()], used: self.used, ..Glyphs::default() };
        for (id, texts) in self.texts.into_iter().enumerate().skip(1) {
            // The first of the most frequent: `max_by_key` alone would take the last.
            let Some((text, _)) = texts.into_iter().rev().max_by_key(|(_, count)| *count) else { continue };
            let Ok(id16) = u16::try_from(id) else { break };
            glyphs.ids.push(id16);
            glyphs.texts.push(text);
            glyphs.places[id] = glyphs.ids.len() as u16;
        }
        glyphs
    }
}

/// Counts one page.
fn count<'a>(page: &'a Page, tallies: &mut Vec<Tally<'a>>) {
    for placed in &page.items {
        if let Item::Run(run) = &placed.item {
            let face = usize::from(run.face.0);
            if tallies.len() <= face {
                tallies.resize_with(face + 1, Tally::default);
            }
            tallies[face].add_run(run);
        }
    }
}

/// The glyphs of every face, by face id.
pub(super) fn gather(pages: &Pages) -> Vec<Glyphs<'_>> {
    let faces = pages.faces.iter().count();
    let parts: Vec<Vec<Tally<'_>>> = pages
        .pages
        .par_chunks(16)
        .map(|chunk| {
            let mut tallies = Vec::new();
            chunk.iter().for_each(|page| count(page, &mut tallies));
            tallies
        })
        .collect();
    let mut whole: Vec<Tally<'_>> = Vec::new();
    whole.resize_with(faces, Tally::default);
    for part in parts {
        for (face, tally) in part.into_iter().enumerate().take(faces) {
            whole[face].used |= tally.used;
            for (id, texts) in tally.texts.into_iter().enumerate() {
                for (text, times) in texts {
                    whole[face].add(id as u16, text, times);
                }
            }
        }
    }
    whole.into_iter().map(Tally::finish).collect()
}
