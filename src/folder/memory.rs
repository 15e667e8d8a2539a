//! Files in memory.
//!
//! Comes in: paths and bytes, handed over once. Goes out: what a disk would say of them. There are no links
//! and no devices, and folders are there because files lie in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::ops::Bound;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{Entry, EntryKind, Unread};

/// Files by their paths from the root.
#[derive(Clone, Default)]
pub struct Memory(Arc<BTreeMap<PathBuf, Arc<[u8]>>>);

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Memory {
    pub(super) fn new(files: impl IntoIterator<Item = (String, Arc<[u8]>)>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (from_root(Path::new(&name)), bytes));
        Self(Arc::new(files.collect()))
    }

    pub(super) fn entry(&self, path: &Path) -> io::Result<Entry> {
        let place = from_root(path);
        if let Some(bytes) = self.0.get(&place) {
            return Ok(Entry { kind: EntryKind::File, length: bytes.len() as u64 });
        }
        match self.below(&place).next() {
            Some(_) => Ok(Entry { kind: EntryKind::Folder, length: 0 }),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    pub(super) fn real(&self, path: &Path) -> io::Result<PathBuf> {
        self.entry(path).map(|_| from_root(path))
    }

    pub(super) fn names(&self, folder: &Path, most: usize) -> io::Result<Vec<OsString>> {
        let place = from_root(folder);
        match self.entry(&place)?.kind {
            EntryKind::Folder => {}
            _ => return Err(io::ErrorKind::NotADirectory.into()),
        }
        let depth = place.components().count();
        let names = self.below(&place).filter_map(|file| file.components().nth(depth));
        let names: BTreeSet<_> = names.map(|part| part.as_os_str().to_owned()).collect();
        Ok(names.into_iter().take(most).collect())
    }

    pub(super) fn read(&self, path: &Path, largest: u64) -> Result<Vec<u8>, Unread> {
        match self.0.get(&from_root(path)) {
            Some(bytes) if bytes.len() as u64 > largest => Err(Unread::TooLarge(largest)),
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(self.entry(path).map_or_else(Unread::from, |_| Unread::NotAFile)),
        }
    }

    /// The files in a folder and in those that it holds. Paths are in the order of their parts, so these stand
    /// together.
    fn below<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
        let after = (Bound::Excluded(folder), Bound::Unbounded);
        self.0.range::<Path, _>(after).map(|(file, _)| file).take_while(move |file| file.starts_with(folder))
    }
}

/// A path from the root, without `.` and `..`.
pub(super) fn from_root(path: &Path) -> PathBuf {
    let mut place = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(name) => place.push(name),
            // There is nothing above the root.
            Component::ParentDir => drop(place.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::super::Folder;
    use super::*;

    fn folder() -> Folder {
        let file = |name: &str, text: &str| (name.to_owned(), Arc::from(text.as_bytes()));
        Folder::in_memory([
            file("zine/manifest.toml", "a"),
            file("/zine/text/one.md", "bc"),
            file("zine/text-2.md", "d"),
            file("zine/../../fonts/a.otf", "efg"),
        ])
    }

    #[test]
    fn files_in_memory_lie_where_they_were_put_and_nowhere_else() {
        let folder = folder();
        let of = |path: &str| folder.entry(Path::new(path)).map(|entry| (entry.kind, entry.length)).ok();
        assert_eq!(of("zine/text/one.md"), Some((EntryKind::File, 2)));
        assert_eq!(of("/zine/./text/../text/one.md"), Some((EntryKind::File, 2)));
        assert_eq!(of("fonts/a.otf"), Some((EntryKind::File, 3)), "nothing lies above the root");
        for place in ["", ".", "/", "zine", "/zine/text", "fonts/"] {
            assert_eq!(of(place), Some((EntryKind::Folder, 0)), "{place}");
        }
        for nowhere in ["zin", "zine/tex", "zine/text/two.md", "zine/text/one.md/a", "Zine"] {
            assert_eq!(of(nowhere), None, "{nowhere}");
            assert!(folder.real(Path::new(nowhere)).is_err() && folder.stamp(Path::new(nowhere)).is_none());
        }
        assert_eq!(folder.real(Path::new("zine/text/..")).unwrap(), Path::new("/zine"));
    }

    #[test]
    fn a_folder_in_memory_lists_what_lies_in_it_once() {
        let folder = folder();
        let names = |path: &str, most| {
            let names = folder.names(Path::new(path), most).ok()?;
            Some(names.into_iter().map(|name| name.into_string().unwrap()).collect::<Vec<_>>())
        };
        assert_eq!(names("/", 9).unwrap(), ["fonts", "zine"]);
        assert_eq!(names("zine", 9).unwrap(), ["manifest.toml", "text", "text-2.md"]);
        assert_eq!(names("zine", 2).unwrap().len(), 2);
        assert_eq!((names("zine/manifest.toml", 9), names("nowhere", 9)), (None, None));
    }

    #[test]
    fn only_files_in_memory_within_bounds_are_read() {
        let folder = folder();
        let read = |path: &str, largest| folder.read(Path::new(path), largest);
        assert_eq!(read("zine/text/one.md", 2).unwrap(), b"bc");
        assert!(matches!(read("zine/text/one.md", 1), Err(Unread::TooLarge(1))));
        assert!(matches!(read("zine/text", 9), Err(Unread::NotAFile)));
        assert!(matches!(read("zine/none", 9), Err(Unread::System(_))));
    }
}
