use super::is_identity;
use crate::finding::{Finding, Severity};
use crate::paper::source::Setting;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No comment of a source names somebody: an e-mail address, a block of authors, a grant, a person with an
    /// institution, a task with a name in brackets. Samples of templates are not meant.
    ///
    /// ## Why it matters
    /// Comments are not printed, and read by everybody who opens the source.
    ///
    /// ## What to do
    /// Delete the comment, or hand in the PDF alone.
    pub static IDENTITY_IN_COMMENT: Rule = {
        code: "ANON061",
        name: "identity-in-comment",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: comments_name_nobody,
    }
}

fn comments_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.setting == Setting::Comment && is_identity(h.kind),
        "a comment of the source names somebody; what is handed in names nobody",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{HintKind, Weight};
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::File, Weight::Full);
        Trial::of(&IDENTITY_IN_COMMENT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Email, Setting::Comment, weight);
        let trial = Trial::of(&IDENTITY_IN_COMMENT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&IDENTITY_IN_COMMENT).undetermined(&unread);
    }
}
