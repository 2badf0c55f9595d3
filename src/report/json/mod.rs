//! The report for programs, schema version 1: these private structs are its keys, in order.
//!
//! Keys may be added; none may change its meaning without a new schema version. Pages are rounded to the
//! hundredth, positions to the tenth of a big point, whole numbers are written without a fraction.

mod finding;
mod paper;
mod since;

use self::finding::{FindingKeys, VerdictKeys};
use self::paper::PaperKeys;
use self::since::SinceKeys;
use super::{Earlier, wording};
use crate::check::Report;
use crate::paper::Paper;
use crate::problem::Problem;
use crate::profile::Profile;
use crate::submission::Submission;
use serde::Serialize;
use std::io;

const SCHEMA: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/rules/report.schema.json");
const SCHEMA_VERSION: &str = "1.0";

/// One object on one line.
pub(super) fn write(
    report: &Report<'_>,
    earlier: Option<&Earlier>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let root = Root::of(report, earlier);
    serde_json::to_writer(&mut *out, &root).map_err(io::Error::from)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Root<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    schema_version: &'static str,
    tool: Tool,
    audience: &'static str,
    profile: ProfileKeys<'a>,
    submission: SubmissionKeys<'a>,
    /// Codes of the rules that were run; `null` where all were.
    selected: Option<Vec<&'static str>>,
    verdict: &'static str,
    coverage: CoverageKeys<'a>,
    paper: Option<PaperKeys<'a>>,
    verdicts: Vec<VerdictKeys<'a>>,
    findings: Vec<FindingKeys<'a>>,
    problems: Vec<ProblemKeys<'a>>,
    suppressed: u32,
    /// Only where an earlier report was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<SinceKeys>,
}

impl<'a> Root<'a> {
    fn of(report: &'a Report<'_>, earlier: Option<&Earlier>) -> Self {
        let all = report.selection.select.is_empty() && report.selection.ignore.is_empty();
        Self {
            schema: SCHEMA,
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            audience: report.audience.id(),
            profile: ProfileKeys::of(report.profile),
            submission: SubmissionKeys::of(report.submission, &report.paper),
            selected: (!all).then(|| report.verdicts.iter().map(|v| v.rule.code).collect()),
            verdict: report.outcome().id(),
            coverage: CoverageKeys::of(&report.paper),
            paper: report.paper.is_read().then(|| PaperKeys::of(&report.paper, report.profile)),
            verdicts: report.verdicts.iter().map(VerdictKeys::of).collect(),
            findings: report
                .findings()
                .into_iter()
                .map(|(verdict, finding)| FindingKeys::of(verdict, finding, report.submission))
                .collect(),
            problems: report.problems.iter().map(|p| ProblemKeys::of(p, report.submission)).collect(),
            suppressed: report.suppressed,
            since: earlier.map(|earlier| SinceKeys::of(earlier.compare(report))),
        }
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct ProfileKeys<'a> {
    id: &'a str,
    stage: &'static str,
    track: &'static str,
    sha256: &'a str,
    chosen: &'a str,
}

impl<'a> ProfileKeys<'a> {
    fn of(profile: &'a Profile) -> Self {
        Self {
            id: &profile.id,
            stage: profile.stage.id(),
            track: profile.track.id(),
            sha256: &profile.sha256,
            chosen: &profile.chosen,
        }
    }
}

#[derive(Serialize)]
struct SubmissionKeys<'a> {
    name: &'a str,
    files: Vec<FileKeys<'a>>,
}

#[derive(Serialize)]
struct FileKeys<'a> {
    name: &'a str,
    kind: &'static str,
    /// Bytes that were read: 0 for a file that was listed only.
    bytes: usize,
    /// Of the bytes that were read.
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    revisions: Option<u32>,
}

impl<'a> SubmissionKeys<'a> {
    fn of(submission: &'a Submission, paper: &Paper) -> Self {
        let of_paper = |index: usize| paper.file.is_some_and(|file| file.0 as usize == index);
        let files = submission.files.iter().enumerate().map(|(index, file)| FileKeys {
            name: &file.name,
            kind: file.kind.id(),
            bytes: file.bytes.len(),
            sha256: file.sha256(),
            revisions: of_paper(index).then_some(paper.revisions),
        });
        Self { name: &submission.name, files: files.collect() }
    }
}

#[derive(Serialize)]
struct CoverageKeys<'a> {
    pages: u32,
    pages_read: u32,
    pages_without_text: usize,
    /// Their numbers.
    without_text: Vec<u32>,
    unread: Vec<UnreadKeys<'a>>,
}

#[derive(Serialize)]
struct UnreadKeys<'a> {
    page: u32,
    reason: &'a str,
}

impl<'a> CoverageKeys<'a> {
    fn of(paper: &'a Paper) -> Self {
        let coverage = &paper.coverage;
        Self {
            pages: coverage.pages,
            pages_read: coverage.pages_read,
            pages_without_text: coverage.without_text.len(),
            without_text: coverage.without_text.iter().map(|p| p.0).collect(),
            unread: coverage
                .unread
                .iter()
                .map(|(page, reason)| UnreadKeys { page: page.0, reason })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct ProblemKeys<'a> {
    file: Option<&'a str>,
    page: Option<u32>,
    message: &'a str,
}

impl<'a> ProblemKeys<'a> {
    fn of(problem: &'a Problem, submission: &'a Submission) -> Self {
        Self {
            file: problem.file.map(|file| wording::file_name(file, submission)),
            page: problem.page.map(|page| page.0),
            message: &problem.message,
        }
    }
}
