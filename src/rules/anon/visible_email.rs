use crate::count;
use crate::finding::{Finding, Severity};
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{all_of, words_of};
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// No e-mail address stands on page one. Placeholders such as `email` or `author@example.org` are not meant.
    ///
    /// ## Why it matters
    /// An address names a person and where they work, whatever the rest of the paper hides.
    ///
    /// ## What to do
    /// Take the address out of the author block, its footnotes and the text; it comes back with the accepted
    /// paper.
    pub static VISIBLE_EMAIL: Rule = {
        code: "ANON002",
        name: "visible-email",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_address_is_shown,
    }
}

fn no_address_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let emails = &case.paper.emails;
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    let number = count::counted(emails.len(), "e-mail address is", "e-mail addresses are");
    let message = format!("{number} shown on page 1; a submission shows none");
    let finding = Finding::new(message, all_of(emails).unwrap_or(Place::Submission))
        .seen(words_of(emails))
        .asked_by(clause);
    Ok(vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn with_addresses(addresses: &[&str]) -> Paper {
        paper_with(|p| p.emails = addresses.iter().map(|a| seen(a, 1)).collect())
    }

    #[test]
    fn no_address_passes_and_one_does_not() {
        Trial::of(&VISIBLE_EMAIL).passes(&with_addresses(&[])).fails(&with_addresses(&["ada@example.edu"]));
    }

    #[test]
    fn several_addresses_are_one_finding() {
        let trial = Trial::of(&VISIBLE_EMAIL);
        let found = trial.finding(&with_addresses(&["ada@example.edu", "alan@example.edu"]));
        assert_eq!(found.message, "2 e-mail addresses are shown on page 1; a submission shows none");
        assert_eq!(found.evidence.as_deref(), Some("ada@example.edu; alan@example.edu"));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open_but_hides_no_finding() {
        let both = paper_with(|p| {
            p.emails.push(seen("ada@example.edu", 1));
            p.coverage.without_text.push(crate::place::PageNumber(5));
        });
        Trial::of(&VISIBLE_EMAIL)
            .undetermined(&paper_with_picture(5))
            .undetermined(&Paper::default())
            .fails(&both)
            .profile(|p| p.anonymity = None)
            .not_applicable(&both);
    }
}
