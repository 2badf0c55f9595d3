use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::{AuthorBlock, Trace};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No footnote and nothing on page one tells where or as what the authors did the work, or who did how much.
    ///
    /// ## Why it matters
    /// An internship, a present employer or a corresponding author leads to the people behind the paper.
    ///
    /// ## What to do
    /// Take the note out until the paper is accepted.
    ///
    /// ## Limits
    /// Roles without a name, such as `equal contribution`, are a warning where the authors are not named above.
    pub static AUTHOR_FOOTNOTE: Rule = {
        code: "ANON032",
        name: "author-footnote",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_footnote_tells_of_authors,
    }
}

fn no_footnote_tells_of_authors(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words =
        TraceWords { subject: "a note tells of the authors", allowed: "a submission tells nothing of them" };
    traced(case, &[Topic::AuthorFootnote, Topic::AuthorRole], &words, |trace| Some(gravity(case, trace)))
}

fn gravity(case: &Case<'_>, trace: &Trace) -> Severity {
    let is_named =
        matches!(case.paper.authors, AuthorBlock::Named(_)) || trace.is_named || trace.context.contains('@');
    if trace.topic == Topic::AuthorRole && !is_named { Severity::Warning } else { Severity::Error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper =
            paper_with_trace(Topic::AuthorFootnote, "Work done during an internship at Lanternfield", |_| ());
        let trial = Trial::of(&AUTHOR_FOOTNOTE).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a note tells of the authors on page 2; a submission tells nothing of them"
        );
    }

    #[test]
    fn a_role_without_a_name_is_a_warning() {
        let role = |named| paper_with_trace(Topic::AuthorRole, "Equal contribution", |t| t.is_named = named);
        let trial = Trial::of(&AUTHOR_FOOTNOTE);
        assert_eq!(trial.finding(&role(false)).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&role(true)).severity, Some(Severity::Error));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&AUTHOR_FOOTNOTE).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper =
            paper_with_trace(Topic::AuthorFootnote, "Work done during an internship at Lanternfield", |_| ());
        Trial::of(&AUTHOR_FOOTNOTE).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
