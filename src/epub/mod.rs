//! `Document` → EPUB bytes.
//!
//! Comes in: the document and what the manifest says about the EPUB. Goes out: an EPUB 3.3 that opens
//! in EPUB 2 reading systems too. In order:
//!
//! 1. [`plan`] decides which file and which id everything has.
//! 2. [`texts`] has [`documents`] and [`matter`] write the content documents, and notes which characters and
//!    headings they hold.
//! 3. [`fonts`] cuts the faces to those characters, [`style`] writes the style sheet. A [`Cover`] is drawn
//!    beforehand where there is no picture.
//! 4. [`package`] writes what the reading system reads first, by what is [`listed`]. That is a [`Book`], which can be
//!    looked at as it is; [`archive`] puts it into a container.
//!
//! The words and their order are the document's: what is added (contents, title page, labels) is in
//! elements of its own.
//!
//! What `epub-builder` keeps for us: the container, by the rules of OCF: `mimetype` first and not compressed,
//! `container.xml`, Apple's display options (without which embedded fonts are not shown), where content documents,
//! the style sheet and fonts lie, and their compression. What of it is overwritten, once it is made: the package
//! document (all people are authors there, items have no properties but the cover's, the time is the clock's), the
//! navigation document (no language, no direction, no list of pages) and the NCX (no identifier, no list of
//! pages). What it is not asked for: pictures and the booklet's sources, which it would compress once more;
//! [`archive`] puts them behind the rest as they are.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::labels::Labels;
use crate::face::{FaceStyle, Faces};
use crate::manifest::{Indent, Manifest, NotesPlace, Stress, Typography};
use crate::picture::PictureId;
use crate::sources::Sources;
use crate::typeset::starts::PageStart;

mod archive;
mod cover;
mod documents;
mod fonts;
mod ids;
mod listed;
mod matter;
mod package;
mod pages;
mod pictures;
mod plan;
pub mod sources;
mod style;
mod texts;
mod used;

use listed::{items, landmarks};
use package::Senses;
use pages::Beginnings;
use plan::{ContentDocument, FilePlan};
use texts::{Text, Texts};

pub use archive::{Failure, File, Package, XHTML};
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

/// All files of an EPUB, before they are put into a container.
#[derive(Debug, Clone)]
pub struct Book {
    /// What the package lists, and what it links to; but for the contents.
    pub files: Vec<File>,
    /// What says what the EPUB holds; the contents among it.
    pub package: Package,
    /// What is read, in order.
    pub read: Vec<Read>,
}

/// A document that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its file.
    pub file: String,
    /// What it is called.
    pub title: String,
}

impl Book {
    /// Puts the files into a container.
    ///
    /// # Errors
    /// When one of them is larger than an EPUB can hold.
    pub fn pack(&self) -> Result<Vec<u8>, Failure> {
        archive::pack(&self.files, &self.package)
    }
}

/// What every writer of a content document needs to know.
struct Context<'a> {
    document: &'a Document,
    plan: FilePlan,
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
///
/// # Errors
/// When a part of it is larger than an EPUB can hold.
pub fn write(document: &Document, options: &EpubOptions<'_>) -> Result<Vec<u8>, Failure> {
    files(document, options)?.pack()
}

/// Makes all files of an EPUB.
///
/// # Errors
/// When the sources are larger than an EPUB can hold.
pub fn files(document: &Document, options: &EpubOptions<'_>) -> Result<Book, Failure> {
    let drawn = options.cover.map(|Cover(file)| file.clone());
    let (mut files, pictures) = pictures::encode(document, drawn.is_none());
    let given = document.cover.front.picture().and_then(|picture| pictures.get(&picture).cloned());
    let cover = drawn.as_ref().map(|file| file.name.clone()).or(given);
    files.extend(drawn);
    let context = Context {
        document,
        plan: FilePlan::new(document, options),
        labels: Labels::of(&document.identity.language),
        rtl: document.identity.language.right_to_left(),
        stress: options.stress,
        pictures,
        beginnings: Beginnings::new(options.starts),
        typography: options.typography,
        typeface: options.faces.iter().map(|(_, face)| &*face.family).next().filter(|_| options.embed_fonts),
        sources: options.sources.is_some(),
    };
    let mut written = Texts::new(&context);
    written.write(options, cover.as_deref());
    let landmarks = landmarks(&context, &written.texts, options);
    let nav = written.navigation(&landmarks);
    let Texts { mut used, texts, headings, pages, .. } = written;
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
        files.push(sources::file(sources)?);
    }
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
    let mut read = Vec::with_capacity(texts.len());
    for Text { part, title, file } in texts {
        let name = context.plan.file(part).to_owned();
        read.push(Read { file: name.clone(), title });
        if part != ContentDocument::Contents {
            let bytes = options.dialect.of(file).into_bytes();
            files.push(File { name, media: XHTML, bytes });
        }
    }
    Ok(Book { files, package, read })
}
