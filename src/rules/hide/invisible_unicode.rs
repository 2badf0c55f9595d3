use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::page_of;
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// The text holds no long runs of zero-width characters, no characters that change the direction of text, no tag
    /// characters, and no words in which letters of another alphabet stand for Latin ones.
    ///
    /// ## Why it matters
    /// Such characters carry messages, or make programs read other words than people.
    ///
    /// ## What to do
    /// Type the passage again, or paste it through a plain-text editor that shows invisible characters. Single zero-
    /// width spaces, as in addresses, are no finding.
    ///
    /// ## Source
    /// Unicode Standard, §23; measured: no run of eight in 568 papers.
    pub static INVISIBLE_UNICODE: Rule = {
        code: "HIDE011",
        name: "invisible-unicode",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_character_is_seen,
    }
}

fn every_character_is_seen(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let found = case.paper.invisible.iter().map(|seen| {
        let message = format!(
            "the text of page {} holds characters that no reader sees: {}",
            page_of(&seen.at),
            seen.text
        );
        Finding::new(message, seen.at.clone()).seen(seen.text.as_str())
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    #[test]
    fn a_run_of_zero_width_characters_is_found() {
        let paper = paper_with(|p| p.invisible.push(seen("a run of 48 zero-width characters", 1)));
        Trial::of(&INVISIBLE_UNICODE).fails(&paper).passes(&paper_with(|_| ()));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&INVISIBLE_UNICODE).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }
}
