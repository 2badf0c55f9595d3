//! Findings for an editor: each on the lines where it stands, or on the main source where it stands in none.
//!
//! Source: Language Server Protocol 3.17, "Position" and "Diagnostic".

use super::wording;
use crate::check::{Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::place::{FileId, Place, Span};
use crate::rule::{Rule, Skip};
use crate::submission::Submission;
use std::collections::BTreeMap;
use std::ops::Range;

/// A place in a text as editors count: from 0, characters in units of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Lines before it; each ends with a line feed, a carriage return, or both.
    pub line: u32,
    /// Units of UTF-16 before it on its line. What is no UTF-8 counts as one unit.
    pub character: u32,
}

impl Position {
    /// Where a byte stands; the end of the text for an offset beyond it.
    pub fn of(text: &[u8], offset: usize) -> Self {
        let before = &text[..text.len().min(offset)];
        let ends_line = |at: usize| match before[at] {
            b'\n' => true,
            b'\r' => text.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = (0..before.len()).filter(|at| ends_line(*at));
        let (lines, start) = ends.fold((0, 0), |(lines, _), at| (lines + 1, at + 1));
        let units = String::from_utf8_lossy(&before[start..]).encode_utf16().count();
        Self { line: lines, character: u32::try_from(units).unwrap_or(u32::MAX) }
    }

    /// Where bytes stand, half-open.
    pub fn of_range(text: &[u8], bytes: Range<usize>) -> Range<Self> {
        Self::of(text, bytes.start)..Self::of(text, bytes.end)
    }
}

/// Something to be shown in an editor.
#[derive(Clone)]
pub struct Diagnostic {
    /// The source that it stands in; `None` where it stands in none and is shown at the top of the main one.
    pub file: Option<FileId>,
    /// Where in that source, half-open.
    pub range: Range<Position>,
    /// How grave it is.
    pub severity: Severity,
    /// The rule; `None` where several were left open for the same reason.
    pub rule: Option<&'static Rule>,
    /// Where the rule is explained.
    pub url: Option<String>,
    /// What was found, where if not in a source, and what to do.
    pub message: String,
    /// Further places in sources, each with a few words.
    pub related: Vec<(FileId, Range<Position>, String)>,
}

/// Every finding, gravest first, then what was left open, once a reason.
pub fn diagnostics(report: &Report<'_>) -> Vec<Diagnostic> {
    let findings = report.findings().into_iter().map(|(verdict, found)| of_finding(report, verdict, found));
    let mut open: BTreeMap<(&str, bool), Vec<&Verdict>> = BTreeMap::new();
    for verdict in &report.verdicts {
        if let Err(Skip::Undetermined(reason)) = &verdict.result {
            open.entry((reason, verdict.severity != Severity::Error)).or_default().push(verdict);
        }
    }
    findings.chain(open.into_iter().map(|((reason, _), verdicts)| of_open(reason, &verdicts))).collect()
}

fn of_finding(report: &Report<'_>, verdict: &Verdict, finding: &Finding) -> Diagnostic {
    let submission = report.submission;
    let span = in_source(&finding.at, submission);
    let mut lines = vec![finding.message.clone()];
    if span.is_none() && !matches!(finding.at, Place::Submission) {
        lines[0] = format!("{}: {}", wording::place(&finding.at, submission), finding.message);
        lines.extend(finding.evidence.as_ref().map(|words| format!("“{words}”")));
    }
    let help = wording::help(verdict, finding);
    if !help.is_empty() {
        lines.push(format!("help: {help}"));
    }
    let related = finding.related.iter().filter_map(|(at, words)| {
        let span = in_source(at, submission)?;
        Some((span.file, range(span, submission), wording::plain(words)))
    });
    Diagnostic {
        file: span.map(|span| span.file),
        range: span.map(|span| range(span, submission)).unwrap_or_default(),
        severity: verdict.severity_of(finding),
        rule: Some(verdict.rule),
        url: Some(wording::rule_url(verdict.rule)),
        message: lines.iter().map(|line| wording::plain(line)).collect::<Vec<_>>().join("\n"),
        related: related.collect(),
    }
}

/// Rules that were left open for one reason. They are no findings: the gravest is a warning.
fn of_open(reason: &str, verdicts: &[&Verdict]) -> Diagnostic {
    let is_error = verdicts.iter().any(|verdict| verdict.severity == Severity::Error);
    let names: Vec<String> = verdicts.iter().map(|verdict| wording::rule_name(verdict.rule)).collect();
    let only = if let [one] = verdicts { Some(one.rule) } else { None };
    Diagnostic {
        file: None,
        range: Range::default(),
        severity: if is_error { Severity::Warning } else { Severity::Note },
        rule: only,
        url: only.map(wording::rule_url),
        message: wording::plain(&format!("could not be determined: {}", wording::left_open(&names, reason))),
        related: Vec::new(),
    }
}

/// The bytes of a file that an editor can open; `None` for pages, files and members of archives.
fn in_source<'a>(place: &'a Place, submission: &Submission) -> Option<&'a Span> {
    let Place::Span(span) = place else { return None };
    submission.file(span.file).filter(|file| !file.name.contains("!/")).map(|_| span)
}

fn range(span: &Span, submission: &Submission) -> Range<Position> {
    let text = submission.file(span.file).map_or(&[][..], |file| &file.bytes);
    Position::of_range(text, span.bytes.start as usize..span.bytes.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_units_of_utf_16() {
        let text = "a\nä 𝔘x\r\ny\rz".as_bytes();
        let at = |found: &str| {
            let offset =
                text.windows(found.len()).position(|part| part == found.as_bytes()).expect("is there");
            let Position { line, character } = Position::of(text, offset);
            (line, character)
        };
        assert_eq!((at("a"), at("ä"), at("𝔘"), at("x")), ((0, 0), (1, 0), (1, 2), (1, 4)));
        assert_eq!((at("y"), at("z")), ((2, 0), (3, 0)));
        assert_eq!(Position::of(text, 999), Position { line: 3, character: 1 });
        assert_eq!(Position::of(b"\xe4\xf6 b", 3), Position { line: 0, character: 3 });
    }
}
