//! A place for one worker after the other: asks, watches the clock, and tells what became of a submission.
#![expect(clippy::disallowed_methods, reason = "workers are processes, and are started here")]

use super::child::Start;
use super::crew::Crew;
use super::wire::{Answer, Frame, Task, parts, receive, send};
use crate::submission::Handed;
use std::io::{self, Read as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// What came out of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The report: one JSON object, UTF-8.
    pub report: Vec<u8>,
    /// The report in each further format of the orders, in their order.
    pub others: Vec<Vec<u8>>,
    /// Whether there was a paper that could be read.
    pub is_read: bool,
    /// The report as a page for a browser; `None` where nobody asked for it or it could not be made.
    pub page: Option<Vec<u8>>,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was checked.
    Checked(Checked),
    /// Its time was over.
    Timeout,
    /// It ended its worker, or the check failed: why.
    Crashed(String),
}

/// No worker could be started: nothing can be checked.
#[derive(Debug, thiserror::Error)]
#[error("no worker can be started: {0}")]
pub struct StartError(String);

/// A place for one worker.
pub struct Seat<'c> {
    crew: &'c Crew,
    worker: Option<Worker>,
}

/// What a worker is asked, and for which submission.
struct Errand {
    handed: Arc<Handed>,
    task: Task,
    wants_page: bool,
}

type Said = io::Result<Option<Frame<Answer>>>;

struct Worker {
    child: Child,
    errands: Sender<Errand>,
    answers: Receiver<Said>,
    /// Submissions that it was given.
    files: u32,
    /// What it could not close.
    open: Vec<String>,
}

/// The longest that a worker may take to start.
const START: Duration = Duration::from_secs(30);

impl<'c> Seat<'c> {
    pub(super) const fn new(crew: &'c Crew) -> Self {
        Self { crew, worker: None }
    }

    /// Checks a submission; `track` and `identities` are those of this one, where it has its own.
    ///
    /// A worker that others have used may have been worn by them: what ends it is tried once more by a fresh one.
    ///
    /// # Errors
    /// Where no worker can be started.
    pub fn check(
        &mut self,
        handed: &Arc<Handed>,
        track: Option<&str>,
        identities: Option<&str>,
    ) -> Result<Ending, StartError> {
        loop {
            let is_fresh = self.worker().map(|worker| worker.files == 0)?;
            let errand = Errand {
                handed: handed.clone(),
                task: Task::of(handed, track, identities),
                wants_page: self.crew.orders.wants_pages,
            };
            let ending = self.ask(errand);
            if is_fresh || !matches!(ending, Ending::Crashed(_)) {
                return Ok(ending);
            }
        }
    }

    /// What a worker could not close itself in with, on this system.
    ///
    /// # Errors
    /// Where no worker can be started.
    pub fn left_open(&mut self) -> Result<&[String], StartError> {
        self.worker().map(|worker| worker.open.as_slice())
    }

    fn worker(&mut self) -> Result<&mut Worker, StartError> {
        let is_worn = |worker: &Worker| worker.files >= self.crew.limits.files;
        // One that waited long for its first submission may have ended by itself, which no submission is to blame for.
        let is_gone = |worker: &mut Worker| worker.files == 0 && !matches!(worker.child.try_wait(), Ok(None));
        if self.worker.as_ref().is_some_and(is_worn) || self.worker.as_mut().is_some_and(is_gone) {
            self.worker = None;
        }
        match &mut self.worker {
            Some(worker) => Ok(worker),
            none => Ok(none.insert(Worker::start(self.crew).map_err(StartError)?)),
        }
    }

    fn ask(&mut self, errand: Errand) -> Ending {
        let Some(worker) = &mut self.worker else { return Ending::Crashed("it has no worker".to_owned()) };
        worker.files += 1;
        let wants_page = errand.wants_page;
        // A worker that has ended takes none; what it says then tells why.
        let _ = worker.errands.send(errand);
        let end = Instant::now() + self.crew.limits.time;
        let reports = 1 + self.crew.orders.formats.len();
        let (is_read, report, others) = match worker.said(end) {
            Ok(Some((Answer::Report { is_read }, mut parts))) if parts.len() == reports => {
                let others = parts.split_off(1);
                (is_read, parts.remove(0), others)
            }
            Ok(Some((Answer::Fault(at), _))) => return Ending::Crashed(format!("internal error ({at})")),
            Err(RecvTimeoutError::Timeout) => {
                self.worker = None;
                return Ending::Timeout;
            }
            _ => {
                let why = self.worker.take().map_or(String::new(), Worker::why_ended);
                return Ending::Crashed(why);
            }
        };
        let mut page = None;
        if wants_page {
            match worker.said(Instant::now() + self.crew.limits.time) {
                Ok(Some((Answer::Page, mut parts))) if parts.len() == 1 && !parts[0].is_empty() => {
                    page = Some(parts.remove(0));
                }
                Ok(Some((Answer::Page | Answer::Fault(_), _))) => {}
                // The report stands; only its pictures are lost.
                _ => self.worker = None,
            }
        }
        Ending::Checked(Checked { report, others, is_read, page })
    }
}

impl Worker {
    fn start(crew: &Crew) -> Result<Self, String> {
        let (program, arguments) = crew.program.split_first().ok_or("no program is named")?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .spawn()
            .map_err(|cause| format!("{}: {cause}", program.display()))?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no pipes".to_owned());
        };
        let (errands, waiting) = channel();
        let (answer, answers) = channel();
        let limits = &crew.limits;
        let seconds = limits.time.as_secs().saturating_add(1).saturating_mul(u64::from(limits.files.max(1)));
        let start = Start { orders: crew.orders.clone(), memory: limits.memory, seconds };
        std::thread::Builder::new()
            .spawn(move || exchange(&start, &waiting, &answer, to, from))
            .map_err(|cause| cause.to_string())?;
        let mut worker = Self { child, errands, answers, files: 0, open: Vec::new() };
        match worker.said(Instant::now() + START) {
            Ok(Some((Answer::Ready(open), _))) => {
                worker.open = open;
                Ok(worker)
            }
            Err(RecvTimeoutError::Timeout) => Err("it does not answer".to_owned()),
            _ => Err(worker.why_ended()),
        }
    }

    /// The next answer, unless the worker has ended, or the time is over.
    fn said(&self, end: Instant) -> Result<Option<Frame<Answer>>, RecvTimeoutError> {
        let left = end.saturating_duration_since(Instant::now());
        self.answers.recv_timeout(left).map(|said| said.ok().flatten())
    }

    /// Why a worker ended by itself, in words.
    fn why_ended(mut self) -> String {
        // What says nothing more is ended or broken; a broken one is not waited for.
        let waited = (0..WAITS).find_map(|_| {
            let status = self.child.try_wait().ok().flatten();
            if status.is_none() {
                std::thread::sleep(WAIT);
            }
            status
        });
        let mut said = Vec::new();
        let Some(status) = waited else { return "its worker gave no sense".to_owned() };
        if let Some(stderr) = self.child.stderr.take() {
            // Nothing that can be done about a reader that fails here.
            let _ = stderr.take(LAST_WORDS).read_to_end(&mut said);
        }
        words(status, &String::from_utf8_lossy(&said))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended already; then there is nobody to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How long is waited for the end of a worker that has closed its pipes.
const WAIT: Duration = Duration::from_millis(10);
const WAITS: u32 = 100;
/// Bytes of what a worker says last that are read.
const LAST_WORDS: u64 = 4 << 10;

/// How a worker ended. The same file gives the same words, whatever the numbers around it.
fn words(status: ExitStatus, said: &str) -> String {
    if said.contains("memory allocation of") || said.contains("out of memory") {
        return "it needs more memory than it is given".to_owned();
    }
    if said.contains("overflowed its stack") {
        return "it nests deeper than can be followed".to_owned();
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("its worker was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("its worker ended with code {code}"),
        None => "its worker ended".to_owned(),
    }
}

/// Carries errands to a worker and answers back, so that whoever waits can watch the clock.
fn exchange(
    start: &Start,
    errands: &Receiver<Errand>,
    answers: &Sender<Said>,
    mut to: ChildStdin,
    mut from: ChildStdout,
) {
    #[cfg(target_os = "linux")]
    {
        // A paper goes through in few steps; where that is not allowed it takes more of them.
        let _ = rustix::pipe::fcntl_setpipe_size(&to, PIPE_BYTES);
        let _ = rustix::pipe::fcntl_setpipe_size(&from, PIPE_BYTES);
    }
    let mut hear = |number: usize| {
        for _ in 0..number {
            let said = receive(&mut from);
            let goes_on = matches!(said, Ok(Some(_)));
            let is_last = matches!(said, Ok(Some((Answer::Fault(_), _))));
            if answers.send(said).is_err() || !goes_on {
                return false;
            }
            if is_last {
                break;
            }
        }
        true
    };
    if send(&mut to, start, &[]).is_err() || !hear(1) {
        return;
    }
    while let Ok(errand) = errands.recv() {
        // A worker that ended while it was written to has said why, or nothing.
        let _ = send(&mut to, &errand.task, &parts(&errand.handed));
        if !hear(1 + usize::from(errand.wants_page)) {
            return;
        }
    }
}

/// The size of the pipes, in bytes. Source: pipe(7), what anybody may ask for.
#[cfg(target_os = "linux")]
const PIPE_BYTES: usize = 1 << 20;
