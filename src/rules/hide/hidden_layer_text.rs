use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something lies on a layer that is switched off when the file is opened.
    ///
    /// ## Why it matters
    /// A layer that is off is a place for notes among authors and for text that only programs read.
    ///
    /// ## What to do
    /// Delete the layer in the program that made the figure or the paper, instead of switching it off.
    pub static HIDDEN_LAYER_TEXT: Rule = {
        code: "HIDE005",
        name: "hidden-layer-text",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_layer_is_shown,
    }
}

fn every_layer_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden { by: Cause::Layer, how: "lies on a layer that is off", sentence: Severity::Warning },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&HIDDEN_LAYER_TEXT);
        let hiding = |says, text| paper_hiding(Cause::Layer, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, Some(Severity::Warning));
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&HIDDEN_LAYER_TEXT)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
