use super::told;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No letters are set in Type 3 fonts, whose letters are drawings.
    ///
    /// ## Why it matters
    /// Bitmaps look ragged on screen, and some publishers turn them away. What plots bring along is
    /// harmless.
    ///
    /// ## What to do
    /// Install the package cm-super, or load lmodern; for plots of matplotlib set `pdf.fonttype: 42`.
    pub static BITMAP_FONT: Rule = {
        code: "FONT002",
        name: "bitmap-font",
        aliases: &[],
        severity: Severity::Note,
        needs: &[Input::Pdf],
        check: fonts_are_sound,
    }
}

fn fonts_are_sound(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, |f| f.is_type3, "fonts are of Type 3: drawings, mostly bitmaps")
}
