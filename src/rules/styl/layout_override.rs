use super::changed;
use crate::finding::{Finding, Severity};
use crate::paper::source::Reach;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// No source changes what the style sets for the whole paper: margins, text block, leading, headings, gaps between
    /// paragraphs. What the style sets again at `\begin{document}` is named as having no effect.
    ///
    /// ## Why it matters
    /// The page is the same for everybody. How many lines a change gains is measured in the PDF, by rules of their own.
    ///
    /// ## What to do
    /// Take the command out. If the paper is then too long, shorten it.
    pub static LAYOUT_OVERRIDE: Rule = {
        code: "STYL012",
        name: "layout-override",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: layout_is_the_styles,
    }
}

fn layout_is_the_styles(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    changed(case, Reach::Document)
}
