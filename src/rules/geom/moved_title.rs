use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The title stands between its two bars at the place and in the size of the style.
    ///
    /// ## Why it matters
    /// A title moved up makes room on page one.
    ///
    /// ## What to do
    /// Take out negative `\vspace` before `\maketitle` and changes of the title's size.
    pub static MOVED_TITLE: Rule = {
        code: "GEOM014",
        name: "moved-title",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::Title], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!(
        "the title is moved or smaller: {} is {} bp; the style sets {} bp",
        d.what,
        shown(d.measured),
        shown(d.allowed)
    )
}
