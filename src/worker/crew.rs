//! What holds for every worker of a crew.

use super::seat::Seat;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::time::Duration;

/// What a worker may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Wall time for one submission; then the worker is ended.
    pub time: Duration,
    /// Address space of a worker, in bytes.
    pub memory: u64,
    /// Submissions that one worker reads before a fresh one takes its seat.
    pub files: u32,
}

impl Default for Limits {
    /// Chosen: a thousand times what a paper takes, on a machine that is busy on its last night; a worker on papers of
    /// ten pages was measured at 44 MB.
    fn default() -> Self {
        Self { time: Duration::from_secs(30), memory: 1 << 30, files: 200 }
    }
}

/// What every submission is checked against, as a worker is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The name of the venue's file, for messages.
    pub venue: String,
    /// Its text, TOML.
    pub profile: String,
    /// How the venue was chosen, for reports.
    pub chosen: String,
    /// The stage, by id.
    pub stage: String,
    /// The track, by id.
    pub track: String,
    /// Rules to run only; empty is all.
    pub select: Vec<String>,
    /// Rules to leave out.
    pub ignore: Vec<String>,
    /// Whether to show what authors answered for.
    pub shows_suppressed: bool,
    /// Who reads the reports, by id.
    pub audience: String,
    /// Whether each report is wanted as a page for a browser too.
    pub wants_pages: bool,
    /// Formats, by id, in which each report is wanted besides JSON. They are made at once: the paper may be gone later.
    pub formats: Vec<String>,
    /// The object that HotCRP expects takes the place of each report; the Unix time that it tells, in seconds.
    pub for_hotcrp: Option<u64>,
}

/// Workers of one kind.
#[derive(Debug, Clone)]
pub struct Crew {
    /// The program that becomes a worker, and its arguments.
    pub program: Vec<OsString>,
    /// What they check against.
    pub orders: Orders,
    /// What they may take.
    pub limits: Limits,
}

impl Crew {
    /// A place for one worker; it is started when first needed.
    pub fn seat(&self) -> Seat<'_> {
        Seat::new(self)
    }
}
