use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is cut away by a clip.
    ///
    /// ## Why it matters
    /// Programs read what a clip cuts away, and nobody sees it.
    ///
    /// ## What to do
    /// Take the text out of the sources, or crop the figure that it belongs to before including it.
    ///
    /// ## Limits
    /// A plain sentence is a note: figures that are included with `clip` leave much behind.
    pub static CLIPPED_TEXT: Rule = {
        code: "HIDE007",
        name: "clipped-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_clipped,
    }
}

fn no_word_is_clipped(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::Clipped, how: "is cut away by a clip", sentence: Severity::Note })
}
