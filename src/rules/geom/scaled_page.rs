use super::{Weight, percent, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The page is shown at its own size.
    ///
    /// ## Why it matters
    /// A page that was made smaller when it was printed to a file has smaller type than asked for, though
    /// it holds no more.
    ///
    /// ## What to do
    /// Hand in the file that LaTeX wrote; print to PDF at 100 %.
    pub static SCALED_PAGE: Rule = {
        code: "GEOM003",
        name: "scaled-page",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::PageScale], Weight::Advice, said)
}

fn said(d: &Departure) -> String {
    format!("the page is shown at a scale of {}; the style sets it at its own size", percent(d.measured))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture};

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&SCALED_PAGE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::PageScale, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn it_is_advice_wherever_it_stands() {
        let mut paper = departing(Aspect::PageScale, 0.0);
        paper.typesetting.departures[0].is_in_main_text = false;
        assert_eq!(Trial::of(&SCALED_PAGE).finding(&paper).severity, None);
    }
}
