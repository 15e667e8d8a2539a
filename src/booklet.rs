//! The booklet as it lies on the disk or in memory: the manifest with every path resolved and every file read.
//!
//! Comes in: a [`crate::folder::Manuscript`]. Goes out: a [`Booklet`] that needs its files no more. This is the
//! only place below `cli` that reads files. A path that leaves the booklet's folder,
//! by `..` or by a link, is an error, save into the project's `fonts/` and `covers/` folders (found by
//! walking up from the manifest to the nearest folder that holds them); `place.rs` decides it.

use std::sync::Arc;

use crate::diagnostic::SourceId;
use crate::face::Faces;
use crate::manifest::Manifest;
use crate::picture::Picture;

mod contents;
pub mod fonts;
mod names;
mod open;
mod pictures;
mod place;
mod refusal;
mod sources;

pub use open::{manifest, open};
pub use pictures::Pictures;

/// A chapter's file, read.
#[derive(Debug, Clone)]
pub struct ChapterText {
    /// The text, registered in the report.
    pub source: SourceId,
    /// Its contents (valid UTF-8, lines end in `\n`, no byte-order mark).
    pub text: Arc<str>,
    /// File name as the manifest gives it.
    pub file: String,
    /// From the manifest; overrides the first heading.
    pub title: Option<String>,
    /// For running heads.
    pub short_title: Option<String>,
    /// Whether the chapter is numbered.
    pub numbered: bool,
}

/// The back cover.
#[derive(Debug, Clone)]
pub enum BackCover {
    /// Nothing printed.
    Blank,
    /// A picture that fills trim and bleed.
    Picture(NamedPicture),
    /// Markdown.
    Text(ChapterText),
}

/// A picture that was read, and its name.
#[derive(Debug, Clone)]
pub struct NamedPicture {
    /// Its path from the booklet's folder, with forward slashes and without `.` or `..` where it can be:
    /// two mentions of one file have the same name.
    pub name: String,
    /// Its pixels.
    pub picture: Arc<Picture>,
}

/// Everything a booklet is made of.
#[derive(Debug, Clone)]
pub struct Booklet {
    /// The manifest.
    pub manifest: Manifest,
    /// Chapters in order.
    pub chapters: Vec<ChapterText>,
    /// Front cover picture, if one is given.
    pub front_cover: Option<NamedPicture>,
    /// Back cover.
    pub back_cover: BackCover,
    /// Where pictures that the text shows are found; `document` asks for each as it meets it.
    pub pictures: Pictures,
    /// Faces to set it in.
    pub faces: Arc<Faces>,
    /// Its texts as they were read, for [`Booklet::sources`].
    kept: sources::Kept,
}
