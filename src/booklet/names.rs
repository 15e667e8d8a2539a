//! Names of files, compared as Unicode and not as bytes.
//!
//! An é is one character or two, the letter and its accent. People type the one; archives from a Mac have
//! the other on the disk; nobody sees a difference. Comes in: a folder and a name as it is written. Goes
//! out: what the folder calls the file. Capitals are told apart here, whether the system does or not, so
//! that a booklet which is found on one system is found on all.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::folder::Folder;

/// Most names of one folder that are read. Whoever has more gets the file that has the very name.
const MOST: usize = 50_000;

/// A name in composed form (NFC), the one that people type and that is written everywhere.
pub(super) fn composed(name: &str) -> Cow<'_, str> {
    if is_nfc_quick(name.chars()) == IsNormalized::Yes { name.into() } else { name.nfc().collect() }
}

/// What a folder has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameMatch {
    Nothing,
    /// This is how the disk writes it.
    One(String),
    /// Several that people cannot tell apart.
    Several,
}

/// The names in a folder: composed, each with how the disk writes it.
#[derive(Debug, Default)]
pub(super) struct FolderNames(BTreeMap<String, Vec<String>>);

impl FolderNames {
    fn of(names: impl Iterator<Item = String>) -> Self {
        let mut listing = Self::default();
        for name in names {
            listing.0.entry(composed(&name).into_owned()).or_default().push(name);
        }
        listing
    }

    /// What is there under a name.
    pub fn named(&self, name: &str) -> NameMatch {
        match self.0.get(&*composed(name)).map(Vec::as_slice) {
            None => NameMatch::Nothing,
            Some([one]) => NameMatch::One(one.clone()),
            Some(_) => NameMatch::Several,
        }
    }

    /// All names, composed and sorted, without hidden ones.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|name| !name.starts_with('.'))
    }
}

/// The listings of folders, each read once; none where it could not be read, or not as a whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Listings(Arc<Mutex<BTreeMap<PathBuf, Option<Arc<FolderNames>>>>>);

impl Listings {
    /// The names in a folder.
    pub fn of(&self, files: &Folder, folder: &Path) -> Option<Arc<FolderNames>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listing) = known.get(folder) {
            return listing.clone();
        }
        let names = || {
            let names = files.names(folder, MOST + 1).ok()?;
            let texts = names.into_iter().filter_map(|name| name.into_string().ok());
            let names: Vec<String> = texts.collect();
            (names.len() <= MOST).then(|| Arc::new(FolderNames::of(names.into_iter())))
        };
        known.entry(folder.to_owned()).or_insert_with(names).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_however_their_letters_are_composed() {
        let names = ["pre\u{301}face.md", "été.svg", "e\u{301}te\u{301}.svg", "One.md"];
        let listing = FolderNames::of(names.into_iter().map(str::to_owned));
        for written in ["préface.md", "pre\u{301}face.md"] {
            assert_eq!(listing.named(written), NameMatch::One("pre\u{301}face.md".to_owned()), "{written:?}");
        }
        assert_eq!(listing.named("été.svg"), NameMatch::Several);
        assert_eq!(listing.named("one.md"), NameMatch::Nothing, "capitals are told apart on every system");
        assert_eq!(listing.names().collect::<Vec<_>>(), ["One.md", "préface.md", "été.svg"]);
    }
}
