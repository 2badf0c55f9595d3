//! The report for code scanning: SARIF 2.1.0.
//!
//! A source is pointed at by its region, exactly; a page is a logical location, its boxes properties of the place.
//! A rule that was left open is a result of the kind `open`, which is neither a pass nor a finding. Source: SARIF 2.1.0.

use super::line_column::LineColumn;
use super::number::{corners, in_pages};
use super::{digest, wording};
use crate::check::{Report, Verdict};
use crate::finding::{Finding, Measure};
use crate::place::{FileId, Place};
use crate::problem::Problem;
use crate::rule::{Rule, Skip};
use crate::submission::Submission;
use serde_json::{Value, json};
use std::io;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log with one run. `folder` leads to the files.
pub(super) fn write(report: &Report<'_>, folder: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let files = Files { submission: report.submission, folder };
    let findings =
        report.findings().into_iter().map(|(verdict, finding)| files.result(report, verdict, finding));
    let open = report.verdicts.iter().filter_map(|verdict| files.open(report, verdict));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": report.verdicts.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": report.problems.iter().map(|p| files.problem(p)).collect::<Vec<_>>(),
            }],
            "artifacts": files.artifacts(),
            "results": findings.chain(open).collect::<Vec<_>>(),
            "properties": {
                "submission": report.submission.name,
                "verdict": report.outcome().id(),
                "verdictInWords": wording::verdict(report),
                "profile": report.profile.id,
                "profileSha256": report.profile.sha256,
                "stage": report.profile.stage.id(),
                "track": report.profile.track.id(),
                "suppressed": report.suppressed,
            },
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log).map_err(io::Error::from)?;
    writeln!(out)
}

/// What a rule is, at the severity it has under this profile.
fn rule(verdict: &Verdict) -> Value {
    let Rule { code, name, .. } = *verdict.rule;
    json!({
        "id": code,
        "name": name,
        "shortDescription": { "text": name.replace('-', " ") },
        "fullDescription": { "text": verdict.rule.section("What it checks") },
        "help": { "text": verdict.rule.section("What to do") },
        "helpUri": wording::rule_url(verdict.rule),
        "defaultConfiguration": { "level": verdict.severity.id() },
    })
}

/// The files of a submission, and where they lie.
struct Files<'a> {
    submission: &'a Submission,
    folder: &'a str,
}

impl Files<'_> {
    fn result(&self, report: &Report<'_>, verdict: &Verdict, finding: &Finding) -> Value {
        let mut properties = json!({
            "confidence": finding.confidence.id(),
            "evidence": finding.evidence,
            "measured": finding.measured.as_ref().map(measure),
            "allowed": finding.allowed.as_ref().map(measure),
            "demand": finding.clause.as_ref().map(wording::asked),
            "help": wording::help(verdict, finding),
        });
        if let Some(entries) = properties.as_object_mut() {
            entries.retain(|_, value| !value.is_null());
        }
        let related = finding.related.iter().enumerate().map(|(number, (at, words))| {
            let mut location = self.location(at);
            location["id"] = json!(number + 1);
            location["message"] = json!({ "text": words });
            location
        });
        json!({
            "ruleId": verdict.rule.code,
            "ruleIndex": index_of(report, verdict),
            "kind": "fail",
            "level": verdict.severity_of(finding).id(),
            "message": { "text": finding.message },
            "locations": [self.location(&finding.at)],
            "relatedLocations": related.collect::<Vec<_>>(),
            "partialFingerprints": { "dldeFinding/v1": digest::fingerprint(verdict, finding) },
            "properties": properties,
        })
    }

    /// A rule that was left open; `None` for every other.
    fn open(&self, report: &Report<'_>, verdict: &Verdict) -> Option<Value> {
        let Err(Skip::Undetermined(reason)) = &verdict.result else { return None };
        Some(json!({
            "ruleId": verdict.rule.code,
            "ruleIndex": index_of(report, verdict),
            "kind": "open",
            "level": "none",
            "message": { "text": format!("could not be determined: {reason}") },
            "locations": [self.location(&report.paper.file.map_or(Place::Submission, Place::whole_file))],
        }))
    }

    fn problem(&self, problem: &Problem) -> Value {
        let at = match (problem.file, problem.page) {
            (Some(file), Some(page)) => Place::whole_page(file, page),
            (Some(file), None) => Place::whole_file(file),
            (None, _) => Place::Submission,
        };
        json!({
            "level": "warning",
            "message": { "text": format!("not read: {}", problem.message) },
            "locations": [self.location(&at)],
        })
    }

    fn location(&self, place: &Place) -> Value {
        let name = |file: FileId| wording::file_name(file, self.submission);
        match place {
            Place::Span(span) => {
                let text = self.submission.file(span.file).map_or(&[][..], |f| &f.bytes);
                let start = LineColumn::of(text, span.bytes.start);
                let end = LineColumn::of(text, span.bytes.end);
                let mut physical = self.physical(span.file);
                physical["region"] = json!({
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                });
                json!({ "physicalLocation": physical })
            }
            Place::Page { file, page, boxes, line_number } => json!({
                "physicalLocation": self.physical(*file),
                "logicalLocations": [{
                    "name": format!("page {page}"),
                    "fullyQualifiedName": format!("{}#page={page}", name(*file)),
                    "kind": "page",
                }],
                "properties": {
                    "page": page.0,
                    "boxes": boxes.iter().map(corners).collect::<Vec<_>>(),
                    "lineNumber": line_number,
                },
            }),
            Place::File { file, inside: Some(inside) } => json!({
                "physicalLocation": self.physical(*file),
                "logicalLocations": [{
                    "name": inside,
                    "fullyQualifiedName": format!("{}#{inside}", name(*file)),
                    "kind": "member",
                }],
            }),
            Place::File { file, inside: None } => json!({ "physicalLocation": self.physical(*file) }),
            Place::Submission => {
                json!({ "logicalLocations": [{ "name": self.submission.name, "kind": "submission" }] })
            }
        }
    }

    fn physical(&self, file: FileId) -> Value {
        let uri = self.uri(wording::file_name(file, self.submission));
        let mut artifact = json!({ "uri": uri });
        if self.submission.file(file).is_some() {
            artifact["index"] = json!(file.0);
        }
        json!({ "artifactLocation": artifact })
    }

    fn artifacts(&self) -> Vec<Value> {
        let artifact = |file: &crate::submission::File| {
            json!({
                "location": { "uri": self.uri(&file.name) },
                "length": file.bytes.len(),
                "roles": ["analysisTarget"],
                "hashes": { "sha-256": file.sha256() },
            })
        };
        self.submission.files.iter().map(artifact).collect()
    }

    /// A relative reference. Source: RFC 3986, 2.3 and 4.2; a colon would make it a scheme.
    fn uri(&self, name: &str) -> String {
        let path = format!("{}{name}", self.folder);
        let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!".contains(&byte);
        path.bytes()
            .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    }
}

fn index_of(report: &Report<'_>, verdict: &Verdict) -> Option<usize> {
    report.verdicts.iter().position(|v| v.rule.code == verdict.rule.code)
}

fn measure(measure: &Measure) -> Value {
    match measure {
        Measure::Number(value) => Value::Number(in_pages(*value)),
        Measure::Text(text) => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_relative_reference() {
        let submission = Submission::single("paper.pdf".to_owned(), Vec::new());
        let files = Files { submission: &submission, folder: "my papers/" };
        assert_eq!(files.uri("a:b ü.zip!/c.tex"), "my%20papers/a%3Ab%20%C3%BC.zip!/c.tex");
    }
}
