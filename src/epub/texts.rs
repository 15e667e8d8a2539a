//! The content documents of an EPUB, one after another in reading order.
//!
//! Comes in: the document and what the EPUB is to hold. Goes out: [`Texts`]: the documents, and what they were found
//! to hold: characters, headings, beginnings of printed pages. The contents come last, since only then is it known
//! where everything stands.

use crate::document::{Back, plain_text};
use crate::manifest::NotesPlace;

use super::documents::xhtml::{Heading, Writer, Written};
use super::pages::{self, PageLink};
use super::plan::ContentDocument;
use super::plan::Landmark;
use super::used::Used;
use super::{Context, EpubOptions};

/// A content document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Which one.
    pub part: ContentDocument,
    /// What it is called.
    pub title: String,
    /// The file; empty for the contents, which are written last.
    pub file: String,
}

/// The content documents, as they are written.
pub struct Texts<'a> {
    context: &'a Context<'a>,
    /// The characters that stand in each style.
    pub used: Used,
    /// Those that are read, in order.
    pub texts: Vec<Text>,
    /// The headings of all.
    pub headings: Vec<Heading>,
    /// The printed pages that begin in them.
    pub pages: Vec<PageLink>,
}

impl<'a> Texts<'a> {
    /// None yet.
    pub fn new(context: &'a Context<'a>) -> Self {
        Self { context, used: Used::default(), texts: Vec::new(), headings: Vec::new(), pages: Vec::new() }
    }

    fn part(&mut self, part: ContentDocument, title: &str, write: impl FnOnce(&mut Writer<'_>)) {
        let mut writer = Writer::new(self.context, &mut self.used, part, title);
        write(&mut writer);
        let Written { mut text, headings, pages } = writer.finish();
        // Room that a short chapter left unused would be held for every chapter until all are packed.
        text.shrink_to_fit();
        self.texts.push(Text { part, title: title.to_owned(), file: text });
        self.headings.extend(headings);
        let file = self.context.plan.file(part);
        self.pages.extend(pages.into_iter().map(|page| {
            let label = self.context.beginnings.label(page);
            PageLink { href: format!("{file}#{}", pages::page_id(label)), label: label.to_owned() }
        }));
    }

    /// Writes them all.
    pub fn write(&mut self, options: &EpubOptions<'_>, cover: Option<&str>) {
        let document = self.context.document;
        let labels = self.context.labels;
        if let Some(href) = cover {
            self.part(ContentDocument::Cover, labels.cover, |writer| writer.cover(href));
        }
        if options.title_page {
            self.part(ContentDocument::Title, &document.identity.title, |writer| writer.title_page());
        }
        self.part(ContentDocument::Imprint, labels.imprint, |writer| writer.imprint());
        if options.contents {
            let title = labels.contents.to_owned();
            self.texts.push(Text { part: ContentDocument::Contents, title, file: String::new() });
        }
        for index in 0..document.chapters.len() {
            self.chapter(index);
        }
        if !document.notes.is_empty() && options.notes != NotesPlace::ChapterEnd {
            let href = self.context.plan.file(ContentDocument::Notes).to_owned();
            self.part(ContentDocument::Notes, labels.notes, |writer| writer.all_notes());
            self.headings.push(Heading { level: 1, href, words: labels.notes.to_owned() });
        }
        let back_cover = [("class", "back-cover"), ("aria-label", labels.back_cover)];
        match &document.cover.back {
            Back::Blank if document.cover.trade.is_empty() => {}
            Back::Picture(picture) => self.part(ContentDocument::Back, labels.back_cover, |writer| {
                writer.xml.open("section", &[("class", "cover")]);
                writer.xml.indent();
                writer.image(Some(*picture), labels.back_cover, None);
                writer.xml.newline();
                writer.trade();
                writer.xml.close();
            }),
            Back::Blank => self.part(ContentDocument::Back, labels.back_cover, |writer| {
                writer.xml.open("section", &back_cover);
                writer.trade();
                writer.xml.close();
            }),
            Back::Blocks(blocks) => self.part(ContentDocument::Back, labels.back_cover, |writer| {
                writer.nested += 1;
                writer.xml.open("section", &back_cover);
                writer.blocks(blocks);
                writer.trade();
                writer.xml.close();
            }),
        }
    }

    fn chapter(&mut self, index: usize) {
        let Some(chapter) = self.context.document.chapters.get(index) else { return };
        let words = plain_text(&chapter.title);
        let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let titled = !chapter.title.is_empty();
        // A chapter without a heading still needs a name in menus.
        if words.is_empty() {
            words = chapter.short_title.clone().unwrap_or_default();
        }
        if words.trim().is_empty() {
            words = self.context.document.identity.title.clone();
        }
        if words.trim().is_empty() {
            words = self.context.labels.text.to_owned();
        }
        let listed = chapter.number.map_or_else(|| words.clone(), |number| format!("{number} {words}"));
        let href = self.context.plan.file(ContentDocument::Chapter(index)).to_owned();
        self.headings.push(Heading { level: 1, href, words: listed });
        let first = self.headings.len();
        self.part(ContentDocument::Chapter(index), &words, |writer| {
            let name = if titled { ("aria-labelledby", "title") } else { ("aria-label", words.as_str()) };
            writer.xml.open("section", &[("epub:type", "bodymatter chapter"), ("role", "doc-chapter"), name]);
            if titled {
                writer.chapter_title(chapter.title_id, &chapter.title, chapter.number);
            }
            if writer.context.typography.drop_caps.is_some() {
                writer.opening = chapter.opening();
            }
            writer.blocks(&chapter.blocks);
            if writer.context.plan.notes_part(index) == ContentDocument::Chapter(index) {
                writer.chapter_notes(index);
            }
            writer.xml.close();
        });
        if !titled {
            // Its headings stand below the name that the menu gives it.
            self.headings.iter_mut().skip(first).for_each(|heading| heading.level += 1);
        }
    }

    /// The contents, as a document for the reading system and for who reads.
    pub fn navigation(&mut self, landmarks: &[Landmark<'_>]) -> String {
        let contents = self.context.labels.contents;
        let mut writer = Writer::new(self.context, &mut self.used, ContentDocument::Contents, contents);
        writer.navigation(&self.headings, landmarks, &self.pages);
        writer.finish().text
    }
}
