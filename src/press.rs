//! The whole pipeline in one straight line: booklet → document → pages → sheets → bytes.
//!
//! Comes in: a [`Job`]: which manifest, which outputs. Goes out: the [`Artifact`]s, whole files in
//! memory; and in the [`Report`] all that was found on the way. A stage that records an error is the
//! last one to run, so that every mistake of that stage is seen at once and nothing half made goes out.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::booklet::{self, Booklet};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{self, Document};
use crate::epub::{self, Dialect, EpubOptions};
use crate::impose::{self, Binding, Purpose, Sheets};
use crate::length::Length;
use crate::manifest::{BindingKind, Creep, Flip, Manifest, Print};
use crate::pdf::{self, Ink};
use crate::typeset::fit::{Fitting, Paper, typeset_to_fit};
use crate::typeset::frame::Pages;
use crate::typeset::starts::starts;
use crate::typeset::style::Style;
use crate::typeset::typeset;

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
}

impl Wanted {
    /// All but Kobo's dialect, which is made when it is asked for.
    pub const ALL: Self = Self { epub: true, kepub: false, reading: true, print: true };
    /// None: only what the checks say.
    pub const NOTHING: Self = Self { epub: false, kepub: false, reading: false, print: false };
}

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest, or the folder that holds it.
    pub manifest: PathBuf,
    /// Which outputs.
    pub wanted: Wanted,
}

/// How a print PDF goes through the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRun {
    /// Sheets of paper for one copy.
    pub sheets: usize,
    /// The duplex edge.
    pub flip: Flip,
    /// Whether only one side of the paper is printed.
    pub one_sided: bool,
    /// How many pages lie on a side.
    pub up: usize,
    /// How it is bound.
    pub binding: BindingKind,
    /// How many sheets each section has; empty for bindings without sections.
    pub sections: Vec<usize>,
    /// Whether and how creep was made up for.
    pub creep: Creep,
    /// How far that creep moves a page at most.
    pub crept: Length,
    /// What became of the wish to fill its sheets, if there was one.
    pub fitting: Option<Fitting>,
}

/// An output, whole.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its file name.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// How it is printed, if it is a print PDF.
    pub run: Option<PrintRun>,
}

/// Makes a booklet. Empty if the report has errors, or if nothing was wanted.
pub fn press(job: &Job, report: &mut Report) -> Vec<Artifact> {
    let Some(booklet) = booklet::open(&job.manifest, report) else { return Vec::new() };
    let document = document::read(&booklet, report);
    if report.has_errors() {
        return Vec::new();
    }
    let (pages, fitting) = set(&booklet, &document, report);
    let runs = lay_out(&booklet.manifest, &pages, fitting.as_ref(), report);
    if report.has_errors() {
        return Vec::new();
    }
    let (epubs, pdfs) = rayon::join(
        || make_epubs(&booklet, &document, &pages, job.wanted),
        || make_pdfs(&document, &pages, runs, job.wanted),
    );
    match epubs {
        Ok(epubs) => epubs.into_iter().chain(pdfs).collect(),
        Err(failure) => {
            report.push(Diagnostic::error(codes::B007, failure.to_string()));
            Vec::new()
        }
    }
}

/// The pages, as designed or fitted to the sheets of the print table that asks for it.
fn set(booklet: &Booklet, document: &Document, report: &mut Report) -> (Pages, Option<Fitting>) {
    let prints = &booklet.manifest.prints;
    let Some((print, fit)) = prints.iter().find_map(|p| Some((p, p.fit.as_ref()?))) else {
        return (typeset(document, &Style::new(booklet), report), None);
    };
    let (job, page) = (print_job(print), booklet.manifest.design.page.value);
    let counting = |count| {
        let (sheets, blanks) = impose::paper(page, count, &job)?;
        Some(Paper { sheets, blanks })
    };
    let wish = fit.value.sheets.map(|sheets| sheets as usize);
    let (pages, fitting) = typeset_to_fit(booklet, document, wish, &counting, report);
    if let Some(warning) = fitting.warning(wish) {
        report.push(warning.at(fit.span));
    }
    (pages, Some(fitting))
}

/// The EPUBs. Their list of pages is that of the PDFs, whether these are wanted or not, so that their bytes
/// do not depend on what else is made.
fn make_epubs(
    booklet: &Booklet,
    document: &Document,
    pages: &Pages,
    wanted: Wanted,
) -> Result<Vec<Artifact>, epub::Failure> {
    let manifest = &booklet.manifest;
    let listed = manifest.epub.page_list && (wanted.epub || wanted.kepub);
    let starts = if listed { starts(pages, document, manifest.design.notes) } else { Vec::new() };
    [(wanted.epub, Dialect::Plain, "epub"), (wanted.kepub, Dialect::Kobo, "kepub.epub")]
        .into_iter()
        .filter(|(wanted, ..)| *wanted)
        .map(|(_, dialect, ending)| {
            let options = EpubOptions::new(manifest, &booklet.faces, &starts, dialect);
            let bytes = epub::write(document, &options)?;
            Ok(Artifact { name: format!("{}.{ending}", manifest.slug), bytes, run: None })
        })
        .collect()
}

fn make_pdfs(document: &Document, pages: &Pages, runs: Vec<Run<'_>>, wanted: Wanted) -> Vec<Artifact> {
    let asked = |run: &Run<'_>| if run.print.is_some() { wanted.print } else { wanted.reading };
    let runs: Vec<Run<'_>> = runs.into_iter().filter(asked).collect();
    if runs.is_empty() {
        return Vec::new();
    }
    let inks: Vec<Ink> = runs.iter().map(|run| run.ink).collect();
    let artwork = pdf::draw(pages, document, &inks);
    runs.into_par_iter()
        .map(|run| Artifact {
            bytes: pdf::write(&run.sheets, &artwork, &document.identity, run.ink),
            name: run.name,
            run: run.print,
        })
        .collect()
}

/// The pages on their sheets, for one PDF.
struct Run<'a> {
    name: String,
    sheets: Sheets<'a>,
    print: Option<PrintRun>,
    ink: Ink,
}

fn lay_out<'a>(
    manifest: &Manifest,
    pages: &'a Pages,
    fitting: Option<&Fitting>,
    report: &mut Report,
) -> Vec<Run<'a>> {
    let reading = impose::impose(pages, &Binding::Reading, None, report);
    let mut runs =
        vec![Run { name: format!("{}.pdf", manifest.slug), sheets: reading, print: None, ink: Ink::Colour }];
    for print in &manifest.prints {
        let sheets = impose::impose(pages, &Binding::Print(print_job(print)), Some(print.sheet.span), report);
        let run = PrintRun {
            sheets: sheets.papers,
            flip: print.flip,
            one_sided: sheets.purpose == Purpose::PrintOneSide,
            up: sheets.up,
            binding: print.binding,
            sections: sheets.sections.clone(),
            creep: print.creep,
            crept: sheets.creep,
            fitting: fitting.filter(|_| print.fit.is_some()).cloned(),
        };
        let ink = if print.colour { Ink::Colour } else { Ink::Black };
        runs.push(Run { name: print_name(&manifest.slug, print), sheets, print: Some(run), ink });
    }
    runs
}

/// `SLUG-print.pdf`, or with a name for the table `SLUG-print-NAME.pdf`.
fn print_name(slug: &str, print: &Print) -> String {
    match &print.name {
        Some(name) => format!("{slug}-print-{}.pdf", name.value),
        None => format!("{slug}-print.pdf"),
    }
}

fn print_job(print: &Print) -> impose::Job {
    impose::Job {
        kind: print.binding,
        sheet: print.sheet.value,
        flip: print.flip,
        creep: print.creep,
        marks: print.marks.clone(),
        unprintable: print.unprintable,
        scale: print.scale,
    }
}
