//! Runs every selected rule once and puts what came out in order.

use crate::audience::Audience;
use crate::finding::{Confidence, Finding, Severity};
use crate::identities::Identities;
use crate::paper::Paper;
use crate::paper::source::Suppression;
use crate::place::{Place, Span};
use crate::problem::Problem;
use crate::profile::{Profile, ProfileError, ProfileFile};
use crate::rule::{Case, Input, Rule, Skip};
use crate::rules::RULES;
use crate::spelling::nearest;
use crate::submission::{StandIns, Submission};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Which rules to run: by code, family, name or earlier name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; empty means all.
    pub select: Vec<String>,
    /// Never these.
    pub ignore: Vec<String>,
    /// Shows also what authors answered for in their sources.
    pub shows_suppressed: bool,
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
    /// Who reads it.
    pub audience: Audience,
    /// What the submission is.
    pub paper: Paper,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// One per rule that was run, in order of code.
    pub verdicts: Vec<Verdict>,
    /// Findings that authors answered for in their sources, and that are not among the verdicts.
    pub suppressed: u32,
}

impl Report<'_> {
    /// The report as reviewers may see it: names of files, which may be names of people, are those that stand in.
    pub fn under<'b>(self, names: &'b StandIns) -> Report<'b>
    where
        Self: 'b,
    {
        let Self { profile, selection, audience, paper, mut problems, mut verdicts, suppressed, .. } = self;
        for problem in &mut problems {
            problem.message = names.written(&problem.message);
        }
        for verdict in &mut verdicts {
            match &mut verdict.result {
                Ok(found) => found.iter_mut().for_each(|finding| rename(finding, names)),
                Err(Skip::Undetermined(why) | Skip::NotApplicable(why)) => *why = names.written(why),
            }
        }
        Report {
            submission: &names.submission,
            profile,
            selection,
            audience,
            paper,
            problems,
            verdicts,
            suppressed,
        }
    }

    /// One of its findings as it would be in a report for reviewers.
    pub(crate) fn shown_to_reviewers(
        &self,
        verdict: &Verdict,
        finding: &Finding,
        names: &StandIns,
    ) -> Finding {
        let mut shown = finding.clone();
        if is_withheld(verdict.rule) {
            shown = withheld(shown, &self.paper);
        }
        rename(&mut shown, names);
        shown
    }

    /// Every finding with its verdict: errors first, then by code and place.
    pub fn findings(&self) -> Vec<(&Verdict, &Finding)> {
        let mut all: Vec<_> =
            self.verdicts.iter().flat_map(|v| v.result.iter().flatten().map(move |f| (v, f))).collect();
        all.sort_by_key(|(v, f)| std::cmp::Reverse(v.severity_of(f)));
        all
    }

    /// The answer for the submission as a whole. A paper that could not be read never passes, whatever was asked.
    pub fn outcome(&self) -> Outcome {
        if self.has_finding_at(Severity::Error) {
            Outcome::Fail
        } else if self.is_open() {
            Outcome::Undetermined
        } else {
            Outcome::Pass
        }
    }

    /// How many rules were not run, since nobody asked for them.
    pub fn left_out(&self) -> usize {
        RULES.iter().filter(|r| !self.selection.holds(r)).count()
    }

    /// Whether a demand that turns papers away could not be determined.
    pub fn is_open(&self) -> bool {
        let undetermined =
            |v: &Verdict| v.severity == Severity::Error && matches!(v.result, Err(Skip::Undetermined(_)));
        !self.paper.is_read() || self.verdicts.iter().any(undetermined)
    }

    /// Whether a finding is at least as severe as `level`.
    pub fn has_finding_at(&self, level: Severity) -> bool {
        self.findings().iter().any(|(v, f)| v.severity_of(f) >= level)
    }
}

/// Who asks, and what they know.
#[derive(Clone, Default)]
pub struct Asker {
    /// Who reads the report.
    pub audience: Audience,
    /// Who the authors are; empty where nobody said so.
    pub identities: Identities,
}

/// Reads the submission and runs every selected rule on it, for its authors, who name nobody.
///
/// A rule that panics becomes undetermined: a fault of ours never loses the report.
pub fn check<'a>(submission: &'a Submission, profile: &'a Profile, selection: &Selection) -> Report<'a> {
    check_for(submission, profile, selection, &Asker::default())
}

/// As [`check`], for somebody else, or for somebody who knows who the authors are.
pub fn check_for<'a>(
    submission: &'a Submission,
    profile: &'a Profile,
    selection: &Selection,
    asker: &Asker,
) -> Report<'a> {
    let (paper, problems) = Paper::read(submission);
    let Asker { audience, identities } = asker;
    let case = Case { paper: &paper, profile, problems: &problems, identities, audience: *audience };
    let mut verdicts: Vec<_> =
        RULES.iter().filter(|r| selection.holds(r)).map(|rule| verdict(rule, &case)).collect();
    let suppressed = if selection.shows_suppressed { 0 } else { suppress(&mut verdicts, &paper) };
    let (selection, audience) = (selection.clone(), *audience);
    Report { submission, profile, selection, audience, paper, problems, verdicts, suppressed }
}

/// Takes out what authors answered for, each with a reason, on the line where it stands; how many those are.
fn suppress(verdicts: &mut [Verdict], paper: &Paper) -> u32 {
    let mut number = 0;
    for Verdict { rule, result, .. } in verdicts {
        let Ok(findings) = result else { continue };
        if findings.is_empty() {
            continue;
        }
        let answered = answered_for(rule, &paper.sources.suppressions);
        let before = findings.len();
        findings.retain(|finding| {
            let Place::Span(at) = &finding.at else { return true };
            // Of those that begin before a place, the last reaches furthest: each spans its own line and the next.
            let begun = answered.partition_point(|s| (s.file, s.bytes.start) <= (at.file, at.bytes.start));
            let last = begun.checked_sub(1).and_then(|index| answered.get(index));
            last.is_none_or(|s| s.file != at.file || !s.bytes.contains(&at.bytes.start))
        });
        number += (before - findings.len()) as u32;
    }
    number
}

/// Where a rule's findings were answered for with a reason, in order.
fn answered_for<'a>(rule: &Rule, suppressions: &'a [Suppression]) -> Vec<&'a Span> {
    let reasoned = suppressions.iter().filter(|s| !s.reason.is_empty() && rule.answers_to(&s.rule));
    let mut spans: Vec<&Span> = reasoned.map(|s| &s.span).collect();
    spans.sort_by_key(|s| (s.file, s.bytes.start));
    spans
}

/// Runs one rule, and turns its silence into a pass only where everything it needs was read.
pub(crate) fn verdict(rule: &'static Rule, case: &Case<'_>) -> Verdict {
    let severity = level(rule, case.profile);
    let result = catch_unwind(AssertUnwindSafe(|| (rule.check)(case)))
        .unwrap_or_else(|_| Err(Skip::undetermined("internal error: this rule failed on this paper")));
    let result = match result {
        // Silence means something only where everything the rule needs was read.
        Ok(found) if found.is_empty() => missing_input(rule, case.paper).map_or(Ok(found), Err),
        Ok(mut found) => {
            found.sort_by_key(order);
            if case.audience == Audience::Reviewer && is_withheld(rule) {
                found = found.into_iter().map(|finding| withheld(finding, case.paper)).collect();
            }
            Ok(found)
        }
        skip => skip,
    };
    Verdict { rule, severity, result }
}

/// Families whose findings can show who wrote the paper.
const WITHHELD: [&str; 3] = ["ANON", "HIDE", "FILE"];

/// Whether reviewers are told no more of its findings than that they are there.
pub(crate) fn is_withheld(rule: &Rule) -> bool {
    WITHHELD.contains(&rule.family())
}

/// What a finding says, under the names that stand in for those of files.
fn rename(finding: &mut Finding, names: &StandIns) {
    finding.message = names.written(&finding.message);
    finding.evidence = finding.evidence.as_deref().map(|words| names.written(words));
}

/// A finding as a reviewer may see it: that it is there and whom to tell, not what it is.
fn withheld(finding: Finding, paper: &Paper) -> Finding {
    let at = match finding.at {
        // Lines of a source would be drawn, and names of files tell names.
        Place::File { file, .. } | Place::Span(Span { file, .. }) if paper.file == Some(file) => {
            Place::whole_file(file)
        }
        Place::File { .. } | Place::Span(_) => Place::Submission,
        other => other,
    };
    let help = "do not look into it; tell the chairs, who ask the authors to mend it";
    let (evidence, measured, related) = (None, None, Vec::new());
    Finding { at, evidence, measured, related, fix: None, help: Some(help.to_owned()), ..finding }
}

/// The rule's severity under a profile: as the profile names it, at most what its family is given, else its own.
fn level(rule: &Rule, profile: &Profile) -> Severity {
    let is_family = |word: &str| word.eq_ignore_ascii_case(rule.family());
    let given = |family: bool| {
        profile
            .levels
            .iter()
            .find(|(word, _)| rule.answers_to(word) && is_family(word) == family)
            .map(|(_, severity)| *severity)
    };
    given(false).unwrap_or_else(|| given(true).map_or(rule.severity, |ceiling| ceiling.min(rule.severity)))
}

/// Checks that every word in the `[levels]` tables of a profile is one that a rule answers to.
///
/// # Errors
/// Every other word, drawn in the profile.
pub fn check_levels(file: &ProfileFile) -> Result<(), ProfileError> {
    let names = || RULES.iter().flat_map(|r| [r.name, r.code, r.family()]);
    let unknown = file.levels().filter(|(word, _)| !RULES.iter().any(|r| r.answers_to(word)));
    file.reject(unknown.map(|(word, at)| {
        let meant = match nearest(word, names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`dlde rules` lists them".to_owned(),
        };
        (at, format!("no rule is called `{word}`; {meant}"))
    }))
}

fn missing_input(rule: &Rule, paper: &Paper) -> Option<Skip> {
    rule.needs
        .iter()
        .find_map(|need| match need {
            Input::Pdf => (!paper.is_read()).then(|| paper.why_unread().to_owned()),
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
        Place::Span(span) => (span.file.0, i64::from(span.bytes.start)),
        _ => (0, 0),
    };
    (page, top, finding.message.clone(), std::cmp::Reverse(finding.confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Stage, Track};

    static RULE: Rule = Rule {
        code: "PAGE900",
        name: "too-many-words",
        aliases: &["wordy"],
        docs: "",
        severity: Severity::Warning,
        needs: &[],
        check: |_| Ok(vec![]),
    };

    fn level_under(levels: &str) -> Severity {
        let text = format!("venue = {{ id = 'v', name = 'V', url = 'u' }}\nlevels = {levels}\n");
        let file = ProfileFile::parse("v.toml", &text).expect("sound");
        level(&RULE, &file.profile(Stage::default(), Track::default()))
    }

    #[test]
    fn what_authors_answer_for_is_counted_and_not_shown() {
        let source = |reason: &str| {
            let text = format!(
                "\\documentclass{{article}}\n% dlde: ignore tightened-spacing{reason}\n\\vspace{{-1pt}}\n"
            );
            Submission::single("main.tex".to_owned(), text.into_bytes())
        };
        let profile = ProfileFile::parse("v.toml", crate::profile::BUILTIN[0].1).expect("sound");
        let profile = profile.profile(Stage::default(), Track::default());
        let shown = |submission: &Submission, shows_suppressed: bool| {
            let select = vec!["tightened-spacing".to_owned()];
            let selection = Selection { select, shows_suppressed, ..Selection::default() };
            let report = check(submission, &profile, &selection);
            (report.findings().len(), report.suppressed)
        };
        assert_eq!(shown(&source(" -- as the chairs said"), false), (0, 1));
        assert_eq!(shown(&source(" -- as the chairs said"), true), (1, 0));
        assert_eq!(shown(&source(""), false), (1, 0), "a reason is required");
    }

    #[test]
    fn a_profile_sets_the_level_of_a_rule_by_any_of_its_names() {
        assert_eq!(level_under("{}"), Severity::Warning);
        assert_eq!(level_under("{ too-many-words = 'error' }"), Severity::Error);
        assert_eq!(level_under("{ wordy = 'note' }"), Severity::Note);
        assert_eq!(level_under("{ PAGE900 = 'error', PAGE = 'note' }"), Severity::Error);
    }

    #[test]
    fn the_level_of_a_family_is_a_ceiling() {
        assert_eq!(level_under("{ PAGE = 'note' }"), Severity::Note);
        assert_eq!(level_under("{ PAGE = 'error' }"), Severity::Warning);
    }

    #[test]
    fn a_level_of_no_rule_is_a_mistake() {
        let text = "venue = { id = 'v', name = 'V', url = 'u' }\nlevels = { zzzzzzzzz = 'note' }\n";
        let error = check_levels(&ProfileFile::parse("v.toml", text).expect("sound")).expect_err("unknown");
        let messages: Vec<_> = error.messages().collect();
        assert_eq!(messages, ["no rule is called `zzzzzzzzz`; `dlde rules` lists them"]);
    }
}
