use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The abstract and the running text are set in the size of the style. Captions, tables, code and
    /// footnotes are not looked at.
    ///
    /// ## Why it matters
    /// Smaller type makes room that other authors do not have, and is harder to read.
    ///
    /// ## What to do
    /// Take out `\small`, `\fontsize` and scaled boxes around paragraphs.
    pub static SMALL_BODY_TYPE: Rule = {
        code: "GEOM005",
        name: "small-body-type",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::BodySize], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("the type size of {} is {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
}
