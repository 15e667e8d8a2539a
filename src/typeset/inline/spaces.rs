//! What lies between words and ends them: spaces of fixed width, turns of direction, pictures in a line.

use unicode_bidi::Level;

use crate::booklet::NamedPicture;
use crate::length::{Length, Size};

use super::flat::SpanLook;
use super::paragraph::ParagraphSpec;

/// Longest stretch of text that is shaped at once, in bytes.
pub const LONGEST: usize = 240;
/// Marks stay with their letter even in a longer one, but no letter has this many bytes of them: a shaper orders
/// them by looking at each again.
const MOST_MARKS: usize = LONGEST * 4;

/// Where the word that begins at `at` ends.
pub fn word_end(text: &str, at: usize, end: usize, levels: Option<&[Level]>) -> usize {
    let level = levels.and_then(|levels| levels.get(at));
    for (offset, c) in text[at..end].char_indices() {
        let here = at + offset;
        let stops = matches!(c, ' ' | '\n' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202f}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{3000}' | '\u{fffc}');
        let turned = levels.is_some_and(|levels| levels.get(here) != level);
        let long = offset >= MOST_MARKS || (offset >= LONGEST && !matches!(c, '\u{300}'..='\u{36f}'));
        if offset > 0 && (stops || turned || long) {
            return here;
        }
    }
    end
}

/// Whether a character makes its text run from right to left.
pub fn runs_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff
        | 0x1e800..=0x1efff | 0x200f | 0x202b | 0x202e | 0x2067)
}

/// Spaces of fixed width, in parts of an em.
pub fn fixed_space(c: char, size: Length) -> Length {
    let (part, whole) = match c {
        '\u{2000}' | '\u{2002}' => (1, 2),
        '\u{2001}' | '\u{2003}' | '\u{3000}' => (1, 1),
        '\u{2004}' => (1, 3),
        '\u{2005}' => (1, 4),
        '\u{2006}' => (1, 6),
        '\u{2007}' => (1, 2),
        '\u{2008}' => (1, 4),
        '\u{2009}' => (1, 6),
        '\u{200a}' => (1, 12),
        // U+202F, narrow no-break space.
        _ => (1, 6),
    };
    size.scale(part, whole)
}

/// A picture in a line is as high as a capital and a little more, and no wider than the measure.
pub fn picture_size(attributes: &SpanLook, pictures: &[NamedPicture], spec: &ParagraphSpec) -> Size {
    let height = attributes.size;
    let picture = attributes.picture.and_then(|id| pictures.get(id.0 as usize)).map(|p| &p.picture);
    let (wide, high) = picture.map_or((1, 1), |p| p.extent());
    let (wide, high) = (i64::from(wide.max(1)), i64::from(high.max(1)));
    let width = height.scale(wide, high);
    if width <= spec.measure {
        return Size { width, height };
    }
    let width = Length(spec.measure.0.max(1));
    Size { width, height: width.scale(high, wide) }
}
