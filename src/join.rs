//! Two things at once, where the machine has a second core.

use crate::memory;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, scope};

/// Enough for everything that descends in steps: eight were never filled. Source: tries on hostile files.
const STACK_BYTES: usize = 16 << 20;

/// Whether one thing is done after the other.
static IN_TURN: AtomicBool = AtomicBool::new(false);

/// Whether a thread of [`beside`] has taken room.
static HAS_ROOM: AtomicBool = AtomicBool::new(false);

/// From now on everything is done in turn: right where every core already has a process of its own.
pub fn in_turn() {
    IN_TURN.store(true, Ordering::Relaxed);
}

/// Whether two things at once are done one after the other.
pub(crate) fn is_in_turn() -> bool {
    cfg!(target_family = "wasm") || IN_TURN.load(Ordering::Relaxed)
}

/// Does something on one of two threads that stay: [`join`] then asks the other, which takes less than to start one.
///
/// A panic is passed on.
///
/// # Errors
/// Where threads cannot be had; nothing was done then.
#[cfg(feature = "cli")]
pub(crate) fn inside<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    let started = |_| {
        IS_INSIDE.set(true);
        memory::take_at_once();
    };
    let threads = |count| {
        let threads = rayon_core::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK_BYTES);
        threads.start_handler(started).build()
    };
    // One does everything in turn.
    let threads = threads(2).or_else(|_| threads(1)).map_err(std::io::Error::other)?;
    Ok(threads.install(work))
}

#[cfg(feature = "cli")]
thread_local! {
    /// Whether this is a thread of [`inside`], and not of a pool that a caller has made.
    static IS_INSIDE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Does both, the first on another thread unless that begins too late; in turn where there are no threads.
///
/// A panic of either is passed on.
pub(crate) fn join<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    if is_in_turn() {
        return (first(), second());
    }
    #[cfg(feature = "cli")]
    if IS_INSIDE.get() {
        let (b, a) = rayon_core::join(second, first);
        return (a, b);
    }
    beside(first, second)
}

/// As [`join`], for callers with threads of their own, who may want more than two checks at once: the first on a thread
/// that is started for it.
fn beside<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    // Whoever comes first does it: the thread, or this one where none can be had, or where it is done with the second
    // before the thread has begun.
    let waiting = Mutex::new(Some(first));
    let take = || waiting.lock().ok().and_then(|mut waiting| waiting.take());
    // What comes out is left here: the end of a thread comes later than that of its work.
    let left = Mutex::new(None);
    let (done_here, done_second) = scope(|threads| {
        let work = || {
            // A thread that begins when another has ended takes over its heap.
            if !HAS_ROOM.swap(true, Ordering::Relaxed) {
                memory::take_at_once();
            }
            if let Some(first) = take() {
                let done = catch_unwind(AssertUnwindSafe(first));
                *left.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
            }
        };
        drop(Builder::new().stack_size(STACK_BYTES).spawn_scoped(threads, work));
        let done_second = second();
        (take().map(|first| first()), done_second)
    });
    let done_there = left.into_inner().unwrap_or_else(PoisonError::into_inner);
    let done_there = done_there.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)));
    (done_here.or(done_there).expect("internal error: nobody did the first"), done_second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn both_are_done() {
        assert_eq!(join(|| 1 + 1, || "two"), (2, "two"));
    }

    #[test]
    fn a_panic_of_either_is_passed_on() {
        assert!(catch_unwind(|| join(|| -> u8 { panic!("the first") }, || 2)).is_err());
        assert!(catch_unwind(|| join(|| 1, || -> u8 { panic!("the second") })).is_err());
    }

    #[cfg(feature = "cli")]
    #[test]
    fn the_same_holds_on_threads_that_stay() {
        assert!(!IS_INSIDE.get());
        let done = inside(|| join(|| IS_INSIDE.get(), || join(|| IS_INSIDE.get(), || "three")));
        assert_eq!(done.expect("there are threads"), (true, (true, "three")));
        let fails = |work: fn() -> (u8, u8)| catch_unwind(|| inside(work)).is_err();
        assert!(fails(|| join(|| panic!("the first"), || 2)));
        assert!(fails(|| join(|| 1, || panic!("the second"))));
    }
}
