//! Inlines → one text with attributes.
//!
//! Comes in: the inlines of a block, or plain text. Goes out: a [`Flat`]: the characters in reading
//! order, and for each span of them how they look and whom they belong to. White space is tidied here:
//! runs of spaces become one, none stands at the ends or beside a break. Nesting is walked with a stack
//! of its own, so depth costs no more than memory.

use crate::booklet::NamedPicture;
use crate::diagnostic;
use crate::document::{Inline, InlineKind, NodeId, NoteCall, NoteId, Target};
use crate::face::{FaceMetrics, FaceStyle, Faces, FamilyRole};
use crate::language::Language;
use crate::length::Length;
use crate::manifest::Stress;
use crate::picture::PictureId;

use super::paragraph::ParagraphSpec;
use super::shape::Features;
use crate::typeset::frame::Owner;

/// How a span of text looks and whom it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanLook {
    /// Whom it belongs to.
    pub owner: Owner,
    /// Where it is written.
    pub source: Option<diagnostic::Span>,
    /// Text or code.
    pub role: FamilyRole,
    /// Weight and slant.
    pub style: FaceStyle,
    /// OpenType features.
    pub features: Features,
    /// Index into [`Flat::languages`] of another language than the booklet's.
    pub language: Option<u32>,
    /// Space added after each letter, in thousandths of the size.
    pub letter_space: i32,
    /// Type size.
    pub size: Length,
    /// How far above the baseline.
    pub rise: Length,
    /// Index into [`Flat::links`].
    pub link: Option<u32>,
    /// A rule under it.
    pub underline: bool,
    /// A rule through it.
    pub strike: bool,
    /// A note's mark.
    pub mark: Option<CallMark>,
    /// A picture in place of the text (one U+FFFC).
    pub picture: Option<PictureId>,
}

/// The mark of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallMark {
    /// Which note.
    pub note: NoteId,
    /// The mark as a node.
    pub node: NodeId,
    /// Whether it is the note's first mark.
    pub first: bool,
}

/// Text with attributes.
#[derive(Debug, Default)]
pub struct Flat<'d> {
    /// The characters. A line feed is a break that stays, U+FFFC a picture.
    pub text: String,
    /// Where spans begin, rising, and which attributes they have; each reaches to the next.
    pub spans: Vec<(u32, u32)>,
    /// The attributes that spans name.
    pub attributes: Vec<SpanLook>,
    /// Where links go.
    pub links: Vec<&'d Target>,
    /// The languages that words of the text are in.
    pub languages: Vec<&'d Language>,
    /// Byte offsets where the text itself allows a hyphen (soft hyphens, taken out), rising.
    pub soft: Vec<u32>,
}

/// What flattening needs to know beside the inlines.
pub struct Context<'d> {
    /// The faces, for the heights of code and raised text.
    pub faces: &'d Faces,
    /// Printed marks, by note.
    pub marks: &'d [String],
    /// Pictures.
    pub pictures: &'d [NamedPicture],
    /// How stress is shown.
    pub stress: Stress,
}

/// Size of raised and lowered text, and how far it is moved, in thousandths of the size around it.
const SCRIPT: (i64, i64, i64) = (680, 330, -140);
/// Size of a symbol that stands for a note, and how far it is raised, in thousandths of the size around it.
const SYMBOL: (i64, i64) = (720, 280);
/// Space after each letter of small capitals, in thousandths of the size: capitals want a little.
const SMALL_CAPS_SPACE: i32 = 25;
/// Size of `<small>`, in thousandths.
const SMALL: i64 = 850;

impl<'d> Flat<'d> {
    /// Gives some bytes of the text, which must lie in the first span, attributes of their own.
    pub fn enlarge(&mut self, bytes: std::ops::Range<usize>, attributes: SpanLook) {
        let Some((0, around)) = self.spans.first().copied() else { return };
        let index = self.attributes.len() as u32;
        self.attributes.push(attributes);
        let (start, end) = (bytes.start as u32, bytes.end as u32);
        if self.spans.get(1).is_none_or(|(next, _)| *next > end) {
            self.spans.insert(1, (end, around));
        }
        self.spans.insert(1, (start, index));
        if start == 0 {
            self.spans.remove(0);
        }
    }

    /// Text that is all in capitals takes the forms of other characters that suit them.
    pub fn suit_capitals(&mut self) {
        let mut capitals = 0;
        for c in self.text.chars() {
            if c.is_lowercase() {
                return;
            }
            capitals += usize::from(c.is_uppercase());
        }
        if capitals > 1 {
            for own in
                self.attributes.iter_mut().filter(|own| own.role != FamilyRole::Code && own.mark.is_none())
            {
                own.features = own.features.with(Features::CASE, true).without(Features::OLD_STYLE);
            }
        }
    }

    /// Another language than the booklet's.
    pub fn other_language(&self, attributes: &SpanLook) -> Option<&'d Language> {
        self.languages.get(attributes.language? as usize).copied()
    }

    /// The index of a language.
    fn language(&mut self, language: &'d Language) -> Option<u32> {
        let found = self.languages.iter().position(|known| *known == language);
        // More languages than this are in no paragraph; the rest are set as the booklet's own.
        if found.is_none() && self.languages.len() > usize::from(u8::MAX) {
            return None;
        }
        let index = found.unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        u32::try_from(index).ok()
    }

    /// The attributes of a byte of the text.
    pub fn at(&self, byte: u32) -> Option<&SpanLook> {
        let span = self.spans.partition_point(|(start, _)| *start <= byte).checked_sub(1)?;
        self.attributes.get(self.spans[span].1 as usize)
    }

    /// Takes in inlines.
    pub fn inlines(&mut self, inlines: &'d [Inline], base: SpanLook, context: &Context<'d>) {
        let mut stack = vec![(inlines.iter(), base)];
        while let Some((rest, around)) = stack.last_mut() {
            let around = *around;
            let Some(inline) = rest.next() else {
                stack.pop();
                continue;
            };
            let mut own = SpanLook { owner: Owner::Node(inline.id), source: Some(inline.span), ..around };
            match &inline.kind {
                InlineKind::Text(text) => {
                    // Text has a node of its own, but belongs to the element that holds it.
                    self.words(text, SpanLook { owner: around.owner, ..own });
                }
                InlineKind::Code(text) => {
                    own.code(context.faces);
                    self.words(text, own);
                }
                InlineKind::Break => self.line_feed(around),
                InlineKind::Emphasis(content) => {
                    match context.stress {
                        Stress::Italic => own.style.italic = !own.style.italic,
                        Stress::Bold => own.style.bold = true,
                    }
                    stack.push((content.iter(), own));
                }
                InlineKind::Strong(content) => {
                    own.style.bold = true;
                    stack.push((content.iter(), own));
                }
                InlineKind::Strike(content) => {
                    own.strike = true;
                    stack.push((content.iter(), own));
                }
                InlineKind::Underline(content) => {
                    own.underline = true;
                    stack.push((content.iter(), own));
                }
                InlineKind::Superscript(content) => {
                    own.shift(SCRIPT.1);
                    stack.push((content.iter(), own));
                }
                InlineKind::Subscript(content) => {
                    own.shift(SCRIPT.2);
                    stack.push((content.iter(), own));
                }
                InlineKind::Small(content) => {
                    own.size = own.size.scale(SMALL, 1000);
                    stack.push((content.iter(), own));
                }
                InlineKind::Keyboard(content) => {
                    own.code(context.faces);
                    stack.push((content.iter(), own));
                }
                InlineKind::SmallCaps(content) => {
                    own.small_caps(content);
                    stack.push((content.iter(), own));
                }
                InlineKind::Foreign { language, content } => {
                    own.language = self.language(language);
                    stack.push((content.iter(), own));
                }
                InlineKind::Link { target, content } => {
                    own.link = u32::try_from(self.links.len()).ok();
                    self.links.push(target);
                    stack.push((content.iter(), own));
                }
                InlineKind::NoteMark(NoteCall { note, repeat }) => {
                    own.mark = Some(CallMark { note: *note, node: inline.id, first: *repeat == 0 });
                    own.features = Features::SUPERIOR;
                    own.underline = false;
                    own.strike = false;
                    // A mark sticks to its word, whatever the source left between them.
                    self.trim();
                    let mark = context.marks.get(note.0 as usize).map_or("*", String::as_str);
                    if !mark.bytes().all(|b| b.is_ascii_digit()) {
                        own.symbol(mark);
                    }
                    self.push_str(mark, own);
                }
                InlineKind::Picture { picture, alt } => match picture {
                    Some(id) if context.pictures.get(id.0 as usize).is_some() => {
                        own.picture = Some(*id);
                        self.push('\u{fffc}', own);
                    }
                    _ => self.words(alt, own),
                },
            }
        }
        self.finish();
    }

    /// Takes in plain text.
    pub fn plain(&mut self, text: &str, base: SpanLook) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_feed(base);
            }
            self.words(line, base);
        }
        self.finish();
    }

    /// Takes in text as it is, spaces and all; line feeds break.
    pub fn verbatim(&mut self, text: &str, base: SpanLook) {
        let mut column = 0;
        for c in text.chars() {
            column = if c == '\n' { 0 } else { column + 1 };
            match c {
                '\n' => self.push('\n', base),
                '\t' => {
                    // To the next multiple of four columns, as most editors show it.
                    self.push('\u{a0}', base);
                    while column % 4 != 0 {
                        self.push('\u{a0}', base);
                        column += 1;
                    }
                }
                // Spaces that may not be broken at keep their place at the start of a line.
                ' ' => self.push('\u{a0}', base),
                c if c.is_control() => {}
                c => self.push(c, base),
            }
        }
    }

    fn words(&mut self, text: &str, attributes: SpanLook) {
        if text.is_empty() {
            return;
        }
        self.begin(attributes);
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                        self.text.push(' ');
                    }
                }
                '\u{ad}' => self.soft.push(self.text.len() as u32),
                c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {}
                c => self.text.push(c),
            }
        }
    }

    fn push(&mut self, c: char, attributes: SpanLook) {
        self.begin(attributes);
        self.text.push(c);
    }

    fn push_str(&mut self, text: &str, attributes: SpanLook) {
        self.begin(attributes);
        self.text.push_str(text);
    }

    fn line_feed(&mut self, attributes: SpanLook) {
        self.trim();
        self.push('\n', attributes);
    }

    fn trim(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.let_go();
    }

    fn finish(&mut self) {
        while self.text.ends_with([' ', '\n']) {
            self.text.pop();
        }
        self.let_go();
    }

    /// Forgets what was said about text that is gone again: spans and hyphens behind the end.
    fn let_go(&mut self) {
        let end = self.text.len() as u32;
        while self.spans.last().is_some_and(|(start, _)| *start > end) {
            self.spans.pop();
        }
        while self.soft.last().is_some_and(|at| *at > end) {
            self.soft.pop();
        }
    }

    /// The next characters have these attributes.
    fn begin(&mut self, attributes: SpanLook) {
        let start = self.text.len() as u32;
        while self.spans.last().is_some_and(|(at, _)| *at >= start) {
            self.spans.pop();
        }
        let same = |index: &u32| self.attributes.get(*index as usize) == Some(&attributes);
        if self.spans.last().is_some_and(|(_, index)| same(index)) {
            return;
        }
        // There are no more of them than bytes, which offsets of 32 bits count.
        self.spans.push((start, self.attributes.len() as u32));
        self.attributes.push(attributes);
    }
}

impl SpanLook {
    /// What the text of a paragraph looks like before emphasis.
    pub fn base(owner: Owner, spec: &ParagraphSpec, faces: &Faces) -> Self {
        let features = Features::default()
            .with(Features::SMALL_CAPS, spec.forms.small_caps)
            .with(Features::OLD_STYLE, spec.forms.old_style)
            .with(Features::TABULAR, spec.forms.tabular)
            .with(Features::APART, spec.letter_space != 0);
        let mut base = Self {
            owner,
            source: None,
            role: if spec.forms.display { FamilyRole::Display } else { FamilyRole::Text },
            style: spec.style,
            features,
            language: None,
            letter_space: spec.letter_space.clamp(-500, 5000),
            // No page is larger than this; more would only overflow sums.
            size: Length(spec.size.0.clamp(1, Length::pt(4000).0)),
            rise: Length::ZERO,
            link: None,
            underline: false,
            strike: false,
            mark: None,
            picture: None,
        };
        if spec.forms.code {
            base.code(faces);
        }
        base
    }

    /// Space after each letter.
    pub fn spacing(&self) -> i64 {
        self.size.scale(i64::from(self.letter_space), 1000).0
    }

    /// Switches to the code family, at the size where its x-height is that of the text around it.
    fn code(&mut self, faces: &Faces) {
        if self.role == FamilyRole::Code {
            return;
        }
        let metrics = |role| faces.candidates(role, self.style).first().map(|id| faces.get(*id).metrics);
        if let (Some(text), Some(code)) = (metrics(FamilyRole::Text), metrics(FamilyRole::Code)) {
            let height = |m: &FaceMetrics| i64::from(m.x_height.max(1)) * 1000 / i64::from(m.upem.max(1));
            let scale = (height(&text) * 1000 / height(&code).max(1)).clamp(700, 1000);
            self.size = self.size.scale(scale, 1000);
        }
        self.role = FamilyRole::Code;
        self.features = Features::APART;
    }

    /// Small capitals for the lower case; for capitals too if they are all that there is, as in CNT.
    fn small_caps(&mut self, content: &[Inline]) {
        let all = !crate::document::plain_text(content).chars().any(char::is_lowercase);
        self.features = self.features.with(Features::SMALL_CAPS, true).with(Features::CAPS_TOO, all);
        self.features = self.features.with(Features::APART, true);
        self.letter_space = self.letter_space.max(SMALL_CAPS_SPACE);
    }

    /// Symbols have no superior forms: an asterisk stands high as it is, the others are raised.
    fn symbol(&mut self, mark: &str) {
        self.features = Features::default();
        if !mark.starts_with('*') {
            self.rise += self.size.scale(SYMBOL.1, 1000);
            self.size = Length(self.size.scale(SYMBOL.0, 1000).0.max(1));
        }
    }

    fn shift(&mut self, part: i64) {
        self.rise += self.size.scale(part, 1000);
        self.size = Length(self.size.scale(SCRIPT.0, 1000).0.max(1));
    }
}
