//! What comes out of the pipeline: whole files in memory, each of which says what it is.

use crate::guide::{Printing, Procedure};
use crate::length::{Length, Size};
use crate::manifest::Creep;
use crate::typeset::fit::Fitting;

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

/// How a print PDF goes through the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRun {
    /// What is done with its sheets.
    pub procedure: Procedure,
    /// Whether and how creep was made up for.
    pub creep: Creep,
    /// How far that creep moves a page at most.
    pub crept: Length,
    /// What became of the wish to fill its sheets, if there was one.
    pub fitting: Option<Fitting>,
}

/// How a cover on a sheet of its own goes through the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverRun {
    /// How it is printed.
    pub printing: Printing,
    /// How wide its spine is; zero for none.
    pub spine: Length,
    /// The sheet.
    pub paper: Size,
}
