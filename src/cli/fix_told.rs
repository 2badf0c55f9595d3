//! What `dlde fix` says of its work: what a check finds before, and what is left to the author after.

use crate::check::Report;
use crate::finding::Finding;
use crate::report::{place_of_note, plain, verdict};
use std::fmt::Write as _;
use std::io::Write as _;

/// What a check says of the paper as it was handed in.
pub(super) fn before(report: &Report<'_>) -> String {
    format!("\nbefore: {}\n{}", verdict(report), findings(report))
}

/// What a check says of the paper as it is now, and so what its authors have to mend themselves.
pub(super) fn after(report: &Report<'_>) -> String {
    let left = findings(report);
    let verdict = verdict(report);
    if left.is_empty() {
        return format!("\nafter: {verdict}\nleft to you: nothing that a check finds\n");
    }
    format!(
        "\nafter: {verdict}\nleft to you, since a fix does not decide it (`dlde explain NAME` tells what to do):\n{left}"
    )
}

/// One line for each finding, with its place.
fn findings(report: &Report<'_>) -> String {
    let mut text = String::new();
    for (verdict, finding) in report.findings() {
        let severity = verdict.severity_of(finding).id();
        let rule = verdict.rule;
        let said = said(finding, report);
        let _ = writeln!(text, "  {severity:7}  {} ({}): {said}", rule.name, rule.code);
    }
    text
}

fn said(finding: &Finding, report: &Report<'_>) -> String {
    plain(&format!("{}{}", finding.message, place_of_note(finding, report.submission)))
}

/// Names with a word on each, under a heading; nothing where there are none.
pub(super) fn listed(title: &str, names: &[(String, String)]) -> String {
    let mut text = String::new();
    if !names.is_empty() {
        let _ = writeln!(text, "\n{title}:");
    }
    for (name, why) in names {
        let _ = writeln!(text, "  {}: {why}", plain(name));
    }
    text
}

/// Says something beside what was asked for, on standard error. Where that is gone, nobody is left to tell.
pub(super) fn aside(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
