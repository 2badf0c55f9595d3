//! What many papers of a batch have alike: told once, for it has one source, and that is seldom an author.

use crate::report::record::{Told, ToldFinding};
use std::collections::{BTreeMap, BTreeSet};

/// A finding that many papers have alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The rule's code.
    pub code: String,
    /// The rule's name.
    pub rule: String,
    /// The words that were seen, or the message where none were.
    pub words: String,
    /// Papers that have it.
    pub papers: usize,
    /// Whether so many have it that it is most likely the venue's or the template's.
    pub is_common: bool,
}

/// Fewer papers may have it by chance, or by one group of authors. Chosen.
const FEWEST: usize = 5;
/// From this share of the papers on it is most likely the venue's or the template's: what these do is in all papers
/// that pass through their hands. Chosen; no verdict rests on it.
const COMMON_SHARE: f64 = 0.5;
/// Families in which equal words come about without a common source: lengths, parts and references of papers.
const OWN: [&str; 3] = ["PAGE", "PART", "CITE"];
/// The family in which equal words have a common source even where few papers have them.
const HIDDEN: &str = "HIDE";

/// Counts what papers have alike.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    papers: usize,
    seen: BTreeMap<(String, String), (String, usize)>,
}

impl Tally {
    /// Counts the findings of one paper, each once.
    pub fn add(&mut self, told: &Told) {
        self.papers += 1;
        let mut of_paper = BTreeSet::new();
        for finding in told.findings.iter().filter(|f| !OWN.iter().any(|own| f.code.starts_with(own))) {
            let mark = mark(finding);
            if of_paper.insert(mark.clone()) {
                self.seen.entry(mark).or_insert((finding.rule.clone(), 0)).1 += 1;
            }
        }
    }

    /// What half of the papers have alike, and what is hidden alike in at least a handful of them; the most frequent
    /// first.
    pub fn shared(&self) -> Vec<Shared> {
        let is_common = |number: usize| number as f64 >= COMMON_SHARE * self.papers as f64;
        let mut shared: Vec<_> = self
            .seen
            .iter()
            .filter(|((code, _), (_, number))| {
                *number >= FEWEST && (is_common(*number) || code.starts_with(HIDDEN))
            })
            .map(|((code, words), (rule, number))| Shared {
                code: code.clone(),
                rule: rule.clone(),
                words: words.clone(),
                papers: *number,
                is_common: is_common(*number),
            })
            .collect();
        shared.sort_by_key(|shared| std::cmp::Reverse(shared.papers));
        shared
    }

    /// Papers that were counted.
    pub const fn papers(&self) -> usize {
        self.papers
    }
}

impl Shared {
    /// Whether a finding of a paper is this one.
    pub fn holds(&self, finding: &ToldFinding) -> bool {
        let (code, words) = mark(finding);
        self.code == code && self.words == words
    }

    /// One sentence on it; `papers` are those of the batch.
    pub fn sentence(&self, papers: usize) -> String {
        let Self { code, rule, words, papers: number, is_common } = self;
        let whose = if *is_common {
            "most likely the venue's or the template's: look once, before an author is asked"
        } else {
            "a trick that goes round, or a tool that these papers share: look at them together"
        };
        format!("{number} of {papers} papers have the same {rule} ({code}), `{words}`; {whose}")
    }
}

/// What makes two findings the same: the rule and the words, wherever they stand.
fn mark(finding: &ToldFinding) -> (String, String) {
    let words = finding.evidence.as_ref().unwrap_or(&finding.message);
    (finding.code.clone(), without_pages(words))
}

/// The words without the numbers of pages: the same fault stands on other pages of other papers.
fn without_pages(words: &str) -> String {
    let mut after_page = false;
    let parts = words.split(' ').map(|word| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let shown = if after_page && is_number { "#" } else { word };
        after_page =
            matches!(word, "page" | "pages") || (after_page && (is_number || word == "and" || word == "to"));
        shown
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_half_of_the_papers_have_is_told_once_as_the_venues() {
        let mut tally = Tally::default();
        for page in 1..=6 {
            let words = format!("hidden words on page {page}");
            tally.add(&Told::of(&[("HIDE001", &words), ("HIDE001", &words), ("PAGE001", "too long")]));
        }
        (0..6).for_each(|_| tally.add(&Told::of(&[])));
        let shared = tally.shared();
        assert_eq!(shared.len(), 1);
        let expected = "6 of 12 papers have the same r (HIDE001), `hidden words on page #`; most likely the venue's or \
                        the template's: look once, before an author is asked";
        assert_eq!(shared[0].sentence(tally.papers()), expected);
        tally.add(&Told::of(&[]));
        assert!(!tally.shared()[0].is_common, "6 of 13 are less than half");
    }

    #[test]
    fn what_few_papers_have_is_their_own() {
        let mut tally = Tally::default();
        (0..4).for_each(|_| tally.add(&Told::of(&[("HIDE001", "the same")])));
        assert!(tally.shared().is_empty());
        tally.add(&Told::of(&[("HIDE001", "the same")]));
        assert_eq!(tally.shared().len(), 1);
        (0..7).for_each(|_| tally.add(&Told::of(&[])));
        assert!(!tally.shared()[0].is_common, "what 5 of 12 hide alike is told, and excused in none");
        (0..5).for_each(|_| tally.add(&Told::of(&[("FONT001", "the same")])));
        assert_eq!(tally.shared().len(), 1, "5 of 17 have the same fonts by chance");
    }
}
