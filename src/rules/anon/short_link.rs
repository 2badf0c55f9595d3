use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No shortened link is shown outside the reference list.
    ///
    /// ## Why it matters
    /// Nobody sees where it leads, and the one who made it sees from where reviewers come.
    ///
    /// ## What to do
    /// Write the link in full, if it leads to nobody; else hand the files in as a supplement.
    pub static SHORT_LINK: Rule = {
        code: "ANON038",
        name: "short-link",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_shortened_link_is_shown,
    }
}

fn no_shortened_link_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words =
        TraceWords { subject: "a shortened link is shown", allowed: "a submission shows links in full" };
    traced(case, &[Topic::ShortLink], &words, |_| Some(Severity::Error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::ShortLink, "https://bit.ly/3stepper", |_| ());
        let trial = Trial::of(&SHORT_LINK).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a shortened link is shown on page 2; a submission shows links in full"
        );
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&SHORT_LINK).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::ShortLink, "https://bit.ly/3stepper", |_| ());
        Trial::of(&SHORT_LINK).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
