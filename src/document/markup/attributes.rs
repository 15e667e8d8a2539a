//! Braces: `[words]{lang=fr}` in running text, `{.epigraph}` at the end of a paragraph.
//!
//! Comes in: the inlines of one element, and where brackets and braces stand in them that were not
//! escaped ([`Joint`]). Goes out: the inlines with spans in them, and what the braces at the end of a
//! paragraph ask for it. The signs inside braces are those of heading attributes: `.class`, `#name`,
//! `key=value`. Braces that hold anything else are text. `tests/spec/attributes.txt` has the rules.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::document::raw::{Block, BlockKind, Inline, InlineKind};
use crate::document::walk;
use crate::language::Language;

/// A bracket or an opening brace that was not escaped: in which inline, at which byte of its text.
#[derive(Debug, Clone, Copy)]
pub(in crate::document) struct Joint {
    pub inline: usize,
    pub at: usize,
}

/// What braces ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::document) struct Attributes {
    /// `lang=fr`
    pub language: Option<Language>,
    /// `.epigraph`, without the point.
    pub classes: Vec<String>,
}

/// Most bytes between braces: more is no list of attributes.
const LONGEST: usize = 200;
/// Spans in spans; deeper brackets are text.
const DEEPEST: usize = 4;
/// Classes of a span.
const OF_SPANS: &[&str] = &["smallcaps"];
/// Classes of a paragraph, or of the quotation that it ends.
const OF_PARAGRAPHS: &[&str] = &["epigraph", "byline"];

impl Attributes {
    /// `{lang=fr}` after a heading: its classes and its name are the parser's own.
    pub fn of_heading(keys: &[(String, Option<String>)], span: Span, report: &mut Report) -> Self {
        let written: Vec<(&str, &str)> =
            keys.iter().map(|(key, value)| (key.as_str(), value.as_deref().unwrap_or(""))).collect();
        let mut own = Self::default();
        own.keys(&written, span, report);
        own
    }

    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }

    /// Wraps some inlines in what is asked for.
    pub fn wrap(&self, mut content: Vec<Inline>, span: Span) -> Vec<Inline> {
        let around = |kind| vec![Inline::new(span, kind)];
        if self.has("smallcaps") {
            content = around(InlineKind::SmallCaps(content));
        }
        match &self.language {
            Some(language) => around(InlineKind::Foreign { language: language.clone(), content }),
            None => content,
        }
    }

    /// Gives a block what the braces at its end ask for it.
    pub fn apply(self, block: &mut Block) {
        if let Some(asked) = &self.language {
            let span = block.span;
            walk::runs(std::slice::from_mut(block), &mut |run| match run.as_mut_slice() {
                [] => {}
                // What is asked for last holds.
                [Inline { kind: InlineKind::Foreign { language, .. }, .. }] => language.clone_from(asked),
                _ => {
                    let kind = InlineKind::Foreign { language: asked.clone(), content: std::mem::take(run) };
                    *run = vec![Inline::new(span, kind)];
                }
            });
        }
        let own_classes = block.classes.clone();
        let quoted = matches!(block.kind, BlockKind::Quote(_));
        if !quoted && self.classes.iter().any(|class| class == "epigraph") {
            block.kind = BlockKind::Quote(vec![block.clone()]);
        }
        block.classes.extend(self.classes.into_iter().filter(|class| !own_classes.contains(class)));
    }

    pub fn keys(&mut self, keys: &[(&str, &str)], span: Span, report: &mut Report) {
        for (key, value) in keys {
            if *key != "lang" {
                let finding = unknown(&format!("{key}=…"), span).hint("braces know one key: {lang=fr}");
                report.push(finding);
                continue;
            }
            match Language::parse(value) {
                Ok(language) => self.language = Some(language),
                Err(why) => {
                    let message = format!("“{value}” is not a language tag");
                    report.push(Diagnostic::warning(codes::D015, message).at(span).hint(why.to_string()));
                }
            }
        }
    }
}

/// A finding about what braces hold.
pub(in crate::document) fn warning(what: String, span: Span) -> Diagnostic {
    Diagnostic::warning(codes::D015, what).at(span)
}

pub(in crate::document) fn unknown(what: &str, span: Span) -> Diagnostic {
    warning(format!("booklet does not know the attribute {what}"), span)
}

/// Reads what stands between braces; none if that is not a list of attributes.
fn read(text: &str, known: &[&str], span: Span, report: &mut Report) -> Option<Attributes> {
    let mut own = Attributes::default();
    let (mut keys, mut strange) = (Vec::new(), Vec::new());
    for sign in text.split_whitespace() {
        let name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        if let Some(class) = sign.strip_prefix('.').filter(|class| name(class)) {
            if known.contains(&class) {
                own.classes.push(class.to_owned());
            } else {
                strange.push(class);
            }
        } else if sign.strip_prefix('#').is_some_and(name) {
            strange.push(sign);
        } else if let Some((key, value)) = sign.split_once('=').filter(|(key, _)| name(key)) {
            keys.push((key, value.trim_matches('"')));
        } else {
            return None;
        }
    }
    if own.classes.is_empty() && keys.is_empty() && strange.is_empty() {
        return None;
    }
    for sign in strange {
        let finding = if sign.starts_with('#') {
            unknown(sign, span).hint("only headings have names: ## Heading {#name}")
        } else {
            let near = nearest(sign, known.iter().copied());
            let list = known.iter().map(|class| format!(".{class}")).collect::<Vec<_>>().join(" and ");
            let hint = near.map_or_else(
                || format!("here booklet knows {list}, and lang=…"),
                |class| format!("did you mean .{class}?"),
            );
            unknown(&format!(".{sign}"), span).hint(hint)
        };
        report.push(finding);
    }
    own.keys(&keys, span, report);
    Some(own)
}

/// Finds the signs in text just added to some inlines.
pub(in crate::document) fn find(
    inlines: &[Inline],
    text: &str,
    source: &str,
    span: Span,
    joints: &mut Vec<Joint>,
) {
    let Some((last, Inline { kind: InlineKind::Text(whole), .. })) = inlines.iter().enumerate().next_back()
    else {
        return;
    };
    let start = whole.len().saturating_sub(text.len());
    let escaped = escaped(source, span.start, text);
    for (at, _) in text.match_indices(['[', ']', '{']) {
        if at > 0 || !escaped {
            joints.push(Joint { inline: last, at: start + at });
        }
    }
}

/// The braces at the end of a heading, if they follow a bracket: the parser takes them for the
/// heading's, but they belong to the words in brackets. They are put back into the text.
pub(in crate::document) fn belongs_to_span(
    inlines: &mut [Inline],
    joints: &mut Vec<Joint>,
    source: &str,
    span: Span,
) -> bool {
    let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
    let last = inlines.len().saturating_sub(1);
    let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.last_mut() else { return false };
    let closing =
        joints.last().is_some_and(|joint| joint.inline == last && text.get(joint.at..) == Some("]"));
    let Some(at) = written.rfind("]{").filter(|_| closing) else { return false };
    let braces = written[at + 1..].trim_end_matches(|c: char| c == '#' || c.is_whitespace());
    if !braces.ends_with('}') || braces.matches(['{', '}']).count() != 2 {
        return false;
    }
    joints.push(Joint { inline: last, at: text.len() });
    text.push_str(braces);
    true
}

/// Whether the braces that end a paragraph stand on a line of their own.
pub(in crate::document) fn on_own_line(source: &str, span: Span) -> bool {
    let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
    let before = written.rfind('{').map_or("", |at| &written[..at]);
    before.rsplit_once('\n').is_some_and(|(_, line)| line.chars().all(|c| c == '>' || c.is_whitespace()))
}

/// Whether the first character of a piece of text is there because it was escaped, or stands for an
/// entity: then it is never a sign.
fn escaped(source: &str, start: u32, text: &str) -> bool {
    let (Some(before), Some(rest)) = (source.get(..start as usize), source.get(start as usize..)) else {
        return false;
    };
    let backslashes = before.bytes().rev().take_while(|b| *b == b'\\').count();
    backslashes % 2 == 1 || !text.chars().next().is_some_and(|c| rest.starts_with(c))
}

fn sign(inlines: &[Inline], joint: &Joint) -> Option<char> {
    match &inlines.get(joint.inline)?.kind {
        InlineKind::Text(text) => text.get(joint.at..)?.chars().next(),
        _ => None,
    }
}

/// Where some words of an inline first stand in the file after `seen` of its bytes, for diagnostics.
fn place(span: Span, source: &str, seen: usize, words: &str) -> Span {
    let written = source.get(span.start as usize + seen..span.end as usize).unwrap_or("");
    match written.find(words) {
        Some(at) => {
            let start = span.start + Span::byte(seen + at);
            Span { start, end: start + Span::byte(words.len()), ..span }
        }
        None => span,
    }
}

/// Where some words of an inline stand last.
fn last_place(span: Span, source: &str, words: &str) -> Span {
    let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
    place(span, source, written.rfind(words).unwrap_or(0), words)
}

/// Takes the braces at the end of a paragraph off its text. They stand after a space or on a line of
/// their own.
pub(in crate::document) fn at_end(
    inlines: &mut Vec<Inline>,
    joints: &[Joint],
    source: &str,
    report: &mut Report,
) -> Option<Attributes> {
    let last = inlines.len().checked_sub(1)?;
    let joint = joints.iter().rev().find(|j| sign(inlines, j) == Some('{')).filter(|j| j.inline == last)?;
    let Inline { kind: InlineKind::Text(text), span, .. } = inlines.get_mut(last)? else { return None };
    let (before, braces) = text.split_at(joint.at);
    let inner = braces.trim_end().strip_prefix('{')?.strip_suffix('}')?;
    if inner.contains('}') || before.ends_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let attributes = read(inner, OF_PARAGRAPHS, last_place(*span, source, braces.trim_end()), report)?;
    text.truncate(before.trim_end().len());
    if text.is_empty() {
        inlines.pop();
    }
    Some(attributes)
}

/// A stretch of inlines after an opening bracket that may turn out to begin a span.
struct OpenSpan {
    before: Vec<Inline>,
    span: Span,
}

/// Makes spans of `[words]{…}`.
pub(in crate::document) fn spans(
    inlines: Vec<Inline>,
    joints: &[Joint],
    source: &str,
    report: &mut Report,
) -> Vec<Inline> {
    // The braces at the end may be gone.
    let joints: Vec<Joint> =
        joints.iter().copied().filter(|j| matches!(sign(&inlines, j), Some('[' | ']' | '{'))).collect();
    let closes = |joint: &Joint| {
        let InlineKind::Text(text) = &inlines.get(joint.inline)?.kind else { return None };
        let braces = text.get(joint.at..)?.strip_prefix("]{")?;
        let brace = (joint.inline, joint.at + 1);
        joints.binary_search_by_key(&brace, |j| (j.inline, j.at)).ok()?;
        braces.get(..braces.bytes().take(LONGEST).position(|b| b == b'}')?)
    };
    if !joints.iter().any(|joint| closes(joint).is_some()) {
        return inlines;
    }
    let mut open: Vec<OpenSpan> = Vec::new();
    let mut row: Vec<Inline> = Vec::new();
    let mut joints_left = joints.iter().peekable();
    for (index, inline) in inlines.iter().enumerate() {
        let InlineKind::Text(text) = &inline.kind else {
            row.push(inline.clone());
            continue;
        };
        let (mut done, mut seen) = (0, 0);
        while let Some(joint) = joints_left.next_if(|joint| joint.inline == index) {
            if joint.at < done {
                continue;
            }
            push_text(&mut row, &text[done..joint.at], inline.span);
            done = joint.at;
            if text[done..].starts_with('[') && open.len() < DEEPEST {
                open.push(OpenSpan { before: std::mem::take(&mut row), span: inline.span });
                done += 1;
            } else if text[done..].starts_with(']')
                && let Some(OpenSpan { before, span }) = open.pop()
            {
                let content = std::mem::replace(&mut row, before);
                let asked = closes(joint).and_then(|inner| {
                    let at = place(inline.span, source, seen, &format!("{{{inner}}}"));
                    seen = (at.end - inline.span.start) as usize;
                    Some((inner.len() + 3, read(inner, OF_SPANS, at, report)?))
                });
                let whole = Span { end: inline.span.end.max(span.end), ..span };
                match asked {
                    Some((length, attributes)) => {
                        row.extend(attributes.wrap(content, whole));
                        done += length;
                    }
                    None => {
                        push_text(&mut row, "[", span);
                        content.into_iter().for_each(|inline| push(&mut row, inline));
                        push_text(&mut row, "]", inline.span);
                        done += 1;
                    }
                }
            }
        }
        push_text(&mut row, &text[done..], inline.span);
    }
    for OpenSpan { before, span } in open.into_iter().rev() {
        let content = std::mem::replace(&mut row, before);
        push_text(&mut row, "[", span);
        content.into_iter().for_each(|inline| push(&mut row, inline));
    }
    row
}

/// Adds an inline; text joins the text before it.
fn push(row: &mut Vec<Inline>, inline: Inline) {
    match inline.kind {
        InlineKind::Text(text) => push_text(row, &text, inline.span),
        _ => row.push(inline),
    }
}

fn push_text(row: &mut Vec<Inline>, text: &str, span: Span) {
    if text.is_empty() {
        return;
    }
    if let Some(Inline { kind: InlineKind::Text(last), span: before, .. }) = row.last_mut() {
        last.push_str(text);
        before.end = before.end.max(span.end);
    } else {
        row.push(Inline::new(span, InlineKind::Text(text.to_owned())));
    }
}
