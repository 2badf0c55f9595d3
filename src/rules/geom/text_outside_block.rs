use super::{Weight, shown, told};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The text stays within the text block of the style: 5.5 by 9 inches; on page one it ends above the
    /// notice. What is shown is the text that stands outside.
    ///
    /// ## Why it matters
    /// A longer page or a wider line holds what belongs on the next page.
    ///
    /// ## What to do
    /// Take out `\newgeometry`, `\enlargethispage` and changes of `\textheight`, `\textwidth`, the margins or,
    /// where the first page is too long, `\textfloatsep`. A figure that is too tall is to be made smaller.
    pub static TEXT_OUTSIDE_BLOCK: Rule = {
        code: "GEOM002",
        name: "text-outside-block",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::BlockHeight, Aspect::BlockWidth], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    let (measured, allowed) = (shown(d.measured), shown(d.allowed));
    match (d.aspect, d.measured < d.allowed) {
        (Aspect::BlockWidth, _) => {
            format!("lines are {measured} bp wide; the text block of the style is {allowed} bp wide")
        }
        (_, true) => {
            format!("text begins at y {measured} bp; the text block of the style begins at {allowed} bp")
        }
        _ => {
            let low = shown(d.measured - d.allowed);
            format!(
                "{} ends {low} bp below the end of the text block (at y {measured}, not {allowed} bp)",
                d.what
            )
        }
    }
}
