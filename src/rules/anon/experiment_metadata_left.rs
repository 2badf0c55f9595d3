use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No file of a tracker of experiments (Weights & Biases, TensorBoard, Hydra, MLflow) tells a user or machine.
    ///
    /// ## Why it matters
    /// Trackers write down user, host, address and repository by themselves.
    ///
    /// ## What to do
    /// Leave their folders out; results go into a table.
    pub static EXPERIMENT_METADATA_LEFT: Rule = {
        code: "ANON070",
        name: "experiment-metadata-left",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: experiments_name_nobody,
    }
}

fn experiments_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::Tracker,
        "what a tracker of experiments wrote tells who ran them, and where",
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
        Trial::of(&EXPERIMENT_METADATA_LEFT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Tracker, Setting::File, weight);
        let trial = Trial::of(&EXPERIMENT_METADATA_LEFT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&EXPERIMENT_METADATA_LEFT).undetermined(&unread);
    }
}
