//! Who is inside: a bounded number of visitors, and whoever asks properly finds room.
//!
//! Comes in: connections. Goes out: a [`Pass`] for each that is let in, with which its thread runs. Anybody on
//! this computer can connect, and say nothing, or very slowly, or never listen. So whoever has not shown the
//! key is a stranger; there is room for few, and when one more comes, the one who has been there longest has
//! to go. Many silent connections thus cost neither threads nor memory, and cannot keep out somebody who
//! asks at once. Who has shown the key is a guest, and is not sent away.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most strangers at a time.
const STRANGERS: usize = 32;
/// Most guests at a time; a browser opens six connections for a page, and lets the page wait for others.
const GUESTS: usize = 64;
/// Most threads: of strangers, of guests, and of strangers who are on their way out.
const THREADS: usize = STRANGERS + GUESTS + 16;
/// How long a newcomer waits for those on their way out.
const TO_LEAVE: Duration = Duration::from_secs(1);

/// Who is inside.
#[derive(Debug, Default)]
pub(super) struct Hall {
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    came: u64,
    strangers: BTreeMap<u64, Arc<TcpStream>>,
    guests: usize,
    threads: usize,
}

/// A place inside; given back when it goes.
#[derive(Debug)]
pub(super) struct Pass {
    hall: Arc<Hall>,
    number: u64,
    guest: bool,
}

impl Hall {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a connection in as a stranger; if there are many, the first of them has to go. None if those who
    /// go do not go in time.
    pub(super) fn enter(self: &Arc<Self>, stream: &Arc<TcpStream>) -> Option<Pass> {
        let mut inside = self.inside();
        if inside.strangers.len() >= STRANGERS
            && let Some((_, first)) = inside.strangers.pop_first()
        {
            // Its thread sees the end of the connection, and ends.
            let _ = first.shutdown(Shutdown::Both);
        }
        let full = |inside: &mut Inside| inside.threads >= THREADS;
        let waited = self.left.wait_timeout_while(inside, TO_LEAVE, full);
        (inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if inside.threads >= THREADS {
            return None;
        }
        inside.threads += 1;
        inside.came += 1;
        let number = inside.came;
        inside.strangers.insert(number, Arc::clone(stream));
        Some(Pass { hall: Arc::clone(self), number, guest: false })
    }
}

impl Pass {
    /// Makes a guest of a stranger, who has shown the key; false if there is no room for more.
    pub(super) fn welcome(&mut self) -> bool {
        let mut inside = self.hall.inside();
        if inside.guests >= GUESTS {
            return false;
        }
        inside.strangers.remove(&self.number);
        inside.guests += 1;
        self.guest = true;
        true
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut inside = self.hall.inside();
        inside.strangers.remove(&self.number);
        inside.guests -= usize::from(self.guest);
        inside.threads -= 1;
        self.hall.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn strangers_make_room_for_the_next_and_guests_stay() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let connect = || {
            let ours = TcpStream::connect(listener.local_addr().expect("an address")).expect("a connection");
            (ours, Arc::new(listener.accept().expect("a connection").0))
        };
        let hall = Arc::new(Hall::default());
        let (mut first, theirs) = connect();
        let mut guest = hall.enter(&theirs).expect("room");
        assert!(guest.welcome());
        let mut inside: Vec<_> = (0..STRANGERS)
            .map(|_| {
                let (ours, theirs) = connect();
                (ours, hall.enter(&theirs).expect("room"))
            })
            .collect();
        let (last, theirs) = connect();
        inside.push((last, hall.enter(&theirs).expect("room")));
        // The first stranger hears that it is over; the guest and the second do not.
        let ended = |stream: &mut TcpStream| {
            stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a time");
            matches!(stream.read(&mut [0]), Ok(0))
        };
        assert!(ended(&mut inside[0].0) && !ended(&mut inside[1].0) && !ended(&mut first));
        drop(inside);
        drop(guest);
        let inside = hall.inside();
        assert_eq!((inside.threads, inside.guests, inside.strangers.len()), (0, 0, 0));
    }

    #[test]
    fn there_are_only_so_many_threads() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let stream = TcpStream::connect(listener.local_addr().expect("an address")).expect("a connection");
        let (hall, stream) = (Arc::new(Hall::default()), Arc::new(stream));
        let mut passes: Vec<Pass> = (0..THREADS).map(|_| hall.enter(&stream).expect("room")).collect();
        assert!(hall.enter(&stream).is_none());
        let welcome = passes.iter_mut().filter_map(|pass| pass.welcome().then_some(())).count();
        assert_eq!(welcome, GUESTS);
        passes.pop();
        assert!(hall.enter(&stream).is_some());
    }
}
