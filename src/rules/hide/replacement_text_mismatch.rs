use crate::finding::{Finding, Severity};
use crate::paper::{Replacement, Says};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{page_of, quoted};
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// Replacement text (`/ActualText`) says what the glyphs that it stands for show; descriptions (`/Alt`, `/E`) give
    /// no instructions.
    ///
    /// ## Why it matters
    /// Programs read the replacement text and people the glyphs: what differs is said to programs alone.
    ///
    /// ## What to do
    /// Take the `ActualText` out, or let it say what is shown. The packages accsupp and axessibility write it.
    ///
    /// ## Limits
    /// Short texts, sources of formulas and spellings that differ by less than half are not meant.
    ///
    /// ## Source
    /// ISO 32000-1 §14.9.4, replacement text.
    pub static REPLACEMENT_TEXT_MISMATCH: Rule = {
        code: "HIDE009",
        name: "replacement-text-mismatch",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: replacement_text_says_the_same,
    }
}

fn replacement_text_says_the_same(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let by_text = case.paper.replaced.iter().filter(|r| r.how != Replacement::CharacterMap);
    let found = by_text.map(|replaced| {
        let page = page_of(&replaced.at);
        let message = match replaced.says {
            Says::Instruction => {
                format!("programs read an instruction on page {page} where people see other words")
            }
            _ => format!("programs read another text on page {page} than people see"),
        };
        let finding = Finding::new(message, replaced.at.clone()).seen(quoted(&replaced.read));
        if replaced.says == Says::Sentence { finding.lowered_to(Severity::Warning) } else { finding }
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, ReplacedText};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn replacing(how: Replacement, says: Says) -> Paper {
        let (read, seen_text) = ("the words that programs read".to_owned(), "a title".to_owned());
        let at = seen("a title", 1).at;
        paper_with(|p| p.replaced.push(ReplacedText { how, read, seen: seen_text, says, at }))
    }

    #[test]
    fn an_instruction_is_an_error_and_another_sentence_a_warning() {
        let trial = Trial::of(&REPLACEMENT_TEXT_MISMATCH);
        let sentence = trial.finding(&replacing(Replacement::ActualText, Says::Sentence));
        assert_eq!(sentence.severity, Some(Severity::Warning));
        let instruction = trial.finding(&replacing(Replacement::Description, Says::Instruction));
        assert_eq!(instruction.severity, None);
    }

    #[test]
    fn what_fonts_rename_is_another_rules_matter() {
        Trial::of(&REPLACEMENT_TEXT_MISMATCH)
            .passes(&replacing(Replacement::CharacterMap, Says::Sentence))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
