//! What titles and headings look like: six levels and the opening of a chapter.
//!
//! The scale is small, as suits a pamphlet: one family, weight before size. Each heading with its space
//! takes whole lines, so that the text after it is on the grid again; levels 1 and 2 stand half a line
//! above it, nearer to what follows than to what is before.

use crate::document::{Chapter, NodeId, Target, plain_text};
use crate::face::FaceStyle;
use crate::length::Length;
use crate::manifest::{ChapterStart, Headings, Stress};

use super::piece::{Body, HeadMark, Piece};
use super::spacing::Spacing;
use crate::typeset::frame::{Colour, Destination};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, ParagraphSpec};
use crate::typeset::style::{Style, TextSize};

/// Space after each letter of small capitals in headings, in thousandths of the size.
const SPACED: i32 = 60;

/// How a title is set: bold, or in spaced small capitals; ragged, never hyphenated.
pub(crate) fn title_spec(style: &Style, size: TextSize) -> ParagraphSpec {
    let caps = style.typography.headings == Headings::SmallCaps;
    ParagraphSpec {
        measure: style.measure(),
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Start,
        style: FaceStyle { bold: !caps, italic: false },
        size: size.size,
        forms: Letterforms { small_caps: caps, ..Letterforms::default() },
        letter_space: if caps { SPACED.max(style.letter_space) } else { style.letter_space },
        hyphenate: false,
        colour: Colour::BLACK,
    }
}

/// How a heading is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadingLook {
    pub size: TextSize,
    pub face: FaceStyle,
    pub forms: Letterforms,
    pub letter_space: i32,
    /// Space inside the heading's own strip.
    pub above: Length,
    pub below: Length,
}

/// The look of a level, 1–6.
pub(crate) fn look(style: &Style, level: u8) -> HeadingLook {
    let text = style.text;
    let half = text.leading / 2;
    let bold = FaceStyle { bold: true, italic: false };
    let plain = FaceStyle::default();
    let italic = FaceStyle { bold: false, italic: true };
    let both = FaceStyle { bold: true, italic: true };
    let caps = Letterforms { small_caps: true, ..Letterforms::default() };
    let at = |percent: i64, face: FaceStyle, above: Length, below: Length| HeadingLook {
        size: TextSize { size: text.size.scale(percent, 100), leading: text.leading },
        face,
        forms: Letterforms::default(),
        letter_space: style.letter_space,
        above,
        below,
    };
    if style.typography.headings == Headings::SmallCaps {
        let spaced = |look: HeadingLook| HeadingLook {
            forms: caps,
            letter_space: SPACED.max(style.letter_space),
            ..look
        };
        let slanted = if style.stress == Stress::Bold { bold } else { italic };
        return match level {
            0 | 1 => spaced(at(115, plain, half + text.leading, half)),
            2 => spaced(at(100, plain, half, half)),
            3 => at(100, slanted, Length::ZERO, Length::ZERO),
            4 => spaced(at(92, plain, Length::ZERO, Length::ZERO)),
            5 => at(92, slanted, Length::ZERO, Length::ZERO),
            _ => at(92, plain, Length::ZERO, Length::ZERO),
        };
    }
    if style.stress == Stress::Bold && level > 3 {
        return at(100, bold, Length::ZERO, Length::ZERO);
    }
    match level {
        0 | 1 => at(130, bold, half + text.leading, half),
        2 => at(114, bold, half, half),
        3 => at(100, bold, Length::ZERO, Length::ZERO),
        4 => at(100, both, Length::ZERO, Length::ZERO),
        5 => at(100, italic, Length::ZERO, Length::ZERO),
        _ => HeadingLook { forms: caps, letter_space: 40, ..at(100, plain, Length::ZERO, Length::ZERO) },
    }
}

/// The title of a chapter, as a piece: set large at the head of its page, or smaller in the run of text.
pub(crate) fn opening<'d>(style: &Style, chapter: &'d Chapter) -> Option<Piece<'d>> {
    if chapter.title.is_empty() && chapter.number.is_none() {
        return None;
    }
    let title = plain_text(&chapter.title);
    let run_on = style.chapter_start == ChapterStart::RunOn;
    let size = title_size(style, title.chars().count(), run_on);
    let spec = title_spec(style, size);
    let line = style.text.leading;
    let byline = chapter.blocks.first().is_some_and(|b| b.classes.iter().any(|class| class == "byline"));
    let (gap, above, below) = match (run_on, byline) {
        (true, false) => (line * 2, Length::ZERO, line),
        (false, false) => (Length::ZERO, line * style.sink, line * 2),
        // The byline stands near the title, and the space after it.
        (true, true) => (line * 2, Length::ZERO, Length::ZERO),
        (false, true) => (Length::ZERO, line * style.sink, line),
    };
    let number = chapter.number.map(|n| n.to_string());
    let body = Body::Heading { number, inlines: &chapter.title, spec, size, above, below };
    Some(Piece {
        spacing: Spacing { stretch: u8::from(run_on), ..Spacing::barring(gap) },
        x: Length::ZERO,
        anchors: Vec::new(),
        markers: Vec::new(),
        mark: Some(mark(chapter, title)),
        node: chapter.title_id,
        body,
    })
}

fn mark(chapter: &Chapter, title: String) -> HeadMark {
    HeadMark {
        level: 0,
        title,
        short: chapter.short_title.clone(),
        to: Some(Destination::Target(Target::Chapter(chapter.slug.as_str().into()))),
        number: chapter.number,
    }
}

/// The heading of a section that the program adds: the notes at the end.
pub(crate) fn section<'d>(style: &Style, title: &str, node: NodeId, own_page: bool) -> Piece<'d> {
    let look = look(style, 2);
    let size = if own_page { title_size(style, title.chars().count(), false) } else { look.size };
    let line = style.text.leading;
    let spec = title_spec(style, size);
    let mark = HeadMark {
        level: if own_page { 0 } else { 2 },
        title: title.to_string(),
        short: None,
        to: None,
        number: None,
    };
    let gap = if own_page { Length::ZERO } else { line * 2 };
    Piece {
        spacing: Spacing::barring(gap),
        x: Length::ZERO,
        anchors: Vec::new(),
        markers: Vec::new(),
        mark: Some(mark),
        node,
        body: Body::Words {
            text: title.to_string(),
            spec,
            size: TextSize {
                size: size.size,
                leading: if own_page { line * (style.sink + 2) } else { line },
            },
        },
    }
}

/// The title of the chapter that the notes under it belong to.
pub(crate) fn group<'d>(style: &Style, title: &str, node: NodeId, follows_title: bool) -> Piece<'d> {
    let look = look(style, 3);
    let spec = ParagraphSpec {
        style: look.face,
        size: look.size.size,
        forms: look.forms,
        letter_space: look.letter_space,
        ..title_spec(style, look.size)
    };
    let gap = if follows_title { Length::ZERO } else { style.text.leading };
    Piece {
        spacing: Spacing { keep: follows_title, ..Spacing::barring(gap) },
        x: Length::ZERO,
        anchors: Vec::new(),
        markers: Vec::new(),
        mark: None,
        node,
        body: Body::Words { text: title.to_string(), spec, size: look.size },
    }
}

/// Longer titles are set smaller, so that none takes more than a few lines.
fn title_size(style: &Style, characters: usize, run_on: bool) -> TextSize {
    let percent = match characters {
        _ if run_on => 130,
        0..=48 => 180,
        49..=100 => 150,
        _ => 130,
    };
    let size = style.text.size.scale(percent, 100);
    // The block is rounded to whole lines anyway: its own lines need not be.
    TextSize { size, leading: style.text.leading.max(size.scale(118, 100)) }
}
