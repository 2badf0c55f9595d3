use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No link leads to a shared folder or document, such as one on Google Drive, Dropbox or Overleaf.
    ///
    /// ## Why it matters
    /// Most of these services show the owner's name to visitors, and the visitor's name to the owner.
    ///
    /// ## What to do
    /// Hand the files in as a supplement instead.
    pub static CLOUD_LINK: Rule = {
        code: "ANON037",
        name: "cloud-link",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_shared_folder_is_linked,
    }
}

fn no_shared_folder_is_linked(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "a link leads to a shared folder or document",
        allowed: "a submission links none",
    };
    traced(case, &[Topic::CloudLink], &words, |_| Some(Severity::Error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::CloudLink, "https://drive.google.com/file/d/1", |_| ());
        let trial = Trial::of(&CLOUD_LINK).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a link leads to a shared folder or document on page 2; a submission links none"
        );
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&CLOUD_LINK).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::CloudLink, "https://drive.google.com/file/d/1", |_| ());
        Trial::of(&CLOUD_LINK).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
