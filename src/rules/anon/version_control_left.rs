use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// Nothing that is handed in holds a folder of version control (`.git`, `.hg`, `.svn`). At the root of a folder that
    /// is checked it is a note: it is where you work, not yet what you hand in.
    ///
    /// ## Why it matters
    /// Such a folder holds the names and addresses of everybody who worked on it, and where it came from.
    ///
    /// ## What to do
    /// Pack the files without it: `git archive --format zip -o supplement.zip HEAD`.
    pub static VERSION_CONTROL_LEFT: Rule = {
        code: "ANON067",
        name: "version-control-left",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: no_version_control_is_left,
    }
}

fn no_version_control_is_left(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::VersionControl,
        "a folder of version control is handed in; it names everybody who worked on it",
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
        Trial::of(&VERSION_CONTROL_LEFT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::VersionControl, Setting::File, weight);
        let trial = Trial::of(&VERSION_CONTROL_LEFT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&VERSION_CONTROL_LEFT).undetermined(&unread);
    }
}
