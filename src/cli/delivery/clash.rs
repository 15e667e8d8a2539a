//! Booklets that would write one file, found before anything is set.
//!
//! Comes in: the folder and the names of the files of each booklet (`press::names`). Goes out: which booklets
//! clash, and over which file. Names are held against each other as systems see them that tell neither capitals
//! nor composed letters apart: what clashes there clashes everywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::press::Name;

use super::guard::{key, real};
use super::trouble::Trouble;

/// A file that several booklets would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Clash {
    pub path: PathBuf,
    /// Which booklets, in order.
    pub booklets: Vec<usize>,
}

/// The clashes among booklets, each a folder and the names of the files that go into it; one for every set of
/// booklets.
pub(in crate::cli) fn clashes(booklets: &[(&Path, Vec<Name>)]) -> Vec<Clash> {
    let mut files: BTreeMap<String, (PathBuf, Vec<usize>)> = BTreeMap::new();
    let mut note = |place: String, path: PathBuf, booklet: usize| {
        let (_, all) = files.entry(place).or_insert((path, Vec::new()));
        if all.last() != Some(&booklet) {
            all.push(booklet);
        }
    };
    let mut pictures = Vec::new();
    for (booklet, (folder, names)) in booklets.iter().enumerate() {
        for name in names {
            match name {
                Name::One(name) => note(place(folder, name), folder.join(name), booklet),
                Name::Numbered(stem) => {
                    let first = format!("{stem}-001.png");
                    pictures.push((format!("{}-", place(folder, stem)), booklet));
                    note(place(folder, &first), folder.join(first), booklet);
                }
            }
        }
    }
    // How many pictures of pages there are is not known; there may be as many as have three figures.
    for (stem, booklet) in pictures {
        for (file, (_, all)) in files.range_mut(stem.clone()..).take_while(|(f, _)| f.starts_with(&stem)) {
            let number = file[stem.len()..].strip_suffix(".png").unwrap_or_default();
            if number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()) && !all.contains(&booklet) {
                all.push(booklet);
            }
        }
    }
    let mut found: Vec<Clash> = Vec::new();
    for (path, mut booklets) in files.into_values().filter(|(_, all)| all.len() > 1) {
        booklets.sort_unstable();
        if !found.iter().any(|clash| clash.booklets == booklets) {
            found.push(Clash { path, booklets });
        }
    }
    found.sort_by(|a, b| a.booklets.cmp(&b.booklets));
    found
}

impl Clash {
    /// What is said of it; `manifests` are all.
    pub(in crate::cli) fn trouble(&self, manifests: &[&Path]) -> Trouble {
        let mut names: Vec<String> =
            self.booklets.iter().map(|booklet| manifests[*booklet].display().to_string()).collect();
        let last = names.pop().unwrap_or_default();
        let all = match names.len() {
            1 => "two booklets would both".to_owned(),
            more => format!("{} booklets would all", more + 1),
        };
        Trouble::new(format!("{all} be written to {}: {} and {last}", self.path.display(), names.join(", "),))
            .hint("give each manifest a slug of its own, or build them into different folders")
    }
}

/// Who writes which file, for what cannot be known before: how many pages there are.
#[derive(Debug, Default)]
pub(in crate::cli) struct Claims(Mutex<BTreeMap<String, usize>>);

impl Claims {
    /// Gives files to a booklet, all or none; the clash, if another one has one of them.
    pub(in crate::cli) fn take<'n>(
        &self,
        booklet: usize,
        folder: &Path,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<Clash> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names.clone() {
            if let Some(other) = taken.get(&place(folder, name)).filter(|other| **other != booklet) {
                let booklets = vec![booklet.min(*other), booklet.max(*other)];
                return Some(Clash { path: folder.join(name), booklets });
            }
        }
        taken.extend(names.map(|name| (place(folder, name), booklet)));
        None
    }
}

fn place(folder: &Path, name: &str) -> String {
    key(&real(&folder.join(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str) -> Name {
        Name::One(name.to_owned())
    }

    fn many(stem: &str) -> Name {
        Name::Numbered(stem.to_owned())
    }

    #[test]
    fn names_clash_as_the_least_exact_system_sees_them() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = |name: &str| place.path().join(name);
        let clashing = |names: &[(&str, Name)]| {
            let folders: Vec<PathBuf> = names.iter().map(|(name, _)| folder(name)).collect();
            let booklets: Vec<_> =
                folders.iter().zip(names).map(|(f, (_, name))| (f.as_path(), vec![name.clone()])).collect();
            clashes(&booklets).into_iter().map(|clash| clash.booklets).collect::<Vec<_>>()
        };
        assert_eq!(clashing(&[("o", one("a.pdf")), ("p", one("a.pdf"))]), Vec::<Vec<usize>>::new());
        assert_eq!(clashing(&[("o", one("a.pdf")), ("o/.", one("a.pdf"))]), [[0, 1]]);
        assert_eq!(clashing(&[("o", one("a.pdf")), ("q", one("b.pdf")), ("O", one("A.pdf"))]), [[0, 2]]);
        assert_eq!(clashing(&[("e\u{301}", one("a.pdf")), ("\u{e9}", one("a.pdf"))]), [[0, 1]]);
        assert_eq!(clashing(&[("o", many("a")), ("o", many("a"))]), [[0, 1]]);
        assert_eq!(clashing(&[("o", many("a")), ("o", one("a-007.png"))]), [[0, 1]]);
        assert_eq!(clashing(&[("o", many("a")), ("o", many("a-b")), ("o", one("a-cover.png"))]).len(), 0);
    }

    #[test]
    fn a_file_is_given_once() {
        let claims = Claims::default();
        let folder = Path::new("o");
        assert_eq!(claims.take(1, folder, ["a-1000.png", "a-1001.png"].into_iter()), None);
        assert_eq!(claims.take(1, folder, ["a-1000.png"].into_iter()), None);
        let clash = claims.take(0, folder, ["b.png", "A-1001.png"].into_iter()).expect("a clash");
        assert_eq!((clash.booklets, claims.take(2, folder, ["b.png"].into_iter())), (vec![0, 1], None));
    }
}
