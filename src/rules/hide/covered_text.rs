use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is covered by something opaque that was painted over it, such as a black box over a
    /// name.
    ///
    /// ## Why it matters
    /// A box hides words from the eye alone: whoever selects the text under it reads them.
    ///
    /// ## What to do
    /// Take the words out of the sources instead of painting over them, and build again.
    ///
    /// ## Limits
    /// A plain sentence is a note: stacked figures cover much of one another.
    pub static COVERED_TEXT: Rule = {
        code: "HIDE008",
        name: "covered-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_covered,
    }
}

fn no_word_is_covered(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden {
            by: Cause::Covered,
            how: "is covered by something painted over it",
            sentence: Severity::Note,
        },
    )
}
