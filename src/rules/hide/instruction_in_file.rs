use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::always;

rule! {
    /// ## What it checks
    /// No file holds an instruction to a language model that reads it for a reviewer ("ignore all previous instructions").
    ///
    /// ## Why it matters
    /// Venues treat it as an attempt to manipulate the review.
    ///
    /// ## What to do
    /// Take it out. If the paper is about such instructions, write so where they stand.
    pub static INSTRUCTION_IN_FILE: Rule = {
        code: "HIDE060",
        name: "instruction-in-file",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: files_instruct_nobody,
    }
}

fn files_instruct_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    always(
        case,
        |h| h.kind == HintKind::Instruction,
        "a file instructs a machine that reads it for a reviewer; a submission instructs nobody",
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
        Trial::of(&INSTRUCTION_IN_FILE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::Instruction, Setting::File, weight);
        let trial = Trial::of(&INSTRUCTION_IN_FILE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&INSTRUCTION_IN_FILE).undetermined(&unread);
    }
}
