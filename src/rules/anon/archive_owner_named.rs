use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// Neither the comment of an archive nor the owners of its members name somebody.
    ///
    /// ## Why it matters
    /// Programs write them by themselves, and `tar tvf` shows them.
    ///
    /// ## What to do
    /// Pack it as a zip without comment, or with `tar --owner=0 --group=0 --numeric-owner`.
    pub static ARCHIVE_OWNER_NAMED: Rule = {
        code: "ANON072",
        name: "archive-owner-named",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: archives_name_nobody,
    }
}

fn archives_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::ArchiveOwner,
        "the archive names who packed it; a submission names nobody",
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
        Trial::of(&ARCHIVE_OWNER_NAMED).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::ArchiveOwner, Setting::File, weight);
        let trial = Trial::of(&ARCHIVE_OWNER_NAMED).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&ARCHIVE_OWNER_NAMED).undetermined(&unread);
    }
}
