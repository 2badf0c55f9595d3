use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Captions are set in the size of the text, and not closer to their pictures than the style or the
    /// package caption does.
    ///
    /// ## Why it matters
    /// Smaller and tighter captions make room for text.
    ///
    /// ## What to do
    /// Take out `font=small` and `skip` of the package caption, and negative `\vspace` in figures.
    pub static TIGHT_CAPTION: Rule = {
        code: "GEOM008",
        name: "tight-caption",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::CaptionSize, Aspect::CaptionGap], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    match d.aspect {
        Aspect::CaptionSize => {
            format!(
                "the type size of captions is {} bp; the style sets {} bp",
                shown(d.measured),
                shown(d.allowed)
            )
        }
        _ => format!(
            "the gap {} is {} bp; at least {} bp is usual",
            d.what,
            shown(d.measured),
            shown(d.allowed)
        ),
    }
}
