//! Texts as words that compare alike: without accents, ligatures, case and punctuation.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded word and the bytes it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) bytes: Range<usize>,
}

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// A letter that is a word by itself, in scripts that write no spaces.
    Whole,
    /// Nothing that is seen: it neither joins nor parts.
    Unseen,
    Gap,
}

/// The words of a text, in order. Letters and digits part from one another: `velm2023` is two words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut last = Kind::Gap;
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        let end = at + c.len_utf8();
        match kind {
            Kind::Unseen => continue,
            Kind::Gap => {}
            _ if kind == last && kind != Kind::Whole => {
                if let Some(word) = found.last_mut() {
                    fold(c, &mut word.text);
                    word.bytes.end = end;
                }
            }
            _ => {
                let mut text = String::new();
                fold(c, &mut text);
                found.push(Word { text, bytes: at..end });
            }
        }
        last = kind;
    }
    found
}

fn kind(c: char) -> Kind {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Kind::Unseen,
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Whole,
        _ if is_combining_mark(c) => Kind::Unseen,
        _ if c.is_alphabetic() => Kind::Letter,
        _ if c.is_numeric() => Kind::Digit,
        _ => Kind::Gap,
    }
}

/// Letters that no decomposition takes apart, as people without them write names.
const SPELLED: [(char, &str); 11] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŋ', "n"),
];

fn fold(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match SPELLED.iter().find(|(letter, _)| *letter == part) {
            Some((_, spelled)) => out.push_str(spelled),
            None if is_combining_mark(part) => {}
            None => out.push(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn accents_ligatures_case_and_punctuation_do_not_matter() {
        assert_eq!(folded("Mélanie VELM-Ørsted"), ["melanie", "velm", "orsted"]);
        assert_eq!(folded("Me\u{301}lanie, Straßer; ﬁeld"), ["melanie", "strasser", "field"]);
        assert_eq!(folded("mvelm_v2.pdf"), ["mvelm", "v", "2", "pdf"]);
        assert_eq!(folded("Vel\u{ad}m\u{200b}"), ["velm"]);
        assert_eq!(folded("张伟 a"), ["张", "伟", "a"]);
    }

    #[test]
    fn the_bytes_of_a_word_are_those_of_the_text() {
        let text = "by Mélanie Velm";
        let at = words(text)[1].bytes.clone();
        assert_eq!(&text[at], "Mélanie");
    }
}
