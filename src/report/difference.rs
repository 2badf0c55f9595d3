//! What has changed since an earlier report of the same paper: what was mended, what is new, what remains.

use super::earlier::{Earlier, Told};
use super::{digest, wording};
use crate::audience::Audience;
use crate::check::{Report, Verdict, is_withheld};
use crate::count::counted;
use crate::finding::Finding;
use crate::place::Place;
use crate::rule::Skip;
use crate::submission::StandIns;

/// What has changed.
pub(super) struct Difference<'a> {
    /// What whoever compares the two reports has to know first.
    pub(super) warnings: Vec<String>,
    /// No longer found, though it was looked for.
    pub(super) mended: Vec<Told>,
    /// Found now and not before.
    pub(super) new: Vec<(&'a Verdict, &'a Finding)>,
    /// Found by a rule that found something else before.
    pub(super) changed: Vec<(&'a Verdict, &'a Finding, Told)>,
    /// Found before; this time nobody can tell.
    pub(super) open: Vec<Told>,
    /// Findings that were there before and still are.
    pub(super) same: usize,
}

impl Earlier {
    /// What has changed since; what can no longer be told is not called mended.
    pub(super) fn compare<'a>(&self, report: &'a Report<'_>) -> Difference<'a> {
        let mut before = self.findings_for(report.audience);
        let mut now = report.findings();
        let all = now.len();
        let eye = Eye::of(self, report);
        // The same finding bears the same fingerprint; each stands for one of the earlier ones.
        now.retain(|(verdict, finding)| {
            take(&mut before, |old| eye.is_same(old, verdict, finding)).is_none()
        });
        let same = all - now.len();
        let (mut changed, mut new) = (Vec::new(), Vec::new());
        for (verdict, finding) in now {
            match take(&mut before, |old| old.code == verdict.rule.code) {
                Some(old) => changed.push((verdict, finding, old)),
                None => new.push((verdict, finding)),
            }
        }
        let (open, mended) = before.into_iter().partition(|old| !is_answered(report, old));
        Difference { warnings: self.warnings(report), mended, new, changed, open, same }
    }
}

impl Difference<'_> {
    /// A line each: the kind of change, and what has changed.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let told = |old: &Told| format!("{} ({}): {}", old.rule, old.code, old.message);
        let found = |v: &Verdict, f: &Finding| format!("{}: {}", wording::rule_name(v.rule), f.message);
        let warnings = self.warnings.iter().map(|words| ("warning", words.clone()));
        let mended = self.mended.iter().map(|old| ("mended", told(old)));
        let new = self.new.iter().map(|(verdict, finding)| ("new", found(verdict, finding)));
        let changed = self.changed.iter().map(|(verdict, finding, old)| {
            ("changed", format!("{}; before: {}", found(verdict, finding), old.message))
        });
        let open = self.open.iter();
        let open = open.map(|old| ("open", format!("{}; this time it could not be determined", told(old))));
        let same = ("as before", counted(self.same, "finding", "findings"));
        warnings.chain(mended).chain(new).chain(changed).chain(open).chain([same]).collect()
    }
}

/// Takes out the first of which this holds.
fn take(before: &mut Vec<Told>, is_meant: impl Fn(&Told) -> bool) -> Option<Told> {
    let at = before.iter().position(is_meant)?;
    Some(before.remove(at))
}

/// How a finding of one report is known again in the other.
enum Eye<'a, 'b> {
    /// Both show the same.
    Alike,
    /// The earlier one was made for reviewers: the new findings are looked at as reviewers would be shown them.
    EarlierBlind(&'a Report<'b>, Box<StandIns>),
    /// The new one is for reviewers: of what it withholds, the rule and the page tell.
    NewBlind,
}

impl<'a, 'b> Eye<'a, 'b> {
    fn of(earlier: &Earlier, report: &'a Report<'b>) -> Self {
        match (earlier.is_blind(), report.audience == Audience::Reviewer) {
            (true, false) => Self::EarlierBlind(report, Box::new(StandIns::of(report.submission, None))),
            (false, true) => Self::NewBlind,
            _ => Self::Alike,
        }
    }

    fn is_same(&self, old: &Told, verdict: &Verdict, finding: &Finding) -> bool {
        let is_known = |finding: &Finding| old.fingerprint == digest::fingerprint(verdict, finding);
        old.code == verdict.rule.code
            && match self {
                Self::Alike => is_known(finding),
                Self::EarlierBlind(report, names) => {
                    is_known(&report.shown_to_reviewers(verdict, finding, names))
                }
                Self::NewBlind if is_withheld(verdict.rule) => old.place.page == page(finding),
                Self::NewBlind => is_known(finding),
            }
    }
}

fn page(finding: &Finding) -> Option<u32> {
    match finding.at {
        Place::Page { page, .. } => Some(page.0),
        _ => None,
    }
}

/// Whether the rule was run this time and came to an answer. Rules that reviewers do not ask give them none.
fn is_answered(report: &Report<'_>, old: &Told) -> bool {
    let verdict = report.verdicts.iter().find(|verdict| verdict.rule.code == old.code);
    verdict.is_some_and(|verdict| match &verdict.result {
        Ok(_) => true,
        Err(Skip::NotApplicable(_)) => report.audience != Audience::Reviewer,
        Err(Skip::Undetermined(_)) => false,
    })
}
