//! The worker itself: reads submissions, answers with reports, touches nothing else.

use super::cage;
use super::crew::Orders;
use super::wire::{Answer, Frame, Task, receive, send};
use crate::audience::Audience;
use crate::check::{Asker, Report, Selection, check_for};
use crate::identities::Identities;
use crate::join;
use crate::memory;
use crate::profile::{Profile, ProfileFile, Stage, Track};
use crate::report::{Format, Look, hotcrp};
use crate::submission::{StandIns, Submission};
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
        let done = catch_unwind(AssertUnwindSafe(|| desk.check(&task, parts, output)));
        done.unwrap_or_else(|_panic| {
            let at = LAST_PANIC.lock().map(|at| at.clone()).unwrap_or_default();
            send(output, &Answer::Fault(at), &[])
        })?;
    }
    Ok(())
}

/// What holds for every submission.
struct Desk {
    file: ProfileFile,
    stage: Stage,
    track: Track,
    chosen: String,
    selection: Selection,
    audience: Audience,
    wants_pages: bool,
    formats: Vec<Format>,
    for_hotcrp: Option<u64>,
}

impl Desk {
    fn new(orders: &Orders) -> Result<Self, String> {
        let file = ProfileFile::parse(&orders.venue, &orders.profile).map_err(|error| error.to_string())?;
        let selection = Selection {
            select: orders.select.clone(),
            ignore: orders.ignore.clone(),
            shows_suppressed: orders.shows_suppressed,
        };
        Ok(Self {
            file,
            stage: Stage::ALL.into_iter().find(|s| s.id() == orders.stage).ok_or("unknown stage")?,
            track: track(&orders.track).ok_or("unknown track")?,
            chosen: orders.chosen.clone(),
            selection,
            audience: Audience::ALL
                .into_iter()
                .find(|a| a.id() == orders.audience)
                .ok_or("unknown audience")?,
            wants_pages: orders.wants_pages,
            formats: orders
                .formats
                .iter()
                .map(|id| format(id))
                .collect::<Option<_>>()
                .ok_or("unknown format")?,
            for_hotcrp: orders.for_hotcrp,
        })
    }

    /// Checks one submission and says what came out.
    fn check(&self, task: &Task, parts: Vec<Vec<u8>>, output: &mut impl Write) -> io::Result<()> {
        let submission = task.handed(parts).opened();
        let track = task.track.as_deref().and_then(track).unwrap_or(self.track);
        let profile = Profile { chosen: self.chosen.clone(), ..self.file.profile(self.stage, track) };
        // The crew has read them before, and told what is wrong with them.
        let identities = task.identities.as_deref().and_then(|text| Identities::parse(text).ok());
        let asker = Asker { audience: self.audience, identities: identities.unwrap_or_default() };
        let report = check_for(&submission, &profile, &self.selection, &asker);
        let names = StandIns::of(&submission, None);
        let is_blind = self.audience == Audience::Reviewer;
        let report = if is_blind { report.under(&names) } else { report };
        let mut line = Vec::new();
        match self.for_hotcrp {
            Some(at) => hotcrp::write(&report, at, &mut line)?,
            None => Format::Json.write(&report, &Look::default(), &mut line)?,
        }
        let mut others = Vec::new();
        for format in &self.formats {
            let mut other = Vec::new();
            format.write(&report, &Look::default(), &mut other)?;
            others.push(other);
        }
        let is_read = report.paper.is_read();
        let parts: Vec<_> =
            std::iter::once(line.trim_ascii_end()).chain(others.iter().map(Vec::as_slice)).collect();
        send(output, &Answer::Report { is_read }, &parts)?;
        if self.wants_pages {
            let page = catch_unwind(AssertUnwindSafe(|| page(&submission, &report, is_blind)));
            let page = page.unwrap_or_else(|_panic| Ok(Vec::new()))?;
            send(output, &Answer::Page, &[&page])?;
        }
        Ok(())
    }
}

fn track(id: &str) -> Option<Track> {
    Track::ALL.into_iter().find(|track| track.id() == id)
}

fn format(id: &str) -> Option<Format> {
    Format::ALL.iter().copied().find(|format| format.id() == id)
}

/// The report as a page for a browser. Reviewers are shown no picture: it may name the authors.
#[cfg(feature = "pictures")]
fn page(submission: &Submission, report: &Report<'_>, is_blind: bool) -> io::Result<Vec<u8>> {
    let mut pictures = Vec::new();
    let paper = submission.paper.and_then(|id| submission.file(id)).filter(|_| !is_blind);
    if let Some(paper) = paper {
        let in_detail = crate::report::pages_in_detail(report);
        crate::pdf::draw(&paper.bytes, &in_detail, |picture| pictures.push(picture));
    }
    let mut page = Vec::new();
    Format::Html.write(report, &Look { pictures, ..Look::default() }, &mut page)?;
    Ok(page)
}

/// A program without pictures makes no pages.
#[cfg(not(feature = "pictures"))]
fn page(_: &Submission, _: &Report<'_>, _: bool) -> io::Result<Vec<u8>> {
    Ok(Vec::new())
}
