//! How far a batch is: a bar on a terminal, else a line now and then.

use super::failure::say;
use crate::batch::Event;
use crate::count::counted;
use crate::report::record::Status;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// How far a batch is.
pub(super) struct Progress {
    all: usize,
    done: usize,
    /// Results that were there already.
    known: usize,
    /// What timed out or crashed.
    ended: usize,
    bar: Option<ProgressBar>,
    last: Instant,
}

/// Time between two lines where no bar can be drawn. Chosen: logs of a night stay short.
const BETWEEN: Duration = Duration::from_secs(10);

impl Progress {
    pub(super) fn of(all: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(all as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} papers, {eta} left {msg}");
            if let Ok(style) = style {
                bar.set_style(style);
            }
            bar
        });
        Self { all, done: 0, known: 0, ended: 0, bar, last: Instant::now() }
    }

    pub(super) fn tell(&mut self, event: &Event) {
        self.done += 1;
        match event {
            Event::Known => self.known += 1,
            Event::Done(done) => {
                self.ended += usize::from(matches!(done.record.status, Status::Timeout | Status::Crashed));
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.failures());
            bar.set_position(self.done as u64);
        } else if self.last.elapsed() >= BETWEEN {
            self.last = Instant::now();
            say(&format!("{} of {} {}", self.done, counted(self.all, "paper", "papers"), self.failures()));
        }
    }

    fn failures(&self) -> String {
        if self.ended == 0 { String::new() } else { format!("({} could not be checked)", self.ended) }
    }

    /// Takes the bar away, and tells what did not have to be done.
    pub(super) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        if self.known > 0 {
            say(&format!(
                "{} of {} had their results already",
                self.known,
                counted(self.all, "paper", "papers")
            ));
        }
    }
}
