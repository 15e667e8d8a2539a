//! `Document` → EPUB bytes.
//!
//! Comes in: the document and what the manifest says about the EPUB. Goes out: an EPUB 3.3 that opens
//! in EPUB 2 reading systems too. In order:
//!
//! 1. [`plan`] decides which file and which id everything has.
//! 2. [`xhtml`] (with [`inlines`], [`tables`], [`notes`], [`matter`]) writes the content documents and
//!    notes which characters and headings they hold.
//! 3. [`fonts`] cuts the faces to those characters, [`style`] writes the style sheet. A [`Cover`] is drawn
//!    beforehand where there is no picture.
//! 4. [`package`] writes what the reading system reads first, and [`archive`] puts it all together.
//!
//! The words and their order are the document's: what is added (contents, title page, labels) is in
//! elements of its own.

use std::collections::BTreeMap;
use std::fmt;

use crate::document::labels::{Labels, right_to_left};
use crate::document::{Back, Document, plain_text};
use crate::face::{FaceStyle, Faces};
use crate::manifest::{Indent, Manifest, NotesPlace, Stress, Typography};
use crate::picture::PictureId;
use crate::sources::Sources;
use crate::typeset::starts::PageStart;

pub mod archive;
mod cover;
mod fonts;
mod inlines;
mod kobo;
mod matter;
mod notes;
mod package;
mod pages;
mod pictures;
mod plan;
pub mod sources;
mod style;
mod tables;
mod used;
mod xhtml;
mod xml;

use archive::{File, Package};
use package::{Item, Landmark, PageLink, Senses};
use pages::Beginnings;
use plan::{Part, Plan};
use used::Used;
use xhtml::{Heading, Writer, Written};

pub use cover::Cover;

/// What the EPUB needs beside the document.
#[derive(Debug, Clone, Copy)]
pub struct EpubOptions<'a> {
    /// The faces of the booklet: the text families are embedded.
    pub faces: &'a Faces,
    /// The cover, where no picture is the cover as it is.
    pub cover: Option<&'a Cover>,
    /// Whether to embed the text faces, cut to what is used.
    pub embed_fonts: bool,
    /// Whether the contents stand in the text, and not only in the reading system's own menu.
    pub contents: bool,
    /// Whether a title page follows the cover.
    pub title_page: bool,
    /// Where notes stand. A reflowed text has no foot of the page: `Foot` gathers them after the last
    /// chapter like `End`, and reading systems show each as a pop-up.
    pub notes: NotesPlace,
    /// How paragraphs are told apart.
    pub indent: Indent,
    /// Whether the style sheet asks for justified text.
    pub justify: bool,
    /// Whether the style sheet allows hyphens.
    pub hyphenate: bool,
    /// Figures, headings, drop capitals, ornaments.
    pub typography: &'a Typography,
    /// Where the printed pages begin, to mark and list them; empty for no list of pages.
    pub starts: &'a [PageStart],
    /// Who certifies that it is accessible.
    pub certified_by: Option<&'a str>,
    /// For which reading systems.
    pub dialect: Dialect,
    /// How stress is shown.
    pub stress: Stress,
    /// Distance of baselines, in hundredths of the type size.
    pub leading: i64,
    /// Space between letters, in thousandths of the type size.
    pub letter_space: i64,
    /// The booklet's own files, to carry along.
    pub sources: Option<&'a Sources>,
}

/// For which reading systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// All: EPUB 3.3 and nothing else.
    Plain,
    /// Kobo's readers, which find places and measure reading by marks around every sentence.
    Kobo,
}

/// Screens want lines no nearer than this, in hundredths of the type size.
const LEAST_LEADING: i64 = 135;

impl<'a> EpubOptions<'a> {
    /// What the manifest asks for.
    pub fn new(manifest: &'a Manifest, faces: &'a Faces, starts: &'a [PageStart], dialect: Dialect) -> Self {
        let design = &manifest.design;
        Self {
            faces,
            cover: None,
            embed_fonts: manifest.epub.embed_fonts,
            contents: design.contents,
            title_page: design.title_page,
            notes: design.notes,
            indent: design.indent,
            justify: design.justify,
            hyphenate: design.hyphenate,
            typography: &design.typography,
            starts,
            certified_by: manifest.epub.certified_by.as_deref(),
            dialect,
            stress: design.stress,
            leading: (design.leading.value.0 * 100 / design.size.value.0.max(1)).max(LEAST_LEADING),
            letter_space: design.letter_space,
            sources: None,
        }
    }
}

/// Why there is no EPUB: its container could not be made. It happens only when a file of it is larger
/// than a ZIP entry may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the EPUB could not be packed: {}", self.0)
    }
}

impl std::error::Error for Failure {}

/// What every writer of a content document needs to know.
struct Context<'a> {
    document: &'a Document,
    plan: Plan,
    labels: &'static Labels,
    rtl: bool,
    stress: Stress,
    /// File names of the pictures that are shown.
    pictures: BTreeMap<PictureId, String>,
    /// Where printed pages begin.
    beginnings: Beginnings<'a>,
    /// Figures, headings, drop capitals.
    typography: &'a Typography,
    /// The family that the text is set in, if it is embedded.
    typeface: Option<&'a str>,
    /// Whether the booklet's own files are carried along.
    sources: bool,
}

impl Context<'_> {
    /// The style that headings of a rank are set in.
    fn heading(&self, rank: usize) -> FaceStyle {
        style::heading(rank, self.typography.headings, self.stress)
    }

    /// The address of a picture; none if it could not be read.
    fn picture(&self, picture: Option<PictureId>) -> Option<&str> {
        self.pictures.get(&picture?).map(String::as_str)
    }
}

/// Writes an EPUB 3.3.
pub fn write(document: &Document, options: &EpubOptions<'_>) -> Result<Vec<u8>, Failure> {
    let drawn = options.cover.map(|Cover(file)| file.clone());
    let (mut files, pictures) = pictures::encode(document, drawn.is_none());
    let given = document.front_cover.and_then(|picture| pictures.get(&picture).cloned());
    let cover = drawn.as_ref().map(|file| file.name.clone()).or(given);
    files.extend(drawn);
    let context = Context {
        document,
        plan: Plan::new(document, options),
        labels: Labels::of(&document.identity.language),
        rtl: right_to_left(&document.identity.language),
        stress: options.stress,
        pictures,
        beginnings: Beginnings::new(options.starts),
        typography: options.typography,
        typeface: options.faces.iter().map(|(_, face)| &*face.family).next().filter(|_| options.embed_fonts),
        sources: options.sources.is_some(),
    };
    let mut book = Book::new(&context);
    book.write(options, cover.as_deref());
    let Book { mut used, texts, headings, pages, .. } = book;
    let nav = {
        let landmarks = landmarks(&context, &texts, options);
        let mut writer = Writer::new(&context, &mut used, Part::Contents, context.labels.contents);
        let landmarks: Vec<_> = landmarks.iter().map(|l| (l.kind, l.href, l.words)).collect();
        writer.navigation(&headings, &landmarks, &pages);
        writer.finish().text
    };
    let embedded = if options.embed_fonts {
        used.add(Default::default(), options.typography.ornament.as_deref().unwrap_or("* "));
        fonts::embed(options.faces, &used, &document.identity.language)
    } else {
        fonts::Embedded::default()
    };
    files.extend(embedded.files);

    let items = items(&texts, &files, &context, options, cover.as_deref());
    // Linked from the metadata, and so not among what is listed as read or shown.
    if let Some(sources) = options.sources {
        files.push(sources::file(sources).map_err(|error| Failure(error.to_string()))?);
    }
    let landmarks = landmarks(&context, &texts, options);
    let senses = Senses {
        pictures: !context.pictures.is_empty(),
        described: pictures::described(document),
        undescribed: document.undescribed,
        pages: !pages.is_empty(),
    };
    let package = Package {
        opf: package::opf(&context, &items, &landmarks, senses, options.certified_by),
        nav: options.dialect.of(nav),
        ncx: package::ncx(&context, &headings, &pages),
    };
    files.push(File {
        name: "stylesheet.css".to_owned(),
        media: "text/css",
        bytes: style::sheet(options, &embedded.rules, &embedded.notices).into_bytes(),
    });
    for (part, text) in texts {
        if part != Part::Contents {
            let name = context.plan.file(part).to_owned();
            let text = options.dialect.of(text);
            files.push(File { name, media: "application/xhtml+xml", bytes: text.into_bytes() });
        }
    }
    archive::pack(&files, &package).map_err(|error| Failure(error.to_string()))
}

/// The content documents, as they are written.
struct Book<'a> {
    context: &'a Context<'a>,
    used: Used,
    texts: Vec<(Part, String)>,
    headings: Vec<Heading>,
    pages: Vec<PageLink>,
}

impl<'a> Book<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Self { context, used: Used::default(), texts: Vec::new(), headings: Vec::new(), pages: Vec::new() }
    }

    fn part(&mut self, part: Part, title: &str, write: impl FnOnce(&mut Writer<'_>)) {
        let mut writer = Writer::new(self.context, &mut self.used, part, title);
        write(&mut writer);
        let Written { mut text, headings, pages } = writer.finish();
        // Room that a short chapter left unused would be held for every chapter until all are packed.
        text.shrink_to_fit();
        self.texts.push((part, text));
        self.headings.extend(headings);
        let file = self.context.plan.file(part);
        self.pages.extend(pages.into_iter().map(|page| {
            let label = self.context.beginnings.label(page);
            PageLink { href: format!("{file}#{}", pages::page_id(label)), label: label.to_owned() }
        }));
    }

    fn write(&mut self, options: &EpubOptions<'_>, cover: Option<&str>) {
        let document = self.context.document;
        let labels = self.context.labels;
        if let Some(href) = cover {
            self.part(Part::Cover, labels.cover, |writer| writer.cover(href));
        }
        if options.title_page {
            self.part(Part::Title, &document.identity.title, |writer| writer.title_page());
        }
        self.part(Part::Imprint, labels.imprint, |writer| writer.imprint());
        if options.contents {
            self.texts.push((Part::Contents, String::new()));
        }
        for index in 0..document.chapters.len() {
            self.chapter(index);
        }
        if !document.notes.is_empty() && options.notes != NotesPlace::ChapterEnd {
            let href = self.context.plan.file(Part::Notes).to_owned();
            self.part(Part::Notes, labels.notes, |writer| writer.all_notes());
            self.headings.push(Heading { level: 1, href, words: labels.notes.to_owned() });
        }
        match &document.back_cover {
            Back::Blank if document.trade.is_empty() => {}
            Back::Picture(picture) => self.part(Part::Back, labels.back_cover, |writer| {
                writer.open("<section class=\"cover\">");
                writer.begin();
                writer.image(Some(*picture), labels.back_cover, "");
                writer.out.push('\n');
                writer.trade();
                writer.close("</section>");
            }),
            Back::Blank => self.part(Part::Back, labels.back_cover, |writer| {
                let name = xml::value(labels.back_cover);
                writer.open(&format!("<section class=\"back-cover\" aria-label=\"{name}\">"));
                writer.trade();
                writer.close("</section>");
            }),
            Back::Blocks(blocks) => self.part(Part::Back, labels.back_cover, |writer| {
                writer.nested += 1;
                writer.open(&format!(
                    "<section class=\"back-cover\" aria-label=\"{}\">",
                    xml::value(labels.back_cover)
                ));
                writer.blocks(blocks);
                writer.trade();
                writer.close("</section>");
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
        let href = self.context.plan.file(Part::Chapter(index)).to_owned();
        self.headings.push(Heading { level: 1, href, words: listed });
        let first = self.headings.len();
        self.part(Part::Chapter(index), &words, |writer| {
            let label = if titled {
                "aria-labelledby=\"title\"".to_owned()
            } else {
                format!("aria-label=\"{}\"", xml::value(&words))
            };
            writer.open(&format!("<section epub:type=\"bodymatter chapter\" role=\"doc-chapter\" {label}>"));
            if titled {
                writer.chapter_title(chapter.title_id, &chapter.title, chapter.number);
            }
            if writer.context.typography.drop_caps.is_some() {
                writer.opening = chapter.opening();
            }
            writer.blocks(&chapter.blocks);
            if writer.context.plan.notes_part(u32::try_from(index).unwrap_or(u32::MAX))
                == Part::Chapter(index)
            {
                writer.chapter_notes(index);
            }
            writer.close("</section>");
        });
        if !titled {
            // Its headings stand below the name that the menu gives it.
            self.headings.iter_mut().skip(first).for_each(|heading| heading.level += 1);
        }
    }
}

/// Everything that the package lists: documents in reading order, then what they need.
fn items(
    texts: &[(Part, String)],
    files: &[File],
    context: &Context<'_>,
    options: &EpubOptions<'_>,
    cover: Option<&str>,
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |id: String, href: &str, media, properties, spine| {
        items.push(Item { id, href: href.to_owned(), media, properties, spine });
    };
    for (part, _) in texts {
        let id = match part {
            Part::Cover => "cover".to_owned(),
            Part::Title => "title-page".to_owned(),
            Part::Imprint => "imprint".to_owned(),
            Part::Contents => "nav".to_owned(),
            Part::Chapter(index) => format!("chapter-{}", index + 1),
            Part::Notes => "notes".to_owned(),
            Part::Back => "back-cover".to_owned(),
        };
        let properties = if *part == Part::Contents { "nav" } else { "" };
        add(id, context.plan.file(*part), "application/xhtml+xml", properties, true);
    }
    if !options.contents {
        add("nav".to_owned(), "nav.xhtml", "application/xhtml+xml", "nav", false);
    }
    add("ncx".to_owned(), "toc.ncx", "application/x-dtbncx+xml", "", false);
    add("stylesheet".to_owned(), "stylesheet.css", "text/css", "", false);
    for (index, file) in files.iter().enumerate() {
        let properties = if cover == Some(file.name.as_str()) { "cover-image" } else { "" };
        add(format!("file-{}", index + 1), &file.name, file.media, properties, false);
    }
    items
}

fn landmarks<'a>(
    context: &'a Context<'_>,
    texts: &[(Part, String)],
    options: &EpubOptions<'_>,
) -> Vec<Landmark<'a>> {
    let labels = context.labels;
    let mut landmarks = Vec::new();
    let mut add = |kind, guide, part, words| {
        landmarks.push(Landmark { kind, guide, href: context.plan.file(part), words });
    };
    let has = |part| texts.iter().any(|(p, _)| *p == part);
    if has(Part::Cover) {
        add("cover", "cover", Part::Cover, labels.cover);
    }
    if has(Part::Title) {
        add("titlepage", "title-page", Part::Title, labels.title_page);
    }
    // A landmark must be a page that is read (EPUB 3.3, 5.6.2): the contents are one only if they stand in
    // the text; otherwise they are the reading system's own menu alone.
    if options.contents {
        add("toc", "toc", Part::Contents, labels.contents);
    }
    add("bodymatter", "text", Part::Chapter(0), labels.text);
    if has(Part::Notes) {
        add("endnotes", "notes", Part::Notes, labels.notes);
    }
    landmarks
}
