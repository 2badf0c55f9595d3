use super::finding_of;
use crate::finding::{Finding, Severity};
use crate::problem::ProblemKind;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No file asks for a password before it can be read.
    ///
    /// ## Why it matters
    /// Reviewers have no password, and nothing in such a file can be checked.
    ///
    /// ## What to do
    /// Save the PDF without a password (`qpdf --decrypt --password=... locked.pdf paper.pdf`), or build it anew,
    /// and hand in that file.
    pub static ENCRYPTED_FILE: Rule = {
        code: "FILE002",
        name: "encrypted-file",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::Pdf],
        check: nothing_is_locked,
    }
}

fn nothing_is_locked(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    Ok(case.problems.iter().filter(|p| p.kind == ProblemKind::Encrypted).map(finding_of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::FileId;
    use crate::problem::Problem;
    use crate::rules::trial::{Trial, paper_with};

    #[test]
    fn a_file_without_password_passes() {
        Trial::of(&ENCRYPTED_FILE).passes(&paper_with(|_| ())).undetermined(&Paper::default());
    }

    #[test]
    fn a_file_that_asks_for_a_password_is_found() {
        let locked = Problem::of_file(ProblemKind::Encrypted, FileId(0), "asks for a password");
        Trial::of(&ENCRYPTED_FILE).problems(&[locked]).fails(&Paper::default());
    }

    #[test]
    fn a_broken_file_is_not_a_locked_one() {
        let broken = Problem::of_file(ProblemKind::Unreadable, FileId(0), "is empty");
        Trial::of(&ENCRYPTED_FILE).problems(&[broken]).undetermined(&Paper::default());
    }
}
