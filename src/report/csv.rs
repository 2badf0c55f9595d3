//! The report for spreadsheets: a row for the paper, one a finding, and one a rule that was left open.
//!
//! Source: RFC 4180.

use super::line_column::LineColumn;
use super::wording;
use crate::check::{Report, Verdict};
use crate::finding::Finding;
use crate::place::Place;
use crate::rule::Skip;
use crate::submission::Submission;
use std::io;

/// The heads of the columns. `kind` is `paper`, `finding` or `undetermined`.
const COLUMNS: [&str; 15] = [
    "submission",
    "venue",
    "kind",
    "outcome",
    "code",
    "rule",
    "severity",
    "confidence",
    "file",
    "page",
    "line",
    "column",
    "message",
    "evidence",
    "what_to_do",
];

/// The heads and the rows.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    row(out, &COLUMNS.map(str::to_owned))?;
    let lead = |kind: &str, outcome: &str| {
        [&report.submission.name, &report.profile.id, kind, outcome].map(str::to_owned).to_vec()
    };
    let mut paper = lead("paper", report.outcome().id());
    paper.resize(COLUMNS.len() - 3, String::new());
    paper.push(wording::verdict(report));
    paper.extend([wording::main_text(report).unwrap_or_default(), String::new()]);
    row(out, &paper)?;
    for (verdict, finding) in report.findings() {
        row(out, &[lead("finding", "finding"), cells(verdict, finding, report.submission)].concat())?;
    }
    for verdict in &report.verdicts {
        let Err(Skip::Undetermined(reason)) = &verdict.result else { continue };
        let mut cells = lead("undetermined", "undetermined");
        cells.extend([verdict.rule.code, verdict.rule.name, verdict.severity.id()].map(str::to_owned));
        cells.resize(COLUMNS.len() - 3, String::new());
        cells.extend([reason.clone(), String::new(), String::new()]);
        row(out, &cells)?;
    }
    Ok(())
}

/// The columns from the code on.
fn cells(verdict: &Verdict, finding: &Finding, submission: &Submission) -> Vec<String> {
    let rule = verdict.rule;
    let words = [rule.code, rule.name, verdict.severity_of(finding).id(), finding.confidence.id()];
    let mut cells = words.map(str::to_owned).to_vec();
    cells.extend(whereabouts(&finding.at, submission));
    cells.push(finding.message.clone());
    cells.push(finding.evidence.clone().unwrap_or_default());
    cells.push(wording::help(verdict, finding));
    cells
}

/// File, page, line and column; the line of a page is the number printed in its margin.
fn whereabouts(place: &Place, submission: &Submission) -> [String; 4] {
    let none = String::new;
    match place {
        Place::Span(span) => {
            let text = submission.file(span.file).map_or(&[][..], |f| &f.bytes);
            let LineColumn { line, column } = LineColumn::of(text, span.bytes.start);
            let name = wording::file_name(span.file, submission);
            [name.to_owned(), none(), line.to_string(), column.to_string()]
        }
        Place::Page { file, page, line_number, .. } => {
            let name = wording::file_name(*file, submission).to_owned();
            [name, page.to_string(), line_number.map_or_else(none, |n| n.to_string()), none()]
        }
        Place::File { .. } => [wording::place(place, submission), none(), none(), none()],
        Place::Submission => [none(), none(), none(), none()],
    }
}

/// One row, every cell as it has to be written.
pub(super) fn row(out: &mut dyn io::Write, cells: &[String]) -> io::Result<()> {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(&wording::plain(cell))).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell, in quotes where it has to be. What a spreadsheet would run as a formula is made a text.
fn quoted(cell: &str) -> String {
    let runs = cell.trim_start().starts_with(['=', '+', '-', '@']);
    let text = if runs { format!("'{cell}") } else { cell.to_owned() };
    if text.contains([',', '"', ' ']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        assert_eq!(quoted("PAGE001"), "PAGE001");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted(" @sum"), "\"' @sum\"");
    }
}
