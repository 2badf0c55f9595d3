//! Characters that are not seen and change or carry text: zero-width runs, overrides of direction, tags, look-alikes.

use crate::paper::Seen;
use crate::pdf::text::is_painted;
use crate::pdf::{Document, Glyph, Page};
use crate::place::{FileId, PageNumber, Place};
use std::ops::RangeInclusive;

/// A run of so many zero-width characters carries something; single ones break lines of addresses.
const LONG_RUN: usize = 8;
/// So many words that mix alphabets are no slip.
const MIXED_WORDS: usize = 2;

/// What is invisible among the characters of a document, a few words for each page and kind.
pub(in crate::paper) fn invisible_characters(document: &Document, file: FileId) -> Vec<Seen> {
    let mut found = Vec::new();
    let mut mixed: Vec<(PageNumber, String)> = Vec::new();
    let odd_fonts: Vec<bool> = document.fonts.iter().map(|f| f.has_string_with(is_odd)).collect();
    for (index, page) in document.pages.iter().enumerate() {
        let number = PageNumber(index as u32 + 1);
        let text = unusual_text(page, document, &odd_fonts);
        let at = Place::whole_page(file, number);
        found.extend(told(&text).into_iter().map(|text| Seen { text, at: at.clone() }));
        mixed.extend(mixed_words(&text).map(|w| (number, w.to_owned())));
    }
    if let Some((page, _)) = mixed.first().filter(|_| mixed.len() >= MIXED_WORDS) {
        let words: Vec<&str> = mixed.iter().map(|(_, w)| w.as_str()).take(4).collect();
        let text = format!("words that mix alphabets: {}", words.join(", "));
        found.push(Seen { text, at: Place::whole_page(file, *page) });
    }
    found
}

/// The text of a page in the order it is painted, with a space for each gap; empty for a page of usual characters.
fn unusual_text(page: &Page, document: &Document, odd_fonts: &[bool]) -> String {
    let is_unusual = |g: &Glyph| {
        g.text > LAST_LATIN && (char::from_u32(g.text).is_some_and(is_odd) || odd_fonts[usize::from(g.font)])
    };
    if !page.glyphs.iter().any(is_unusual) {
        return String::new();
    }
    let mut text = String::with_capacity(page.glyphs.len());
    let mut last: Option<&Glyph> = None;
    for glyph in page.glyphs.iter().filter(|g| is_painted(page, g)) {
        let apart = last.is_some_and(|l| {
            (l.baseline - glyph.baseline).abs() > l.size
                || glyph.area.left - l.area.right > 0.165 * l.size
                || l.font != glyph.font
        });
        if apart {
            text.push(' ');
        }
        document.fonts[usize::from(glyph.font)].text(glyph.text, &mut text);
        last = Some(glyph);
    }
    text
}

/// The last character of the Latin blocks.
const LAST_LATIN: u32 = 0x24f;
/// The blocks of Greek and Cyrillic.
const OTHER_ALPHABETS: RangeInclusive<char> = '\u{370}'..='\u{52f}';
/// Letters of other alphabets that look like Latin ones.
const LOOK_LATIN: &str = "асеорхуіјѕԁӏԛԝАВЕКМНОРСТХУІЈЅοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ";

/// Characters that are not seen, and look-alikes. One that stands for a glyph without text is left out.
fn is_odd(c: char) -> bool {
    matches!(u32::from(c), 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2063 | 0x2066..=0x2069
        | 0xfe00..=0xfe0f | 0xfeff | 0xe_0000..=0xe_007f | 0xe_0100..=0xe_01ef)
        || OTHER_ALPHABETS.contains(&c) && LOOK_LATIN.contains(c)
}

fn told(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut run, mut longest, mut overrides, mut tags) = (0, 0, Vec::new(), 0);
    for c in text.chars() {
        match u32::from(c) {
            0x200b..=0x200f | 0x2060..=0x2063 | 0xfeff | 0x180e => run += 1,
            0x2064 | 0x20 => {}
            0xfe00..=0xfe0f | 0xe_0100..=0xe_01ef => run += 1,
            code @ (0x202a..=0x202e | 0x2066..=0x2069) => overrides.push(code),
            0xe_0000..=0xe_007f => tags += 1,
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    if longest >= LONG_RUN {
        out.push(format!("a run of {longest} zero-width characters"));
    }
    if let Some(code) = overrides.iter().find(|c| matches!(c, 0x202d | 0x202e)).or(overrides.first()) {
        out.push(format!("U+{code:04X}, which changes the direction of text"));
    }
    if tags > 0 {
        out.push(format!("{tags} invisible tag characters"));
    }
    out
}

/// Words of Latin letters among which Cyrillic or Greek look-alikes stand.
fn mixed_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| {
        let latin = w.chars().filter(char::is_ascii_alphabetic).count();
        let alike = w.chars().filter(|c| LOOK_LATIN.contains(*c)).count();
        latin >= 2 && alike >= 1 && latin + alike == w.chars().count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_told_and_a_line_break_is_not() {
        assert_eq!(told(&"\u{200b}\u{200c}".repeat(24)), ["a run of 48 zero-width characters"]);
        assert_eq!(told("https://\u{200b}lantern.org/\u{200b}a"), [""; 0]);
        assert_eq!(told("a\u{202e}b"), ["U+202E, which changes the direction of text"]);
        assert_eq!(told("a\u{e0041}\u{e0042}"), ["2 invisible tag characters"]);
    }

    #[test]
    fn a_word_of_two_alphabets_is_told() {
        assert_eq!(mixed_words("the pаper and the rеview").count(), 2);
        assert_eq!(mixed_words("the μm scale, Москва, α-stable").count(), 0);
    }
}
