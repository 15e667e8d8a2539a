//! `booklet check`: every finding about one or more booklets, and no output.

use crate::press::Wanted;

use super::Exit;
use super::args::Check;
use super::build::{make_all, verdict};
use super::voice::Voice;

pub(super) fn run(args: &Check, voice: &mut Voice) -> Exit {
    let mut exit = Exit::Done;
    for ((report, _), manifest) in
        make_all(&args.manifests, Wanted::NOTHING, args.jobs).iter().zip(&args.manifests)
    {
        voice.report(report);
        exit = exit.max(verdict(report, manifest, voice));
        if report.diagnostics().is_empty() {
            voice.remark(&format!("{}: no mistakes found", manifest.display()));
        }
    }
    exit
}
