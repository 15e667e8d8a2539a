//! `booklet verify`: whether a file is exactly what a manifest gives.

use crate::diagnostic::Report;
use crate::diagnostic::fault::guarded;
use crate::folder::Manuscript;
use crate::reprint::{Verdict, verify};

use super::Exit;
use super::args::Verify;
use super::build::verdict;
use super::unpack::read;
use super::voice::Voice;

pub(super) fn run(args: &Verify, voice: &mut Voice) -> Exit {
    let file = match read(&args.file) {
        Ok(file) => file,
        Err(trouble) => {
            voice.refuse(&trouble);
            return Exit::Trouble;
        }
    };
    let mut report = Report::new();
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let manuscript = Manuscript::on_disk(&args.manifest);
    let found = guarded(&name, &mut report, |report| verify(&file, &name, &manuscript, report)).flatten();
    let shown = args.file.display();
    match found {
        // The booklet itself has errors: nothing was compared.
        None => {
            voice.report(&report);
            verdict(&report, &args.manifest, voice).max(Exit::Errors)
        }
        Some(Verdict::Same(what)) => {
            voice.result(&format!("{shown} is exactly what the manifest gives: {what}"));
            Exit::Done
        }
        Some(Verdict::Differs { against, parts }) => {
            voice.result(&match against {
                Some(what) => format!("{shown} is not what the manifest gives ({what}):"),
                None => format!("{shown} is not what the manifest gives:"),
            });
            for part in parts {
                voice.result(&format!("  {part}"));
            }
            Exit::Errors
        }
    }
}
