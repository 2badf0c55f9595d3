//! Runs every selected rule once and puts what came out in order.

use crate::finding::{Confidence, Finding, Severity};
use crate::paper::Paper;
use crate::place::Place;
use crate::problem::Problem;
use crate::profile::Profile;
use crate::rule::{Case, Input, Rule, Skip};
use crate::rules::RULES;
use crate::submission::Submission;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Which rules to run: by code, family, name or earlier name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; empty means all.
    pub select: Vec<String>,
    /// Never these.
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether the rule is to be run.
    pub fn holds(&self, rule: &Rule) -> bool {
        let named = |words: &[String]| words.iter().any(|w| rule.answers_to(w));
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }

    /// The first word that no rule answers to.
    pub fn unknown(&self) -> Option<&str> {
        let known = |word: &&String| RULES.iter().any(|r| r.answers_to(word));
        self.select.iter().chain(&self.ignore).find(|w| !known(w)).map(String::as_str)
    }
}

/// What one rule said.
pub struct Verdict {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity under this profile.
    pub severity: Severity,
    /// Findings in order of place; an empty list is a pass.
    pub result: Result<Vec<Finding>, Skip>,
}

impl Verdict {
    /// The severity of one of its findings: the rule's, or lower.
    pub fn severity_of(&self, finding: &Finding) -> Severity {
        finding.severity.map_or(self.severity, |s| s.min(self.severity))
    }
}

/// The answer for a submission as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No error, and every error-level demand was determined.
    Pass,
    /// At least one error.
    Fail,
    /// No error, but an error-level demand could not be determined.
    Undetermined,
}

impl Outcome {
    /// The name used in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undetermined => "undetermined",
        }
    }
}

/// Everything that is known about a submission, in order, ready to be shown.
pub struct Report<'a> {
    /// What was handed in.
    pub submission: &'a Submission,
    /// What the venue demands.
    pub profile: &'a Profile,
    /// Which rules were run.
    pub selection: Selection,
    /// What the submission is.
    pub paper: Paper,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// One per rule that was run, in order of code.
    pub verdicts: Vec<Verdict>,
}

impl Report<'_> {
    /// Every finding with its verdict: errors first, then by code and place.
    pub fn findings(&self) -> Vec<(&Verdict, &Finding)> {
        let mut all: Vec<_> =
            self.verdicts.iter().flat_map(|v| v.result.iter().flatten().map(move |f| (v, f))).collect();
        all.sort_by_key(|(v, f)| std::cmp::Reverse(v.severity_of(f)));
        all
    }

    /// The answer for the submission as a whole.
    pub fn outcome(&self) -> Outcome {
        let undetermined =
            |v: &Verdict| v.severity == Severity::Error && matches!(v.result, Err(Skip::Undetermined(_)));
        if self.has_finding_at(Severity::Error) {
            Outcome::Fail
        } else if self.verdicts.iter().any(undetermined) {
            Outcome::Undetermined
        } else {
            Outcome::Pass
        }
    }

    /// Whether a finding is at least as severe as `level`.
    pub fn has_finding_at(&self, level: Severity) -> bool {
        self.findings().iter().any(|(v, f)| v.severity_of(f) >= level)
    }
}

/// Reads the submission and runs every selected rule on it.
///
/// A rule that panics becomes undetermined: a fault of ours never loses the report.
pub fn check<'a>(submission: &'a Submission, profile: &'a Profile, selection: &Selection) -> Report<'a> {
    let (paper, problems) = Paper::read(submission);
    let case = Case { paper: &paper, profile, problems: &problems };
    let verdicts = RULES.iter().filter(|r| selection.holds(r)).map(|rule| verdict(rule, &case)).collect();
    Report { submission, profile, selection: selection.clone(), paper, problems, verdicts }
}

/// Runs one rule, and turns its silence into a pass only where everything it needs was read.
pub(crate) fn verdict(rule: &'static Rule, case: &Case<'_>) -> Verdict {
    let severity = case.profile.levels.get(rule.name).copied().unwrap_or(rule.severity);
    let result = catch_unwind(AssertUnwindSafe(|| (rule.check)(case)))
        .unwrap_or_else(|_| Err(Skip::undetermined("internal error: this rule failed on this paper")));
    let result = match result {
        // Silence means something only where everything the rule needs was read.
        Ok(found) if found.is_empty() => missing_input(rule, case.paper).map_or(Ok(found), Err),
        Ok(mut found) => {
            found.sort_by_key(order);
            Ok(found)
        }
        skip => skip,
    };
    Verdict { rule, severity, result }
}

fn missing_input(rule: &Rule, paper: &Paper) -> Option<Skip> {
    rule.needs
        .iter()
        .find_map(|need| match need {
            Input::Pdf => (!paper.is_read()).then(|| "no PDF could be read".to_owned()),
            Input::FirstPage => paper.why_page_is_unread(1),
            Input::EveryPage => {
                (1..=paper.coverage.pages.max(1)).find_map(|page| paper.why_page_is_unread(page))
            }
        })
        .map(Skip::Undetermined)
}

/// By page and height, then by words, so that the order never depends on how the rule looked.
fn order(finding: &Finding) -> (u32, i64, String, std::cmp::Reverse<Confidence>) {
    let (page, top) = match &finding.at {
        Place::Page { page, boxes, .. } => {
            (page.0, boxes.first().map_or(0, |b| (b.top.to_bp() * 100.0) as i64))
        }
        _ => (0, 0),
    };
    (page, top, finding.message.clone(), std::cmp::Reverse(finding.confidence))
}
