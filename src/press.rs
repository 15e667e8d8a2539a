//! The whole pipeline in one straight line: booklet → document → pages → sheets → bytes.
//!
//! Comes in: a [`Job`]: which manifest, which outputs. Goes out: the [`Artifact`]s, whole files in
//! memory; and in the [`Report`] all that was found on the way. A stage that records an error is the
//! last one to run, so that every mistake of that stage is seen at once and nothing half made goes out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::booklet::{self, Booklet, Identity};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::document::{self, Document};
use crate::epub::{self, Cover, Dialect, EpubOptions};
use crate::face;
use crate::guide;
use crate::impose::{self, Binding, Purpose, Sheets};
use crate::length::{Length, Size};
use crate::manifest::{BindingKind, Creep, Flip, Manifest, Print};
use crate::pdf;
use crate::picture::screen::Treatment;
use crate::sources::Sources;
use crate::typeset::fit::{Fitting, Paper, typeset_to_fit};
use crate::typeset::frame::{Ink, Page, Pages};
use crate::typeset::starts::starts;
use crate::typeset::style::Style;
use crate::typeset::typeset;

mod pictures;

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
    /// Whether it is bound on the right.
    pub right_to_left: bool,
    /// How many sheets each section has; empty for bindings without sections.
    pub sections: Vec<usize>,
    /// Whether and how creep was made up for.
    pub creep: Creep,
    /// How far that creep moves a page at most.
    pub crept: Length,
    /// What became of the wish to fill its sheets, if there was one.
    pub fitting: Option<Fitting>,
    /// If it is the cover alone: what is special about it.
    pub cover: Option<CoverRun>,
}

/// A cover on a sheet of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverRun {
    /// How wide its spine is; zero for none.
    pub spine: Length,
    /// The sheet.
    pub paper: Size,
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
    match epubs {
        Ok(epubs) => epubs.into_iter().chain(pdfs).chain(shown).collect(),
        Err(failure) => {
            report.push(Diagnostic::error(codes::B007, failure.to_string()));
            Vec::new()
        }
    }
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
        return (typeset(document, &Style::new(booklet), report), None);
    };
    let job = print_job(print, &booklet.manifest);
    let page = booklet.manifest.design.page.value;
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
    (booklet, document): (&Booklet, &Document),
    pages: &Pages,
    (cover, sources): (Option<&Cover>, Option<&Sources>),
    wanted: Wanted,
) -> Result<Vec<Artifact>, epub::Failure> {
    let manifest = &booklet.manifest;
    let listed = manifest.epub.page_list && (wanted.epub || wanted.kepub);
    let starts = if listed { starts(pages, document, manifest.design.notes) } else { Vec::new() };
    [(wanted.epub, Dialect::Plain, "epub"), (wanted.kepub, Dialect::Kobo, "kepub.epub")]
        .into_iter()
        .filter(|(wanted, ..)| *wanted)
        .map(|(_, dialect, ending)| {
            let own = EpubOptions::new(manifest, &booklet.faces, &starts, dialect);
            let options = EpubOptions { sources, cover, ..own };
            let bytes = epub::write(document, &options)?;
            Ok(Artifact { name: format!("{}.{ending}", manifest.slug), bytes, run: None })
        })
        .collect()
}

fn make_pdfs(
    document: &Document,
    pages: &Pages,
    runs: Vec<Run<'_>>,
    sources: Option<&Sources>,
    wanted: Wanted,
) -> Vec<Artifact> {
    let asked = |run: &Run<'_>| if run.print.is_some() { wanted.print } else { wanted.reading };
    let runs: Vec<Run<'_>> = runs.into_iter().filter(asked).collect();
    if runs.is_empty() {
        return Vec::new();
    }
    let inks: Vec<Ink> = runs.iter().map(|run| run.ink).collect();
    let mut artwork = pdf::draw(pages, document, &inks);
    if let Some(sources) = sources.filter(|_| wanted.reading) {
        artwork = artwork.with_sources(sources, document.identity.date);
    }
    runs.into_par_iter()
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
                Artifact { bytes, name, run: None }
            });
            let print = Artifact { bytes, name: run.name, run: run.print };
            [print].into_iter().chain(how).collect::<Vec<_>>()
        })
        .flatten()
        .collect()
}

/// A test sheet: what it is in, and what a manifest says about the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSheet {
    /// The sheet; held upright.
    pub sheet: Size,
    /// The language of its words.
    pub language: String,
    /// The duplex edge that the printer is asked for.
    pub flip: Flip,
}

impl TestSheet {
    /// As a booklet's first print table has it.
    pub fn of(manifest: &Path, report: &mut Report) -> Option<Self> {
        let booklet = booklet::open(manifest, report)?;
        let print = booklet.manifest.prints.first()?;
        let language = booklet.manifest.language.value.clone();
        Some(Self { sheet: print.sheet.value, language, flip: print.flip })
    }
}

/// Makes a test sheet.
pub fn test_sheet(job: &TestSheet) -> Artifact {
    let size = Size::new(job.sheet.width.min(job.sheet.height), job.sheet.width.max(job.sheet.height));
    let pages = guide::test_pages(size, &job.language, &face::embedded());
    let sheets = guide::test_sheets(&pages, job.flip);
    let identity = Identity::plain(guide::test_title(&job.language), &job.language);
    let bytes = write_plain(&sheets, &identity);
    Artifact { name: "test-sheet.pdf".to_owned(), bytes, run: None }
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

/// The pages on their sheets, for one PDF.
#[derive(Debug)]
pub struct Run<'a> {
    /// The file's name.
    pub name: String,
    /// The sheets.
    pub sheets: Sheets<'a>,
    /// What photographs become in it.
    pub pictures: Treatment,
    /// How it is printed; none for the reading PDF.
    pub print: Option<PrintRun>,
    /// What it is printed with.
    pub ink: Ink,
    /// Whether it is the cover alone.
    pub cover: bool,
    /// The file that shows how it is bound, if one is asked for.
    instructions: Option<(String, Pages)>,
}

fn lay_out<'a>(
    booklet: &Booklet,
    document: &Document,
    (pages, fitting): (&'a Pages, Option<&Fitting>),
    report: &mut Report,
) -> Vec<Run<'a>> {
    let manifest = &booklet.manifest;
    let (identity, style) = (&document.identity, Style::new(booklet));
    let reading = impose::impose(pages, &Binding::Reading, None, report);
    let name = format!("{}.pdf", manifest.slug);
    let ink = Ink::Colour;
    let mut runs = vec![Run {
        name,
        sheets: reading,
        pictures: Treatment::PLAIN,
        print: None,
        ink,
        cover: false,
        instructions: None,
    }];
    for print in &manifest.prints {
        let job = print_job(print, manifest);
        let at = Some(print.sheet.span);
        let mut sheets = impose::impose(pages, &Binding::Print(job.clone()), at, report);
        guide::complete(&mut sheets, print, document, &style);
        let run = PrintRun {
            sheets: sheets.papers,
            flip: print.flip,
            one_sided: sheets.purpose == Purpose::PrintOneSide,
            up: sheets.up,
            binding: print.binding,
            right_to_left: pages.right_to_left,
            sections: sheets.sections.clone(),
            creep: print.creep,
            crept: sheets.creep,
            fitting: fitting.filter(|_| print.fit.is_some()).cloned(),
            cover: None,
        };
        let ink = if print.colour { Ink::Colour } else { Ink::Black };
        let cover = manifest.cover.separate && !sheets.sides.is_empty();
        let spine = if cover { impose::spine(&sheets, &job) } else { Length::ZERO };
        let instructions = print.instructions.then(|| {
            let name = file_name(&manifest.slug, "how-to-print", print);
            (name, guide::instructions(&sheets, print, cover, identity, &style))
        });
        let name = file_name(&manifest.slug, "print", print);
        runs.push(Run {
            name,
            sheets,
            pictures: print.pictures,
            print: Some(run.clone()),
            ink,
            cover: false,
            instructions,
        });
        if cover {
            let mut sheets = impose::impose(pages, &Binding::Cover(job, spine), at, report);
            guide::complete(&mut sheets, print, document, &style);
            let paper = sheets.sides.first().map_or(print.sheet.value, |side| side.size);
            let run = PrintRun {
                sheets: 1,
                up: sheets.up,
                cover: Some(CoverRun { spine, paper }),
                fitting: None,
                ..run
            };
            let name = file_name(&manifest.slug, "cover", print);
            runs.push(Run {
                name,
                sheets,
                pictures: print.pictures,
                print: Some(run),
                ink,
                cover: true,
                instructions: None,
            });
        }
    }
    runs
}

/// `SLUG-print.pdf`, or with a name for the table `SLUG-print-NAME.pdf`.
fn file_name(slug: &str, what: &str, print: &Print) -> String {
    match &print.name {
        Some(name) => format!("{slug}-{what}-{}.pdf", name.value),
        None => format!("{slug}-{what}.pdf"),
    }
}

/// What imposition is to do for a print table.
pub fn print_job(print: &Print, manifest: &Manifest) -> impose::Job {
    impose::Job {
        without_cover: manifest.cover.separate,
        creep: print.creep,
        marks: print.marks.clone(),
        unprintable: print.unprintable,
        scale: print.scale,
        blanks: print.blanks,
        ..impose::Job::new(print.binding, print.sheet.value, print.flip)
    }
}
