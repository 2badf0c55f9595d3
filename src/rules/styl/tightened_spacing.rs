use super::changed;
use crate::finding::{Finding, Severity};
use crate::paper::source::Reach;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// No source takes room away around headings, floats, captions, lists or formulas: negative `\vspace`, lengths, options
    /// of lists and captions.
    ///
    /// ## Why it matters
    /// Many small gaps make lines, and lines make the paper longer than it may be.
    ///
    /// ## What to do
    /// Take the command out. If the paper is then too long, shorten it.
    pub static TIGHTENED_SPACING: Rule = {
        code: "STYL013",
        name: "tightened-spacing",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: gaps_are_the_styles,
    }
}

fn gaps_are_the_styles(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    changed(case, Reach::Gap)
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
        Trial::of(&TIGHTENED_SPACING)
            .fails(&with(Reach::Gap, false))
            .passes(&with(Reach::Scale, false))
            .not_applicable(&Paper::default());
    }

    #[test]
    fn what_the_style_undoes_is_named_as_without_effect() {
        let found = Trial::of(&TIGHTENED_SPACING).finding(&with(Reach::Gap, true));
        assert_eq!(found.severity, Some(Severity::Note));
        assert!(found.message.contains("no effect"), "{}", found.message);
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&TIGHTENED_SPACING).undetermined(&unread);
    }
}
