//! `booklet check`: every finding about one or more booklets, and no output.

use crate::diagnostic::Report;
use crate::folder::Manuscript;
use crate::press::{Job, Wanted, press_safely};

use super::Exit;
use super::args::Check;
use super::build::verdict;
use super::system::crew::side_by_side;
use super::voice::Voice;

pub(super) fn run(args: &Check, voice: &mut Voice) -> Exit {
    let mut exit = Exit::Done;
    let look = |index: usize| {
        let mut report = Report::new();
        let job = Job { manuscript: Manuscript::on_disk(&args.manifests[index]), wanted: Wanted::NOTHING };
        press_safely(&job, &mut report);
        report
    };
    side_by_side(args.manifests.len(), args.jobs, look, |index, report| {
        let manifest = &args.manifests[index];
        voice.report(&report);
        exit = exit.max(verdict(&report, manifest, voice));
        if report.diagnostics().is_empty() {
            voice.remark(&format!("{}: no mistakes found", manifest.display()));
        }
    });
    exit
}
