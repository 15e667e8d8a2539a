//! `booklet build`: makes the files of one or more booklets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Report, codes, render};
use crate::press::{Artifact, Job, Pictures, Wanted, press_safely};

use super::Exit;
use super::args::{Build, Kind};
use super::how_to_print::{fitted, how_to_print, paper_for};
use super::output::{Trouble, deliver};
use super::voice::Voice;

pub(super) fn run(args: &Build, voice: &mut Voice) -> Exit {
    let made = make_all(&args.manifests, wanted(&args.only), args.jobs);
    let folders: Vec<PathBuf> =
        args.manifests.iter().map(|m| args.output.clone().unwrap_or_else(|| beside(m))).collect();
    let clash = clash(&made, &folders);
    let mut exit = Exit::Done;
    for (((report, artifacts), manifest), folder) in made.iter().zip(&args.manifests).zip(&folders) {
        voice.report(report);
        exit = exit.max(verdict(report, manifest, voice));
        if report.has_errors() || clash.is_some() {
            continue;
        }
        match deliver(folder, artifacts) {
            Ok(paths) => {
                for (path, artifact) in paths.iter().zip(artifacts) {
                    voice.file(path);
                    if let Some(run) = artifact.run() {
                        if let Some(chosen) = run.fitting.as_ref().and_then(fitted) {
                            voice.remark(&chosen);
                        }
                        voice.remarks(&how_to_print(run));
                        if let Some(copies) = args.copies {
                            voice.remark(&paper_for(run, copies));
                        }
                    }
                }
            }
            Err(Trouble { path, error }) => {
                voice.trouble(&format!("cannot write {}: {error}", path.display()));
                exit = Exit::Trouble;
            }
        }
    }
    if let Some(path) = clash {
        voice.trouble(&format!("two booklets would both be written to {}", path.display()));
        voice.help("give each manifest a slug of its own, or build them into different folders");
        exit = Exit::Trouble;
    }
    exit
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

/// Makes booklets side by side; results are in the order of the manifests.
pub(super) fn make_all(
    manifests: &[PathBuf],
    wanted: Wanted,
    jobs: Option<u16>,
) -> Vec<(Report, Vec<Artifact>)> {
    let make = |manifest: &PathBuf| {
        let mut report = Report::new();
        let artifacts = press_safely(&Job { manifest: manifest.clone(), wanted }, &mut report);
        (report, artifacts)
    };
    let all = || manifests.par_iter().map(make).collect();
    let threads = usize::from(jobs.unwrap_or(0));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(all),
        // No threads to be had: the same work, one after the other.
        Err(_) => manifests.iter().map(make).collect(),
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

/// `dist` beside the manifest.
pub(super) fn beside(manifest: &Path) -> PathBuf {
    if manifest.is_dir() {
        return manifest.join("dist");
    }
    manifest.parent().unwrap_or(Path::new("")).join("dist")
}

/// A path that two booklets of this run would both write.
fn clash(made: &[(Report, Vec<Artifact>)], folders: &[PathBuf]) -> Option<PathBuf> {
    let mut seen = BTreeMap::new();
    for (booklet, ((_, artifacts), folder)) in made.iter().zip(folders).enumerate() {
        for artifact in artifacts {
            let path = folder.join(&artifact.name);
            if seen.insert(path.clone(), booklet).is_some_and(|other| other != booklet) {
                return Some(path);
            }
        }
    }
    None
}
