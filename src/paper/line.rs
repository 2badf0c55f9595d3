//! Lines of a page, and what a single line shows: its words, its face, a heading's number, a caption's label.

use crate::pdf::text::{WORD_GAP, Word};
use crate::pdf::{Bounds, Font};

/// Which column a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The only one, or across both.
    Full,
    /// The left one of two.
    Left,
    /// The right one of two.
    Right,
}

/// What a line is, apart from the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text, a heading, a caption, or something within a float.
    Text,
    /// A folio or a running head or foot.
    Furniture,
    /// The style's notice at the foot of page one.
    Notice,
    /// A footnote.
    Footnote,
}

/// A line in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// 1-based.
    pub page: u32,
    /// In page space, in bp.
    pub area: Bounds,
    /// The y of its baseline, in bp.
    pub baseline: f32,
    /// The size of most of its glyphs, in bp.
    pub size: f32,
    /// Its words, joined by single spaces.
    pub text: String,
    /// How many words at its start are set in bold type.
    pub bold_words: usize,
    /// Its words.
    pub words: Vec<Word>,
    /// Which column it stands in.
    pub column: Column,
    /// What it is.
    pub role: Role,
    /// The number printed in the margin beside it.
    pub number: Option<u32>,
}

impl Line {
    /// Builds a line of at least one word, from left to right.
    pub(super) fn new(
        page: u32,
        baseline: f32,
        size: f32,
        column: Column,
        words: Vec<Word>,
        fonts: &[Font],
    ) -> Self {
        let area = words.iter().fold(Bounds::EMPTY, |all, w| all.union(&w.area));
        let text = joined(&words);
        let bold_words = words.iter().take_while(|w| fonts[usize::from(w.font)].bold).count();
        Self { page, area, baseline, size, text, bold_words, words, column, role: Role::Text, number: None }
    }

    /// Whether the whole line is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.bold_words == self.words.len()
    }

    /// The label of the float it captions, such as `Figure 3`, and whether it begins a caption.
    ///
    /// A caption's label is followed by a colon, a full stop or a bar; "Figure 3 shows" is a sentence.
    pub(super) fn caption_label(&self) -> Option<String> {
        // Most lines begin with none of these letters.
        self.text.as_bytes().first().filter(|first| b"FTAL".contains(first))?;
        let mut words = self.text.split(' ');
        let kind = words.next()?;
        let known =
            ["Figure", "Figures", "Fig.", "FIGURE", "Fig", "Table", "TABLE", "Tab.", "Algorithm", "Listing"];
        let kind = known.iter().find(|k| **k == kind)?;
        let number = words.next()?;
        let stem = number.trim_end_matches([':', '.', '|']);
        let ends_label =
            stem.len() < number.len() || words.next().is_some_and(|w| w == "|" || w == ":" || w == "-");
        let is_number = stem.chars().next().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
            && stem.len() <= 5;
        let alone = self.text.split(' ').count() == 2 && *kind == "TABLE";
        (is_number && (ends_label || alone)).then(|| {
            format!(
                "{} {stem}",
                if kind.to_lowercase().starts_with("fig") {
                    "Figure"
                } else if kind.to_lowercase().starts_with("tab") {
                    "Table"
                } else {
                    kind
                }
            )
        })
    }
}

/// Words joined by spaces, but where one begins right where the other ends, as scripts do.
fn joined(words: &[Word]) -> String {
    let mut text = String::with_capacity(words.iter().map(|w| w.text.len() + 1).sum());
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| &words[i]);
        if before.is_some_and(|b| !touches(b, word)) {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

fn touches(before: &Word, word: &Word) -> bool {
    let gap = (word.area.left - before.area.right) / before.size.min(word.size);
    (-WORD_GAP..=WORD_GAP).contains(&gap)
}

/// The number of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `3`, `3.1`, `3.1.2`: the top number, and how many levels.
    Arabic(u32, u32),
    /// `A`, `A.1`: the letter, and how many levels.
    Letter(char, u32),
    /// `IV`: top level.
    Roman(u32),
}

/// Splits a heading's number from its words; a number is followed by a word.
pub(super) fn numbering(text: &str) -> (Option<Numbering>, &str) {
    let Some((first, rest)) = text.split_once(' ') else { return (None, text) };
    // Most lines begin with a word.
    if !first.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return (None, text);
    }
    let stem = first.trim_end_matches(['.', ':', ')']);
    let parts: Vec<&str> = stem.split('.').collect();
    let levels = parts.len() as u32;
    let tail_is_digits =
        parts[1..].iter().all(|p| !p.is_empty() && p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()));
    if !tail_is_digits || levels > 4 {
        return (None, text);
    }
    let head = parts[0];
    let number = match head.as_bytes() {
        digits if !digits.is_empty() && digits.len() <= 2 && digits.iter().all(u8::is_ascii_digit) => {
            head.parse().ok().map(|n| Numbering::Arabic(n, levels))
        }
        [b'I', ..] | [b'V', ..] | [b'X', ..] if levels == 1 && head.len() <= 5 && roman(head).is_some() => {
            roman(head).map(Numbering::Roman)
        }
        [letter] if letter.is_ascii_uppercase() => Some(Numbering::Letter(char::from(*letter), levels)),
        _ => None,
    };
    if number.is_some() { (number, rest) } else { (None, text) }
}

fn roman(text: &str) -> Option<u32> {
    const NUMERALS: [&str; 15] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];
    NUMERALS.iter().position(|n| *n == text).map(|at| at as u32 + 1)
}

/// Lower-case letters and digits alone, so that spacing, case and punctuation do not matter.
pub(super) fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Only what a mark may follow, or what is no plain letter, asks for the tables of Unicode.
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let plain = if plain == rest.len() { plain } else { plain.saturating_sub(1) };
        let (ascii, after) = rest.split_at(plain);
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        letters.extend(ascii.bytes().filter(is_letter).map(|byte| char::from(byte.to_ascii_lowercase())));
        let length =
            after.char_indices().skip(1).find(|(_, c)| c.is_ascii()).map_or(after.len(), |(at, _)| at);
        let (odd, next) = after.split_at(length);
        let first = odd.chars().next().filter(char::is_ascii);
        if odd.chars().skip(usize::from(first.is_some())).all(is_common_sign) {
            letters.extend(first.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        } else {
            letters.extend(odd.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        }
        rest = next;
    }
    letters
}

/// Whether a text says this one word, of lower-case ASCII letters: as [`folded`], and mostly told by the first letter.
pub(super) fn folds_to(text: &str, word: &str) -> bool {
    // A letter of ASCII stays one, or becomes none with a mark behind it.
    let first = text.bytes().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    if !first
        .is_some_and(|first| !first.is_ascii() || word.as_bytes().starts_with(&[first.to_ascii_lowercase()]))
    {
        return false;
    }
    if !text.is_ascii() {
        return folded(text) == word;
    }
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    letters.eq(word.bytes())
}

/// Quotes and dashes of ordinary text: no letter whatever stands beside them.
const fn is_common_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2022}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_split_off() {
        assert_eq!(numbering("3.1 Method"), (Some(Numbering::Arabic(3, 2)), "Method"));
        assert_eq!(numbering("8. References"), (Some(Numbering::Arabic(8, 1)), "References"));
        assert_eq!(numbering("A Proofs"), (Some(Numbering::Letter('A', 1)), "Proofs"));
        assert_eq!(numbering("B.2 More"), (Some(Numbering::Letter('B', 2)), "More"));
        assert_eq!(numbering("IV. RESULTS"), (Some(Numbering::Roman(4)), "RESULTS"));
        assert_eq!(numbering("References"), (None, "References"));
        assert_eq!(numbering("2019 was a year"), (None, "2019 was a year"));
    }

    #[test]
    fn letter_spaced_words_fold_to_the_word() {
        assert_eq!(folded("R EFERENCES"), "references");
        assert_eq!(folded("R E F E R E N C E S"), "references");
        assert_eq!(folded("Danksagung ﬁ"), "danksagungfi");
        assert_eq!(folded("a“b”—c ½e\u{301}É–x"), "abc12ééx");
        assert_eq!(folded("É e\u{301}"), folded("e\u{301} É"));
        for (text, is_it) in [
            ("Abstract.", true),
            ("A B S T R A C T", true),
            ("abstracts", false),
            ("“Abstract”", true),
            ("ab", false),
            ("– Abstract ―", true),
            ("1. Abstract", false),
            ("a\u{301}bstract", false),
            ("abstra\u{ff43}t", true),
            ("xabstract ﬁ", false),
            ("…", false),
            ("", false),
        ] {
            assert_eq!(folds_to(text, "abstract"), is_it, "{text}");
            assert_eq!(folded(text) == "abstract", is_it, "{text}");
        }
    }
}
