//! One content document: XHTML that an HTML parser reads the same way (polyglot).
//!
//! Comes in: blocks (`blocks.rs`, `tables.rs`, `figures.rs`), inlines (`inlines.rs`) and notes (`notes.rs`) of the
//! document. Goes out: indented XHTML in the words and the order of the document. One [`Writer`] writes one file.
//! While it writes it notes which characters stand in which style, for the embedded faces, and which headings there
//! are, for the navigation.

use std::collections::BTreeMap;

use crate::document::{Block, NodeId, NoteCall};
use crate::face::FaceStyle;
use crate::picture::PictureId;
use crate::xml::{Readers, Xml};

use crate::epub::Context;
use crate::epub::plan::ContentDocument;
use crate::epub::used::Used;

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
    pub(in crate::epub) context: &'a Context<'a>,
    pub(in crate::epub) part: ContentDocument,
    pub(in crate::epub) xml: Xml,
    pub(in crate::epub) used: &'a mut Used,
    pub(in crate::epub) headings: Vec<Heading>,
    /// Style of the text as the style sheet sets it.
    pub(in crate::epub) style: FaceStyle,
    /// Whether a link is open: links never nest.
    pub(in crate::epub) in_link: bool,
    /// Marks that stood in a link, to be written after it.
    pub(in crate::epub) held: Vec<NoteCall>,
    /// The mark that the next paragraph begins with: that of a note.
    pub(in crate::epub) lead: Option<String>,
    /// The paragraph that begins with a drop capital.
    pub(in crate::epub) opening: Option<NodeId>,
    /// Levels as written of the headings that are open.
    pub(in crate::epub) levels: Vec<u8>,
    /// Whether headings are within quotes, lists or notes, and so not in the navigation.
    pub(in crate::epub) nested: usize,
    /// The element whose own text is written, if that came out of the document.
    pub(in crate::epub) owner: Option<NodeId>,
    /// How much of that is written of the elements in which pages begin, in counted characters.
    pub(in crate::epub) written: BTreeMap<NodeId, usize>,
    /// The pages whose beginnings are marked, in order: index into the plan's.
    pub(in crate::epub) pages: Vec<usize>,
}

impl<'a> Writer<'a> {
    /// Begins a document with its head. `title` is plain words; `kind` is the body's class.
    pub fn new(context: &'a Context<'a>, used: &'a mut Used, part: ContentDocument, title: &str) -> Self {
        let mut writer = Self {
            context,
            part,
            xml: Xml::declared(Readers::XmlAndHtml),
            used,
            headings: Vec::new(),
            style: FaceStyle::default(),
            in_link: false,
            held: Vec::new(),
            lead: None,
            opening: None,
            levels: Vec::new(),
            nested: 0,
            owner: None,
            written: BTreeMap::new(),
            pages: Vec::new(),
        };
        let language = context.document.identity.language.tag();
        let xml = &mut writer.xml;
        xml.raw("<!DOCTYPE html>\n");
        xml.start("html")
            .attribute("xmlns", "http://www.w3.org/1999/xhtml")
            .attribute("xmlns:epub", "http://www.idpf.org/2007/ops")
            .attributes(&[("lang", language), ("xml:lang", language)]);
        if context.rtl {
            xml.attribute("dir", "rtl");
        }
        xml.newline();
        xml.open("head", &[]);
        xml.void_line("meta", &[("charset", "UTF-8")]);
        xml.line("title", &[], title);
        xml.void_line("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", "stylesheet.css")]);
        xml.close();
        xml.start("body");
        xml.newline();
        writer
    }

    /// Ends the document: the file, its headings, the pages that begin in it.
    pub fn finish(mut self) -> Written {
        self.xml.end();
        self.xml.newline();
        self.xml.end();
        self.xml.newline();
        Written { text: self.xml.finish(), headings: self.headings, pages: self.pages }
    }

    /// Words that are not in the document (labels, title page), set in the current style.
    pub(in crate::epub) fn words(&mut self, words: &str) {
        self.used.add(self.style, words);
        self.xml.text(words);
    }

    /// A line that is an element with such words in it.
    pub(in crate::epub) fn line(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        words: &str,
    ) {
        self.used.add(self.style, words);
        self.xml.line(name, attributes, words);
    }

    /// Opens a block's element, with its id and its classes, `own` the first of them.
    pub(in crate::epub) fn block_start(&mut self, name: &'static str, block: &Block, own: &str) {
        self.xml.start(name);
        self.block_attributes(block, own);
    }

    /// `id` and `class` of a block.
    pub(in crate::epub) fn block_attributes(&mut self, block: &Block, own: &str) {
        self.id(block.id);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let written = block.classes.iter().map(String::as_str);
        let mut classes = String::new();
        for class in std::iter::once(own).chain(written).filter(|class| class.chars().all(plain)) {
            if !classes.is_empty() && !class.is_empty() {
                classes.push(' ');
            }
            classes.push_str(class);
        }
        if !classes.is_empty() {
            self.xml.attribute("class", &classes);
        }
    }

    /// The id of a node that has one.
    pub(in crate::epub) fn id(&mut self, node: NodeId) {
        if let Some(id) = self.context.plan.id(node) {
            self.xml.attribute("id", id);
        }
    }

    /// The symbol that a note begins with, once.
    pub(in crate::epub) fn lead(&mut self) {
        if let Some(mark) = self.lead.take() {
            self.used.add(self.style, &mark);
            self.xml.element("span", &[("class", "mark")], &mark).text(" ");
        }
    }

    /// A picture with an attribute of its own, or its words if it could not be read.
    pub(in crate::epub) fn image(
        &mut self,
        picture: Option<PictureId>,
        alt: &str,
        attribute: Option<(&'static str, &str)>,
    ) {
        let Some(href) = self.context.picture(picture) else { return self.words(alt) };
        let image = [("src", href), ("alt", alt)];
        self.xml.start("img").attributes(&image).attributes(attribute.as_slice()).void();
    }
}
