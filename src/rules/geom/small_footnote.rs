use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Footnotes and the notice are set in the size of the style.
    ///
    /// ## Why it matters
    /// Smaller footnotes make room for text, and are harder to read.
    ///
    /// ## What to do
    /// Take out changes of `\footnotesize`.
    pub static SMALL_FOOTNOTE: Rule = {
        code: "GEOM016",
        name: "small-footnote",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::FootnoteSize], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("the type size of {} is {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
}
