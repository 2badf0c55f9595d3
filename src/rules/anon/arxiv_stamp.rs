use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::quoted;
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// The stamp of arXiv does not stand in the margin of page one.
    ///
    /// ## Why it matters
    /// Its number leads to the paper's page on arXiv, with the names of its authors. That the paper is on arXiv is no
    /// finding.
    ///
    /// ## What to do
    /// Build the paper from its sources instead of handing in the file that arXiv made.
    pub static ARXIV_STAMP: Rule = {
        code: "ANON041",
        name: "arxiv-stamp",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_stamp_is_shown,
    }
}

fn no_stamp_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let found = case.paper.arxiv_stamp.iter().map(|seen| {
        let message = "the stamp of arXiv is shown on page 1; a submission bears none";
        Finding::new(message, seen.at.clone()).seen(quoted(&seen.text)).asked_by(clause)
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with(|p| p.arxiv_stamp = Some(seen("arXiv:2599.01234v1 [cs.LG] 3 Jan 2099", 1)));
        Trial::of(&ARXIV_STAMP)
            .passes(&paper_with(|_| ()))
            .fails(&paper)
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .profile(|p| p.anonymity = None)
            .not_applicable(&paper);
    }
}
