use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No field of a bibliography names files or people of whoever keeps it: `file` with a path, `owner`, `local-url`,
    /// folders in `@comment{jabref-meta}`. Remarks such as `annote` are a warning, a bare file name a note.
    ///
    /// ## Why it matters
    /// Reference managers write these fields by themselves. TeX ignores them, and whoever opens the file reads them.
    ///
    /// ## What to do
    /// Export the bibliography without private fields, or delete them.
    pub static BIB_PRIVATE_FIELD: Rule = {
        code: "ANON066",
        name: "bib-private-field",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: bibliography_is_nobodys,
    }
}

fn bibliography_is_nobodys(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::PrivateField,
        "a field of a reference manager tells whose bibliography this is; a submission does not",
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
        Trial::of(&BIB_PRIVATE_FIELD).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::PrivateField, Setting::Bibliography, weight);
        let trial = Trial::of(&BIB_PRIVATE_FIELD).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&BIB_PRIVATE_FIELD).undetermined(&unread);
    }
}
