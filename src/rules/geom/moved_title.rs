use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The title stands between its two bars at the place and in the size of the style.
    ///
    /// ## Why it matters
    /// A title moved up makes room on page one.
    ///
    /// ## What to do
    /// Take out negative `\vspace` before `\maketitle` and changes of the title's size.
    pub static MOVED_TITLE: Rule = {
        code: "GEOM014",
        name: "moved-title",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::Title], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the title is moved or smaller: {} is {} bp; the style sets {} bp",
        d.what,
        shown(d.measured),
        shown(d.allowed)
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
        Trial::of(&MOVED_TITLE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::Title, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&MOVED_TITLE).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::Title, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::Title, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::Title, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
