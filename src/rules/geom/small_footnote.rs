use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Footnotes and the notice are set in the size of the style.
    ///
    /// ## Why it matters
    /// Smaller footnotes make room for text, and are harder to read.
    ///
    /// ## What to do
    /// Take out changes of `\footnotesize`.
    pub static SMALL_FOOTNOTE: Rule = {
        code: "GEOM016",
        name: "small-footnote",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::FootnoteSize], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("the type size of {} is {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture};

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&SMALL_FOOTNOTE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::FootnoteSize, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn outside_the_main_text_it_is_a_note() {
        let mut paper = departing(Aspect::FootnoteSize, 0.0);
        paper.typesetting.departures[0].is_in_main_text = false;
        assert_eq!(Trial::of(&SMALL_FOOTNOTE).finding(&paper).severity, Some(Severity::Note));
    }
}
