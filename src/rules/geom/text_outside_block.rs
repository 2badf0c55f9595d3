use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The text stays within the text block of the style: 5.5 by 9 inches; on page one it ends above the
    /// notice. What is shown is the text that stands outside.
    ///
    /// ## Why it matters
    /// A longer page or a wider line holds what belongs on the next page.
    ///
    /// ## What to do
    /// Take out `\newgeometry`, `\enlargethispage` and changes of `\textheight`, `\textwidth`, the margins or,
    /// where the first page is too long, `\textfloatsep`. A figure that is too tall is to be made smaller.
    pub static TEXT_OUTSIDE_BLOCK: Rule = {
        code: "GEOM002",
        name: "text-outside-block",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::BlockHeight, Aspect::BlockWidth], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    let (measured, allowed) = (shown(d.measured), shown(d.allowed));
    match (d.aspect, d.measured < d.allowed) {
        (Aspect::BlockWidth, _) => {
            format!("lines are {measured} bp wide; the text block of the style is {allowed} bp wide")
        }
        (_, true) => {
            format!("text begins at y {measured} bp; the text block of the style begins at {allowed} bp")
        }
        _ => {
            let low = shown(d.measured - d.allowed);
            format!(
                "{} ends {low} bp below the end of the text block (at y {measured}, not {allowed} bp)",
                d.what
            )
        }
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
        Trial::of(&TEXT_OUTSIDE_BLOCK)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&departing(Aspect::BlockHeight, 0.5))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .not_applicable(&paper_with(|p| p.style = crate::paper::Style::default()));
    }

    #[test]
    fn what_saves_a_line_in_the_required_style_is_an_error_and_anything_less_a_warning() {
        let severity = |paper: &Paper| Trial::of(&TEXT_OUTSIDE_BLOCK).finding(paper).severity;
        assert_eq!(severity(&departing(Aspect::BlockHeight, 1.0)), None);
        assert_eq!(severity(&departing(Aspect::BlockHeight, 0.9)), Some(Severity::Warning));
        let mut other = departing(Aspect::BlockHeight, 1.0);
        other.style = style("neurips_2023", StyleMode::Submission);
        assert_eq!(severity(&other), Some(Severity::Warning));
    }
}
