use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::Trace;
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Earlier work is not cited in the first person, as in `in our previous work [3]`.
    ///
    /// ## Why it matters
    /// The citation turns the authors of that work into the authors of this one.
    ///
    /// ## What to do
    /// Write of your own work as of anybody's: `Velm and Quist [3] show`. The reference itself stays.
    ///
    /// ## Limits
    /// Without a citation near, it is a warning; between quotation marks it is no finding.
    pub static FIRST_PERSON_SELF_CITATION: Rule = {
        code: "ANON033",
        name: "first-person-self-citation",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: own_work_is_cited_like_others,
    }
}

fn own_work_is_cited_like_others(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "earlier work is called the authors' own",
        allowed: "a submission cites it like any other",
    };
    traced(case, &[Topic::SelfCitation], &words, gravity)
}

fn gravity(trace: &Trace) -> Option<Severity> {
    let severity = if trace.is_cited { Severity::Error } else { Severity::Warning };
    (!trace.is_quoted).then_some(severity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::SelfCitation, "In our previous work [3]", |_| ());
        let trial = Trial::of(&FIRST_PERSON_SELF_CITATION).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "earlier work is called the authors' own on page 2; a submission cites it like any other"
        );
    }

    #[test]
    fn it_is_an_error_with_a_citation_and_nothing_in_a_quotation() {
        let text = "In our previous work";
        let trial = Trial::of(&FIRST_PERSON_SELF_CITATION);
        let cited = paper_with_trace(Topic::SelfCitation, text, |t| t.is_cited = true);
        assert_eq!(trial.finding(&cited).severity, Some(Severity::Error));
        let alone = paper_with_trace(Topic::SelfCitation, text, |_| ());
        assert_eq!(trial.finding(&alone).severity, Some(Severity::Warning));
        trial.passes(&paper_with_trace(Topic::SelfCitation, text, |t| t.is_quoted = true));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&FIRST_PERSON_SELF_CITATION)
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::SelfCitation, "In our previous work [3]", |_| ());
        Trial::of(&FIRST_PERSON_SELF_CITATION).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
