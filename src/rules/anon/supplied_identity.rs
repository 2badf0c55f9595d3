use crate::audience::Audience;
use crate::finding::{Confidence, Finding, Severity};
use crate::identities::{Identities, Match, MatchKind};
use crate::paper::{Paper, PrintedLine, UnshownEntry};
use crate::place::{FileId, Place};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, every_page_is_read, read_pdf};
use crate::rules::unshown::settled;

rule! {
    /// ## What it checks
    /// Where somebody said who the authors are (`--identities`, `--author` and their like): none of them is named on
    /// a page, in a file's name, a link, the metadata or an attachment. Names count whole, in both orders, with
    /// initials, whatever their accents. The reference list is left out, and so is a name beside a citation. A
    /// surname alone counts in metadata; on a page it needs to be neither a common word nor the name of three or
    /// more cited works.
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
        needs: &[Input::EveryPage],
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
    let file = read_pdf(case)?;
    let (paper, identities) = (case.paper, case.identities);
    let mut found = in_names(paper, identities, file);
    found.extend(in_metadata(paper, identities, file));
    for link in &paper.link_targets {
        let matches = identities.matches(&link.text);
        found.extend(
            matches
                .iter()
                .map(|m| finding(identities, m, &link.text, "the address of a link", link.at.clone())),
        );
    }
    found.extend(on_pages(paper, identities, file));
    if found.is_empty() {
        every_page_is_read(case)?;
    }
    settled(case, found.into_iter().map(|f| f.asked_by(clause)).collect())
}

fn finding(identities: &Identities, found: &Match, text: &str, place: &str, at: Place) -> Finding {
    let whose = found.author.map_or("the authors".to_owned(), |author| format!("author {author}"));
    let message = format!("{place} holds a {} of {whose}; a submission names nobody", found.kind.words());
    let evidence = if identities.shown { text[found.bytes.clone()].to_owned() } else { found.label() };
    let confidence = if found.kind == MatchKind::Surname { Confidence::Likely } else { Confidence::Certain };
    Finding::new(message, at).seen(evidence).confidence(confidence)
}

/// The names of the files that were handed in.
fn in_names(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let name = |(index, name): (usize, &String)| {
        let at = if index == 0 { Place::Submission } else { Place::whole_file(FileId(index as u32 - 1)) };
        let is_same = index > 0 && paper.names.first() == Some(name) && FileId(index as u32 - 1) == file;
        let matches = if is_same { Vec::new() } else { identities.matches(name) };
        matches
            .iter()
            .map(|m| finding(identities, m, name, "the name of the file", at.clone()))
            .collect::<Vec<_>>()
    };
    paper.names.iter().enumerate().flat_map(name).collect()
}

/// Metadata, and what is attached, one finding for each author and kind in each place.
fn in_metadata(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let unshown = &paper.unshown;
    let mut found: Vec<Finding> = Vec::new();
    let mut push = |entry: &UnshownEntry, inside: &str, place: &str| {
        for one in identities.matches(&entry.text) {
            let at = Place::File { file, inside: Some(inside.to_owned()) };
            let next = finding(identities, &one, &entry.text, place, at);
            if !found.iter().any(|f| f.at == next.at && f.message == next.message) {
                found.push(next);
            }
        }
    };
    for entry in &unshown.entries {
        push(entry, &entry.path, &format!("what no page shows ({})", entry.key));
    }
    for attached in &unshown.attached {
        // The name of an attachment is among the entries; its own place must not repeat it.
        attached.entries.iter().for_each(|entry| push(entry, &attached.path, "a file attached to the PDF"));
    }
    for earlier in &unshown.earlier {
        let inside = format!("revision {}", earlier.revision);
        earlier.entries.iter().for_each(|entry| push(entry, &inside, "an earlier revision of the file"));
    }
    found
}

/// Letters around a name in which a citation makes it somebody's who is cited. Source: behaviour measured on papers
/// that cite their authors in the third person.
const CITED_WITHIN: usize = 40;
/// References from which a surname is one of the field's.
const SHARED_SURNAME: usize = 3;

fn on_pages(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let (prose, starts) = joined(paper.lines.iter().filter(|line| !line.is_reference));
    let (references, _) = joined(paper.lines.iter().filter(|line| line.is_reference));
    let cited = identities.matches(&references);
    let lines: Vec<&PrintedLine> = paper.lines.iter().filter(|line| !line.is_reference).collect();
    let mut found: Vec<Finding> = Vec::new();
    for one in identities.matches(&prose) {
        let of_same = |m: &&Match| m.author == one.author && m.kind.is_name();
        let is_shared = cited.iter().filter(of_same).count() >= SHARED_SURNAME;
        let is_cited = one.kind.is_name() && stands_by_citation(&prose, &one);
        if is_cited || one.kind == MatchKind::Surname && is_shared {
            continue;
        }
        let Some(line) = starts.partition_point(|start| *start <= one.bytes.start).checked_sub(1) else {
            continue;
        };
        let at = lines[line].place(file);
        found.push(finding(identities, &one, &prose, &format!("page {}", lines[line].page), at));
    }
    found
}

/// Lines as one text, with the byte at which each begins; words broken by a hyphen are joined.
fn joined<'a>(lines: impl Iterator<Item = &'a PrintedLine>) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for line in lines {
        let goes_on = line.text.starts_with(char::is_lowercase);
        if goes_on && text.ends_with("- ") {
            text.truncate(text.len() - "- ".len());
        }
        starts.push(text.len());
        text.push_str(&line.text);
        text.push(' ');
    }
    (text, starts)
}

/// Whether a citation stands close by: a number or label in brackets, a year, or "et al".
fn stands_by_citation(text: &str, found: &Match) -> bool {
    let before: String = text[..found.bytes.start].chars().rev().take(CITED_WITHIN).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[found.bytes.end..].chars().take(CITED_WITHIN).collect();
    [before, after].iter().any(|side| has_citation(side))
}

fn has_citation(text: &str) -> bool {
    let is_bracketed = text.split('[').skip(1).any(|rest| {
        let inside = rest.split(']').next().unwrap_or_default();
        inside.len() < rest.len() && inside.contains(|c: char| c.is_ascii_digit())
    });
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let has_year = digits
        .into_iter()
        .any(|run| run.len() == "2000".len() && (run.starts_with("19") || run.starts_with("20")));
    is_bracketed || has_year || text.contains("et al")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Holder;
    use crate::place::PageNumber;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen, with_entries};
    use crate::units::Rect;

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
