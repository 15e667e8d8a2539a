//! Blocks → XHTML.
//!
//! Comes in: blocks and inlines of the document. Goes out: indented XHTML that an HTML parser reads the
//! same way (polyglot), in the words and the order of the document. One [`Writer`] writes one file.
//! While it writes it notes which characters stand in which style, for the embedded faces, and which
//! headings there are, for the navigation.

use std::collections::BTreeMap;

use crate::document::{Block, BlockKind, Inline, NodeId, NoteId, plain_text};
use crate::face::FaceStyle;
use crate::manifest::Stress;
use crate::picture::PictureId;

use super::Context;
use super::plan::Part;
use super::used::Used;
use super::xml;

/// A heading for the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for the chapter's own; never skips a level.
    pub level: usize,
    /// Address: file and id.
    pub href: String,
    /// Plain words; never empty.
    pub words: String,
}

/// A content document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub text: String,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// The pages that begin in it, by their index.
    pub pages: Vec<usize>,
}

/// Writes one content document.
pub struct Writer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) part: Part,
    pub(super) out: String,
    pub(super) used: &'a mut Used,
    pub(super) headings: Vec<Heading>,
    /// Elements open around the current line.
    pub(super) depth: usize,
    /// Style of the text as the style sheet sets it.
    pub(super) style: FaceStyle,
    /// Whether a link is open: links never nest.
    pub(super) in_link: bool,
    /// Marks that stood in a link, to be written after it.
    pub(super) held: Vec<(NoteId, u32)>,
    /// The mark that the next paragraph begins with: that of a note.
    pub(super) lead: Option<String>,
    /// The paragraph that begins with a drop capital.
    pub(super) opening: Option<NodeId>,
    /// Levels as written of the headings that are open.
    levels: Vec<u8>,
    /// Whether headings are within quotes, lists or notes, and so not in the navigation.
    pub(super) nested: usize,
    /// The element whose own text is written.
    pub(super) owner: NodeId,
    /// How much of that is written of the elements in which pages begin, in counted characters.
    pub(super) written: BTreeMap<NodeId, usize>,
    /// The pages whose beginnings are marked, in order: index into the plan's.
    pub(super) pages: Vec<usize>,
}

impl<'a> Writer<'a> {
    /// Begins a document with its head. `title` is plain words; `kind` is the body's class.
    pub fn new(context: &'a Context<'a>, used: &'a mut Used, part: Part, title: &str) -> Self {
        let mut writer = Self {
            context,
            part,
            out: String::with_capacity(8192),
            used,
            headings: Vec::new(),
            depth: 0,
            style: FaceStyle::default(),
            in_link: false,
            held: Vec::new(),
            lead: None,
            opening: None,
            levels: Vec::new(),
            nested: 0,
            owner: NodeId(u32::MAX),
            written: BTreeMap::new(),
            pages: Vec::new(),
        };
        let language = xml::value(&context.document.identity.language);
        writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
        writer.out.push_str(&language);
        writer.out.push_str("\" xml:lang=\"");
        writer.out.push_str(&language);
        writer.out.push_str(if context.rtl { "\" dir=\"rtl\">\n" } else { "\">\n" });
        writer.out.push_str("<head>\n  <meta charset=\"UTF-8\"/>\n  <title>");
        xml::push_text(&mut writer.out, title);
        writer.out.push_str("</title>\n  <link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n<body>\n");
        writer
    }

    /// Ends the document: the file, its headings, the pages that begin in it.
    pub fn finish(mut self) -> Written {
        self.out.push_str("</body>\n</html>\n");
        Written { text: self.out, headings: self.headings, pages: self.pages }
    }

    /// Begins a line at the current depth.
    pub(super) fn begin(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// A line that opens an element.
    pub(super) fn open(&mut self, tag: &str) {
        self.begin();
        self.out.push_str(tag);
        self.out.push('\n');
        self.depth += 1;
    }

    /// A line that closes an element.
    pub(super) fn close(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.begin();
        self.out.push_str(tag);
        self.out.push('\n');
    }

    /// Words that are not in the document (labels, title page), set in the current style.
    pub(super) fn words(&mut self, words: &str) {
        self.used.add(self.style, words);
        xml::push_text(&mut self.out, words);
    }

    /// A whole line: opening tag, words, closing tag.
    pub(super) fn line(&mut self, open: &str, words: &str, close: &str) {
        self.begin();
        self.out.push_str(open);
        self.words(words);
        self.out.push_str(close);
        self.out.push('\n');
    }

    /// `id` and `class` of a block.
    fn attributes(&mut self, block: &Block, own: &str) {
        self.id(block.id);
        let mut separator = " class=\"";
        let written = block.classes.iter().map(String::as_str);
        for class in std::iter::once(own).filter(|own| !own.is_empty()).chain(written) {
            if class.is_empty() || !class.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            {
                continue;
            }
            self.out.push_str(separator);
            self.out.push_str(class);
            separator = " ";
        }
        if separator == " " {
            self.out.push('"');
        }
    }

    /// The opening tag of a block, with its attributes.
    pub(super) fn block_start(&mut self, tag: &str, block: &Block) {
        self.out.push_str(tag);
        self.attributes(block, "");
        self.out.push('>');
    }

    /// A line that opens a block's element.
    pub(super) fn block_open(&mut self, tag: &str, block: &Block) {
        self.begin();
        self.block_start(tag, block);
        self.out.push('\n');
        self.depth += 1;
    }

    fn id(&mut self, node: NodeId) {
        if let Some(id) = self.context.plan.id(node) {
            self.out.push_str(" id=\"");
            self.out.push_str(id);
            self.out.push('"');
        }
    }

    /// The chapter's own heading.
    pub fn chapter_title(&mut self, node: NodeId, title: &[Inline], number: Option<u32>) {
        self.page_before(node, title);
        self.capitals_of_heading(1, &plain_text(title));
        self.begin();
        self.out.push_str("<h1 id=\"title\">");
        if let Some(number) = number {
            self.out.push_str("<span class=\"number\">");
            self.words(&number.to_string());
            self.out.push_str("</span> ");
        }
        self.own(node, title);
        self.out.push_str("</h1>\n");
        self.levels.push(1);
    }

    /// Blocks, one after another.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(block, *level, content),
            BlockKind::Paragraph(content) => self.paragraph(block, "p", "", content),
            BlockKind::Attribution(content) => self.paragraph(block, "p", "attribution", content),
            BlockKind::Verse(lines) => self.verse(block, lines),
            BlockKind::Quote(inner) => self.quote(block, inner),
            BlockKind::List { start, tight, items } => {
                let tag = if start.is_some() { "ol" } else { "ul" };
                self.begin();
                self.out.push('<');
                self.out.push_str(tag);
                self.attributes(block, "");
                // An HTML integer; the document's numbers may be larger than any reading system counts.
                if let Some(start) = start.filter(|&s| s != 1).and_then(|s| i32::try_from(s).ok()) {
                    self.out.push_str(&format!(" start=\"{start}\""));
                }
                self.out.push_str(">\n");
                self.depth += 1;
                for item in items {
                    self.item("<li", item.id, &item.blocks, *tight, "</li>\n");
                }
                self.close(if start.is_some() { "</ol>" } else { "</ul>" });
            }
            BlockKind::Definitions(definitions) => {
                self.begin();
                self.out.push_str("<dl");
                self.attributes(block, "");
                self.out.push_str(">\n");
                self.depth += 1;
                let (roman, bold) = (self.style, FaceStyle { bold: true, ..self.style });
                for definition in definitions {
                    self.style = bold;
                    for term in &definition.terms {
                        self.begin();
                        self.out.push_str("<dt>");
                        self.own(definition.id, term);
                        self.out.push_str("</dt>\n");
                    }
                    self.style = roman;
                    for detail in &definition.details {
                        self.item("<dd", definition.id, detail, true, "</dd>\n");
                    }
                }
                self.close("</dl>");
            }
            BlockKind::Code { language, text } => {
                self.begin();
                self.out.push_str("<pre");
                self.attributes(block, "");
                self.out.push_str("><code");
                if let Some(language) = language {
                    self.out.push_str(" class=\"language-");
                    self.out.push_str(&xml::file_stem(language));
                    self.out.push('"');
                }
                self.out.push('>');
                // An HTML parser drops a line feed right after `<pre>`, but not after `<code>`.
                self.owner = block.id;
                self.text(text.strip_suffix('\n').unwrap_or(text));
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Figure { picture, alt, caption, width } => {
                let image = width.map_or_else(String::new, |width| format!(" style=\"width: {width}%\""));
                self.figure(block, (*picture, alt, caption), ("", &image));
            }
            BlockKind::Row(figures) => self.side_by_side(block, figures),
            BlockKind::Rule => {
                self.begin();
                self.out.push_str("<hr");
                self.attributes(block, "");
                self.out.push_str("/>\n");
            }
        }
    }

    fn heading(&mut self, block: &Block, level: u8, content: &[Inline]) {
        let words = plain_text(content);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            // A heading without words is an error to every checker; what it may hold stays.
            return self.paragraph(block, "p", "", content);
        }
        while self.levels.last().is_some_and(|&open| open >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let rank = self.levels.len().min(6);
        self.capitals_of_heading(rank, &words);
        if self.nested == 0
            && let Some(id) = self.context.plan.id(block.id)
        {
            let href = format!("{}#{id}", self.context.plan.file(self.part));
            self.headings.push(Heading { level: self.levels.len(), href, words });
        }
        let outer = self.style;
        self.style = self.context.heading(rank);
        self.page_before(block.id, content);
        self.begin();
        self.out.push_str(&format!("<h{rank}"));
        self.attributes(block, "");
        self.out.push('>');
        self.own(block.id, content);
        self.out.push_str(&format!("</h{rank}>\n"));
        self.style = outer;
    }

    fn paragraph(&mut self, block: &Block, tag: &str, class: &str, content: &[Inline]) {
        let outer = self.style;
        let byline = block.classes.iter().any(|class| class == "byline");
        self.style.italic |= byline && self.context.stress == Stress::Italic;
        let class = if self.opening == Some(block.id) { "dropcap" } else { class };
        self.begin();
        self.out.push('<');
        self.out.push_str(tag);
        self.attributes(block, class);
        self.out.push('>');
        self.lead();
        self.own(block.id, content);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
        self.style = outer;
    }

    /// The symbol that a note begins with, once.
    pub(super) fn lead(&mut self) {
        if let Some(mark) = self.lead.take() {
            self.out.push_str("<span class=\"mark\">");
            self.words(&mark);
            self.out.push_str("</span> ");
        }
    }

    /// Small capitals are drawn from the capitals where a reading system has no others.
    fn capitals_of_heading(&mut self, rank: usize, words: &str) {
        if super::style::small_caps(rank, self.context.typography.headings) {
            self.used.add(self.context.heading(rank), &words.to_uppercase());
        }
    }

    fn verse(&mut self, block: &Block, lines: &[Vec<Inline>]) {
        self.begin();
        self.out.push_str("<p");
        self.attributes(block, "verse");
        self.out.push_str(">\n");
        self.depth += 1;
        for (index, line) in lines.iter().enumerate() {
            self.begin();
            self.out.push_str("<span class=\"line\">");
            self.own(block.id, line);
            // The break is for reading systems without style sheets; ours hides it.
            self.out.push_str(if index + 1 < lines.len() { "</span><br/>\n" } else { "</span>\n" });
        }
        self.close("</p>");
    }

    fn quote(&mut self, block: &Block, inner: &[Block]) {
        self.begin();
        self.out.push_str("<blockquote");
        if block.classes.iter().any(|class| class == "epigraph") {
            self.out.push_str(" epub:type=\"epigraph\" role=\"doc-epigraph\"");
        }
        self.attributes(block, "");
        self.out.push_str(">\n");
        self.depth += 1;
        self.nested += 1;
        self.blocks(inner);
        self.nested -= 1;
        self.close("</blockquote>");
    }

    /// A list item or the like. Tight text stands right in the element; anything more, in lines of its own.
    fn item(&mut self, open: &str, node: NodeId, blocks: &[Block], tight: bool, close: &str) {
        self.begin();
        self.out.push_str(open);
        if open == "<li" {
            self.id(node);
        }
        self.out.push('>');
        if open == "<li" {
            self.owner = node;
            self.page_marks(0);
        }
        self.nested += 1;
        let mut rest = blocks;
        if tight
            && let Some((first, others)) = blocks.split_first()
            && let BlockKind::Paragraph(content) = &first.kind
            && first.anchor.is_none()
            && first.classes.is_empty()
            // Two paragraphs must not run into one another.
            && !matches!(others.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)))
        {
            self.own(first.id, content);
            rest = others;
        }
        if !rest.is_empty() {
            self.out.push('\n');
            self.depth += 1;
            self.blocks(rest);
            self.depth -= 1;
            self.begin();
        }
        self.nested -= 1;
        self.out.push_str(close);
    }

    /// Figures side by side: as wide as they must be to have one height.
    fn side_by_side(&mut self, block: &Block, figures: &[Block]) {
        self.begin();
        self.out.push_str("<div");
        self.attributes(block, "row");
        self.out.push_str(">\n");
        self.depth += 1;
        for figure in figures {
            let BlockKind::Figure { picture, alt, caption, .. } = &figure.kind else { continue };
            let shown = picture.and_then(|id| self.context.document.pictures.get(id.0 as usize));
            let flex = shown.map_or(1000, |named| {
                let (width, height) = (u64::from(named.picture.width), u64::from(named.picture.height));
                (width * 1000 / height.max(1)).clamp(1, 100_000)
            });
            let style = format!(" style=\"flex: {}.{:03}\"", flex / 1000, flex % 1000);
            self.figure(figure, (*picture, alt, caption), (&style, ""));
        }
        self.close("</div>");
    }

    fn figure(
        &mut self,
        block: &Block,
        (picture, alt, caption): (Option<PictureId>, &str, &[Inline]),
        (own, image): (&str, &str),
    ) {
        self.page_before(block.id, &[]);
        self.begin();
        self.out.push_str("<figure");
        self.attributes(block, "");
        self.out.push_str(own);
        self.out.push_str(">\n");
        self.depth += 1;
        self.begin();
        if self.context.picture(picture).is_some() {
            self.image(picture, alt, image);
            self.out.push('\n');
        } else {
            self.out.push_str("<p>");
            self.words(alt);
            self.out.push_str("</p>\n");
        }
        if !caption.is_empty() {
            self.begin();
            self.out.push_str("<figcaption>");
            self.own(block.id, caption);
            self.out.push_str("</figcaption>\n");
        }
        self.close("</figure>");
    }

    /// A picture, or its words if it could not be read.
    pub(super) fn image(&mut self, picture: Option<PictureId>, alt: &str, attributes: &str) {
        let Some(href) = self.context.picture(picture) else { return self.words(alt) };
        self.out.push_str("<img src=\"");
        self.out.push_str(href);
        self.out.push_str("\" alt=\"");
        xml::push_value(&mut self.out, alt);
        self.out.push('"');
        self.out.push_str(attributes);
        self.out.push_str("/>");
    }
}
