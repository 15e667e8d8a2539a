//! `booklet build`: makes the files of one or more booklets.
//!
//! What can be told from the manifests alone is told first: a manifest that is given twice, booklets that would
//! write one file. Then each is made, and written as soon as it is whole, while others are still being made.

use std::path::{Path, PathBuf};

use crate::booklet;
use crate::diagnostic::{Report, Trail, codes, render};
use crate::folder::Manuscript;
use crate::press::{Job, Pictures, Product, Wanted, made_of, names, press_safely};

use super::Exit;
use super::args::{Build, Kind};
use super::delivery::clash::{Claims, clashes};
use super::delivery::guard::Guard;
use super::delivery::output::{deliver, place};
use super::how_to_print::tell;
use super::system::crew::side_by_side;
use super::system::interrupt::end_on_request;
use super::voice::Voice;

pub(super) fn run(args: &Build, voice: &mut Voice) -> Exit {
    end_on_request();
    let wanted = wanted(&args.only);
    let (orders, refused) = orders(args, wanted, voice);
    let trails = trails(&orders, wanted, args.jobs);
    let manifests: Vec<&Path> = orders.iter().map(|order| order.manifest.as_path()).collect();
    let claims = Claims::default();
    let make = |index: usize| {
        let order = &orders[index];
        let mut report = Report::new();
        let artifacts =
            press_safely(&Job { manuscript: Manuscript::on_disk(&order.manifest), wanted }, &mut report);
        if report.has_errors() {
            return (report, Ok(Vec::<(PathBuf, Product)>::new()));
        }
        let mine = artifacts.iter().map(|artifact| artifact.name.as_str());
        if let Some(clash) = claims.take(index, &order.folder, mine) {
            return (report, Err(clash.trouble(&manifests)));
        }
        let guard = Guard::of(trails.iter().chain([report.trail()]));
        let files = deliver(&order.folder, &artifacts, &guard).map(|there| {
            there.into_iter().zip(artifacts).map(|(there, artifact)| (there.path, artifact.product)).collect()
        });
        (report, files)
    };
    let mut exit = if refused { Exit::Trouble } else { Exit::Done };
    side_by_side(orders.len(), args.jobs, make, |index, (report, files)| {
        voice.report(&report);
        exit = exit.max(verdict(&report, &orders[index].manifest, voice));
        match files {
            Ok(files) => files.iter().for_each(|(path, product)| {
                voice.file(path);
                tell(product, args.copies, voice);
            }),
            Err(trouble) => {
                voice.refuse(&trouble);
                exit = Exit::Trouble;
            }
        }
    });
    exit
}

/// A booklet to make, and where its files go.
#[derive(Debug)]
struct Order {
    manifest: PathBuf,
    folder: PathBuf,
}

/// What is to be made: each manifest once, and none that clashes with another. Also whether any was refused.
fn orders(args: &Build, wanted: Wanted, voice: &mut Voice) -> (Vec<Order>, bool) {
    let mut refused = false;
    let mut orders: Vec<Order> = Vec::new();
    let mut known = Vec::new();
    for manifest in &args.manifests {
        let file = if manifest.is_dir() { manifest.join("manifest.toml") } else { manifest.clone() };
        let real = file.canonicalize().unwrap_or(file);
        if known.contains(&real) {
            voice.remark(&format!("{} is given twice and made once", manifest.display()));
            continue;
        }
        known.push(real);
        match place(manifest, args.output.as_deref()) {
            Ok((folder, said)) => {
                said.into_iter().for_each(|said| voice.remark(&said));
                orders.push(Order { manifest: manifest.clone(), folder });
            }
            Err(trouble) => {
                voice.refuse(&trouble);
                refused = true;
            }
        }
    }
    if orders.len() < 2 {
        return (orders, refused);
    }
    // A manifest with mistakes is reported when it is made.
    let files = |order: &Order| {
        let manifest = booklet::manifest(&Manuscript::on_disk(&order.manifest), &mut Report::new());
        manifest.map_or_else(Vec::new, |manifest| names(&manifest, wanted))
    };
    let files: Vec<_> = orders.iter().map(|order| (order.folder.as_path(), files(order))).collect();
    let clashes = clashes(&files);
    let manifests: Vec<&Path> = orders.iter().map(|order| order.manifest.as_path()).collect();
    clashes.iter().for_each(|clash| voice.refuse(&clash.trouble(&manifests)));
    let clashing = |index: usize| clashes.iter().any(|clash| clash.booklets.contains(&index));
    let kept = (0..orders.len()).map(|index| !clashing(index)).collect::<Vec<_>>();
    let sound = orders.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(order, _)| order).collect();
    (sound, refused || !clashes.is_empty())
}

/// What all booklets of this run are made of, if one of them may show what another one makes: only a picture can
/// be both, for a PDF or an EPUB of ours is no text and no picture.
fn trails(orders: &[Order], wanted: Wanted, jobs: Option<u16>) -> Vec<Trail> {
    let mut trails = Vec::new();
    if orders.len() > 1 && wanted.pictures != Pictures::default() {
        let read = |index: usize| made_of(&Manuscript::on_disk(&orders[index].manifest));
        side_by_side(orders.len(), jobs, read, |_, trail| trails.push(trail));
    }
    trails
}

/// The files that are asked for by name; all, if none is.
pub(super) fn wanted(only: &[Kind]) -> Wanted {
    if only.is_empty() {
        return Wanted::ALL;
    }
    let has = |kind| only.contains(&kind);
    Wanted {
        epub: has(Kind::Epub),
        kepub: has(Kind::Kepub),
        reading: has(Kind::Reading),
        print: has(Kind::Print),
        pictures: Pictures {
            contact: has(Kind::Picture),
            cover: has(Kind::Cover),
            pages: has(Kind::Pages),
            sheets: has(Kind::Sheets),
        },
    }
}

/// What a report means for the exit code; says how many mistakes there are.
pub(super) fn verdict(report: &Report, manifest: &Path, voice: &mut Voice) -> Exit {
    let tally = render::tally(report);
    if !tally.is_empty() {
        voice.remark(&format!("{}: {tally}", manifest.display()));
    }
    if !report.has_errors() {
        Exit::Done
    } else if report.diagnostics().iter().any(|d| d.code == codes::B001) {
        Exit::Trouble
    } else {
        Exit::Errors
    }
}
