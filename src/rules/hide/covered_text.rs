use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is covered by something opaque that was painted over it, such as a black box over a
    /// name.
    ///
    /// ## Why it matters
    /// A box hides words from the eye alone: whoever selects the text under it reads them.
    ///
    /// ## What to do
    /// Take the words out of the sources instead of painting over them, and build again.
    ///
    /// ## Limits
    /// A plain sentence is a note: stacked figures cover much of one another.
    pub static COVERED_TEXT: Rule = {
        code: "HIDE008",
        name: "covered-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_covered,
    }
}

fn no_word_is_covered(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden {
            by: Cause::Covered,
            how: "is covered by something painted over it",
            sentence: Severity::Note,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&COVERED_TEXT);
        let hiding = |says, text| paper_hiding(Cause::Covered, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, Some(Severity::Note));
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&COVERED_TEXT)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
