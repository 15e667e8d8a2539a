//! `Document` → EPUB bytes.

use crate::document::Document;
use crate::face::Faces;
use crate::manifest::{Indent, Manifest, NotesPlace};

/// What the EPUB needs beside the document.
#[derive(Debug, Clone, Copy)]
pub struct EpubOptions<'a> {
    /// The faces of the booklet: the text families are embedded, and the typographic cover is drawn
    /// with their outlines.
    pub faces: &'a Faces,
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
}

impl<'a> EpubOptions<'a> {
    /// What the manifest asks for.
    pub fn new(manifest: &Manifest, faces: &'a Faces) -> Self {
        let design = &manifest.design;
        Self {
            faces,
            embed_fonts: manifest.epub.embed_fonts,
            contents: design.contents,
            title_page: design.title_page,
            notes: design.notes,
            indent: design.indent,
            justify: design.justify,
            hyphenate: design.hyphenate,
        }
    }
}

/// Writes an EPUB 3.3.
pub fn write(_document: &Document, _options: &EpubOptions<'_>) -> Vec<u8> {
    Vec::new()
}
