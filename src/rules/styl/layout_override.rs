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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::Change;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn with(reach: Reach, is_undone: bool) -> Paper {
        let text = "\\linespread{0.9}".to_owned();
        let change = Change { reach, text, what: "the leading", is_undone, at: in_source() };
        paper_with_sources(|s| s.changes.push(change))
    }

    #[test]
    fn what_it_is_about_is_found_and_other_changes_are_not() {
        Trial::of(&LAYOUT_OVERRIDE)
            .fails(&with(Reach::Document, false))
            .passes(&with(Reach::Gap, false))
            .not_applicable(&Paper::default());
    }

    #[test]
    fn what_the_style_undoes_is_named_as_without_effect() {
        let found = Trial::of(&LAYOUT_OVERRIDE).finding(&with(Reach::Document, true));
        assert_eq!(found.severity, Some(Severity::Note));
        assert!(found.message.contains("no effect"), "{}", found.message);
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&LAYOUT_OVERRIDE).undetermined(&unread);
    }
}
