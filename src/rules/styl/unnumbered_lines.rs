use super::finding_at_notice;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{measured_pages, read_pdf};
use crate::style::StyleMode;

rule! {
    /// ## What it checks
    /// A submission has the line numbers that the style prints in the margin.
    ///
    /// ## Why it matters
    /// Reviewers cite lines by their numbers.
    ///
    /// ## What to do
    /// Take out `\nolinenumbers`, load the style without option, and build again.
    pub static UNNUMBERED_LINES: Rule = {
        code: "STYL004",
        name: "unnumbered-lines",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: lines_are_numbered,
    }
}

fn lines_are_numbered(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = measured_pages(case)?;
    let asked = StyleMode::Submission;
    if demand.value.mode != asked || case.paper.style.mode != Some(asked) {
        return Err(Skip::not_applicable("only submissions have line numbers"));
    }
    if case.paper.line_numbers {
        return Ok(Vec::new());
    }
    let message = "the style is in submission mode, and no line numbers stand in the margin";
    Ok(vec![finding_at_notice(message.to_owned(), case, read_pdf(case)?).asked_by(&demand.clause)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture};

    fn measured(line_numbers: bool) -> Paper {
        paper_with(|p| {
            p.typesetting.is_measured = true;
            p.line_numbers = line_numbers;
        })
    }

    #[test]
    fn a_submission_has_line_numbers_and_a_final_paper_none() {
        let mut accepted = measured(false);
        accepted.style.mode = Some(StyleMode::Final);
        Trial::of(&UNNUMBERED_LINES)
            .passes(&measured(true))
            .fails(&measured(false))
            .undetermined(&paper_with_picture(1))
            .not_applicable(&accepted);
    }
}
