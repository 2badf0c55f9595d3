use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{anonymous, is_read};

rule! {
    /// ## What it checks
    /// No `\author`, or command like it, of a source that is handed in names somebody. Sample authors of templates are
    /// not meant. A source named with `--source` is not handed in: there it is a note.
    ///
    /// ## Why it matters
    /// The style prints "Anonymous Author(s)" whatever stands there, so that the PDF shows nothing. Whoever opens the
    /// source reads the names.
    ///
    /// ## What to do
    /// Keep the names in a file of their own that you do not hand in, or hand in the PDF alone.
    pub static AUTHOR_IN_SOURCE: Rule = {
        code: "ANON060",
        name: "author-in-source",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: source_names_nobody,
    }
}

fn source_names_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| is_read(h, HintKind::Author),
        "the source names authors; what is handed in names nobody",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{Setting, Weight};
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&AUTHOR_IN_SOURCE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Author, Setting::Source, weight);
        let trial = Trial::of(&AUTHOR_IN_SOURCE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&AUTHOR_IN_SOURCE).undetermined(&unread);
    }
}
