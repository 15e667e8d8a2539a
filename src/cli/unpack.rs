//! `booklet unpack`: the files that a booklet was made of, out of the booklet.
//!
//! They make a folder that is there whole, or not at all (`folder.rs`). What is in it was checked before
//! (`reprint`): no path leads out of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Report;
use crate::diagnostic::fault::guarded;
use crate::folder::{Folder, Unread};
use crate::reprint::{Unpacked, unpack};

use super::Exit;
use super::args::Unpack;
use super::delivery::folder::put;
use super::delivery::litter::sweep;
use super::delivery::output::{leads_nowhere, link_to_nowhere};
use super::delivery::trouble::{Reason, Trouble};
use super::system::interrupt::end_on_request;
use super::system::shell::quoted;
use super::voice::Voice;

/// Larger files are no booklets: as much as sources may be, twice.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(args: &Unpack, voice: &mut Voice) -> Exit {
    end_on_request();
    let file = match read(&args.file) {
        Ok(file) => file,
        Err(trouble) => {
            voice.refuse(&trouble);
            return Exit::Trouble;
        }
    };
    // Before anything is looked at: a folder with something in it stays as it is.
    if let Err(trouble) = free(&args.folder) {
        voice.refuse(&trouble);
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
        Err(trouble) => {
            voice.refuse(&trouble);
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
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    Folder::Disk.read(path, LARGEST).map_err(|why| match why {
        Unread::System(error) => Trouble::reading(path, &error),
        why => Trouble::new(format!("cannot read {}: {why}", path.display())),
    })
}

/// Whether nothing lies there yet, under whatever name: the folder itself, if there is one.
fn free(folder: &Path) -> Result<Option<PathBuf>, Trouble> {
    let trouble = |why: &str| {
        Trouble::new(format!("cannot unpack into {}: {why}", folder.display()))
            .hint("name a folder that does not exist yet, or an empty one")
    };
    if leads_nowhere(folder) {
        return Err(link_to_nowhere(folder));
    }
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(trouble(&Reason::of(&error).to_string())),
        Ok(meta) if !meta.is_dir() => return Err(trouble("it is not a folder")),
        Ok(_) => {}
    }
    sweep(folder);
    let real = folder.canonicalize().and_then(|real| Ok((fs::read_dir(&real)?.next().is_none(), real)));
    match real {
        Ok((true, real)) => Ok(Some(real)),
        Ok((false, _)) => Err(trouble("there is something in it already")),
        Err(error) => Err(trouble(&Reason::of(&error).to_string())),
    }
}

/// A path with forward slashes below a folder.
fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part))
}

fn write(folder: &Path, unpacked: &Unpacked) -> Result<(), Trouble> {
    let real = free(folder)?;
    let files = unpacked.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    put(real.as_deref().unwrap_or(folder), files, &unpacked.manifest, |_| Ok(()))
}
