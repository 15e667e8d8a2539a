//! The sheet that shows what a printer does: on which edge it turns the paper, how far it is out of register.
//!
//! Comes in: paper, language and edge, as asked for or as a booklet has them. Goes out: one PDF of two sides.

use crate::booklet;
use crate::diagnostic::Report;
use crate::face;
use crate::folder::Manuscript;
use crate::guide;
use crate::language::Language;
use crate::length::Size;
use crate::manifest::{Flip, Identity};

use super::pdfs::write_plain;
use super::{Artifact, Product, names};

/// A test sheet: what it is in, and what a manifest says about the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSheet {
    /// The sheet; held upright.
    pub sheet: Size,
    /// The language of its words.
    pub language: Language,
    /// The duplex edge that the printer is asked for.
    pub flip: Flip,
}

impl TestSheet {
    /// As a booklet's first print table has it.
    pub fn of(manuscript: &Manuscript, report: &mut Report) -> Option<Self> {
        let booklet = booklet::open(manuscript, report)?;
        let print = booklet.manifest.prints.first()?;
        let language = booklet.manifest.identity.language.clone();
        Some(Self { sheet: print.sheet.value, language, flip: print.flip })
    }
}

/// Makes a test sheet.
pub fn test_sheet(job: &TestSheet) -> Artifact {
    let size = Size::new(job.sheet.width.min(job.sheet.height), job.sheet.width.max(job.sheet.height));
    let pages = guide::test_pages(size, &job.language, &face::embedded());
    let sheets = guide::test_sheets(&pages, job.flip);
    let identity = Identity::plain(guide::test_title(&job.language), job.language.clone());
    let bytes = write_plain(&sheets, &identity);
    Artifact { product: Product::TestSheet, name: names::pdf("test-sheet"), bytes }
}
