use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is set so small that no eye reads it: lower than 1 bp, or narrower than 0.15 bp a
    /// letter.
    ///
    /// ## Why it matters
    /// Type of a tenth of a point is how instructions to reviewers' tools are hidden most often.
    ///
    /// ## What to do
    /// Take the text out of the sources. Where a whole figure was scaled down too far, include it larger.
    ///
    /// ## Limits
    /// Small text of a figure all of whose text is as small is a note: the figure was scaled down.
    pub static UNREADABLY_SMALL_TEXT: Rule = {
        code: "HIDE002",
        name: "unreadably-small-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_word_can_be_read,
    }
}

fn every_word_can_be_read(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::Size, how: "is set too small to be read", sentence: Severity::Error })
}
