use crate::finding::{Finding, Severity};
use crate::paper::clue::{ClueKind, clues};
use crate::paper::{Holder, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{Said, alike, said_by, settled};

rule! {
    /// ## What it checks
    /// Besides the author, nothing among the PDF's properties, bookmarks, layers and named places tells who wrote it:
    /// no company or manager, no e-mail address. A title that is the name of a source file is a warning, and an error
    /// where it repeats the name that the author's property holds.
    ///
    /// ## Why it matters
    /// Office programs fill in company and file name by themselves; viewers show them in their title bar.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, which drops the properties. Bookmarks and names of layers come from the
    /// paper: change them there and build again.
    ///
    /// ## Source
    /// ISO 32000-2 §14.3.3, §12.3.3 and §8.11.2.
    pub static IDENTIFYING_PROPERTY: Rule = {
        code: "ANON015",
        name: "identifying-property",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: properties_tell_nothing,
    }
}

fn properties_tell_nothing(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let properties = |t: &&UnshownEntry| {
        matches!(t.holder, Holder::Info | Holder::Outline | Holder::Layer | Holder::Destination)
            && !(t.holder == Holder::Info && t.key == "Author")
    };
    let entries: Vec<&UnshownEntry> = case.paper.unshown.entries.iter().filter(properties).collect();
    let mut said =
        said_by(entries.iter().copied(), &[ClueKind::Person, ClueKind::Organisation, ClueKind::Email]);
    let is_title = |t: &&&UnshownEntry| t.holder == Holder::Info && t.key == "Title";
    said.extend(entries.iter().filter(is_title).filter_map(|title| file_title(case, title)));
    let message = |entry: &UnshownEntry| match entry.holder {
        Holder::Info => {
            format!("the property {} tells who made the PDF; a submission names nobody", entry.key)
        }
        Holder::Outline => "a bookmark tells who wrote the paper; a submission names nobody".to_owned(),
        _ => "a name within the file tells who wrote the paper; a submission names nobody".to_owned(),
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

/// Endings of the files that papers are written in.
const SOURCES: [&str; 8] = [".docx", ".doc", ".tex", ".pptx", ".ppt", ".key", ".odt", ".pages"];
/// Letters of a name that a title and an author's property share. Source: shorter runs occur by chance.
const SHARED: usize = 5;

/// A title that is a file's name: a warning, or an error if it repeats a name of the metadata.
fn file_title<'a>(case: &Case<'_>, title: &'a UnshownEntry) -> Option<Said<'a>> {
    let name = title.text.rsplit_once(" - ").map_or(title.text.as_str(), |(_, name)| name).to_lowercase();
    if !SOURCES.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() >= SHARED);
    let named: Vec<String> = case
        .paper
        .unshown
        .entries
        .iter()
        .flat_map(clues)
        .filter(|clue| matches!(clue.kind, ClueKind::Person | ClueKind::Login))
        .map(|clue| clue.words.to_lowercase())
        .collect();
    let repeats = words.into_iter().any(|word| named.iter().any(|name| name.contains(word)));
    let severity = (!repeats).then_some(Severity::Warning);
    Some(Said { words: title.text.clone(), entry: title, severity })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn companies_and_addresses_are_found_and_titles_are_not() {
        Trial::of(&IDENTIFYING_PROPERTY)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[
                (Holder::Info, "Title", "On stiff systems"),
                (Holder::Outline, "Title", "Introduction"),
            ]))
            .passes(&with_entries(&[
                (Holder::Info, "Creator", "LaTeX with hyperref"),
                (Holder::Info, "Author", "Melanie Velm"),
            ]))
            .fails(&with_entries(&[(Holder::Info, "Company", "Lanternfield Labs")]))
            .fails(&with_entries(&[(Holder::Info, "Keywords", "m.velm@lanternfield.edu")]))
            .fails(&with_entries(&[(Holder::Outline, "Title", "ask m.velm@lanternfield.edu")]))
            .undetermined(&Paper::default());
    }

    #[test]
    fn a_title_that_is_a_files_name_is_a_warning_unless_it_repeats_a_name() {
        let title = (Holder::Info, "Title", "Microsoft Word - velm_draft_final.docx");
        let trial = Trial::of(&IDENTIFYING_PROPERTY);
        assert_eq!(trial.finding(&with_entries(&[title])).severity, Some(Severity::Warning));
        let long = (Holder::Info, "Title", "velmgaard_draft.docx");
        assert_eq!(
            trial.finding(&with_entries(&[long, (Holder::Info, "Author", "mvelmgaard")])).severity,
            None
        );
    }
}
