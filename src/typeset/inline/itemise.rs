//! Text with attributes → boxes, glue and penalties.
//!
//! Comes in: a [`Flat`] text. Goes out: items for the line breaker, and beside each item the part of the
//! text that it stands for, so that lines can be made of them again. Words are cut where attributes or
//! direction change; each is shaped whole, with its marks, and divided only in measure: what a division
//! really looks like is shaped again when a line breaks there, which is rare. Words are in `word.rs`.

use std::collections::BTreeSet;

use crate::booklet::NamedPicture;
use crate::diagnostic;
use crate::face::FamilyRole;
use crate::length::Length;

use super::breaks::{self, Cut};
use super::direction;
use super::flat::{Flat, SpanLook};
use super::linebreak::{FORBIDDEN, FORCED, Item};
use super::paragraph::{Alignment, ParagraphSpec};
use super::shape::{Features, Fonts, Manner, MannerId, Shaper, Tongue, WordId};
use super::spaces::{LONGEST, fixed_space, picture_size, word_end};

mod word;

/// What an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// Bytes `from..to` of a word (a box).
    Word {
        /// The word, whole.
        word: WordId,
        /// First byte.
        from: u32,
        /// One past the last.
        to: u32,
    },
    /// A space (glue, or a box when it is of fixed width); its glyph.
    Space {
        /// The face's space, shaped.
        word: WordId,
        /// Width before stretching.
        width: Length,
    },
    /// A picture (a box).
    Picture {
        /// Width and height as set.
        size: crate::length::Size,
    },
    /// A place to divide a word with a hyphen (a penalty).
    Hyphen {
        /// The hyphen, shaped.
        word: WordId,
    },
    /// Nothing to see.
    Nothing,
}

/// The part of the text that an item stands for.
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Index into [`Items::looks`].
    pub look: u32,
    /// Embedding level: odd is right to left.
    pub level: u8,
    /// Where it begins in the text; for a word, where the whole word begins.
    pub text: u32,
}

/// How a part is set: its attributes, as far as the faces can follow them.
#[derive(Debug, Clone, Copy)]
pub struct PassageLook {
    /// Attributes; size and rise are those of the figures for a note's mark.
    pub attributes: SpanLook,
    /// How the shaper knows it.
    pub manner: MannerId,
}

/// The items of a paragraph.
#[derive(Debug, Default)]
pub struct Items {
    /// For the line breaker.
    pub items: Vec<Item>,
    /// What they stand for, one each.
    pub parts: Vec<Passage>,
    /// What the parts look like.
    pub looks: Vec<PassageLook>,
    /// Level of the paragraph: 1 if it runs from right to left.
    pub level: u8,
    /// Characters that no face has, and where they are written.
    pub missing: Vec<(char, Option<diagnostic::Span>)>,
    /// The same characters, to ask for.
    known_missing: BTreeSet<char>,
    cuts: Vec<Cut>,
    marks: Vec<(Cut, bool)>,
}

/// Demerits of a hyphen where the text asks for one.
const HYPHEN_SOFT: i64 = 10_000;
/// Demerits of breaking a word where nothing allows it, because it is longer than a line.
const EMERGENCY: i64 = 250_000;
/// Demerits for turning a line of code at a space.
const AT_CODE_SPACE: i64 = 1_000;
/// Growth and loss of letters at a ratio of ±1, in thousandths: scaling of the width, tracking of the em.
pub const SCALING: i64 = 20;
/// See [`SCALING`].
pub const TRACKING: i64 = 10;
/// Growth and loss of spaces at a ratio of ±1, in thousandths of their width. Less than spaces bear, so
/// that letters, which bear it unseen, take the larger part of what a line lacks or has too much.
const STRETCH: i64 = 290;
/// See [`STRETCH`].
const SHRINK: i64 = 185;

/// How much a space of this width grows, or shrinks, at a ratio of ±1.
pub fn elasticity(width: Length, shrinks: bool) -> i64 {
    width.scale(if shrinks { SHRINK } else { STRETCH }, 1000).0
}

/// What words are set with.
pub struct TypeCase<'c, 'f> {
    /// How the paragraph is set.
    pub spec: &'c ParagraphSpec,
    /// The pictures that the text may hold.
    pub pictures: &'c [NamedPicture],
    /// Makes glyphs of words.
    pub shaper: &'c mut Shaper,
    /// The faces that it takes them from.
    pub fonts: &'c mut Fonts<'f>,
}

/// One span's way of setting.
struct Voice {
    look: u32,
    attributes: SpanLook,
    manner: MannerId,
    space: WordId,
    hyphen: WordId,
    letter_space: i64,
    flexible: bool,
}

impl Items {
    /// Makes the items of a text.
    pub fn fill(&mut self, flat: &Flat<'_>, right_to_left: bool, case: &mut TypeCase<'_, '_>) {
        self.items.clear();
        self.parts.clear();
        self.missing.clear();
        self.known_missing.clear();
        self.looks.clear();
        let text = flat.text.as_str();
        let levels = direction::levels(text, right_to_left);
        self.level = levels.as_ref().map_or(0, |(_, first)| first.number());
        let levels = levels.as_ref().map(|(levels, _)| levels.as_slice());
        let mut cuts = std::mem::take(&mut self.cuts);
        breaks::cuts(text, &mut cuts);
        let mut next_cut = 0;
        let mut chunked = false;
        // Whether the line of code has more than its indent.
        let mut inked = false;
        let mut soft = flat.soft.iter().copied().peekable();
        let mut voice: Option<(u32, u8, Voice)> = None;
        for (number, &(start, index)) in flat.spans.iter().enumerate() {
            let end = flat.spans.get(number + 1).map_or(text.len(), |(next, _)| *next as usize);
            debug_assert!(
                (index as usize) < flat.attributes.len(),
                "a span of text has no look and would be lost"
            );
            let Some(attributes) = flat.attributes.get(index as usize) else { continue };
            let mut at = start as usize;
            while at < end {
                let level = levels.map_or(0, |l| l.get(at).map_or(0, |l| l.number()));
                let known = voice.as_ref().is_some_and(|(i, l, _)| *i == index && *l == level);
                if !known {
                    // A new one begins with a byte of the text, and those are counted with 32 bits.
                    let look = self.looks.len() as u32;
                    let other = flat.other_language(attributes);
                    let tongue = other.map_or_else(Tongue::default, |language| case.shaper.tongue(language));
                    let new = Voice::new(look, *attributes, level, tongue, case);
                    self.looks.push(PassageLook { attributes: new.attributes, manner: new.manner });
                    voice = Some((index, level, new));
                }
                let Some((_, _, voice)) = &voice else { break };
                let c = text[at..].chars().next().unwrap_or(' ');
                let after = at + c.len_utf8();
                let part = |kind| Passage { kind, look: voice.look, level, text: at as u32 };
                match c {
                    '\n' => {
                        inked = false;
                        self.push(penalty(FORCED), part(PassageKind::Nothing));
                    }
                    ' ' => self.space(voice, part(PassageKind::Nothing), case),
                    '\u{a0}' if voice.attributes.role == FamilyRole::Code => {
                        let width = case.shaper.width(voice.space, voice.attributes.size);
                        let fixed = part(PassageKind::Space { word: voice.space, width });
                        self.push(plain_box(width.0), fixed);
                        if inked && !text[after..].starts_with('\u{a0}') {
                            let cost = AT_CODE_SPACE;
                            let item = Item::Penalty { width: 0, hang: 0, cost, flagged: false, open: true };
                            self.push(item, part(PassageKind::Nothing));
                        }
                    }
                    '\u{a0}' => {
                        self.push(penalty(FORBIDDEN), part(PassageKind::Nothing));
                        self.space(voice, part(PassageKind::Nothing), case);
                    }
                    '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => {
                        let width = fixed_space(c, voice.attributes.size);
                        let fixed = part(PassageKind::Space { word: voice.space, width });
                        if c != '\u{202f}' && c != '\u{2007}' {
                            self.push(penalty(0), part(PassageKind::Nothing));
                        }
                        self.push(plain_box(width.0), fixed);
                    }
                    '\u{200b}' => self.push(penalty(0), part(PassageKind::Nothing)),
                    '\u{2060}'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}' => {}
                    '\u{fffc}' if attributes.picture.is_some() => {
                        let size = picture_size(attributes, case.pictures, case.spec);
                        self.push(plain_box(size.width.0), part(PassageKind::Picture { size }));
                    }
                    _ => {
                        inked = true;
                        let stop = word_end(text, at, end, levels);
                        while cuts.get(next_cut).is_some_and(|cut| (cut.at as usize) < at) {
                            next_cut += 1;
                        }
                        let joined = attributes.mark.is_some() || self.items.is_empty();
                        if chunked && !joined {
                            self.push(penalty(EMERGENCY), part(PassageKind::Nothing));
                        } else if let Some(cut) = cuts.get(next_cut).filter(|cut| cut.at as usize == at)
                            && !joined
                        {
                            let Cut { cost, flagged, open, .. } = *cut;
                            let item = Item::Penalty { width: 0, hang: 0, cost, flagged, open };
                            self.push(item, part(PassageKind::Nothing));
                        }
                        self.marks.clear();
                        while let Some(point) = soft.next_if(|point| (*point as usize) < stop) {
                            if point as usize > at {
                                let cut = Cut {
                                    at: point - at as u32,
                                    cost: HYPHEN_SOFT,
                                    flagged: true,
                                    open: false,
                                };
                                self.marks.push((cut, true));
                            }
                        }
                        let inner = cuts[next_cut..].iter().take_while(|cut| (cut.at as usize) < stop);
                        let inner: &[Cut] = &cuts[next_cut..next_cut + inner.count()];
                        self.word(voice, &text[at..stop], inner, part(PassageKind::Nothing), case);
                        chunked = stop - at >= LONGEST && stop < end;
                        at = stop;
                        continue;
                    }
                }
                chunked = false;
                at = after;
            }
        }
        self.cuts = cuts;
        let text = text.len() as u32;
        self.push(penalty(FORCED), Passage { kind: PassageKind::Nothing, look: 0, level: 0, text });
    }

    fn push(&mut self, item: Item, part: Passage) {
        self.items.push(item);
        self.parts.push(part);
    }

    fn space(&mut self, voice: &Voice, part: Passage, case: &TypeCase<'_, '_>) {
        let width = case.shaper.width(voice.space, voice.attributes.size) + Length(voice.letter_space);
        let elastic = case.spec.align == Alignment::Justify && voice.attributes.role == FamilyRole::Text;
        let scaled = |shrinks| if elastic { elasticity(width, shrinks) } else { 0 };
        let item = Item::Glue { width: width.0, stretch: scaled(false), shrink: scaled(true) };
        self.push(item, Passage { kind: PassageKind::Space { word: voice.space, width }, ..part });
    }
}

impl Voice {
    fn new(
        look: u32,
        mut attributes: SpanLook,
        level: u8,
        language: Tongue,
        case: &mut TypeCase<'_, '_>,
    ) -> Self {
        let TypeCase { spec, shaper, fonts, .. } = case;
        let mut how = Manner {
            role: attributes.role,
            style: attributes.style,
            features: attributes.features,
            right_to_left: level % 2 == 1,
            language,
        };
        if attributes.mark.is_some() && attributes.features == Features::SUPERIOR {
            how.features = Features::default();
            let plain = shaper.manner(fonts, how);
            if shaper.has_superiors(fonts, plain) {
                how.features = Features::SUPERIOR;
            } else {
                attributes.rise += attributes.size.scale(330, 1000);
                attributes.size = attributes.size.scale(620, 1000);
            }
        }
        let manner = shaper.manner(fonts, how);
        let faces = fonts.faces();
        let soft = shaper.first_face(manner).is_some_and(|face| faces.get(face).has('\u{2010}'));
        let space = shaper.word(fonts, " ", manner);
        let hyphen = shaper.word(fonts, if soft { "\u{2010}" } else { "-" }, manner);
        let letter_space = attributes.spacing();
        let flexible = spec.align == Alignment::Justify && attributes.role == FamilyRole::Text;
        Self { look, attributes, manner, space, hyphen, letter_space, flexible }
    }
}

fn penalty(cost: i64) -> Item {
    Item::Penalty { width: 0, hang: 0, cost, flagged: false, open: false }
}

fn plain_box(width: i64) -> Item {
    Item::Box { width, flex: 0, hang_start: 0, hang_end: 0, letters: 1, word: 0 }
}
