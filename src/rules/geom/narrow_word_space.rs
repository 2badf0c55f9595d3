use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The narrowest twentieth of the spaces between words is not narrower than the font lets TeX make
    /// them.
    ///
    /// ## Why it matters
    /// Narrow spaces pull in lines, and words run together.
    ///
    /// ## What to do
    /// Take out changes of `\spaceskip`, of `\fontdimen` and negative `\hspace`.
    pub static NARROW_WORD_SPACE: Rule = {
        code: "GEOM012",
        name: "narrow-word-space",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::WordSpace], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("{} is {} bp wide or less; the font allows {} bp", d.what, shown(d.measured), shown(d.allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&NARROW_WORD_SPACE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::WordSpace, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&NARROW_WORD_SPACE).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::WordSpace, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::WordSpace, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::WordSpace, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
