use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No macro or option for notes bears the name or initials of a person: `\newcommand{\mira}[1]{...[Mira: #1]}`,
    /// `\todo[author=Mira]`. A single such macro is a warning, as are initials: they may be anything.
    ///
    /// ## Why it matters
    /// The names of those who write notes are those of the authors.
    ///
    /// ## What to do
    /// Rename the macros, or take them out with their notes.
    pub static NAMED_NOTE_MACRO: Rule = {
        code: "ANON064",
        name: "named-note-macro",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: notes_name_nobody,
    }
}

fn notes_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::NamedNote,
        "a note bears the name of a co-author; what is handed in names nobody",
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
        Trial::of(&NAMED_NOTE_MACRO).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::NamedNote, Setting::Source, weight);
        let trial = Trial::of(&NAMED_NOTE_MACRO).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&NAMED_NOTE_MACRO).undetermined(&unread);
    }
}
