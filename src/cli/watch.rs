//! `booklet watch`: makes a booklet again whenever one of its files changes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::diagnostic::{Report, render};
use crate::folder::Manuscript;
use crate::press::{Artifact, Job, press_safely};
use crate::watch::{Watch, Woken};

use super::Exit;
use super::args;
use super::build::{verdict, wanted};
use super::delivery::guard::Guard;
use super::delivery::output::{deliver, place};
use super::how_to_print::tell;
use super::system::interrupt::stop_on_request;
use super::voice::Voice;

pub(super) fn run(args: &args::Watch, voice: &mut Voice) -> Exit {
    let job = Job { manuscript: Manuscript::on_disk(&args.manifest), wanted: wanted(&args.only) };
    // Where it is now, whatever becomes of it later.
    let folder = match place(&args.manifest, args.output.as_deref()) {
        Ok((folder, said)) => {
            said.into_iter().for_each(|said| voice.remark(&said));
            folder
        }
        Err(trouble) => {
            voice.refuse(&trouble);
            return Exit::Trouble;
        }
    };
    let mut watch = Watch::new();
    stop_on_request(watch.stopper());
    let mut desk = Progress { folder, ..Progress::default() };
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
            desk.put(&artifacts, &report, begun, voice);
        }
        watch.follow(report.trail(), whole);
        if watch.wait() == Woken::Stopped {
            return Exit::Done;
        }
    }
}

/// What was made and said so far.
#[derive(Debug, Default)]
struct Progress {
    folder: PathBuf,
    /// Whether there was a manifest before.
    found: bool,
    /// The findings that were shown last, as text.
    shown: String,
    /// Whether the booklet had errors the last time.
    broken: bool,
    /// Whether it was made before.
    made: bool,
}

impl Progress {
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
    fn put(&mut self, artifacts: &[Artifact], report: &Report, begun: Instant, voice: &mut Voice) {
        let files = match deliver(&self.folder, artifacts, &Guard::of([report.trail()])) {
            Ok(files) => files,
            Err(trouble) => {
                voice.refuse(&trouble);
                return;
            }
        };
        let fresh: Vec<_> = files.iter().filter(|file| file.fresh).collect();
        for file in &fresh {
            voice.file(&file.path);
        }
        if !self.made {
            artifacts.iter().for_each(|artifact| tell(&artifact.product, None, voice));
        }
        voice.remark(&said(std::mem::take(&mut self.broken), fresh.is_empty(), begun.elapsed()));
        if !std::mem::replace(&mut self.made, true) {
            voice.remark("waiting for changes; Ctrl-C ends");
        }
    }
}

/// What became of it, and how long it took.
fn said(mended: bool, same: bool, took: Duration) -> String {
    let what = if same { "nothing to write, the files are the same" } else { "built" };
    let before = if mended { "mended: " } else { "" };
    format!("{before}{what} in {} ms", took.as_millis().max(1))
}
