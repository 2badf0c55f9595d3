//! An earlier report, as `--format json` wrote it, to compare a new one with.

use crate::audience::Audience;
use crate::check::Report;
use crate::count::counted;
use crate::submission::File;
use serde::{Deserialize, Serialize};

/// An earlier report; what is not needed here is not read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Earlier {
    /// Who it was made for, by id; reports from before this key was written do not tell.
    audience: Option<String>,
    submission: Named,
    paper: Option<Titled>,
    pub(super) findings: Vec<Told>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    files: Vec<Digested>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Digested {
    sha256: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Titled {
    title: Option<String>,
}

/// A finding of the earlier report.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(super) struct Told {
    pub(super) code: String,
    pub(super) rule: String,
    pub(super) message: String,
    pub(super) fingerprint: String,
    #[serde(default, skip_serializing)]
    pub(super) place: Spot,
}

/// Where it was, as far as reviewers are told too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Spot {
    /// 1-based; `None` off the pages.
    pub(super) page: Option<u32>,
}

/// What stands where reviewers are not told what an author was told.
const WITHHELD: &str = "withheld from reviewers";

impl Earlier {
    /// Reads reports, one a line, and takes the one on the submission of that name, or the only one.
    ///
    /// # Errors
    /// Why it is none, as a sentence that lacks its subject.
    pub fn parse(text: &[u8], name: &str) -> Result<Self, String> {
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let mut reports: Vec<Self> = match serde_json::from_slice(text) {
            Ok(report) => vec![report],
            Err(_) => lines
                .map(serde_json::from_slice)
                .collect::<Result<_, _>>()
                .map_err(|_| "is not a JSON report of dlde".to_owned())?,
        };
        let at = reports.iter().position(|report| report.submission.name == name);
        match at {
            Some(at) => Ok(reports.swap_remove(at)),
            None if reports.len() == 1 => Ok(reports.remove(0)),
            None => Err(format!("holds {}, none on {name}", counted(reports.len(), "report", "reports"))),
        }
    }

    /// Whether it was made for readers who must not learn who the authors are.
    pub(super) fn is_blind(&self) -> bool {
        self.audience.as_deref() == Some(Audience::Reviewer.id())
    }

    /// Its findings, as whoever reads the new report may see them.
    pub(super) fn findings_for(&self, audience: Audience) -> Vec<Told> {
        let mut findings = self.findings.clone();
        if audience == Audience::Reviewer && !self.is_blind() {
            findings.iter_mut().for_each(|told| told.message = WITHHELD.to_owned());
        }
        findings
    }

    /// What whoever compares the two has to know: that they are on different papers, or for different readers.
    pub fn warnings(&self, report: &Report<'_>) -> Vec<String> {
        let is_for_reviewers = report.audience == Audience::Reviewer;
        let mut warnings = Vec::new();
        if self.is_on_another(report) {
            let Named { name, .. } = &self.submission;
            let name = if is_for_reviewers { "its name is withheld" } else { name };
            let title = self.title().map_or(String::new(), |title| format!(", {title}"));
            warnings.push(format!("that report is on another paper: {name}{title}"));
        }
        match (self.is_blind(), is_for_reviewers) {
            (true, false) => warnings.push(
                "that report was made for reviewers; what they are not shown may be called new".to_owned(),
            ),
            (false, true) => warnings.push(
                "that report was not made for reviewers; what it says is withheld from them".to_owned(),
            ),
            _ => {}
        }
        warnings
    }

    /// Whether neither the file nor the title nor the name is the same. Names that stand in for others tell nothing.
    fn is_on_another(&self, report: &Report<'_>) -> bool {
        let Named { name, files } = &self.submission;
        let paper = report.paper.file.and_then(|id| report.submission.file(id));
        let digest = paper.map(File::sha256);
        if digest.is_some_and(|digest| files.iter().any(|file| file.sha256 == digest)) {
            return false;
        }
        let is_named = !self.is_blind() && report.audience != Audience::Reviewer;
        let names = is_named.then(|| *name == report.submission.name);
        let titles = self.title().zip(report.paper.title.as_deref()).map(|(old, new)| is_same(old, new));
        names != Some(true) && titles != Some(true) && (names.is_some() || titles.is_some())
    }

    fn title(&self) -> Option<&str> {
        self.paper.as_ref().and_then(|paper| paper.title.as_deref())
    }
}

/// Whether two titles are of the same words, however they are broken and capitalised.
fn is_same(one: &str, other: &str) -> bool {
    let words = |title: &str| title.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(one) == words(other)
}
