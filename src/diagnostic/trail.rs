//! Which places on the disk a booklet was made from: every file that was looked for, there or not.
//!
//! Comes in: a path and what was found at it, just before it was read. Goes out: the list, so that
//! whoever waits for changes knows what to look at, and can tell a file that was changed while it was
//! being read from one that was not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What tells one state of a file from the next without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it was last written to, since the beginning of 1970.
    pub modified: Duration,
    /// Its length in bytes.
    pub length: u64,
    /// The number that the file system gives it, where it gives one: a file that took another's name has
    /// another number.
    pub number: u64,
}

/// Places that were looked at, without links where that can be told, and what was there; none for nothing.
pub type Places = BTreeMap<PathBuf, Option<Stamp>>;

/// The places that were looked at while one booklet was made. Clones write into the same list.
#[derive(Debug, Clone, Default)]
pub struct Trail(Arc<Mutex<Places>>);

impl Trail {
    /// Notes what lies at a place. What was seen there first is what counts: it was read no earlier.
    pub fn note(&self, path: &Path, stamp: Option<Stamp>) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !places.contains_key(path) {
            places.insert(path.to_owned(), stamp);
        }
    }

    /// All places so far.
    pub fn places(&self) -> Places {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
