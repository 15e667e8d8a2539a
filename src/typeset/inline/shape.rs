//! Words → glyphs.
//!
//! Comes in: a word (what stands between two spaces, marks included) and the [`Manner`] it is set in.
//! Goes out: its glyphs in design units, cut into stretches of one face, with everything about the word
//! that does not depend on its place: where it may be divided, how far it hangs. Every distinct word is
//! shaped once and kept. The only module that names `harfrust`.
//!
//! A character that the first face lacks is taken from the next that has it; one that none has is drawn
//! as the first face's missing glyph, and the word says so.

use std::ops::Range;

use harfrust::{Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont};

use crate::face::{FaceId, FaceStyle, Faces, FamilyRole};
use crate::language::Language;
use crate::length::Length;

use super::hyphenate::{self, Exceptions};
use super::protrusion;

mod features;
mod segments;

use features::Speech;
pub use features::{Features, Tongue};
use segments::segments;

/// Everything but the text that decides which glyphs a word gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Manner {
    /// Text or code.
    pub role: FamilyRole,
    /// Weight and slant.
    pub style: FaceStyle,
    /// OpenType features.
    pub features: Features,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
    /// Its language.
    pub language: Tongue,
}

/// Index of a [`Manner`] in its [`Shaper`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MannerId(u32);

/// Index of a word in its [`Shaper`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WordId(pub u32);

/// A glyph of a word, in design units of its face.
#[derive(Debug, Clone, Copy)]
pub struct ShapedGlyph {
    /// Glyph index.
    pub id: u16,
    /// Byte offset in the word of its first character.
    pub cluster: u32,
    /// How far the pen moves.
    pub advance: i32,
    /// Where it stands, from the pen; y up.
    pub offset: [i32; 2],
}

/// A part of a word in one face.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// The face.
    pub face: FaceId,
    /// Units in its em.
    pub upem: i64,
    /// Sum of the advances.
    pub advance: i64,
    /// Bytes of the word.
    pub bytes: Range<u32>,
    glyphs: Range<u32>,
}

/// A word, shaped.
#[derive(Debug, Clone)]
pub struct Word {
    hash: u64,
    text: Range<u32>,
    manner: MannerId,
    stretches: Range<u32>,
    points: Range<u32>,
    /// Number of clusters: where tracking goes.
    pub letters: u32,
    /// How far it hangs at the start of a line, in 1/65536 em.
    pub hang_start: i64,
    /// How far it hangs at the end of a line, in 1/65536 em.
    pub hang_end: i64,
    /// Whether some character has no glyph in any face.
    pub missing: bool,
}

/// The faces as the shaper needs them, for one paragraph: what is prepared here cannot move between threads.
pub struct Fonts<'a> {
    faces: &'a Faces,
    prepared: Vec<Option<ShaperFont<'a, 'static>>>,
}

impl<'a> Fonts<'a> {
    /// None is prepared before it is needed.
    pub fn new(faces: &'a Faces) -> Self {
        Self { faces, prepared: (0..faces.len()).map(|_| None).collect() }
    }

    /// The faces.
    pub fn faces(&self) -> &'a Faces {
        self.faces
    }
}

struct Prepared {
    manner: Manner,
    candidates: Vec<FaceId>,
    superiors: Option<bool>,
}

struct ScriptPlan {
    face: FaceId,
    features: Features,
    tongue: Tongue,
    script: Option<Script>,
    direction: Direction,
    list: Vec<Feature>,
    plan: ShapePlan,
}

/// Shapes words and keeps them, always with the same faces. For one thread; several give the same glyphs.
pub struct Shaper {
    speeches: Vec<Speech>,
    exceptions: Exceptions,
    manners: Vec<Prepared>,
    plans: Vec<ScriptPlan>,
    buffer: Option<Buffer>,
    texts: String,
    words: Vec<Word>,
    stretches: Vec<Stretch>,
    glyphs: Vec<ShapedGlyph>,
    points: Vec<u16>,
    /// Open addressing: indices into `words` plus one, 0 for free; a power of two long.
    table: Vec<u32>,
}

impl Shaper {
    /// For a language, and words that are divided as the booklet says.
    pub fn new(language: &Language, exceptions: &Exceptions) -> Self {
        Self {
            speeches: vec![Speech::new(language)],
            exceptions: exceptions.clone(),
            manners: Vec::new(),
            plans: Vec::new(),
            buffer: None,
            texts: String::new(),
            words: Vec::new(),
            stretches: Vec::new(),
            glyphs: Vec::new(),
            points: Vec::new(),
            table: vec![0; 1024],
        }
    }

    /// A name for a language. A text with more of them than fit is set in the booklet's.
    pub fn tongue(&mut self, language: &Language) -> Tongue {
        let found = self.speeches.iter().position(|known| known.language == *language);
        if found.is_none() && self.speeches.len() > usize::from(u8::MAX) {
            return Tongue(0);
        }
        let index = found.unwrap_or_else(|| {
            self.speeches.push(Speech::new(language));
            self.speeches.len() - 1
        });
        Tongue(u16::try_from(index).unwrap_or(0))
    }

    /// A name for a manner.
    pub fn manner(&mut self, fonts: &Fonts<'_>, manner: Manner) -> MannerId {
        let found = self.manners.iter().position(|known| known.manner == manner);
        let index = found.unwrap_or_else(|| {
            let candidates = fonts.faces.candidates(manner.role, manner.style);
            self.manners.push(Prepared { manner, candidates, superiors: None });
            self.manners.len() - 1
        });
        MannerId(index as u32)
    }

    /// The face that a manner prefers; none only if there are no faces at all.
    pub fn first_face(&self, manner: MannerId) -> Option<FaceId> {
        self.manners[manner.0 as usize].candidates.first().copied()
    }

    /// Whether the manner's first face has true superior figures.
    pub fn has_superiors(&mut self, fonts: &mut Fonts<'_>, manner: MannerId) -> bool {
        let prepared = &self.manners[manner.0 as usize];
        if let Some(known) = prepared.superiors {
            return known;
        }
        let plain = prepared.manner;
        let raised = Manner { features: plain.features.with(Features::SUPERIOR, true), ..plain };
        let raised = self.manner(fonts, raised);
        let digits = |shaper: &mut Self, fonts: &mut Fonts<'_>, manner| {
            let word = shaper.word(fonts, "0123456789", manner);
            let stretches = shaper.stretches(word);
            let glyphs = stretches.iter().flat_map(|s| shaper.glyphs(s)).map(|g| g.id);
            glyphs.collect::<Vec<_>>()
        };
        let (low, high) = (digits(self, fonts, manner), digits(self, fonts, raised));
        let all = low.len() == 10 && high.len() == 10 && low.iter().zip(&high).all(|(l, h)| l != h);
        self.manners[manner.0 as usize].superiors = Some(all);
        all
    }

    /// A word, shaped.
    pub fn get(&self, word: WordId) -> &Word {
        &self.words[word.0 as usize]
    }

    /// Its characters.
    pub fn text(&self, word: WordId) -> &str {
        let range = &self.get(word).text;
        &self.texts[range.start as usize..range.end as usize]
    }

    /// Its parts, in visual order.
    pub fn stretches(&self, word: WordId) -> &[Stretch] {
        let range = &self.get(word).stretches;
        &self.stretches[range.start as usize..range.end as usize]
    }

    /// The glyphs of a part, in visual order.
    pub fn glyphs(&self, stretch: &Stretch) -> &[ShapedGlyph] {
        &self.glyphs[stretch.glyphs.start as usize..stretch.glyphs.end as usize]
    }

    /// Where it may be divided, as rising byte offsets.
    pub fn points(&self, word: WordId) -> &[u16] {
        let range = &self.get(word).points;
        &self.points[range.start as usize..range.end as usize]
    }

    /// Its width at a type size, unspaced and unscaled.
    pub fn width(&self, word: WordId, size: Length) -> Length {
        self.stretches(word).iter().map(|s| Length::from_units(s.advance, s.upem, size)).sum()
    }

    /// Width and clusters of its characters before a byte offset. Only for left to right.
    pub fn width_before(&self, word: WordId, offset: u32, size: Length) -> (Length, u32) {
        let mut width = Length::ZERO;
        let mut letters = 0;
        for stretch in self.stretches(word).iter().filter(|s| s.bytes.start < offset) {
            let mut units = 0;
            let mut last = u32::MAX;
            for glyph in self.glyphs(stretch).iter().filter(|g| g.cluster < offset) {
                units += i64::from(glyph.advance);
                letters += u32::from(glyph.cluster != last);
                last = glyph.cluster;
            }
            width += Length::from_units(units, stretch.upem, size);
        }
        (width, letters)
    }

    /// Shapes a word, or finds it among those already shaped.
    pub fn word(&mut self, fonts: &mut Fonts<'_>, text: &str, manner: MannerId) -> WordId {
        let hash = hash(text.as_bytes(), manner.0);
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        while self.table[at] != 0 {
            let id = WordId(self.table[at] - 1);
            let word = self.get(id);
            if word.hash == hash && word.manner == manner && self.text(id) == text {
                return id;
            }
            at = (at + 1) & mask;
        }
        let id = self.add(fonts, text, manner, hash);
        self.table[at] = id.0 + 1;
        if self.words.len() * 2 > self.table.len() {
            self.grow();
        }
        id
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        self.table = vec![0; mask + 1];
        for (index, word) in self.words.iter().enumerate() {
            let mut at = word.hash as usize & mask;
            while self.table[at] != 0 {
                at = (at + 1) & mask;
            }
            self.table[at] = index as u32 + 1;
        }
    }

    fn add(&mut self, fonts: &mut Fonts<'_>, text: &str, manner: MannerId, hash: u64) -> WordId {
        let prepared = &self.manners[manner.0 as usize];
        let how = prepared.manner;
        let segments = segments(fonts.faces, text, &prepared.candidates);
        let first = self.stretches.len();
        let mut missing = false;
        for (face, bytes) in segments {
            let from = self.glyphs.len();
            self.shape(fonts, &text[bytes.clone()], face, how, bytes.start as u32);
            let glyphs = &self.glyphs[from..];
            missing |= glyphs.iter().any(|g| g.id == 0);
            self.stretches.push(Stretch {
                face,
                upem: i64::from(fonts.faces.get(face).metrics.upem.max(1)),
                advance: glyphs.iter().map(|g| i64::from(g.advance)).sum(),
                bytes: bytes.start as u32..bytes.end as u32,
                glyphs: from as u32..self.glyphs.len() as u32,
            });
        }
        if how.right_to_left {
            self.stretches[first..].reverse();
        }
        let points = self.points.len();
        if how.role != FamilyRole::Code
            && !how.right_to_left
            && let Some(speech) = self.speeches.get(usize::from(how.language.0))
        {
            let exceptions = self.exceptions.of(&speech.language);
            hyphenate::points(text, speech.patterns, exceptions, &mut self.points);
        }
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        let hang = |c: Option<char>, part: fn(char) -> i64, glyph: Option<(&Stretch, &ShapedGlyph)>| {
            let part = c.filter(|_| !how.right_to_left && how.role != FamilyRole::Code).map_or(0, part);
            glyph.map_or(0, |(s, g)| part * i64::from(g.advance) * 65_536 / (1000 * s.upem))
        };
        let set = &self.stretches[first..];
        let first_glyph = set.first().and_then(|s| Some((s, self.glyphs(s).first()?)));
        let last_glyph = set.last().and_then(|s| Some((s, self.glyphs(s).last()?)));
        let mut letters = 0;
        for stretch in set {
            let mut last = u32::MAX;
            for glyph in self.glyphs(stretch) {
                letters += u32::from(glyph.cluster != last);
                last = glyph.cluster;
            }
        }
        let word = Word {
            hash,
            text: start..self.texts.len() as u32,
            manner,
            stretches: first as u32..self.stretches.len() as u32,
            points: points as u32..self.points.len() as u32,
            letters,
            hang_start: hang(text.chars().next(), protrusion::at_start, first_glyph),
            hang_end: hang(text.chars().next_back(), protrusion::at_end, last_glyph),
            missing,
        };
        self.words.push(word);
        WordId(self.words.len() as u32 - 1)
    }

    fn shape(&mut self, fonts: &mut Fonts<'_>, text: &str, face: FaceId, how: Manner, offset: u32) {
        let Some(font) = fonts.faces.get(face).font() else { return };
        let Some(slot) = fonts.prepared.get_mut(usize::from(face.0)) else { return };
        let shaper = slot.get_or_insert_with(|| ShaperFont::new(font));
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(text);
        let direction = if how.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        let speech = self.speeches.get(usize::from(how.language.0));
        let language = speech.and_then(|speech| speech.known.as_ref());
        buffer.set_language(language.cloned());
        buffer.guess_segment_properties();
        let script = buffer.script();
        let known = self.plans.iter().position(|p| {
            p.face == face
                && (p.features, p.tongue) == (how.features, how.language)
                && p.script == script
                && p.direction == direction
        });
        let index = known.unwrap_or_else(|| {
            let list = how.features.list(speech.is_none_or(|speech| speech.ligatures));
            let plan = ShapePlan::new(font, direction, script, language, &list);
            let (features, tongue) = (how.features, how.language);
            self.plans.push(ScriptPlan { face, features, tongue, script, direction, list, plan });
            self.plans.len() - 1
        });
        let plan = &self.plans[index];
        let options = ShapeOptions::new().plan(Some(&plan.plan)).features(&plan.list);
        if harfrust::shape(shaper, &mut buffer, options).is_ok() {
            let placed = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
            self.glyphs.extend(placed.map(|(info, position)| ShapedGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                cluster: info.cluster + offset,
                advance: position.x_advance,
                offset: [position.x_offset, position.y_offset],
            }));
        }
        self.buffer = Some(buffer);
    }
}

/// FNV-1a over eight bytes at a time, finished so that the low bits are good.
fn hash(bytes: &[u8], manner: u32) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ u64::from(manner);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        hash = (hash ^ word).wrapping_mul(PRIME);
        hash ^= hash >> 29;
    }
    for byte in chunks.remainder() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}
