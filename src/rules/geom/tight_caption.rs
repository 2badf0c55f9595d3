use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Captions are set in the size of the text, and not closer to their pictures than the style or the
    /// package caption does.
    ///
    /// ## Why it matters
    /// Smaller and tighter captions make room for text.
    ///
    /// ## What to do
    /// Take out `font=small` and `skip` of the package caption, and negative `\vspace` in figures.
    pub static TIGHT_CAPTION: Rule = {
        code: "GEOM008",
        name: "tight-caption",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::CaptionSize, Aspect::CaptionGap], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    match d.aspect {
        Aspect::CaptionSize => {
            format!(
                "the type size of captions is {} bp; the style sets {} bp",
                shown(d.measured),
                shown(d.allowed)
            )
        }
        _ => format!(
            "the gap {} is {} bp; at least {} bp is usual",
            d.what,
            shown(d.measured),
            shown(d.allowed)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        Trial::of(&TIGHT_CAPTION)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::CaptionSize, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&TIGHT_CAPTION).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::CaptionSize, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::CaptionSize, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::CaptionSize, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
