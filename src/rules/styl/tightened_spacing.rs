use super::changed;
use crate::finding::{Finding, Severity};
use crate::paper::source::Reach;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// No source takes room away around headings, floats, captions, lists or formulas: negative `\vspace`, lengths, options
    /// of lists and captions.
    ///
    /// ## Why it matters
    /// Many small gaps make lines, and lines make the paper longer than it may be.
    ///
    /// ## What to do
    /// Take the command out. If the paper is then too long, shorten it.
    pub static TIGHTENED_SPACING: Rule = {
        code: "STYL013",
        name: "tightened-spacing",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: gaps_are_the_styles,
    }
}

fn gaps_are_the_styles(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    changed(case, Reach::Gap)
}
