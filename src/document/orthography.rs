//! Orthography: the marks that a language's printers use, in place of what a keyboard offers.
//!
//! Comes in: the inlines of each paragraph, heading or cell as one stream of characters, across the
//! borders of emphasis and links. Goes out: the same words with the language's quotation marks,
//! apostrophes, dashes, ellipses and no-break spaces. Never touched: code, keys, addresses. Letters and
//! digits never change; running the rules on their own output changes nothing. Marks that are already
//! typographic stay; only the spaces around them are set right.
//!
//! The steps, each a file: `stream` (inlines → characters and back), `dashes` (hyphens, ranges, ellipses),
//! `quotes` and `pairing` (which straight mark opens and which closes), `spaces` (what stands before and after
//! punctuation), `binding` (what a line may not part). `language` says what each language wants.

mod binding;
mod dashes;
mod language;
mod pairing;
mod quotes;
mod spaces;
mod stream;

pub use language::Rules;

use super::block::BlockPartMut;
use super::inline::plain_text;
use super::raw::{Block, BlockKind, Inline, InlineKind};
use super::walk;
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::language::Language;
use stream::{Sign, Stream};

/// Applies a language's orthography to a text without markup, such as a title.
pub fn apply_plain(text: &str, language: &Language) -> String {
    plain(text, &Rules::of(language))
}

/// Likewise, with the rules at hand.
pub(super) fn plain(text: &str, rules: &Rules) -> String {
    let (signs, ..) = set(stream::of_text(text), rules, None);
    signs.iter().map(|sign| sign.c).filter(|c| *c != stream::MARK).collect()
}

/// Every step in order. `around` is the mark of a quotation that an earlier paragraph opened. The second
/// value are the places of straight quotation marks without a partner, the third is the typographic mark that
/// is still open at the end.
fn set(
    signs: Vec<Sign>,
    rules: &Rules,
    around: Option<char>,
) -> (Vec<Sign>, Vec<quotes::Lone>, Option<char>) {
    let signs = stream::fold_spaces(signs);
    let signs = dashes::ellipses(signs);
    let (signs, lone, open) = quotes::set(signs, rules, around);
    let signs = dashes::dashes(signs, rules);
    let mut signs = spaces::set(signs, rules);
    binding::bind(&mut signs, rules);
    (signs, lone, open)
}

/// Applies the rules to the blocks of one file.
pub(super) struct Scribe<'a> {
    rules: &'a Rules,
    source: &'a str,
    report: &'a mut Report,
    /// The mark of a quotation that an earlier paragraph opened and a later one closes.
    around: Option<char>,
    /// The typographic mark that the last run left open.
    left_open: Option<char>,
}

impl<'a> Scribe<'a> {
    pub fn new(rules: &'a Rules, source: &'a str, report: &'a mut Report) -> Self {
        Self { rules, source, report, around: None, left_open: None }
    }

    /// Sets every run of inlines in the blocks, and the words in the place of pictures.
    pub fn blocks(&mut self, blocks: &mut [Block]) {
        walk::blocks(blocks, &mut |block| {
            if let BlockKind::Figure { alt, .. } = &mut block.kind {
                *alt = plain(alt, self.rules);
            }
        });
        self.siblings(blocks);
    }

    fn siblings(&mut self, blocks: &mut [Block]) {
        // For each block, whether it or one after it closes a quotation that it did not open.
        let mut closed_later = vec![false; blocks.len() + 1];
        for (at, block) in blocks.iter().enumerate().rev() {
            closed_later[at] = closed_later[at + 1] || self.closes_more(block);
        }
        let mut around = None;
        for at in 0..blocks.len() {
            if !closed_later[at] {
                around = None;
            }
            self.around = around;
            self.left_open = None;
            // A quotation of several paragraphs opens each of them and closes only the last.
            let goes_on = blocks.get(at + 1).is_some_and(begins_with_quote);
            if let BlockKind::Verse(lines) = &mut blocks[at].kind {
                self.verse(lines, goes_on);
            } else {
                // What is in a term or a cell ends there.
                let apart = matches!(blocks[at].kind, BlockKind::Definitions(_) | BlockKind::Table(_));
                for part in blocks[at].parts_mut() {
                    match part {
                        BlockPartMut::Run(run) => self.run(run, goes_on && !apart),
                        BlockPartMut::Blocks(inner) => self.siblings(inner),
                        BlockPartMut::Node(_) => {}
                    }
                }
            }
            if let BlockKind::Paragraph(_) | BlockKind::Verse(_) = blocks[at].kind {
                around = self.left_open;
            }
            self.around = None;
        }
    }

    /// Whether a paragraph has more typographic marks that close than that open.
    fn closes_more(&self, block: &Block) -> bool {
        let text = match &block.kind {
            BlockKind::Paragraph(content) => plain_text(content),
            BlockKind::Verse(lines) => lines.iter().map(|line| plain_text(line)).collect(),
            _ => return false,
        };
        let count = |opens| {
            text.chars()
                .filter(|c| {
                    matches!(c, '“' | '”' | '„' | '«' | '»') && self.rules.direction(*c) == Some(opens)
                })
                .count()
        };
        count(false) > count(true)
    }

    fn run(&mut self, run: &mut [Inline], goes_on: bool) {
        let stream = Stream::of(&[&*run]);
        let (signs, lone, open) = set(stream.signs, self.rules, self.around.take());
        self.left_open = open;
        self.tell(&lone, &stream.spans, goes_on);
        stream::put_back(&mut [&mut *run], &signs);
        self.foreign(run);
    }

    /// Words of other languages inside a run, by the rules of their own.
    fn foreign(&mut self, run: &mut [Inline]) {
        for inline in run {
            let InlineKind::Foreign { language, content } = &mut inline.kind else {
                if let Some(content) = inline.kind.content_mut() {
                    self.foreign(content);
                }
                continue;
            };
            let rules = Rules::of(language);
            let edges = stream::edges(content);
            let stream = Stream::of(&[&*content]);
            let (signs, lone, _) = set(stream.signs, &rules, None);
            self.tell(&lone, &stream.spans, false);
            stream::put_back(&mut [&mut *content], &signs);
            stream::keep_edges(content, edges);
            self.foreign(content);
        }
    }

    /// The lines of a verse are one stream: a quotation may run over them.
    fn verse(&mut self, lines: &mut [Vec<Inline>], goes_on: bool) {
        let shared: Vec<&[Inline]> = lines.iter().map(Vec::as_slice).collect();
        let stream = Stream::of(&shared);
        let (signs, lone, open) = set(stream.signs, self.rules, self.around.take());
        self.left_open = open;
        self.tell(&lone, &stream.spans, goes_on);
        let mut slices: Vec<&mut [Inline]> = lines.iter_mut().map(Vec::as_mut_slice).collect();
        stream::put_back(&mut slices, &signs);
        lines.iter_mut().for_each(|line| self.foreign(line));
    }

    fn tell(&mut self, lone: &[quotes::Lone], spans: &[Span], goes_on: bool) {
        let mut finder = Finder::default();
        for mark in lone {
            if mark.opens && mark.first && goes_on {
                continue;
            }
            let (what, hint) = if mark.opens {
                ("opens and is never closed", "add the closing mark where the quotation ends")
            } else {
                ("closes what was never opened", "add the opening mark where the quotation begins")
            };
            let place = spans.get(mark.piece as usize).map(|span| finder.locate(self.source, mark, *span));
            self.report.push(
                Diagnostic::warning(codes::D007, format!("this quotation mark {what} in its paragraph"))
                    .at_opt(place)
                    .hint(hint)
                    .hint("or write the mark you mean itself, such as “ or ”: those are kept as written"),
            );
        }
    }
}

fn begins_with_quote(block: &Block) -> bool {
    let text = match &block.kind {
        BlockKind::Paragraph(content) => plain_text(content),
        BlockKind::Verse(lines) => lines.first().map_or_else(String::new, |line| plain_text(line)),
        _ => return false,
    };
    text.trim_start().starts_with(['"', '“', '«', '„', '»'])
}

/// Finds marks in the source of pieces of text. Goes on from the mark found last: a paragraph may have
/// thousands of them.
#[derive(Default)]
struct Finder {
    /// The piece, how many marks of it stand before a byte, and that byte.
    last: Option<(u32, u32, usize)>,
}

impl Finder {
    /// Where a straight mark stands, in the place `span` of its piece.
    fn locate(&mut self, source: &str, mark: &quotes::Lone, span: Span) -> Span {
        let &quotes::Lone { piece, ordinal, .. } = mark;
        let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
        let known = self.last.filter(|(at, passed, _)| *at == piece && *passed <= ordinal);
        let (_, passed, from) = known.unwrap_or((piece, 0, 0));
        let rest = written.get(from..).unwrap_or("");
        let Some((at, _)) = rest.match_indices('"').nth((ordinal - passed) as usize) else { return span };
        self.last = Some((piece, ordinal, from + at));
        let start = span.start + Span::byte(from + at);
        Span { start, end: start + 1, ..span }
    }
}
