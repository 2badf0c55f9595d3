//! Where an appendix begins: what makes a section one, before the references and behind them.

use super::boundary::Boundaries;
use super::heading::{Heading, part_named};
use super::line::{Numbering, Role};
use super::list::{list_end, prose_after};
use super::sign::Sign;
use crate::part::Part;

impl Boundaries<'_> {
    /// An appendix that comes before the references.
    ///
    /// A heading with the word but no number, or the first lettered heading of a paper whose sections have
    /// figures. A numbered section called "Appendix" is main text there, with a doubt.
    pub(super) fn appendix_before(&self, from: usize, end: usize) -> Option<usize> {
        let counted = self
            .headings
            .iter()
            .filter(|h| matches!(h.numbering, Some(Numbering::Arabic(_, 1))))
            .filter(|h| h.is_section)
            .count();
        let named = |h: &Heading| h.names == Some(Part::Appendix) || is_lettered_appendix(&h.words);
        let heads = |h: &&Heading| match &h.numbering {
            _ if h.is_section => match &h.numbering {
                None => named(h) || h.words.starts_with("supplementary"),
                Some(Numbering::Letter('A', 1)) => counted >= 2,
                _ => false,
            },
            // A lesser heading or a run-in one says so in bold, and no section of the main text follows.
            None => {
                let line = &self.layout.lines[h.line];
                named(h) && line.bold_words > 0 && self.layout.is_at_edge(line) && self.is_last(h)
            }
            _ => false,
        };
        self.headings.iter().filter(|h| h.line > from && h.line < end).find(heads).map(|h| h.line)
    }

    /// A letter alone is also how a title begins: it needs a second one, a word, a destination or a new page.
    pub(super) fn signs_before_references(&self, line: usize) -> Vec<Sign> {
        let signs = self.heading_signs(line);
        let lettered = |h: &&Heading| h.is_section && h.numbering == Some(Numbering::Letter('B', 1));
        let goes_on = self.headings.iter().filter(|h| h.line > line).any(|h| lettered(&h));
        let said = signs.iter().any(|s| matches!(s, Sign::Words | Sign::Appendix));
        let words = self.heading_at(line).is_some_and(|h| is_lettered_appendix(&h.words));
        if goes_on || said || words || self.begins_page(line) { signs } else { vec![Sign::Position] }
    }

    /// Whether nothing but a float stands above a line on its page.
    pub(super) fn begins_page(&self, line: usize) -> bool {
        let lines = &self.layout.lines;
        let before = lines[..line].iter().rev().find(|l| l.role == Role::Text);
        before.is_none_or(|b| b.page != lines[line].page)
    }

    /// A numbered section of the main text that is called an appendix, with no section after it.
    pub(super) fn doubtful_appendix(&self) -> Option<usize> {
        let named = |h: &&Heading| h.names == Some(Part::Appendix) || is_lettered_appendix(&h.words);
        let main = |line: usize| {
            let at = self.found.partition_point(|b| b.line <= line);
            at.checked_sub(1).is_some_and(|i| self.found[i].part == Part::MainText)
        };
        let numbered = |h: &&Heading| h.is_section && matches!(h.numbering, Some(Numbering::Arabic(_, 1)));
        self.headings
            .iter()
            .filter(numbered)
            .filter(named)
            .find(|h| main(h.line) && !self.sections_follow(h))
            .map(|h| h.line)
    }

    /// Whether more than its place behind the references makes a section an appendix: it may be main text that
    /// was put there.
    pub(super) fn tells_appendix(&self, heading: &Heading, signs: &[Sign]) -> bool {
        let is_counted = matches!(heading.numbering, Some(Numbering::Arabic(_, 1)));
        signs.iter().any(|s| matches!(s, Sign::Words | Sign::Numbering | Sign::Appendix))
            || is_lettered_appendix(&heading.words)
            || self.begins_page(heading.line) && !is_counted && !is_of_the_body(&heading.words)
    }

    /// What follows the last entry of a list and is prose is appendix, headed or not.
    pub(super) fn close_lists(&mut self) {
        let starts: Vec<usize> = self.found.iter().map(|b| b.line).collect();
        let lists: Vec<usize> =
            self.found.iter().filter(|b| b.part == Part::References).map(|b| b.line).collect();
        for list in lists {
            let to = starts.iter().copied().find(|s| *s > list).unwrap_or(self.layout.lines.len());
            let from = list + usize::from(self.heading_at(list).is_some_and(|h| h.names.is_some()));
            let Some(end) = list_end(self.layout, from, to) else { continue };
            let Some(prose) = prose_after(self.layout, end, to) else { continue };
            let heading = (end..=prose).find(|&i| self.heading_at(i).is_some_and(|h| h.is_styled));
            let mut signs = heading.map(|h| self.heading_signs(h)).unwrap_or_default();
            signs.retain(|s| *s != Sign::Position);
            signs.push(Sign::ListEnd);
            self.push(Part::Appendix, heading.unwrap_or(prose), heading.is_some(), &signs);
        }
    }
}

/// "Appendix A", "Appendix B: Proofs": the word and a letter, folded together.
pub(super) fn is_lettered_appendix(words: &str) -> bool {
    words.strip_prefix("appendix").is_some_and(|rest| {
        !rest.is_empty() && rest.len() < 80 && part_named(words).is_none_or(|p| p == Part::Appendix)
    })
}

/// Words that head sections of the main text and hardly ever one of an appendix.
fn is_of_the_body(words: &str) -> bool {
    let openings = ["introduction", "conclusion", "discussion", "concluding", "relatedwork", "futurework"];
    openings.iter().any(|o| words.starts_with(o))
}
