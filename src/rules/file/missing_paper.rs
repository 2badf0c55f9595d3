use super::finding_of;
use crate::finding::{Finding, Severity};
use crate::problem::ProblemKind;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// Exactly one PDF of what was handed in is the paper.
    ///
    /// ## Why it matters
    /// A guess between two files could pass the wrong one.
    ///
    /// ## What to do
    /// Name the PDF of the paper itself: `dlde check paper.pdf`. Where only its sources are at hand, `--compile` builds
    /// the PDF in a folder of its own and checks that too.
    pub static MISSING_PAPER: Rule = {
        code: "FILE004",
        name: "missing-paper",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: one_file_is_the_paper,
    }
}

fn one_file_is_the_paper(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    Ok(case.problems.iter().filter(|p| p.kind == ProblemKind::NoPaper).map(finding_of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::problem::Problem;
    use crate::rules::trial::{Trial, paper_with};

    #[test]
    fn a_paper_that_was_found_passes() {
        Trial::of(&MISSING_PAPER).passes(&paper_with(|_| ())).never_undetermined();
    }

    #[test]
    fn a_directory_without_paper_is_found() {
        let message = "no PDF is in this directory; build the paper, or name its PDF".to_owned();
        let none = Problem { kind: ProblemKind::NoPaper, file: None, page: None, message };
        Trial::of(&MISSING_PAPER).problems(&[none]).fails(&Paper::default());
    }
}
