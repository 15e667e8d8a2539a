//! `booklet test-sheet`: a sheet that shows what a printer does.

use crate::diagnostic::Report;
use crate::folder::Manuscript;
use crate::manifest::{A4, Flip};
use crate::press::{self, TestSheet};

use super::Exit;
use super::args;
use super::build::verdict;
use super::delivery::guard::Guard;
use super::delivery::output::deliver;
use super::system::interrupt::end_on_request;
use super::voice::Voice;

/// The edge that a printer is asked to turn the sheet on when no booklet says it: that of booklets.
const FLIP: Flip = Flip::ShortEdge;

pub(super) fn run(args: &args::TestSheet, voice: &mut Voice) -> Exit {
    end_on_request();
    let mut guard = Guard::default();
    let mut job = TestSheet { sheet: A4, language: "en".into(), flip: FLIP };
    if let Some(manifest) = &args.manifest {
        let mut report = Report::new();
        let found = TestSheet::of(&Manuscript::on_disk(manifest), &mut report);
        voice.report(&report);
        guard = Guard::of([report.trail()]);
        match found {
            Some(found) if !report.has_errors() => job = found,
            _ => return verdict(&report, manifest, voice),
        }
    }
    job.sheet = args.sheet.unwrap_or(job.sheet);
    job.language = args.language.clone().unwrap_or(job.language);
    match deliver(&args.output, &[press::test_sheet(&job)], &guard) {
        Ok(files) => {
            for file in files {
                voice.file(&file.path);
            }
            voice.remark(
                "  to print: 1 sheet of paper, on both sides, in actual size; then read what it says on its back",
            );
            Exit::Done
        }
        Err(trouble) => {
            voice.refuse(&trouble);
            Exit::Trouble
        }
    }
}
