//! The keys of `verdicts` and `findings`: what each rule said, and where.

use crate::check::Verdict;
use crate::finding::{Clause, Finding, Measure};
use crate::place::{FileId, Place};
use crate::report::line_column::LineColumn;
use crate::report::number::{corners, in_pages};
use crate::report::{digest, wording};
use crate::rule::Skip;
use crate::submission::Submission;
use serde::Serialize;
use serde_json::Number;

#[derive(Serialize)]
pub(super) struct VerdictKeys<'a> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    outcome: &'static str,
    reason: Option<&'a str>,
}

impl<'a> VerdictKeys<'a> {
    pub(super) fn of(verdict: &'a Verdict) -> Self {
        let (outcome, reason) = match &verdict.result {
            Ok(findings) if findings.is_empty() => ("pass", None),
            Ok(_) => ("finding", None),
            Err(Skip::NotApplicable(reason)) => ("not-applicable", Some(reason.as_str())),
            Err(Skip::Undetermined(reason)) => ("undetermined", Some(reason.as_str())),
        };
        let rule = verdict.rule;
        Self { code: rule.code, rule: rule.name, severity: verdict.severity.id(), outcome, reason }
    }
}

#[derive(Serialize)]
pub(super) struct FindingKeys<'a> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    evidence: Option<&'a str>,
    measured: Option<MeasureKeys<'a>>,
    allowed: Option<MeasureKeys<'a>>,
    place: PlaceKeys<'a>,
    related: Vec<RelatedKeys<'a>>,
    demand: Option<ClauseKeys<'a>>,
    help: String,
    /// Always null: no rule mends what it finds yet.
    fix: Option<()>,
    fingerprint: String,
}

impl<'a> FindingKeys<'a> {
    pub(super) fn of(verdict: &'a Verdict, finding: &'a Finding, submission: &'a Submission) -> Self {
        Self {
            code: verdict.rule.code,
            rule: verdict.rule.name,
            severity: verdict.severity_of(finding).id(),
            confidence: finding.confidence.id(),
            message: &finding.message,
            evidence: finding.evidence.as_deref(),
            measured: finding.measured.as_ref().map(MeasureKeys::of),
            allowed: finding.allowed.as_ref().map(MeasureKeys::of),
            place: PlaceKeys::of(&finding.at, submission),
            related: finding
                .related
                .iter()
                .map(|(at, message)| RelatedKeys { place: PlaceKeys::of(at, submission), message })
                .collect(),
            demand: finding.clause.as_ref().map(ClauseKeys::of),
            help: wording::help(verdict, finding),
            fix: None,
            fingerprint: digest::fingerprint(verdict, finding),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum MeasureKeys<'a> {
    Number(Number),
    Text(&'a str),
}

impl<'a> MeasureKeys<'a> {
    fn of(measure: &'a Measure) -> Self {
        match measure {
            Measure::Number(value) => Self::Number(in_pages(*value)),
            Measure::Text(text) => Self::Text(text),
        }
    }
}

#[derive(Serialize)]
struct RelatedKeys<'a> {
    place: PlaceKeys<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct ClauseKeys<'a> {
    says: &'a str,
    url: &'a str,
    section: &'a str,
}

impl<'a> ClauseKeys<'a> {
    fn of(clause: &'a Clause) -> Self {
        Self { says: &clause.says, url: &clause.url, section: &clause.section }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PlaceKeys<'a> {
    Page { file: &'a str, page: u32, boxes: Vec<[Number; 4]>, line_number: Option<u32> },
    Source { file: &'a str, line: usize, column: usize, end_line: usize, end_column: usize },
    File { file: &'a str, inside: Option<&'a str> },
    Submission,
}

impl<'a> PlaceKeys<'a> {
    fn of(place: &'a Place, submission: &'a Submission) -> Self {
        let name = |file: FileId| wording::file_name(file, submission);
        match place {
            Place::Page { file, page, boxes, line_number } => Self::Page {
                file: name(*file),
                page: page.0,
                boxes: boxes.iter().map(corners).collect(),
                line_number: *line_number,
            },
            Place::Span(span) => {
                let text = submission.file(span.file).map_or(&[][..], |f| &f.bytes);
                let start = LineColumn::of(text, span.bytes.start);
                let end = LineColumn::of(text, span.bytes.end);
                Self::Source {
                    file: name(span.file),
                    line: start.line,
                    column: start.column,
                    end_line: end.line,
                    end_column: end.column,
                }
            }
            Place::File { file, inside } => Self::File { file: name(*file), inside: inside.as_deref() },
            Place::Submission => Self::Submission,
        }
    }
}
