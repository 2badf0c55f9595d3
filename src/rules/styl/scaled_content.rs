use super::changed;
use crate::finding::{Finding, Severity};
use crate::paper::source::Reach;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// No source scales a table or figure as a whole, or sets text beside it. Both are allowed, and worth a look.
    ///
    /// ## Why it matters
    /// A scaled table has smaller type than the style asks, and may be too small to read.
    ///
    /// ## What to do
    /// See that the smallest letters can be read on paper; break a wide table or leave out columns instead.
    pub static SCALED_CONTENT: Rule = {
        code: "STYL014",
        name: "scaled-content",
        aliases: &[],
        severity: Severity::Note,
        needs: &[],
        check: nothing_is_scaled,
    }
}

fn nothing_is_scaled(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    changed(case, Reach::Scale)
}
