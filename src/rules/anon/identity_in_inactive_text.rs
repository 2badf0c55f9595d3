use super::is_identity;
use crate::finding::{Finding, Severity};
use crate::paper::source::Setting;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No text between `\iffalse` and `\fi`, in a `comment` environment or after `\end{document}` names somebody.
    ///
    /// ## Why it matters
    /// TeX skips it, and whoever opens the source reads it.
    ///
    /// ## What to do
    /// Delete the text, or hand in the PDF alone.
    pub static IDENTITY_IN_INACTIVE_TEXT: Rule = {
        code: "ANON062",
        name: "identity-in-inactive-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: inactive_text_names_nobody,
    }
}

fn inactive_text_names_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.setting == Setting::Inactive && is_identity(h.kind),
        "text that is switched off names somebody; what is handed in names nobody",
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
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&IDENTITY_IN_INACTIVE_TEXT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Person, Setting::Inactive, weight);
        let trial = Trial::of(&IDENTITY_IN_INACTIVE_TEXT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&IDENTITY_IN_INACTIVE_TEXT).undetermined(&unread);
    }
}
