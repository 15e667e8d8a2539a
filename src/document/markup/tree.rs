//! The raw tree of one file, made from a stream of openings, closings and pieces of text.
//!
//! Comes in: what `markdown.rs` hears from the parser. Goes out: [`Raw`]: the document's blocks and inlines at
//! the stage of `raw.rs`. Later passes (`orthography`, `notes`, `anchors`, `settle`) bring them to the next. The
//! stack of open elements is a vector and its depth is bounded, so no input can exhaust the call stack here
//! or in any later pass.

use super::attributes::{self, Attributes};
use super::html::{self, Tag};
use super::open::{ElementKind, OpenElement};
use super::{figure, shape, text};
use crate::diagnostic::{Diagnostic, Report, SourceId, Span, codes};
use crate::document::inline::plain_text;
use crate::document::raw::{
    Block, BlockKind, Cell, Definition, Image, ImageIndex, Inline, InlineKind, ListItem, MarkIndex, Raw,
    RawMark, RawNote, Table,
};

/// Levels of quotes, lists and the like inside each other, and of emphasis and the like.
pub(in crate::document) const DEEPEST: usize = 64;

/// What stands in the place of words for a picture that has no meaning: `![-](line.png)`.
const ORNAMENT: &str = "-";

/// Makes the tree.
pub(in crate::document) struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    report: &'a mut Report,
    raw: Raw,
    stack: Vec<OpenElement>,
    /// Elements opened beyond the depth bound: they and all in them are left out.
    skipped: usize,
    too_deep: bool,
    warned_of_controls: bool,
}

impl<'a> Builder<'a> {
    pub fn new(source: SourceId, text: &'a str, report: &'a mut Report) -> Self {
        let root = OpenElement::new(ElementKind::Root, Span { source, start: 0, end: 0 });
        Self {
            source,
            text,
            report,
            raw: Raw::default(),
            stack: vec![root],
            skipped: 0,
            too_deep: false,
            warned_of_controls: false,
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Raw {
        while self.stack.len() > 1 {
            let span = self.top().span;
            self.close(span);
        }
        if let Some(mut root) = self.stack.pop() {
            root.flush(self.text, self.report);
            self.raw.blocks = root.blocks;
        }
        self.raw
    }

    fn top(&mut self) -> &mut OpenElement {
        debug_assert!(!self.stack.is_empty(), "the root stays open until the file ends");
        if self.stack.is_empty() {
            self.stack
                .push(OpenElement::new(ElementKind::Root, Span { source: self.source, start: 0, end: 0 }));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn flush(&mut self) {
        if let Some(last) = self.stack.last_mut() {
            last.flush(self.text, self.report);
        }
    }

    /// Opens an element.
    pub fn open(&mut self, kind: ElementKind, span: Span) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let inline = kind.is_inline();
        let depth = self
            .stack
            .iter()
            .filter(|open| {
                open.kind.is_inline() == inline
                    && !matches!(open.kind, ElementKind::Item | ElementKind::Detail)
            })
            .count();
        if depth > DEEPEST {
            self.skipped = 1;
            if !self.too_deep {
                self.too_deep = true;
                let what = if inline { "emphasis or links" } else { "quotations or lists" };
                self.report.push(
                    Diagnostic::error(codes::D001, format!("{what} nest more than {DEEPEST} levels deep"))
                        .at(Span { end: span.end.min(span.start + 1), ..span })
                        .hint("check for a stray run of `>`, `-`, `*` or `[`"),
                );
            }
            return;
        }
        if matches!(kind, ElementKind::Paragraph)
            && matches!(self.top().kind, ElementKind::Item | ElementKind::Detail)
        {
            self.top().loose = true;
        }
        if !inline {
            self.flush();
        }
        self.stack.push(OpenElement::new(kind, span));
    }

    /// Closes the innermost element (and HTML tags left open in it).
    pub fn close(&mut self, span: Span) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        while let ElementKind::Html(tag) = self.top().kind {
            let at = self.top().span;
            self.report.push(html::not_closed(tag).at(at));
            self.close_one(at);
        }
        if self.stack.len() > 1 {
            self.close_one(span);
        }
    }

    fn close_one(&mut self, span: Span) {
        let linked = self
            .stack
            .iter()
            .any(|o| matches!(o.kind, ElementKind::Link { .. } | ElementKind::Picture { .. }));
        let Some(mut open) = self.stack.pop() else { return };
        open.flush(self.text, self.report);
        open.span.end = open.span.end.max(span.end.min(open.span.end.max(open.span.start)));
        let span = open.span;
        if let ElementKind::Heading { anchor, classes, keys, .. } = &mut open.kind
            && attributes::belongs_to_span(&mut open.inlines, &mut open.joints, self.text, span)
        {
            (*anchor, *classes, *keys) = Default::default();
        }
        if matches!(open.kind, ElementKind::Paragraph)
            && let Some((figure, asked)) = figure::blocks(span, &open.inlines, &self.raw.images, self.report)
        {
            return self.top().add(Some(figure), asked);
        }
        let mut asked = Attributes::default();
        if open.kind.holds_inlines() {
            asked = open.settle(self.text, !linked, self.report);
        }
        let inlines = std::mem::take(&mut open.inlines);
        match open.kind {
            ElementKind::Root => {}
            ElementKind::Paragraph => {
                let own_line = asked != Attributes::default() && attributes::on_own_line(self.text, span);
                let soft = open.soft_breaks.saturating_sub(u32::from(own_line));
                let paragraph = shape::paragraph_block(span, inlines, soft);
                self.top().add(paragraph, asked);
            }
            ElementKind::Heading { level, anchor, classes, keys } => {
                let kind = BlockKind::Heading { level, content: inlines };
                let mut heading = Block { anchor, classes, ..Block::new(span, kind) };
                Attributes::of_heading(&keys, span, self.report).apply(&mut heading);
                self.top().blocks.push(heading);
            }
            ElementKind::Quote => {
                let asked = open.take_asked();
                let mut quote = Block::new(span, BlockKind::Quote(shape::attribute(open.blocks)));
                asked.apply(&mut quote);
                self.top().blocks.push(quote);
            }
            ElementKind::Code { language } => {
                self.top().blocks.push(Block::new(span, BlockKind::Code { language, text: open.code }));
            }
            ElementKind::HtmlBlock => {
                if let Some(finding) = html::in_block(&open.code) {
                    self.report.push(finding.at(span));
                }
            }
            ElementKind::List { start } => {
                let kind = BlockKind::List { start, tight: !open.loose, items: open.items };
                self.top().blocks.push(Block::new(span, kind));
            }
            ElementKind::Item => {
                let item = ListItem { id: (), blocks: open.blocks };
                let list = self.top();
                list.loose |= open.loose;
                list.items.push(item);
            }
            ElementKind::Note { label } => {
                self.raw.notes.push(RawNote { label, span, blocks: open.blocks });
            }
            ElementKind::Definitions => {
                self.top().blocks.push(Block::new(span, BlockKind::Definitions(open.definitions)));
            }
            ElementKind::Term => {
                let list = self.top();
                match list.definitions.last_mut().filter(|last| last.details.is_empty()) {
                    Some(last) => last.terms.push(inlines),
                    None => list.definitions.push(Definition {
                        id: (),
                        terms: vec![inlines],
                        details: Vec::new(),
                    }),
                }
            }
            ElementKind::Detail => {
                let list = self.top();
                if list.definitions.is_empty() {
                    list.definitions.push(Definition { id: (), terms: Vec::new(), details: Vec::new() });
                }
                if let Some(last) = list.definitions.last_mut() {
                    last.details.push(open.blocks);
                }
            }
            ElementKind::Table { columns } => {
                let mut rows = open.rows;
                for row in &mut rows {
                    row.resize_with(columns.len(), || Cell { id: (), content: Vec::new() });
                }
                let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                self.top().blocks.push(Block::new(span, BlockKind::Table(Table { columns, head, rows })));
            }
            ElementKind::Row => self.top().rows.push(open.cells),
            ElementKind::Cell => self.top().cells.push(Cell { id: (), content: inlines }),
            ElementKind::Emphasis => self.push(InlineKind::Emphasis(inlines), span),
            ElementKind::Strong => self.push(InlineKind::Strong(inlines), span),
            ElementKind::Strike => self.push(InlineKind::Strike(inlines), span),
            ElementKind::Superscript => self.push(InlineKind::Superscript(inlines), span),
            ElementKind::Subscript => self.push(InlineKind::Subscript(inlines), span),
            ElementKind::Link { to } => {
                self.push(InlineKind::Link { target: to.into(), content: inlines }, span);
            }
            ElementKind::Picture { path, title } => {
                let mut alt = plain_text(&inlines);
                let described = !alt.trim().is_empty();
                if alt.trim() == ORNAMENT {
                    alt.clear();
                }
                let picture = ImageIndex(self.raw.images.len());
                self.raw.images.push(Image { path, title, span, described });
                self.push(InlineKind::Picture { picture, alt }, span);
            }
            ElementKind::Html(tag) => self.push(tag.wrap(inlines), span),
        }
    }

    fn push(&mut self, kind: InlineKind, span: Span) {
        self.top().inlines.push(Inline::new(span, kind));
    }

    /// Characters.
    pub fn text(&mut self, text: &str, span: Span) {
        if self.skipped > 0 {
            return;
        }
        if matches!(self.top().kind, ElementKind::Code { .. } | ElementKind::HtmlBlock) {
            self.top().code.push_str(text);
            return;
        }
        let clean = text::clean(text);
        if clean.hostile && !self.warned_of_controls {
            self.warned_of_controls = true;
            self.report.push(
                Diagnostic::warning(codes::D011, "invisible characters that reorder the text are left out")
                    .at(span)
                    .hint("retype this line if words seem to be missing"),
            );
        }
        self.append(&clean.text, span);
        let top = self.stack.last_mut().filter(|_| clean.text.contains(['[', ']', '{']));
        if let Some(OpenElement { inlines, joints, .. }) = top {
            attributes::find(inlines, &clean.text, self.text, span, joints);
        }
    }

    /// Adds characters, to the piece before if there is one.
    fn append(&mut self, text: &str, span: Span) {
        let top = self.top();
        if let Some(Inline { kind: InlineKind::Text(last), span: place, .. }) = top.inlines.last_mut() {
            last.push_str(text);
            place.end = place.end.max(span.end);
        } else {
            self.push(InlineKind::Text(text.to_owned()), span);
        }
    }

    /// `` `…` ``
    pub fn code(&mut self, text: &str, span: Span) {
        if self.skipped == 0 {
            self.push(InlineKind::Code(text::clean(text).text.into_owned()), span);
        }
    }

    /// A line's end that is a space.
    pub fn soft_break(&mut self, span: Span) {
        if self.skipped == 0 {
            for open in self.stack.iter_mut().rev() {
                if !open.kind.is_inline() {
                    open.soft_breaks += 1;
                    break;
                }
            }
            self.append(" ", span);
        }
    }

    /// A line's end that stays.
    pub fn hard_break(&mut self, span: Span) {
        if self.skipped == 0 {
            self.push(InlineKind::Break, span);
        }
    }

    /// A break between parts of the text.
    pub fn rule(&mut self, span: Span) {
        if self.skipped == 0 {
            self.flush();
            self.top().blocks.push(Block::new(span, BlockKind::Rule));
        }
    }

    /// The mark of a note.
    pub fn mark(&mut self, label: &str, span: Span) {
        if self.skipped > 0 {
            return;
        }
        let index = MarkIndex(self.raw.marks.len());
        self.raw.marks.push(RawMark { label: label.to_owned(), span });
        self.push(InlineKind::NoteMark(index), span);
    }

    /// HTML on lines of its own.
    pub fn block_html(&mut self, html: &str, span: Span) {
        if self.skipped == 0 {
            if matches!(self.top().kind, ElementKind::HtmlBlock) {
                self.top().code.push_str(html);
            } else {
                self.inline_html(html, span);
            }
        }
    }

    /// One tag or comment in running text.
    pub fn inline_html(&mut self, html: &str, span: Span) {
        if self.skipped > 0 {
            return;
        }
        match html::read(html) {
            html::Markup::Comment => {}
            html::Markup::Break => self.push(InlineKind::Break, span),
            html::Markup::Open(tag) => self.open(ElementKind::Html(tag), span),
            html::Markup::Close(tag) => self.close_html(tag, span),
            html::Markup::Unknown(name) => self.report.push(html::unknown(&name).at(span)),
        }
    }

    fn close_html(&mut self, tag: Tag, span: Span) {
        let open = self
            .stack
            .iter()
            .rev()
            .take_while(|open| matches!(open.kind, ElementKind::Html(_)))
            .position(|open| matches!(open.kind, ElementKind::Html(other) if other == tag));
        let Some(above) = open else {
            self.report.push(html::not_opened(tag).at(span));
            return;
        };
        for _ in 0..above {
            if let ElementKind::Html(other) = self.top().kind {
                let at = self.top().span;
                self.report.push(html::not_closed(other).at(at));
            }
            self.close_one(span);
        }
        self.top().span.end = span.end;
        self.close_one(span);
    }
}
