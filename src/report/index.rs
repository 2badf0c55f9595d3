//! Several papers at a glance: a row a paper, as a page for a browser and as a table for spreadsheets.

use super::csv;
#[cfg(any(test, feature = "html"))]
use super::wording;
use crate::check::{Outcome, Report};
use crate::count;
use crate::finding::Severity;
use crate::rule::Skip;
use std::io;

/// The heads of the table for spreadsheets. `outcome` is `pass`, `fail`, `undetermined` or `not-checked`;
/// `shared` counts the findings that many papers of a batch have alike.
const COLUMNS: [&str; 15] = [
    "submission",
    "title",
    "venue",
    "stage",
    "track",
    "outcome",
    "main_text_pages",
    "limit_pages",
    "errors",
    "warnings",
    "notes",
    "left_open",
    "shared",
    "first_reason",
    "report",
];

/// What the index tells of one submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name, with what leads to it from where the program runs.
    pub(super) name: String,
    /// The report on it: a file beside the index; `None` where none was written.
    pub(super) report: Option<String>,
    /// What came out; `None` where it was not checked.
    pub(super) summary: Option<Summary>,
    /// Why the answer is what it is: the first thing to mend, or what is in the way; empty where all is well.
    pub(super) reason: String,
}

/// What came out of a check.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Summary {
    pub(super) title: String,
    pub(super) venue: String,
    pub(super) stage: &'static str,
    pub(super) track: &'static str,
    pub(super) outcome: Outcome,
    /// Length of the main text and the most there may be, in pages.
    pub(super) pages: Option<f64>,
    pub(super) limit: Option<u32>,
    /// Errors, warnings and notes.
    pub(super) found: [usize; 3],
    /// Rules that could not be determined.
    pub(super) open: usize,
    /// Findings that many papers of the batch have alike.
    pub(super) shared: usize,
}

impl Entry {
    /// A submission that was checked, under the name by which it is told from the others; `file` is its report.
    pub fn of(report: &Report<'_>, name: String, file: Option<String>) -> Self {
        let findings = report.findings();
        let open = report.verdicts.iter().filter_map(|verdict| match &verdict.result {
            Err(Skip::Undetermined(reason)) => Some((verdict.severity, reason)),
            _ => None,
        });
        let number = |level| findings.iter().filter(|(v, f)| v.severity_of(f) == level).count();
        let profile = report.profile;
        let main = &report.paper.main_text;
        let summary = Summary {
            title: report.paper.title.clone().unwrap_or_default(),
            venue: profile.id.clone(),
            stage: profile.stage.id(),
            track: profile.track.id(),
            outcome: report.outcome(),
            pages: main.end.as_ref().map(|_| main.pages),
            limit: profile.main_pages.as_ref().filter(|_| main.end.is_some()).map(|demand| demand.value),
            found: [Severity::Error, Severity::Warning, Severity::Note].map(number),
            open: open.clone().count(),
            shared: 0,
        };
        let first = findings.first().map(|(_, finding)| finding.message.clone());
        let in_the_way = open.max_by_key(|(severity, _)| *severity).map(|(_, reason)| reason.clone());
        let reason = match summary.outcome {
            Outcome::Undetermined => in_the_way.or(first),
            Outcome::Pass | Outcome::Fail => first,
        };
        Self { name, report: file, summary: Some(summary), reason: reason.unwrap_or_default() }
    }

    /// A submission that was not checked, and why.
    pub fn unchecked(name: String, why: String) -> Self {
        Self { name, report: None, summary: None, reason: why }
    }

    /// The answer, as programs name it.
    pub(super) fn outcome(&self) -> &'static str {
        self.summary.as_ref().map_or("not-checked", |summary| summary.outcome.id())
    }

    /// The answer in words.
    pub(super) fn answer(&self) -> &'static str {
        match self.summary.as_ref().map(|summary| summary.outcome) {
            Some(Outcome::Pass) => "may be submitted",
            Some(Outcome::Fail) => "would be turned away",
            Some(Outcome::Undetermined) => "could not be determined",
            None => "not checked",
        }
    }

    /// The title of the paper; empty where none was found.
    #[cfg(any(test, feature = "html"))]
    pub(super) fn title(&self) -> String {
        self.summary.as_ref().map_or(String::new(), |summary| wording::plain(&summary.title))
    }

    fn cells(&self) -> Vec<String> {
        let told = self.summary.as_ref();
        let words = |word: fn(&Summary) -> &str| told.map_or(String::new(), |s| word(s).to_owned());
        let number = |at: usize| told.map_or(String::new(), |s| s.found[at].to_string());
        vec![
            self.name.clone(),
            words(|s| &s.title),
            words(|s| &s.venue),
            words(|s| s.stage),
            words(|s| s.track),
            self.outcome().to_owned(),
            told.and_then(|s| s.pages).map_or(String::new(), |pages| format!("{pages:.2}")),
            told.and_then(|s| s.limit).map_or(String::new(), |limit| limit.to_string()),
            number(0),
            number(1),
            number(2),
            told.map_or(String::new(), |s| s.open.to_string()),
            told.map_or(String::new(), |s| s.shared.to_string()),
            self.reason.clone(),
            self.report.clone().unwrap_or_default(),
        ]
    }
}

/// How many there are of each answer: `3 papers: 2 would be turned away, 1 may be submitted`.
pub fn sum(entries: &[Entry]) -> String {
    let kinds = ["fail", "undetermined", "not-checked", "pass"];
    let number = |kind: &str| {
        let of_kind = || entries.iter().filter(|entry| entry.outcome() == kind);
        of_kind().next().map(|first| format!("{} {}", of_kind().count(), first.answer()))
    };
    let parts: Vec<_> = kinds.into_iter().filter_map(number).collect();
    format!("{}: {}", count::counted(entries.len(), "paper", "papers"), parts.join(", "))
}

/// Writes the table for spreadsheets: heads, and a row a submission in the order they were named in.
///
/// # Errors
/// What the sink says.
pub fn write_csv(entries: &[Entry], out: &mut dyn io::Write) -> io::Result<()> {
    csv::row(out, &COLUMNS.map(str::to_owned))?;
    entries.iter().try_for_each(|entry| csv::row(out, &entry.cells()))
}

/// Writes the page for a browser: the same rows, sorted and filtered by a small script where scripts are on.
///
/// `shared` are sentences on what many of the papers have alike.
///
/// # Errors
/// What the sink says.
#[cfg(feature = "html")]
pub fn write_html(entries: &[Entry], shared: &[String], out: &mut dyn io::Write) -> io::Result<()> {
    super::html::index::write(entries, shared, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_checked_is_counted_as_such() {
        let entries = ["a.pdf", "b.pdf"].map(|name| Entry::unchecked(name.to_owned(), "is gone".to_owned()));
        assert_eq!(sum(&entries), "2 papers: 2 not checked");
        let mut table = Vec::new();
        write_csv(&entries[..1], &mut table).expect("memory takes it");
        let table = String::from_utf8(table).expect("UTF-8");
        assert!(table.ends_with("\r\na.pdf,,,,,not-checked,,,,,,,,\"is gone\",\r\n"), "{table}");
    }
}
