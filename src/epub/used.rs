//! Which characters are set in which style: what the embedded faces must hold.

use crate::face::FaceStyle;

/// A set of characters: one bit each, grown as needed.
#[derive(Debug, Clone, Default)]
pub struct Characters(Vec<u64>);

impl Characters {
    /// Adds every character of a text.
    pub fn add(&mut self, text: &str) {
        for c in text.chars() {
            let (word, bit) = (u32::from(c) as usize / 64, u32::from(c) % 64);
            if word >= self.0.len() {
                self.0.resize(word + 1, 0);
            }
            self.0[word] |= 1 << bit;
        }
    }

    /// All of them, in order of code point.
    pub fn iter(&self) -> impl Iterator<Item = char> {
        (0_u32..).step_by(64).zip(&self.0).flat_map(|(first, bits)| {
            (0..64)
                .filter(move |bit| bits & (1 << bit) != 0)
                .filter_map(move |bit| char::from_u32(first + bit))
        })
    }
}

/// The characters used in each of the four styles.
#[derive(Debug, Clone, Default)]
pub struct Used([Characters; 4]);

/// The four styles, in the order of [`Used`].
pub const STYLES: [FaceStyle; 4] = [
    FaceStyle { bold: false, italic: false },
    FaceStyle { bold: false, italic: true },
    FaceStyle { bold: true, italic: false },
    FaceStyle { bold: true, italic: true },
];

impl Used {
    /// Notes that a text is set in a style.
    pub fn add(&mut self, style: FaceStyle, text: &str) {
        self.0[usize::from(style.bold) * 2 + usize::from(style.italic)].add(text);
    }

    /// The styles with their characters.
    pub fn iter(&self) -> impl Iterator<Item = (FaceStyle, &Characters)> {
        STYLES.into_iter().zip(&self.0)
    }
}
