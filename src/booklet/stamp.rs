//! What tells one state of a file from the next without reading it.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::diagnostic::Stamp;

/// The stamp of what lies at a path; none if there is nothing, or nothing that may be looked at.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    Some(Stamp { modified: modified.unwrap_or_default(), length: meta.len(), number })
}
