use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::{Trace, Zone};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No link leads to the authors' own repository, model, data set or video. What the sentence around it says
    /// decides: `our code is available at` makes it the authors' own, `we use the implementation of` somebody else's.
    /// What the authors' own work uses or is built on is somebody else's, too.
    ///
    /// ## Why it matters
    /// The account that holds the files names its owner.
    ///
    /// ## What to do
    /// Hand the files in as a supplement, or link an anonymous copy, such as one on anonymous.4open.science.
    ///
    /// ## Limits
    /// Without such words, a link in a footnote is a warning and one in the text a note. Links in the reference list
    /// and to anonymous hosts are no finding.
    pub static OWN_REPOSITORY_LINK: Rule = {
        code: "ANON035",
        name: "own-repository-link",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_own_repository_is_linked,
    }
}

fn no_own_repository_is_linked(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "a link leads to an account",
        allowed: "a submission links anonymous copies only",
    };
    traced(case, &[Topic::Repository, Topic::Platform, Topic::Archive], &words, gravity)
}

fn gravity(trace: &Trace) -> Option<Severity> {
    match (trace.is_own, trace.is_others) {
        (true, false) => Some(Severity::Error),
        (true, true) => Some(Severity::Warning),
        (false, true) => None,
        // What is called by its own name is mostly a tool of others.
        (false, false)
            if matches!(trace.zone, Zone::Footnote(_) | Zone::Notice)
                && !trace.is_cited
                && !trace.is_named =>
        {
            Some(Severity::Warning)
        }
        (false, false) => Some(Severity::Note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::Repository, "https://github.com/mvelm/stepper", |_| ());
        let trial = Trial::of(&OWN_REPOSITORY_LINK).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a link leads to an account on page 2; a submission links anonymous copies only"
        );
    }

    #[test]
    fn the_sentence_says_whose_it_is() {
        use crate::part::Part;
        let link = |own, others, zone| {
            paper_with_trace(Topic::Repository, "github.com/mvelm/stepper", |t| {
                (t.is_own, t.is_others, t.zone) = (own, others, zone);
            })
        };
        let (text, note) = (Zone::Text(Part::MainText), Zone::Footnote(Part::MainText));
        let trial = Trial::of(&OWN_REPOSITORY_LINK).passes(&link(false, true, note));
        assert_eq!(trial.finding(&link(true, false, text)).severity, Some(Severity::Error));
        assert_eq!(trial.finding(&link(true, true, text)).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&link(false, false, note)).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&link(false, false, text)).severity, Some(Severity::Note));
        let named = paper_with_trace(Topic::Repository, "github.com/quist/stepper", |t| {
            (t.is_named, t.zone) = (true, note);
        });
        assert_eq!(trial.finding(&named).severity, Some(Severity::Note));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&OWN_REPOSITORY_LINK).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::Repository, "https://github.com/mvelm/stepper", |_| ());
        Trial::of(&OWN_REPOSITORY_LINK).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
