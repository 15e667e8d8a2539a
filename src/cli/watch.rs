//! `booklet watch`: makes a booklet again whenever one of its files changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::diagnostic::{Report, render};
use crate::press::{Artifact, Job, press_safely};
use crate::watch::{Watch, Woken};

use super::Exit;
use super::args;
use super::build::{beside, verdict, wanted};
use super::how_to_print::{fitted, how_to_print};
use super::interrupt::stop_on_request;
use super::output::{Trouble, deliver};
use super::voice::Voice;

pub(super) fn run(args: &args::Watch, voice: &mut Voice) -> Exit {
    let job = Job { manifest: args.manifest.clone(), wanted: wanted(&args.only) };
    // Where it is now, whatever becomes of it later.
    let folder = args.output.clone().unwrap_or_else(|| beside(&args.manifest));
    let mut watch = Watch::new();
    stop_on_request(watch.stopper());
    let mut desk = Desk { folder, ..Desk::default() };
    loop {
        let begun = Instant::now();
        let mut report = Report::new();
        let artifacts = press_safely(&job, &mut report);
        let exit = desk.show(&report, &args.manifest, voice);
        if exit == Exit::Trouble && !desk.found {
            // There never was a booklet here: a path mistyped, most likely.
            return exit;
        }
        desk.found = true;
        let whole = !report.has_errors();
        if whole {
            desk.put(artifacts, begun, voice);
        }
        watch.follow(report.trail(), whole);
        if watch.wait() == Woken::Stopped {
            return Exit::Done;
        }
    }
}

/// What was made and said so far.
#[derive(Debug, Default)]
struct Desk {
    folder: PathBuf,
    /// Whether there was a manifest before.
    found: bool,
    /// The findings that were shown last, as text.
    shown: String,
    /// Whether the booklet had errors the last time.
    broken: bool,
    /// Whether it was made before.
    made: bool,
    /// The files as they were written last, by name.
    files: BTreeMap<String, Vec<u8>>,
}

impl Desk {
    /// Shows what was found, unless it is what was shown before.
    fn show(&mut self, report: &Report, manifest: &Path, voice: &mut Voice) -> Exit {
        let text = render::render(report, false);
        if text != self.shown {
            voice.report(report);
            self.shown = text;
        }
        let exit = verdict(report, manifest, voice);
        let broken = report.has_errors();
        if broken {
            voice.remark("waiting for the mistake to be mended; Ctrl-C ends");
        }
        self.broken |= broken;
        exit
    }

    /// Writes the files that changed or are not there.
    fn put(&mut self, artifacts: Vec<Artifact>, begun: Instant, voice: &mut Voice) {
        let stale =
            |a: &Artifact| self.files.get(&a.name) != Some(&a.bytes) || !self.folder.join(&a.name).exists();
        let (stale, same): (Vec<_>, Vec<_>) = artifacts.into_iter().partition(stale);
        let paths = match deliver(&self.folder, &stale) {
            Ok(paths) => paths,
            Err(Trouble { path, error }) => {
                voice.trouble(&format!("cannot write {}: {error}", path.display()));
                return;
            }
        };
        for path in &paths {
            voice.file(path);
        }
        if !self.made {
            for run in stale.iter().filter_map(Artifact::run) {
                run.fitting.as_ref().and_then(fitted).into_iter().for_each(|chosen| voice.remark(&chosen));
                voice.remarks(&how_to_print(run));
            }
        }
        voice.remark(&said(std::mem::take(&mut self.broken), paths.is_empty(), begun.elapsed()));
        if !std::mem::replace(&mut self.made, true) {
            voice.remark("waiting for changes; Ctrl-C ends");
        }
        self.files = stale.into_iter().chain(same).map(|a| (a.name, a.bytes)).collect();
    }
}

/// What became of it, and how long it took.
fn said(mended: bool, same: bool, took: Duration) -> String {
    let what = if same { "nothing to write, the files are the same" } else { "built" };
    let before = if mended { "mended: " } else { "" };
    format!("{before}{what} in {} ms", took.as_millis().max(1))
}
