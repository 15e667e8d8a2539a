//! Where the files of a booklet lie: names → bytes, of the disk or in memory.
//!
//! Comes in: a path. Goes out: what lies there, what it is called without links, its bytes, or why not. Below
//! `cli` nothing else opens a file, so that a booklet can be made where there is no disk (in a browser, of
//! an archive, in a test), and is the same booklet. Which of the files a booklet may open is not decided here
//! but in `booklet`, once for both.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Stamp;

mod disk;
mod memory;

use memory::Memory;

/// Files by their paths.
#[derive(Debug, Clone)]
pub enum Folder {
    /// Those of the disk; paths without a root begin where the program runs.
    Disk,
    /// Those that were handed over; paths begin at `/`, with or without it.
    Memory(Memory),
}

/// What lies at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link, where it is not followed.
    Link,
    /// A pipe, a device, a socket.
    Other,
}

/// What lies at a place, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its length in bytes, if it is a file.
    pub length: u64,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It is a folder, a pipe, a device or a socket.
    #[error("it is not a file")]
    NotAFile,
    /// It has more than this many bytes.
    #[error("it is larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// The system could not or would not.
    #[error("{}", reason(.0))]
    System(#[from] io::Error),
}

impl Folder {
    /// Files in memory, by their paths with `/` between the parts. A path that climbs out of the top stays
    /// there: there is nothing above.
    pub fn in_memory(files: impl IntoIterator<Item = (String, Arc<[u8]>)>) -> Self {
        Self::Memory(Memory::new(files))
    }

    /// What lies at a place, behind links.
    ///
    /// # Errors
    /// When there is nothing, or it may not be looked at.
    pub fn entry(&self, path: &Path) -> io::Result<Entry> {
        match self {
            Self::Disk => disk::entry(path),
            Self::Memory(memory) => memory.entry(path),
        }
    }

    /// The same, but of a link the link itself.
    ///
    /// # Errors
    /// When there is nothing, or it may not be looked at.
    pub fn own_entry(&self, path: &Path) -> io::Result<Entry> {
        match self {
            Self::Disk => disk::own_entry(path),
            Self::Memory(memory) => memory.entry(path),
        }
    }

    /// Whether a folder lies at a place, or a link to one.
    pub fn is_folder(&self, path: &Path) -> bool {
        self.entry(path).is_ok_and(|entry| entry.kind == EntryKind::Folder)
    }

    /// Whether a link lies at a place.
    pub fn is_link(&self, path: &Path) -> bool {
        self.own_entry(path).is_ok_and(|entry| entry.kind == EntryKind::Link)
    }

    /// Where something really is: from the root, without links, `.` and `..`.
    ///
    /// # Errors
    /// When there is nothing, or it may not be looked at.
    pub fn real(&self, path: &Path) -> io::Result<PathBuf> {
        match self {
            Self::Disk => disk::real(path),
            Self::Memory(memory) => memory.real(path),
        }
    }

    /// The same path from the root, whether there is something or not, as far as that can be told.
    pub fn from_root(&self, path: &Path) -> PathBuf {
        match self {
            Self::Disk => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
            Self::Memory(_) => memory::from_root(path),
        }
    }

    /// The names of what lies in a folder, in no order, and not more than so many.
    ///
    /// # Errors
    /// When it is no folder, or may not be looked into.
    pub fn names(&self, folder: &Path, most: usize) -> io::Result<Vec<OsString>> {
        match self {
            Self::Disk => disk::names(folder, most),
            Self::Memory(memory) => memory.names(folder, most),
        }
    }

    /// Reads a whole file of at most `largest` bytes. Pipes, devices and sockets are never opened: that alone
    /// may wait forever, or set a machine to work.
    ///
    /// # Errors
    /// When it is no file, or too large, or the system does not let it be read.
    pub fn read(&self, path: &Path, largest: u64) -> Result<Vec<u8>, Unread> {
        match self {
            Self::Disk => disk::read(path, largest),
            Self::Memory(memory) => memory.read(path, largest),
        }
    }

    /// What tells one state of a file from the next without reading it; none if there is nothing, or nothing
    /// that may be looked at. What is in memory does not change.
    pub fn stamp(&self, path: &Path) -> Option<Stamp> {
        match self {
            Self::Disk => disk::stamp(path),
            Self::Memory(memory) => {
                let length = memory.entry(path).ok()?.length;
                Some(Stamp { modified: std::time::Duration::ZERO, length, number: 0 })
            }
        }
    }
}

/// What a booklet is opened from: a manifest, or the folder that holds it.
#[derive(Debug, Clone)]
pub struct Manuscript {
    /// Where its files lie.
    pub folder: Folder,
    /// The manifest, or the folder that holds it, as the user gave it; findings show it so.
    pub path: PathBuf,
}

impl Manuscript {
    /// One on the disk.
    pub fn on_disk(path: impl AsRef<Path>) -> Self {
        Self { folder: Folder::Disk, path: path.as_ref().to_owned() }
    }
}

impl fmt::Display for Manuscript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.display().fmt(f)
    }
}

/// Why a file could not be read, without the path that some systems add.
pub fn reason(error: &io::Error) -> String {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => system_words(error),
    }
}

/// The system's words about an error, without its number.
pub fn system_words(error: &io::Error) -> String {
    let words = error.to_string();
    let end = words.find(" (os error").unwrap_or(words.len());
    words[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linux has no kind of its own for “Input/output error”: a disk that fails was called “uncategorized”.
    #[cfg(unix)]
    #[test]
    fn whatever_keeps_a_file_from_being_read_has_words() {
        for number in 1..=133 {
            let said = reason(&io::Error::from_raw_os_error(number));
            assert!(!said.contains("os error") && !said.contains("categor") && !said.is_empty(), "{said}");
        }
    }
}
