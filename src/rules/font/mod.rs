//! FONT: the fonts of the file, and the face of the running text.

mod bitmap_font;
mod other_body_face;
mod unembedded_font;
mod unmapped_font;

pub use bitmap_font::BITMAP_FONT;
pub use other_body_face::OTHER_BODY_FACE;
pub use unembedded_font::UNEMBEDDED_FONT;
pub use unmapped_font::UNMAPPED_FONT;

use crate::count;
use crate::finding::Finding;
use crate::paper::FontUse;
use crate::rule::{Case, Skip};
use crate::rules::precondition::read_pdf;

/// One finding for all fonts of a kind, at the first page that one of them is used on.
fn told(case: &Case<'_>, is_told: impl Fn(&FontUse) -> bool, words: &str) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let fonts: Vec<&FontUse> = case.paper.fonts.iter().filter(|f| is_told(f)).collect();
    let Some(first) = fonts.first() else { return Ok(Vec::new()) };
    let named = |f: &&FontUse| if f.name.is_empty() { "without a name".to_owned() } else { f.name.clone() };
    let mut names: Vec<String> = fonts.iter().map(named).collect();
    names.dedup();
    let names = names.join(", ");
    let letters: u32 = fonts.iter().map(|f| f.letters).sum();
    let letters = count::counted(letters as usize, "letter", "letters");
    let message = format!("{words}: {names} ({letters})");
    Ok(vec![Finding::new(message, first.first.clone()).seen(names)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rule::Rule;
    use crate::rules::trial::{Trial, font, paper_with, seen};

    /// What makes a sound font of nine letters one that a rule tells of.
    type Spoils = fn(&mut FontUse);

    /// The rules on fonts, with a font that each is about, and what is said of it.
    const KINDS: [(&Rule, Spoils, &str); 3] = [
        (&UNEMBEDDED_FONT, |f| f.is_embedded = false, "fonts are not embedded: Plex (9 letters)"),
        (
            &BITMAP_FONT,
            |f| f.is_type3 = true,
            "fonts are of Type 3: drawings, mostly bitmaps: Plex (9 letters)",
        ),
        (
            &UNMAPPED_FONT,
            |f| (f.letters, f.unknown_letters) = (199, 100),
            "fonts do not tell what their letters stand for: Plex (199 letters)",
        ),
    ];

    fn spoiled(spoils: Spoils) -> Paper {
        let mut font = font("Plex");
        spoils(&mut font);
        paper_with(|p| p.fonts = vec![font])
    }

    #[test]
    fn a_font_is_told_by_the_rule_on_its_kind_and_by_no_other() {
        for (rule, spoils, words) in KINDS {
            let trial = Trial::of(rule).passes(&spoiled(|_| ())).undetermined(&Paper::default());
            let found = trial.finding(&spoiled(spoils));
            assert_eq!((found.message.as_str(), found.evidence.as_deref()), (words, Some("Plex")));
            assert_eq!(found.at, seen("a letter", 1).at);
            let others = KINDS.iter().filter(|(other, ..)| other.code != rule.code);
            others.fold(trial, |trial, (_, spoils, _)| trial.passes(&spoiled(*spoils)));
        }
    }

    #[test]
    fn few_unknown_letters_or_fewer_than_half_of_them_are_no_matter() {
        Trial::of(&UNMAPPED_FONT)
            .passes(&spoiled(|f| (f.letters, f.unknown_letters) = (99, 99)))
            .passes(&spoiled(|f| (f.letters, f.unknown_letters) = (200, 100)))
            .fails(&spoiled(|f| (f.letters, f.unknown_letters) = (100, 100)));
    }

    #[test]
    fn fonts_of_a_kind_are_one_finding_and_each_is_named_once() {
        let unnamed = FontUse { is_embedded: false, ..font("") };
        let named = FontUse { is_embedded: false, ..font("Plex") };
        let paper = paper_with(|p| p.fonts = vec![named.clone(), named, font("Sound"), unnamed]);
        let found = Trial::of(&UNEMBEDDED_FONT).finding(&paper);
        assert_eq!(found.message, "fonts are not embedded: Plex, without a name (27 letters)");
    }
}
