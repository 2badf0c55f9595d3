use crate::finding::{Finding, Severity};
use crate::paper::source::{HintKind, Setting};
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No source, outside comments, and no other file holds an e-mail address. Examples are not meant; in folders of data
    /// and of other people's work it is a note.
    ///
    /// ## Why it matters
    /// An address names a person and where they work.
    ///
    /// ## What to do
    /// Take the address out.
    pub static EMAIL_IN_FILE: Rule = {
        code: "ANON074",
        name: "email-in-file",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: files_hold_no_address,
    }
}

fn files_hold_no_address(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::Email && matches!(h.setting, Setting::Source | Setting::File),
        "a file holds an e-mail address; a submission shows none",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::Weight;
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&EMAIL_IN_FILE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Email, Setting::File, weight);
        let trial = Trial::of(&EMAIL_IN_FILE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&EMAIL_IN_FILE).undetermined(&unread);
    }
}
