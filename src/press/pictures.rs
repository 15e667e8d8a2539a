//! Pictures of a booklet: for a web page, a post, a shop, or a look before anything is printed.

use rayon::prelude::*;

use crate::booklet::Booklet;
use crate::document::Document;
use crate::epub::Cover;
use crate::impose::Sheets;
use crate::manifest::BindingKind;
use crate::picture::png;
use crate::picture::screen::Treatment;
use crate::raster::{self, Handling};
use crate::typeset::frame::{Ink, Pages};
use crate::typeset::style::Style;

use super::{Artifact, Kind, Pictures, Run, names};

/// Pixels an inch of pages and sheets: fine enough to read them on any screen.
const RESOLUTION: f64 = 150.0;

/// Draws the pictures that are wanted.
pub(super) fn draw(
    (booklet, document): (&Booklet, &Document),
    runs: &[Run<'_>],
    wanted: Pictures,
) -> Vec<Artifact> {
    let slug = &booklet.manifest.slug;
    let artifact = |name: String, bytes| Artifact { name, bytes, kind: Kind::Picture };
    let mut made = Vec::new();
    let reading = runs.iter().find(|run| run.print.is_none());
    if wanted.contact
        && let Some(run) = runs.iter().find(|run| run.print.is_some()).or(reading)
    {
        let pages = treated(run);
        let picture = raster::contact(&on(&pages, run), handling(run));
        made.push(artifact(names::contact(slug), png(&picture)));
    }
    if wanted.cover {
        made.push(artifact(names::cover(slug), Cover::picture(document, &Style::new(booklet))));
    }
    if wanted.pages
        && let Some(run) = reading
    {
        made.extend(all(slug, run.sheets.pages.pages.len(), |index| {
            png(&raster::page(run.sheets.pages, index, RESOLUTION, Ink::Colour))
        }));
    }
    for run in runs.iter().filter(|run| wanted.sheets && run.print.is_some()) {
        let stem = names::stem(&run.name);
        let pages = treated(run);
        let sheets = on(&pages, run);
        made.extend(all(stem, sheets.sides.len(), |index| {
            png(&raster::side(&sheets, index, RESOLUTION, run.ink))
        }));
    }
    made
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
    let Some(print) = &run.print else { return Handling { folded: false, bound: true, ink: run.ink } };
    let (folded, bound) = match print.binding {
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
        name: names::numbered(stem, index, count),
        bytes: make(index),
        kind: Kind::Picture,
    };
    (0..count).into_par_iter().map(one).collect()
}
