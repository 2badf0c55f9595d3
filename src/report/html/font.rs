//! The fonts that a paper is set in.

use crate::check::Report;
use crate::paper::FontUse;
use crate::place::Place;
use crate::report::wording;

/// One font.
pub(super) struct FontLine {
    pub(super) name: String,
    pub(super) letters: u32,
    /// The first page it is used on; empty where no page is known.
    pub(super) first: String,
    pub(super) state: String,
}

/// Every font, the one of most letters first.
pub(super) fn fonts(report: &Report<'_>) -> Vec<FontLine> {
    let mut fonts: Vec<&FontUse> = report.paper.fonts.iter().collect();
    fonts.sort_by_key(|font| std::cmp::Reverse(font.letters));
    fonts.into_iter().map(line).collect()
}

fn line(font: &FontUse) -> FontLine {
    let name = wording::plain(&font.name);
    let holds = match (font.is_type3, font.is_embedded) {
        (true, _) => "yes, drawn letter by letter (Type 3)",
        (false, true) => "yes",
        (false, false) => "no",
    };
    let unknown = match font.unknown_letters {
        0 => String::new(),
        n => format!("; {n} of its letters cannot be copied or searched"),
    };
    FontLine {
        name: if name.is_empty() { "without a name".to_owned() } else { name },
        letters: font.letters,
        first: match &font.first {
            Place::Page { page, .. } => page.to_string(),
            _ => String::new(),
        },
        state: format!("{holds}{unknown}"),
    }
}
