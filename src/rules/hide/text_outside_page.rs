use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something stands outside the page.
    ///
    /// ## Why it matters
    /// Programs read what stands beside the page, and nobody sees it.
    ///
    /// ## What to do
    /// Take the text out of the sources, or crop the figure that it belongs to before including it.
    ///
    /// ## Limits
    /// A plain sentence is a note: figures that are included with `trim` leave much behind.
    pub static TEXT_OUTSIDE_PAGE: Rule = {
        code: "HIDE006",
        name: "text-outside-page",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_word_is_on_the_page,
    }
}

fn every_word_is_on_the_page(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::OffPage, how: "stands outside the page", sentence: Severity::Note })
}
