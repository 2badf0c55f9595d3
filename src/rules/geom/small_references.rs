use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// References are set at 9 point at least.
    ///
    /// ## Why it matters
    /// References do not count towards the limit, so that nothing is gained; smaller ones cannot be read on
    /// paper.
    ///
    /// ## What to do
    /// Set the bibliography in `\small` at the least.
    pub static SMALL_REFERENCES: Rule = {
        code: "GEOM017",
        name: "small-references",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::ReferenceSize], Weight::Advice, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the type size of the references is {} bp; {} bp is the least",
        shown(d.measured),
        shown(d.allowed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture};

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&SMALL_REFERENCES)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::ReferenceSize, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn it_is_advice_wherever_it_stands() {
        let mut paper = departing(Aspect::ReferenceSize, 0.0);
        paper.typesetting.departures[0].is_in_main_text = false;
        assert_eq!(Trial::of(&SMALL_REFERENCES).finding(&paper).severity, None);
    }
}
