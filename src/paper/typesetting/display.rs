//! The gap above displayed formulas.

use super::departure::{Aspect, Sample};
use super::gap::Ruler;
use super::row::{Kind, Row, SAME_SIZE};
use crate::pdf::Bounds;
use crate::pdf::text::Word;
use crate::style::Fingerprint;
use std::collections::BTreeMap;

/// So many formulas stand too close before it is told, and most of those that were looked at.
const DISPLAYS: usize = 3;
/// A displayed formula begins at least so far right of the left edge, in bp. Chosen: the longest that fit.
const LEAST_INDENT: f32 = 20.0;

/// Formulas closer to the line above than the style sets them, where most of them are.
pub(super) fn samples(ruler: &Ruler<'_>, rows: &[Row<'_>], shrunk: &BTreeMap<u32, f32>) -> Vec<Sample> {
    let all: Vec<(bool, Sample)> =
        (1..rows.len()).filter_map(|at| display(ruler, rows, at, shrunk)).collect();
    let close = all.iter().filter(|(is_close, _)| *is_close).count();
    if close < DISPLAYS || close * 2 < all.len() {
        return Vec::new();
    }
    all.into_iter().filter(|(is_close, _)| *is_close).map(|(_, sample)| sample).collect()
}

/// A formula that begins at a row, below a full line of text: whether it stands too close, and how.
fn display(
    ruler: &Ruler<'_>,
    rows: &[Row<'_>],
    at: usize,
    shrunk: &BTreeMap<u32, f32>,
) -> Option<(bool, Sample)> {
    let (above, first) = (&rows[at - 1], &rows[at]);
    let begins = above.kind == Kind::Body && above.is_prose && above.line.page == first.line.page;
    if !begins || first.kind != Kind::Formula {
        return None;
    }
    let group: Vec<&Row<'_>> = rows[at..].iter().take_while(|r| is_same_formula(first, r)).collect();
    let formula = Formula::of(&group, ruler);
    let below = rows.get(at + group.len()).filter(|r| r.line.page == first.line.page)?;
    // Scripts and fractions of a line of text stand between the lines as well: a display keeps apart from both.
    let is_display = below.baseline - formula.last > ruler.leading
        && group.iter().any(|r| {
            let is_letters = |w: &Word| !is_large_symbol(w, ruler) && w.size > r.size - SAME_SIZE;
            let is_set_in = r.left > ruler.frame.left + LEAST_INDENT;
            // A large operator within a line of text stands alone between the lines.
            r.size > ruler.style.body.size - SAME_SIZE && is_set_in && r.line.words.iter().any(is_letters)
        });
    // TeX takes the shorter skip where the line before ends left of the formula. Source: TeXbook ch. 19.
    let is_long = above.right + 2.0 * ruler.style.body.size > formula.left;
    if !is_display || !is_long || is_part_of(above, &group, ruler) {
        return None;
    }
    let gap = ruler.style.gaps.above_display;
    let natural = formula.top_below(ruler.line(ruler.style.leading.body), ruler.style) + gap.skip;
    let shrink = gap.shrink * shrunk.get(&first.line.page).unwrap_or(&1.0);
    let step = formula.top - above.baseline;
    // What reaches up to the line above, beside its letters, is a matrix or fraction that belongs to it.
    if step <= 0.0 {
        return None;
    }
    let what = "above displayed formulas";
    let sample = Sample::at(first, Aspect::DisplayGap, what, step, natural - shrink);
    Some((step < natural - shrink - HEIGHT_TOLERANCE, sample.gaining(natural - step)))
}

/// Rows of one formula lie within so much of its first, in bp. Chosen: a fraction with its limits; arrays are taller.
const TALLEST: f32 = 40.0;
/// Heights of letters are taken from their kind, not from their outlines: they are known to this, in bp.
const HEIGHT_TOLERANCE: f32 = 1.2;
fn is_large_symbol(word: &Word, ruler: &Ruler<'_>) -> bool {
    ruler.style.formula.is_of_large_symbols(&ruler.fonts[usize::from(word.font)].name)
}

/// The ink of a displayed formula, as far as its letters tell.
struct Formula {
    left: f32,
    /// The top of its highest letter.
    top: f32,
    /// The baseline of its last row, without limits and scripts.
    last: f32,
    /// Its letters stand on several baselines.
    is_tall: bool,
    /// Height above its first baseline.
    height: f32,
}

impl Formula {
    fn of(rows: &[&Row<'_>], ruler: &Ruler<'_>) -> Self {
        let heights = &ruler.style.formula;
        let mut formula =
            Self { left: f32::INFINITY, top: f32::INFINITY, last: 0.0, is_tall: false, height: 0.0 };
        let mut baselines: (f32, f32) = (f32::INFINITY, f32::NEG_INFINITY);
        for row in rows {
            formula.left = formula.left.min(row.left);
            for word in &row.line.words {
                // Large operators and brackets hang below their baseline.
                let is_large = is_large_symbol(word, ruler);
                let height = if is_large { 0.0 } else { heights.letter_height(&word.text) * word.size };
                formula.top = formula.top.min(row.baseline + (word.baseline - row.line.baseline) - height);
            }
            baselines = (baselines.0.min(row.baseline), baselines.1.max(row.baseline));
            if row.size > ruler.frame.body - SAME_SIZE {
                formula.last = row.baseline;
            }
        }
        formula.height = baselines.0 - formula.top;
        formula.is_tall = baselines.1 - baselines.0 > 1.0;
        formula
    }

    /// Where its top stands below the baseline above without any skip. Source: TeXbook ch. 12, `\baselineskip`.
    fn top_below(&self, leading: f32, style: &Fingerprint) -> f32 {
        let close = style.formula.descender + style.formula.lineskip;
        if self.is_tall { close } else { (leading - self.height).max(close) }
    }
}

/// Whether rows are the foot of a matrix or fraction within a line of text: what stands over them in that line is formula
/// as well, or nothing. Over a display stand words, unless the line ends before it.
fn is_part_of(line: &Row<'_>, formula: &[&Row<'_>], ruler: &Ruler<'_>) -> bool {
    let area = formula.iter().fold(Bounds::EMPTY, |all, row| all.union(&row.line.area));
    let is_over = |w: &&Word| w.area.left < area.right && w.area.right > area.left;
    let is_word = |w: &Word| !ruler.style.formula.is_font(&ruler.fonts[usize::from(w.font)].name);
    area.left < line.line.area.right && !line.line.words.iter().filter(is_over).any(is_word)
}

/// Rows of one formula follow one another closely.
fn is_same_formula(first: &Row<'_>, row: &Row<'_>) -> bool {
    row.kind == Kind::Formula && row.line.page == first.line.page && row.baseline - first.baseline < TALLEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{FORMULA, LARGE_SYMBOLS, Set, below, text_at, with_ruler};
    use crate::style::neurips;

    fn formula(text: &'static str) -> Set {
        let kind = Kind::Formula;
        Set { kind, left: 250.0, right: 350.0, font: FORMULA, text, is_text: false, ..text_at(0.0) }
    }

    /// So many formulas, each so far below a line of text.
    fn told(number: usize, step: f32, formula: &Set) -> Vec<(f32, f32)> {
        let one = [(30.0, text_at(0.0)), (step, formula.clone()), (22.0, text_at(0.0))];
        let lines = below(72.0, &vec![one; number].concat());
        let found = with_ruler(&lines, |ruler, rows| samples(ruler, rows, &BTreeMap::new()));
        found.iter().map(|s| (s.measured, s.allowed)).collect()
    }

    #[test]
    fn three_formulas_too_close_to_the_line_above_are_told() {
        // From baseline to baseline: the leading and \abovedisplayskip less its shrink, and 1.2 bp for what is not
        // known of heights: 10.909 + 6.974 - 4.981 - 1.2 = 11.702.
        assert_eq!(told(3, 11.75, &formula("y = x")), []);
        assert_eq!(told(3, 11.65, &formula("y = x")).len(), 3);
        assert_eq!(told(2, 5.0, &formula("y = x")), []);
    }

    #[test]
    fn what_stands_at_the_left_edge_is_no_display() {
        assert_eq!(told(3, 11.0, &Set { left: 127.0, ..formula("y = x") }), []);
        assert_eq!(told(3, 11.0, &Set { left: 129.0, ..formula("y = x") }).len(), 3);
        let operators = Set { font: LARGE_SYMBOLS, ..formula("P") };
        assert_eq!(told(3, 11.0, &operators), [], "an operator within a line of text");
    }

    #[test]
    fn the_foot_of_a_matrix_within_a_line_is_no_display() {
        let line = |text: &'static str, left, right, font| Set { left, right, text, font, ..text_at(0.0) };
        let words = "the learned field follows the slow orbit of it again";
        let foot = Set { left: 290.0, right: 310.0, ..formula("0 1") };
        let told_below = |above: &Set| {
            let one = [(30.0, above.clone()), (9.5, foot.clone()), (12.0, text_at(0.0))];
            let lines = below(72.0, &vec![one; 3].concat());
            with_ruler(&lines, |ruler, rows| samples(ruler, rows, &BTreeMap::new()).len())
        };
        assert_eq!(told_below(&line(words, 108.0, 504.0, 0)), 3, "words stand over it");
        assert_eq!(told_below(&line(words, 108.0, 504.0, FORMULA)), 0, "the matrix goes on above");
        assert_eq!(told_below(&line(words, 108.0, 280.0, 0)), 3, "the line ends before it");
    }

    #[test]
    fn a_tall_formula_stands_apart_by_the_least_gap_alone() {
        let style = neurips();
        let flat = Formula { left: 0.0, top: 0.0, last: 0.0, is_tall: false, height: 4.0 };
        assert!((flat.top_below(10.909, style) - 6.909).abs() < 1e-4);
        let high = Formula { height: 9.0, ..flat };
        assert!((high.top_below(10.909, style) - 3.156).abs() < 1e-4);
        let tall = Formula { is_tall: true, height: 4.0, ..high };
        assert!((tall.top_below(10.909, style) - 3.156).abs() < 1e-4);
    }
}
