//! Blocks → XHTML.

use crate::document::{Block, BlockKind, Inline, NodeId, plain_text};
use crate::face::FaceStyle;
use crate::manifest::Stress;

use super::xhtml::{Heading, Writer};
use crate::epub::{ids, style};

/// Headings by rank.
const RANKS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl Writer<'_> {
    /// The chapter's own heading.
    pub fn chapter_title(&mut self, node: NodeId, title: &[Inline], number: Option<u32>) {
        self.page_before(node, title);
        self.capitals_of_heading(1, &plain_text(title));
        self.xml.indent();
        self.xml.start("h1").attribute("id", "title");
        if let Some(number) = number {
            let number = number.to_string();
            self.used.add(self.style, &number);
            self.xml.element("span", &[("class", "number")], &number).text(" ");
        }
        self.own(node, title);
        self.xml.end();
        self.xml.newline();
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
            BlockKind::Paragraph(content) => self.paragraph(block, "", content),
            BlockKind::Attribution(content) => self.paragraph(block, "attribution", content),
            BlockKind::Verse(lines) => self.verse(block, lines),
            BlockKind::Quote(inner) => self.quote(block, inner),
            BlockKind::List { start, tight, items } => {
                self.xml.indent();
                self.block_start(if start.is_some() { "ol" } else { "ul" }, block, "");
                // An HTML integer; the document's numbers may be larger than any reading system counts.
                if let Some(start) = start.filter(|&s| s != 1).and_then(|s| i32::try_from(s).ok()) {
                    self.xml.attribute("start", &start.to_string());
                }
                self.xml.deeper();
                for item in items {
                    self.xml.indent();
                    self.xml.start("li");
                    self.id(item.id);
                    self.owner = Some(item.id);
                    self.page_marks(0);
                    self.item(&item.blocks, *tight);
                }
                self.xml.close();
            }
            BlockKind::Definitions(definitions) => {
                self.block_open("dl", block, "");
                let (roman, bold) = (self.style, FaceStyle { bold: true, ..self.style });
                for definition in definitions {
                    self.style = bold;
                    for term in &definition.terms {
                        self.xml.indent();
                        self.xml.start("dt");
                        self.own(definition.id, term);
                        self.xml.end();
                        self.xml.newline();
                    }
                    self.style = roman;
                    for detail in &definition.details {
                        self.xml.indent();
                        self.xml.start("dd");
                        self.item(detail, true);
                    }
                }
                self.xml.close();
            }
            BlockKind::Code { language, text } => {
                self.xml.indent();
                self.block_start("pre", block, "");
                self.xml.start("code");
                if let Some(language) = language {
                    self.xml.attribute("class", &format!("language-{}", ids::file_stem(language)));
                }
                // An HTML parser drops a line feed right after `<pre>`, but not after `<code>`.
                self.owner = Some(block.id);
                self.text(text.strip_suffix('\n').unwrap_or(text));
                self.xml.end().end();
                self.xml.newline();
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Figure { .. } => self.figure(block, None),
            BlockKind::Row(figures) => self.side_by_side(block, figures),
            BlockKind::Rule => {
                self.xml.indent();
                self.block_start("hr", block, "");
                self.xml.void();
                self.xml.newline();
            }
        }
    }

    fn heading(&mut self, block: &Block, level: u8, content: &[Inline]) {
        let words = plain_text(content);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            // A heading without words is an error to every checker; what it may hold stays.
            return self.paragraph(block, "", content);
        }
        while self.levels.last().is_some_and(|&open| open >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let rank = self.levels.len().min(RANKS.len());
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
        self.xml.indent();
        self.block_start(RANKS[rank - 1], block, "");
        self.own(block.id, content);
        self.xml.end();
        self.xml.newline();
        self.style = outer;
    }

    fn paragraph(&mut self, block: &Block, class: &str, content: &[Inline]) {
        let outer = self.style;
        let byline = block.classes.iter().any(|class| class == "byline");
        self.style.italic |= byline && self.context.stress == Stress::Italic;
        let class = if self.opening == Some(block.id) { "dropcap" } else { class };
        self.xml.indent();
        self.block_start("p", block, class);
        self.lead();
        self.own(block.id, content);
        self.xml.end();
        self.xml.newline();
        self.style = outer;
    }

    /// Small capitals are drawn from the capitals where a reading system has no others.
    fn capitals_of_heading(&mut self, rank: usize, words: &str) {
        if style::small_caps(rank, self.context.typography.headings) {
            self.used.add(self.context.heading(rank), &words.to_uppercase());
        }
    }

    fn verse(&mut self, block: &Block, lines: &[Vec<Inline>]) {
        self.block_open("p", block, "verse");
        for (index, line) in lines.iter().enumerate() {
            self.xml.indent();
            self.xml.start("span").attribute("class", "line");
            self.own(block.id, line);
            self.xml.end();
            // The break is for reading systems without style sheets; ours hides it.
            if index + 1 < lines.len() {
                self.xml.start("br").void();
            }
            self.xml.newline();
        }
        self.xml.close();
    }

    fn quote(&mut self, block: &Block, inner: &[Block]) {
        self.xml.indent();
        self.xml.start("blockquote");
        if block.classes.iter().any(|class| class == "epigraph") {
            self.xml.attribute("epub:type", "epigraph").attribute("role", "doc-epigraph");
        }
        self.block_attributes(block, "");
        self.xml.deeper();
        self.nested += 1;
        self.blocks(inner);
        self.nested -= 1;
        self.xml.close();
    }

    /// What is in a list item or the like, whose element is open; ends it. Tight text stands right in the element;
    /// anything more, in lines of its own.
    fn item(&mut self, blocks: &[Block], tight: bool) {
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
            self.xml.deeper();
            self.blocks(rest);
            self.xml.shallower();
            self.xml.indent();
        }
        self.nested -= 1;
        self.xml.end();
        self.xml.newline();
    }

    /// A line that opens a block's element.
    pub(in crate::epub) fn block_open(&mut self, name: &'static str, block: &Block, own: &str) {
        self.xml.indent();
        self.block_start(name, block, own);
        self.xml.deeper();
    }
}
