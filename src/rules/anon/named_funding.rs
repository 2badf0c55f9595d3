use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::{Trace, Zone};
use crate::part::Part;
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No funder, grant or award is named as that of the work.
    ///
    /// ## Why it matters
    /// Grant numbers are found by search, with the names of those who hold them.
    ///
    /// ## What to do
    /// Take the sentence out, or write `omitted for review`; it comes back with the accepted paper.
    ///
    /// ## Limits
    /// In the middle of the main text, where a data set's funder may be meant, it is a warning unless the sentence
    /// speaks of this work.
    pub static NAMED_FUNDING: Rule = {
        code: "ANON031",
        name: "named-funding",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_funder_is_named,
    }
}

fn no_funder_is_named(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words =
        TraceWords { subject: "a funder, a grant or an award is named", allowed: "a submission names none" };
    traced(case, &[Topic::Funding], &words, |trace| Some(gravity(trace)))
}

/// Words of sentences that speak of the paper itself.
const OF_THIS_WORK: &[&str] = &[
    "this work",
    "our work",
    "this research",
    "this paper",
    "this study",
    "this project",
    "author",
    "thank",
    "acknowledg",
    "grateful",
    "our research",
    "supported in part",
];

fn gravity(trace: &Trace) -> Severity {
    let context = trace.context.to_lowercase();
    let is_body = matches!(trace.zone, Zone::Text(Part::MainText | Part::Appendix | Part::Checklist));
    if is_body && !OF_THIS_WORK.iter().any(|w| context.contains(w)) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper =
            paper_with_trace(Topic::Funding, "This work was supported by the Lantern Foundation", |_| ());
        let trial = Trial::of(&NAMED_FUNDING).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a funder, a grant or an award is named on page 2; a submission names none"
        );
    }

    #[test]
    fn a_data_sets_funder_is_a_warning_and_ones_own_is_not() {
        let funded = |text: &str| paper_with_trace(Topic::Funding, text, |_| ());
        let trial = Trial::of(&NAMED_FUNDING);
        let severity = |text: &str| trial.finding(&funded(text)).severity;
        assert_eq!(severity("The corpus was funded by NSF"), Some(Severity::Warning));
        assert_eq!(severity("The authors were funded by NSF"), Some(Severity::Error));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&NAMED_FUNDING).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper =
            paper_with_trace(Topic::Funding, "This work was supported by the Lantern Foundation", |_| ());
        Trial::of(&NAMED_FUNDING).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
