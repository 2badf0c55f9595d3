use super::{Weight, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::Aspect;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Paragraphs stand as far apart as the style sets them. The distance does not stretch or shrink in the
    /// style.
    ///
    /// ## Why it matters
    /// Gaps that are less throughout add up to lines.
    ///
    /// ## What to do
    /// Take out changes of `\parskip` and negative `\vspace` between paragraphs.
    pub static TIGHT_PARAGRAPH_GAP: Rule = {
        code: "GEOM006",
        name: "tight-paragraph-gap",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::ParagraphGap], Weight::Room, too_small)
}
