//! What is in the PDFs.

pub mod code;
pub mod file;
pub mod pdf_glyphs;
pub mod pdfreader;
pub mod pdftext;
pub mod reprint;
pub mod tags;
pub mod verify;
