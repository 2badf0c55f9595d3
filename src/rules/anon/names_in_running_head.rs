use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{page_of, quoted};
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// No names stand at the head of the pages, such as `Velm and Quist` or `Velm et al.`
    ///
    /// ## Why it matters
    /// A style that prints running heads names the authors there on every page but the first.
    ///
    /// ## What to do
    /// Set the running authors empty, or load the style's option for submissions.
    ///
    /// ## Limits
    /// Told by shape: words with capitals joined by `and`, or followed by `et al.`, that recur, are no part of the
    /// title, and occur nowhere in lower case.
    pub static NAMES_IN_RUNNING_HEAD: Rule = {
        code: "ANON042",
        name: "names-in-running-head",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: running_heads_name_nobody,
    }
}

fn running_heads_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let found = case.paper.running_heads.iter().map(|seen| {
        let message = format!(
            "names recur at the head of the pages from page {} on; a submission names nobody",
            page_of(&seen.at)
        );
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
        let paper = paper_with(|p| p.running_heads.push(seen("Velm and Quist", 2)));
        Trial::of(&NAMES_IN_RUNNING_HEAD)
            .passes(&paper_with(|_| ()))
            .fails(&paper)
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .profile(|p| p.anonymity = None)
            .not_applicable(&paper);
    }
}
