use crate::finding::{Finding, Severity};
use crate::place::{PageNumber, Place};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{measured_pages, read_pdf};

rule! {
    /// ## What it checks
    /// The notice of the style stands at the foot of page one: where the paper was submitted, or appeared.
    ///
    /// ## Why it matters
    /// The notice tells the year and the mode of the style. Without it neither can be told, and page one has room
    /// for two lines more than others have.
    ///
    /// ## What to do
    /// Load the style as it comes, with `\\maketitle`, and leave its notice on page one.
    pub static MISSING_NOTICE: Rule = {
        code: "STYL005",
        name: "missing-notice",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::FirstPage],
        check: notice_is_there,
    }
}

fn notice_is_there(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = measured_pages(case)?;
    if case.paper.style.notice.is_some() {
        return Ok(Vec::new());
    }
    let at = Place::whole_page(read_pdf(case)?, PageNumber(1));
    let message = "page one lacks the notice that the style prints at its foot";
    Ok(vec![Finding::new(message, at).asked_by(&demand.clause)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Style;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture};

    #[test]
    fn pages_of_the_style_without_its_notice_are_told() {
        let bare = paper_with(|p| {
            p.typesetting.is_measured = true;
            p.style = Style { candidates: vec!["dlde_neurips_2023".to_owned()], ..Style::default() };
        });
        Trial::of(&MISSING_NOTICE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&bare)
            .undetermined(&paper_with_picture(1))
            .not_applicable(&paper_with(|p| p.style = Style::default()));
    }
}
