//! Line numbers in the margin, as `lineno` and review styles print them.

use crate::pdf::Bounds;
use crate::pdf::text::{Row, Word};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers printed in the margins of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct MarginNumbers {
    /// Whether lines are numbered.
    pub are_there: bool,
    /// Page, baseline, left edge and number, in order of page.
    numbers: Vec<(u32, f32, f32, u32)>,
    /// Page and digits of each, as printed.
    pub(super) printed: Vec<(u32, String)>,
}

/// A number's baseline and its line's differ by less, in bp: some styles set numbers a little higher. Chosen.
const SAME_LINE: f32 = 4.0;
/// A column of numbers needs so many steps of one to be a numbering of lines.
const STEPS_NEEDED: usize = 5;
/// Numbers whose right or left edges are this close, in bp, stand in one column.
const COLUMN_WIDTH: f32 = 3.0;

#[derive(Clone, Copy)]
struct Candidate {
    page: usize,
    row: usize,
    word: usize,
    number: u32,
    baseline: f32,
    left: f32,
    right: f32,
    side: Side,
}

/// Where a number stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    /// Between two columns of text.
    Between,
}

impl Candidate {
    /// The edge that numbers of its column share.
    fn edge(&self) -> f32 {
        if self.side == Side::Right { self.left } else { self.right }
    }
}

/// Takes the numbers out of the rows, so that they are no longer part of the text.
///
/// A numbering counts up by one, line by line, in a column outside the text, across the pages.
pub(super) fn take_margin_numbers(pages: &mut [Vec<Row>], body_size: f32) -> MarginNumbers {
    let candidates = candidates(pages, body_size);
    let mut columns: BTreeMap<(Side, i32), Vec<Candidate>> = BTreeMap::new();
    for c in candidates {
        let bin = (c.edge() / COLUMN_WIDTH).round() as i32;
        let near = [bin, bin - 1, bin + 1].into_iter().find(|b| columns.contains_key(&(c.side, *b)));
        columns.entry((c.side, near.unwrap_or(bin))).or_default().push(c);
    }
    let mut found = MarginNumbers::default();
    let columns: Vec<Vec<Candidate>> =
        columns.into_values().filter(|c| counts_up(c) && is_outside(c, pages)).collect();
    if columns.is_empty() {
        return found;
    }
    let prose = |rows: &Vec<Row>| rows.iter().filter(|r| is_prose(r)).map(|r| r.baseline).collect();
    let prose_of: Vec<Vec<f32>> = pages.iter().map(prose).collect();
    let mut taken: Vec<Candidate> = Vec::new();
    let mut numbered = BTreeSet::new();
    for column in columns {
        let dense = dense_pages(&column, &prose_of);
        if !dense.is_empty() {
            numbered.extend(dense);
            taken.extend(column);
        }
    }
    // Numbers may change sides from page to page: all columns together number the paper, or none does.
    if numbered.len() * 2 < prose_of.iter().filter(|rows| rows.len() > FULL_PAGE).count() {
        taken.clear();
    }
    taken.sort_by_key(|c| std::cmp::Reverse((c.page, c.row, c.word)));
    for c in &taken {
        let word = pages[c.page][c.row].words.remove(c.word);
        found.printed.push((c.page as u32 + 1, word.text.into()));
        found.numbers.push((c.page as u32 + 1, c.baseline, c.left, c.number));
    }
    for rows in pages.iter_mut() {
        rows.retain(|r| !r.words.is_empty());
    }
    found.numbers.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    found.are_there = !found.numbers.is_empty();
    found
}

fn candidates(pages: &[Vec<Row>], body_size: f32) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (page, rows) in pages.iter().enumerate() {
        let area = rows.iter().flat_map(|r| &r.words).fold(Bounds::EMPTY, |all, w| all.union(&w.area));
        let (quarter, middle) = ((area.right - area.left) / 4.0, f32::midpoint(area.left, area.right));
        // The first or last word of a row stands between columns where the other column has no line beside it.
        let side = |word: &Word, outer: Side| {
            let inner = (word.area.left - middle).abs() < quarter;
            if inner { Side::Between } else { outer }
        };
        for (row, line) in rows.iter().enumerate() {
            let last = line.words.len() - 1;
            let mut push = |word: usize, side: Side| {
                let w = &line.words[word];
                if let Some(number) = margin_number(w, body_size) {
                    let Word { baseline, area, .. } = w;
                    out.push(Candidate {
                        page,
                        row,
                        word,
                        number,
                        baseline: *baseline,
                        left: area.left,
                        right: area.right,
                        side,
                    });
                }
            };
            let alone_on_right = last == 0 && line.words[0].area.left > middle;
            if !alone_on_right {
                push(0, side(&line.words[0], Side::Left));
            }
            if last > 0 || alone_on_right {
                push(last, side(&line.words[last], Side::Right));
            }
            let inner = |word: &usize| side(&line.words[*word], Side::Left) == Side::Between;
            for word in (1..last).filter(inner).filter(|&w| is_set_off(&line.words[w - 1..=w + 1])) {
                push(word, Side::Between);
            }
        }
    }
    out
}

/// Whether a word stands farther from both its neighbours than words of a line do.
fn is_set_off(words: &[Word]) -> bool {
    let gap = |a: &Word, b: &Word| b.area.left - a.area.right > 0.4 * a.size.max(b.size);
    gap(&words[0], &words[1]) && gap(&words[1], &words[2])
}

fn margin_number(word: &Word, body_size: f32) -> Option<u32> {
    let digits = (1..=4).contains(&word.text.len()) && word.text.bytes().all(|b| b.is_ascii_digit());
    (digits && word.size <= body_size * 1.02).then(|| word.text.parse().ok()).flatten()
}

/// Whether most numbers of a column follow one another by one, from the top down.
fn counts_up(column: &[Candidate]) -> bool {
    let mut sorted: Vec<&Candidate> = column.iter().collect();
    sorted.sort_by(|a, b| a.page.cmp(&b.page).then(a.baseline.total_cmp(&b.baseline)));
    let steps: Vec<bool> = sorted
        .windows(2)
        .filter(|p| p[0].page == p[1].page)
        .map(|p| p[1].number == p[0].number + 1)
        .collect();
    let good = steps.iter().filter(|s| **s).count();
    good >= STEPS_NEEDED && good * 10 >= steps.len() * 7
}

/// Pages of whose prose the column numbers a good part; a numbered table or listing does not.
fn dense_pages(column: &[Candidate], prose_of: &[Vec<f32>]) -> Vec<usize> {
    let mut on_page: BTreeMap<usize, Vec<&Candidate>> = BTreeMap::new();
    for c in column {
        on_page.entry(c.page).or_default().push(c);
    }
    let counts_on = |numbers: &Vec<&Candidate>| {
        numbers.windows(2).filter(|p| p[1].number == p[0].number + 1).count() >= 2
    };
    // The lines of a listing are numbered too, but no prose stands beside them.
    let beside = |page: usize, number: &Candidate| {
        let prose = &prose_of[page];
        let from = prose.partition_point(|y| *y < number.baseline - SAME_LINE);
        prose.get(from).is_some_and(|y| *y <= number.baseline + SAME_LINE)
    };
    let dense = |page: usize, numbers: &Vec<&Candidate>| {
        let covered = numbers.iter().filter(|n| beside(page, n)).count();
        counts_on(numbers) && covered * 4 >= prose_of[page].len() && covered * 4 >= numbers.len()
    };
    on_page.iter().filter(|(page, numbers)| dense(**page, numbers)).map(|(page, _)| *page).collect()
}

/// A page with more rows of prose is expected to be numbered; one with fewer may hold figures or formulas.
const FULL_PAGE: usize = 10;

/// Formulas are not numbered, prose is.
fn is_prose(row: &Row) -> bool {
    let is_word = |w: &&Word| w.text.len() > 2 && w.text.chars().all(char::is_alphabetic);
    row.words.iter().filter(is_word).nth(2).is_some()
}

/// Whether next to no text stands farther out than the column, or across it, on its pages.
fn is_outside(column: &[Candidate], pages: &[Vec<Row>]) -> bool {
    let mut edges: Vec<f32> = column.iter().map(Candidate::edge).collect();
    edges.sort_by(f32::total_cmp);
    let (edge, side) = (edges[edges.len() / 2], column[0].side);
    let numbered: BTreeSet<usize> = column.iter().map(|c| c.page).collect();
    let words = || {
        numbered
            .iter()
            .flat_map(|&p| &pages[p])
            .flat_map(|r| &r.words)
            .filter(|w| w.text.len() > 1 && !w.text.bytes().all(|b| b.is_ascii_digit()))
    };
    let crosses = |w: &&Word| match side {
        Side::Left => w.area.left < edge,
        Side::Right => w.area.right > edge,
        Side::Between => w.area.left < edge && w.area.right > edge,
    };
    words().filter(crosses).count() * 50 <= words().count()
}

impl MarginNumbers {
    /// The number beside a line: on its baseline, or nearest to it within half the line's size.
    pub(super) fn beside(&self, page: u32, baseline: f32, left: f32, right: f32, size: f32) -> Option<u32> {
        let reach = size * 0.5;
        let start = self.numbers.partition_point(|n| (n.0, n.1) < (page, baseline - reach));
        let on_page = self.numbers[start..].iter().take_while(|n| n.0 == page && n.1 <= baseline + reach);
        let distance = |n: &(u32, f32, f32, u32)| {
            let aside = if n.2 < left { left - n.2 } else { n.2 - right };
            ((n.1 - baseline).abs(), aside)
        };
        on_page
            .min_by(|a, b| {
                distance(a).0.total_cmp(&distance(b).0).then(distance(a).1.total_cmp(&distance(b).1))
            })
            .map(|n| n.3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, baseline: f32, size: f32) -> Word {
        let area = Bounds {
            left,
            top: baseline - size * 0.7,
            right: left + text.len() as f32 * size * 0.5,
            bottom: baseline + size * 0.2,
        };
        Word { text: text.into(), area, baseline, size, font: 0, paint: 0, glyphs: text.len() as u32 }
    }

    fn page(first: u32, lines: u32) -> Vec<Row> {
        (0..lines)
            .map(|i| {
                let y = 100.0 + 11.0 * i as f32;
                let number = (first + i).to_string();
                let left = 98.0 - number.len() as f32 * 3.0;
                Row {
                    baseline: y,
                    size: 10.0,
                    words: vec![
                        word(&number, left, y, 6.0),
                        word("words", 108.0, y, 10.0),
                        word("within", 140.0, y, 10.0),
                        word("lines", 180.0, y, 10.0),
                    ],
                }
            })
            .collect()
    }

    #[test]
    fn numbers_in_the_margin_leave_the_text_and_are_kept() {
        let mut pages = vec![page(1, 12), page(13, 12)];
        let numbers = take_margin_numbers(&mut pages, 10.0);
        assert!(numbers.are_there);
        assert!(pages.iter().flatten().all(|r| r.words.len() == 3));
        assert_eq!(numbers.beside(2, 111.0, 108.0, 200.0, 10.0), Some(14));
        assert_eq!(numbers.beside(2, 300.0, 108.0, 200.0, 10.0), None);
    }

    #[test]
    fn numbers_that_do_not_count_up_are_text() {
        let mut rows = page(1, 12);
        for (i, row) in rows.iter_mut().enumerate() {
            row.words[0].text = (i * i % 7).to_string().into();
        }
        let mut pages = vec![rows];
        assert!(!take_margin_numbers(&mut pages, 10.0).are_there);
        assert_eq!(pages[0][0].words.len(), 4);
    }
}
