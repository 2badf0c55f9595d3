use crate::count;
use crate::finding::{Finding, Severity};
use crate::paper::Seen;
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{all_of, page_of, words_of};
use crate::rules::precondition::{double_blind, read_pdf};
use std::collections::BTreeMap;

rule! {
    /// ## What it checks
    /// No e-mail address is shown, also grouped or spelt out. Placeholders such as `email` or `author@example.org`,
    /// addresses in the reference list and those in code beyond page one are not meant.
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
    let mut pages: BTreeMap<u32, Vec<Seen>> = BTreeMap::new();
    for email in &case.paper.emails {
        pages.entry(page_of(&email.at)).or_default().push(email.clone());
    }
    let finding = |(page, emails): (u32, Vec<Seen>)| {
        let shown: usize = emails.iter().map(|email| addresses_in(&email.text)).sum();
        let number = count::counted(shown, "e-mail address is", "e-mail addresses are");
        let message = format!("{number} shown on page {page}; a submission shows none");
        Finding::new(message, all_of(&emails).unwrap_or(Place::Submission))
            .seen(words_of(&emails))
            .asked_by(clause)
    };
    Ok(pages.into_iter().map(finding).collect())
}

/// How many addresses a text holds: names or hosts within braces stand for as many.
fn addresses_in(text: &str) -> usize {
    let inside = text.split_once(['{', '(', '[']).and_then(|(_, rest)| rest.split_once(['}', ')', ']']));
    inside.map_or(1, |(names, _)| {
        names.split([',', ';', '|', '/']).filter(|name| !name.trim().is_empty()).count().max(1)
    })
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
    fn names_in_braces_are_as_many_addresses() {
        let found =
            Trial::of(&VISIBLE_EMAIL).finding(&with_addresses(&["{ada, alan, mira}@lanternfield.edu"]));
        assert!(found.message.starts_with("3 e-mail addresses are"), "{}", found.message);
        assert_eq!(addresses_in("ada [at] lanternfield.edu"), 1);
        assert_eq!(addresses_in("ada@{quarry.edu, lanternfield.edu}"), 2);
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
