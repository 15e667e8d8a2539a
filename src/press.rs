//! The whole pipeline in one straight line: booklet → document → pages → sheets → bytes.
//!
//! Comes in: a [`Job`]: which manifest, which outputs. Goes out: the [`Artifact`]s, whole files in
//! memory; and in the [`Report`] all that was found on the way. A stage that records an error is the
//! last one to run, so that every mistake of that stage is seen at once and nothing half made goes out.
//! `setting.rs` goes as far as pages, the files that it names make outputs of them; `test_sheet.rs` needs no booklet.

use crate::booklet;
use crate::diagnostic::fault::guarded;
use crate::diagnostic::{Diagnostic, Report, Trail, codes};
use crate::document;
use crate::folder::Manuscript;

mod artifact;
mod epubs;
mod job;
mod names;
mod pdfs;
mod pictures;
mod runs;
mod setting;
mod test_sheet;

pub use artifact::{Artifact, CoverRun, PrintRun, Product};
pub use job::print_job;
pub use names::{Name, names};
pub use runs::Run;
pub use setting::Setting;
pub use test_sheet::{TestSheet, test_sheet};

/// Which outputs are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The EPUB.
    pub epub: bool,
    /// The EPUB in Kobo's dialect.
    pub kepub: bool,
    /// The PDF for reading.
    pub reading: bool,
    /// The PDFs for printing.
    pub print: bool,
    /// Pictures of it.
    pub pictures: Pictures,
}

/// Which pictures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pictures {
    /// One that shows cover, spread and sheet.
    pub contact: bool,
    /// The front cover.
    pub cover: bool,
    /// Every page.
    pub pages: bool,
    /// Every side of every sheet.
    pub sheets: bool,
}

impl Wanted {
    /// All but Kobo's dialect and pictures, which are made when they are asked for.
    pub const ALL: Self = Self { epub: true, reading: true, print: true, ..Self::NOTHING };
    /// None: only what the checks say.
    pub const NOTHING: Self = Self {
        epub: false,
        kepub: false,
        reading: false,
        print: false,
        pictures: Pictures { contact: false, cover: false, pages: false, sheets: false },
    };
}

/// What to make.
#[derive(Debug, Clone)]
pub struct Job {
    /// What it is made of.
    pub manuscript: Manuscript,
    /// Which outputs.
    pub wanted: Wanted,
}

/// Makes a booklet. Empty if the report has errors, or if nothing was wanted.
pub fn press(job: &Job, report: &mut Report) -> Vec<Artifact> {
    let epub = job.wanted.epub || job.wanted.kepub;
    let Some(setting) = Setting::with(&job.manuscript, epub, report) else { return Vec::new() };
    let runs = setting.runs(report);
    if report.has_errors() {
        return Vec::new();
    }
    let shown = setting.pictures(&runs, job.wanted.pictures);
    let (epubs, pdfs) = rayon::join(|| setting.epubs(job.wanted), || setting.pdfs(runs, job.wanted));
    if let Err(failure) = &epubs {
        report.push(Diagnostic::error(codes::B007, failure.to_string()));
    }
    if let Err(families) = &pdfs {
        pdfs::report_damaged(families, &setting.booklet, report);
    }
    match (epubs, pdfs) {
        (Ok(epubs), Ok(pdfs)) => epubs.into_iter().chain(pdfs).chain(shown).collect(),
        _ => Vec::new(),
    }
}

/// Makes a booklet as [`press`] does. A fault of booklet's own ends this booklet and not the program: it is
/// told in the report, and nothing is made.
pub fn press_safely(job: &Job, report: &mut Report) -> Vec<Artifact> {
    let name = job.manuscript.to_string();
    guarded(&name, report, |report| press(job, report)).unwrap_or_default()
}

/// The places that a booklet is made of, pictures in its text and all; nothing is set.
pub fn made_of(manuscript: &Manuscript) -> Trail {
    let mut report = Report::new();
    guarded(&manuscript.to_string(), &mut report, |report| {
        if let Some(booklet) = booklet::open(manuscript, report) {
            document::read(&booklet, report);
        }
    });
    report.trail().clone()
}
