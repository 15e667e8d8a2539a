//! A word → boxes, and penalties where it may be divided.

use crate::face::FamilyRole;
use crate::length::Length;
use crate::typeset::inline::breaks::{self, Cut};
use crate::typeset::inline::linebreak::Item;
use crate::typeset::inline::paragraph::Alignment;
use crate::typeset::inline::shape::Fonts;
use crate::typeset::inline::spaces::LONGEST;

use super::{EMERGENCY, Items, Passage, PassageKind, SCALING, TRACKING, TypeCase, Voice};

/// Demerits of hyphenating a word.
const HYPHEN: i64 = 46_000;
/// Demerits of a hyphen that leaves or takes two letters only.
const HYPHEN_SHORT: i64 = 4_000;
impl Items {
    pub(super) fn word(
        &mut self,
        voice: &Voice,
        text: &str,
        inner: &[Cut],
        part: Passage,
        case: &mut TypeCase<'_, '_>,
    ) {
        let TypeCase { spec, shaper, fonts, .. } = case;
        let word = shaper.word(fonts, text, voice.manner);
        if shaper.get(word).missing {
            self.note_missing(text, voice, fonts);
        }
        let size = voice.attributes.size;
        let whole = shaper.width(word, size);
        let letters = shaper.get(word).letters;
        if part.level.is_multiple_of(2) {
            let points = if spec.hyphenate { shaper.points(word) } else { &[] };
            self.divide(voice, text, inner, part.text, points);
            let full = whole.0 + i64::from(letters) * voice.letter_space;
            if full > spec.measure.0.saturating_sub(spec.hang.0.max(0)) {
                self.allow_anywhere(text, letters);
            }
        } else {
            self.marks.clear();
        }
        let (hang_start, hang_end, letters) = {
            let word = shaper.get(word);
            let hang = |ems: i64| {
                if spec.align == Alignment::Justify { Length(ems).scale(size.0, 65_536).0 } else { 0 }
            };
            (hang(word.hang_start), hang(word.hang_end), word.letters)
        };
        let name = word.0 + 1;
        let make = |width: i64, letters: u32, first: bool, last: bool| {
            let width = width + i64::from(letters) * voice.letter_space;
            let flex = if voice.flexible {
                width * SCALING / 1000 + i64::from(letters) * (size.0 * TRACKING / 1000)
            } else {
                0
            };
            Item::Box {
                width,
                flex,
                hang_start: if first { hang_start } else { 0 },
                hang_end: if last { hang_end } else { 0 },
                letters,
                word: if first || last { name } else { 0 },
            }
        };
        let marks = std::mem::take(&mut self.marks);
        let mut from = 0;
        let mut before = (Length::ZERO, 0);
        for (cut, hyphen) in &marks {
            let here = shaper.width_before(word, cut.at, size);
            let item = make((here.0 - before.0).0, here.1 - before.1, from == 0, false);
            self.push(item, Passage { kind: PassageKind::Word { word, from, to: cut.at }, ..part });
            if *hyphen {
                let width = shaper.width(voice.hyphen, size).0;
                let hang = Length(shaper.get(voice.hyphen).hang_end).scale(size.0, 65_536).0;
                let hang = if spec.align == Alignment::Justify { hang } else { 0 };
                let item = Item::Penalty { width, hang, cost: cut.cost, flagged: true, open: false };
                self.push(item, Passage { kind: PassageKind::Hyphen { word: voice.hyphen }, ..part });
            } else {
                let Cut { cost, flagged, open, .. } = *cut;
                let item = Item::Penalty { width: 0, hang: 0, cost, flagged, open };
                self.push(item, part);
            }
            from = cut.at;
            before = here;
        }
        let item = make((whole - before.0).0, letters - before.1.min(letters), from == 0, true);
        self.push(item, Passage { kind: PassageKind::Word { word, from, to: text.len() as u32 }, ..part });
        self.marks = marks;
    }

    /// Collects in `marks` where a word may be divided, rising: at the cuts inside it, counted from where the
    /// text starts, and at the points where its language hyphenates it.
    fn divide(&mut self, voice: &Voice, text: &str, inner: &[Cut], start: u32, points: &[u16]) {
        if voice.attributes.mark.is_some() {
            self.marks.clear();
            return;
        }
        if voice.attributes.role == FamilyRole::Code || breaks::is_address(text) {
            let mut cuts = Vec::new();
            breaks::address_cuts(text, &mut cuts);
            self.marks.clear();
            self.marks.extend(cuts.into_iter().map(|cut| (cut, false)));
            return;
        }
        let soft = !self.marks.is_empty();
        for cut in inner.iter().filter(|cut| cut.at > start) {
            self.marks.push((Cut { at: cut.at - start, ..*cut }, false));
        }
        if !soft {
            for &point in points {
                let at = u32::from(point);
                let short = text[..point.into()].chars().filter(|c| c.is_alphabetic()).count() < 3;
                let cost = HYPHEN + if short { HYPHEN_SHORT } else { 0 };
                self.marks.push((Cut { at, cost, flagged: true, open: false }, true));
            }
        }
        self.marks.sort_unstable_by_key(|(cut, _)| cut.at);
        self.marks.dedup_by_key(|(cut, _)| cut.at);
    }

    /// Lets a word that is longer than a line break between any two characters.
    fn allow_anywhere(&mut self, text: &str, letters: u32) {
        if letters < 2 {
            return;
        }
        let marked = std::mem::take(&mut self.marks);
        let mut known = marked.iter().copied().peekable();
        let mut previous = '\0';
        // In what no line can hold, every fourth place is enough and keeps the search short.
        let step = if text.len() >= LONGEST / 2 { 4 } else { 1 };
        for (number, (at, c)) in text.char_indices().enumerate() {
            let at = at as u32;
            if let Some(mark) = known.next_if(|(cut, _)| cut.at == at) {
                self.marks.push(mark);
            } else if at > 0
                && number % step == 0
                && !matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
                && previous != '\u{200d}'
            {
                self.marks.push((Cut { at, cost: EMERGENCY, flagged: false, open: false }, false));
            }
            previous = c;
        }
    }

    fn note_missing(&mut self, text: &str, voice: &Voice, fonts: &Fonts<'_>) {
        let attributes = &voice.attributes;
        let faces = fonts.faces();
        let candidates = faces.candidates(attributes.role, attributes.style);
        for c in text.chars() {
            if !candidates.iter().any(|face| faces.get(*face).has(c)) && self.known_missing.insert(c) {
                self.missing.push((c, attributes.source));
            }
        }
    }
}
