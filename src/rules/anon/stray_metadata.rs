use crate::finding::{Finding, Severity};
use crate::paper::clue::ClueKind;
use crate::paper::{Holder, Paper, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{Said, alike, said_by, settled};

rule! {
    /// ## What it checks
    /// Nothing in the file names somebody where nothing asks for it any more: properties that were replaced or
    /// unlinked, and what editors keep for themselves (`/PieceInfo`). That such data are there is no finding.
    ///
    /// ## Why it matters
    /// Tools that "remove" metadata often only unlink them; anybody who reads the bytes finds them.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, which writes only what the pages need.
    ///
    /// ## Limits
    /// Editors' data that are packed in their own ways are not read.
    ///
    /// ## Source
    /// ISO 32000-2 §7.5.4 and §14.5.
    pub static STRAY_METADATA: Rule = {
        code: "ANON014",
        name: "stray-metadata",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: stray_data_name_nobody,
    }
}

fn stray_data_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let stray = |t: &&UnshownEntry| matches!(t.holder, Holder::Stray | Holder::PrivateData);
    let entries = case.paper.unshown.entries.iter().filter(stray);
    let mut said = said_by(entries, &[ClueKind::Person, ClueKind::Organisation, ClueKind::Email]);
    said.retain(|one| !is_told_elsewhere(case.paper, one));
    let message = |_: &UnshownEntry| {
        "data in the file that nothing uses name somebody; a submission names nobody".to_owned()
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

/// The rules on properties and on earlier revisions say the same.
fn is_told_elsewhere(paper: &Paper, said: &Said<'_>) -> bool {
    let same = |t: &UnshownEntry| t.text == said.entry.text;
    paper.info_author.as_ref().is_some_and(|author| author.text == said.words)
        || paper.unshown.earlier.iter().any(|earlier| earlier.entries.iter().any(same))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Earlier;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn unlinked_names_and_editors_notes_are_found() {
        Trial::of(&STRAY_METADATA)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[(Holder::PrivateData, "PieceInfo", "Adobe Illustrator 27")]))
            .passes(&with_entries(&[(Holder::Stray, "Title", "A title")]))
            .fails(&with_entries(&[(Holder::Stray, "Author", "Melanie Velm")]))
            .fails(&with_entries(&[(Holder::PrivateData, "PieceInfo", "m.velm@lanternfield.edu")]))
            .undetermined(&Paper::default());
    }

    #[test]
    fn what_an_earlier_revision_says_is_told_once() {
        let mut paper = with_entries(&[(Holder::Stray, "Author", "Melanie Velm")]);
        let entries = with_entries(&[(Holder::Info, "Author", "Melanie Velm")]).unshown.entries;
        paper.unshown.earlier.push(Earlier { revision: 1, entries, words: Vec::new(), why_unread: None });
        Trial::of(&STRAY_METADATA).passes(&paper);
    }
}
