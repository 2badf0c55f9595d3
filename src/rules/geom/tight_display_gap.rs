use super::{Weight, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::Aspect;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Above displayed formulas there is the room that the style leaves. It is told where most of the
    /// formulas that were looked at have less.
    ///
    /// ## Why it matters
    /// Gaps that are less throughout add up to lines.
    ///
    /// ## What to do
    /// Take out changes of `\abovedisplayskip` and its like, and negative `\vspace` before formulas.
    pub static TIGHT_DISPLAY_GAP: Rule = {
        code: "GEOM010",
        name: "tight-display-gap",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::DisplayGap], Weight::Room, too_small)
}
