//! Glyphs → runs: the last step of a line.
//!
//! Comes in: glyphs from left to right, with the text that they set. Goes out: one [`Run`] for each change
//! of face. Also the order in which pieces of both directions stand.

use crate::face::FaceId;
use crate::language::Language;
use crate::length::{Length, Point};

use crate::typeset::frame::{Colour, Glyph, Item as Placeable, Owner, Placed, Run};

/// Collects glyphs into runs.
pub struct RunBuilder<'o> {
    pub run: Option<(FaceId, Vec<Glyph>, String)>,
    pub origin: Length,
    pub x: Length,
    pub index: usize,
    pub owner: Owner,
    pub y: Length,
    pub size: Length,
    pub scaling: i64,
    pub colour: Colour,
    pub language: Option<&'o Language>,
    pub out: &'o mut Vec<(usize, Placed)>,
}

impl RunBuilder<'_> {
    /// Makes room for glyphs of a face that set `text`; returns where that text stands in the run. When
    /// pieces come from the last to the first, theirs goes before what is there.
    pub fn open(&mut self, face: FaceId, text: &str, reversed: bool, hyphen: bool) -> u32 {
        if self.run.as_ref().is_some_and(|(known, ..)| *known != face) {
            self.close();
        }
        if self.run.is_none() {
            self.origin = self.x;
        }
        let (_, glyphs, known) = self.run.get_or_insert_with(|| (face, Vec::new(), String::new()));
        if reversed {
            for glyph in glyphs {
                glyph.cluster += text.len() as u32;
            }
            known.insert_str(0, text);
            return 0;
        }
        let base = known.len() as u32;
        known.push_str(text);
        if hyphen {
            known.push('\u{ad}');
        }
        base
    }

    pub fn glyph(&mut self, id: u16, x: Length, y: i64, cluster: u32) {
        let origin = self.origin;
        if let Some((_, glyphs, _)) = &mut self.run {
            let clamp = |v: i64| v.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
            glyphs.push(Glyph { id, x: clamp((x - origin).0), y: clamp(y), cluster });
        }
    }

    pub fn close(&mut self) {
        let Some((face, glyphs, text)) = self.run.take() else { return };
        let run = Run {
            face,
            size: self.size,
            stretch: self.scaling.clamp(1, i64::from(u16::MAX)) as u16,
            colour: self.colour,
            glyphs,
            text: text.into_boxed_str(),
            width: self.x - self.origin,
            language: self.language.cloned(),
        };
        let at = Point::new(self.origin, self.y);
        self.out.push((self.index, Placed { at, owner: self.owner, item: Placeable::Run(run) }));
    }
}

/// Order of the groups from left to right, given their embedding levels (UAX 9, rule L2).
pub fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    let lowest_odd = levels.iter().copied().filter(|l| l % 2 == 1).min().unwrap_or(highest + 1);
    for level in (lowest_odd..=highest).rev() {
        let mut at = 0;
        while at < levels.len() {
            let length = levels[at..].iter().take_while(|l| **l >= level).count();
            order[at..at + length].reverse();
            at += length.max(1);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::visual_order;

    #[test]
    fn groups_are_ordered_by_their_levels() {
        assert_eq!(visual_order(&[0, 0, 0]), [0, 1, 2]);
        assert_eq!(visual_order(&[1, 1, 1]), [2, 1, 0]);
        assert_eq!(visual_order(&[0, 1, 2, 1, 0]), [0, 3, 2, 1, 4]);
        assert_eq!(visual_order(&[]), [0; 0]);
    }
}
