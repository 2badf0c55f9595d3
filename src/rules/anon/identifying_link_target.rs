use crate::finding::{Finding, Severity};
use crate::paper::{Cue, HiddenLink, LinkKind};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, every_page_is_read};

rule! {
    /// ## What it checks
    /// No link leads to a page that names its owner while the words on the page do not show the address: e-mail,
    /// ORCID, profiles, shared folders, shortened addresses, and the authors' own repositories and sites. The
    /// reference list is left out; so are anonymous hosts. A repository or site is the authors' own where the
    /// sentence says so; where it says nothing, this is a warning, and where it speaks of somebody else's work,
    /// nothing.
    ///
    /// ## Why it matters
    /// "Code: anonymised repository" hides nothing if a click opens the account of an author.
    ///
    /// ## What to do
    /// Point the link to an anonymous copy (such as anonymous.4open.science), or take it out until the paper is
    /// accepted.
    ///
    /// ## Limits
    /// An address that is printed is judged by the rules on visible text, not here.
    ///
    /// ## Source
    /// ISO 32000-2 §12.6.4.8, URI actions.
    pub static IDENTIFYING_LINK_TARGET: Rule = {
        code: "ANON010",
        name: "identifying-link-target",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: links_lead_to_nobody,
    }
}

fn links_lead_to_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let found: Vec<Finding> = case.paper.hidden_links.iter().filter_map(finding_of).collect();
    // Which words stand over a link, and where the references are, only read pages tell.
    if found.is_empty() {
        every_page_is_read(case)?;
    }
    Ok(found.into_iter().map(|f| f.asked_by(clause)).collect())
}

fn finding_of(link: &HiddenLink) -> Option<Finding> {
    let what = match link.kind {
        LinkKind::Mail => "an e-mail address",
        LinkKind::Orcid => "a researcher's ORCID record",
        LinkKind::Profile => "the profile of a person",
        LinkKind::Site => "a page that can name its owner",
        LinkKind::Cloud => "a shared folder that shows its owner",
        LinkKind::Short => "a shortened address, which hides where it leads and counts who follows it",
        LinkKind::Repository => "an account that can name its owner",
    };
    let finding = Finding::new(
        format!("a link leads to {what}, which the page does not show; a submission names nobody"),
        link.at.clone(),
    )
    .seen(link.uri.clone());
    let finding = match link.kind {
        LinkKind::Mail | LinkKind::Orcid | LinkKind::Profile => finding.help(PERSONS),
        _ => finding,
    };
    match (link.kind, link.cue) {
        (LinkKind::Repository | LinkKind::Site, Cue::Others) => None,
        (LinkKind::Repository | LinkKind::Site, Cue::Silent) => Some(finding.lowered_to(Severity::Warning)),
        (LinkKind::Profile | LinkKind::Cloud, Cue::Others) => Some(finding.lowered_to(Severity::Note)),
        _ => Some(finding),
    }
}

/// What to do about the address of a person, of which there is no anonymous copy.
const PERSONS: &str = "take the link out, with what stands for it, until the paper is accepted";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn linked(kind: LinkKind, cue: Cue) -> Paper {
        let uri = "https://example.org/mvelm".to_owned();
        paper_with(|p| p.hidden_links.push(HiddenLink { uri, kind, cue, at: seen("", 1).at }))
    }

    #[test]
    fn whose_a_repository_is_the_sentence_tells() {
        let trial = Trial::of(&IDENTIFYING_LINK_TARGET).passes(&linked(LinkKind::Repository, Cue::Others));
        assert_eq!(trial.finding(&linked(LinkKind::Repository, Cue::Own)).severity, None);
        let silent = trial.finding(&linked(LinkKind::Repository, Cue::Silent));
        assert_eq!(silent.severity, Some(Severity::Warning));
    }

    #[test]
    fn an_address_of_a_person_needs_no_sentence() {
        Trial::of(&IDENTIFYING_LINK_TARGET)
            .fails(&linked(LinkKind::Orcid, Cue::Silent))
            .fails(&linked(LinkKind::Mail, Cue::Others))
            .fails(&linked(LinkKind::Short, Cue::Silent));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&IDENTIFYING_LINK_TARGET)
            .passes(&paper_with(|_| ()))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
