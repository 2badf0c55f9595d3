use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No ORCID is shown outside the reference list. Numbers whose check digit does not fit are not meant.
    ///
    /// ## Why it matters
    /// An ORCID names one person, whatever the rest of the paper hides.
    ///
    /// ## What to do
    /// Take the ORCID and its icon out until the paper is accepted.
    ///
    /// ## Source
    /// ISO 7064, MOD 11-2: the check digit.
    pub static VISIBLE_ORCID: Rule = {
        code: "ANON030",
        name: "visible-orcid",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_orcid_is_shown,
    }
}

fn no_orcid_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords { subject: "an ORCID is shown", allowed: "a submission shows none" };
    traced(case, &[Topic::Orcid], &words, |_| Some(Severity::Error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::Orcid, "0000-0002-1825-0097", |_| ());
        let trial = Trial::of(&VISIBLE_ORCID).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(trial.finding(&paper).message, "an ORCID is shown on page 2; a submission shows none");
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&VISIBLE_ORCID).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::Orcid, "0000-0002-1825-0097", |_| ());
        Trial::of(&VISIBLE_ORCID).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
