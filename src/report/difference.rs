//! What has changed since an earlier report of the same paper: what was mended, what is new, what remains.

use super::{digest, wording};
use crate::check::{Report, Verdict};
use crate::count::counted;
use crate::finding::Finding;
use crate::rule::Skip;
use serde::Deserialize;
use std::io;

/// An earlier report, as `--format json` wrote it; what is not needed here is not read.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    submission: Named,
    findings: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

/// A finding of the earlier report.
#[derive(Debug, Deserialize)]
struct Told {
    code: String,
    rule: String,
    message: String,
    fingerprint: String,
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

    /// Tells what has changed, a line each; what can no longer be told is not called mended.
    ///
    /// # Errors
    /// What the sink says.
    pub fn write(&self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
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
        let (open, mended): (Vec<_>, Vec<_>) = before.into_iter().partition(|old| !is_answered(report, old));
        writeln!(out, "\nsince the earlier report:")?;
        for old in &mended {
            line(out, "mended", &format!("{} ({}): {}", old.rule, old.code, old.message))?;
        }
        for (verdict, finding) in &new {
            line(out, "new", &format!("{}: {}", wording::rule_name(verdict.rule), finding.message))?;
        }
        for (verdict, finding, old) in &changed {
            let rule = wording::rule_name(verdict.rule);
            line(out, "changed", &format!("{rule}: {}; before: {}", finding.message, old.message))?;
        }
        for old in &open {
            let words =
                format!("{} ({}): {}; this time it could not be determined", old.rule, old.code, old.message);
            line(out, "open", &words)?;
        }
        line(out, "as before", &counted(same, "finding", "findings"))
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

fn line(out: &mut dyn io::Write, what: &str, words: &str) -> io::Result<()> {
    writeln!(out, "  {what}: {}", wording::plain(words))
}
