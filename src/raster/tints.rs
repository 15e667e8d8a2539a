//! The colours of a picture of few colours, by number: paper, inks, and the tones of edges between them.
//!
//! A pixel is a number, and to lay ink over it is to look up what it becomes. So a picture in colour takes
//! no more room or time than a gray one, and is packed as it is.

use super::samples::{Samples, mix};

/// Tones from none of an ink to all of it, and steps between them: all that smooth edges need on a large
/// picture.
const TONES: usize = 8;
const STEPS: f32 = (TONES - 1) as f32;

/// Most inks; what is drawn in more is drawn in the nearest.
const MOST_INKS: usize = 32;

/// Not mixed yet.
const UNKNOWN: u16 = u16::MAX;

/// Numbered colours.
pub(super) struct Tints {
    /// By number; paper is 0. At most 256.
    colours: Vec<Samples>,
    inks: Vec<Tone>,
}

/// What pixels become under an ink: by tone, then by what they were.
struct Tone {
    colour: Samples,
    over: Box<[[u16; 256]; TONES]>,
}

impl Tints {
    /// White paper.
    pub fn new() -> Self {
        Self { colours: vec![[255; 3]], inks: Vec::new() }
    }

    /// All colours, by number.
    pub fn colours(&self) -> &[Samples] {
        &self.colours
    }

    /// Lays an ink over pixels, so much of each as is covered.
    pub fn lay(&mut self, pixels: &mut [u8], covers: &[f32], colour: Samples) {
        let ink = self.ink(colour);
        for (pixel, cover) in pixels.iter_mut().zip(covers) {
            let tone = ((cover * STEPS + 0.5) as usize).min(TONES - 1);
            if tone > 0 {
                let known = self.inks[ink].over[tone][usize::from(*pixel)];
                *pixel = u8::try_from(known).unwrap_or_else(|_| self.mixed(ink, tone, *pixel));
            }
        }
    }

    /// Covers pixels with all of an ink, whatever they were.
    pub fn cover(&mut self, pixels: &mut [u8], colour: Samples) {
        let ink = self.ink(colour);
        let number = self.mixed(ink, TONES - 1, 0);
        pixels.fill(number);
    }

    /// What a colour is among the inks.
    fn ink(&mut self, colour: Samples) -> usize {
        if let Some(found) = self.inks.iter().position(|ink| ink.colour == colour) {
            return found;
        }
        if self.inks.len() >= MOST_INKS {
            return nearest(self.inks.iter().map(|ink| ink.colour), colour);
        }
        self.inks.push(Tone { colour, over: Box::new([[UNKNOWN; 256]; TONES]) });
        self.inks.len() - 1
    }

    /// The number of a tone of an ink over what was there.
    fn mixed(&mut self, ink: usize, tone: usize, under: u8) -> u8 {
        let mut colour = self.colours.get(usize::from(under)).copied().unwrap_or([255; 3]);
        let ground = self.inks[ink].colour;
        colour.iter_mut().zip(ground).for_each(|(sample, ink)| mix(sample, ink, tone as f32 / STEPS));
        let found = self.colours.iter().position(|known| *known == colour);
        let number = found.unwrap_or_else(|| {
            if self.colours.len() > usize::from(u8::MAX) {
                return nearest(self.colours.iter().copied(), colour);
            }
            self.colours.push(colour);
            self.colours.len() - 1
        });
        let number = u8::try_from(number).unwrap_or(0);
        self.inks[ink].over[tone][usize::from(under)] = u16::from(number);
        number
    }
}

/// Which of some colours is nearest to one.
fn nearest(colours: impl Iterator<Item = Samples>, to: Samples) -> usize {
    let apart =
        |colour: Samples| -> u32 { (0..3).map(|i| u32::from(colour[i].abs_diff(to[i])).pow(2)).sum() };
    colours.enumerate().min_by_key(|(_, colour)| apart(*colour)).map_or(0, |(place, _)| place)
}
