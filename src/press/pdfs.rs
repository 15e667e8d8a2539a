//! The PDFs of a booklet that is set.
//!
//! Comes in: the runs, of which each is a file. Goes out: the files; or the families of type that cannot be embedded.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::booklet::{self, Booklet};
use crate::diagnostic::Report;
use crate::guide;
use crate::impose::{Purpose, Sheets};
use crate::manifest::Identity;
use crate::pdf::{self, Artwork};
use crate::picture::screen::Treatment;
use crate::typeset::frame::{Ink, Page, Pages};

use super::{Artifact, Product, Run, Setting, Wanted, names};

impl Setting {
    /// The PDFs that are wanted, with their instructions; or the families that cannot be embedded.
    pub(super) fn pdfs(&self, runs: Vec<Run<'_>>, wanted: Wanted) -> Result<Vec<Artifact>, BTreeSet<String>> {
        let Self { document, pages, .. } = self;
        let asked = |run: &Run<'_>| if run.printed() { wanted.print } else { wanted.reading };
        let runs: Vec<Run<'_>> = runs.into_iter().filter(asked).collect();
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        let inks: Vec<Ink> = runs.iter().map(|run| run.ink).collect();
        let mut artwork = pdf::draw(pages, document, &inks);
        if !artwork.uncut().is_empty() {
            return Err(artwork.uncut().iter().map(|&id| pages.faces.get(id).family.clone()).collect());
        }
        if let Some(sources) = self.sources.as_ref().filter(|_| wanted.reading) {
            artwork = artwork.with_sources(sources, document.identity.date);
        }
        Ok(runs.into_par_iter().flat_map(|run| self.files(run, &artwork)).collect())
    }

    /// The file of a run, and its instructions.
    fn files(&self, run: Run<'_>, artwork: &Artwork) -> Vec<Artifact> {
        let Self { document, pages, .. } = self;
        // Faces are cut to what a file shows: the cover's file shows little.
        let covers = matches!(run.product, Product::Cover(_))
            .then(|| pdf::draw_for_print(&only_covers(pages), &[run.ink]));
        let drawn = covers.as_ref().unwrap_or(artwork);
        let treated = (run.pictures != Treatment::PLAIN).then(|| drawn.treated(pages, run.pictures));
        let drawn = treated.as_ref().unwrap_or(drawn);
        let bytes = pdf::write(&run.sheets, drawn, &document.identity, run.ink);
        let how = run.instructions.as_ref().map(|instructions| {
            let sheets = guide::one_a_side(&instructions.pages, Purpose::PrintOneSide);
            let (product, name) = (Product::Instructions, names::pdf(&instructions.stem));
            Artifact { product, name, bytes: write_plain(&sheets, &document.identity) }
        });
        let name = run.name();
        [Artifact { product: run.product, name, bytes }].into_iter().chain(how).collect()
    }
}

/// Tells of families that are damaged in a letter that the booklet shows, where the manifest names them.
pub(super) fn report_damaged(families: &BTreeSet<String>, booklet: &Booklet, report: &mut Report) {
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
pub(super) fn write_plain(sheets: &Sheets<'_>, identity: &Identity) -> Vec<u8> {
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
