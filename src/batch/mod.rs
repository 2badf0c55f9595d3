//! Thousands of submissions: one result for every one of them, whatever it does, and none of them twice.
//!
//! Inputs become submissions by name (`Inputs`); each is gathered, given a key by its content, and checked by a
//! worker in a process of its own, unless the results hold it already (`Ledger`). This is a door: it reads files.

mod error;
mod inputs;
mod key;
mod ledger;
mod manifest;
mod shared;

pub use error::BatchError;
pub use inputs::{Inputs, Submitted};
pub use key::short_digest;
pub use ledger::Ledger;
pub use shared::{Shared, Tally};

use crate::memory;
use crate::report::record::{Gist, Record, Status};
use crate::submission::Handed;
use crate::worker::{Crew, Ending, Seat, StartError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// What is done with every submission.
#[derive(Debug, Clone)]
pub struct Batch<'c> {
    /// Who checks them.
    pub crew: &'c Crew,
    /// How many are checked at once.
    pub jobs: usize,
    /// Checks again what timed out or crashed before.
    pub retries: bool,
}

/// Something that happened, told in turn.
pub enum Event {
    /// The results held it already.
    Known,
    /// It was checked.
    Done(Box<Done>),
}

/// What came out of a submission.
pub struct Done {
    /// The result.
    pub record: Record,
    /// What it says: read beside the others, which nobody has to wait for in the end.
    pub gist: Gist,
    /// The report as a page, where one was made.
    pub page: Option<Vec<u8>>,
    /// The wall time.
    pub time: Duration,
}

/// One after the other, as workers get to them.
struct Queue<'b> {
    batch: &'b Batch<'b>,
    submissions: &'b [Submitted],
    next: AtomicUsize,
    stops: AtomicBool,
}

impl Batch<'_> {
    /// Checks what the ledger does not hold and enters it there; tells every step to `tell`. `first` is a place whose
    /// worker may have been started.
    ///
    /// # Errors
    /// Where no worker can be started or the results cannot be written; what is there already stays.
    pub fn run<'s>(
        &self,
        submissions: &'s [Submitted],
        ledger: &mut Ledger,
        first: Seat<'_>,
        mut tell: impl FnMut(&'s Submitted, Event) -> Result<(), BatchError>,
    ) -> Result<(), BatchError> {
        let queue =
            Queue { batch: self, submissions, next: AtomicUsize::new(0), stops: AtomicBool::new(false) };
        let known = ledger.keys();
        let done = std::thread::scope(|threads| {
            let (send, steps) = channel();
            let others = std::iter::repeat_with(|| self.crew.seat());
            for seat in std::iter::once(first).chain(others).take(self.jobs.max(1)) {
                let (send, queue, known) = (send.clone(), &queue, &known);
                threads.spawn(move || queue.work(seat, known, &send));
            }
            drop(send);
            let done = steps.into_iter().try_for_each(|(index, step)| {
                let event = step.map_err(|error| BatchError::NoWorker { why: error.to_string() })?;
                if let Event::Done(done) = &event {
                    ledger.enter(&done.record)?;
                }
                tell(&submissions[index], event)
            });
            queue.stops.store(true, Ordering::Relaxed);
            done
        });
        done.and_then(|()| ledger.close())
    }
}

type Step = (usize, Result<Event, StartError>);

impl Queue<'_> {
    /// Takes submissions until none is left. A listener that has gone wants no more.
    fn work(&self, mut seat: Seat<'_>, known: &ledger::Keys, steps: &Sender<Step>) {
        // What is read here is as large as in a worker.
        memory::take_at_once();
        while !self.stops.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(submitted) = self.submissions.get(index) else { return };
            let step = self.one(submitted, known, &mut seat);
            if steps.send((index, step)).is_err() {
                return;
            }
        }
    }

    fn one(
        &self,
        submitted: &Submitted,
        known: &ledger::Keys,
        seat: &mut Seat<'_>,
    ) -> Result<Event, StartError> {
        let started = Instant::now();
        let handed = submitted.gather();
        let key = key::of(&handed, submitted, &self.batch.crew.orders);
        let id = submitted.id.clone();
        let is_final =
            |status: Status| !self.batch.retries || matches!(status, Status::Ok | Status::Unreadable);
        if known.get(&id).is_some_and(|(old, status)| *old == key && is_final(*status)) {
            return Ok(Event::Known);
        }
        let (record, page) = match handed {
            Ok(handed) => result(id, key, checked(seat, handed, submitted)?),
            Err(why) => (Record::unchecked(id, key, Status::Unreadable, why), None),
        };
        let time = started.elapsed();
        Ok(Event::Done(Box::new(Done { gist: record.gist(), record, page, time })))
    }
}

fn checked(seat: &mut Seat<'_>, handed: Handed, submitted: &Submitted) -> Result<Ending, StartError> {
    seat.check(&Arc::new(handed), submitted.track.as_deref(), submitted.identities.as_deref())
}

/// The record of what became of a submission.
fn result(id: String, key: String, ending: Ending) -> (Record, Option<Vec<u8>>) {
    let crashed = |id: String, key: String, why: &str| {
        let why = format!("the check of this submission failed: {why}; have a person look at it");
        Record::unchecked(id, key, Status::Crashed, why)
    };
    match ending {
        Ending::Checked(checked) => {
            let record = Record::checked(id.clone(), key.clone(), checked.is_read, checked.report);
            match record {
                Some(record) => (record, checked.page),
                None => (crashed(id, key, "its worker gave no report"), None),
            }
        }
        Ending::Timeout => {
            let why = "the check of this submission took longer than allowed; have a person look at it, or give it more with --timeout";
            (Record::unchecked(id, key, Status::Timeout, why), None)
        }
        Ending::Crashed(why) => (crashed(id, key, &why), None),
    }
}
