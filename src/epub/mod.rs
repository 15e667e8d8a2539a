//! `Document` → EPUB bytes.

use crate::document::Document;
use crate::face::Faces;

/// What the EPUB needs beside the document.
#[derive(Debug, Clone, Copy)]
pub struct EpubOptions<'a> {
    /// The text family to embed, cut to what is used; none to embed nothing.
    pub faces: Option<&'a Faces>,
}

/// Writes an EPUB 3.3.
pub fn write(_document: &Document, _options: &EpubOptions<'_>) -> Vec<u8> {
    Vec::new()
}
