//! Where papers are checked: by a worker in a process of its own, or here.

use crate::error::raise;
use crate::handed::Handed;
use crate::orders::Orders;
use crate::room::with_room;
use dlde::submission;
use dlde::worker::{Checked, Crew, Desk, Ending, Limits, Made, StartError};
use pyo3::prelude::*;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// What came out: `status` and `reason` as in the results of `dlde batch`, the report as JSON, as Markdown, as a page.
type Answer = (&'static str, Option<String>, Option<String>, Option<String>, Option<String>);

struct Errand {
    handed: Arc<submission::Handed>,
    identities: Option<String>,
    answer: Sender<Result<Ending, StartError>>,
}

/// A place for one worker after the other.
///
/// A worker is ended by the system with the thread that started it: this one is of its own, and stays as long as the
/// seat, whichever threads of Python come and go.
#[pyclass(frozen)]
pub(crate) struct Seat {
    errands: Option<Sender<Errand>>,
    /// The process that it belongs to.
    process: u32,
}

impl Drop for Seat {
    /// In a process that was forked off the thread is missing, and may have left a lock behind.
    fn drop(&mut self) {
        if std::process::id() != self.process {
            std::mem::forget(self.errands.take());
        }
    }
}

/// The longest that a check may take, whatever is asked for: a day, which no clock has trouble to add.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a signal, such as Ctrl-C, is looked for.
const STEP: Duration = Duration::from_millis(100);

#[pymethods]
impl Seat {
    /// `program` becomes a worker; `seconds` of wall time for one paper, `memory` in bytes.
    #[new]
    fn new(program: Vec<OsString>, orders: &Orders, seconds: f64, memory: u64) -> PyResult<Self> {
        let time = Duration::from_secs_f64(seconds.clamp(0.0, LONGEST.as_secs_f64()));
        let limits = Limits { time, memory, ..Limits::default() };
        let crew = Crew { program, orders: orders.0.clone(), limits };
        let (errands, waiting) = channel();
        std::thread::Builder::new().name("dlde".to_owned()).spawn(move || serve(&crew, waiting))?;
        Ok(Self { errands: Some(errands), process: std::process::id() })
    }

    /// Checks a paper.
    #[pyo3(signature = (handed, identities))]
    fn check(&self, py: Python<'_>, handed: &Handed, identities: Option<String>) -> PyResult<Answer> {
        let (answer, mut said) = channel();
        let gone =
            || raise(py, "WorkerError", "the thread that waits for the worker has ended", "try it again");
        let errand = Errand { handed: handed.0.clone(), identities, answer };
        let sent = self.errands.as_ref().map(|errands| errands.send(errand));
        sent.and_then(Result::ok).ok_or_else(gone)?;
        loop {
            let (step, back) = py.detach(move || (said.recv_timeout(STEP), said));
            match step {
                Ok(Ok(ending)) => return Ok(answer_of(ending)),
                Ok(Err(error)) => {
                    let remedy =
                        "see that `sys.executable` is Python and may start processes, or pass isolate=False";
                    return Err(raise(py, "WorkerError", &error.to_string(), remedy));
                }
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
            said = back;
        }
    }
}

/// Takes errands as long as somebody may send one.
fn serve(crew: &Crew, errands: Receiver<Errand>) {
    let mut seat = crew.seat();
    for Errand { handed, identities, answer } in errands {
        // Whoever was interrupted no longer waits.
        let _ = answer.send(seat.check(&handed, None, identities.as_deref()));
    }
}

/// Checks a paper in this process: a paper that ends it ends everything, and no clock is watched.
#[pyfunction]
#[pyo3(signature = (orders, handed, identities))]
pub(crate) fn check_here(
    py: Python<'_>,
    orders: &Orders,
    handed: &Handed,
    identities: Option<&str>,
) -> PyResult<Answer> {
    let handed = handed.0.as_ref().clone();
    let ending = py.detach(|| with_room(|| checked(orders, handed, identities)));
    Ok(answer_of(ending.map_or_else(Ending::Crashed, Ending::Checked)))
}

fn checked(orders: &Orders, handed: submission::Handed, identities: Option<&str>) -> Result<Checked, String> {
    let mut checked = Checked { report: Vec::new(), others: Vec::new(), is_read: false, page: None };
    let told = Desk::new(&orders.0)?.check(handed, None, identities, |made| {
        match made {
            Made::Report { is_read, mut texts } => {
                checked.others = texts.split_off(texts.len().min(1));
                checked.report = texts.pop().unwrap_or_default();
                checked.is_read = is_read;
            }
            Made::Page(page) => checked.page = Some(page).filter(|page| !page.is_empty()),
        }
        Ok(())
    });
    told.map(|()| checked).map_err(|cause| cause.to_string())
}

fn answer_of(ending: Ending) -> Answer {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    match ending {
        Ending::Checked(Checked { report, mut others, is_read, page }) => {
            let status = if is_read { "ok" } else { "unreadable" };
            (status, None, Some(text(report)), others.pop().map(text), page.map(text))
        }
        Ending::Timeout => {
            let why = "the check of this submission took longer than allowed; have a person look at it, or give it more time";
            ("timeout", Some(why.to_owned()), None, None, None)
        }
        Ending::Crashed(why) => {
            let why = format!("the check of this submission failed: {why}; have a person look at it");
            ("crashed", Some(why), None, None, None)
        }
    }
}

/// Makes this process a worker: reads submissions from its standard input until that ends.
#[pyfunction]
pub(crate) fn work() -> PyResult<()> {
    Ok(dlde::worker::serve()?)
}
