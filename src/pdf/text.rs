//! Words and rows, rebuilt from positions: TeX writes no spaces, and content order is not reading order.

use super::font::Font;
use super::graphics::{Bounds, larger, smaller};
use super::page::{Glyph, Page, Turn};
use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

/// A word: glyphs on one baseline without a gap between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its letters; characters that stand for nothing known are U+FFFD.
    pub text: CompactString,
    /// In page space, in bp.
    pub area: Bounds,
    /// The y of its baseline.
    pub baseline: f32,
    /// The size of its largest glyph, in bp.
    pub size: f32,
    /// The font of its first glyph: an index into the document's fonts.
    pub font: u16,
    /// How its first glyph is painted: an index into the page's paints.
    pub paint: u32,
    /// The first glyph after it begins apart: words without this follow one another closely.
    pub glyphs: u32,
}

/// Words on one baseline, superscripts and subscripts among them, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The y of the baseline.
    pub baseline: f32,
    /// The size of most of its glyphs, in bp.
    pub size: f32,
    /// Its words.
    pub words: Vec<Word>,
}

/// A gap wider than this, in units of the size, separates words. Source: TeX's narrowest word space in Times
/// is 0.19 (style contract), and kerns stay below.
pub const WORD_GAP: f32 = 0.165;
/// Glyphs overlap by no more than this within a word; accents and struck letters do.
const OVERLAP: f32 = 0.6;
/// Words whose baselines are this close, in units of the size, share a row.
const SAME_ROW: f32 = 0.12;
/// A smaller word whose baseline is this close to a row's belongs to it, above or below.
const SCRIPT_SHIFT: f32 = 0.52;
/// A script is at most this large, beside the row it belongs to.
const SCRIPT_SIZE: f32 = 0.88;

/// Whether a glyph leaves a mark on the page that a reader sees.
///
/// Colour is not looked at: white text on a dark field is seen.
pub fn is_painted(page: &Page, glyph: &Glyph) -> bool {
    Window::default().shows(page, glyph)
}

/// What one paint shows of its glyphs: looked up once for all that follow one another in it.
struct Window {
    paint: u32,
    /// Where it shows something; empty where it does nowhere.
    clip: Bounds,
}

impl Default for Window {
    fn default() -> Self {
        Self { paint: u32::MAX, clip: Bounds::EMPTY }
    }
}

impl Window {
    /// As [`is_painted`].
    #[inline]
    fn shows(&mut self, page: &Page, glyph: &Glyph) -> bool {
        if glyph.paint != self.paint {
            let paint = &page.paints[glyph.paint as usize];
            let is_seen = !matches!(paint.mode, 3 | 7) && paint.alpha > 0.0 && !paint.hidden_layer;
            *self = Self { paint: glyph.paint, clip: if is_seen { paint.clip } else { Bounds::EMPTY } };
        }
        !glyph.area.intersect(&self.clip).is_empty()
    }
}

/// The words of the upright text of a page, in the order they are painted.
///
/// A page all of whose text is invisible, such as a scan with recognised text, gives that text.
pub fn words(page: &Page, fonts: &[Font]) -> Vec<Word> {
    let painted = words_of(page, fonts, true);
    if painted.is_empty() { words_of(page, fonts, false) } else { painted }
}

fn words_of(page: &Page, fonts: &[Font], painted: bool) -> Vec<Word> {
    let mut words = Words { words: Vec::with_capacity(page.glyphs.len() / 4), ..Words::default() };
    let mut text = String::new();
    let mut window = Window::default();
    for glyph in &page.glyphs {
        if glyph.turn != Turn::Upright || glyph.size < SMALLEST || painted && !window.shows(page, glyph) {
            continue;
        }
        // Most glyphs are plain letters, and wait for nothing.
        match u8::try_from(glyph.text) {
            Ok(letter) if letter.is_ascii() && words.accent.is_none() => {
                words.push_letter(glyph, char::from(letter));
            }
            _ => {
                text.clear();
                fonts[usize::from(glyph.font)].text(glyph.text, &mut text);
                words.add(glyph, &mut text);
            }
        }
    }
    words.end_accent();
    words.end_word();
    words.words
}

/// Words that are being gathered from glyphs.
#[derive(Default)]
struct Words<'p> {
    words: Vec<Word>,
    /// The letters of the last word, which gets them when it ends.
    letters: String,
    /// The glyph before, unless it was a space.
    last: Option<&'p Glyph>,
    /// An accent that waits for its letter: TeX's old fonts paint it first.
    accent: Option<(&'p Glyph, char)>,
}

impl<'p> Words<'p> {
    fn add(&mut self, glyph: &'p Glyph, text: &mut String) {
        if let Some((accent, mark)) = self.accent
            && is_over(&accent.area, glyph)
        {
            text.push(mark);
            *text = text.nfc().collect();
            self.accent = None;
        }
        self.end_accent();
        if let Some(mark) = accent_mark(text) {
            self.accent = Some((glyph, mark));
        } else {
            self.push(glyph, text);
        }
    }

    /// An accent that no letter followed stands for itself.
    fn end_accent(&mut self) {
        if let Some((accent, mark)) = self.accent.take() {
            let spacing = ACCENTS.iter().find(|(_, m)| *m == mark).map_or(mark, |(spacing, _)| *spacing);
            self.push(accent, spacing.encode_utf8(&mut [0; 4]));
        }
    }

    /// As [`Words::push`], for one letter.
    fn push_letter(&mut self, glyph: &'p Glyph, letter: char) {
        let is_space = letter.is_whitespace();
        if !is_space {
            match (self.words.last_mut(), self.last) {
                (Some(word), Some(before)) if continues(before, glyph) => word.take(glyph),
                _ => self.begin_word(glyph),
            }
            self.letters.push(letter);
        }
        self.last = (!is_space).then_some(glyph);
    }

    fn push(&mut self, glyph: &'p Glyph, text: &str) {
        let is_space = text.chars().all(char::is_whitespace);
        if !is_space {
            match (self.words.last_mut(), self.last) {
                (Some(word), Some(before)) if continues(before, glyph) => word.take(glyph),
                _ => self.begin_word(glyph),
            }
            self.letters.push_str(text);
        }
        self.last = (!is_space).then_some(glyph);
    }

    fn begin_word(&mut self, glyph: &Glyph) {
        self.end_word();
        self.words.push(Word::of(glyph));
    }

    fn end_word(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.text = CompactString::new(&self.letters);
        }
        self.letters.clear();
    }
}

/// Accents that stand for themselves, and the marks that combine with a letter.
const ACCENTS: [(char, char); 10] = [
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('¯', '\u{304}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('¨', '\u{308}'),
    ('˚', '\u{30a}'),
    ('˝', '\u{30b}'),
    ('ˇ', '\u{30c}'),
    ('´', '\u{301}'),
];

fn accent_mark(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| !c.is_ascii())?;
    ACCENTS.iter().find(|(spacing, _)| *spacing == first && chars.as_str().is_empty()).map(|(_, mark)| *mark)
}

/// Whether an accent stands over a letter: their middles agree, and neither is on another line.
fn is_over(accent: &Bounds, letter: &Glyph) -> bool {
    let middle = |b: &Bounds| f32::midpoint(b.left, b.right);
    let width = (letter.area.right - letter.area.left).max(0.3 * letter.size);
    (middle(accent) - middle(&letter.area)).abs() < 0.45 * width
        && (accent.bottom - letter.area.bottom).abs() < 0.7 * letter.size
}

/// Glyphs of a smaller size, in bp, are marks of a drawing; nobody reads them.
const SMALLEST: f32 = 0.1;

/// The words of text that does not run from left to right, in the order they are painted.
pub fn turned_words(page: &Page, fonts: &[Font]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<&Glyph> = None;
    let mut text = String::new();
    for glyph in page.glyphs.iter().filter(|g| g.turn != Turn::Upright && is_painted(page, g)) {
        text.clear();
        fonts[usize::from(glyph.font)].text(glyph.text, &mut text);
        let is_space = text.chars().all(char::is_whitespace);
        match (words.last_mut(), last) {
            _ if is_space => {}
            (Some(word), Some(before)) if gap_between(&before.area, &glyph.area) <= WORD_GAP * glyph.size => {
                word.push_str(&text);
            }
            _ => words.push(text.clone()),
        }
        last = (!is_space).then_some(glyph);
    }
    words
}

/// The distance between two boxes, in bp; 0 where they touch.
fn gap_between(a: &Bounds, b: &Bounds) -> f32 {
    let across = (b.left - a.right).max(a.left - b.right).max(0.0);
    let down = (b.top - a.bottom).max(a.top - b.bottom).max(0.0);
    across.hypot(down)
}

impl Word {
    /// A word that begins with a glyph, without its letters.
    fn of(glyph: &Glyph) -> Self {
        let text = CompactString::default();
        let Glyph { area, baseline, size, font, paint, .. } = *glyph;
        Self { text, area, baseline, size, font, paint, glyphs: 1 }
    }

    /// Grows by a glyph.
    fn take(&mut self, glyph: &Glyph) {
        self.area = self.area.union(&glyph.area);
        self.size = larger(self.size, glyph.size);
        self.glyphs += 1;
    }
}

fn continues(before: &Glyph, glyph: &Glyph) -> bool {
    let (size, small) = (larger(before.size, glyph.size), smaller(before.size, glyph.size));
    let gap = glyph.area.left - before.area.right;
    (glyph.baseline - before.baseline).abs() <= SAME_ROW * size
        && gap <= WORD_GAP * small
        && gap >= -OVERLAP * size
        && small > 0.6 * size
}

/// The words of a page gathered into rows, from top to bottom.
pub fn rows(words: Vec<Word>) -> Vec<Row> {
    let place = |word: &Word| u64::from(in_order(word.baseline)) << 32 | u64::from(in_order(word.area.left));
    let mut order: Vec<(u64, u32)> = words.iter().map(place).zip(0..).collect();
    // Most words are painted in this order already, of which an unstable sort makes nothing.
    order.sort();
    let mut words: Vec<Option<Word>> = words.into_iter().map(Some).collect();
    let mut rows: Vec<Row> = Vec::new();
    for word in order.into_iter().filter_map(|(_, at)| words[at as usize].take()) {
        // Words come sorted by baseline, so that only the rows last begun can be theirs.
        let from = rows.len().saturating_sub(REACH);
        let near = rows[from..].iter().rposition(|r| {
            let size = r.size.max(word.size);
            (word.baseline - r.baseline).abs() <= SAME_ROW * size
                && r.size.min(word.size) > SCRIPT_SIZE * size - 0.3 * size
        });
        match near {
            Some(at) => rows[from + at].words.push(word),
            None => {
                let (baseline, size) = (word.baseline, word.size);
                let mut words = Vec::with_capacity(USUAL_ROW);
                words.push(word);
                rows.push(Row { baseline, size, words });
            }
        }
    }
    for row in &mut rows {
        row.size = usual_size(&row.words);
    }
    adopt_scripts(&mut rows);
    rows.retain(|r| !r.words.is_empty());
    for row in &mut rows {
        row.words.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        row.size = usual_size(&row.words);
    }
    rows.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    rows
}

/// A number that is greater where the length is. Source: `f32::total_cmp`, whose order it gives.
fn in_order(length: f32) -> u32 {
    let bits = length.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

fn usual_size(words: &[Word]) -> f32 {
    // Most rows have one size.
    if let [first, others @ ..] = words
        && others.iter().all(|word| word.size == first.size)
    {
        return first.size;
    }
    let mut sizes: Vec<(f32, u32)> = words.iter().map(|w| (w.size, w.glyphs)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<u32>() / 2;
    let mut passed = 0;
    sizes
        .iter()
        .find(|(_, n)| {
            passed += n;
            passed > half
        })
        .map_or(0.0, |s| s.0)
}

/// Moves superscripts and subscripts into the row of the word they stand beside.
fn adopt_scripts(rows: &mut [Row]) {
    for from in 0..rows.len() {
        let near = from.saturating_sub(REACH)..(from + REACH).min(rows.len());
        let largest = rows[near].iter().map(|row| row.size).fold(0.0, f32::max);
        // No row near is so large that a word of this one could be its script.
        if !rows[from].words.iter().any(|word| largest * SCRIPT_SIZE >= word.size) {
            continue;
        }
        let words = std::mem::take(&mut rows[from].words);
        let mut kept = Vec::with_capacity(words.len());
        for word in words {
            let home = (from.saturating_sub(REACH)..(from + REACH).min(rows.len()))
                .filter(|&to| to != from && is_script_of(&word, &rows[to]))
                .min_by(|&a, &b| {
                    (rows[a].baseline - word.baseline)
                        .abs()
                        .total_cmp(&(rows[b].baseline - word.baseline).abs())
                });
            match home {
                Some(to) => rows[to].words.push(word),
                None => kept.push(word),
            }
        }
        kept.append(&mut rows[from].words);
        rows[from].words = kept;
    }
}

/// A line of text has about so many words, with formulas in it more.
const USUAL_ROW: usize = 16;

/// How many rows above and below may be a script's home; formulas put several baselines into one line.
const REACH: usize = 6;

fn is_script_of(word: &Word, row: &Row) -> bool {
    row.size * SCRIPT_SIZE >= word.size
        && (row.baseline - word.baseline).abs() <= SCRIPT_SHIFT * row.size
        && row.words.iter().any(|w| {
            let gap = (word.area.left - w.area.right).max(w.area.left - word.area.right);
            w.size * SCRIPT_SIZE >= word.size && gap <= 0.4 * w.size
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, baseline: f32, size: f32) -> Word {
        let width = text.len() as f32 * size * 0.5;
        let area =
            Bounds { left, top: baseline - size * 0.7, right: left + width, bottom: baseline + size * 0.2 };
        Word { text: text.into(), area, baseline, size, font: 0, paint: 0, glyphs: text.len() as u32 }
    }

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|r| r.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn numbers_in_order_are_as_the_lengths_are() {
        let lengths = [f32::NEG_INFINITY, -2.5, -0.0, 0.0, 1e-30, 2.0, 2.5, f32::INFINITY, f32::NAN];
        for (one, other) in lengths.iter().flat_map(|one| lengths.iter().map(move |other| (one, other))) {
            assert_eq!(in_order(*one).cmp(&in_order(*other)), one.total_cmp(other), "{one} {other}");
        }
    }

    #[test]
    fn words_in_one_place_stay_in_the_order_in_which_they_are_painted() {
        let rows = rows(vec![
            word("third", 90.0, 100.0, 10.0),
            word("one", 10.0, 100.0, 10.0),
            word("two", 10.0, 100.0, 10.0),
            word("under", -0.0, 130.0, 10.0),
            word("nought", 0.0, 130.0, 10.0),
        ]);
        assert_eq!(texts(&rows), ["one two third", "under nought"]);
    }

    #[test]
    fn a_superscript_stays_in_its_line() {
        let rows = rows(vec![
            word("below", 10.0, 111.0, 10.0),
            word("energy", 10.0, 100.0, 10.0),
            word("2", 40.5, 96.4, 7.0),
            word("holds", 50.0, 100.0, 10.0),
        ]);
        assert_eq!(texts(&rows), ["energy 2 holds", "below"]);
    }

    #[test]
    fn lines_of_small_text_stay_apart() {
        let rows = rows(vec![
            word("one", 10.0, 100.0, 9.0),
            word("two", 10.0, 110.0, 9.0),
            word("three", 10.0, 120.0, 9.0),
        ]);
        assert_eq!(rows.len(), 3);
    }
}
