use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something stands outside the page.
    ///
    /// ## Why it matters
    /// Programs read what stands beside the page, and nobody sees it.
    ///
    /// ## What to do
    /// Take the text out of the sources, or crop the figure that it belongs to before including it.
    ///
    /// ## Limits
    /// A plain sentence is a note: figures that are included with `trim` leave much behind.
    pub static TEXT_OUTSIDE_PAGE: Rule = {
        code: "HIDE006",
        name: "text-outside-page",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_word_is_on_the_page,
    }
}

fn every_word_is_on_the_page(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::OffPage, how: "stands outside the page", sentence: Severity::Note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&TEXT_OUTSIDE_PAGE);
        let hiding = |says, text| paper_hiding(Cause::OffPage, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, Some(Severity::Note));
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&TEXT_OUTSIDE_PAGE)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
