//! A print table of the manifest → what imposition is to do.

use crate::impose;
use crate::manifest::{Manifest, Print};

/// What imposition is to do for a print table.
pub fn print_job(print: &Print, manifest: &Manifest) -> impose::Job {
    impose::Job {
        without_cover: manifest.cover.separate,
        creep: print.creep,
        marks: print.marks.clone(),
        unprintable: print.unprintable,
        scale: print.scale,
        blanks: print.blanks,
        ..impose::Job::new(print.binding, print.sheet.value, print.flip)
    }
}
