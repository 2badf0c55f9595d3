use super::finding_of;
use crate::finding::{Finding, Severity};
use crate::problem::ProblemKind;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Every file that belongs to the paper opens, and every page of it is read to its end.
    ///
    /// ## Why it matters
    /// A reviewer whose viewer stumbles over the file may not see what you wrote, and what was not read here
    /// was not checked: the demands that rest on it stay open.
    ///
    /// ## What to do
    /// Build the PDF anew from its sources, or save it again from a viewer that shows it whole, and check the new
    /// file. If it arrived by mail or download, fetch it once more.
    pub static UNREADABLE_FILE: Rule = {
        code: "FILE001",
        name: "unreadable-file",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::Pdf],
        check: everything_is_read,
    }
}

fn everything_is_read(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let unread =
        |kind| matches!(kind, ProblemKind::Unreadable | ProblemKind::Damaged | ProblemKind::TooComplex);
    Ok(case.problems.iter().filter(|p| unread(p.kind)).map(finding_of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::{FileId, PageNumber, Place};
    use crate::problem::Problem;
    use crate::rules::trial::{Trial, paper_with};

    #[test]
    fn a_file_that_opens_passes() {
        Trial::of(&UNREADABLE_FILE).passes(&paper_with(|_| ())).undetermined(&Paper::default());
    }

    #[test]
    fn each_thing_that_was_not_read_is_a_finding_where_it_is() {
        let whole = Problem::of_file(ProblemKind::Unreadable, FileId(0), "is empty; build it again");
        let page = Problem::of_page(ProblemKind::Damaged, FileId(0), PageNumber(3), "the content breaks off");
        let trial = Trial::of(&UNREADABLE_FILE).problems(&[whole, page]).fails(&Paper::default());
        let places: Vec<_> = trial.findings(&Paper::default()).into_iter().map(|f| f.at).collect();
        assert_eq!(places, [Place::whole_file(FileId(0)), Place::whole_page(FileId(0), PageNumber(3))],);
    }

    #[test]
    fn an_encrypted_or_skipped_file_is_for_other_rules() {
        let skipped = Problem::of_file(ProblemKind::NotChecked, FileId(0), "not checked");
        let locked = Problem::of_file(ProblemKind::Encrypted, FileId(0), "asks for a password");
        Trial::of(&UNREADABLE_FILE).problems(&[skipped, locked]).undetermined(&Paper::default());
    }
}
