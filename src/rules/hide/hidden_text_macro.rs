use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::always;

rule! {
    /// ## What it checks
    /// No source sets words in white, in tiny type or in no type at all, directly or through a macro of its own. White on a
    /// painted ground is not meant.
    ///
    /// ## Why it matters
    /// Words that only machines see are treated as an attempt to manipulate the review.
    ///
    /// ## What to do
    /// Take the words out, or set them so that they are read.
    pub static HIDDEN_TEXT_MACRO: Rule = {
        code: "HIDE061",
        name: "hidden-text-macro",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: source_hides_nothing,
    }
}

fn source_hides_nothing(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    always(case, |h| h.kind == HintKind::HiddenWords, "the source sets words so that no reader sees them")
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
        Trial::of(&HIDDEN_TEXT_MACRO).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::HiddenWords, Setting::Source, weight);
        let trial = Trial::of(&HIDDEN_TEXT_MACRO).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&HIDDEN_TEXT_MACRO).undetermined(&unread);
    }
}
