use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The abstract and the running text are set in the size of the style. Captions, tables, code and
    /// footnotes are not looked at.
    ///
    /// ## Why it matters
    /// Smaller type makes room that other authors do not have, and is harder to read.
    ///
    /// ## What to do
    /// Take out `\small`, `\fontsize` and scaled boxes around paragraphs.
    pub static SMALL_BODY_TYPE: Rule = {
        code: "GEOM005",
        name: "small-body-type",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::BodySize], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("the type size of {} is {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&SMALL_BODY_TYPE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::BodySize, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&SMALL_BODY_TYPE).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::BodySize, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::BodySize, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::BodySize, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
