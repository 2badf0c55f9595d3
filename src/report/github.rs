//! The report for the log of GitHub Actions: workflow commands, which it shows beside the files.
//!
//! Source: GitHub's reference of workflow commands, "Setting an error message".

use super::line_column::LineColumn;
use super::wording;
use crate::check::{Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::place::Place;
use crate::rule::Skip;
use crate::submission::Submission;
use std::io;

/// One command a finding and one a rule that was left open, then the answer in plain words.
pub(super) fn write(report: &Report<'_>, folder: &str, out: &mut dyn io::Write) -> io::Result<()> {
    for (verdict, finding) in report.findings() {
        let at = whereabouts(&finding.at, report.submission, folder);
        let title = wording::rule_name(verdict.rule);
        let words = message(verdict, finding, report.submission);
        writeln!(
            out,
            "::{} {at}title={}::{}",
            command(verdict.severity_of(finding)),
            property(&title),
            words
        )?;
    }
    for verdict in &report.verdicts {
        let Err(Skip::Undetermined(reason)) = &verdict.result else { continue };
        let level = if verdict.severity == Severity::Error { "warning" } else { "notice" };
        let title = format!("could not be determined: {}", wording::rule_name(verdict.rule));
        writeln!(out, "::{level} title={}::{}", property(&title), data(reason))?;
    }
    // Behind words of ours, so that no name of a file is taken for a command.
    let answer = format!("{}: {}", wording::subject(report), wording::verdict(report));
    writeln!(out, "dlde checked {}", wording::plain(&answer))
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// What was found, where on a page, what was seen, and what to do, on lines of their own.
fn message(verdict: &Verdict, finding: &Finding, submission: &Submission) -> String {
    let mut lines = vec![finding.message.clone()];
    if !matches!(finding.at, Place::Span(_) | Place::Submission) {
        lines.push(wording::place(&finding.at, submission));
    }
    lines.extend(finding.evidence.as_ref().map(|words| format!("“{words}”")));
    let help = wording::help(verdict, finding);
    if !help.is_empty() {
        lines.push(format!("help: {help}"));
    }
    lines.iter().map(|line| data(line)).collect::<Vec<_>>().join("%0A")
}

/// The properties that say where, each with a comma after it; columns are 1-based and half-open here.
fn whereabouts(place: &Place, submission: &Submission, folder: &str) -> String {
    let file = |id| property(&format!("{folder}{}", wording::file_name(id, submission)));
    match place {
        Place::Span(span) => {
            let text = submission.file(span.file).map_or(&[][..], |f| &f.bytes);
            let start = LineColumn::of(text, span.bytes.start);
            let end = LineColumn::of(text, span.bytes.end);
            let mut words = format!("file={},line={},endLine={},", file(span.file), start.line, end.line);
            // Columns mean something only within one line.
            if start.line == end.line {
                words += &format!("col={},endColumn={},", start.column, end.column);
            }
            words
        }
        Place::Page { file: id, .. } | Place::File { file: id, .. } => format!("file={},", file(*id)),
        Place::Submission => String::new(),
    }
}

/// A message on one line.
fn data(text: &str) -> String {
    wording::plain(text).replace('%', "%25")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_command_or_begins_another() {
        assert_eq!(property("a,b::100%\r\n::error::c"), "a%2Cb%3A%3A100%25 %3A%3Aerror%3A%3Ac");
        assert_eq!(data("a\n::error::b"), "a ::error::b");
    }
}
