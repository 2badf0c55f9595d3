use super::{Weight, percent, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Letters have the width that their font gives them, as far as the package microtype leaves it by
    /// itself: 98 %. They are not pushed together.
    ///
    /// ## Why it matters
    /// Narrowed type makes room that other authors do not have, and is harder to read.
    ///
    /// ## What to do
    /// Load microtype without `shrink`, `stretch` and `tracking`; take out scaled boxes and
    /// `\DeclareMicrotypeSet` for tracking.
    pub static NARROW_LETTERS: Rule = {
        code: "GEOM013",
        name: "narrow-letters",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::LetterWidth], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!(
        "{}: their width is {} of the font's own; {} is allowed",
        d.what,
        percent(d.measured),
        percent(d.allowed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&NARROW_LETTERS)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::LetterWidth, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&NARROW_LETTERS).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::LetterWidth, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::LetterWidth, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::LetterWidth, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
