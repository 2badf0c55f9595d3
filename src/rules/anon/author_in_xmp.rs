use crate::finding::{Finding, Severity};
use crate::paper::Holder;
use crate::paper::clue::ClueKind;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{place, said_by, settled, shortened};
use std::collections::BTreeSet;

rule! {
    /// ## What it checks
    /// The PDF's XMP packet names neither a person nor an organisation: no creator, author, owner or contributor, and
    /// no e-mail address in any property. Placeholders such as `Anonymous Author(s)` are not meant.
    ///
    /// ## Why it matters
    /// The packet repeats what the properties say, and stays when only those are emptied. No page shows it, and any
    /// search finds it.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, or take the author out of hyperref's, hyperxmp's or your editor's
    /// settings and build again.
    ///
    /// ## Source
    /// ISO 32000-2 §14.3.2, metadata streams; ISO 16684-1, XMP.
    pub static AUTHOR_IN_XMP: Rule = {
        code: "ANON006",
        name: "author-in-xmp",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: packet_names_nobody,
    }
}

fn packet_names_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let file = read_pdf(case)?;
    let packet = case.paper.unshown.entries.iter().filter(|t| t.holder == Holder::Xmp);
    let said = said_by(packet, &[ClueKind::Person, ClueKind::Organisation, ClueKind::Email]);
    let Some(first) = said.first() else { return settled(case, Vec::new()) };
    let mut names: Vec<&str> = said.iter().map(|s| s.words.as_str()).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let message = "the PDF's XMP packet tells who made it; a submission names nobody";
    let finding = Finding::new(message, place(file, first.entry)).seen(shortened(&names.join("; ")));
    Ok(vec![finding.asked_by(clause)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn a_creator_is_found_and_a_placeholder_is_not() {
        let trial = Trial::of(&AUTHOR_IN_XMP)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[(Holder::Xmp, "dc:creator", "Anonymous Author(s)")]))
            .passes(&with_entries(&[(Holder::Xmp, "xmp:CreatorTool", "LaTeX with hyperref")]))
            .fails(&with_entries(&[(Holder::Xmp, "dc:description", "ask m.velm@lanternfield.edu")]));
        let finding = trial.finding(&with_entries(&[(Holder::Xmp, "dc:creator", "Melanie Velm")]));
        assert_eq!(finding.evidence.as_deref(), Some("Melanie Velm"));
    }

    #[test]
    fn all_names_of_the_packet_are_one_finding() {
        let packet = [
            (Holder::Xmp, "dc:creator", "Melanie Velm"),
            (Holder::Xmp, "dc:creator", "Tomas Quist"),
            (Holder::Xmp, "pdf:Author", "Melanie Velm"),
        ];
        let finding = Trial::of(&AUTHOR_IN_XMP).finding(&with_entries(&packet));
        assert_eq!(finding.evidence.as_deref(), Some("Melanie Velm; Tomas Quist"));
    }

    #[test]
    fn what_was_not_looked_at_may_name_somebody() {
        let partly = paper_with(|p| p.unshown.why_incomplete = Some("it is too large".to_owned()));
        Trial::of(&AUTHOR_IN_XMP).undetermined(&partly).undetermined(&Paper::default());
        let named = with_entries(&[(Holder::Xmp, "dc:creator", "Melanie Velm")]);
        Trial::of(&AUTHOR_IN_XMP).profile(|p| p.anonymity = None).not_applicable(&named);
    }
}
