//! The results of a batch: one object a line, each on one submission, whatever became of it.
//!
//! A record holds no clock and no path, so that the same submission gives the same line.

use super::index::{Entry, Summary};
use crate::check::Outcome;
use crate::finding::Severity;
use crate::profile::{Stage, Track};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It was checked.
    Ok,
    /// There is no paper in it that can be read.
    Unreadable,
    /// Its check took longer than allowed.
    Timeout,
    /// Its check ended by itself.
    Crashed,
}

/// One line of the results.
#[derive(Debug, Clone)]
pub struct Record {
    /// What the submission is called among the others.
    pub id: String,
    /// Digest of its content, of what it was checked against, and of this program's version.
    pub key: String,
    /// What became of it.
    pub status: Status,
    /// Why there is no report; `None` where there is one.
    pub reason: Option<String>,
    /// The report, one JSON object of its published schema.
    pub report: Option<Box<RawValue>>,
}

#[derive(Serialize, Deserialize)]
struct Keys<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    key: std::borrow::Cow<'a, str>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    report: Option<&'a RawValue>,
}

impl Record {
    /// A submission with the report that a worker gave: one JSON object, UTF-8.
    ///
    /// `None` for bytes that are none.
    pub fn checked(id: String, key: String, is_read: bool, report: Vec<u8>) -> Option<Self> {
        let report = RawValue::from_string(String::from_utf8(report).ok()?).ok()?;
        let is_line = report.get().starts_with('{') && !report.get().contains('\n');
        let status = if is_read { Status::Ok } else { Status::Unreadable };
        is_line.then_some(Self { id, key, status, reason: None, report: Some(report) })
    }

    /// A submission without a report, and why.
    pub fn unchecked(id: String, key: String, status: Status, reason: impl Into<String>) -> Self {
        Self { id, key, status, reason: Some(reason.into()), report: None }
    }

    /// The line, with its end.
    ///
    /// # Errors
    /// None for what the constructors give.
    pub fn line(&self) -> Result<String, serde_json::Error> {
        let keys = Keys {
            id: self.id.as_str().into(),
            key: self.key.as_str().into(),
            status: self.status,
            reason: self.reason.clone(),
            report: self.report.as_deref(),
        };
        serde_json::to_string(&keys).map(|line| line + "\n")
    }

    /// Reads a line; `None` for one that is none.
    pub fn parse(line: &str) -> Option<Self> {
        let keys: Keys<'_> = serde_json::from_str(line).ok()?;
        Some(Self {
            id: keys.id.into_owned(),
            key: keys.key.into_owned(),
            status: keys.status,
            reason: keys.reason,
            report: keys.report.map(ToOwned::to_owned),
        })
    }

    /// What it says: the report is read, which takes its time.
    pub fn gist(&self) -> Gist {
        let told = self.report.as_ref().and_then(|report| serde_json::from_str(report.get()).ok());
        Gist { id: self.id.clone(), reason: self.reason.clone(), told }
    }
}

/// What a record says, without the text of its report: all it takes to set it beside others.
#[derive(Debug, Clone, PartialEq)]
pub struct Gist {
    /// What the submission is called among the others.
    pub id: String,
    /// Why there is no report; `None` where there is one.
    pub reason: Option<String>,
    /// What the report says; `None` where there is none, or none that can be read.
    pub told: Option<Told>,
}

/// What is read of a report in JSON to set it beside others.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Told {
    verdict: String,
    profile: ToldProfile,
    paper: Option<ToldPaper>,
    verdicts: Vec<ToldVerdict>,
    /// Its findings, errors first.
    pub findings: Vec<ToldFinding>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct ToldProfile {
    id: String,
    stage: String,
    track: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct ToldPaper {
    title: Option<String>,
    main_text: ToldLength,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct ToldLength {
    pages: Option<f64>,
    limit: Option<u32>,
    end: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct ToldVerdict {
    severity: String,
    outcome: String,
    reason: Option<String>,
}

/// A finding of a report.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ToldFinding {
    /// The rule's code.
    pub code: String,
    /// The rule's name.
    pub rule: String,
    severity: String,
    /// What it says.
    pub message: String,
    /// The words that were seen.
    pub evidence: Option<String>,
}

#[cfg(test)]
impl Told {
    /// A report with these findings, by code and words.
    pub(crate) fn of(findings: &[(&str, &str)]) -> Self {
        let finding = |(code, words): &(&str, &str)| ToldFinding {
            code: (*code).to_owned(),
            rule: "r".to_owned(),
            severity: "error".to_owned(),
            message: (*words).to_owned(),
            evidence: None,
        };
        let [id, stage, track] = ["v", "submission", "regular"].map(str::to_owned);
        Self {
            verdict: "fail".to_owned(),
            profile: ToldProfile { id, stage, track },
            paper: None,
            verdicts: Vec::new(),
            findings: findings.iter().map(finding).collect(),
        }
    }
}

fn severity(id: &str) -> Severity {
    let all = [Severity::Error, Severity::Warning, Severity::Note];
    all.into_iter().find(|severity| severity.id() == id).unwrap_or(Severity::Error)
}

impl ToldFinding {
    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        severity(&self.severity)
    }
}

impl Told {
    /// Whether a demand that turns papers away could not be determined, or no paper was read.
    pub fn is_open(&self) -> bool {
        self.paper.is_none() || self.open().any(|verdict| verdict.severity == Severity::Error.id())
    }

    fn open(&self) -> impl Iterator<Item = &ToldVerdict> {
        self.verdicts.iter().filter(|verdict| verdict.outcome == "undetermined")
    }

    /// The title of the paper, as far as it was read.
    pub fn title(&self) -> Option<&str> {
        self.paper.as_ref()?.title.as_deref()
    }

    /// What says most about the verdict: what keeps it open, or the finding that weighs most. What the paper has to
    /// itself says more than what it shares with others. `None` where there is nothing to say.
    pub fn reason(&self, is_shared: impl Fn(&ToldFinding) -> bool) -> Option<String> {
        let own = self.findings.iter().find(|finding| !is_shared(finding)).or(self.findings.first());
        let first = own.map(|finding| finding.message.clone());
        let in_the_way = self.open().max_by_key(|verdict| severity(&verdict.severity));
        match self.outcome() {
            Outcome::Undetermined => in_the_way.and_then(|verdict| verdict.reason.clone()).or(first),
            Outcome::Pass | Outcome::Fail => first,
        }
    }

    /// The answer for the submission.
    pub fn outcome(&self) -> Outcome {
        let all = [Outcome::Pass, Outcome::Fail, Outcome::Undetermined];
        all.into_iter().find(|outcome| outcome.id() == self.verdict).unwrap_or(Outcome::Undetermined)
    }
}

impl Entry {
    /// The row of a submission; `file` is the report as a page, beside the index, and `is_shared` tells findings that
    /// many papers of the batch have from those of this one.
    pub fn of_gist(
        gist: &Gist,
        file: Option<String>,
        is_shared: impl Fn(&ToldFinding) -> bool + Copy,
    ) -> Self {
        let Some(told) = &gist.told else {
            let reason = gist.reason.clone().unwrap_or_else(|| "its report cannot be read".to_owned());
            return Self::unchecked(gist.id.clone(), reason);
        };
        let number = |level| told.findings.iter().filter(|f| f.severity() == level).count();
        let main = told.paper.as_ref().map(|paper| &paper.main_text).filter(|main| main.end.is_some());
        let outcome = told.outcome();
        let summary = Summary {
            title: told.paper.as_ref().and_then(|paper| paper.title.clone()).unwrap_or_default(),
            venue: told.profile.id.clone(),
            stage: Stage::ALL.into_iter().find(|s| s.id() == told.profile.stage).map_or("", Stage::id),
            track: Track::ALL.into_iter().find(|t| t.id() == told.profile.track).map_or("", Track::id),
            outcome,
            pages: main.and_then(|main| main.pages),
            limit: main.and_then(|main| main.limit),
            found: [Severity::Error, Severity::Warning, Severity::Note].map(number),
            open: told.open().count(),
            shared: told.findings.iter().filter(|finding| is_shared(finding)).count(),
        };
        let reason = told.reason(is_shared).unwrap_or_default();
        Self { name: gist.id.clone(), report: file, summary: Some(summary), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Selection, check};
    use crate::profile::{BUILTIN, ProfileFile};
    use crate::report::{Format, Look};
    use crate::submission::Submission;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let report = br#"{"verdict":"pass"}"#.to_vec();
        let record = Record::checked("a \"b\".pdf".to_owned(), "00".to_owned(), true, report).expect("JSON");
        let line = record.line().expect("a line");
        let expected = "{\"id\":\"a \\\"b\\\".pdf\",\"key\":\"00\",\"status\":\"ok\",\"report\":{\"verdict\":\"pass\"}}\n";
        assert_eq!(line, expected);
        assert_eq!(Record::parse(&line).expect("a record").line().expect("a line"), line);
        assert!(Record::parse(&line[..line.len() - 4]).is_none(), "it is torn");
        let timeout = Record::unchecked("7".to_owned(), "11".to_owned(), Status::Timeout, "took too long");
        let line = timeout.line().expect("a line");
        assert_eq!(
            line,
            "{\"id\":\"7\",\"key\":\"11\",\"status\":\"timeout\",\"reason\":\"took too long\"}\n"
        );
    }

    #[test]
    fn what_is_no_report_is_no_record() {
        let one = |bytes: &[u8]| Record::checked("a".to_owned(), String::new(), true, bytes.to_vec());
        assert!(
            one(b"{").is_none() && one(b"{\n}").is_none() && one(b"[]").is_none() && one(b"\xff").is_none()
        );
    }

    #[test]
    fn a_record_gives_the_row_that_its_report_gives() {
        let (id, text) = BUILTIN[0];
        let profile =
            ProfileFile::parse(id, text).expect("sound").profile(Stage::default(), Track::default());
        for bytes in [&b"%PDF-1.5 torn"[..], b"\\documentclass{article}\\author{Mira Quist}"] {
            let submission = Submission::single("paper.tex".to_owned(), bytes.to_vec());
            let report = check(&submission, &profile, &Selection::default());
            let mut line = Vec::new();
            Format::Json.write(&report, &Look::default(), &mut line).expect("memory takes it");
            line.pop();
            let record = Record::checked("paper.tex".to_owned(), String::new(), false, line).expect("JSON");
            let entry = Entry::of_gist(&record.gist(), None, |_| false);
            assert_eq!(entry, Entry::of(&report, "paper.tex".to_owned(), None));
        }
    }
}
