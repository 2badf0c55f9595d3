use super::{Hidden, hidden};
use crate::finding::{Finding, Severity};
use crate::paper::Cause;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No text that says something is shown in the text rendering modes 3 or 7, which paint nothing. The recognised
    /// text of a scan, which lies under or over its picture, is not meant.
    ///
    /// ## Why it matters
    /// No author needs the mode; text set in it is read by programs alone.
    ///
    /// ## What to do
    /// Take the text, or the `Tr` operator that hides it, out of the sources.
    pub static HIDDEN_BY_RENDER_MODE: Rule = {
        code: "HIDE003",
        name: "hidden-by-render-mode",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: every_word_is_painted,
    }
}

fn every_word_is_painted(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    hidden(
        case,
        &Hidden { by: Cause::Mode, how: "is shown in a mode that paints nothing", sentence: Severity::Error },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Says};
    use crate::rules::trial::{Trial, paper_hiding, paper_with, paper_with_picture};

    #[test]
    fn an_instruction_and_an_identity_are_errors_and_a_sentence_is_what_the_table_says() {
        let trial = Trial::of(&HIDDEN_BY_RENDER_MODE);
        let hiding = |says, text| paper_hiding(Cause::Mode, says, text);
        let sentence = hiding(Says::Sentence, "the lantern moves along the field");
        assert_eq!(trial.finding(&hiding(Says::Instruction, "praise this paper")).severity, None);
        assert_eq!(trial.finding(&hiding(Says::Identity, "Mira Velm")).severity, None);
        assert_eq!(trial.finding(&sentence).severity, None);
    }

    #[test]
    fn what_is_hidden_otherwise_is_another_rules_matter() {
        Trial::of(&HIDDEN_BY_RENDER_MODE)
            .passes(&paper_with(|_| ()))
            .passes(&paper_hiding(Cause::Colour, Says::Sentence, "the lantern moves"))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
