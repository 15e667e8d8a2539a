//! The items of one line → what is placed on it.
//!
//! Comes in: a range of items, and whether and how the line is filled. Goes out: a [`Line`]. Here widths
//! become exact: divided words are shaped as they stand, letters are scaled and tracked, and what is
//! then missing goes into the spaces to the last unit, so that the edge is straight. Runs from right to
//! left are put in visual order (UAX 9, rule L2).

use crate::length::{Length, Point, Size};

use super::flat::{Flat, SpanLook};
use super::itemise::{Items, Passage, PassageKind, SCALING, TRACKING};
use super::linebreak::{BrokenLine, Item, UNIT};
use super::paragraph::{Alignment, Line, ParagraphSpec};
use super::run::{RunBuilder, visual_order};
use super::shape::{Fonts, Shaper, WordId};
use crate::face::FamilyRole;
use crate::typeset::frame::{Item as Placeable, Placed};

mod decorate;

/// What lines are made with.
pub struct Workshop<'w, 'a, 'd> {
    /// The text.
    pub flat: &'w Flat<'d>,
    /// Its items.
    pub items: &'w Items,
    /// How it is to be set.
    pub spec: &'w ParagraphSpec,
    /// The shaper, for divided words.
    pub shaper: &'w mut Shaper,
    /// Its faces.
    pub fonts: &'w mut Fonts<'a>,
}

/// What a line does to its letters to be as long as it should.
#[derive(Debug, Clone, Copy)]
struct Flexed {
    /// Of their widths, in 1/10000.
    scaling: i64,
    /// Added after each, in 1/65536 of an em.
    tracking: i64,
}

impl Flexed {
    const NONE: Self = Self { scaling: 10_000, tracking: 0 };
}

/// Something on the line: a piece of a word, a space, a picture.
#[derive(Debug, Clone, Copy)]
struct LinePiece {
    kind: PieceKind,
    look: u32,
    level: u8,
    /// Bytes of the text that it sets.
    text: (u32, u32),
    /// Whether a hyphen is added: the last character of the word is not in the text.
    hyphen: bool,
    /// Width as placed.
    width: Length,
}

#[derive(Debug, Clone, Copy)]
enum PieceKind {
    Word(WordId),
    Space(WordId),
    Picture(Size),
}

impl Workshop<'_, '_, '_> {
    /// Makes a line. `first` says whether it is the first of its paragraph.
    pub fn line(&mut self, broken: &BrokenLine, first: bool) -> Line {
        let spec = self.spec;
        let (mut pieces, hyphenated) = self.pieces(broken);
        let indent = if first { spec.first_indent } else { spec.hang };
        let mut hangs = (Length::ZERO, Length::ZERO);
        if spec.align == Alignment::Justify {
            hangs = self.hangs(&pieces);
        }
        let target = spec.measure - indent + hangs.0 + hangs.1;
        let flexed = self.fill(&mut pieces, broken, target);
        let width = pieces.iter().map(|p| p.width).sum::<Length>();
        let free = spec.measure - indent - width + hangs.0 + hangs.1;
        let rtl = self.items.level % 2 == 1;
        let left = match (spec.align, rtl) {
            (Alignment::Center, _) => indent + Length(free.0.max(0) / 2),
            (Alignment::Justify, false) => indent - hangs.0,
            (Alignment::Start, false) | (Alignment::End, true) => indent,
            (Alignment::Justify | Alignment::Start, true) | (Alignment::End, false) => {
                let free = if spec.align == Alignment::Justify { free - hangs.1 } else { free };
                if rtl { free } else { indent + free }
            }
        };
        let mut line = Line {
            items: Vec::new(),
            width: width - hangs.0 - hangs.1 + indent,
            rise: Length::ZERO,
            notes: Vec::new(),
            hyphenated,
        };
        let trailing = self.trailing_space(&mut pieces, broken);
        // Read from the right, the space outside the measure stands left of the words, and comes first.
        let left = if rtl { left - trailing } else { left };
        self.place(&pieces, left, flexed, &mut line);
        line
    }

    /// Joins the parts of the line into pieces. Also says whether it ends in a hyphen.
    fn pieces(&mut self, broken: &BrokenLine) -> (Vec<LinePiece>, bool) {
        let end = broken.end;
        let mut pieces: Vec<LinePiece> = Vec::with_capacity(end.saturating_sub(broken.start) + 1);
        let mut at = broken.start;
        while at < end {
            let part = self.items.parts[at];
            match part.kind {
                PassageKind::Word { word, from, .. } => {
                    // The pieces of one word that stand on this line follow each other.
                    let (mut to, mut last) = (from, at);
                    for index in at..end {
                        match self.items.parts[index] {
                            Passage {
                                kind: PassageKind::Word { word: same, from, to: until }, text, ..
                            } if same == word && text == part.text && (index == at || from == to) => {
                                (to, last) = (until, index);
                            }
                            Passage {
                                kind: PassageKind::Hyphen { .. } | PassageKind::Nothing, text, ..
                            } if text == part.text => {}
                            _ => break,
                        }
                    }
                    let hyphen =
                        last + 1 == end && matches!(self.items.parts[end].kind, PassageKind::Hyphen { .. });
                    pieces.push(self.word_piece(part, word, from, to, hyphen));
                    at = last + 1;
                    continue;
                }
                PassageKind::Space { word, width } => {
                    pieces.push(self.single(part, PieceKind::Space(word), width));
                }
                PassageKind::Picture { size } => {
                    pieces.push(self.single(part, PieceKind::Picture(size), size.width));
                }
                PassageKind::Hyphen { .. } | PassageKind::Nothing => {}
            }
            at += 1;
        }
        let flagged = matches!(self.items.items.get(end), Some(Item::Penalty { flagged: true, .. }));
        (pieces, flagged)
    }

    fn char_length(&self, at: u32) -> u32 {
        self.flat.text[at as usize..].chars().next().map_or(0, |c| c.len_utf8() as u32)
    }

    fn word_piece(&mut self, part: Passage, word: WordId, from: u32, to: u32, hyphen: bool) -> LinePiece {
        let look = self.items.looks[part.look as usize];
        let whole = self.shaper.text(word).len() as u32;
        let mut set = word;
        if hyphen || from > 0 || to < whole {
            let mut text = self.shaper.text(word)[from as usize..to as usize].to_owned();
            if hyphen {
                let soft = self
                    .shaper
                    .first_face(look.manner)
                    .is_some_and(|face| self.fonts.faces().get(face).has('\u{2010}'));
                text.push(if soft { '\u{2010}' } else { '-' });
            }
            set = self.shaper.word(self.fonts, &text, look.manner);
        }
        let letters = i64::from(self.shaper.get(set).letters);
        let width =
            self.shaper.width(set, look.attributes.size) + Length(letters * look.attributes.spacing());
        let text = (part.text + from, part.text + to);
        LinePiece { kind: PieceKind::Word(set), look: part.look, level: part.level, text, hyphen, width }
    }

    fn hangs(&self, pieces: &[LinePiece]) -> (Length, Length) {
        let hang = |piece: Option<&LinePiece>, start: bool| {
            let Some(LinePiece { kind: PieceKind::Word(word), look, .. }) = piece else {
                return Length::ZERO;
            };
            let size = self.items.looks[*look as usize].attributes.size;
            let word = self.shaper.get(*word);
            Length(if start { word.hang_start } else { word.hang_end }).scale(size.0, 65_536)
        };
        (hang(pieces.first(), true), hang(pieces.last(), false))
    }

    /// A piece that stands for one character.
    fn single(&self, part: Passage, kind: PieceKind, width: Length) -> LinePiece {
        let text = (part.text, part.text + self.char_length(part.text));
        LinePiece { kind, look: part.look, level: part.level, text, hyphen: false, width }
    }

    /// Gives the pieces their widths.
    fn fill(&self, pieces: &mut [LinePiece], broken: &BrokenLine, target: Length) -> Flexed {
        if self.spec.align != Alignment::Justify {
            return Flexed::NONE;
        }
        let missing = target - pieces.iter().map(|p| p.width).sum::<Length>();
        let shrinks = missing < Length::ZERO;
        let elastic = |p: &LinePiece| match p.kind {
            PieceKind::Space(_) => self.elasticity(p, shrinks),
            _ => 0,
        };
        let spaces = pieces.iter().map(elastic).sum::<i64>();
        // A line without spaces may be tightened by its letters alone; spread by them it would look odd.
        if missing == Length::ZERO || (!shrinks && (broken.closed || spaces == 0)) {
            return Flexed::NONE;
        }
        let flex = pieces.iter().map(|p| self.flex(p)).sum::<i64>();
        let all = spaces.saturating_add(flex).max(1);
        let ratio =
            (i128::from(missing.0.abs()) * i128::from(UNIT) / i128::from(all)).min(i128::from(UNIT)) as i64;
        let sign = if shrinks { -1 } else { 1 };
        let scaling = 10_000 + sign * (SCALING * 10 * ratio / UNIT);
        let tracking = sign * (TRACKING * 65_536 * ratio / (1000 * UNIT));
        for piece in pieces.iter_mut() {
            if let PieceKind::Word(_) = piece.kind
                && self.flexible(piece)
            {
                piece.width = self.flexed(piece, Flexed { scaling, tracking });
            }
        }
        let left = target - pieces.iter().map(|p| p.width).sum::<Length>();
        // A space keeps at least what its shrinking leaves it, so that words of an overfull line stay apart.
        let left = if shrinks { left.max(Length(-spaces)) } else { left };
        if spaces == 0 {
            return Flexed { scaling, tracking };
        }
        let (mut given, mut passed) = (0, 0);
        for piece in pieces.iter_mut() {
            let own = elastic(piece);
            if own > 0 {
                passed += own;
                let due = (i128::from(left.0) * i128::from(passed) / i128::from(spaces)) as i64;
                piece.width += Length(due - given);
                given = due;
            }
        }
        Flexed { scaling, tracking }
    }

    /// How much a space may grow or shrink at a ratio of 1.
    fn elasticity(&self, piece: &LinePiece, shrinks: bool) -> i64 {
        let text = &self.flat.text[piece.text.0 as usize..piece.text.1 as usize];
        let code = self.items.looks[piece.look as usize].attributes.role == FamilyRole::Code;
        if code || !matches!(text, " " | "\u{a0}") {
            0
        } else {
            super::itemise::elasticity(piece.width, shrinks)
        }
    }

    fn flexible(&self, piece: &LinePiece) -> bool {
        self.items.looks[piece.look as usize].attributes.role == FamilyRole::Text
    }

    fn flex(&self, piece: &LinePiece) -> i64 {
        match piece.kind {
            PieceKind::Word(word) if self.flexible(piece) => {
                let size = self.items.looks[piece.look as usize].attributes.size;
                let letters = i64::from(self.shaper.get(word).letters);
                piece.width.0 * SCALING / 1000 + letters * (size.0 * TRACKING / 1000)
            }
            _ => 0,
        }
    }

    /// Width of a word with its letters scaled and tracked; exactly where the run's pen ends.
    fn flexed(&self, piece: &LinePiece, Flexed { scaling, tracking }: Flexed) -> Length {
        let PieceKind::Word(word) = piece.kind else { return piece.width };
        let attributes = &self.items.looks[piece.look as usize].attributes;
        let letters = i64::from(self.shaper.get(word).letters);
        let track = Length(tracking).scale(attributes.size.0, 65_536).0 + attributes.spacing();
        let natural = self.shaper.stretches(word).iter();
        let natural =
            natural.map(|s| Length::from_units(s.advance, s.upem, attributes.size).0 * scaling / 10_000);
        Length(natural.sum::<i64>() + letters * track)
    }

    /// The space at which the line breaks stays in the text, outside the measure, so that what is copied
    /// or read aloud has it. Returns its width.
    fn trailing_space(&self, pieces: &mut Vec<LinePiece>, broken: &BrokenLine) -> Length {
        let Some(part) = self.items.parts.get(broken.end) else { return Length::ZERO };
        if let PassageKind::Space { word, width } = part.kind
            && !pieces.is_empty()
        {
            let text = (part.text, part.text + self.char_length(part.text));
            // It takes the paragraph's direction, so that it stands at the end (UAX 9, rule L1).
            let level = self.items.level;
            let kind = PieceKind::Space(word);
            pieces.push(LinePiece { kind, look: part.look, level, text, hyphen: false, width });
            return width;
        }
        Length::ZERO
    }

    /// Puts the pieces on the line, from left to right.
    fn place(&mut self, pieces: &[LinePiece], left: Length, flexed: Flexed, line: &mut Line) {
        let groups = self.groups(pieces);
        let mut x = left;
        let mut spans: Vec<(usize, Length, Length)> = Vec::with_capacity(groups.len());
        let mut runs: Vec<(usize, Placed)> = Vec::with_capacity(groups.len());
        for &index in &visual_order(&groups.iter().map(|g| pieces[g.start].level).collect::<Vec<_>>()) {
            let group = &pieces[groups[index].clone()];
            let from = x;
            if let PieceKind::Picture(size) = group[0].kind {
                let look = self.items.looks[group[0].look as usize].attributes;
                if let Some(picture) = look.picture {
                    // Its foot stands a little below the baseline, as descenders do.
                    let top = look.size.scale(150, 1000) - size.height;
                    line.rise = line.rise.max(-top);
                    let item = Placeable::Picture { picture, size };
                    runs.push((index, Placed { at: Point::new(x, top), owner: look.owner, item }));
                }
                x += size.width;
            } else {
                x = self.runs(group, index, x, flexed, &mut runs);
            }
            spans.push((index, from, x));
        }
        // Reading order again, whatever the order in space.
        runs.sort_by_key(|(index, _)| *index);
        spans.sort_by_key(|(index, ..)| *index);
        self.decorate(pieces, &groups, &spans, line);
        line.items.extend(runs.into_iter().map(|(_, placed)| placed));
    }

    /// Neighbours that look the same and belong to one owner form a group.
    fn groups(&self, pieces: &[LinePiece]) -> Vec<std::ops::Range<usize>> {
        let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let alike = groups.last().is_some_and(|group| {
                let other = &pieces[group.start];
                let (a, b) = (self.attributes(other), self.attributes(piece));
                let picture = |p: &LinePiece| matches!(p.kind, PieceKind::Picture(_));
                !picture(other)
                    && !picture(piece)
                    && other.level == piece.level
                    && a.owner == b.owner
                    && a.size == b.size
                    && a.rise == b.rise
                    && a.style == b.style
                    && a.role == b.role
                    && (a.link, a.underline, a.strike) == (b.link, b.underline, b.strike)
            });
            match groups.last_mut() {
                Some(group) if alike => group.end = index + 1,
                _ => groups.push(index..index + 1),
            }
        }
        groups
    }

    fn attributes(&self, piece: &LinePiece) -> &SpanLook {
        &self.items.looks[piece.look as usize].attributes
    }

    /// Makes the runs of a group: one for each change of face. Returns the pen position after them.
    fn runs(
        &mut self,
        group: &[LinePiece],
        index: usize,
        x: Length,
        flexed: Flexed,
        out: &mut Vec<(usize, Placed)>,
    ) -> Length {
        let look = *self.attributes(&group[0]);
        let reversed = group[0].level % 2 == 1;
        let flexed = if look.role == FamilyRole::Text { flexed } else { Flexed::NONE };
        let Flexed { scaling, tracking } = flexed;
        let track = Length(tracking).scale(look.size.0, 65_536).0 + look.spacing();
        let mut builder = RunBuilder {
            run: None,
            language: self.flat.other_language(&look),
            origin: x,
            x,
            index,
            owner: look.owner,
            y: -look.rise,
            size: look.size,
            scaling,
            colour: self.spec.colour,
            out,
        };
        let order: Box<dyn Iterator<Item = &LinePiece>> =
            if reversed { Box::new(group.iter().rev()) } else { Box::new(group.iter()) };
        for piece in order {
            let (word, space) = match piece.kind {
                PieceKind::Word(word) => (word, false),
                PieceKind::Space(word) => (word, true),
                PieceKind::Picture(_) => continue,
            };
            let text = &self.flat.text[piece.text.0 as usize..piece.text.1 as usize];
            let start = builder.x;
            for stretch in self.shaper.stretches(word) {
                let bytes = if space {
                    text
                } else {
                    let end = (stretch.bytes.end as usize).min(text.len());
                    text.get((stretch.bytes.start as usize).min(end)..end).unwrap_or_default()
                };
                // In code a space that holds its place is still a space.
                let bytes = if look.role == FamilyRole::Code && bytes == "\u{a0}" { " " } else { bytes };
                let base = builder.open(stretch.face, bytes, reversed, piece.hyphen);
                let mut units = 0;
                let mut letters = 0;
                let pen = builder.x;
                let mut last = u32::MAX;
                for glyph in self.shaper.glyphs(stretch) {
                    let (cluster, id) = (glyph.cluster, glyph.id);
                    if cluster != last && last != u32::MAX {
                        letters += 1;
                    }
                    last = cluster;
                    let at =
                        |units: i64| Length::from_units(units, stretch.upem, look.size).0 * scaling / 10_000;
                    let dx = at(units + i64::from(glyph.offset[0])) + letters * track;
                    let dy = -Length::from_units(i64::from(glyph.offset[1]), stretch.upem, look.size).0;
                    let local = (cluster - stretch.bytes.start).min(bytes.len() as u32);
                    builder.glyph(id, pen + Length(dx), dy, base + local);
                    units += i64::from(glyph.advance);
                }
                letters += i64::from(last != u32::MAX);
                let advance =
                    Length::from_units(stretch.advance, stretch.upem, look.size).0 * scaling / 10_000;
                builder.x = pen + Length(advance + letters * track);
            }
            if space {
                builder.x = start + piece.width;
            }
        }
        builder.close();
        builder.x
    }
}
