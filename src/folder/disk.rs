//! Files of the disk.
//!
//! Comes in: a path. Goes out: what the system says of it. The only file below `cli` that names `std::fs`.

use std::ffi::OsString;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::diagnostic::Stamp;

use super::{Entry, EntryKind, Unread};

pub(super) fn entry(path: &Path) -> io::Result<Entry> {
    fs::metadata(path).map(|meta| told(&meta))
}

pub(super) fn own_entry(path: &Path) -> io::Result<Entry> {
    fs::symlink_metadata(path).map(|meta| told(&meta))
}

fn told(meta: &Metadata) -> Entry {
    let kind = match meta.file_type() {
        kind if FileType::is_file(&kind) => EntryKind::File,
        kind if kind.is_dir() => EntryKind::Folder,
        kind if kind.is_symlink() => EntryKind::Link,
        _ => EntryKind::Other,
    };
    Entry { kind, length: meta.len() }
}

pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}

pub(super) fn names(folder: &Path, most: usize) -> io::Result<Vec<OsString>> {
    let entries = fs::read_dir(folder)?.take(most);
    Ok(entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect())
}

/// What lies there is looked at before it is opened, and what was opened once more, since it may be
/// another by then. A pipe that takes a file's place just between the two is opened all the same, and
/// makes whoever put it there wait with us; opening without waiting is not the same on every system.
pub(super) fn read(path: &Path, largest: u64) -> Result<Vec<u8>, Unread> {
    let fits = |meta: &Metadata| match meta {
        meta if !meta.is_file() => Err(Unread::NotAFile),
        meta if meta.len() > largest => Err(Unread::TooLarge(largest)),
        meta => Ok(usize::try_from(meta.len()).unwrap_or(0)),
    };
    fits(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    let mut bytes = Vec::with_capacity(fits(&file.metadata()?)?);
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(Unread::TooLarge(largest)) } else { Ok(bytes) }
}

pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    Some(Stamp { modified: modified.unwrap_or_default(), length: meta.len(), number })
}
