//! How files come to lie where they belong: whole, or not at all.
//!
//! Comes in: the files of a booklet and a folder. Goes out: their paths. First it is seen that no file is lost
//! that must not be (`guard.rs`); then those that are not there already, byte for byte, are staged and put in
//! place together (`stage.rs`). What killed programs left in the folder goes.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::diagnostic::Stamp;
use crate::folder::Folder;
use crate::press::Artifact;

use super::guard::{Guard, replaceable};
use super::litter::{Made, sweep};
use super::stage::{Staging, turn};
use super::trouble::Trouble;

/// How often what has changed is looked up again, while other programs write into the same folder.
const TRIES: usize = 3;

/// A file that lies where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Delivered {
    pub path: PathBuf,
    /// Whether it was written now; if not, it lay there already.
    pub fresh: bool,
}

/// Puts the artifacts into a folder, which is made if need be. None of what is guarded is replaced.
pub(in crate::cli) fn deliver(
    folder: &Path,
    artifacts: &[Artifact],
    guard: &Guard,
) -> Result<Vec<Delivered>, Trouble> {
    if artifacts.is_empty() {
        return Ok(Vec::new());
    }
    let made = if leads_nowhere(folder) {
        return Err(link_to_nowhere(folder));
    } else {
        Made::folder(folder).map_err(|error| Trouble::making(folder, &error))?
    };
    sweep(folder);
    for attempt in 1..=TRIES {
        let there = look(folder, artifacts, guard)?;
        let stale: Vec<&Artifact> = artifacts
            .iter()
            .zip(&there)
            .filter(|(_, there)| there.is_none())
            .map(|(artifact, _)| artifact)
            .collect();
        if !stale.is_empty() {
            let stage = Staging::begin(folder).map_err(|error| Trouble::writing(folder, &error))?;
            for artifact in &stale {
                let written = stage.write(&artifact.name, &artifact.bytes);
                written.map_err(|error| Trouble::writing(&folder.join(&artifact.name), &error))?;
            }
            let _turn = turn(folder);
            let still = artifacts.iter().zip(&there).all(|(artifact, seen)| {
                seen.is_none() || Folder::Disk.stamp(&folder.join(&artifact.name)) == *seen
            });
            if !still && attempt < TRIES {
                continue;
            }
            stage.replace(&stale.iter().map(|artifact| artifact.name.as_str()).collect::<Vec<_>>())?;
        }
        made.keep();
        let place = |(artifact, seen): (&Artifact, &Option<Stamp>)| Delivered {
            path: folder.join(&artifact.name),
            fresh: seen.is_none(),
        };
        return Ok(artifacts.iter().zip(&there).map(place).collect());
    }
    // The last attempt returned.
    Ok(Vec::new())
}

/// `dist` beside the manifest, unless another folder is given. With it, what there is to say about it.
pub(in crate::cli) fn place(
    manifest: &Path,
    given: Option<&Path>,
) -> Result<(PathBuf, Option<String>), Trouble> {
    if let Some(given) = given {
        return Ok((given.to_owned(), None));
    }
    let home = if manifest.is_dir() { manifest } else { manifest.parent().unwrap_or(Path::new("")) };
    let dist = home.join("dist");
    if leads_nowhere(&dist) {
        return Err(link_to_nowhere(&dist));
    }
    // A link may have come with somebody else's booklet.
    let link = fs::symlink_metadata(&dist).is_ok_and(|meta| meta.is_symlink());
    let own = dist.parent().map(|home| if home.as_os_str().is_empty() { Path::new(".") } else { home });
    let own = own.and_then(|home| home.canonicalize().ok());
    let said = match (dist.canonicalize(), own) {
        (Ok(real), Some(own)) if link && !real.starts_with(&own) => {
            Some(format!("{} is a link: the files go to {}", dist.display(), real.display()))
        }
        _ => None,
    };
    Ok((dist, said))
}

/// What lies at the artifacts' places: the stamps of those that are there already, byte for byte.
fn look(folder: &Path, artifacts: &[Artifact], guard: &Guard) -> Result<Vec<Option<Stamp>>, Trouble> {
    let one = |artifact: &Artifact| {
        let path = folder.join(&artifact.name);
        guard.allows(&path, artifact)?;
        // Before it is read: what changes meanwhile is seen later.
        let seen = Folder::Disk.stamp(&path);
        if seen.is_some() && holds(&path, &artifact.bytes) {
            return Ok(seen);
        }
        replaceable(&path, artifact)?;
        Ok(None)
    };
    artifacts.iter().map(one).collect()
}

/// Whether a file holds these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    if !fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64) {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let (mut file, mut rest, mut part) = (file, bytes, vec![0; 1 << 16]);
    while !rest.is_empty() {
        let wanted = part.len().min(rest.len());
        if file.read_exact(&mut part[..wanted]).is_err() || part[..wanted] != rest[..wanted] {
            return false;
        }
        rest = &rest[wanted..];
    }
    true
}

/// Whether a path is a link to what is not there.
pub(in crate::cli) fn leads_nowhere(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink()) && fs::metadata(path).is_err()
}

/// What is said of such a link.
pub(in crate::cli) fn link_to_nowhere(path: &Path) -> Trouble {
    Trouble::new(format!("{} is a link that leads nowhere", path.display()))
        .hint("remove it, make the folder that it leads to, or name another folder")
}
