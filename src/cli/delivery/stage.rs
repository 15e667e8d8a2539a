//! Files that change together, or not at all.
//!
//! Comes in: files for one folder. They are written into a work folder there (`litter.rs`), flushed to the
//! disk and closed, so that few are open at once; only when every one is complete are they renamed to their
//! places. A rename cannot be half done. Before the first of several, what lies at their places gets a second
//! name in the work folder, so that it can be put back if a later one fails: no place is ever empty meanwhile.
//! What no program can help: if it is killed between two renames, or the disk goes, some files are new and
//! some old, each of them whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::litter::{Work, enter};
use super::trouble::{Reason, Trouble};

/// How long another program may take to put its files in place before nobody waits for it any more.
const PATIENCE: Duration = Duration::from_secs(2);

/// Files on their way into a folder.
#[derive(Debug)]
pub(in crate::cli) struct Staging {
    folder: PathBuf,
    work: Work,
}

impl Staging {
    /// Begins one for a folder that is there.
    pub(in crate::cli) fn begin(folder: &Path) -> io::Result<Self> {
        let work = Work::begin(folder)?;
        fs::create_dir(work.path().join("new"))?;
        fs::create_dir(work.path().join("old"))?;
        Ok(Self { folder: folder.to_owned(), work })
    }

    /// The folder in which the new files lie, under their own names.
    pub(in crate::cli) fn new_files(&self) -> PathBuf {
        self.work.path().join("new")
    }

    /// Writes a file, whole, and closes it. Its path has forward slashes; folders are made.
    pub(in crate::cli) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let place = path.split('/').fold(self.new_files(), |folder, part| folder.join(part));
        let mut file = {
            let _open = enter();
            if path.contains('/')
                && let Some(folder) = place.parent()
            {
                fs::create_dir_all(folder)?;
            }
            match File::create_new(&place) {
                // The same file under another spelling: some systems do not tell capitals apart.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && fs::read(&place)? == bytes => {
                    return Ok(());
                }
                file => file?,
            }
        };
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Puts the files of these names in the place of what is there. Either all are new then, or all are as
    /// they were.
    pub(in crate::cli) fn replace(&self, names: &[&str]) -> Result<(), Trouble> {
        let _whole = enter();
        let old = self.work.path().join("old");
        if names.len() > 1 {
            for name in names {
                self.keep(name, &old.join(name))?;
            }
        }
        for (done, name) in names.iter().enumerate() {
            let place = self.folder.join(name);
            if let Err(error) = fs::rename(self.new_files().join(name), &place) {
                let trouble = refused(&place, &error);
                let (new, back) = names.split_at(done);
                let stuck: Vec<&str> =
                    new.iter().rev().filter(|name| !self.put_back(name, &old)).copied().collect();
                return Err(match stuck.as_slice() {
                    [] if names.len() > 1 => trouble.hint("nothing was changed: all files are as they were"),
                    [] => trouble,
                    stuck => trouble.hint(half_done(stuck, new.len() + back.len() - stuck.len())),
                });
            }
        }
        Ok(())
    }

    /// Puts everything into the folder, where nothing of these names may be. `last` is put there last.
    pub(in crate::cli) fn fill(&self, last: &str) -> Result<(), Trouble> {
        let _whole = enter();
        let trouble = |error| Trouble::writing(&self.folder, &error);
        let entries = fs::read_dir(self.new_files()).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut names: Vec<_> = entries.map_err(trouble)?.iter().map(fs::DirEntry::file_name).collect();
        names.sort_by_key(|name| (name == last, name.clone()));
        for (done, name) in names.iter().enumerate() {
            let place = self.folder.join(name);
            let moved = match fs::symlink_metadata(&place) {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(_) => fs::rename(self.new_files().join(name), &place),
            };
            if let Err(error) = moved {
                for name in names[..done].iter().rev() {
                    let _ = fs::rename(self.folder.join(name), self.new_files().join(name));
                }
                return Err(Trouble::writing(&place, &error));
            }
        }
        Ok(())
    }

    /// Makes the new files a folder of their own, under a name that is not taken.
    pub(in crate::cli) fn become_folder(&self, folder: &Path) -> Result<(), Trouble> {
        let _whole = enter();
        fs::rename(self.new_files(), folder).map_err(|error| Trouble::making(folder, &error))
    }

    /// Gives what lies at a place a second name; a copy, where files can have one name only, and on Windows, where
    /// no name of a file that is open elsewhere can be taken away again.
    fn keep(&self, name: &str, old: &Path) -> Result<(), Trouble> {
        let place = self.folder.join(name);
        let kept = match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => return Ok(()),
            Ok(_) if cfg!(windows) => fs::copy(&place, old).map(drop),
            Ok(_) => fs::hard_link(&place, old).or_else(|_| fs::copy(&place, old).map(drop)),
            Err(_) => return Ok(()),
        };
        kept.map_err(|error| Trouble::writing(&place, &error))
    }

    /// Puts what was at a place back; whether it is there.
    fn put_back(&self, name: &str, old: &Path) -> bool {
        let (old, place) = (old.join(name), self.folder.join(name));
        let back = match fs::symlink_metadata(&old) {
            Ok(_) => fs::rename(&old, &place),
            Err(_) => fs::remove_file(&place),
        };
        back.is_ok()
    }
}

/// Why a file cannot be put in its place, and what to do.
fn refused(place: &Path, error: &io::Error) -> Trouble {
    // Windows calls a file that another program shows one that may not be touched.
    let shown = cfg!(windows)
        && error.kind() == io::ErrorKind::PermissionDenied
        && fs::metadata(place).is_ok_and(|meta| meta.is_file() && !meta.permissions().readonly());
    if shown || Reason::of(error) == Reason::InUse {
        return Trouble::new(format!("{} is open in another program", place.display())).hint(
            "close it there and try again; `booklet preview` shows a booklet without keeping its files open",
        );
    }
    Trouble::writing(place, error)
}

fn half_done(stuck: &[&str], rest: usize) -> String {
    let mut sorted = stuck.to_vec();
    sorted.sort_unstable();
    let files = if rest == 1 { "the other file is" } else { "the other files are" };
    let are = if stuck.len() == 1 { "is" } else { "are" };
    format!("{} {are} new and could not be put back; {files} as before", sorted.join(", "))
}

/// Waits until no other program puts files in place in a folder, and keeps others from it until what is
/// returned is dropped: of two that build at once, each then leaves a whole set. Nothing is written for it:
/// the folder itself is locked. Where the system cannot, or somebody sleeps in there, nobody waits.
pub(in crate::cli) fn turn(folder: &Path) -> Option<File> {
    let begun = Instant::now();
    let door = File::open(folder).ok()?;
    loop {
        match door.try_lock() {
            Ok(()) => return Some(door),
            Err(fs::TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                sleep(Duration::from_millis(1));
            }
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(folder: &Path, name: &str) -> String {
        fs::read_to_string(folder.join(name)).unwrap_or_default()
    }

    #[test]
    fn when_the_last_file_cannot_be_put_in_place_the_others_are_put_back() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        fs::write(folder.join("a.epub"), "old").expect("a file");
        fs::create_dir_all(folder.join("c.pdf/something")).expect("a folder");
        let stage = Staging::begin(folder).expect("a stage");
        for name in ["a.epub", "b.pdf", "c.pdf"] {
            stage.write(name, b"new").expect("a file");
        }
        let trouble = stage.replace(&["a.epub", "b.pdf", "c.pdf"]).expect_err("a folder is in the way");
        assert!(trouble.message.contains("c.pdf"), "{trouble:?}");
        assert!(trouble.hints.iter().any(|hint| hint.contains("nothing was changed")), "{trouble:?}");
        drop(stage);
        assert_eq!(read(folder, "a.epub"), "old");
        assert!(!folder.join("b.pdf").exists());
        assert_eq!(fs::read_dir(folder).expect("a folder").count(), 2);
    }

    #[test]
    fn it_is_said_which_files_are_new_if_they_cannot_be_put_back() {
        let said = half_done(&["b.pdf", "a.epub"], 1);
        assert_eq!(said, "a.epub, b.pdf are new and could not be put back; the other file is as before");
    }

    #[test]
    fn a_folder_is_filled_only_where_nothing_is() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        let stage = Staging::begin(folder).expect("a stage");
        for name in ["pictures/a.png", "manifest.toml"] {
            stage.write(name, b"new").expect("a file");
        }
        fs::write(folder.join("manifest.toml"), "mine").expect("a file");
        assert!(stage.fill("manifest.toml").is_err());
        assert!(!folder.join("pictures").exists());
        fs::remove_file(folder.join("manifest.toml")).expect("removed");
        stage.fill("manifest.toml").expect("filled");
        drop(stage);
        assert_eq!(read(folder, "pictures/a.png"), "new");
        assert_eq!(fs::read_dir(folder).expect("a folder").count(), 2);
    }

    #[test]
    fn one_waits_for_the_other() {
        let place = tempfile::tempdir().expect("a folder");
        let Some(first) = turn(place.path()) else { return };
        let begun = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                assert!(turn(place.path()).is_some() && begun.elapsed() >= Duration::from_millis(30))
            });
            sleep(Duration::from_millis(40));
            drop(first);
        });
    }
}
