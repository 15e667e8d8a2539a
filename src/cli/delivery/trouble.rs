//! What goes wrong outside a booklet, in plain words: a full disk, a file that is open elsewhere.
//!
//! Comes in: a path and the system's error. Goes out: what could not be done, why, and what helps. Systems
//! number their errors and name them for programmers, so this is the one place that knows those numbers; no
//! number and no name of a temporary file is ever shown.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::folder::system_words;

/// What could not be done, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Trouble {
    /// One plain sentence without a final stop.
    pub message: String,
    /// How to mend it, each a plain sentence.
    pub hints: Vec<String>,
}

impl Trouble {
    pub(in crate::cli) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    pub(in crate::cli) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A file cannot be written at this path.
    pub(in crate::cli) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::doing("write", path, error)
    }

    /// A file cannot be read.
    pub(in crate::cli) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::doing("read", path, error)
    }

    /// A folder cannot be made.
    pub(in crate::cli) fn making(folder: &Path, error: &io::Error) -> Self {
        Self::doing("make the folder", folder, error)
    }

    fn doing(what: &str, path: &Path, error: &io::Error) -> Self {
        let reason = Reason::of(error);
        let trouble = Self::new(format!("cannot {what} {}: {reason}", path.display()));
        match reason.help() {
            Some(help) => trouble.hint(help),
            None => trouble,
        }
    }
}

/// Why the system refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Reason {
    DiskFull,
    Quota,
    TooLarge,
    NotAllowed,
    ReadOnly,
    IsFolder,
    IsFile,
    Missing,
    Taken,
    NotEmpty,
    BadName,
    TooManyFiles,
    InUse,
    Circle,
    Gone,
    Memory,
    Damaged,
    /// In the system's own words.
    Other(String),
}

impl Reason {
    pub(in crate::cli) fn of(error: &io::Error) -> Self {
        if let Some(number) = error.raw_os_error()
            && let Some(reason) = numbered(number)
        {
            return reason;
        }
        match error.kind() {
            ErrorKind::StorageFull => Self::DiskFull,
            ErrorKind::QuotaExceeded => Self::Quota,
            ErrorKind::FileTooLarge => Self::TooLarge,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::IsADirectory => Self::IsFolder,
            ErrorKind::NotADirectory => Self::IsFile,
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::AlreadyExists => Self::Taken,
            ErrorKind::DirectoryNotEmpty => Self::NotEmpty,
            ErrorKind::InvalidFilename => Self::BadName,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::InUse,
            ErrorKind::StaleNetworkFileHandle
            | ErrorKind::TimedOut
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown => Self::Gone,
            ErrorKind::OutOfMemory => Self::Memory,
            _ => Self::Other(system_words(error)),
        }
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::DiskFull => "make room on the disk, or choose another folder",
            Self::Quota => "remove what you no longer need, or choose a folder on another disk",
            Self::NotAllowed | Self::ReadOnly => "choose a folder that is yours",
            Self::TooManyFiles => "close some programs and try again",
            Self::InUse => "close it there and try again",
            Self::Gone => "see that the drive is connected, and try again",
            Self::Memory => "close some programs and try again",
            Self::Damaged => "see that the disk is sound, or choose another folder",
            _ => return None,
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DiskFull => "the disk is full",
            Self::Quota => "your share of the disk is used up",
            Self::TooLarge => "it is larger than files may be there",
            Self::NotAllowed => "you may not do that there",
            Self::ReadOnly => "nothing can be written to that disk",
            Self::IsFolder => "there is a folder of that name",
            Self::IsFile => "a file is in the way where a folder is needed",
            Self::Missing => "it does not exist",
            Self::Taken => "there is something of that name already",
            Self::NotEmpty => "there is something in it already",
            Self::BadName => "the name is too long, or has characters that cannot stand in a name there",
            Self::TooManyFiles => "too many files are open",
            Self::InUse => "it is open in another program",
            Self::Circle => "links lead in a circle there",
            Self::Gone => "the drive does not answer",
            Self::Memory => "there is not enough memory",
            Self::Damaged => "the disk failed",
            Self::Other(words) => words,
        })
    }
}

/// What the standard library has no word for.
fn numbered(number: i32) -> Option<Reason> {
    // linux and macOS: errno.h. Windows: winerror.h.
    if cfg!(windows) {
        return Some(match number {
            4 => Reason::TooManyFiles,
            // Sharing, locks, mapped sections.
            32 | 33 | 1224 => Reason::InUse,
            39 | 112 => Reason::DiskFull,
            53 | 59 | 64 | 67 => Reason::Gone,
            206 => Reason::BadName,
            1295 => Reason::Quota,
            23 | 1117 => Reason::Damaged,
            _ => return None,
        });
    }
    Some(match number {
        5 => Reason::Damaged,
        // EPERM: a file that is marked unchangeable.
        1 => Reason::NotAllowed,
        23 | 24 => Reason::TooManyFiles,
        40 if cfg!(target_os = "linux") => Reason::Circle,
        62 if cfg!(target_os = "macos") => Reason::Circle,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn no_error_of_the_system_shows_its_number() {
        for number in 1..=133 {
            let error = io::Error::from_raw_os_error(number);
            let said = Trouble::writing(Path::new("a.pdf"), &error).message;
            assert!(!said.contains("os error") && said.len() > "cannot write a.pdf: ".len(), "{said}");
        }
        let said = |number| Trouble::writing(Path::new("a"), &io::Error::from_raw_os_error(number)).message;
        assert_eq!(said(28), "cannot write a: the disk is full");
        assert_eq!(said(24), "cannot write a: too many files are open");
    }

    #[test]
    fn words_of_our_own_stay_as_they_are() {
        let said = Trouble::reading(Path::new("a"), &io::Error::other("it is not a file"));
        assert_eq!(said, Trouble::new("cannot read a: it is not a file"));
    }
}
