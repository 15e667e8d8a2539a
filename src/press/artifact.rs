//! What comes out of the pipeline: whole files in memory, each of which says what it is.

use super::PrintRun;

/// An output, whole.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its file name.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: Kind,
}

/// What an output is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The EPUB.
    Epub,
    /// The EPUB in Kobo's dialect.
    Kepub,
    /// The PDF for reading.
    Reading,
    /// A PDF for printing, and how it is printed: the pages on their sheets, or the cover alone.
    Print(Box<PrintRun>),
    /// The drawn instructions for a PDF for printing.
    HowToPrint,
    /// The sheet that shows what a printer does.
    TestSheet,
    /// A picture of the booklet or of a part of it.
    Picture,
}

impl Artifact {
    /// How it is printed, if it is a PDF for printing.
    pub fn run(&self) -> Option<&PrintRun> {
        match &self.kind {
            Kind::Print(run) => Some(run),
            _ => None,
        }
    }
}

impl Kind {
    /// As people call it.
    pub fn called(&self) -> &'static str {
        match self {
            Self::Epub => "the EPUB",
            Self::Kepub => "the EPUB for Kobo",
            Self::Reading => "the reading PDF",
            Self::Print(run) if run.cover.is_some() => "the cover PDF",
            Self::Print(_) => "the print PDF",
            Self::HowToPrint => "the instructions",
            Self::TestSheet => "the test sheet",
            Self::Picture => "the picture",
        }
    }
}
