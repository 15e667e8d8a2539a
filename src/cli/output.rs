//! How files come to lie where they belong: whole, or not at all.
//!
//! All files of a booklet are written beside their places under other names and flushed to the disk;
//! only when every one is complete are they renamed. A rename within a folder cannot be half done, so an
//! old good file survives whatever fails before.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::press::Artifact;

/// A file or folder that could not be written, and why.
#[derive(Debug)]
pub(super) struct Trouble {
    pub path: PathBuf,
    pub error: io::Error,
}

/// Writes the artifacts into a folder, which is made if need be. Returns their paths.
pub(super) fn deliver(folder: &Path, artifacts: &[Artifact]) -> Result<Vec<PathBuf>, Trouble> {
    fs::create_dir_all(folder).map_err(|error| Trouble { path: folder.to_owned(), error })?;
    let mut ready = Vec::new();
    for artifact in artifacts {
        let path = folder.join(&artifact.name);
        match write_beside(folder, &artifact.bytes) {
            Ok(file) => ready.push((file, path)),
            Err(error) => return Err(Trouble { path, error }),
        }
    }
    let mut paths = Vec::new();
    for (file, path) in ready {
        file.persist(&path).map_err(|e| Trouble { path: path.clone(), error: e.error })?;
        paths.push(path);
    }
    Ok(paths)
}

/// Writes one file that may not be there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Trouble> {
    let trouble = |error| Trouble { path: path.to_owned(), error };
    let mut file = fs::File::create_new(path).map_err(trouble)?;
    file.write_all(text.as_bytes()).map_err(trouble)
}

fn write_beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".booklet-");
    // Others may read a booklet as they may read any file that a program makes; the default for
    // temporary files is to hide them from everybody else.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}
