use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Every page is US letter, 8.5 by 11 inches, upright or turned.
    ///
    /// ## Why it matters
    /// Printers and readers fit another size to theirs, and every distance on the page changes with it.
    ///
    /// ## What to do
    /// Build the paper without `a4paper`, and print to PDF without scaling. The style sets letter paper by
    /// itself.
    pub static WRONG_PAPER_SIZE: Rule = {
        code: "GEOM001",
        name: "wrong-paper-size",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::PaperSize], Weight::Advice, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the page size has a side of {} bp; the style sets {} bp: US letter",
        shown(d.measured),
        shown(d.allowed)
    )
}
