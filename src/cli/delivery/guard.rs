//! What an output must not take the place of: files that a booklet is made of, and files of other people.
//!
//! Comes in: the places that were read (`diagnostic::Trail`) and a path that is to be written. Goes out:
//! nothing, or what lies there and what to do. A file is known again under any name: through links, by its
//! number on the disk, and where systems take two spellings for one name, as for capitals and composed letters
//! (the same answer on every system, so that a booklet that builds here builds everywhere). What booklet made
//! is known by its contents, whichever version made it.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::Trail;
use crate::manifest::folded;
use crate::press::{Artifact, Product};
use crate::reprint::{Looks, made_by_booklet};

use super::trouble::Trouble;

/// Nothing larger is looked at for whether booklet made it.
const LARGEST: u64 = 2 << 30;

/// Files that must not be replaced.
#[derive(Debug, Default)]
pub(in crate::cli) struct Guard {
    by_name: BTreeMap<String, PathBuf>,
    by_number: BTreeMap<(u64, u64), PathBuf>,
}

impl Guard {
    /// Guards what booklets are made of.
    pub(in crate::cli) fn of<'t>(trails: impl IntoIterator<Item = &'t Trail>) -> Self {
        let mut guard = Self::default();
        for trail in trails {
            for (path, stamp) in trail.places() {
                if stamp.is_some() {
                    guard.add(path);
                }
            }
        }
        guard
    }

    fn add(&mut self, path: PathBuf) {
        for real in [Some(path.clone()), path.canonicalize().ok()].into_iter().flatten() {
            self.by_name.entry(key(&real)).or_insert_with(|| path.clone());
        }
        // The file, and the link that leads to it.
        for meta in [fs::metadata(&path), fs::symlink_metadata(&path)].into_iter().flatten() {
            if let Some(number) = number(&meta)
                && !meta.is_dir()
            {
                self.by_number.entry(number).or_insert_with(|| path.clone());
            }
        }
    }

    /// The guarded file that lies at a path.
    fn at(&self, path: &Path) -> Option<&PathBuf> {
        let metas = [fs::metadata(path), fs::symlink_metadata(path)];
        let numbers = metas.iter().flatten().filter_map(number);
        let mut found = numbers.filter_map(|number| self.by_number.get(&number));
        found.next().or_else(|| {
            let names = [Some(real(path)), path.canonicalize().ok()];
            names.into_iter().flatten().find_map(|path| self.by_name.get(&key(&path)))
        })
    }

    /// Whether an output may be put at a path, whatever it was that booklet put there before.
    pub(in crate::cli) fn allows(&self, path: &Path, artifact: &Artifact) -> Result<(), Trouble> {
        let called = artifact.product.called();
        if let Some(source) = self.at(path) {
            let name = source.file_name().unwrap_or_default().to_string_lossy();
            let shown = path.display();
            let what =
                format!("{called} would replace {shown}, and the booklet is made of that file: {name}");
            return Err(Trouble::new(what).hint(
                "put the files into another folder with -o, rename that file, or give the manifest another slug",
            ));
        }
        let Ok(meta) = fs::symlink_metadata(path) else { return Ok(()) };
        if meta.is_dir() {
            let what = format!("cannot write {}: there is a folder of that name", path.display());
            return Err(Trouble::new(what).hint("rename that folder, or choose another one with -o"));
        }
        Ok(())
    }
}

/// Whether what lies at a path may be lost: only what booklet made itself.
pub(in crate::cli) fn replaceable(path: &Path, artifact: &Artifact) -> Result<(), Trouble> {
    match ours(path, artifact) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let called = artifact.product.called();
            let what = format!("{called} would replace {}, which booklet did not make", path.display());
            Err(Trouble::new(what).hint(
                "move that file elsewhere or remove it, or put the booklet's files into another folder with -o",
            ))
        }
        Err(error) => Err(Trouble::reading(path, &error)),
    }
}

/// Whether what lies at a path may be replaced: booklet made it, or nothing is in it. A link that leads
/// nowhere or to no file loses nothing.
fn ours(path: &Path, artifact: &Artifact) -> io::Result<bool> {
    let Ok(meta) = fs::metadata(path) else { return Ok(true) };
    if !meta.is_file() || meta.len() == 0 {
        return Ok(meta.len() == 0);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    let looks = match artifact.product {
        Product::Epub | Product::Kepub => Looks::Epub,
        Product::Reading
        | Product::Print(_)
        | Product::Cover(_)
        | Product::Instructions
        | Product::TestSheet => Looks::Pdf,
        Product::Picture => Looks::Picture,
    };
    Ok(made_by_booklet(&bytes, looks))
}

/// A path as systems see it that fold names.
pub(in crate::cli) fn key(path: &Path) -> String {
    folded(&path.to_string_lossy())
}

/// A path without links, as far as it is there.
pub(in crate::cli) fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else { return whole };
    // What the last part is, is not asked: it may be a link that is about to be replaced.
    let found = folder.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match found {
        Some((above, real)) => real.join(folder.strip_prefix(above).unwrap_or(Path::new(""))).join(name),
        None => whole,
    }
}

#[cfg(unix)]
fn number(meta: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<(u64, u64)> {
    None
}
