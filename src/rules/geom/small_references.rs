use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// References are set at 9 point at least.
    ///
    /// ## Why it matters
    /// References do not count towards the limit, so that nothing is gained; smaller ones cannot be read on
    /// paper.
    ///
    /// ## What to do
    /// Set the bibliography in `\small` at the least.
    pub static SMALL_REFERENCES: Rule = {
        code: "GEOM017",
        name: "small-references",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::ReferenceSize], Weight::Advice, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the type size of the references is {} bp; {} bp is the least",
        shown(d.measured),
        shown(d.allowed)
    )
}
