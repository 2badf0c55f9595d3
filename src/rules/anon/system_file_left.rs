use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No leftovers of systems and editors are handed in (`.DS_Store`, `__MACOSX`, `.idea`, `.vscode`, `*.swp`).
    ///
    /// ## Why it matters
    /// They hold names of folders, machines and people.
    ///
    /// ## What to do
    /// Leave them out: `zip -x '*.DS_Store' -x '__MACOSX*'`.
    pub static SYSTEM_FILE_LEFT: Rule = {
        code: "ANON069",
        name: "system-file-left",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: no_leftovers_are_handed_in,
    }
}

fn no_leftovers_are_handed_in(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::SystemFile,
        "a leftover of a system or editor is handed in; it may name folders or people",
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
        Trial::of(&SYSTEM_FILE_LEFT).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::SystemFile, Setting::File, weight);
        let trial = Trial::of(&SYSTEM_FILE_LEFT).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&SYSTEM_FILE_LEFT).undetermined(&unread);
    }
}
