use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No institution is spoken of in the first person, as in `our university`; least of all with its name.
    ///
    /// ## Why it matters
    /// What the authors call theirs is where they work.
    ///
    /// ## What to do
    /// Write `a university hospital` or `a computing cluster` instead.
    ///
    /// ## Limits
    /// Without a name beside it, it is a warning.
    pub static OWN_INSTITUTION: Rule = {
        code: "ANON040",
        name: "own-institution",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_institution_is_called_own,
    }
}

fn no_institution_is_called_own(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "an institution is called the authors' own",
        allowed: "a submission names none",
    };
    traced(case, &[Topic::OwnInstitution], &words, |trace| {
        Some(if trace.is_named { Severity::Error } else { Severity::Warning })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::OwnInstitution, "our hospital", |_| ());
        let trial = Trial::of(&OWN_INSTITUTION).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "an institution is called the authors' own on page 2; a submission names none"
        );
    }

    #[test]
    fn with_a_name_it_is_an_error() {
        let trial = Trial::of(&OWN_INSTITUTION);
        let lab = |named| {
            paper_with_trace(Topic::OwnInstitution, "our lab at Lanternfield", |t| t.is_named = named)
        };
        assert_eq!(trial.finding(&lab(true)).severity, Some(Severity::Error));
        assert_eq!(trial.finding(&lab(false)).severity, Some(Severity::Warning));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&OWN_INSTITUTION).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::OwnInstitution, "our hospital", |_| ());
        Trial::of(&OWN_INSTITUTION).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
