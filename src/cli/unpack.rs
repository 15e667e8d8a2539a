//! `booklet unpack`: the files that a booklet was made of, out of the booklet.
//!
//! They are written into a new folder beside the wanted one, which then takes its name: the folder is
//! there whole, or not at all. What is in it was checked before (`reprint`): no path leads out of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::booklet::{Unread, whole};
use crate::diagnostic::Report;
use crate::diagnostic::fault::guarded;
use crate::reprint::{Unpacked, unpack};

use super::Exit;
use super::args::Unpack;
use super::output::Trouble;
use super::shell::quoted;
use super::voice::Voice;

/// Larger files are no booklets: as much as sources may be, twice.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(args: &Unpack, voice: &mut Voice) -> Exit {
    let file = match read(&args.file) {
        Ok(file) => file,
        Err(error) => {
            voice.trouble(&format!("cannot read {}: {error}", args.file.display()));
            return Exit::Trouble;
        }
    };
    // Before anything is looked at: a folder with something in it stays as it is.
    if let Err(error) = free(&args.folder) {
        voice.trouble(&format!("cannot unpack into {}: {error}", args.folder.display()));
        voice.help("name a folder that does not exist yet, or an empty one");
        return Exit::Trouble;
    }
    let mut report = Report::new();
    let name = args.file.display().to_string();
    let unpacked = guarded(&name, &mut report, |report| unpack(&file, &name, report)).flatten();
    voice.report(&report);
    let Some(unpacked) = unpacked else { return Exit::Errors };
    match write(&args.folder, &unpacked) {
        Ok(()) => {
            tell(&args.folder, &unpacked, voice);
            Exit::Done
        }
        Err(Trouble { path, error }) => {
            voice.trouble(&format!("cannot write {}: {error}", path.display()));
            Exit::Trouble
        }
    }
}

fn tell(folder: &Path, unpacked: &Unpacked, voice: &mut Voice) {
    let manifest = below(folder, &unpacked.manifest);
    voice.file(&manifest);
    voice.remark(&format!("  to build it: booklet build {}", quoted(&manifest)));
    for font in &unpacked.fonts {
        voice.remark(&format!(
            "  it needs the font “{font}”: put it into a folder \"fonts\" beside the manifest"
        ));
    }
    let this = env!("CARGO_PKG_VERSION");
    if unpacked.version != this {
        let made = &unpacked.version;
        voice.remark(&format!("  booklet {made} made it; this is {this}, which may set it differently"));
    }
}

/// Reads a whole file, unless it is larger than any booklet.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Unread> {
    whole(path, LARGEST)
}

/// Whether nothing lies there yet.
fn free(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(meta) if !meta.is_dir() => Err(io::Error::other("it is not a folder")),
        Ok(_) => match fs::read_dir(folder)?.next() {
            None => Ok(()),
            Some(_) => Err(io::Error::other("there is something in it already")),
        },
    }
}

/// A path with forward slashes below a folder.
fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part))
}

fn write(folder: &Path, unpacked: &Unpacked) -> Result<(), Trouble> {
    let trouble = |path: &Path| {
        let path = path.to_owned();
        move |error| Trouble { path, error }
    };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(trouble(parent))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".booklet-");
    // As readable as any folder that a program makes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    // It is removed again unless all goes well.
    let place = builder.tempdir_in(parent).map_err(trouble(parent))?;
    for (path, bytes) in &unpacked.files {
        let file = below(place.path(), path);
        let home = file.parent().unwrap_or(place.path());
        fs::create_dir_all(home).map_err(trouble(home))?;
        write_new(&file, bytes).map_err(trouble(&file))?;
    }
    if fs::symlink_metadata(folder).is_ok() {
        // Goes only if it is still an empty folder.
        fs::remove_dir(folder).map_err(trouble(folder))?;
    }
    fs::rename(place.path(), folder).map_err(trouble(folder))?;
    // Under its new name it stays.
    let _ = place.keep();
    Ok(())
}

/// Writes a file. One that is there already is the same under another spelling: some systems do not tell
/// capitals apart, and different files with such names were refused.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::File::create_new(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            file.sync_all()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::read(path)? == bytes => Ok(()),
        Err(error) => Err(error),
    }
}
