use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text is painted in the colour of what lies beneath it, white on white or blue on a blue box: what was painted
    /// before it on that place is what counts, not the colour alone. Only text that says something is meant: an
    /// instruction, an identity, a sentence.
    ///
    /// ## Why it matters
    /// Text that only programs read is written for programs: hidden instructions to reviewers' tools count as
    /// misconduct, and hidden names undo the anonymity of the paper.
    ///
    /// ## What to do
    /// Take the text out of the sources; looking for `\textcolor{white}` and `\color{white}` finds most of it.
    ///
    /// ## Limits
    /// What lies on a picture or a pattern is not judged: their colours are not known.
    pub static TEXT_IN_BACKGROUND_COLOUR: Rule = {
        code: "HIDE001",
        name: "text-in-background-colour",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: colour_hides_nothing,
    }
}

fn colour_hides_nothing(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden {
            by: Cause::Colour,
            how: "is painted in the colour of what lies beneath it",
            sentence: Severity::Error,
        },
    )
}
