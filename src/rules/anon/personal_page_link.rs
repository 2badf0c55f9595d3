use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::{Trace, Zone};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No link leads to a personal page, a group's page or the page of the project outside the reference list.
    ///
    /// ## Why it matters
    /// Such pages name their owners.
    ///
    /// ## What to do
    /// Take the link out until the paper is accepted; put what the page shows into the supplement.
    ///
    /// ## Limits
    /// A page that the sentence says is somebody else's, or that stands beside a citation, is a note; a project's page in a footnote is a warning.
    pub static PERSONAL_PAGE_LINK: Rule = {
        code: "ANON036",
        name: "personal-page-link",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_personal_page_is_linked,
    }
}

fn no_personal_page_is_linked(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "a link leads to a personal or project page",
        allowed: "a submission links none",
    };
    traced(case, &[Topic::PersonalPage], &words, gravity)
}

fn gravity(trace: &Trace) -> Option<Severity> {
    let is_footnote = matches!(trace.zone, Zone::Footnote(_)) && trace.text.contains(".io");
    Some(match (trace.is_own, trace.is_others || trace.is_cited) {
        (true, _) => Severity::Error,
        (false, true) => Severity::Note,
        (false, false) if is_footnote => Severity::Warning,
        (false, false) => Severity::Error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::PersonalPage, "mvelm.github.io/stepper", |_| ());
        let trial = Trial::of(&PERSONAL_PAGE_LINK).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a link leads to a personal or project page on page 2; a submission links none"
        );
    }

    #[test]
    fn somebody_elses_page_is_a_note() {
        let trial = Trial::of(&PERSONAL_PAGE_LINK);
        let page = |own, others| {
            paper_with_trace(Topic::PersonalPage, "mvelm.github.io", |t| {
                (t.is_own, t.is_others) = (own, others);
            })
        };
        assert_eq!(trial.finding(&page(false, true)).severity, Some(Severity::Note));
        assert_eq!(trial.finding(&page(true, true)).severity, Some(Severity::Error));
        assert_eq!(trial.finding(&page(false, false)).severity, Some(Severity::Error));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&PERSONAL_PAGE_LINK).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::PersonalPage, "mvelm.github.io/stepper", |_| ());
        Trial::of(&PERSONAL_PAGE_LINK).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
