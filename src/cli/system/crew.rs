//! Many booklets at once, reported in order.
//!
//! Comes in: how many there are, and how one is made. Each is made and dropped before its maker begins the next,
//! so that no more lie in memory than there are threads, however many there are in all. Goes out: what there is
//! to report each, in the order in which they were given, as soon as it is known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// Makes `count` things on so many threads (all that the machine has, if it is not said).
pub(in crate::cli) fn side_by_side<T: Send>(
    count: usize,
    jobs: Option<u16>,
    make: impl Fn(usize) -> T + Sync,
    mut tell: impl FnMut(usize, T),
) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs.unwrap_or(0))).build().ok();
    // No threads to be had: the same work, one after the other.
    let one = |index| match &pool {
        Some(pool) => pool.install(|| make(index)),
        None => make(index),
    };
    let crew = pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads).min(count);
    let next = AtomicUsize::new(0);
    let fetch = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < count);
    thread::scope(|scope| {
        let (done, told) = channel();
        // Threads that only wait for the pool: a thread of the pool that waits for a part of one booklet would
        // begin others meanwhile, as many as there are.
        let hired = if crew < 2 { 0 } else { crew };
        let hands = (0..hired).filter(|_| {
            let done = done.clone();
            let work = || {
                let done = done;
                while let Some(index) = fetch() {
                    if done.send((index, one(index))).is_err() {
                        return;
                    }
                }
            };
            thread::Builder::new().spawn_scoped(scope, work).is_ok()
        });
        if hands.count() == 0 {
            while let Some(index) = fetch() {
                tell(index, one(index));
            }
            return;
        }
        drop(done);
        let (mut early, mut turn) = (BTreeMap::new(), 0);
        for (index, thing) in told {
            early.insert(index, thing);
            while let Some(thing) = early.remove(&turn) {
                tell(turn, thing);
                turn += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_done_early_is_told_in_turn_and_few_are_made_at_once() {
        for jobs in [1, 3] {
            let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let make = |index: usize| {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // Threads of the pool wait for each other here, and would look for other work.
                rayon::join(
                    || thread::sleep(Duration::from_millis(if index.is_multiple_of(4) { 20 } else { 1 })),
                    || thread::sleep(Duration::from_millis(1)),
                );
                now.fetch_sub(1, Ordering::SeqCst);
                index * 10
            };
            let mut told = Vec::new();
            side_by_side(20, Some(jobs), make, |index, thing| told.push((index, thing)));
            assert_eq!(told, (0..20).map(|index| (index, index * 10)).collect::<Vec<_>>());
            assert!(most.into_inner() <= usize::from(jobs));
        }
        side_by_side(0, None, |_| (), |_, ()| unreachable!("there is nothing to tell"));
    }
}
