//! What the package document lists: every file, and the places that readers jump to.
//!
//! Comes in: the content documents and the files that they need. Goes out: [`PackageItem`]s and [`Landmark`]s, which
//! `package.rs` writes for the reading system and `matter.rs` for the contents.

use super::archive::{File, XHTML};
use super::plan::{ContentDocument, Landmark};
use super::texts::Text;
use super::{Context, EpubOptions};

/// A file of the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageItem {
    /// Its id in the package.
    pub id: String,
    /// Its name, relative to the package document.
    pub href: String,
    /// Its media type.
    pub media: &'static str,
    /// `nav`, `cover-image`, or nothing.
    pub properties: &'static str,
    /// Whether it is read, in this order.
    pub spine: bool,
}

/// Everything that the package lists: documents in reading order, then what they need.
pub fn items(
    texts: &[Text],
    files: &[File],
    context: &Context<'_>,
    options: &EpubOptions<'_>,
    cover: Option<&str>,
) -> Vec<PackageItem> {
    let mut items = Vec::new();
    let mut add = |id: String, href: &str, media, properties, spine| {
        items.push(PackageItem { id, href: href.to_owned(), media, properties, spine });
    };
    for text in texts {
        let id = match text.part {
            ContentDocument::Cover => "cover".to_owned(),
            ContentDocument::Title => "title-page".to_owned(),
            ContentDocument::Imprint => "imprint".to_owned(),
            ContentDocument::Contents => "nav".to_owned(),
            ContentDocument::Chapter(index) => format!("chapter-{}", index + 1),
            ContentDocument::Notes => "notes".to_owned(),
            ContentDocument::Back => "back-cover".to_owned(),
        };
        let properties = if text.part == ContentDocument::Contents { "nav" } else { "" };
        add(id, context.plan.file(text.part), XHTML, properties, true);
    }
    if !options.contents {
        add("nav".to_owned(), "nav.xhtml", XHTML, "nav", false);
    }
    add("ncx".to_owned(), "toc.ncx", "application/x-dtbncx+xml", "", false);
    add("stylesheet".to_owned(), "stylesheet.css", "text/css", "", false);
    for (index, file) in files.iter().enumerate() {
        let properties = if cover == Some(file.name.as_str()) { "cover-image" } else { "" };
        add(format!("file-{}", index + 1), &file.name, file.media, properties, false);
    }
    items
}

/// The places that readers jump to.
pub fn landmarks<'a>(
    context: &'a Context<'_>,
    texts: &[Text],
    options: &EpubOptions<'_>,
) -> Vec<Landmark<'a>> {
    let labels = context.labels;
    let mut landmarks = Vec::new();
    let mut add = |kind, guide, part, words| {
        landmarks.push(Landmark { kind, guide, href: context.plan.file(part), words });
    };
    let has = |part| texts.iter().any(|text| text.part == part);
    if has(ContentDocument::Cover) {
        add("cover", "cover", ContentDocument::Cover, labels.cover);
    }
    if has(ContentDocument::Title) {
        add("titlepage", "title-page", ContentDocument::Title, labels.title_page);
    }
    // A landmark must be a page that is read (EPUB 3.3, 5.6.2): the contents are one only if they stand in
    // the text; otherwise they are the reading system's own menu alone.
    if options.contents {
        add("toc", "toc", ContentDocument::Contents, labels.contents);
    }
    add("bodymatter", "text", ContentDocument::Chapter(0), labels.text);
    if has(ContentDocument::Notes) {
        add("endnotes", "notes", ContentDocument::Notes, labels.notes);
    }
    landmarks
}
