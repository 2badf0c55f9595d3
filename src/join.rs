//! Two things at once, where the machine has a second core.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, scope};

/// Enough for everything that descends in steps: eight were never filled. Source: tries on hostile files.
const STACK_BYTES: usize = 16 << 20;

/// Whether one thing is done after the other.
static IN_TURN: AtomicBool = AtomicBool::new(false);

/// From now on everything is done in turn: right where every core already has a process of its own.
pub fn in_turn() {
    IN_TURN.store(true, Ordering::Relaxed);
}

/// Does both, the first on a thread of its own; in turn where there are no threads.
///
/// A panic of either is passed on.
pub(crate) fn join<A: Send, B>(first: impl Fn() -> A + Sync, second: impl FnOnce() -> B) -> (A, B) {
    if IN_TURN.load(Ordering::Relaxed) {
        return (first(), second());
    }
    scope(|threads| {
        let thread = Builder::new().stack_size(STACK_BYTES).spawn_scoped(threads, &first);
        let done_second = second();
        let done_first = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => first(),
        };
        (done_first, done_second)
    })
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
        assert!(catch_unwind(|| join(|| panic!("the first"), || 2)).is_err());
        assert!(catch_unwind(|| join(|| 1, || panic!("the second"))).is_err());
    }
}
