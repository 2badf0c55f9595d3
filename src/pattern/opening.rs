//! Patterns whose phrases all begin with one of a few words are tried where one of them stands, and nowhere else.
//!
//! `regex-lite` follows every way through a pattern from every byte: with the patterns that tell whose a link is, 1,200
//! instructions a byte, and a fiftieth of all that a check does (measured on 105 papers).

use super::{compile, in_lower_case};
use regex_lite::Regex;
use std::ops::Range;
use std::sync::OnceLock;

/// A pattern, and the words that its phrases begin with.
pub(crate) struct Opening {
    /// In lower case: each phrase begins with one of them as a whole word. Letters, digits and `_` of ASCII make words,
    /// as for `\\b`.
    words: &'static [&'static str],
    regex: &'static str,
    compiled: OnceLock<Regex>,
}

impl Opening {
    /// From its words, and an expression for phrases that begin with them; ASCII case matters in neither.
    pub(crate) const fn new(words: &'static [&'static str], regex: &'static str) -> Self {
        Self { words, regex, compiled: OnceLock::new() }
    }

    /// The words that its phrases begin with.
    #[cfg(test)]
    pub(crate) fn words(&self) -> &[&'static str] {
        self.words
    }

    /// Whether a text holds a phrase of it.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.first(&text.to_ascii_lowercase(), 0).is_some()
    }

    /// A text with a space in place of each of its phrases.
    pub(crate) fn blanked(&self, text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        let (mut blanked, mut from) = (String::with_capacity(text.len()), 0);
        while let Some(phrase) = self.first(&lower, from) {
            blanked.push_str(&text[from..phrase.start]);
            blanked.push(' ');
            from = phrase.end;
        }
        blanked + &text[from..]
    }

    /// The first phrase of a text in lower case that begins at a byte or behind it.
    fn first(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let compiled =
            || self.compiled.get_or_init(|| compile(&format!("^(?:{})", in_lower_case(self.regex))));
        let mut at = from;
        while let Some(word) = next_word(text.as_bytes(), at) {
            if self.words.contains(&&text[word.clone()])
                && let Some(phrase) = compiled().find(&text[word.start..])
            {
                return Some(word.start..word.start + phrase.end());
            }
            at = word.end;
        }
        None
    }
}

/// The first word that begins at a byte or behind it.
fn next_word(text: &[u8], from: usize) -> Option<Range<usize>> {
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let mut start = from;
    // In the midst of a word none begins.
    if from > 0 && is_word(&text[from - 1]) {
        start += text[from..].iter().take_while(|b| is_word(b)).count();
    }
    start += text[start..].iter().position(is_word)?;
    let length = text[start..].iter().take_while(|b| is_word(b)).count();
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_those_of_the_expression_alone() {
        let regex = r"\b(?:our|my) (?:\w+ ){0,2}?(?:code|data)\b|\bcode[:)]";
        let opening = Opening::new(&["our", "my", "code"], regex);
        let alone = compile(&format!("(?i){regex}"));
        for text in [
            "",
            "Our code",
            "our own code, MY data and our method",
            "for our_code: and flour code: xcode) code)",
            "our our our data our",
            "é our code–my data…",
            "code:code)our data",
            "the code is ours",
        ] {
            assert_eq!(opening.is_in(text), alone.is_match(text), "{text}");
            assert_eq!(opening.blanked(text), alone.replace_all(text, " "), "{text}");
        }
    }
}
