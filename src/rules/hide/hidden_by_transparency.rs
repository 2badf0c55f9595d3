use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is painted with an alpha of zero.
    ///
    /// ## Why it matters
    /// Text that nobody sees is read by programs alone. Slides and posters leave some behind, which is why a plain
    /// sentence is a warning.
    ///
    /// ## What to do
    /// Take the text out of the sources, or give it an opacity.
    pub static HIDDEN_BY_TRANSPARENCY: Rule = {
        code: "HIDE004",
        name: "hidden-by-transparency",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_word_is_transparent,
    }
}

fn no_word_is_transparent(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(case, &Hidden { by: Cause::Alpha, how: "is fully transparent", sentence: Severity::Warning })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&HIDDEN_BY_TRANSPARENCY);
        let hiding = |says, text| paper_hiding(Cause::Alpha, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, Some(Severity::Warning));
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&HIDDEN_BY_TRANSPARENCY)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
