use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is shown in the text rendering modes 3 or 7, which paint nothing. The recognised
    /// text of a scan, which lies under or over its picture, is not meant.
    ///
    /// ## Why it matters
    /// No author needs the mode; text set in it is read by programs alone.
    ///
    /// ## What to do
    /// Take the text, or the `Tr` operator that hides it, out of the sources.
    pub static HIDDEN_BY_RENDER_MODE: Rule = {
        code: "HIDE003",
        name: "hidden-by-render-mode",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_word_is_painted,
    }
}

fn every_word_is_painted(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden { by: Cause::Mode, how: "is shown in a mode that paints nothing", sentence: Severity::Error },
    )
}
