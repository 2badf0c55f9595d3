use super::changed;
use crate::finding::{Finding, Severity};
use crate::paper::source::Reach;
use crate::rule::{Case, Skip, rule};

rule! {
    /// ## What it checks
    /// No source scales a table or figure as a whole, or sets text beside it. Both are allowed, and worth a look.
    ///
    /// ## Why it matters
    /// A scaled table has smaller type than the style asks, and may be too small to read.
    ///
    /// ## What to do
    /// See that the smallest letters can be read on paper; break a wide table or leave out columns instead.
    pub static SCALED_CONTENT: Rule = {
        code: "STYL014",
        name: "scaled-content",
        aliases: &[],
        severity: Severity::Note,
        needs: &[],
        check: nothing_is_scaled,
    }
}

fn nothing_is_scaled(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    changed(case, Reach::Scale)
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
        Trial::of(&SCALED_CONTENT)
            .fails(&with(Reach::Scale, false))
            .passes(&with(Reach::Gap, false))
            .not_applicable(&Paper::default());
    }

    #[test]
    fn what_the_style_undoes_is_named_as_without_effect() {
        let found = Trial::of(&SCALED_CONTENT).finding(&with(Reach::Scale, true));
        assert_eq!(found.severity, Some(Severity::Note));
        assert!(found.message.contains("no effect"), "{}", found.message);
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&SCALED_CONTENT).undetermined(&unread);
    }
}
