//! Which glyphs of which faces the pages use, what text each stands for, and by which code it is shown.
//!
//! Comes in: all pages. Goes out: for each face a [`Glyphs`]. Every glyph has a code for each text that it
//! stands for: a hyphen has one where it is the author's and another where it is the line breaker's, a
//! space one more where it may not break, so that what is copied is what was written. A letter's code is
//! its number in Latin-1 where that is free, so that streams can be read by people too; a face that needs
//! no more than 255 codes has codes of one byte. Some programs keep one text a glyph, that of its highest
//! code: so that is the plainest, the hyphen and the space on the keyboard. Pages are counted in parallel, and merged in their order,
//! so that ties fall the same way on every machine.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::typeset::frame::{Item, Page, Pages, Run};

use super::clusters::Clusters;

/// How a glyph is shown where it stands for some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) struct GlyphCode<'a> {
    /// What stands in strings.
    pub code: u16,
    /// The glyph's number in the embedded face.
    pub number: u16,
    /// What it gives when copied.
    pub text: &'a str,
}

/// The glyphs of one face that are used.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Glyphs<'a> {
    /// Glyph indices, without 0, in the order of their numbers in the embedded face.
    pub ids: Vec<u16>,
    /// All codes, rising.
    pub codes: Vec<GlyphCode<'a>>,
    /// Whether codes have two bytes.
    pub wide: bool,
    /// Whether any run is set in the face.
    pub used: bool,
    /// By glyph index, where its codes begin in `by_glyph`; one more than there are glyphs.
    pub(in crate::pdf) starts: Vec<u32>,
    /// The codes again, those of one glyph together, the most frequent first.
    pub(in crate::pdf) by_glyph: Vec<GlyphCode<'a>>,
}

impl<'a> Glyphs<'a> {
    fn of(&self, id: u16) -> &[GlyphCode<'a>] {
        let id = usize::from(id);
        match (self.starts.get(id), self.starts.get(id + 1)) {
            (Some(&from), Some(&to)) => &self.by_glyph[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The code of a glyph where it stands for `text`.
    pub fn saying(&self, id: u16, text: &str) -> Option<GlyphCode<'a>> {
        self.of(id).iter().find(|code| code.text == text).copied()
    }

    /// The code of a glyph whatever it stands for; one that shows nothing if it is not in the face.
    pub fn any(&self, id: u16) -> GlyphCode<'a> {
        debug_assert!(id == 0 || !self.of(id).is_empty(), "glyph {id} is shown and was not counted");
        self.of(id).first().copied().unwrap_or(GlyphCode { code: 0, number: 0, text: "" })
    }

    /// The code that gives a space, if the face has one.
    pub fn space(&self) -> Option<GlyphCode<'a>> {
        self.codes.iter().find(|code| code.text == " ").copied()
    }
}

/// How often a glyph stands for a text.
type Count<'a> = (&'a str, u32);

/// What a glyph stands for, in the order in which it was met.
type GlyphTexts<'a> = Vec<Count<'a>>;

/// The texts of a face's glyphs, by glyph index.
#[derive(Default)]
struct Tally<'a> {
    texts: Vec<GlyphTexts<'a>>,
    used: bool,
}

/// What a few pages use of a face: the glyphs that they show alone, rising, since a face may have many thousands.
struct Share<'a> {
    glyphs: Vec<(u16, GlyphTexts<'a>)>,
    used: bool,
}

/// Most texts that one glyph has codes for; beyond, the drawing says what it stands for on the spot.
const MOST_TEXTS: usize = 16;

impl<'a> Tally<'a> {
    fn add(&mut self, id: u16, text: &'a str, times: u32) {
        let id = usize::from(id);
        if self.texts.len() <= id {
            self.texts.resize_with(id + 1, Vec::new);
        }
        let texts = &mut self.texts[id];
        if let Some((_, count)) = texts.iter_mut().find(|(known, _)| *known == text) {
            *count = count.saturating_add(times);
        } else if texts.len() < MOST_TEXTS {
            texts.push((text, times));
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

    fn part(self) -> Share<'a> {
        let texts = self.texts.into_iter().enumerate();
        let glyphs =
            texts.filter(|(_, texts)| !texts.is_empty()).map(|(id, texts)| (id as u16, texts)).collect();
        Share { glyphs, used: self.used }
    }

    fn finish(self) -> Glyphs<'a> {
        // Texts that a glyph shares with others only need no code if it has another.
        let mut uses: Vec<(u16, &'a str, u32)> = Vec::new();
        for (id, mut texts) in self.texts.into_iter().enumerate().skip(1) {
            let Ok(id) = u16::try_from(id) else { break };
            texts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let own = texts.iter().filter(|(_, count)| *count > 0).count();
            texts.truncate(own.max(1));
            uses.extend(texts.into_iter().map(|(text, count)| (id, text, count)));
        }
        if uses.len() >= usize::from(u16::MAX) {
            // More than there are codes: every glyph keeps its most frequent text, and the drawing says on the
            // spot where it stands for another. So many there are, since no face has more glyphs.
            uses.dedup_by_key(|(id, ..)| *id);
            uses.truncate(usize::from(u16::MAX) - 1);
        }
        let wide = uses.len() > 255;
        // The plainest text of a glyph last.
        uses.sort_by_key(|&(id, text, _)| (id, std::cmp::Reverse(text)));
        let given = if wide { (1..).take(uses.len()).collect() } else { latin(&uses) };
        let mut glyphs = Glyphs { wide, used: self.used, ..Glyphs::default() };
        let mut places: Vec<usize> = (0..uses.len()).collect();
        places.sort_unstable_by_key(|&place| given[place]);
        let mut numbers: BTreeMap<u16, u16> = BTreeMap::new();
        for place in places {
            let (id, text, _) = uses[place];
            let number = *numbers.entry(id).or_insert_with(|| {
                glyphs.ids.push(id);
                glyphs.ids.len() as u16
            });
            glyphs.codes.push(GlyphCode { code: given[place], number, text });
        }
        let mut places: Vec<usize> = (0..uses.len()).collect();
        places.sort_by_key(|&place| (uses[place].0, std::cmp::Reverse(uses[place].2)));
        for place in places {
            let (id, text, _) = uses[place];
            while glyphs.starts.len() <= usize::from(id) {
                glyphs.starts.push(glyphs.by_glyph.len() as u32);
            }
            glyphs.by_glyph.push(GlyphCode { code: given[place], number: numbers[&id], text });
        }
        glyphs.starts.push(glyphs.by_glyph.len() as u32);
        glyphs
    }
}

/// One-byte codes for at most 255 uses, a glyph's plainest last. Of those that stand for the same character
/// of Latin-1 the most frequent has that character's number; a glyph's other codes are below that; all
/// others have what is left, but not 0.
fn latin(uses: &[(u16, &str, u32)]) -> Vec<u16> {
    let plainest = |place: usize| uses.get(place + 1).is_none_or(|next| next.0 != uses[place].0);
    let mut codes = vec![0_u16; uses.len()];
    let mut owners: [Option<usize>; 256] = [None; 256];
    for (place, (_, text, count)) in uses.iter().enumerate().filter(|(place, _)| plainest(*place)) {
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { continue };
        let code = character as usize;
        let printed = matches!(code, 0x20..=0x7E | 0xA0..=0xFF);
        if printed && owners[code].is_none_or(|owner| uses[owner].2 < *count) {
            owners[code] = Some(place);
        }
    }
    for (code, owner) in owners.iter().enumerate() {
        if let Some(place) = owner {
            codes[*place] = code as u16;
        }
    }
    // The plainest from above, the others from below.
    let mut free: Vec<u16> = (1..=0xFF).filter(|&code| owners[usize::from(code)].is_none()).collect();
    for place in (0..uses.len()).rev().filter(|&place| plainest(place)) {
        if codes[place] == 0 {
            debug_assert!(!free.is_empty(), "there are at most 255 uses, and as many codes");
            codes[place] = free.pop().unwrap_or(0);
        }
    }
    let rest = (0..uses.len()).filter(|&place| !plainest(place));
    for (place, code) in rest.zip(free) {
        codes[place] = code;
    }
    codes
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
pub(in crate::pdf) fn gather(pages: &Pages) -> Vec<Glyphs<'_>> {
    let faces = pages.faces.iter().count();
    let parts: Vec<Vec<Share<'_>>> = pages
        .pages
        .par_chunks(16)
        .map(|chunk| {
            let mut tallies = Vec::new();
            chunk.iter().for_each(|page| count(page, &mut tallies));
            tallies.into_iter().map(Tally::part).collect()
        })
        .collect();
    let mut whole: Vec<Tally<'_>> = Vec::new();
    whole.resize_with(faces, Tally::default);
    for part in parts {
        for (face, part) in part.into_iter().enumerate().take(faces) {
            whole[face].used |= part.used;
            for (id, texts) in part.glyphs {
                for (text, times) in texts {
                    whole[face].add(id, text, times);
                }
            }
        }
    }
    whole.into_iter().map(Tally::finish).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes have 16 bits: where there are too few, texts that come second go, and no glyph.
    #[test]
    fn every_glyph_keeps_a_code_when_there_are_more_texts_than_codes() {
        let mut tally = Tally::default();
        for id in 1..=40_000 {
            tally.add(id, "seldom", 1);
            tally.add(id, "often", 2);
        }
        let glyphs = tally.finish();
        assert_eq!((glyphs.ids.len(), glyphs.codes.len()), (40_000, 40_000));
        assert!([1, 20_000, 40_000].iter().all(|&id| glyphs.any(id).text == "often"));
    }

    #[test]
    fn letters_have_their_own_numbers_and_the_rest_what_is_left() {
        let uses = [(7, "a", 3), (8, "\u{AD}", 9), (8, "-", 5), (9, "a", 4), (10, "ffi", 1), (11, "—", 1)];
        assert_eq!(latin(&uses), [0xFD, 1, 0x2D, 0x61, 0xFE, 0xFF]);
    }

    #[test]
    fn two_hundred_and_fifty_five_uses_fit_one_byte() {
        let texts: Vec<String> = (0x100..0x1FF).filter_map(char::from_u32).map(String::from).collect();
        let uses: Vec<(u16, &str, u32)> =
            (1..).zip(&texts).map(|(id, text)| (id, text.as_str(), 1)).collect();
        let mut codes = latin(&uses);
        codes.sort_unstable();
        assert_eq!(codes, (1..=255).collect::<Vec<u16>>());
    }

    #[test]
    fn two_hundred_and_fifty_six_uses_need_two_bytes() {
        for (count, wide) in [(1, false), (254, false), (255, false), (256, true)] {
            let mut tally = Tally::default();
            (1..=count).for_each(|id| tally.add(id, "x", 1));
            let glyphs = tally.finish();
            assert_eq!((glyphs.wide, glyphs.codes.len()), (wide, usize::from(count)));
        }
    }

    #[test]
    fn a_glyph_has_codes_for_sixteen_texts_and_for_those_alone_that_it_sets_by_itself() {
        let texts: Vec<String> = ('a'..='z').map(String::from).collect();
        let codes = |count: usize, times: u32| {
            let mut tally = Tally::default();
            texts.iter().take(count).for_each(|text| tally.add(1, text, times));
            tally.finish().codes.len()
        };
        assert_eq!([codes(15, 1), codes(16, 1), codes(17, 1), codes(26, 1)], [15, 16, 16, 16]);
        // What it sets with others only needs no code, if it has another; and it keeps one.
        assert_eq!([codes(1, 0), codes(5, 0)], [1, 1]);
    }
}
