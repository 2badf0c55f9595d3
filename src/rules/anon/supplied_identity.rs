use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Skip, rule};
use crate::rules::precondition::{double_blind, every_page_is_read};
use crate::rules::supplied::{in_names, in_pdf, in_sources};
use crate::rules::unshown::settled;

rule! {
    /// ## What it checks
    /// Where somebody said who the authors are (`--identities`, `--author` and their like): none of them is named on
    /// a page, in a file's name, a link, the metadata, an attachment, hidden text, a source or a supplement. Names
    /// count whole, in both orders, with initials, whatever their accents. Reference lists, data and the work of
    /// others are left out, and so is a name beside a citation. A surname alone counts in metadata; on a page it
    /// needs to be neither a common word nor the name of three or more cited works, and in a source it is a warning.
    /// What is not handed in (`--source`) gives notes.
    ///
    /// ## Why it matters
    /// Only who knows the authors can tell their names from all others: a bookmark, a cluster, a method that bears
    /// a name.
    ///
    /// ## What to do
    /// Take the name out where it stands. The report says which author is meant and not the name itself, unless
    /// you ask with `--show-identities`.
    ///
    /// ## Limits
    /// A match is something for the authors to look at, not misconduct: names are shared. Reviewers cannot ask.
    pub static SUPPLIED_IDENTITY: Rule = {
        code: "ANON018",
        name: "supplied-identity",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: nobody_supplied_is_named,
    }
}

fn nobody_supplied_is_named(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    if case.audience == Audience::Reviewer {
        return Err(Skip::not_applicable("reviewers do not look for the authors"));
    }
    if case.identities.is_empty() {
        return Err(Skip::not_applicable("nobody said who the authors are"));
    }
    let (paper, identities) = (case.paper, case.identities);
    let mut found = in_names(paper, identities);
    found.extend(in_sources(&paper.sources, identities));
    if let Some(file) = paper.file {
        found.extend(in_pdf(paper, identities, file));
    }
    if found.is_empty() {
        every_page_is_read(case)?;
        let lacking = [&paper.sources.unread, &paper.sources.why_words_lack].into_iter().flatten().next();
        if let Some(why) = lacking {
            return Err(Skip::undetermined(format!("not everything was read: {why}")));
        }
    }
    settled(case, found.into_iter().map(|f| f.asked_by(clause)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::Audience;
    use crate::paper::source::{HintKind, Setting, Weight, Words};
    use crate::paper::{Holder, Paper, PrintedLine};
    use crate::place::{FileId, PageNumber, Place};
    use crate::rules::trial::{
        Trial, paper_with, paper_with_hint, paper_with_picture, paper_with_sources, seen, with_entries,
    };
    use crate::units::Rect;
    use std::sync::Arc;

    const VELM: &str = r#"{"authors": [{"names": ["Melanie Velmgaard"], "usernames": ["velmstiff"]}]}"#;

    fn trial() -> Trial {
        Trial::of(&SUPPLIED_IDENTITY).identities(VELM)
    }

    fn printed(texts: &[(&str, bool)]) -> Paper {
        let area = Rect::from_corners(108.0, 72.0, 504.0, 84.0);
        let line = |(text, is_reference): &(&str, bool)| PrintedLine {
            text: (*text).to_owned(),
            page: PageNumber(2),
            area,
            line_number: None,
            is_reference: *is_reference,
        };
        paper_with(|p| p.lines = texts.iter().map(line).collect())
    }

    #[test]
    fn a_name_on_a_page_is_found_and_not_repeated() {
        let finding = trial().finding(&printed(&[("we call it the Velmgaard limiter", false)]));
        assert_eq!(finding.message, "page 2 holds a surname of author 1; a submission names nobody");
        assert_eq!(finding.evidence.as_deref(), Some("author 1, surname"));
        assert!(!format!("{finding:?}").to_lowercase().contains("velmgaard"));
        assert_eq!(trial().findings(&printed(&[("by Velm-", false), ("gaard", false)])).len(), 1);
    }

    #[test]
    fn cited_names_and_references_are_nobodys() {
        trial()
            .passes(&printed(&[("Velmgaard and Quist [3] show that", false)]))
            .passes(&printed(&[("as Velmgaard et al. show", false)]))
            .passes(&printed(&[("M. Velmgaard and T. Quist. A title. 2020.", true)]))
            .passes(&printed(&[
                ("the scheme of Velmgaard converges", false),
                ("Velmgaard. A.", true),
                ("Velmgaard. B.", true),
                ("Velmgaard. C.", true),
            ]));
    }

    #[test]
    fn names_of_files_links_and_metadata_count() {
        trial()
            .fails(&paper_with(|p| p.names = vec!["velmgaard_v3.pdf".to_owned()]))
            .fails(&with_entries(&[(Holder::Outline, "Title", "notes for Melanie Velmgaard")]))
            .fails(&paper_with(|p| p.link_targets = vec![seen("https://example.org/velmstiff", 1)]));
    }

    /// A paper whose second file is this source, with a hint of something else on its first line.
    fn with_source(text: &str, is_handed_in: bool) -> Paper {
        let mut paper = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        paper.sources.words = vec![Words::new(FileId(1), is_handed_in, Arc::new(text.as_bytes().to_vec()))];
        paper
    }

    #[test]
    fn a_source_is_searched_and_its_references_are_not() {
        let found = trial().finding(&with_source("\n% ask Melanie Velmgaard\n% ask Melanie Velmgaard", true));
        assert_eq!(found.message, "the file holds a name of author 1; a submission names nobody");
        assert_eq!(found.at, Place::File { file: FileId(1), inside: Some("line 2".to_owned()) });
        assert_eq!(found.severity, None);
        let surname = trial().finding(&with_source("\nvelmgaard = solver()", true));
        assert_eq!(surname.severity, Some(Severity::Warning));
        let kept = trial().finding(&with_source("\nMelanie Velmgaard", false));
        assert_eq!(kept.severity, Some(Severity::Note));
        let list = "\n\\begin{thebibliography}{9}\nM. Velmgaard\n\\end{thebibliography}";
        trial()
            .passes(&with_source(list, true))
            .passes(&with_source("Melanie Velmgaard, told by another rule", true))
            .passes(&with_source("\nas Velmgaard~\\cite{velm} shows", true))
            .undetermined(&paper_with_sources(|s| s.why_words_lack = Some("a.log is too large".to_owned())));
    }

    #[test]
    fn words_that_no_reader_sees_are_searched_and_told_once() {
        let mute = seen("Melanie Velmgaard", 2);
        let found = trial().finding(&paper_with(|p| p.hidden.mute = vec![mute.clone(), mute.clone()]));
        assert_eq!(
            found.message,
            "text that no reader sees holds a name of author 1; a submission names nobody"
        );
        let mut both = printed(&[("Melanie Velmgaard", false)]);
        both.hidden.mute = vec![mute];
        assert_eq!(trial().findings(&both).len(), 1);
    }

    #[test]
    fn without_identities_and_for_reviewers_it_does_not_apply() {
        let named = printed(&[("Melanie Velmgaard", false)]);
        Trial::of(&SUPPLIED_IDENTITY).not_applicable(&named);
        trial().audience(Audience::Reviewer).not_applicable(&named);
        trial()
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .passes(&paper_with(|_| ()));
    }
}
