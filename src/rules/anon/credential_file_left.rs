use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::always;

rule! {
    /// ## What it checks
    /// No file that holds credentials is handed in (`.env`, `.netrc`, `id_rsa` and their like), and no file holds a key
    /// of a known service. Values of keys are never shown.
    ///
    /// ## Why it matters
    /// Whoever has the file can use them. They also tell whose they are.
    ///
    /// ## What to do
    /// Leave the file out, and change every password and key that it held: they are no secret any more.
    pub static CREDENTIAL_FILE_LEFT: Rule = {
        code: "ANON068",
        name: "credential-file-left",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: no_credentials_are_left,
    }
}

fn no_credentials_are_left(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    always(
        case,
        |h| h.kind == HintKind::Credential,
        "credentials are handed in; change them and leave the file out",
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
        Trial::of(&CREDENTIAL_FILE_LEFT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Credential, Setting::File, weight);
        let trial = Trial::of(&CREDENTIAL_FILE_LEFT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&CREDENTIAL_FILE_LEFT).undetermined(&unread);
    }
}
