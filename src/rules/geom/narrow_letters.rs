use super::{Weight, percent, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Letters have the width that their font gives them, as far as the package microtype leaves it by
    /// itself: 98 %. They are not pushed together.
    ///
    /// ## Why it matters
    /// Narrowed type makes room that other authors do not have, and is harder to read.
    ///
    /// ## What to do
    /// Load microtype without `shrink`, `stretch` and `tracking`; take out scaled boxes and
    /// `\DeclareMicrotypeSet` for tracking.
    pub static NARROW_LETTERS: Rule = {
        code: "GEOM013",
        name: "narrow-letters",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::LetterWidth], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    format!(
        "{}: their width is {} of the font's own; {} is allowed",
        d.what,
        percent(d.measured),
        percent(d.allowed)
    )
}
