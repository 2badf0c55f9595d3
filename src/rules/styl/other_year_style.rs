use super::{Standing, advice, alternatives, finding_at_notice, measured_style, seen_style};
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{page_one_is_read, required_style};

rule! {
    /// ## What it checks
    /// The style is that of the year of the call.
    ///
    /// ## Why it matters
    /// The notice on page one names the workshop and the year that a paper was handed in to; one of another year
    /// looks like a paper that was handed in before.
    ///
    /// ## What to do
    /// Load the style of this year and build again. If the paper is meant for the other year's workshop, name
    /// that venue.
    ///
    /// ## Limits
    /// The notice of a preprint carries no year, so the rule gives no verdict on one.
    pub static OTHER_YEAR_STYLE: Rule = {
        code: "STYL002",
        name: "other-year-style",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::FirstPage],
        check: style_is_of_the_year,
    }
}

fn style_is_of_the_year(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = required_style(case)?;
    let file = page_one_is_read(case)?;
    let style = &case.paper.style;
    match Standing::of(style, &demand.value) {
        Standing::Accepted => return Ok(Vec::new()),
        Standing::OtherYear => {}
        Standing::YearOpen | Standing::FamilyOpen => {
            let reason = format!("page 1 does not show the year of the style: {}", seen_style(style));
            return Err(Skip::undetermined(reason));
        }
        Standing::OtherFamily | Standing::Unknown => {
            return Err(Skip::not_applicable("the paper is not set in a style of this family"));
        }
    }
    let required = alternatives(&demand.value.ids);
    let message = format!("the paper is set in {}; required is {required}", seen_style(style));
    let finding = finding_at_notice(message, case, file)
        .asked_by(&demand.clause)
        .confidence(style.confidence)
        .help(advice(style, &demand.value));
    Ok(vec![measured_style(finding, case, &demand.value)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Measure;
    use crate::paper::{Paper, Style};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, style};
    use crate::style::StyleMode::Submission;

    fn set_in(id: &str) -> Paper {
        paper_with(|p| p.style = style(id, Submission))
    }

    #[test]
    fn the_year_of_the_call_passes_and_the_years_beside_it_do_not() {
        Trial::of(&OTHER_YEAR_STYLE)
            .passes(&set_in("dlde_neurips_2023"))
            .fails(&set_in("dlde_neurips_2022"))
            .fails(&set_in("dlde_neurips_2024"))
            .not_applicable(&set_in("neurips_2023"));
    }

    #[test]
    fn a_style_of_another_workshop_says_how_to_name_that_workshop() {
        let found = Trial::of(&OTHER_YEAR_STYLE).finding(&set_in("dlde_neurips_2022"));
        assert_eq!(found.message, "the paper is set in dlde_neurips_2022; required is dlde_neurips_2023");
        assert!(found.help.expect("advice").ends_with("; for the 2022 workshop: --venue dlde-2022"));
        assert_eq!(found.measured, Some(Measure::Text("dlde_neurips_2022".to_owned())));
        assert_eq!(found.evidence.as_deref(), Some("Submitted to the workshop. Do not distribute."));
    }

    #[test]
    fn a_year_that_is_not_proven_is_not_judged() {
        let years = ["dlde_neurips_2022", "dlde_neurips_2023"].map(str::to_owned).to_vec();
        let family = Some("dlde-neurips".to_owned());
        let open = paper_with(|p| p.style = Style { family, candidates: years, ..Style::default() });
        Trial::of(&OTHER_YEAR_STYLE)
            .undetermined_because(
                &open,
                "page 1 does not show the year of the style: dlde_neurips_2022 or dlde_neurips_2023",
            )
            .undetermined(&paper_with_picture(1))
            .undetermined(&Paper::default())
            .profile(|p| p.style = None)
            .not_applicable(&open);
    }
}
