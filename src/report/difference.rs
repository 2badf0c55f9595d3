//! What has changed since an earlier report of the same paper: what was mended, what is new, what remains.

use super::{digest, wording};
use crate::check::{Report, Verdict};
use crate::count::counted;
use crate::finding::Finding;
use crate::rule::Skip;
use serde::{Deserialize, Serialize};

/// An earlier report, as `--format json` wrote it; what is not needed here is not read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Earlier {
    submission: Named,
    findings: Vec<Told>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Named {
    name: String,
}

/// A finding of the earlier report.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(super) struct Told {
    pub(super) code: String,
    rule: String,
    message: String,
    fingerprint: String,
}

/// What has changed.
pub(super) struct Difference<'a> {
    /// No longer found, though it was looked for.
    pub(super) mended: Vec<&'a Told>,
    /// Found now and not before.
    pub(super) new: Vec<(&'a Verdict, &'a Finding)>,
    /// Found by a rule that found something else before.
    pub(super) changed: Vec<(&'a Verdict, &'a Finding, &'a Told)>,
    /// Found before; this time nobody can tell.
    pub(super) open: Vec<&'a Told>,
    /// Findings that were there before and still are.
    pub(super) same: usize,
}

impl Earlier {
    /// Reads reports, one a line, and takes the one on the submission of that name, or the only one.
    ///
    /// # Errors
    /// Why it is none, as a sentence that lacks its subject.
    pub fn parse(text: &str, name: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let mut reports: Vec<Self> = match serde_json::from_str(text) {
            Ok(report) => vec![report],
            Err(_) => lines
                .map(serde_json::from_str)
                .collect::<Result<_, _>>()
                .map_err(|_| "is no report that `--format json` wrote".to_owned())?,
        };
        let at = reports.iter().position(|report| report.submission.name == name);
        match at {
            Some(at) => Ok(reports.swap_remove(at)),
            None if reports.len() == 1 => Ok(reports.remove(0)),
            None => Err(format!("holds {}, none on {name}", counted(reports.len(), "report", "reports"))),
        }
    }

    /// What has changed since; what can no longer be told is not called mended.
    pub(super) fn compare<'a>(&'a self, report: &'a Report<'_>) -> Difference<'a> {
        let mut before: Vec<&Told> = self.findings.iter().collect();
        let mut now = report.findings();
        let all = now.len();
        // The same finding bears the same fingerprint; each stands for one of the earlier ones.
        now.retain(|(verdict, finding)| take(&mut before, |old| is_same(old, verdict, finding)).is_none());
        let same = all - now.len();
        let (mut changed, mut new) = (Vec::new(), Vec::new());
        for (verdict, finding) in now {
            match take(&mut before, |old| old.code == verdict.rule.code) {
                Some(old) => changed.push((verdict, finding, old)),
                None => new.push((verdict, finding)),
            }
        }
        let (open, mended) = before.into_iter().partition(|old| !is_answered(report, old));
        Difference { mended, new, changed, open, same }
    }
}

impl Difference<'_> {
    /// A line each: the kind of change, and what has changed.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let told = |old: &Told| format!("{} ({}): {}", old.rule, old.code, old.message);
        let found = |v: &Verdict, f: &Finding| format!("{}: {}", wording::rule_name(v.rule), f.message);
        let mended = self.mended.iter().map(|old| ("mended", told(old)));
        let new = self.new.iter().map(|(verdict, finding)| ("new", found(verdict, finding)));
        let changed = self.changed.iter().map(|(verdict, finding, old)| {
            ("changed", format!("{}; before: {}", found(verdict, finding), old.message))
        });
        let open = self.open.iter();
        let open = open.map(|old| ("open", format!("{}; this time it could not be determined", told(old))));
        let same = ("as before", counted(self.same, "finding", "findings"));
        mended.chain(new).chain(changed).chain(open).chain([same]).collect()
    }
}

/// Takes out the first of which this holds.
fn take<'a>(before: &mut Vec<&'a Told>, is_meant: impl Fn(&Told) -> bool) -> Option<&'a Told> {
    let at = before.iter().position(|old| is_meant(old))?;
    Some(before.remove(at))
}

fn is_same(old: &Told, verdict: &Verdict, finding: &Finding) -> bool {
    old.code == verdict.rule.code && old.fingerprint == digest::fingerprint(verdict, finding)
}

/// Whether the rule was run this time and came to an answer.
fn is_answered(report: &Report<'_>, old: &Told) -> bool {
    let verdict = report.verdicts.iter().find(|verdict| verdict.rule.code == old.code);
    verdict.is_some_and(|verdict| !matches!(verdict.result, Err(Skip::Undetermined(_))))
}
