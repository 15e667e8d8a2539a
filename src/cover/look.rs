//! Display type: how it looks, the room that it has, and what is set of it.

use crate::face::{FaceStyle, FamilyRole};
use crate::length::Length;
use crate::typeset::frame::Colour;
use crate::typeset::inline::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use crate::typeset::style::Style;

/// How display type looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub face: FaceStyle,
    pub forms: Letterforms,
    /// Space between letters, in thousandths of the size.
    pub spacing: i32,
    pub align: Alignment,
    pub colour: Colour,
    /// Distance of baselines, in hundredths of the size.
    pub leading: i64,
}

/// Where display type may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub measure: Length,
    pub height: Length,
    /// Smaller than this only if it cannot be helped.
    pub least: Length,
    pub most: Length,
    /// Lines at most, unless it cannot be helped.
    pub lines: usize,
}

/// Words in lines.
pub(crate) struct Set {
    pub lines: Vec<Line>,
    pub size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// From the top of the capitals to the first baseline.
    pub rise: Length,
    /// From the last baseline to where nothing hangs lower.
    pub drop: Length,
}

impl Set {
    /// From the top of the first line's capitals to the foot of the last line's descenders.
    pub fn height(&self) -> Length {
        let between = (self.lines.len() as i64 - 1).max(0);
        if self.lines.is_empty() { Length::ZERO } else { self.rise + self.leading * between + self.drop }
    }
}

/// Type is measured at this size, and everything else is computed from it.
pub(crate) const MEASURED: Length = Length::pt(100);

impl Look {
    /// The look as the setter wants it.
    pub fn spec(&self, measure: Length, size: Length) -> ParagraphSpec {
        ParagraphSpec {
            measure,
            first_indent: Length::ZERO,
            hang: Length::ZERO,
            align: self.align,
            style: self.face,
            size,
            forms: self.forms,
            letter_space: self.spacing,
            hyphenate: false,
            colour: self.colour,
        }
    }

    /// How high capitals stand above the baseline, and how far type hangs under it, at a size.
    pub fn extent(&self, style: &Style, text: &str, size: Length) -> (Length, Length) {
        if text.chars().any(is_tall) {
            return (size.scale(88, 100), size.scale(32, 100));
        }
        let role = if self.forms.display { FamilyRole::Display } else { FamilyRole::Text };
        let face = style.faces.candidates(role, self.face).first().copied();
        let metrics = face.map(|face| style.faces.get(face).metrics).unwrap_or_default();
        let capitals = Length::from_units(metrics.cap_height.into(), metrics.upem.into(), size);
        let hangs = |c: char| c.is_lowercase() || ",;()[]{}QÇŞŢ„‚".contains(c);
        let drop = if text.chars().any(hangs) { size.scale(24, 100) } else { size.scale(3, 100) };
        (capitals.max(size / 2), drop)
    }
}

/// Letters of scripts that stand higher or hang lower than Latin capitals.
pub(crate) fn is_tall(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) > 0x52f && !matches!(u32::from(c), 0x1e00..=0x1fff)
}

/// Nothing.
pub(crate) fn empty(look: &Look) -> Set {
    let leading = MEASURED.scale(look.leading, 100);
    Set { lines: Vec::new(), size: MEASURED, leading, rise: Length::ZERO, drop: Length::ZERO }
}

/// Words with single spaces between them; spaces that hold words together stay.
pub(crate) fn spaced(text: &str) -> String {
    let words = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
