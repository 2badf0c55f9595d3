//! The worker itself: reads submissions, answers with reports, touches nothing else.

use super::cage;
use super::crew::Orders;
use super::desk::{Desk, Made};
use super::wire::{Answer, Frame, Task, receive, send};
use crate::join;
use crate::memory;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

/// What a worker is told first.
#[derive(Serialize, Deserialize)]
pub(super) struct Start {
    pub(super) orders: Orders,
    /// Address space, in bytes.
    pub(super) memory: u64,
    /// Processor time for all submissions together.
    pub(super) seconds: u64,
}

/// Room for what is read recursively, as for any check.
const STACK_BYTES: usize = 16 << 20;

/// Where in the code the last panic happened.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Works until the input ends.
///
/// # Errors
/// What the pipes say, and orders that cannot be followed.
pub fn serve() -> io::Result<()> {
    let Some((start, _)): Option<Frame<Start>> = receive(&mut io::stdin().lock())? else { return Ok(()) };
    std::panic::set_hook(Box::new(|panic| {
        if let (Ok(mut last), Some(at)) = (LAST_PANIC.lock(), panic.location()) {
            *last = format!("{}:{}", at.file(), at.line());
        }
    }));
    join::in_turn();
    let mut open = cage::close_process(start.memory, start.seconds);
    let work = move || {
        memory::take_at_once();
        open.extend(cage::close_calls());
        work(&start.orders, open, &mut io::stdin().lock(), &mut io::stdout().lock())
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(work)?;
    thread.join().unwrap_or_else(|_panic| Err(io::Error::other("the worker failed")))
}

/// Answers every submission that comes in.
fn work(
    orders: &Orders,
    open: Vec<String>,
    input: &mut impl Read,
    output: &mut impl Write,
) -> io::Result<()> {
    let desk = Desk::new(orders).map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))?;
    send(output, &Answer::Ready(open), &[])?;
    while let Some((task, parts)) = receive::<Task>(input)? {
        let (track, identities) = (task.track.as_deref(), task.identities.as_deref());
        let done = catch_unwind(AssertUnwindSafe(|| {
            desk.check(task.handed(parts), track, identities, |made| tell(output, &made))
        }));
        done.unwrap_or_else(|_panic| {
            let at = LAST_PANIC.lock().map(|at| at.clone()).unwrap_or_default();
            send(output, &Answer::Fault(at), &[])
        })?;
    }
    Ok(())
}

/// Says what came out. The report is sent before its page is begun, which a paper may end.
fn tell(output: &mut impl Write, made: &Made) -> io::Result<()> {
    match made {
        Made::Report { is_read, texts } => {
            let texts: Vec<_> = texts.iter().map(Vec::as_slice).collect();
            send(output, &Answer::Report { is_read: *is_read }, &texts)
        }
        Made::Page(page) => send(output, &Answer::Page, &[page]),
    }
}
