//! What checks: a thread for each worker, taking from the queue as long as the service lives.
//!
//! A worker is ended by the system with the thread that started it, so these threads are of their own and stay.

use super::log;
use super::spool::{Spool, Task};
use super::store::{Done, Job, Store};
use crate::report::record::{Record, Status};
use crate::worker::{Checked, Crew, Ending, Limits, Seat};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// How often a check is begun, before the submission is held to be what ends it.
const ATTEMPTS: i64 = 3;
/// How often a result is tried to be entered.
const TRIES: usize = 5;
/// How long is waited before the queue is looked at without being called: leases run out quietly.
const LOOK: Duration = Duration::from_secs(1);
/// What a lease lasts beyond the checks that a worker may make of one submission.
const SPARE: Duration = Duration::from_secs(60);
/// Times that a submission may be read in one turn: by a worn worker, by a fresh one, and as a page each time.
const TURNS: u32 = 4;

/// Checks a thread that are done soon. Source: a paper of ten pages takes some 0.1 s, and an answer waits for 1 s.
const SHORT: usize = 8;

/// Those who check, and those who wait for them.
pub(super) struct Queue {
    store: Arc<dyn Store>,
    spool: Arc<Spool>,
    program: Vec<OsString>,
    limits: Limits,
    runtime: Handle,
    /// How often somebody has called.
    calls: Mutex<u64>,
    bell: Condvar,
    stops: AtomicBool,
    waiting: AtomicIsize,
    working: AtomicUsize,
    listeners: Mutex<BTreeMap<String, Vec<oneshot::Sender<()>>>>,
}

impl Queue {
    pub(super) fn new(
        store: Arc<dyn Store>,
        spool: Arc<Spool>,
        program: Vec<OsString>,
        limits: Limits,
    ) -> Self {
        Self {
            store,
            spool,
            program,
            limits,
            runtime: Handle::current(),
            calls: Mutex::default(),
            bell: Condvar::new(),
            stops: AtomicBool::new(false),
            waiting: AtomicIsize::new(0),
            working: AtomicUsize::new(0),
            listeners: Mutex::default(),
        }
    }

    /// Starts so many threads.
    ///
    /// # Errors
    /// A system that gives none.
    pub(super) fn start(self: &Arc<Self>, jobs: usize) -> std::io::Result<Vec<JoinHandle<()>>> {
        let one = |_| {
            let queue = self.clone();
            std::thread::Builder::new().name("check".to_owned()).spawn(move || queue.work())
        };
        (0..jobs.max(1)).map(one).collect()
    }

    /// So many more checks wait.
    pub(super) fn entered(&self, number: usize) {
        self.count(number as isize);
        self.call();
    }

    fn count(&self, change: isize) {
        let now = self.waiting.fetch_add(change, Ordering::Relaxed) + change;
        metrics::gauge!("dlde_queue_length").set(now.max(0) as f64);
    }

    /// Checks that wait or are being worked on. One may end before it is counted, which evens out.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed).max(0) as usize
    }

    /// Whether a check that is entered now may end soon. Behind a long queue nobody is kept waiting for it.
    pub(super) fn is_short(&self) -> bool {
        self.waiting() <= self.working().saturating_mul(SHORT)
    }

    /// Threads that work.
    pub(super) fn working(&self) -> usize {
        self.working.load(Ordering::Relaxed)
    }

    /// Told when this check has ended.
    pub(super) fn listen(&self, id: &str) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        if let Ok(mut listeners) = self.listeners.lock() {
            let all = listeners.entry(id.to_owned()).or_default();
            all.retain(|listener| !listener.is_closed());
            all.push(sender);
        }
        receiver
    }

    /// Forgets those who no longer listen for this check.
    pub(super) fn forget(&self, id: &str) {
        if let Ok(mut listeners) = self.listeners.lock()
            && let Some(all) = listeners.get_mut(id)
        {
            all.retain(|listener| !listener.is_closed());
            if all.is_empty() {
                listeners.remove(id);
            }
        }
    }

    /// Nothing new is begun; what is being worked on is brought to its end. Whoever waits for the rest is told.
    pub(super) fn stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
        self.call();
        if let Ok(mut listeners) = self.listeners.lock() {
            listeners.clear();
        }
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }

    fn call(&self) {
        if let Ok(mut calls) = self.calls.lock() {
            *calls += 1;
        }
        self.bell.notify_all();
    }

    fn work(&self) {
        self.working.fetch_add(1, Ordering::Relaxed);
        let mut next = self.next();
        while let Some((job, task)) = next {
            let crew = Crew {
                program: self.program.clone(),
                orders: task.orders.clone(),
                limits: self.limits.clone(),
            };
            next = self.work_alike(&mut crew.seat(), job, task);
        }
        self.working.fetch_sub(1, Ordering::Relaxed);
    }

    /// Checks what is checked against the same, with the same worker; what comes next otherwise is handed back.
    fn work_alike(&self, seat: &mut Seat<'_>, mut job: Job, mut task: Task) -> Option<(Job, Task)> {
        let orders = task.orders.clone();
        loop {
            self.one(seat, &job, &task);
            (job, task) = self.next()?;
            if task.orders != orders {
                return Some((job, task));
            }
        }
    }

    /// Waits for a check; `None` where the service stops.
    fn next(&self) -> Option<(Job, Task)> {
        loop {
            let seen = self.calls.lock().map_or(0, |calls| *calls);
            if self.is_stopping() {
                return None;
            }
            let lease = self.limits.time * TURNS + SPARE;
            match self.runtime.block_on(self.store.take(&self.spool.id, lease)) {
                Ok(Some(job)) => match serde_json::from_str(&job.task) {
                    Ok(task) => return Some((job, task)),
                    Err(_) => self.end(&job.id, None, &crashed("what was to be done cannot be read")),
                },
                Ok(None) => self.wait(seen),
                Err(error) => {
                    log::fault(&error.to_string());
                    std::thread::sleep(LOOK);
                }
            }
        }
    }

    fn wait(&self, seen: u64) {
        if let Ok(calls) = self.calls.lock() {
            // Woken for nothing, it looks for nothing.
            let _ = self.bell.wait_timeout_while(calls, LOOK, |calls| *calls == seen);
        }
    }

    fn one(&self, seat: &mut Seat<'_>, job: &Job, task: &Task) {
        let started = Instant::now();
        let done = if job.attempts > ATTEMPTS {
            crashed("the service ended three times while it was at it")
        } else {
            match self.spool.handed(task) {
                // Only what is wrong with these files is held against them.
                Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
                    crashed(&format!("its files cannot be read: {cause}"))
                }
                Err(cause) => return self.put_back(&job.id, &cause.to_string()),
                Ok(handed) => match seat.check(&Arc::new(handed), None, task.identities.as_deref()) {
                    Ok(ending) => done(job, ending),
                    Err(error) => return self.put_back(&job.id, &error.to_string()),
                },
            }
        };
        let time = started.elapsed();
        metrics::histogram!("dlde_check_seconds").record(time.as_secs_f64());
        log::check(&job.id, done.status, time.as_millis());
        self.end(&job.id, Some(task), &done);
    }

    /// Without a worker nothing is known of the submission: it waits, and does not count as begun.
    fn put_back(&self, id: &str, why: &str) {
        log::fault(why);
        if let Err(error) = self.runtime.block_on(self.store.release(&self.spool.id, Some(id))) {
            log::fault(&error.to_string());
        }
        std::thread::sleep(LOOK);
    }

    /// Enters the result, also where the database is away for a moment.
    fn is_entered(&self, id: &str, done: &Done) -> bool {
        (0..TRIES).any(|_| match self.runtime.block_on(self.store.finish(id, done)) {
            Ok(()) => true,
            Err(error) => {
                log::fault(&error.to_string());
                std::thread::sleep(LOOK);
                false
            }
        })
    }

    /// Enters the result, and only then lets go of the paper.
    fn end(&self, id: &str, task: Option<&Task>, done: &Done) {
        if !self.is_entered(id, done) {
            // The lease runs out, and it is checked again.
            return;
        }
        if let Some(Err(cause)) = task.map(|task| self.spool.clear(task, id)) {
            log::fault(&format!("a paper stays in the spool: {cause}"));
        }
        metrics::counter!("dlde_checks_total", "status" => done.status, "verdict" => done.verdict)
            .increment(1);
        self.count(-1);
        let listeners = self.listeners.lock().ok().and_then(|mut all| all.remove(id));
        for listener in listeners.into_iter().flatten() {
            // Who no longer waits misses nothing.
            let _ = listener.send(());
        }
    }
}

fn crashed(why: &str) -> Done {
    let why = format!("the check of this submission failed: {why}; have a person look at it");
    unchecked("crashed", why)
}

/// What could not be checked is undetermined, never passed.
fn unchecked(status: &'static str, why: String) -> Done {
    Done { status, verdict: "undetermined", reason: Some(plain(why)), ..Done::default() }
}

/// What became of a submission.
fn done(job: &Job, ending: Ending) -> Done {
    match ending {
        Ending::Checked(checked) => checked_as(job, checked),
        Ending::Timeout => {
            let why = "the check of this submission took longer than allowed; have a person look at it";
            unchecked("timeout", why.to_owned())
        }
        Ending::Crashed(why) => crashed(&why),
    }
}

fn checked_as(job: &Job, checked: Checked) -> Done {
    let Checked { report, others, is_read, page } = checked;
    let record = Record::checked(job.label.clone(), job.id.clone(), is_read, report);
    let told = record.as_ref().and_then(|record| record.gist().told);
    let (Some(record), Some(told)) = (record, told) else { return crashed("its worker gave no report") };
    let made = super::format::MADE_BY_WORKERS.into_iter().zip(others);
    let made = made.chain(page.map(|page| ("html", page)));
    let text = |bytes: Vec<u8>| plain(String::from_utf8_lossy(&bytes).into_owned());
    let mut reports: Vec<_> = made.map(|(format, bytes)| (format, text(bytes))).collect();
    reports.extend(record.report.as_ref().map(|report| ("json", report.get().to_owned())));
    let mut found = [0; 3];
    for finding in &told.findings {
        found[2 - finding.severity() as usize] += 1;
    }
    Done {
        status: if record.status == Status::Ok { "ok" } else { "unreadable" },
        verdict: told.outcome().id(),
        title: told.title().map(|title| plain(title.to_owned())),
        reason: told.reason(|_| false).map(plain),
        found,
        reports,
    }
}

/// PostgreSQL keeps no text with a zero character.
fn plain(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}
