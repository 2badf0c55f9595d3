use super::{Weight, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::Aspect;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Above displayed formulas there is the room that the style leaves. It is told where most of the
    /// formulas that were looked at have less.
    ///
    /// ## Why it matters
    /// Gaps that are less throughout add up to lines.
    ///
    /// ## What to do
    /// Take out changes of `\abovedisplayskip` and its like, and negative `\vspace` before formulas.
    pub static TIGHT_DISPLAY_GAP: Rule = {
        code: "GEOM010",
        name: "tight-display-gap",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::DisplayGap], Weight::Room, too_small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&TIGHT_DISPLAY_GAP)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::DisplayGap, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&TIGHT_DISPLAY_GAP).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::DisplayGap, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::DisplayGap, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::DisplayGap, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
