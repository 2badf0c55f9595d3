use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is painted with an alpha of zero.
    ///
    /// ## Why it matters
    /// Text that nobody sees is read by programs alone. Slides and posters leave some behind, which is why a plain
    /// sentence is a warning.
    ///
    /// ## What to do
    /// Take the text out of the sources, or give it an opacity.
    pub static HIDDEN_BY_TRANSPARENCY: Rule = {
        code: "HIDE004",
        name: "hidden-by-transparency",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_transparent,
    }
}

fn no_word_is_transparent(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::Alpha, how: "is fully transparent", sentence: Severity::Warning })
}
