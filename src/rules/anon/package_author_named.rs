use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No description of a package, head of a file or licence names its author or holder. Folders of other people's work
    /// (`third_party`, `vendor`, `external`, ...) may.
    ///
    /// ## Why it matters
    /// Fields such as `author` and `Copyright` name the authors of the paper.
    ///
    /// ## What to do
    /// Write "Anonymous Authors" there until the paper is accepted.
    pub static PACKAGE_AUTHOR_NAMED: Rule = {
        code: "ANON071",
        name: "package-author-named",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: packages_name_nobody,
    }
}

fn packages_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| matches!(h.kind, HintKind::PackageAuthor | HintKind::LicenseHolder),
        "a file of the supplement names who wrote it or holds its rights; a submission names nobody",
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
        Trial::of(&PACKAGE_AUTHOR_NAMED).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::PackageAuthor, Setting::File, weight);
        let trial = Trial::of(&PACKAGE_AUTHOR_NAMED).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&PACKAGE_AUTHOR_NAMED).undetermined(&unread);
    }
}
