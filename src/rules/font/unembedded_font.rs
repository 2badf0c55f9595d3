use super::told;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Every font that letters are set in is in the file.
    ///
    /// ## Why it matters
    /// A reader without the font sees another one: letters change their widths, and some are lost.
    ///
    /// ## What to do
    /// Build with pdfLaTeX as it comes, which embeds them; export figures with their fonts (matplotlib:
    /// `pdf.fonttype: 42`).
    pub static UNEMBEDDED_FONT: Rule = {
        code: "FONT001",
        name: "unembedded-font",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::Pdf],
        check: fonts_are_sound,
    }
}

fn fonts_are_sound(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, |f| !f.is_embedded, "fonts are not embedded")
}
