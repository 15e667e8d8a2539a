//! Waits until a file of a booklet changes, comes or goes.
//!
//! Comes in: the places that a booklet was made from (`diagnostic::Trail`). Goes out: that it is time to
//! make it again. Whether something changed is always told by the stamps of those very places, never by
//! what the system says happened: files that are written beside them (outputs, swap files of editors) make
//! no noise, an editor that saves by renaming looks like any other, and a folder that is gone and comes
//! back is found again. The system's word (inotify and its like, by `notify`) only says when to look; where
//! it says nothing, as on network drives, looking now and then does.
//!
//! Folders are watched and not files, since a name outlives the file that bears it. A burst of saves is one
//! change: it ends when nothing happened for [`QUIET`]. A file that has just vanished, or has just become
//! empty, is most likely being written, and gets until [`LONGEST`] to come back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Places, Stamp, Trail};
use crate::folder::Folder;

/// How long nothing may happen for a burst to be over.
pub const QUIET: Duration = Duration::from_millis(12);
/// How long a burst may last.
pub const LONGEST: Duration = Duration::from_millis(100);
/// How often to look where the system reports changes, in case that it does not.
const SELDOM: Duration = Duration::from_millis(500);
/// How often to look where it cannot.
const OFTEN: Duration = Duration::from_millis(40);
/// Most places that are remembered from before a booklet had errors.
const MOST: usize = 10_000;

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Something changed.
    Changed,
    /// It was asked to stop.
    Stopped,
}

/// Watches the places of one booklet.
#[derive(Debug)]
pub struct Watch {
    shared: Arc<Shared>,
    /// None where the system has no means, or no more of them.
    system: Option<RecommendedWatcher>,
    places: Places,
    /// Folders that the system watches, as they were when it was asked to.
    folders: BTreeMap<PathBuf, Stamp>,
    /// Whether the system watches all that it should.
    heard: bool,
}

/// Ends a wait from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// Ends this wait, or the next.
    pub fn stop(&self) {
        self.0.lock().stopped = true;
        self.0.woken.notify_all();
    }

    /// Whether it was asked to stop.
    pub fn stopped(&self) -> bool {
        self.0.lock().stopped
    }
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    woken: Condvar,
}

#[derive(Debug, Default)]
struct State {
    stopped: bool,
    /// Something happened at a place or at a folder above one: time to look.
    stirred: bool,
    /// A place itself was written, made, renamed or removed, so it changed even if its stamp is the same:
    /// file systems do not tell times that are few milliseconds apart.
    hit: bool,
    /// What events are held against.
    places: BTreeSet<PathBuf>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the system says happened. Runs on a thread of its own.
    fn hear(&self, event: notify::Result<Event>) {
        let mut state = self.lock();
        let (stirred, hit) = match &event {
            Ok(event) => state.concerns(event),
            Err(_) => (true, false),
        };
        if stirred {
            state.stirred = true;
            state.hit |= hit;
            drop(state);
            self.woken.notify_all();
        }
    }

    /// Waits until something stirs; returns what did, and forgets it.
    fn listen(&self, longest: Duration) -> (bool, bool, bool) {
        let calm = |state: &mut State| !state.stirred && !state.stopped;
        let waited = self.woken.wait_timeout_while(self.lock(), longest, calm);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let heard = (state.stirred, state.hit, state.stopped);
        (state.stirred, state.hit) = (false, false);
        heard
    }
}

impl State {
    /// Whether an event is near a place, and whether it changed one.
    fn concerns(&self, event: &Event) -> (bool, bool) {
        if event.need_rescan() {
            return (true, false);
        }
        let changes = match event.kind {
            EventKind::Access(_) => return (false, false),
            EventKind::Modify(ModifyKind::Metadata(_)) => false,
            _ => true,
        };
        let hit = event.paths.iter().any(|path| self.places.contains(path));
        // What is below a path comes right after it in order.
        let above =
            |path: &PathBuf| self.places.range(path.clone()..).next().is_some_and(|p| p.starts_with(path));
        (hit || event.paths.iter().any(above), hit && changes)
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl Watch {
    /// Watches nothing yet.
    pub fn new() -> Self {
        let mut watch = Self::without_system();
        let ear = Arc::clone(&watch.shared);
        watch.system = notify::recommended_watcher(move |event| ear.hear(event)).ok();
        watch
    }

    /// Watches nothing yet, and will look for itself every now and then, whatever the system can do.
    pub fn without_system() -> Self {
        let shared = Arc::new(Shared::default());
        Self { shared, system: None, places: Places::new(), folders: BTreeMap::new(), heard: false }
    }

    /// What ends a wait.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.shared))
    }

    /// Watches the places of a booklet that was just made. If it is not `whole`, since it has errors, it
    /// names fewer files than it is made of: those from before are still watched.
    pub fn follow(&mut self, trail: &Trail, whole: bool) {
        let mut places = trail.places();
        if !whole && places.len() + self.places.len() <= MOST {
            for path in std::mem::take(&mut self.places).into_keys() {
                // As it is now: it was not read, so there is nothing that it could differ from.
                let now = stamp(&path);
                places.entry(path).or_insert(now);
            }
        }
        self.places = places;
        self.shared.lock().places = self.places.keys().cloned().collect();
        self.arm();
    }

    /// Waits until a place is not as it was.
    pub fn wait(&mut self) -> Woken {
        // It may have changed while the booklet was being made.
        let (mut stirred, mut hit, mut stopped) = self.shared.listen(Duration::ZERO);
        loop {
            if stopped {
                return Woken::Stopped;
            }
            let now = self.look();
            if hit || now != self.places {
                return self.settle(now);
            }
            if stirred || !self.heard {
                self.arm();
            }
            let longest = if self.heard { SELDOM } else { OFTEN };
            (stirred, hit, stopped) = self.shared.listen(longest);
            if !stirred {
                // A folder may have become another one behind the system's back.
                stirred = self.folders.iter().any(|(folder, was)| !same_folder(stamp(folder), *was));
            }
        }
    }

    /// Waits for the end of a burst.
    fn settle(&self, mut last: Places) -> Woken {
        let begun = Instant::now();
        loop {
            let (stirred, _, stopped) = self.shared.listen(QUIET);
            if stopped {
                return Woken::Stopped;
            }
            let now = self.look();
            let written = now.iter().any(|(path, stamp)| self.unfinished(path, *stamp));
            let calm = !stirred && now == last && !written;
            if calm || begun.elapsed() >= LONGEST {
                return Woken::Changed;
            }
            last = now;
        }
    }

    /// Whether a file is gone or empty that was neither.
    fn unfinished(&self, path: &Path, now: Option<Stamp>) -> bool {
        let was = self.places.get(path).copied().flatten();
        was.is_some_and(|was| was.length > 0) && now.is_none_or(|now| now.length == 0)
    }

    /// The places as they are now.
    fn look(&self) -> Places {
        self.places.keys().map(|path| (path.clone(), stamp(path))).collect()
    }

    /// Asks the system to watch the folders of all places, or what is nearest above those that are not
    /// there; and no others.
    fn arm(&mut self) {
        let Some(system) = &mut self.system else { return };
        let mut wanted = BTreeMap::new();
        for place in self.places.keys() {
            let there = place.ancestors().skip(1).find_map(|folder| Some((folder, stamp(folder)?)));
            if let Some((folder, stamp)) = there {
                wanted.insert(folder.to_owned(), stamp);
            }
        }
        self.folders.retain(|folder, was| {
            let keep = wanted.get(folder).is_some_and(|now| same_folder(Some(*now), *was));
            if !keep {
                let _ = system.unwatch(folder);
            }
            keep
        });
        self.heard = true;
        for (folder, stamp) in wanted {
            if self.folders.contains_key(&folder) {
                continue;
            }
            match system.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => drop(self.folders.insert(folder, stamp)),
                Err(_) => self.heard = false,
            }
        }
    }
}

/// What lies at a place of the disk.
fn stamp(path: &Path) -> Option<Stamp> {
    Folder::Disk.stamp(path)
}

/// Whether a folder is still the one that it was, whatever is in it now.
fn same_folder(now: Option<Stamp>, was: Stamp) -> bool {
    now.is_some_and(|now| now.number == was.number)
}
