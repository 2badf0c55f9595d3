use crate::finding::{Finding, Severity};
use crate::paper::Attached;
use crate::paper::clue::clues;
use crate::place::{FileId, Place};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{settled, shortened};

rule! {
    /// ## What it checks
    /// No file is attached to the PDF. One that names somebody, in its text, its properties or a file within it, is an
    /// error, any other a warning.
    ///
    /// ## Why it matters
    /// Attached files travel with the paper unseen: sources, data, notes to co-authors.
    ///
    /// ## What to do
    /// Take the attachment out (`dlde fix paper.pdf -o clean.pdf --attachments`), and hand in what reviewers need
    /// as supplementary material, without names.
    ///
    /// ## Limits
    /// Texts, images and PDFs are read, PDFs within PDFs too; archives and office documents are not.
    ///
    /// ## Source
    /// ISO 32000-2 §7.11.4, embedded file streams.
    pub static ATTACHED_FILE: Rule = {
        code: "ANON011",
        name: "attached-file",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: nothing_is_attached,
    }
}

fn nothing_is_attached(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let file = read_pdf(case)?;
    let found =
        case.paper.unshown.attached.iter().map(|one| finding_of(one, file).asked_by(clause)).collect();
    settled(case, found)
}

/// Acrobat Distiller attaches its own settings. Source: measured in papers.
const SETTINGS: &str = ".joboptions";

fn finding_of(attached: &Attached, file: FileId) -> Finding {
    let at = Place::File { file, inside: Some(format!("{} {}", attached.path, attached.name)) };
    let mut words: Vec<String> = attached.entries.iter().flat_map(clues).map(|clue| clue.words).collect();
    words.sort();
    words.dedup();
    if !words.is_empty() {
        let message = "a file attached to the PDF names somebody; a submission names nobody";
        return Finding::new(message, at).seen(shortened(&format!(
            "{}: {}",
            attached.name,
            words.join(", ")
        )));
    }
    if attached.name.ends_with(SETTINGS) {
        let message = "the settings of the program that made the PDF are attached to it";
        return Finding::new(message, at).seen(shortened(&attached.name)).lowered_to(Severity::Note);
    }
    let unread = attached.why_unread.as_ref();
    let why = unread.map_or(String::new(), |why| format!("; {why}, so look into it yourself"));
    let message = format!("a file is attached to the PDF; a submission has none{why}");
    Finding::new(message, at).seen(shortened(&attached.name)).lowered_to(Severity::Warning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Holder, Paper};
    use crate::rules::trial::{Trial, paper_with, with_entries};

    fn attached(name: &str, text: &str) -> Paper {
        let entries = with_entries(&[(Holder::AttachmentText, "text", text)]).unshown.entries;
        let (name, path) = (name.to_owned(), "14 0 R".to_owned());
        paper_with(|p| p.unshown.attached.push(Attached { name, path, entries, why_unread: None }))
    }

    #[test]
    fn an_attachment_is_as_grave_as_what_it_says() {
        let trial = Trial::of(&ATTACHED_FILE).passes(&paper_with(|_| ())).undetermined(&Paper::default());
        let plain = trial.finding(&attached("data.csv", "1,2,3"));
        assert_eq!((plain.severity, plain.evidence.as_deref()), (Some(Severity::Warning), Some("data.csv")));
        assert_eq!(trial.finding(&attached("press.joboptions", "<< >>")).severity, Some(Severity::Note));
        let named = trial.finding(&attached("todo.txt", "ask m.velm@lanternfield.edu"));
        assert_eq!(named.severity, None);
        assert_eq!(named.evidence.as_deref(), Some("todo.txt: m.velm@lanternfield.edu"));
    }

    #[test]
    fn one_that_was_not_read_says_so() {
        let mut paper = attached("data.zip", "");
        paper.unshown.attached[0].why_unread = Some("it is neither text nor a PDF".to_owned());
        assert!(Trial::of(&ATTACHED_FILE).finding(&paper).message.ends_with("look into it yourself"));
    }
}
