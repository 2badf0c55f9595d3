use super::told;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// The file tells what each letter stands for.
    ///
    /// ## Why it matters
    /// Such letters cannot be searched, copied or read aloud; nor can this tool read them.
    ///
    /// ## What to do
    /// Build with a current TeX, or load the package cmap; export figures again.
    pub static UNMAPPED_FONT: Rule = {
        code: "FONT003",
        name: "unmapped-font",
        aliases: &[],
        severity: Severity::Note,
        needs: &[Input::Pdf],
        check: fonts_are_sound,
    }
}

/// Fewer letters are arrows, circles and pieces of brackets, which nobody searches for.
const FEWEST: u32 = 100;

fn fonts_are_sound(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(
        case,
        |f| f.unknown_letters >= FEWEST && f.unknown_letters * 2 > f.letters,
        "fonts do not tell what their letters stand for",
    )
}
