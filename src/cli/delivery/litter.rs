//! Work folders: where files lie until they are whole; and that none of them is left behind.
//!
//! A work folder is made in the folder that its files are for, so that a rename puts them in place. Its name
//! carries the number of the process and a count, and a file in it is locked for as long as the process works
//! there. A program that is killed leaves its work folder behind, but no lock: [`sweep`] tells by that, and so
//! never takes the work of another program that runs at the same time. A request to end the program takes the
//! work folders away before it ends ([`give_up`]).

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::thread::sleep;
use std::time::Duration;

/// How the names of work folders begin.
const PREFIX: &str = ".booklet-";
/// The file in a work folder that is locked while somebody works there.
const LOCK: &str = "lock";
/// How old a file of the kind that earlier versions of booklet left behind must be to be swept up: they
/// locked nothing.
const OLD: Duration = Duration::from_secs(3600);
/// How often a folder is tried that another program may be sweeping.
const TRIES: u32 = 100;

/// Work folders of this process, and folders that it made and that hold nothing yet.
static OWN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// Held while something is made or renamed; taken for good when the program gives up.
static GATE: RwLock<()> = RwLock::new(());

fn own() -> MutexGuard<'static, Vec<PathBuf>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets the holder make and rename files, and keeps the program from giving up meanwhile. Waits for ever if
/// it has given up already: the process is about to end.
pub(in crate::cli) fn enter() -> RwLockReadGuard<'static, ()> {
    GATE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Takes all work folders of this process away; from then on nothing is made any more. For the moment before
/// the process ends.
pub(in crate::cli) fn give_up() {
    std::mem::forget(GATE.write().unwrap_or_else(PoisonError::into_inner));
    for path in own().drain(..).rev() {
        if is_work(&path) { clear(&path) } else { drop(fs::remove_dir(&path)) }
    }
}

/// A folder to work in. It goes when it is dropped, with all that is still in it.
#[derive(Debug)]
pub(in crate::cli) struct Work {
    path: PathBuf,
    /// Where the system has no locks, none.
    lock: Option<File>,
}

impl Work {
    /// Makes a work folder inside a folder.
    pub(in crate::cli) fn begin(folder: &Path) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut tries = 0;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{PREFIX}{}-{count}", std::process::id()));
            let _open = enter();
            match Self::at(&path) {
                // A process of this number was killed here before, or somebody sweeps at this moment.
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound)
                        && folder.is_dir()
                        && tries < TRIES =>
                {
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    fn at(path: &Path) -> io::Result<Self> {
        fs::create_dir(path)?;
        // From here on it is removed whatever happens.
        let mut work = Self { path: path.to_owned(), lock: None };
        own().push(path.to_owned());
        let place = path.join(LOCK);
        let lock = File::create_new(&place)?;
        let taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
        work.lock = Some(lock);
        // Between the two somebody may have taken it for litter.
        if taken || !place.exists() { Err(io::ErrorKind::NotFound.into()) } else { Ok(work) }
    }

    /// Where it is.
    pub(in crate::cli) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        drop(self.lock.take());
        clear(&self.path);
        own().retain(|path| *path != self.path);
    }
}

/// Makes a folder and those above it. They go again, unless they are [`kept`](Made::keep) or something is in
/// them.
#[derive(Debug)]
pub(in crate::cli) struct Made(Vec<PathBuf>);

impl Made {
    pub(in crate::cli) fn folder(folder: &Path) -> io::Result<Self> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|a| !a.as_os_str().is_empty() && fs::symlink_metadata(a).is_err())
            .collect();
        let mut made = Self(Vec::new());
        for folder in missing.into_iter().rev() {
            let _open = enter();
            match fs::create_dir(folder) {
                Ok(()) => {
                    made.0.push(folder.to_owned());
                    own().push(folder.to_owned());
                }
                // Somebody else was faster.
                Err(_) if folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        match fs::metadata(folder) {
            Ok(meta) if meta.is_dir() => Ok(made),
            Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
            // A link that leads nowhere.
            Err(error) => Err(error),
        }
    }

    pub(in crate::cli) fn keep(mut self) {
        let made = std::mem::take(&mut self.0);
        own().retain(|path| !made.contains(path));
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        own().retain(|path| !self.0.contains(path));
    }
}

/// Removes the work folders that killed programs left in a folder.
pub(in crate::cli) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(meta) = fs::symlink_metadata(&path) else { continue };
        if meta.is_dir() && is_work(&path) && !own().contains(&path) {
            sweep_one(&path);
        } else if meta.is_file() && is_unlocked(&path) {
            files.push((path, meta));
        }
    }
    if files.is_empty() {
        return;
    }
    // What time it is, the disk says: by its own clock, which others set.
    let now = Work::begin(folder).and_then(|work| fs::metadata(work.path().join(LOCK))?.modified());
    for (path, meta) in files {
        let (Ok(now), Ok(then)) = (&now, meta.modified()) else { return };
        if now.duration_since(then).is_ok_and(|age| age > OLD) {
            let _ = fs::remove_file(&path);
        }
    }
}

fn sweep_one(path: &Path) {
    match File::options().read(true).write(true).open(path.join(LOCK)) {
        Ok(lock) => {
            if lock.try_lock().is_ok() {
                // On Windows a file that is open keeps its folder.
                drop(lock);
                clear(path);
            }
        }
        // Whoever made it was killed at once, or is about to lock it, and then makes another one.
        Err(error) if error.kind() == io::ErrorKind::NotFound => drop(fs::remove_dir(path)),
        Err(_) => {}
    }
}

/// Whether a folder has the name of a work folder.
pub(in crate::cli) fn is_work(path: &Path) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let name = path.file_name().and_then(|name| name.to_str());
    let numbers = name.and_then(|name| name.strip_prefix(PREFIX)).and_then(|rest| rest.split_once('-'));
    numbers.is_some_and(|(process, count)| number(process) && number(count))
}

/// Whether a file has the name of those that booklet wrote before it had work folders: `.booklet-` and six
/// letters.
fn is_unlocked(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let rest = name.and_then(|name| name.strip_prefix(PREFIX)).unwrap_or_default();
    rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Removes a work folder. Its lock goes last, so that a kill meanwhile, or a file in it that the system does not
/// give up yet, leaves what is known for litter.
fn clear(path: &Path) {
    for _ in 0..TRIES {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let file = entry.path();
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if folder {
                let _ = fs::remove_dir_all(&file);
            } else if entry.file_name() != LOCK {
                let _ = fs::remove_file(&file);
            }
        }
        let others = |entry: fs::DirEntry| entry.file_name() != LOCK;
        if fs::read_dir(path).into_iter().flatten().flatten().any(others) {
            sleep(Duration::from_millis(1));
            continue;
        }
        let _ = fs::remove_file(path.join(LOCK));
        match fs::remove_dir(path) {
            // A file may be on its way into it.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => sleep(Duration::from_millis(1)),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn only_what_the_dead_left_is_swept_up() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        // Somebody at work, seen from another process: this one does not know the lock's name.
        let alive = folder.join(".booklet-1-7");
        fs::create_dir(&alive).expect("a folder");
        let lock = File::create(alive.join(LOCK)).expect("a file");
        lock.try_lock().expect("a lock");
        for dead in [".booklet-1-8", ".booklet-2-0"] {
            fs::create_dir_all(folder.join(dead).join("new/pictures")).expect("a folder");
            fs::write(folder.join(dead).join("new/pictures/a.png"), "half").expect("a file");
            fs::write(folder.join(dead).join(LOCK), "").expect("a file");
        }
        fs::create_dir(folder.join(".booklet-3-0")).expect("a folder");
        // Never ours.
        fs::create_dir(folder.join(".booklet-notes")).expect("a folder");
        fs::write(folder.join(".booklet-1-9"), "mine").expect("a file");
        fs::write(folder.join(".booklet-abc123"), "just written").expect("a file");
        let old = File::create(folder.join(".booklet-Ab12Yz")).expect("a file");
        old.set_modified(SystemTime::now() - 2 * OLD).expect("a time");
        let work = Work::begin(folder).expect("a folder");
        sweep(folder);
        let mut left = names(folder);
        left.sort();
        let own = work.path().file_name().expect("a name").to_string_lossy().into_owned();
        let mut expected = [".booklet-1-7", ".booklet-1-9", ".booklet-abc123", ".booklet-notes", &own];
        expected.sort_unstable();
        assert_eq!(left, expected);
        drop(work);
        drop(lock);
        sweep(folder);
        assert_eq!(names(folder).len(), 3);
    }

    #[test]
    fn folders_that_were_made_for_nothing_go_again() {
        let place = tempfile::tempdir().expect("a folder");
        drop(Made::folder(&place.path().join("a/b/c")).expect("folders"));
        assert_eq!(names(place.path()), Vec::<String>::new());
        Made::folder(&place.path().join("a/b")).expect("folders").keep();
        drop(Made::folder(&place.path().join("a/b/c")).expect("folders"));
        assert_eq!(names(&place.path().join("a")), ["b"]);
    }
}
