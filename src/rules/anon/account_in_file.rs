use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No file leads to an account, a personal page, an ORCID iD or a machine of the authors. A repository counts as theirs
    /// by the words before it, or as the only one that is to be cloned; any other is a note.
    ///
    /// ## Why it matters
    /// Such an address is a name in other words.
    ///
    /// ## What to do
    /// Put the code on an anonymous service (such as anonymous.4open.science) or into the supplement.
    pub static ACCOUNT_IN_FILE: Rule = {
        code: "ANON075",
        name: "account-in-file",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: files_lead_to_nobody,
    }
}

fn files_lead_to_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| matches!(h.kind, HintKind::Account | HintKind::Orcid | HintKind::Host),
        "a file leads to an account, page or machine of the authors; a submission leads to none",
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
        let other = paper_with_hint(HintKind::Email, Setting::Comment, Weight::Full);
        Trial::of(&ACCOUNT_IN_FILE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Account, Setting::File, weight);
        let trial = Trial::of(&ACCOUNT_IN_FILE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&ACCOUNT_IN_FILE).undetermined(&unread);
    }
}
