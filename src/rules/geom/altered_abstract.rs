use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The abstract has the width of the style, and stands as far below the title and its own heading.
    ///
    /// ## Why it matters
    /// A wider abstract, or one moved up, makes room on page one.
    ///
    /// ## What to do
    /// Take out `\vspace` around the abstract and changes of its margins; leave the anonymous block as the
    /// style sets it.
    pub static ALTERED_ABSTRACT: Rule = {
        code: "GEOM015",
        name: "altered-abstract",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::Abstract], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the abstract is altered: {} is {} bp; the style sets {} bp",
        d.what,
        shown(d.measured),
        shown(d.allowed)
    )
}
