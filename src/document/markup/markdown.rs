//! Markdown → a raw tree. The only file that names `pulldown_cmark`.
//!
//! Comes in: the text of one file. Goes out: a [`Raw`] tree with every construct's place in the file.
//! The parser's events are walked once, in order, without recursion; [`Builder`] makes the tree of them.
//! Two of the parser's ways are written around here. It leaves a mark whose note is not defined as plain
//! characters, so for such labels empty definitions are put before the text and the text is read again:
//! then every mark is an event with its place, and code is still code. And it reads metadata blocks
//! anywhere, so the one form that people paste, `---` lines at the head of a file, is taken off here.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::open::ElementKind;
use super::tree::Builder;
use crate::diagnostic::{Diagnostic, Report, SourceId, Span, codes};
use crate::document::block::Align;
use crate::document::raw::Raw;

/// Reads one file. `source` is the text's place in the report.
pub(in crate::document) fn parse(source: SourceId, text: &str, report: &mut Report) -> Raw {
    let body = skip_front_matter(source, text, report);
    let readable = without_open_brackets(source, text, body, report);
    let (prefix, whole) = define_missing_notes(&readable);
    let shift = Shift { source, add: body, drop: prefix };
    let mut builder = Builder::new(source, text, report);
    for (event, range) in Parser::new_ext(&whole, options()).into_offset_iter() {
        let Some(span) = shift.span(&range) else { continue };
        walk(&mut builder, event, span);
    }
    builder.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
}

/// From the parser's offsets to places in the file.
struct Shift {
    source: SourceId,
    add: usize,
    drop: usize,
}

impl Shift {
    /// None for what stands in the definitions put before the text.
    fn span(&self, range: &Range<usize>) -> Option<Span> {
        let start = range.start.checked_sub(self.drop)?;
        let end = range.end.saturating_sub(self.drop).max(start);
        let place = |offset: usize| Span::byte(offset + self.add);
        Some(Span { source: self.source, start: place(start), end: place(end) })
    }
}

fn walk(builder: &mut Builder<'_>, event: Event<'_>, span: Span) {
    match event {
        Event::Start(tag) => builder.open(kind(tag), span),
        Event::End(TagEnd::MetadataBlock(_)) => {}
        Event::End(_) => builder.close(span),
        Event::Text(text) => builder.text(&text, span),
        Event::Code(text) => builder.code(&text, span),
        Event::Html(html) => builder.block_html(&html, span),
        Event::InlineHtml(html) => builder.inline_html(&html, span),
        Event::FootnoteReference(label) => builder.mark(&label, span),
        Event::SoftBreak => builder.soft_break(span),
        Event::HardBreak => builder.hard_break(span),
        Event::Rule => builder.rule(span),
        // Their options are off.
        Event::InlineMath(text) | Event::DisplayMath(text) => builder.text(&text, span),
        Event::TaskListMarker(_) => {}
    }
}

fn kind(tag: Tag<'_>) -> ElementKind {
    match tag {
        Tag::Paragraph => ElementKind::Paragraph,
        Tag::Heading { level, id, classes, attrs } => ElementKind::Heading {
            level: match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 => 4,
                HeadingLevel::H5 => 5,
                HeadingLevel::H6 => 6,
            },
            anchor: id.map(|id| id.to_string()),
            classes: classes.iter().map(ToString::to_string).collect(),
            keys: attrs
                .iter()
                .map(|(key, value)| (key.to_string(), value.as_ref().map(ToString::to_string)))
                .collect(),
        },
        Tag::BlockQuote(_) => ElementKind::Quote,
        Tag::CodeBlock(CodeBlockKind::Indented) => ElementKind::Code { language: None },
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            ElementKind::Code { language: info.split_whitespace().next().map(str::to_owned) }
        }
        Tag::HtmlBlock => ElementKind::HtmlBlock,
        Tag::List(start) => ElementKind::List { start },
        Tag::Item => ElementKind::Item,
        Tag::FootnoteDefinition(label) => ElementKind::Note { label: label.to_string() },
        Tag::DefinitionList => ElementKind::Definitions,
        Tag::DefinitionListTitle => ElementKind::Term,
        Tag::DefinitionListDefinition => ElementKind::Detail,
        Tag::Table(columns) => ElementKind::Table {
            columns: columns
                .into_iter()
                .map(|column| match column {
                    Alignment::None => Align::Start,
                    Alignment::Left => Align::Left,
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Right,
                })
                .collect(),
        },
        Tag::TableHead | Tag::TableRow => ElementKind::Row,
        Tag::TableCell => ElementKind::Cell,
        Tag::Emphasis => ElementKind::Emphasis,
        Tag::Strong => ElementKind::Strong,
        Tag::Strikethrough => ElementKind::Strike,
        Tag::Superscript => ElementKind::Superscript,
        Tag::Subscript => ElementKind::Subscript,
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
            ElementKind::Link { to: format!("mailto:{dest_url}") }
        }
        Tag::Link { dest_url, .. } => ElementKind::Link { to: dest_url.to_string() },
        Tag::Image { dest_url, title, .. } => {
            ElementKind::Picture { path: dest_url.to_string(), title: title.to_string() }
        }
        // Its option is off.
        Tag::MetadataBlock(_) => ElementKind::HtmlBlock,
    }
}

/// Where the text begins after a block of metadata between `---` lines; zero without one.
fn skip_front_matter(source: SourceId, text: &str, report: &mut Report) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return 0 };
    let mut offset = first.len();
    for (number, line) in lines.enumerate() {
        // A blank line next to the first one means a rule and a paragraph, not metadata.
        if number == 0 && line.trim().is_empty() {
            return 0;
        }
        offset += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let end = Span::byte(offset);
            report.push(
                Diagnostic::note(codes::D010, "the metadata at the head of the file is left out")
                    .at(Span { source, start: 0, end: end.min(3) })
                    .hint("title, author, language and date belong in manifest.toml"),
            );
            return offset;
        }
    }
    0
}

/// Most brackets that a paragraph may leave open. The parser looks at all of them again for each link.
const OPEN_BRACKETS: usize = 1_000;

/// The text from a byte on. A paragraph that leaves more brackets open than any author does is blank in it, and
/// the report says where it begins.
fn without_open_brackets<'t>(
    source: SourceId,
    text: &'t str,
    from: usize,
    report: &mut Report,
) -> std::borrow::Cow<'t, str> {
    let body = &text[from..];
    if body.bytes().filter(|b| *b == b'[').count() <= OPEN_BRACKETS {
        return body.into();
    }
    let mut whole = String::with_capacity(body.len());
    // Brackets still open, the most that were, and where the paragraph begins.
    let (mut open, mut most, mut start) = (0_usize, 0_usize, 0_usize);
    let mut lines = body.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        for byte in line.bytes() {
            open = match byte {
                b'[' => open + 1,
                b']' => open.saturating_sub(1),
                _ => open,
            };
            most = most.max(open);
        }
        whole.push_str(line);
        if lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            continue;
        }
        if most > OPEN_BRACKETS {
            let blank: String = whole[start..].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            whole.truncate(start);
            whole.push_str(&blank);
            let place = Span::byte(from + start);
            let what = format!("this paragraph opens {OPEN_BRACKETS} square brackets that it never closes");
            report.push(
                Diagnostic::error(codes::D001, what)
                    .at(Span { source, start: place, end: place.saturating_add(1) })
                    .hint("close them, or write \\[ where a bracket is meant"),
            );
        }
        (open, most, start) = (0, 0, whole.len());
    }
    whole.into()
}

/// The text with empty definitions before it for every mark that has none, and their length.
fn define_missing_notes(text: &str) -> (usize, std::borrow::Cow<'_, str>) {
    let candidates = labels_in_brackets(text);
    if candidates.is_empty() {
        return (0, text.into());
    }
    let mut defined = BTreeSet::new();
    for event in Parser::new_ext(text, options()) {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event {
            defined.insert(label.to_lowercase());
        }
    }
    let mut prefix = String::new();
    for label in candidates {
        if !defined.contains(&label.to_lowercase()) {
            prefix.push_str("[^");
            prefix.push_str(label);
            prefix.push_str("]:\n");
        }
    }
    if prefix.is_empty() {
        return (0, text.into());
    }
    // A comment at the margin ends the last definition, whatever comes after.
    prefix.push_str("\n<!-- -->\n\n");
    let length = prefix.len();
    prefix.push_str(text);
    (length, prefix.into())
}

/// What stands between `[^` and `]` on one line, anywhere in the text, in order of first appearance.
fn labels_in_brackets(text: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let mut labels = Vec::new();
    for (start, _) in text.match_indices("[^") {
        let rest = &text[start + 2..];
        let end = rest.bytes().take(1000).position(|b| matches!(b, b']' | b'[' | b'\n' | b'\r'));
        let Some(label) = end.filter(|&end| rest.as_bytes()[end] == b']').map(|end| &rest[..end]) else {
            continue;
        };
        if !label.trim().is_empty() && seen.insert(label) {
            labels.push(label);
        }
    }
    labels
}
