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
