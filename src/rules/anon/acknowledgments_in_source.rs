use crate::finding::{Finding, Severity};
use crate::paper::source::{HintKind, Setting};
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No source thanks somebody or names a grant. In the `ack` environment, which the style drops from submissions, it is
    /// a warning unless it names a grant.
    ///
    /// ## Why it matters
    /// Thanks and grants lead to the authors. A section of one's own is printed; the environment is dropped, but stands
    /// in the source.
    ///
    /// ## What to do
    /// Write "Omitted for double-blind review" until the paper is accepted.
    pub static ACKNOWLEDGMENTS_IN_SOURCE: Rule = {
        code: "ANON076",
        name: "acknowledgments-in-source",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: source_thanks_nobody,
    }
}

fn source_thanks_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| matches!(h.kind, HintKind::Acknowledgment | HintKind::Grant) && h.setting == Setting::Source,
        "the source thanks somebody or names a grant; what is handed in does neither",
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
        Trial::of(&ACKNOWLEDGMENTS_IN_SOURCE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Acknowledgment, Setting::Source, weight);
        let trial = Trial::of(&ACKNOWLEDGMENTS_IN_SOURCE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&ACKNOWLEDGMENTS_IN_SOURCE).undetermined(&unread);
    }
}
