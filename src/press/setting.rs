//! A booklet that is set, and of which no file is made yet.
//!
//! Comes in: which manuscript. Goes out: a [`Setting`], of which the files beside this one make what is wanted: sheets
//! (`runs.rs`), EPUBs (`epubs.rs`), PDFs (`pdfs.rs`), pictures (`pictures.rs`).

use crate::booklet::{self, Booklet};
use crate::cover;
use crate::diagnostic::Report;
use crate::document::{self, Document};
use crate::epub::Cover;
use crate::folder::Manuscript;
use crate::impose;
use crate::sources::Sources;
use crate::typeset::fit::{Fitting, PaperNeeded};
use crate::typeset::frame::Pages;
use crate::typeset::style::Style;

use super::job::print_job;

/// A booklet that is set.
#[derive(Debug)]
pub struct Setting {
    /// What it is made of.
    pub booklet: Booklet,
    /// Its text.
    pub document: Document,
    /// Its pages.
    pub pages: Pages,
    pub(super) fitting: Option<Fitting>,
    pub(super) sources: Option<Sources>,
    /// The EPUB's, if it was wanted.
    pub(super) cover: Option<Cover>,
}

impl Setting {
    /// Opens, reads and sets a booklet. None if it cannot be read; the report says why.
    pub fn of(manuscript: &Manuscript, report: &mut Report) -> Option<Self> {
        Self::with(manuscript, false, report)
    }

    /// The same, for an EPUB too.
    pub(super) fn with(manuscript: &Manuscript, epub: bool, report: &mut Report) -> Option<Self> {
        let booklet = booklet::open(manuscript, report)?;
        let document = document::read(&booklet, report);
        if report.has_errors() {
            return None;
        }
        let sources = booklet.sources(report);
        // The EPUB's cover needs no page of the text, so it is drawn meanwhile.
        let (cover, (pages, fitting)) = rayon::join(
            || if epub { Cover::draw(&document, &Style::new(&booklet)) } else { None },
            || set(&booklet, &document, report),
        );
        Some(Self { booklet, document, pages, fitting, sources, cover })
    }
}

/// The pages, as designed or fitted to the sheets of the print table that asks for it.
fn set(booklet: &Booklet, document: &Document, report: &mut Report) -> (Pages, Option<Fitting>) {
    let prints = &booklet.manifest.prints;
    let Some((print, fit)) = prints.iter().find_map(|p| Some((p, p.fit.as_ref()?))) else {
        return (cover::wrapped(document, &Style::new(booklet), report), None);
    };
    let job = print_job(print, &booklet.manifest);
    let page = booklet.manifest.design.page.value;
    let counting = |count| {
        let (sheets, blanks) = impose::paper(page, count, &job)?;
        Some(PaperNeeded { sheets, blanks })
    };
    let wish = fit.value.sheets.map(|sheets| sheets as usize);
    let (pages, fitting) = cover::wrapped_to_fit(booklet, document, wish, &counting, report);
    if let Some(warning) = fitting.warning(wish) {
        report.push(warning.at(fit.span));
    }
    (pages, Some(fitting))
}
