use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Lines stand as far apart as the style sets them.
    ///
    /// ## Why it matters
    /// Lines closer together make room that other authors do not have, and are harder to read.
    ///
    /// ## What to do
    /// Take out `\linespread`, `\baselinestretch`, `\setstretch` and font sizes with a leading of their
    /// own.
    pub static TIGHT_LEADING: Rule = {
        code: "GEOM004",
        name: "tight-leading",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::Leading], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!("the leading is {} bp; the style sets {} bp", shown(d.measured), shown(d.allowed))
}
