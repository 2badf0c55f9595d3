use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is cut away by a clip.
    ///
    /// ## Why it matters
    /// Programs read what a clip cuts away, and nobody sees it.
    ///
    /// ## What to do
    /// Take the text out of the sources, or crop the figure that it belongs to before including it.
    ///
    /// ## Limits
    /// A plain sentence is a note: figures that are included with `clip` leave much behind.
    pub static CLIPPED_TEXT: Rule = {
        code: "HIDE007",
        name: "clipped-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_clipped,
    }
}

fn no_word_is_clipped(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::Clipped, how: "is cut away by a clip", sentence: Severity::Note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&CLIPPED_TEXT);
        let hiding = |says, text| paper_hiding(Cause::Clipped, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, Some(Severity::Note));
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&CLIPPED_TEXT)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
