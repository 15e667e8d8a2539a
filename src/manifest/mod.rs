//! The manifest as written: strict TOML with every value's place.
//!
//! Comes in: the text of `manifest.toml`. Goes out: a [`Manifest`], every default filled in, every
//! value checked as far as it can be without the disk; and in the [`Report`] every mistake, not just
//! the first: unknown keys with the nearest known one or the table that they belong to (`places.rs`), wrong
//! types, bad lengths, missing keys.
//!
//! The tree of `toml` is walked by hand (`decode.rs`): deserialising into structs would stop at the first
//! mistake. serde reads the words that have a meaning (`"saddle"`, `"short-edge"`).

use std::sync::Arc;

use serde::Deserialize;
use toml::de::DeTable;

use crate::diagnostic::{Report, SourceId, Span, codes};
use crate::language::Language;
use crate::length::{Length, Size};

mod binding;
mod cover;
mod decode;
mod design;
mod identity;
mod inks;
mod measures;
mod names;
mod papers;
mod places;
mod print;
mod text;
mod words;

pub use binding::{
    BindingKind, Blanks, Creep, CreepDirection, Fit, Flip, LeafletFold, Print, PrintersMark, SheetFold,
    Stacker,
};
pub use cover::{Cover, CoverDesign, Focus, Isbn, Price};
use decode::{Reader, Table};
pub use design::preset::{Bounds, Canon, PresetName};
pub use design::typography::{Figures, Headings, Hyphenated, NoteMarks, NoteNumbers, Typography};
pub use identity::Identity;
pub use inks::ink_name;
pub use names::{ROLES, folded};
pub use papers::{A4, Market, Paper, name_of_paper, paper_named, paper_names, papers_sold};

/// A value and where the manifest says it. A default has the span of the table it would stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A calendar date; the only date that reaches an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, 1–9999.
    pub year: u16,
    /// Month, 1–12.
    pub month: u8,
    /// Day, 1–31.
    pub day: u8,
}

/// Someone who made the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As printed.
    pub name: String,
    /// As sorted in catalogues: `Kropotkin, Peter`.
    pub file_as: Option<String>,
    /// A MARC relator word such as `translator`; authors have `author`.
    pub role: String,
}

/// A series and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Which one of it this is.
    pub number: Option<u32>,
}

/// What a booklet is about, for catalogues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// In words.
    pub name: String,
    /// Its place in a classification: the scheme's name as EPUB registers it, and the code.
    pub class: Option<(&'static str, String)>,
}

/// One entry of `chapters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterEntry {
    /// The Markdown file, relative to the manifest.
    pub file: Spanned<String>,
    /// Overrides the file's first heading.
    pub title: Option<String>,
    /// For running heads.
    pub short_title: Option<String>,
    /// Whether the chapter is numbered.
    pub numbered: bool,
}

/// Margins of a page, by the spine and not by left and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    /// At the spine.
    pub inner: Length,
    /// At the fore edge.
    pub outer: Length,
    /// Above the first line.
    pub top: Length,
    /// Below the last line.
    pub bottom: Length,
}

/// Where a chapter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterStart {
    /// On a new page.
    Page,
    /// On a new right-hand page (left-hand in right-to-left booklets).
    Recto,
    /// On the same page, after the chapter before.
    RunOn,
}

/// Where notes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotesPlace {
    /// At the foot of the page of their mark.
    Foot,
    /// After the chapter.
    ChapterEnd,
    /// After the last chapter.
    End,
}

/// How paragraphs are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Indent {
    /// First line indented, no space between.
    FirstLine,
    /// A blank line between, no indent.
    Space,
}

/// How `*stress*` is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stress {
    /// In italics.
    Italic,
    /// In bold, and nothing anywhere in italics.
    Bold,
}

/// `[design]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Trimmed page.
    pub page: Spanned<Size>,
    /// Family names, first choice first.
    pub fonts: Vec<Spanned<String>>,
    /// Type size of the text.
    pub size: Spanned<Length>,
    /// Distance of baselines.
    pub leading: Spanned<Length>,
    /// Nothing is set smaller, unless the text itself is.
    pub smallest: Length,
    /// Space between letters, in thousandths of the type size.
    pub letter_space: i64,
    /// Margins of a page for which none are given.
    pub canon: Canon,
    /// What `fit` may vary, and how far.
    pub bounds: Bounds,
    /// How stress is shown.
    pub stress: Stress,
    /// Given margins; none means a canon that fits the page.
    pub margins: Option<Spanned<Margins>>,
    /// Where chapters begin.
    pub chapter_start: ChapterStart,
    /// Where notes are printed.
    pub notes: NotesPlace,
    /// Whether a contents page is set.
    pub contents: bool,
    /// Whether a title page is set after the cover.
    pub title_page: bool,
    /// Whether pages carry running heads.
    pub running_heads: bool,
    /// Whether text is justified; ragged right otherwise.
    pub justify: bool,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// How paragraphs are told apart.
    pub indent: Indent,
    /// Figures, capitals, notes' marks, ornaments, words divided by hand.
    pub typography: Typography,
}

/// `[epub]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epub {
    /// Whether the text faces are embedded, cut to what is used.
    pub embed_fonts: bool,
    /// Whether the beginnings of the printed pages are marked and listed.
    pub page_list: bool,
    /// Who certifies that it conforms to EPUB Accessibility; no claim is made without a name.
    pub certified_by: Option<String>,
}

/// The whole manifest, defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The text it was read from.
    pub source: SourceId,
    /// Who and what the booklet is, as written (no orthography applied).
    pub identity: Identity,
    /// Where the authors are named.
    pub authors_at: Option<Span>,
    /// The chapters in order; never empty.
    pub chapters: Vec<ChapterEntry>,
    /// Cover.
    pub cover: Cover,
    /// Page design.
    pub design: Design,
    /// What to print; never empty.
    pub prints: Vec<Print>,
    /// EPUB settings.
    pub epub: Epub,
    /// Whether the booklet's own files travel with the reading PDF and the EPUB.
    pub sources: bool,
}

/// Reads a manifest. `None` when it has errors; the report says which.
pub fn parse(source: SourceId, report: &mut Report) -> Option<Manifest> {
    let text = Arc::clone(&report.source(source)?.text);
    let mut reader = Reader { source, report };
    let (tree, mistakes) = DeTable::parse_recoverable(&text);
    for mistake in &mistakes {
        let range = mistake.span().unwrap_or(0..0);
        let hint = escaped(&text, range.start).unwrap_or_else(|| SYNTAX_HINT.to_owned());
        let span = reader.span(range);
        reader.error(span, codes::M001, format!("this is not TOML: {}", mistake.message()), hint);
    }
    if !mistakes.is_empty() {
        // Values that were torn apart would only give findings that puzzle.
        return None;
    }
    let before = reader.report.errors();
    let manifest = decode_all(source, tree.get_ref(), &mut reader);
    (reader.report.errors() == before).then_some(manifest)
}

/// What TOML looks like, for those who never saw it.
const SYNTAX_HINT: &str =
    "a line is a key, an equals sign and a value, and texts stand in quotes: title = \"My booklet\"";

/// What to do about a mistake in a text in quotes right after a backslash; none if it is none.
fn escaped(text: &str, at: usize) -> Option<String> {
    let (before, after) = text.split_at_checked(at)?;
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    // The mistake is at the backslash, or at what follows it.
    let at_backslash = after.starts_with('\\') || line.ends_with('\\');
    let start = line.rfind('"').filter(|_| at_backslash)?;
    let rest = after.split(['"', '\n']).next().unwrap_or_default();
    let written = [&line[start + 1..], rest].concat();
    Some(decode::slashed(&written).unwrap_or_else(|| {
        "a backslash in quotes has a meaning of its own: for a backslash itself write two, \\\\".to_owned()
    }))
}

/// Reads every key of the manifest, mistakes or not.
fn decode_all(source: SourceId, tree: &DeTable<'_>, reader: &mut Reader<'_>) -> Manifest {
    const TITLE: &str = "title = \"For a revolutionary anarchism\"";
    const LANGUAGE: &str = "language = \"en\"";
    let top_span = reader.span(0..0);
    let mut top = Table::new("", tree, top_span);
    let title = top.need("title", TITLE).and_then(|value| reader.line("title", value, TITLE));
    let language = top.need("language", LANGUAGE);
    let language = language.and_then(|value| reader.line("language", value, LANGUAGE));
    let language = language.and_then(|tag| match Language::parse(&tag.value) {
        Ok(language) => Some(language),
        Err(why) => {
            let message = format!("“{}” is not a language tag", decode::clipped(&tag.value));
            reader.error(tag.span, codes::M011, message, why.to_string());
            None
        }
    });
    let authors_at = top.get("authors").map(|value| reader.span(value.span()));
    // Without these there are errors, and no manifest is given.
    let title = title.map(|title| title.value).unwrap_or_default();
    let language = language.unwrap_or_else(|| Language::from(""));
    let identity = text::identity(title, language, &mut top, reader);
    let chapters = text::chapters(&mut top, reader);
    let cover = cover::read(&mut top, reader);
    let design = design::design(&mut top, reader);
    let prints = print::prints(&mut top, design.page.value, reader);
    let epub = print::epub(&mut top, reader);
    let sources = top.switch(reader, "sources", true);
    top.finish(reader);
    Manifest { source, identity, authors_at, chapters, cover, design, prints, epub, sources }
}
