//! A folder of files that is there whole, or not at all.
//!
//! Comes in: a folder's path and files for it. They are staged (`stage.rs`): beside the folder if it is not
//! there, and then take its name in one step; inside it if it is, and then move out into it, the manifest last.

use std::path::Path;

use super::litter::{Made, sweep};
use super::output::{leads_nowhere, link_to_nowhere};
use super::stage::Staging;
use super::trouble::Trouble;

/// Puts files, by paths with forward slashes, into a folder, if they are found `sound` where they are staged.
/// `manifest` is the path of the one without which the others are nothing.
pub(in crate::cli) fn put<'f>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    manifest: &str,
    sound: impl FnOnce(&Path) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    if leads_nowhere(folder) {
        return Err(link_to_nowhere(folder));
    }
    let there = folder.is_dir();
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let home = if there { folder } else { parent };
    let made = Made::folder(home).map_err(|error| Trouble::making(home, &error))?;
    sweep(home);
    let stage = Staging::begin(home).map_err(|error| Trouble::writing(folder, &error))?;
    for (path, bytes) in files {
        let place = path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        stage.write(path, bytes).map_err(|error| Trouble::writing(&place, &error))?;
    }
    sound(&stage.new_files())?;
    if there {
        stage.fill(manifest.split('/').next().unwrap_or_default())?;
    } else {
        stage.become_folder(folder)?;
    }
    made.keep();
    Ok(())
}
