//! Columns: where the gutter of a page is, and its lines in reading order.

use super::line::{Column, Line};
use crate::pdf::Font;
use crate::pdf::text::{Row, Word};

/// The x that no word crosses in most rows, near the middle of the page; `None` on a page of one column.
///
/// Right of it lines begin at one x, which formulas and tables with a hole in the middle do not.
pub(super) fn gutter(rows: &[Row], width: f32) -> Option<f32> {
    let holed = rows.iter().filter(|r| has_hole(r, width * 0.4, width * 0.6)).count();
    if holed < 8 || holed * 2 < rows.len() {
        return None;
    }
    let spans: Vec<Span> = rows.iter().flat_map(|row| spans(&row.words)).collect();
    let mut rest = &spans[..];
    let rows: Vec<&[Span]> =
        rows.iter().map(|row| rest.split_off(..row.words.len()).unwrap_or_default()).collect();
    let candidates = (0..=20).map(|step| width * (0.4 + 0.01 * step as f32));
    let scored: Vec<(i32, f32)> = candidates.filter_map(|x| Some((gutter_evidence(&rows, x)?, x))).collect();
    let best = scored.iter().map(|s| s.0).max()?;
    let tied: Vec<f32> = scored.into_iter().filter(|s| s.0 == best).map(|s| s.1).collect();
    tied.get(tied.len() / 3).copied()
}

/// A gutter is at least so wide, in bp. Source: narrowest seen in two-column papers, 10 TeX pt, less protrusion.
const NARROWEST_GUTTER: f32 = 7.0;

/// Whether a row leaves a gutter's width free between two places in x.
fn has_hole(row: &Row, from: f32, to: f32) -> bool {
    let mut reached = f32::NEG_INFINITY;
    for word in &row.words {
        if word.area.left - reached >= NARROWEST_GUTTER && word.area.left > from && reached < to {
            return true;
        }
        reached = reached.max(word.area.right);
    }
    reached < to - NARROWEST_GUTTER
}

/// Where a word of a row begins and ends, in bp, and how far right it and those that begin before it reach.
struct Span {
    left: f32,
    right: f32,
    reach: f32,
}

/// The words of a row, which come from left to right.
fn spans(words: &[Word]) -> impl Iterator<Item = Span> {
    let mut reach = f32::NEG_INFINITY;
    words.iter().map(move |word| {
        reach = reach.max(word.area.right);
        Span { left: word.area.left, right: word.area.right, reach }
    })
}

/// Rows that speak for a gutter at `x`, less those that speak against it; `None` if it is none.
fn gutter_evidence(rows: &[&[Span]], x: f32) -> Option<i32> {
    let (mut both, mut left_only, mut right_only, mut crossed) = (0_i32, 0_i32, 0_i32, 0_i32);
    let mut starts: Vec<i32> = Vec::new();
    for row in rows {
        let Some((left, right)) = beside(row, x) else {
            crossed += 1;
            // More rows than these would have to speak for it.
            if crossed as usize * 2 >= rows.len() {
                return None;
            }
            continue;
        };
        match (left, right) {
            (Some(l), Some(r)) if r - l >= NARROWEST_GUTTER => both += 1,
            (Some(_), None) => left_only += 1,
            (None, Some(_)) => right_only += 1,
            _ => crossed += 1,
        }
        if let Some(start) = right {
            starts.push((start / 3.0).round() as i32);
        }
    }
    let evidence = both + left_only.min(right_only);
    if evidence < 8 || evidence <= crossed {
        return None;
    }
    (most_aligned(starts) * 2 >= both + right_only).then_some(evidence - crossed)
}

/// How many of some places lie on one or on two neighbouring ones.
fn most_aligned(mut places: Vec<i32>) -> i32 {
    places.sort_unstable();
    let alike: Vec<&[i32]> = places.chunk_by(|a, b| a == b).collect();
    let with_next = alike.iter().enumerate().map(|(at, one)| {
        let next = alike.get(at + 1).filter(|next| next[0] - 1 == one[0]);
        one.len() + next.map_or(0, |next| next.len())
    });
    with_next.max().unwrap_or(0) as i32
}

/// Where the words left of `x` end and those right of it begin; `None` where a word crosses it.
fn beside(row: &[Span], x: f32) -> Option<(Option<f32>, Option<f32>)> {
    let (before, after) = row.split_at(row.partition_point(|span| span.left < x - 0.5));
    let mut end = before.last().map(|span| span.reach);
    if end.is_some_and(|end| end > x + 0.5) {
        return None;
    }
    // A point may lie at `x` itself.
    for span in after.iter().take_while(|span| span.left <= x + 0.5).filter(|span| span.right <= x + 0.5) {
        end = Some(end.map_or(span.right, |end| end.max(span.right)));
    }
    Some((end, after.first().map(|span| span.left)))
}

/// The gutter in the middle of those that were found.
pub(super) fn usual(gutters: &[Option<f32>]) -> Option<f32> {
    let mut known: Vec<f32> = gutters.iter().flatten().copied().collect();
    known.sort_by(f32::total_cmp);
    known.get(known.len() / 2).copied()
}

/// Columns of the pages that come first: an appendix may go on in one.
pub(super) fn columns(pages: &[Vec<Row>], gutters: &[Option<f32>]) -> u32 {
    let is_split: Vec<bool> =
        pages.iter().zip(gutters).filter(|(rows, _)| rows.len() >= 12).map(|(_, g)| g.is_some()).collect();
    let first = &is_split[..is_split.len().div_ceil(2)];
    let split = first.iter().filter(|s| **s).count();
    // Page one may hold a title and an abstract across both.
    let next = is_split.get(1..4).is_some_and(|pages| pages.iter().all(|s| *s));
    if split * 2 > first.len() || next { 2 } else { 1 }
}

/// Lines of a page from top to bottom; in two columns the left one first, between lines that cross the gutter.
pub(super) fn reading_order(page: u32, rows: Vec<Row>, gutter: Option<f32>, fonts: &[Font]) -> Vec<Line> {
    let Some(x) = gutter else {
        return rows
            .into_iter()
            .map(|r| Line::new(page, r.baseline, r.size, Column::Full, r.words, fonts))
            .collect();
    };
    let mut out = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for mut row in rows {
        let crosses = row.words.iter().any(|w| w.area.left < x - 2.0 && w.area.right > x + 2.0);
        // Words stand from left to right.
        let (l, r) = row.words.split_at(row.words.partition_point(|w| w.area.left < x));
        let gap = match (l.last(), r.first()) {
            (Some(a), Some(b)) => b.area.left - a.area.right,
            _ => f32::INFINITY,
        };
        if crosses || gap < 4.0 {
            out.append(&mut left);
            out.append(&mut right);
            out.push(Line::new(page, row.baseline, row.size, Column::Full, row.words, fonts));
            continue;
        }
        let r = row.words.split_off(l.len());
        let l = row.words;
        if !l.is_empty() {
            left.push(Line::new(page, row.baseline, row.size, Column::Left, l, fonts));
        }
        if !r.is_empty() {
            right.push(Line::new(page, row.baseline, row.size, Column::Right, r, fonts));
        }
    }
    out.append(&mut left);
    out.append(&mut right);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_reaches_over_others_crosses_what_they_do_not() {
        let row = |words: &[(f32, f32)]| {
            let mut reach = f32::NEG_INFINITY;
            let span = |&(left, right): &(f32, f32)| {
                reach = reach.max(right);
                Span { left, right, reach }
            };
            words.iter().map(span).collect::<Vec<_>>()
        };
        assert_eq!(beside(&row(&[(0.0, 80.0), (5.0, 10.0), (90.0, 99.0)]), 50.0), None);
        assert_eq!(
            beside(&row(&[(0.0, 20.0), (5.0, 10.0), (90.0, 99.0)]), 50.0),
            Some((Some(20.0), Some(90.0)))
        );
        assert_eq!(beside(&row(&[(49.8, 50.2), (60.0, 70.0)]), 50.0), Some((Some(50.2), Some(49.8))));
        assert_eq!(beside(&row(&[]), 50.0), Some((None, None)));
    }
}
