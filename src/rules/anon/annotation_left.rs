use crate::finding::{Finding, Severity};
use crate::paper::clue::{ClueKind, in_text, is_nobody};
use crate::paper::{Holder, UnshownEntry};
use crate::place::FileId;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::read_pdf;
use crate::rules::unshown::{asked_or_lowered, place, settled, shortened};

rule! {
    /// ## What it checks
    /// No note, highlight or other mark-up was left in the PDF. One that names who wrote it is an error, one that only
    /// says something a warning, an empty one a note. Links and form fields are not meant.
    ///
    /// ## Why it matters
    /// Every viewer writes the reader's name or login into a note, and shows it when the note is touched.
    ///
    /// ## What to do
    /// Delete the notes in your viewer, or run `dlde fix paper.pdf -o clean.pdf`, which takes out their words and the
    /// names of their writers.
    ///
    /// ## Source
    /// ISO 32000-2 §12.5.6.2, markup annotations.
    pub static ANNOTATION_LEFT: Rule = {
        code: "ANON009",
        name: "annotation-left",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: no_note_is_left,
    }
}

fn no_note_is_left(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let file = read_pdf(case)?;
    let entries = &case.paper.unshown.entries;
    let notes: Vec<&UnshownEntry> =
        entries.iter().filter(|t| matches!(t.holder, Holder::Annotation { .. })).collect();
    // The entries of one note share its path and follow one another.
    let found = notes.chunk_by(|a, b| a.path == b.path).map(|note| finding_of(note, file)).collect();
    settled(case, asked_or_lowered(case, found))
}

fn finding_of(note: &[&UnshownEntry], file: FileId) -> Finding {
    let said = |key: &str| note.iter().find(|t| t.key == key).map(|t| t.text.as_str());
    let writer = said("T").filter(|name| !is_nobody(name));
    let words = said("Contents").or(said("RC")).or(said("Subj")).unwrap_or_default();
    let page = note[0].page.map_or(String::new(), |page| format!(" on page {page}"));
    let at = place(file, note[0]);
    if let Some(writer) = writer {
        let message = format!("a note{page} names who wrote it; a submission names nobody");
        return Finding::new(message, at)
            .seen(shortened(&format!("{writer}: {words}")).trim_end_matches([':', ' ']));
    }
    if in_text(words).iter().any(|clue| matches!(clue.kind, ClueKind::Email | ClueKind::Login)) {
        let message = format!("a note{page} tells who is meant; a submission names nobody");
        return Finding::new(message, at).seen(shortened(words));
    }
    let hidden = if note[0].holder == (Holder::Annotation { is_hidden: true }) { "hidden " } else { "" };
    let message = format!("a {hidden}note was left{page}; a submission has none");
    if words.chars().any(char::is_alphabetic) {
        return Finding::new(message, at).seen(shortened(words)).lowered_to(Severity::Warning);
    }
    Finding::new(message, at).lowered_to(Severity::Note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    const NOTE: Holder = Holder::Annotation { is_hidden: false };

    fn severity(entries: &[(Holder, &str, &str)]) -> Option<Severity> {
        Trial::of(&ANNOTATION_LEFT).finding(&with_entries(entries)).severity
    }

    #[test]
    fn a_note_is_as_grave_as_what_it_tells() {
        assert_eq!(severity(&[(NOTE, "T", "Melanie Velm"), (NOTE, "Subtype", "Text")]), None);
        assert_eq!(severity(&[(NOTE, "Contents", "ask m.velm@lanternfield.edu")]), None);
        assert_eq!(severity(&[(NOTE, "Contents", "say more here")]), Some(Severity::Warning));
        assert_eq!(severity(&[(NOTE, "Subtype", "Highlight")]), Some(Severity::Note));
        assert_eq!(severity(&[(NOTE, "T", "Anonymous"), (NOTE, "Subtype", "Text")]), Some(Severity::Note));
    }

    #[test]
    fn the_writer_and_the_words_are_shown() {
        let note = with_entries(&[(NOTE, "T", "mvelm"), (NOTE, "Contents", "say more here")]);
        let finding = Trial::of(&ANNOTATION_LEFT).finding(&note);
        assert_eq!(finding.evidence.as_deref(), Some("mvelm: say more here"));
    }

    #[test]
    fn where_authors_are_named_it_stays_a_warning() {
        let trial = Trial::of(&ANNOTATION_LEFT).undetermined(&Paper::default()).passes(&paper_with(|_| ()));
        let trial = trial.profile(|p| p.anonymity = None);
        assert_eq!(trial.finding(&with_entries(&[(NOTE, "T", "mvelm")])).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&with_entries(&[(NOTE, "Subtype", "Ink")])).severity, Some(Severity::Note));
    }
}
