//! What comes out of the pipeline: whole files in memory, each of which says what it is.

use super::{CoverRun, PrintRun};

/// An output, whole.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// What it is.
    pub product: Product,
    /// Its file name.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// What an output is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Product {
    /// The EPUB.
    Epub,
    /// The EPUB in Kobo's dialect.
    Kepub,
    /// The PDF for reading.
    Reading,
    /// A PDF of the pages on their sheets, and how it is printed.
    Print(Box<PrintRun>),
    /// A PDF of the cover on a sheet of its own, likewise.
    Cover(CoverRun),
    /// The drawn instructions for a PDF for printing.
    Instructions,
    /// The sheet that shows what a printer does.
    TestSheet,
    /// A picture of the booklet or of a part of it.
    Picture,
}

impl Product {
    /// As people call it.
    pub fn called(&self) -> &'static str {
        match self {
            Self::Epub => "the EPUB",
            Self::Kepub => "the EPUB for Kobo",
            Self::Reading => "the reading PDF",
            Self::Print(_) => "the print PDF",
            Self::Cover(_) => "the cover PDF",
            Self::Instructions => "the instructions",
            Self::TestSheet => "the test sheet",
            Self::Picture => "the picture",
        }
    }
}
