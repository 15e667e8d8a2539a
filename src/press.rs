//! The whole pipeline in one straight line: booklet → document → pages → sheets → bytes.
//!
//! Comes in: a [`Job`]: which manifest, which outputs. Goes out: the [`Artifact`]s, whole files in
//! memory; and in the [`Report`] all that was found on the way. A stage that records an error is the
//! last one to run, so that every mistake of that stage is seen at once and nothing half made goes out.
//! `runs.rs` lays the pages on the sheets of each file, `pictures.rs` draws them, `test_sheet.rs` needs no
//! booklet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::booklet::{self, Booklet, Identity};
use crate::cover;
use crate::diagnostic::fault::guarded;
use crate::diagnostic::{Diagnostic, Report, Trail, codes};
use crate::document::{self, Document};
use crate::epub::{self, Cover, Dialect, EpubOptions};
use crate::guide;
use crate::impose::{self, Purpose, Sheets};
use crate::pdf;
use crate::picture::screen::Treatment;
use crate::sources::Sources;
use crate::typeset::fit::{Fitting, Paper};
use crate::typeset::frame::{Ink, Page, Pages};
use crate::typeset::starts::starts;
use crate::typeset::style::Style;

mod artifact;
mod names;
mod pictures;
mod runs;
mod test_sheet;

pub use artifact::{Artifact, Kind};
pub use names::{Name, names};
use runs::lay_out;
pub use runs::{CoverRun, PrintRun, Run, print_job};
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest, or the folder that holds it.
    pub manifest: PathBuf,
    /// Which outputs.
    pub wanted: Wanted,
}

/// Makes a booklet. Empty if the report has errors, or if nothing was wanted.
pub fn press(job: &Job, report: &mut Report) -> Vec<Artifact> {
    let epub = job.wanted.epub || job.wanted.kepub;
    let Some(setting) = Setting::with(&job.manifest, epub, report) else { return Vec::new() };
    let runs = setting.runs(report);
    if report.has_errors() {
        return Vec::new();
    }
    let Setting { booklet, document, pages, sources, cover, .. } = &setting;
    let shown = pictures::draw((booklet, document), &runs, job.wanted.pictures);
    let (epubs, pdfs) = rayon::join(
        || make_epubs((booklet, document), pages, (cover.as_ref(), sources.as_ref()), job.wanted),
        || make_pdfs(document, pages, runs, sources.as_ref(), job.wanted),
    );
    if let Err(failure) = &epubs {
        report.push(Diagnostic::error(codes::B007, failure.to_string()));
    }
    if let Err(families) = &pdfs {
        report_damaged(families, booklet, report);
    }
    match (epubs, pdfs) {
        (Ok(epubs), Ok(pdfs)) => epubs.into_iter().chain(pdfs).chain(shown).collect(),
        _ => Vec::new(),
    }
}

/// Makes a booklet as [`press`] does. A fault of booklet's own ends this booklet and not the program: it is
/// told in the report, and nothing is made.
pub fn press_safely(job: &Job, report: &mut Report) -> Vec<Artifact> {
    let name = job.manifest.display().to_string();
    guarded(&name, report, |report| press(job, report)).unwrap_or_default()
}

/// The places that a booklet is made of, pictures in its text and all; nothing is set.
pub fn made_of(manifest: &Path) -> Trail {
    let mut report = Report::new();
    guarded(&manifest.display().to_string(), &mut report, |report| {
        if let Some(booklet) = booklet::open(manifest, report) {
            document::read(&booklet, report);
        }
    });
    report.trail().clone()
}

/// A booklet that is set, and of which no file is made yet.
#[derive(Debug)]
pub struct Setting {
    /// What it is made of.
    pub booklet: Booklet,
    /// Its text.
    pub document: Document,
    /// Its pages.
    pub pages: Pages,
    fitting: Option<Fitting>,
    sources: Option<Sources>,
    /// The EPUB's, if it was wanted.
    cover: Option<Cover>,
}

impl Setting {
    /// Opens, reads and sets a booklet. None if it cannot be read; the report says why.
    pub fn of(manifest: &Path, report: &mut Report) -> Option<Self> {
        Self::with(manifest, false, report)
    }

    /// The same, for an EPUB too.
    fn with(manifest: &Path, epub: bool, report: &mut Report) -> Option<Self> {
        let booklet = booklet::open(manifest, report)?;
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

    /// Its pages on their sheets: for the reading PDF, then for every file to print.
    pub fn runs(&self, report: &mut Report) -> Vec<Run<'_>> {
        lay_out(&self.booklet, &self.document, (&self.pages, self.fitting.as_ref()), report)
    }

    /// The EPUB, without its sources in it.
    ///
    /// # Errors
    /// When a part of it is larger than an EPUB can hold.
    pub fn epub(&self) -> Result<Vec<u8>, epub::Failure> {
        let wanted = Wanted { epub: true, ..Wanted::NOTHING };
        let cover = Cover::draw(&self.document, &Style::new(&self.booklet));
        let made = make_epubs((&self.booklet, &self.document), &self.pages, (cover.as_ref(), None), wanted)?;
        Ok(made.into_iter().next().map(|artifact| artifact.bytes).unwrap_or_default())
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
        Some(Paper { sheets, blanks })
    };
    let wish = fit.value.sheets.map(|sheets| sheets as usize);
    let (pages, fitting) = cover::wrapped_to_fit(booklet, document, wish, &counting, report);
    if let Some(warning) = fitting.warning(wish) {
        report.push(warning.at(fit.span));
    }
    (pages, Some(fitting))
}

/// The EPUBs. Their list of pages is that of the PDFs, whether these are wanted or not, so that their bytes
/// do not depend on what else is made.
fn make_epubs(
    (booklet, document): (&Booklet, &Document),
    pages: &Pages,
    (cover, sources): (Option<&Cover>, Option<&Sources>),
    wanted: Wanted,
) -> Result<Vec<Artifact>, epub::Failure> {
    let manifest = &booklet.manifest;
    let listed = manifest.epub.page_list && (wanted.epub || wanted.kepub);
    let starts = if listed { starts(pages, document, manifest.design.notes) } else { Vec::new() };
    let slug = &manifest.slug;
    let plain = (wanted.epub, Dialect::Plain, Kind::Epub, names::epub(slug));
    let kobo = (wanted.kepub, Dialect::Kobo, Kind::Kepub, names::kepub(slug));
    [plain, kobo]
        .into_iter()
        .filter(|(wanted, ..)| *wanted)
        .map(|(_, dialect, kind, name)| {
            let own = EpubOptions::new(manifest, &booklet.faces, &starts, dialect);
            let options = EpubOptions { sources, cover, ..own };
            let bytes = epub::write(document, &options)?;
            Ok(Artifact { name, bytes, kind })
        })
        .collect()
}

/// The PDFs; or the families that cannot be embedded.
fn make_pdfs(
    document: &Document,
    pages: &Pages,
    runs: Vec<Run<'_>>,
    sources: Option<&Sources>,
    wanted: Wanted,
) -> Result<Vec<Artifact>, BTreeSet<String>> {
    let asked = |run: &Run<'_>| if run.print.is_some() { wanted.print } else { wanted.reading };
    let runs: Vec<Run<'_>> = runs.into_iter().filter(asked).collect();
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    let inks: Vec<Ink> = runs.iter().map(|run| run.ink).collect();
    let mut artwork = pdf::draw(pages, document, &inks);
    if !artwork.uncut().is_empty() {
        return Err(artwork.uncut().iter().map(|&id| pages.faces.get(id).family.clone()).collect());
    }
    if let Some(sources) = sources.filter(|_| wanted.reading) {
        artwork = artwork.with_sources(sources, document.identity.date);
    }
    let files = runs
        .into_par_iter()
        .map(|run| {
            // Faces are cut to what a file shows: the cover's file shows little.
            let covers = run.cover.then(|| pdf::draw_for_print(&only_covers(pages), &[run.ink]));
            let drawn = covers.as_ref().unwrap_or(&artwork);
            let treated = (run.pictures != Treatment::PLAIN).then(|| drawn.treated(pages, run.pictures));
            let drawn = treated.as_ref().unwrap_or(drawn);
            let bytes = pdf::write(&run.sheets, drawn, &document.identity, run.ink);
            let how = run.instructions.map(|(name, pages)| {
                let sheets = guide::one_a_side(&pages, Purpose::PrintOneSide);
                let bytes = write_plain(&sheets, &document.identity);
                Artifact { bytes, name, kind: Kind::HowToPrint }
            });
            let kind = run.print.map_or(Kind::Reading, |print| Kind::Print(Box::new(print)));
            let file = Artifact { bytes, name: run.name, kind };
            [file].into_iter().chain(how).collect::<Vec<_>>()
        })
        .flatten();
    Ok(files.collect())
}

/// Tells of families that are damaged in a letter that the booklet shows, where the manifest names them.
fn report_damaged(families: &BTreeSet<String>, booklet: &Booklet, report: &mut Report) {
    for family in families {
        let finding = booklet::fonts::damaged(family);
        let named = &booklet.manifest.design.fonts;
        let named = named.iter().find(|named| named.value.eq_ignore_ascii_case(family)).or(named.first());
        report.push(match named {
            Some(named) => finding.at(named.span),
            None => finding,
        });
    }
}

/// A PDF of pages that hold no part of a document.
fn write_plain(sheets: &Sheets<'_>, identity: &Identity) -> Vec<u8> {
    let artwork = pdf::draw_for_print(sheets.pages, &[Ink::Black]);
    pdf::write(sheets, &artwork, identity, Ink::Black)
}

/// The same pages with nothing on them but on those that a cover of its own carries.
fn only_covers(pages: &Pages) -> Pages {
    let last = pages.pages.len().saturating_sub(1);
    let shown = |(index, page): (usize, &Page)| {
        let items = if index < 2 || index == last { page.items.clone() } else { Vec::new() };
        Page { items, label: page.label.clone(), ..*page }
    };
    Pages {
        pages: pages.pages.iter().enumerate().map(shown).collect(),
        faces: Arc::clone(&pages.faces),
        pictures: pages.pictures.clone(),
        outline: Vec::new(),
        right_to_left: pages.right_to_left,
    }
}
