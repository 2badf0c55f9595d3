use super::{Weight, shown, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Items stand as far apart, and as far from the left edge, as the style sets them. One list set
    /// otherwise is silent where it saves less than a line.
    ///
    /// ## Why it matters
    /// Lists without gaps make room for text.
    ///
    /// ## What to do
    /// Take out `nosep`, `leftmargin` and the like of the package enumitem, and negative `\itemsep`.
    pub static TIGHT_LIST: Rule = {
        code: "GEOM011",
        name: "tight-list",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::ListGap, Aspect::ListIndent], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    match d.aspect {
        Aspect::ListIndent => {
            format!("{} begins at x {} bp; the style sets {} bp", d.what, shown(d.measured), shown(d.allowed))
        }
        _ => too_small(d),
    }
}
