//! The pages on their sheets, file by file.
//!
//! Comes in: the set pages and what the manifest says of printing. Goes out: a [`Run`] for the reading PDF and
//! for every PDF to print: its name, its sheets, its ink, and how it goes through the printer.

use crate::booklet::Booklet;
use crate::diagnostic::Report;
use crate::document::Document;
use crate::guide::{self, Act};
use crate::impose::{self, Binding, Purpose, Sheets};
use crate::length::{Length, Size};
use crate::manifest::{BindingKind, Creep, Flip, Manifest, Print};
use crate::picture::screen::Treatment;
use crate::typeset::fit::Fitting;
use crate::typeset::frame::{Ink, Pages};
use crate::typeset::style::Style;

use super::names;

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
    pub(super) instructions: Option<(String, Pages)>,
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
    /// How it is bound.
    pub binding: BindingKind,
    /// Whether it is bound on the right.
    pub right_to_left: bool,
    /// What the hand does with the sheets then.
    pub acts: Vec<Act>,
    /// How many copies are printed at once.
    pub at_once: usize,
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

/// Lays the pages on their sheets: for the reading PDF, then for every file to print.
pub(super) fn lay_out<'a>(
    booklet: &Booklet,
    document: &Document,
    (pages, fitting): (&'a Pages, Option<&Fitting>),
    report: &mut Report,
) -> Vec<Run<'a>> {
    let manifest = &booklet.manifest;
    let (identity, style) = (&document.identity, Style::new(booklet));
    let reading = impose::impose(pages, &Binding::Reading, None, report);
    let name = names::reading(&manifest.slug);
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
            binding: print.binding,
            right_to_left: pages.right_to_left,
            acts: guide::procedure(&sheets, print.binding, manifest.cover.separate),
            at_once: guide::at_once(&sheets, print.binding),
            creep: print.creep,
            crept: sheets.creep,
            fitting: fitting.filter(|_| print.fit.is_some()).cloned(),
            cover: None,
        };
        let ink = if print.colour { Ink::Colour } else { Ink::Black };
        let cover = manifest.cover.separate && !sheets.sides.is_empty();
        let spine = if cover { impose::spine(&sheets, &job) } else { Length::ZERO };
        let instructions = print.instructions.then(|| {
            let name = names::printed(&manifest.slug, "how-to-print", print);
            (name, guide::instructions(&sheets, print, cover, identity, &style))
        });
        let name = names::printed(&manifest.slug, "print", print);
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
            let run = PrintRun { sheets: 1, cover: Some(CoverRun { spine, paper }), fitting: None, ..run };
            let name = names::printed(&manifest.slug, "cover", print);
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
