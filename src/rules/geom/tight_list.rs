use super::{Weight, shown, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Items stand as far apart, and as far from the left edge, as the style sets them. One list set
    /// otherwise is silent where it saves less than a line.
    ///
    /// ## Why it matters
    /// Lists without gaps make room for text.
    ///
    /// ## What to do
    /// Take out `nosep`, `leftmargin` and the like of the package enumitem, and negative `\itemsep`.
    pub static TIGHT_LIST: Rule = {
        code: "GEOM011",
        name: "tight-list",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::ListGap, Aspect::ListIndent], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    match d.aspect {
        Aspect::ListIndent => {
            format!("{} begins at x {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
        }
        _ => too_small(d),
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
        Trial::of(&TIGHT_LIST)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::ListGap, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&TIGHT_LIST).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::ListGap, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::ListGap, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::ListGap, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
