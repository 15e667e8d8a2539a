//! Designs by name: sets of values that belong together, each of which a manifest may override.
//!
//! A preset says everything that `[design]` can say, and the bounds inside which `fit` may vary it. The
//! numbers come from looking at pages and, for readers with low vision or dyslexia, from guidance that
//! their own organisations publish:
//!
//! - *Large print*: UK Association for Accessible Formats, *Creating clear print and large print
//!   documents* (G003), and RNIB, *Clear print guidelines*: at least 16 pt and better 18, in a sans serif,
//!   page numbers and notes as large as the text, ragged on the right, no divided words, no italics,
//!   a blank line between paragraphs. American Printing House for the Blind, *Guidelines for the
//!   development of documents in large print*: 18 pt, leading of at least a quarter more than the size.
//! - *Dyslexia-friendly*: British Dyslexia Association, *Dyslexia style guide*: 12 to 14 pt or larger in
//!   a plain sans serif, one and a half lines' leading, letters and words further apart, ragged on the
//!   right, no divided words, bold for stress instead of italics, lines of 60 to 70 characters at most,
//!   space between paragraphs. One wish is not
//!   followed to the letter: the guide asks for about 35 % of a letter's width between letters, which pulls
//!   the words of a printed page apart; a tenth of a letter is taken. `letter-spacing` changes it.

use serde::Deserialize;

use crate::length::{Length, Size};
use crate::manifest::{ChapterStart, Figures, Indent, NotesPlace, Stress};

/// The presets by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PresetName {
    /// A book page: serif, justified, Tschichold's margins made narrower for stapled booklets.
    Classic,
    /// Sans serif, ragged, wide outer margins.
    Modern,
    /// For readers with low vision.
    LargePrint,
    /// For readers with dyslexia.
    DyslexiaFriendly,
    /// A narrow page for a sheet of A4 folded in three: small type, nothing but the text.
    Leaflet,
}

/// Margins as they are on A5 (148 × 210 mm), in millimetres; on other pages in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canon {
    /// At the spine.
    pub inner: i64,
    /// At the fore edge.
    pub outer: i64,
    /// Above the first line.
    pub top: i64,
    /// Below the last line.
    pub bottom: i64,
    /// The longest line that still reads well, in ems of the text; wider pages get wider margins.
    pub widest: i64,
}

/// Inside which bounds a design may be varied and stay what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Type sizes of the text, in hundredths of a point.
    pub size: (i64, i64),
    /// Leadings, in thousandths of the type size.
    pub leading: (i64, i64),
    /// Margins, in hundredths of the design's own.
    pub margins: (i64, i64),
}

/// A design, whole.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Width and height of the page, in millimetres.
    pub page: (i64, i64),
    /// The text's family.
    pub font: &'static str,
    /// Type size, in hundredths of a point.
    pub size: i64,
    /// Leading, in hundredths of a point.
    pub leading: i64,
    /// The smallest type of notes, heads and tables, in hundredths of a point.
    pub smallest: i64,
    /// Space between letters, in thousandths of the type size.
    pub letter_space: i64,
    /// Margins.
    pub canon: Canon,
    /// How stress is shown.
    pub stress: Stress,
    /// Figures in text.
    pub figures: Figures,
    /// Even right edges.
    pub justify: bool,
    /// Words may be divided.
    pub hyphenate: bool,
    /// How paragraphs are told apart.
    pub indent: Indent,
    /// Where chapters begin.
    pub chapter_start: ChapterStart,
    /// Where notes stand.
    pub notes: NotesPlace,
    /// Whether there are contents, a title page and running heads.
    pub furniture: (bool, bool, bool),
    /// What `fit` may do.
    pub bounds: Bounds,
}

/// A serif for long reading.
const SERIF: &str = "Libertinus Serif";
/// A sans serif whose letters are hard to mistake for each other, made for readers with low vision.
const SANS: &str = "Atkinson Hyperlegible Next";

impl PresetName {
    /// Its values.
    pub const fn values(self) -> &'static Preset {
        match self {
            Self::Classic => &CLASSIC,
            Self::Modern => &MODERN,
            Self::LargePrint => &LARGE_PRINT,
            Self::DyslexiaFriendly => &DYSLEXIA_FRIENDLY,
            Self::Leaflet => &LEAFLET,
        }
    }
}

impl Preset {
    /// Its page.
    pub fn page(&self) -> Size {
        Size::mm(self.page.0 as f64, self.page.1 as f64)
    }
}

/// Hundredths of a point as a length.
pub fn hundredths(of_a_point: i64) -> Length {
    Length(of_a_point * Length::PER_POINT / 100)
}

const CLASSIC: Preset = Preset {
    page: (148, 210),
    font: SERIF,
    size: 1050,
    leading: 1400,
    smallest: 600,
    letter_space: 0,
    canon: Canon { inner: 18, outer: 14, top: 20, bottom: 22, widest: 36 },
    stress: Stress::Italic,
    figures: Figures::OldStyle,
    justify: true,
    hyphenate: true,
    indent: Indent::FirstLine,
    chapter_start: ChapterStart::Page,
    notes: NotesPlace::Foot,
    furniture: (true, true, true),
    bounds: Bounds { size: (950, 1250), leading: (1250, 1450), margins: (80, 120) },
};

/// What all sans serif designs share: lines end where words do.
const RAGGED_SANS: Preset = Preset { font: SANS, figures: Figures::Lining, justify: false, ..CLASSIC };

const MODERN: Preset = Preset {
    size: 900,
    leading: 1350,
    canon: Canon { inner: 18, outer: 24, top: 20, bottom: 24, widest: 34 },
    bounds: Bounds { size: (850, 1050), leading: (1400, 1600), margins: (80, 120) },
    ..RAGGED_SANS
};

/// What helps eyes that tire or letters that swim: whole words, no italics, paragraphs apart.
const EASY: Preset = Preset { stress: Stress::Bold, hyphenate: false, indent: Indent::Space, ..RAGGED_SANS };

const LARGE_PRINT: Preset = Preset {
    size: 1800,
    leading: 2400,
    smallest: 1600,
    canon: Canon { inner: 16, outer: 14, top: 23, bottom: 19, widest: 36 },
    bounds: Bounds { size: (1600, 2000), leading: (1250, 1450), margins: (80, 115) },
    ..EASY
};

const DYSLEXIA_FRIENDLY: Preset = Preset {
    size: 1250,
    leading: 1875,
    smallest: 1200,
    letter_space: 50,
    canon: Canon { inner: 18, outer: 15, top: 20, bottom: 22, widest: 34 },
    bounds: Bounds { size: (1200, 1400), leading: (1450, 1600), margins: (80, 120) },
    ..EASY
};

const LEAFLET: Preset = Preset {
    page: (99, 210),
    size: 875,
    leading: 1225,
    canon: Canon { inner: 14, outer: 14, top: 14, bottom: 18, widest: 36 },
    chapter_start: ChapterStart::RunOn,
    notes: NotesPlace::End,
    furniture: (false, false, false),
    bounds: Bounds { size: (800, 1050), leading: (1300, 1500), margins: (75, 125) },
    ..RAGGED_SANS
};
