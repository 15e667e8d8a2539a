//! Pictures of a booklet: for a web page, a post, a shop, or a look before anything is printed.

use rayon::prelude::*;

use crate::epub::Cover;
use crate::impose::Sheets;
use crate::manifest::BindingKind;
use crate::picture::png;
use crate::picture::screen::Treatment;
use crate::raster::{self, Handling};
use crate::typeset::frame::{Ink, Pages};
use crate::typeset::style::Style;

use super::{Artifact, Pictures, Product, Run, Setting, names};

/// Pixels an inch of pages and sheets: fine enough to read them on any screen.
const RESOLUTION: f64 = 150.0;

impl Setting {
    /// Draws the pictures that are wanted.
    pub(super) fn pictures(&self, runs: &[Run<'_>], wanted: Pictures) -> Vec<Artifact> {
        let slug = &self.booklet.manifest.identity.slug;
        let artifact = |name: String, bytes| Artifact { product: Product::Picture, name, bytes };
        let mut made = Vec::new();
        let reading = runs.iter().find(|run| !run.printed());
        if wanted.contact
            && let Some(run) = runs.iter().find(|run| run.printed()).or(reading)
        {
            let pages = treated(run);
            let picture = raster::contact(&on(&pages, run), handling(run));
            made.push(artifact(names::contact(slug), png(&picture)));
        }
        if wanted.cover {
            let cover = Cover::picture(&self.document, &Style::new(&self.booklet));
            made.push(artifact(names::cover(slug), cover));
        }
        if wanted.pages
            && let Some(run) = reading
        {
            made.extend(all(slug, run.sheets.pages.pages.len(), |index| {
                png(&raster::page(run.sheets.pages, index, RESOLUTION, Ink::Colour))
            }));
        }
        for run in runs.iter().filter(|run| wanted.sheets && run.printed()) {
            let pages = treated(run);
            let sheets = on(&pages, run);
            made.extend(all(&run.stem, sheets.sides.len(), |index| {
                png(&raster::side(&sheets, index, RESOLUTION, run.ink))
            }));
        }
        made
    }
}

/// The pages of a run with photographs as it prints them; none if it prints them as they are.
fn treated(run: &Run<'_>) -> Option<Pages> {
    (run.pictures != Treatment::PLAIN).then(|| raster::treated(run.sheets.pages, run.pictures))
}

/// The sheets of a run, with its own pages on them or others in their place.
fn on<'a>(pages: &'a Option<Pages>, run: &'a Run<'_>) -> Sheets<'a> {
    let own: Sheets<'a> = run.sheets.clone();
    Sheets { pages: pages.as_ref().unwrap_or(run.sheets.pages), ..own }
}

/// How the sheets of a print run are dealt with.
fn handling(run: &Run<'_>) -> Handling {
    let Product::Print(print) = &run.product else {
        return Handling { folded: false, bound: true, ink: run.ink };
    };
    let (folded, bound) = match print.procedure.kind {
        BindingKind::Saddle
        | BindingKind::Sections { .. }
        | BindingKind::Perfect
        | BindingKind::Folded(_)
        | BindingKind::Mini
        | BindingKind::Leaflet(_) => (true, true),
        BindingKind::CutStack { .. } | BindingKind::Single => (false, true),
        BindingKind::Copies { .. } => (false, run.sheets.pages.pages.len() > 2),
        BindingKind::Cards => (false, false),
    };
    Handling { folded, bound, ink: run.ink }
}

/// One file for each of so many.
fn all(stem: &str, count: usize, make: impl Fn(usize) -> Vec<u8> + Sync) -> Vec<Artifact> {
    let one = |index| Artifact {
        product: Product::Picture,
        name: names::numbered(stem, index, count),
        bytes: make(index),
    };
    (0..count).into_par_iter().map(one).collect()
}
