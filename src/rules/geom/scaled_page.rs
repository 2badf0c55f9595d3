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
