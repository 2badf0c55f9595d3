use crate::finding::{Finding, Severity};
use crate::paper::Replacement;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{page_of, quoted};
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// The letters that a font's character map gives to programs are those that its glyphs are named after.
    ///
    /// ## Why it matters
    /// A font whose map gives other letters lets people read one text and programs another.
    ///
    /// ## What to do
    /// Build the paper with the font as it comes, without a map of your own (`\\pdfglyphtounicode`, a changed `cmap`).
    ///
    /// ## Limits
    /// Told where at least five letters of a font are renamed. Fonts without glyph names, as most TrueType fonts of
    /// other alphabets, are not looked at.
    ///
    /// ## Source
    /// ISO 32000-1 §9.10.3, ToUnicode CMaps; Adobe Glyph List Specification.
    pub static CHARACTER_MAP_MISMATCH: Rule = {
        code: "HIDE010",
        name: "character-map-mismatch",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: fonts_name_their_letters,
    }
}

fn fonts_name_their_letters(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let by_map = case.paper.replaced.iter().filter(|r| r.how == Replacement::CharacterMap);
    let found = by_map.map(|replaced| {
        let message = format!(
            "a font on page {} tells programs other letters than it shows; people see `{}`",
            page_of(&replaced.at),
            quoted(&replaced.seen)
        );
        Finding::new(message, replaced.at.clone()).seen(quoted(&replaced.read))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, ReplacedText, Says};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn replacing(how: Replacement) -> Paper {
        let at = seen("reject", 1).at;
        let (read, seen_text, says) = ("accept".to_owned(), "reject".to_owned(), Says::Sentence);
        paper_with(|p| p.replaced.push(ReplacedText { how, read, seen: seen_text, says, at }))
    }

    #[test]
    fn renamed_letters_are_found_with_both_readings() {
        let found = Trial::of(&CHARACTER_MAP_MISMATCH).finding(&replacing(Replacement::CharacterMap));
        assert!(found.message.ends_with("people see `reject`"), "{}", found.message);
        assert_eq!(found.evidence.as_deref(), Some("accept"));
    }

    #[test]
    fn replacement_text_is_another_rules_matter() {
        Trial::of(&CHARACTER_MAP_MISMATCH)
            .passes(&replacing(Replacement::ActualText))
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
