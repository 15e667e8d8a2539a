//! The pages on their sheets, file by file.
//!
//! Comes in: the set pages and what the manifest says of printing. Goes out: a [`Run`] for the reading PDF and
//! for every PDF to print: its name, its sheets, its ink, and how it goes through the printer.

use crate::diagnostic::Report;
use crate::guide::{self, Printing, Procedure};
use crate::impose::{self, Binding, Purpose, Sheets};
use crate::length::Length;
use crate::manifest::Print;
use crate::picture::screen::Treatment;
use crate::typeset::frame::{Ink, Pages};
use crate::typeset::style::Style;

use super::job::print_job;
use super::{CoverRun, PrintRun, Product, Setting, names};

/// The pages on their sheets, for one PDF.
#[derive(Debug)]
pub struct Run<'a> {
    /// What the file is, and how it is printed: the reading PDF, a print PDF or a cover.
    pub product: Product,
    /// Its name without what comes after the dot.
    pub stem: String,
    /// The sheets.
    pub sheets: Sheets<'a>,
    /// What photographs become in it.
    pub pictures: Treatment,
    /// What it is printed with.
    pub ink: Ink,
    /// The file that shows how it is bound, if one is asked for.
    pub(super) instructions: Option<Instructions>,
}

/// Drawn instructions.
#[derive(Debug)]
pub(super) struct Instructions {
    /// The name of their file, likewise.
    pub stem: String,
    pub pages: Pages,
}

impl Run<'_> {
    /// The file's name.
    pub fn name(&self) -> String {
        names::pdf(&self.stem)
    }

    /// Whether it is for paper.
    pub fn printed(&self) -> bool {
        self.sheets.purpose != Purpose::Reading
    }
}

impl Setting {
    /// Its pages on their sheets: for the reading PDF, then for every file to print.
    pub fn runs(&self, report: &mut Report) -> Vec<Run<'_>> {
        let style = Style::new(&self.booklet);
        let mut runs = vec![Run {
            product: Product::Reading,
            stem: self.booklet.manifest.identity.slug.clone(),
            sheets: impose::impose(&self.pages, &Binding::Reading, None, report),
            pictures: Treatment::PLAIN,
            ink: Ink::Colour,
            instructions: None,
        }];
        for print in &self.booklet.manifest.prints {
            self.lay_out(print, &style, &mut runs, report);
        }
        runs
    }

    /// The runs of a print table: its sheets, and its cover if that is on a sheet of its own.
    fn lay_out<'s>(&'s self, print: &Print, style: &Style, runs: &mut Vec<Run<'s>>, report: &mut Report) {
        let manifest = &self.booklet.manifest;
        let (document, pages) = (&self.document, &self.pages);
        let job = print_job(print, manifest);
        let at = Some(print.sheet.span);
        let mut sheets = impose::impose(pages, &Binding::Print(job.clone()), at, report);
        guide::complete(&mut sheets, print, document, style);
        let apart = manifest.cover.separate;
        let cover = apart && !sheets.sides.is_empty();
        let spine = if cover { impose::spine(&sheets, &job) } else { Length::ZERO };
        let ink = if print.colour { Ink::Colour } else { Ink::Black };
        let procedure = Procedure::of(&sheets, print.binding, apart);
        let instructions = print.instructions.then(|| Instructions {
            stem: names::printed(&manifest.identity.slug, "how-to-print", print),
            pages: guide::instructions(&sheets, &procedure, &document.identity, style),
        });
        let run = PrintRun {
            procedure,
            creep: print.creep,
            crept: sheets.creep,
            fitting: self.fitting.as_ref().filter(|_| print.fit.is_some()).cloned(),
        };
        let stem = names::printed(&manifest.identity.slug, "print", print);
        let product = Product::Print(Box::new(run));
        runs.push(Run { product, stem, sheets, pictures: print.pictures, ink, instructions });
        if !cover {
            return;
        }
        let mut sheets = impose::impose(pages, &Binding::Cover(job, spine), at, report);
        guide::complete(&mut sheets, print, document, style);
        let paper = sheets.sides.first().map_or(print.sheet.value, |side| side.size);
        let product = Product::Cover(CoverRun { printing: Printing::of(&sheets), spine, paper });
        let stem = names::printed(&manifest.identity.slug, "cover", print);
        runs.push(Run { product, stem, sheets, pictures: print.pictures, ink, instructions: None });
    }
}
