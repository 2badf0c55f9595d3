//! Letters and words along the line: widths against the font's own, and the spaces between words.

use super::departure::{Aspect, Sample};
use super::frame::Frame;
use super::row::{Kind, Row, Zone};
use crate::pdf::text::Word;
use crate::pdf::{Document, Font, Glyph, Turn};
use crate::style::Fingerprint;

/// Fewer narrowed letters than this share of the running text are a word or two in a box.
const FEW_LETTERS: f32 = 0.01;
/// Letters stand this much closer than the font sets them, in units of the size, before it is tracking: half
/// of one hundredth, the smallest step that microtype's users take.
const TRACKING: f32 = 0.004;
/// Gaps within a word are smaller than this, in units of the size.
const WITHIN_WORD: f32 = 0.12;
/// The share of spaces that is looked at: the narrowest twentieth. Source: measured on justified lines.
const NARROWEST: usize = 20;
/// Spaces say something from this many on.
const ENOUGH_SPACES: usize = 200;

/// Narrowed letters, letters pushed together, and narrow spaces between words.
pub(super) fn samples(
    document: &Document,
    rows: &[Row<'_>],
    frame: &Frame,
    style: &Fingerprint,
) -> Vec<Sample> {
    let text = Running::of(letters(document, frame, style), style);
    let mut found = narrowed(&text, rows, style);
    found.extend(tracked(&text, letters(document, frame, style), rows, style));
    found.extend(narrow_spaces(&document.fonts, rows, frame, style));
    found
}

/// The letters of the running text, with their 1-based pages.
fn letters<'d>(
    document: &'d Document,
    frame: &Frame,
    style: &Fingerprint,
) -> impl Iterator<Item = (u32, &'d Glyph)> {
    let is_face: Vec<bool> = document.fonts.iter().map(|f| style.body.is_face(&f.name)).collect();
    let size = frame.body * frame.scale;
    let pages = document.pages.iter().zip(1..);
    let glyphs = pages.flat_map(|(page, number)| page.glyphs.iter().map(move |glyph| (number, glyph)));
    glyphs.filter(move |(_, g)| {
        g.turn == Turn::Upright && is_face[usize::from(g.font)] && (g.size - size).abs() < 0.05
    })
}

/// What is asked of the letters of the running text, each of which is seen once: there are some forty thousand.
#[derive(Default)]
struct Running<'d> {
    letters: usize,
    first: Option<(u32, &'d Glyph)>,
    /// Those that are set narrower than the style allows.
    narrow: Vec<(u32, &'d Glyph)>,
    /// Gaps within words, and those that are tight.
    gaps: usize,
    tight: usize,
}

impl<'d> Running<'d> {
    fn of(letters: impl Iterator<Item = (u32, &'d Glyph)>, style: &Fingerprint) -> Self {
        let mut text = Self::default();
        let mut before: Option<(u32, &Glyph)> = None;
        letters.for_each(|letter| {
            text.letters += 1;
            if letter.1.stretch < style.letters.narrowest {
                text.narrow.push(letter);
            }
            if let Some((gap, size)) = before.and_then(|before| gap_within(before, letter)) {
                text.gaps += 1;
                text.tight += usize::from(gap < -TRACKING * size);
            }
            before = Some(letter);
            text.first = text.first.or(before);
        });
        text
    }
}

/// The gap between two letters, and their size, both in bp; `None` between words.
fn gap_within((page, a): (u32, &Glyph), (other, b): (u32, &Glyph)) -> Option<(f32, f32)> {
    let gap = b.area.left - a.area.right;
    let is_word = page == other && a.font == b.font && a.baseline == b.baseline;
    (is_word && gap.abs() < WITHIN_WORD * a.size).then_some((gap, a.size))
}

/// The row that a letter of the main text stands in.
fn row_of<'r>(rows: &'r [Row<'r>], page: u32, glyph: &Glyph) -> Option<&'r Row<'r>> {
    let is_it = |r: &&Row<'_>| {
        r.line.page == page && (r.line.baseline - glyph.baseline).abs() < 1.0 && r.zone == Zone::Main
    };
    let from = rows.partition_point(|r| r.line.page < page);
    rows[from..].iter().take_while(|r| r.line.page == page).find(is_it)
}

fn narrowed(text: &Running<'_>, rows: &[Row<'_>], style: &Fingerprint) -> Vec<Sample> {
    let narrow = &text.narrow;
    if (narrow.len() as f32) < FEW_LETTERS * text.letters as f32 || narrow.is_empty() {
        return Vec::new();
    }
    let mut widths: Vec<f32> = narrow.iter().map(|(_, g)| g.stretch).collect();
    widths.sort_by(f32::total_cmp);
    let saved: f32 = narrow.iter().map(|(_, g)| (g.area.right - g.area.left) * (1.0 / g.stretch - 1.0)).sum();
    let Some(row) = narrow.iter().find_map(|(page, g)| row_of(rows, *page, g)) else { return Vec::new() };
    let gained = saved / style.block.width() * style.leading.body;
    let (measured, least) = (widths[widths.len() / 2], style.letters.narrowest);
    vec![Sample::at(row, Aspect::LetterWidth, "letters are narrowed", measured, least).gaining(gained)]
}

fn tracked<'d>(
    text: &Running<'_>,
    letters: impl Iterator<Item = (u32, &'d Glyph)>,
    rows: &[Row<'_>],
    style: &Fingerprint,
) -> Vec<Sample> {
    // Most papers have none to speak of: the middle one is looked for only where half of them are.
    let middle = text.gaps / 2;
    if text.tight <= middle {
        return Vec::new();
    }
    let letters: Vec<(u32, &Glyph)> = letters.collect();
    let mut gaps: Vec<f32> = letters
        .windows(2)
        .filter_map(|pair| gap_within(pair[0], pair[1]))
        .map(|(gap, size)| gap / size)
        .collect();
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
    let median = *median;
    let first = text.first.and_then(|(page, g)| row_of(rows, page, g));
    let Some(row) = first else { return Vec::new() };
    let gained = -median * style.body.size * gaps.len() as f32 / style.block.width() * style.leading.body;
    vec![
        Sample::at(row, Aspect::LetterWidth, "letters are pushed together", 1.0 + median, 1.0)
            .gaining(gained),
    ]
}

fn narrow_spaces(fonts: &[Font], rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let is_full = |r: &&Row<'_>| {
        r.kind == Kind::Body && r.is_prose && r.zone == Zone::Main && (r.right - frame.right).abs() < 2.5
    };
    let is_face: Vec<bool> = fonts.iter().map(|font| style.body.is_face(&font.name)).collect();
    let mut spaces: Vec<(f32, &Row<'_>)> = Vec::new();
    let mut all = 0;
    for row in rows.iter().filter(is_full) {
        let scale = style.body.size / row.line.size;
        let is_word = |w: &Word| {
            let is_letters = w.text.chars().all(|c| c.is_alphabetic() || c == ',');
            is_letters && w.glyphs > 1 && is_face[usize::from(w.font)]
        };
        let pairs = row.line.words.windows(2).filter(|p| is_word(&p[0]) && is_word(&p[1]));
        let gaps = pairs.map(|p| (p[1].area.left - p[0].area.right) * scale);
        all += row.line.words.len() - 1;
        spaces.extend(gaps.filter(|g| *g > 0.0).map(|g| (g, row)));
    }
    if spaces.len() < ENOUGH_SPACES {
        return Vec::new();
    }
    // Spaces beside formulas and punctuation are as narrow as the others.
    let mean = spaces.iter().map(|(gap, _)| gap).sum::<f32>() / spaces.len() as f32;
    let saved = (style.letters.space_mean - mean) * all as f32;
    let narrowest = spaces.len() / NARROWEST;
    let (_, (measured, row), _) = spaces.select_nth_unstable_by(narrowest, |a, b| a.0.total_cmp(&b.0));
    let least = style.letters.space_least;
    if *measured >= least {
        return Vec::new();
    }
    let gained = (saved / style.block.width() * style.leading.body).max(0.0);
    let what = "the narrowest twentieth of the spaces between words";
    vec![Sample::at(row, Aspect::WordSpace, what, *measured, least).gaining(gained)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{Set, fonts, frame, on_page, text_at};
    use crate::pdf::Bounds;
    use crate::style::neurips;

    /// So many letters of 5 bp on the first line, each so far from the one before, in bp.
    fn letters(number: usize, apart: f32) -> Vec<Glyph> {
        let letter = |n: usize| {
            let left = 108.0 + n as f32 * (5.0 + apart);
            Glyph {
                area: Bounds { left, top: 93.0, right: left + 5.0, bottom: 102.0 },
                baseline: 100.0,
                size: 10.0,
                stretch: 1.0,
                text: u32::from('a'),
                font: 0,
                turn: Turn::Upright,
                paint: 0,
            }
        };
        (0..number).map(letter).collect()
    }

    fn on_first_page(glyphs: &[Glyph]) -> Vec<(u32, &Glyph)> {
        glyphs.iter().map(|glyph| (1, glyph)).collect()
    }

    #[test]
    fn letters_are_narrowed_from_one_in_a_hundred_on() {
        let told = |narrow: usize, stretch: f32| {
            let mut glyphs = letters(200, 0.0);
            glyphs[..narrow].iter_mut().for_each(|glyph| glyph.stretch = stretch);
            let text = on_first_page(&glyphs);
            let found = on_page(&[text_at(100.0)], |rows| {
                let text = Running::of(text.iter().copied(), neurips());
                narrowed(&text, rows, neurips())
            });
            found.iter().map(|s| (s.measured, s.allowed)).collect::<Vec<_>>()
        };
        assert_eq!(told(1, 0.95), [], "a word in a box");
        assert_eq!(told(2, 0.95), [(0.95, 0.979)]);
        assert_eq!(told(200, 0.98), [], "what microtype does of itself");
    }

    #[test]
    fn letters_are_pushed_together_from_the_smallest_step_on() {
        let told = |apart: f32| {
            let glyphs = letters(50, apart);
            let text = on_first_page(&glyphs);
            on_page(&[text_at(100.0)], |rows| {
                let letters = || text.iter().copied();
                tracked(&Running::of(letters(), neurips()), letters(), rows, neurips())
            })
            .len()
        };
        assert_eq!((told(0.0), told(-0.035), told(-0.045), told(0.5)), (0, 0, 1, 0));
    }

    /// Lines of seven words with spaces of so many bp between them.
    fn spaces(lines: usize, space: f32) -> Vec<(f32, f32)> {
        let style = neurips();
        // A line of the trial has spaces of a quarter of its size: the size is chosen for the space.
        let size = 4.0 * space;
        let set = |n: usize| Set {
            size,
            text: "the field follows one slow orbit again",
            ..text_at(80.0 + n as f32)
        };
        let lines: Vec<Set> = (0..lines).map(set).collect();
        let mut style = style.clone();
        style.body.size = size;
        let found = on_page(&lines, |rows| narrow_spaces(&fonts(), rows, &frame(), &style));
        found.iter().map(|s| (s.measured, s.allowed)).collect()
    }

    #[test]
    fn spaces_say_something_from_two_hundred_on() {
        assert_eq!(spaces(40, 1.9), []);
        assert_eq!(spaces(33, 1.5), [], "198 spaces");
        let told = spaces(34, 1.5);
        assert!(matches!(told[..], [(measured, 1.85)] if (measured - 1.5).abs() < 1e-3), "{told:?}");
    }
}
