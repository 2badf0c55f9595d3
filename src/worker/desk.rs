//! Checks one submission after the other against the same demands: what a worker does, without the worker.

use super::crew::Orders;
use crate::audience::Audience;
use crate::check::{Asker, Report, Selection, check_for};
use crate::identities::Identities;
use crate::profile::{Profile, ProfileFile, Stage, Track};
use crate::report::{Format, Look, hotcrp};
use crate::submission::{Handed, StandIns, Submission};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What comes out of a check, the report first.
pub enum Made {
    /// The report.
    Report {
        /// Whether there was a paper that could be read.
        is_read: bool,
        /// One JSON object, UTF-8, and the report in each further format of the orders.
        texts: Vec<Vec<u8>>,
    },
    /// The report as a page for a browser; empty where it could not be made.
    Page(Vec<u8>),
}

/// What holds for every submission that is checked against the same.
pub struct Desk {
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
    /// Reads what is to be checked against.
    ///
    /// # Errors
    /// Orders that cannot be followed: why.
    pub fn new(orders: &Orders) -> Result<Self, String> {
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

    /// Checks one submission and tells what came out, step by step; `track` and `identities` are those of this one,
    /// where it has its own.
    ///
    /// # Errors
    /// What a format cannot write, and what `tell` says.
    pub fn check(
        &self,
        handed: Handed,
        track: Option<&str>,
        identities: Option<&str>,
        mut tell: impl FnMut(Made) -> io::Result<()>,
    ) -> io::Result<()> {
        let submission = handed.opened();
        let track = track.and_then(self::track).unwrap_or(self.track);
        let profile = Profile { chosen: self.chosen.clone(), ..self.file.profile(self.stage, track) };
        // Whoever asks has read them before, and told what is wrong with them.
        let identities = identities.and_then(|text| Identities::parse(text).ok());
        let asker = Asker { audience: self.audience, identities: identities.unwrap_or_default() };
        let report = check_for(&submission, &profile, &self.selection, &asker);
        let names = StandIns::of(&submission, None);
        let is_blind = self.audience == Audience::Reviewer;
        let report = if is_blind { report.under(&names) } else { report };
        tell(Made::Report { is_read: report.paper.is_read(), texts: self.texts(&report)? })?;
        if self.wants_pages {
            let page = catch_unwind(AssertUnwindSafe(|| page(&submission, &report, is_blind)));
            tell(Made::Page(page.unwrap_or_else(|_panic| Ok(Vec::new()))?))?;
        }
        Ok(())
    }

    /// The report as one object, then in each further format.
    fn texts(&self, report: &Report<'_>) -> io::Result<Vec<Vec<u8>>> {
        let mut line = Vec::new();
        match self.for_hotcrp {
            Some(at) => hotcrp::write(report, at, &mut line)?,
            None => Format::Json.write(report, &Look::default(), &mut line)?,
        }
        line.truncate(line.trim_ascii_end().len());
        let mut texts = vec![line];
        for format in &self.formats {
            let mut text = Vec::new();
            format.write(report, &Look::default(), &mut text)?;
            texts.push(text);
        }
        Ok(texts)
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
