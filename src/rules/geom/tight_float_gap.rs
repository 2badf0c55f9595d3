use super::{Weight, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::Aspect;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Below figures and tables with their caption at the foot there is at least the room that the style
    /// leaves on a full page.
    ///
    /// ## Why it matters
    /// Less room around figures makes room for text.
    ///
    /// ## What to do
    /// Take out changes of `\textfloatsep`, `\intextsep` and `\floatsep`, and negative `\vspace` around
    /// figures.
    pub static TIGHT_FLOAT_GAP: Rule = {
        code: "GEOM009",
        name: "tight-float-gap",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::FloatGap], Weight::Room, too_small)
}
