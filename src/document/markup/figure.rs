//! Pictures that stand alone in a paragraph, with what braces ask for them.
//!
//! Comes in: the inlines of a paragraph. Goes out: a figure, or several in a row, each with its caption and
//! its credit; none if the paragraph holds anything else. `![what it shows](p.jpg "Caption"){credit="…"}`:
//! braces right after a picture, or after a space, belong to it. `tests/spec/links-and-pictures.txt` has the
//! rules.

use super::attributes::{self, Attributes};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Report, Span};
use crate::document::raw::{Block, BlockKind, Image, ImageIndex, Inline, InlineKind};

/// Most pictures in a row: of more, none could be seen.
const MOST_IN_ROW: usize = 4;
/// Classes of a figure.
const CLASSES: [&str; 2] = ["plate", "bleed"];
/// Least and greatest width that may be asked for, in hundredths of the text's.
const WIDTHS: std::ops::RangeInclusive<u8> = 10..=100;

/// What is asked for a figure.
#[derive(Debug, Default)]
struct Wish {
    credit: Option<String>,
    width: Option<u8>,
    more: Attributes,
}

/// The figures that a paragraph is.
pub(in crate::document) fn blocks(
    span: Span,
    inlines: &[Inline],
    images: &[Image],
    report: &mut Report,
) -> Option<(Block, Attributes)> {
    let mut figures: Vec<(&Inline, Vec<(Span, &str)>)> = Vec::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Picture { .. } => figures.push((inline, Vec::new())),
            InlineKind::Text(text) if text.trim().is_empty() => {}
            InlineKind::Text(text) => {
                let (_, asked) = figures.last_mut()?;
                asked.push((inline.span, text.trim().strip_prefix('{')?.strip_suffix('}')?));
            }
            _ => return None,
        }
    }
    let braces = figures.iter().flat_map(|(_, asked)| asked);
    let is_list = |text: &str| !text.contains(['{', '}']) && !text.trim().is_empty();
    if figures.is_empty() || figures.len() > MOST_IN_ROW || !braces.clone().all(|(_, text)| is_list(text)) {
        return None;
    }
    let alone = figures.len() == 1;
    let mut blocks = Vec::new();
    let mut whole = Attributes::default();
    for (picture, asked) in figures {
        let mut wish = Wish::default();
        for (at, text) in asked {
            wish.read(text, at, alone, report);
        }
        let mut figure = figure(picture, &mut wish, images)?;
        if alone {
            figure.span = span;
            whole = std::mem::take(&mut wish.more);
        } else {
            wish.more.apply(&mut figure);
        }
        blocks.push(figure);
    }
    let only = if alone { blocks.pop() } else { None };
    Some((only.unwrap_or_else(|| Block::new(span, BlockKind::Row(blocks))), whole))
}

fn figure(picture: &Inline, wish: &mut Wish, images: &[Image]) -> Option<Block> {
    let InlineKind::Picture { picture: index @ ImageIndex(at), alt } = &picture.kind else { return None };
    let title = images.get(*at).map_or("", |image| image.title.as_str());
    let inline = |kind| Inline::new(picture.span, kind);
    let mut caption = Vec::new();
    if !title.trim().is_empty() {
        caption.push(inline(InlineKind::Text(title.to_owned())));
    }
    if let Some(credit) = wish.credit.take() {
        if !caption.is_empty() {
            caption.push(inline(InlineKind::Break));
        }
        let credit = vec![inline(InlineKind::Text(credit))];
        caption.push(inline(InlineKind::Small(credit)));
    }
    let kind = BlockKind::Figure { picture: *index, alt: alt.clone(), caption, width: wish.width };
    Some(Block::new(picture.span, kind))
}

impl Wish {
    fn read(&mut self, text: &str, at: Span, alone: bool, report: &mut Report) {
        let mut keys = Vec::new();
        for sign in signs(text) {
            if let Some(class) = sign.strip_prefix('.') {
                if !CLASSES.contains(&class) {
                    let near = nearest(class, CLASSES.into_iter());
                    let hint = near.map_or_else(
                        || {
                            "a figure is .plate, alone on its page, or .plate .bleed, to the page's edges"
                                .to_owned()
                        },
                        |near| format!("did you mean .{near}?"),
                    );
                    report.push(attributes::unknown(sign, at).hint(hint));
                } else if !alone {
                    let hint = "give it a paragraph of its own";
                    report.push(
                        attributes::warning(format!("a picture in a row cannot be {sign}"), at).hint(hint),
                    );
                } else {
                    self.more.classes.push(class.to_owned());
                    // What reaches the page's edges stands on a page of its own.
                    if class == "bleed" && !text.contains(".plate") {
                        self.more.classes.push("plate".to_owned());
                    }
                }
                continue;
            }
            match sign.split_once('=').map(|(key, value)| (key, value.trim_matches('"').trim())) {
                Some(("credit", value)) => self.credit = Some(value.to_owned()).filter(|v| !v.is_empty()),
                Some(("width", value)) => match width(value) {
                    Some(width) if alone => self.width = Some(width),
                    Some(_) => {
                        let what =
                            "pictures in a row share their height, so that none has a width of its own";
                        report.push(attributes::warning(what.to_owned(), at));
                    }
                    None => {
                        let what = format!("“{value}” is not a width for a picture");
                        let hint = "in hundredths of the text's width, from 10% to 100%: {width=60%}";
                        report.push(attributes::warning(what, at).hint(hint));
                    }
                },
                Some(("lang", value)) => keys.push(("lang", value)),
                _ => {
                    let hint = "a picture takes {credit=\"…\"}, {width=60%}, {.plate} and {.plate .bleed}";
                    let finding: Diagnostic = attributes::unknown(sign, at).hint(hint);
                    report.push(finding);
                }
            }
        }
        self.more.keys(&keys, at, report);
    }
}

fn width(value: &str) -> Option<u8> {
    value.strip_suffix('%')?.trim().parse().ok().filter(|width| WIDTHS.contains(width))
}

/// The signs between braces; spaces within quotation marks are part of one.
fn signs(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            found.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    found.push(&text[start..]);
    found.retain(|sign| !sign.is_empty());
    found
}
