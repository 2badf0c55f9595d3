use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The narrowest twentieth of the spaces between words is not narrower than the font lets TeX make
    /// them.
    ///
    /// ## Why it matters
    /// Narrow spaces pull in lines, and words run together.
    ///
    /// ## What to do
    /// Take out changes of `\spaceskip`, of `\fontdimen` and negative `\hspace`.
    pub static NARROW_WORD_SPACE: Rule = {
        code: "GEOM012",
        name: "narrow-word-space",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::WordSpace], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("{} is {} bp wide or less; the font allows {} bp", d.what, shown(d.measured), shown(d.allowed))
}
