use crate::audience::Audience;
use crate::count;
use crate::finding::{Finding, Severity};
use crate::paper::Earlier;
use crate::paper::clue::clues;
use crate::place::{FileId, Place};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{settled, shortened};

rule! {
    /// ## What it checks
    /// No earlier revision within the PDF names somebody whom the newest one no longer names: in its properties,
    /// figures, notes, or the author block and addresses of its first page. That earlier revisions are there at all
    /// is a note.
    ///
    /// ## Why it matters
    /// Programs that edit a PDF append their changes: what was deleted is still in the file, and cutting off its end
    /// brings it back.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, which writes the newest revision alone, or build the paper anew.
    ///
    /// ## Limits
    /// The six newest of the earlier revisions are read.
    ///
    /// ## Source
    /// ISO 32000-2 §7.5.6, incremental updates.
    pub static IDENTITY_IN_REVISION: Rule = {
        code: "ANON013",
        name: "identity-in-revision",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: earlier_revisions_name_nobody,
    }
}

fn earlier_revisions_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    if case.audience == Audience::Reviewer {
        return Err(Skip::not_applicable("reviewers do not look into earlier revisions"));
    }
    let file = read_pdf(case)?;
    let earlier = &case.paper.unshown.earlier;
    let mut found: Vec<Finding> = earlier.iter().filter_map(|one| finding_of(one, file)).collect();
    if found.is_empty() {
        let unread = earlier.iter().find_map(|e| Some((e.revision, e.why_unread.as_ref()?)));
        if let Some((revision, why)) = unread {
            return Err(Skip::undetermined(format!("revision {revision} of the file was not read: {why}")));
        }
        if case.paper.revisions as usize > earlier.len() + 1 {
            return Err(Skip::undetermined("the file holds more earlier revisions than are read"));
        }
        found.extend(kept(earlier.len(), file));
    }
    settled(case, found.into_iter().map(|f| f.asked_by(clause)).collect())
}

fn finding_of(earlier: &Earlier, file: FileId) -> Option<Finding> {
    let mut words: Vec<String> = earlier.words.clone();
    words.extend(earlier.entries.iter().flat_map(clues).map(|clue| clue.words));
    words.sort();
    words.dedup();
    let at = Place::File { file, inside: Some(format!("revision {}", earlier.revision)) };
    let message = format!(
        "revision {} of the file, which it still holds, names somebody; a submission names nobody",
        earlier.revision
    );
    (!words.is_empty()).then(|| Finding::new(message, at).seen(shortened(&words.join(", "))))
}

fn kept(number: usize, file: FileId) -> Option<Finding> {
    let revisions = count::counted(number, "earlier revision", "earlier revisions");
    let message = format!("the file holds {revisions} of itself, which name nobody");
    (number > 0).then(|| Finding::new(message, Place::whole_file(file)).lowered_to(Severity::Note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Holder, Paper};
    use crate::rules::trial::{Trial, paper_with, with_entries};

    fn with_earlier(words: &[&str], entries: &[(Holder, &str, &str)]) -> Paper {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        let entries = with_entries(entries).unshown.entries;
        paper_with(|p| {
            p.revisions = 2;
            p.unshown.earlier.push(Earlier { revision: 1, entries, words, why_unread: None });
        })
    }

    #[test]
    fn what_only_an_earlier_revision_names_is_found() {
        let trial = Trial::of(&IDENTITY_IN_REVISION).passes(&paper_with(|_| ()));
        let page = trial.finding(&with_earlier(&["Melanie Velm"], &[]));
        assert_eq!((page.severity, page.evidence.as_deref()), (None, Some("Melanie Velm")));
        let trial = trial.audience(Audience::Reviewer).not_applicable(&with_earlier(&["Melanie Velm"], &[]));
        let trial = trial.audience(Audience::Chair);
        let info = trial.finding(&with_earlier(&[], &[(Holder::Info, "Author", "Melanie Velm")]));
        assert_eq!(info.evidence.as_deref(), Some("Melanie Velm"));
    }

    #[test]
    fn a_revision_that_names_nobody_is_a_note() {
        let plain = with_earlier(&[], &[(Holder::Info, "Producer", "pdfTeX-1.40.24")]);
        assert_eq!(Trial::of(&IDENTITY_IN_REVISION).finding(&plain).severity, Some(Severity::Note));
    }

    #[test]
    fn one_that_was_not_read_leaves_it_open() {
        let mut paper = with_earlier(&[], &[]);
        paper.unshown.earlier[0].why_unread = Some("it cannot be opened by itself".to_owned());
        let many = paper_with(|p| p.revisions = 12);
        Trial::of(&IDENTITY_IN_REVISION)
            .undetermined(&paper)
            .undetermined(&many)
            .undetermined(&Paper::default());
    }
}
