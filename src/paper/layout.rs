//! Layout: columns, margin line numbers, running heads, footnotes, and all lines in reading order.

use super::column::{columns, gutter, reading_order, usual};
use super::front::title_page;
use super::line::{Column, Line, Role};
use super::margin::{MarginNumbers, take_margin_numbers};
use super::notice::opens_as_style;
use crate::pdf::text::{Row, Word, rows, words};
use crate::pdf::{Area, AreaKind, Bounds, Document};
use std::collections::BTreeMap;

/// The layout of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// Every line, in reading order.
    pub lines: Vec<Line>,
    /// Columns of the main text: 1 or 2.
    pub columns: u32,
    /// Whether lines are numbered in the margin.
    pub line_numbers: bool,
    /// The size that most glyphs have, in bp.
    pub body_size: f32,
    /// The most common distance of baselines within a paragraph, in bp.
    pub leading: f32,
    /// The text block: what most pages fill, in page space, in bp.
    pub block: Bounds,
    /// Numbers in the margin as printed, with their pages.
    pub(super) margin: Vec<(u32, String)>,
    /// Width and height of each page, in bp.
    pub sheets: Vec<(f32, f32)>,
    /// Pictures: images and filled areas of some size, with their 1-based pages.
    pub pictures: Vec<(u32, Bounds)>,
}

/// The height and width of the text block of the NeurIPS family. Source: style contract §2: 9 in by 5.5 in.
const STYLE_BLOCK: (f32, f32) = (648.0, 396.0);
/// The body size of the NeurIPS family, in bp. Source: style contract §3: 10 TeX pt.
const STYLE_BODY: f32 = 9.963;

/// Folios stand within this share of the page's height from its top or bottom; running heads, which also
/// recur word for word, within the larger one. Source: LNCS sets its head at 0.126, the lowest seen.
const FOLIO_ZONE: f32 = 0.12;
const HEAD_ZONE: f32 = 0.15;

/// A running head stands so many times its size above the text. Source: LaTeX's `\headsep` of 25 pt, LNCS's
/// of 12 pt above a line of 10 pt.
const HEAD_GAP: f32 = 1.8;

impl Layout {
    /// Lays a document out that was just read, and takes its rows.
    pub(super) fn of(document: &mut Document) -> Self {
        let rows = document.take_rows();
        Self::of_rows(document, rows)
    }

    /// Lays a document out whose rows are needed, or were taken, elsewhere.
    pub(super) fn again(document: &Document) -> Self {
        let pages = document.pages.iter();
        Self::of_rows(document, pages.map(|page| rows(words(page, &document.fonts))).collect())
    }

    /// Lays a document out whose pages have these rows.
    pub(super) fn of_rows(document: &Document, mut pages: Vec<Vec<Row>>) -> Self {
        let sheets: Vec<(f32, f32)> = document.pages.iter().map(|p| (p.width, p.height)).collect();
        let body_size = body_size(&pages);
        let numbers = take_margin_numbers(&mut pages, body_size);
        let gutters: Vec<Option<f32>> =
            pages.iter().zip(&sheets).map(|(rows, sheet)| gutter(rows, sheet.0)).collect();
        let columns = columns(&pages, &gutters);
        let mut layout =
            Self { columns, line_numbers: numbers.are_there, body_size, sheets, ..Self::default() };
        for (page, (rows, gutter)) in (1..).zip(pages.into_iter().zip(&gutters)) {
            let gutter = if columns == 2 { gutter.or_else(|| usual(&gutters)) } else { None };
            layout.lines.append(&mut reading_order(page, rows, gutter, &document.fonts));
        }
        layout.number_lines(&numbers);
        layout.margin = numbers.printed;
        layout.mark_furniture();
        layout.measure_block();
        layout.mark_changing_heads();
        layout.measure_block();
        layout.mark_notice();
        layout.mark_footnotes(document);
        layout.leading = layout.measure_leading();
        layout.pictures = pictures(document);
        layout
    }

    /// The lines of a page, with their indices.
    pub(super) fn page_lines(&self, page: u32) -> impl Iterator<Item = (usize, &Line)> {
        let start = self.lines.partition_point(|l| l.page < page);
        self.lines[start..]
            .iter()
            .take_while(move |l| l.page == page)
            .enumerate()
            .map(move |(i, l)| (start + i, l))
    }

    /// Height of the text block, in bp.
    pub(super) fn block_height(&self) -> f32 {
        self.block.bottom - self.block.top
    }

    /// The left and right edge of a line's column, in bp.
    pub(super) fn column_edges(&self, column: Column) -> (f32, f32) {
        let middle = f32::midpoint(self.block.left, self.block.right);
        match column {
            Column::Full => (self.block.left, self.block.right),
            Column::Left => (self.block.left, middle),
            Column::Right => (middle, self.block.right),
        }
    }

    /// Whether a line begins at the left edge of its column, or is centred in it, as headings are.
    pub(super) fn is_at_edge(&self, line: &Line) -> bool {
        let (left, right) = self.column_edges(line.column);
        let middle = f32::midpoint(self.block.left, self.block.right);
        let off_centre = |l: f32, r: f32| ((line.area.left + line.area.right) - (l + r)).abs();
        let at_left = (line.area.left - left).abs() < 4.0
            || (line.area.left - middle).abs() < 20.0 && line.column == Column::Right;
        at_left || off_centre(left, right) < 8.0 || self.columns == 2 && line.column == Column::Full
    }

    /// Whether a line begins a paragraph: it stands lower below the one before than lines of text do.
    pub(super) fn begins_paragraph(&self, index: usize) -> bool {
        let before = self.lines[..index].iter().rev().find(|l| l.role == Role::Text);
        let line = &self.lines[index];
        before.is_none_or(|b| {
            b.page != line.page || b.column != line.column || line.baseline - b.baseline > 1.15 * self.leading
        })
    }

    fn number_lines(&mut self, numbers: &MarginNumbers) {
        for line in &mut self.lines {
            line.number =
                numbers.beside(line.page, line.baseline, line.area.left, line.area.right, line.size);
        }
    }

    /// Folios, and heads and feet that recur on many pages.
    fn mark_furniture(&mut self) {
        let pages = self.sheets.len() as u32;
        let mut seen: BTreeMap<(String, i32), u32> = BTreeMap::new();
        let key = |line: &Line| {
            let words: String = line.text.chars().filter(|c| !c.is_ascii_digit()).collect();
            (words, (line.baseline / 4.0).round() as i32)
        };
        let edges: Vec<usize> = (1..=pages).flat_map(|page| self.edge_lines(page)).collect();
        for &at in &edges {
            *seen.entry(key(&self.lines[at])).or_default() += 1;
        }
        let needed = pages.div_ceil(3).clamp(2, 6);
        for at in edges {
            let line = &self.lines[at];
            let height = self.sheets[line.page as usize - 1].1;
            let (above, below) = (line.baseline / height, 1.0 - line.baseline / height);
            let recurs = seen.get(&key(line)).is_some_and(|&n| n >= needed && pages > 2);
            let is_folio = above.min(below) < FOLIO_ZONE && is_folio(&line.text);
            if above.min(below) < HEAD_ZONE && recurs || is_folio {
                self.lines[at].role = Role::Furniture;
            }
        }
    }

    /// Heads that change from page to page, as section names do: at one height, set apart from what is below.
    fn mark_changing_heads(&mut self) {
        let pages = self.sheets.len();
        let mut tops: Vec<(f32, bool, usize)> = Vec::new();
        for page in 1..=pages as u32 {
            let mut rows: Vec<(f32, usize)> = self
                .page_lines(page)
                .filter(|(_, l)| l.role == Role::Text)
                .map(|(i, l)| (l.baseline, i))
                .collect();
            rows.sort_by(|a, b| a.0.total_cmp(&b.0));
            let Some(&(top, at)) = rows.first() else { continue };
            let next = rows.iter().find(|(y, _)| y - top > 2.0).map_or(f32::INFINITY, |(y, _)| *y);
            let in_zone = top < HEAD_ZONE * self.sheets[page as usize - 1].1;
            tops.push((top, in_zone && self.could_be_head(at, next), at));
        }
        tops.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut from = 0;
        while from < tops.len() {
            let length = tops[from..].iter().take_while(|(y, ..)| y - tops[from].0 < 1.5).count();
            let near = &tops[from..from + length];
            let apart = near.iter().filter(|(_, apart, _)| *apart).count();
            if apart >= 2 && apart * 2 >= pages && apart * 5 >= near.len() * 4 {
                for (.., at) in near.iter().filter(|(_, apart, _)| *apart) {
                    self.lines[*at].role = Role::Furniture;
                }
            }
            from += length;
        }
    }

    /// Whether the highest line of a page stands apart from the row below it, in neither a heading's nor a
    /// caption's guise.
    fn could_be_head(&self, line: usize, next: f32) -> bool {
        let line = &self.lines[line];
        let plain = line.size < self.body_size * 1.06 && line.bold_words == 0;
        // On the style's page the block is known; elsewhere a head is set in other type than the text.
        let capitals = !line.text.chars().any(char::is_lowercase);
        let other_type = line.size < self.body_size * 0.97 || capitals;
        let outside = if self.is_style_block() { line.baseline < self.block.top } else { other_type };
        plain && outside && line.caption_label().is_none() && next - line.baseline > HEAD_GAP * line.size
    }

    /// Whether the block was taken to be the style's.
    fn is_style_block(&self) -> bool {
        (self.block_height() - STYLE_BLOCK.0).abs() < 0.5
            && (self.block.right - self.block.left - STYLE_BLOCK.1).abs() < 0.5
    }

    /// The two highest and the two lowest rows of a page, as indices of lines.
    fn edge_lines(&self, page: u32) -> Vec<usize> {
        let mut by_height: Vec<(f32, usize)> = self.page_lines(page).map(|(i, l)| (l.baseline, i)).collect();
        by_height.sort_by(|a, b| a.0.total_cmp(&b.0));
        let count = by_height.len();
        by_height
            .into_iter()
            .enumerate()
            .filter(|(rank, _)| *rank < 3 || *rank + 3 >= count)
            .map(|(_, (_, i))| i)
            .collect()
    }

    /// The block that most pages fill. A block of the style's size is taken to be exactly that.
    fn measure_block(&mut self) {
        let body = |l: &&Line| l.role == Role::Text && (l.size - self.body_size).abs() < 0.6;
        let edge = |value: fn(&Line) -> f32, wide: bool| {
            let mut votes: BTreeMap<i32, u32> = BTreeMap::new();
            let enough = |l: &&Line| !wide || l.text.len() > 60 / self.columns as usize;
            for line in self.lines.iter().filter(body).filter(enough) {
                *votes.entry((value(line) * 2.0).round() as i32).or_default() += 1;
            }
            votes
        };
        let (lefts, rights) = (edge(|l| l.area.left, true), edge(|l| l.area.right, true));
        let most = lefts.values().chain(rights.values()).copied().max().unwrap_or(0);
        let common = |votes: &BTreeMap<i32, u32>| {
            votes.iter().filter(|(_, n)| **n * 12 >= most).map(|(v, _)| *v as f32 / 2.0).collect::<Vec<_>>()
        };
        let left =
            common(&lefts).first().copied().unwrap_or(self.sheets.first().map_or(72.0, |s| s.0 * 0.15));
        let right =
            common(&rights).last().copied().unwrap_or(self.sheets.first().map_or(540.0, |s| s.0 * 0.85));
        let (top, bottom) = self.vertical_edges();
        self.block = Bounds { left, top, right, bottom };
        self.snap_to_style();
    }

    /// Takes a block of the style's proportions to be exactly the style's, also where the whole page was scaled.
    fn snap_to_style(&mut self) {
        let Bounds { left, top, right, .. } = self.block;
        let scale = (right - left) / STYLE_BLOCK.1;
        let body_fits = (self.body_size / STYLE_BODY / scale - 1.0).abs() < 0.02;
        if self.columns != 1 || !(0.9..1.05).contains(&scale) || !body_fits {
            return;
        }
        let scale = if (scale - 1.0).abs() < 0.015 { 1.0 } else { scale };
        let on_letter =
            self.sheets.first().is_some_and(|s| (s.1 - 792.0).abs() < 1.0) && (left - 108.0).abs() < 2.0;
        let top = if on_letter && scale == 1.0 { 72.0 } else { top };
        self.block =
            Bounds { left, top, right: left + STYLE_BLOCK.1 * scale, bottom: top + STYLE_BLOCK.0 * scale };
    }

    /// Top of the first and baseline of the last line of a full page: what recurs, and lies farthest out.
    fn vertical_edges(&self) -> (f32, f32) {
        let mut tops = Vec::new();
        let mut bottoms = Vec::new();
        for page in 1..=self.sheets.len() as u32 {
            let text = || self.page_lines(page).map(|(_, l)| l).filter(|l| l.role == Role::Text);
            let body = || text().filter(|l| (l.size - self.body_size).abs() < 0.6);
            if page > 1 || self.sheets.len() == 1 {
                tops.extend(body().map(|l| l.baseline - l.size).min_by(f32::total_cmp));
            }
            bottoms.extend(body().map(|l| l.baseline).max_by(f32::total_cmp));
        }
        tops.sort_by(f32::total_cmp);
        bottoms.sort_by(|a, b| b.total_cmp(a));
        let agreed = |values: &[f32]| {
            let near = |v: f32| values.iter().filter(|o| (**o - v).abs() < 1.6).count();
            let needed = (values.len() / 5).max(2);
            values.iter().copied().find(|v| near(*v) >= needed).or(values.first().copied())
        };
        let height = self.sheets.first().map_or(792.0, |s| s.1);
        (agreed(&tops).unwrap_or(height / 11.0), agreed(&bottoms).unwrap_or(height * 10.0 / 11.0))
    }

    /// What stands below the block on the page of the title, and what the notice of a style says.
    fn mark_notice(&mut self) {
        let (bottom, page) = (self.block.bottom, title_page(self));
        let start = self.lines.partition_point(|l| l.page < page);
        let end = self.lines.partition_point(|l| l.page <= page);
        let mut size = None;
        for line in self.lines[start..end].iter_mut().filter(|l| l.role == Role::Text) {
            if opens_as_style(&line.text) && line.baseline > bottom - (bottom - self.block.top) * FOLIO_ZONE {
                size = Some(line.size);
            }
            let goes_on = size.is_some_and(|s| (s - line.size).abs() < 0.1);
            if goes_on || line.baseline > bottom + 6.0 && line.size < self.body_size - 0.4 {
                line.role = Role::Notice;
            }
        }
    }

    /// Small lines at the foot of a column, below a footnote rule or below everything else.
    fn mark_footnotes(&mut self, document: &Document) {
        for page in 1..=self.sheets.len() as u32 {
            let rule_y = footnote_rule(document, page, &self.block);
            for column in [Column::Full, Column::Left, Column::Right] {
                self.mark_column_footnotes(page, column, rule_y);
            }
        }
    }

    fn mark_column_footnotes(&mut self, page: u32, column: Column, rule_y: Option<f32>) {
        let small = self.body_size * 0.96;
        let lines: Vec<usize> = self
            .page_lines(page)
            .filter(|(_, l)| l.column == column && l.role == Role::Text)
            .map(|(i, _)| i)
            .collect();
        let mut foot: Vec<usize> = Vec::new();
        for &at in lines.iter().rev() {
            let line = &self.lines[at];
            let below_rule = rule_y.is_some_and(|y| line.area.top > y - 1.0);
            let continues =
                foot.last().is_none_or(|&next| self.lines[next].baseline - line.baseline < 2.2 * line.size);
            if line.size > small || !below_rule && (rule_y.is_some() || !continues) {
                break;
            }
            foot.push(at);
        }
        let begins_with_mark = foot.last().is_some_and(|&at| has_footnote_mark(&self.lines[at]));
        let low = foot
            .first()
            .is_some_and(|&at| self.lines[at].baseline > self.block.bottom - self.block_height() * 0.06);
        if rule_y.is_some() || begins_with_mark && low {
            for at in foot {
                self.lines[at].role = Role::Footnote;
            }
        }
    }

    fn measure_leading(&self) -> f32 {
        let mut votes: BTreeMap<i32, u32> = BTreeMap::new();
        for pair in self.lines.windows(2) {
            let step = pair[1].baseline - pair[0].baseline;
            let body = pair.iter().all(|l| (l.size - self.body_size).abs() < 0.3 && l.text.len() > 30);
            if body && pair[0].page == pair[1].page && pair[0].column == pair[1].column && step > 0.0 {
                *votes.entry((step * 10.0).round() as i32).or_default() += 1;
            }
        }
        votes
            .into_iter()
            .max_by_key(|(step, n)| (*n, -*step))
            .map_or(self.body_size * 1.2, |(step, _)| step as f32 / 10.0)
    }
}

fn has_footnote_mark(line: &Line) -> bool {
    let first = line.words.first();
    let mark = |w: &Word| w.size < line.size * 0.85 || w.text.starts_with(['∗', '*', '†', '‡', '§', '¶']);
    first.is_some_and(mark)
}

/// A folio: digits, perhaps between dashes, or "page 3 of 9", or small roman numerals.
fn is_folio(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(' ')
        .map(|w| w.trim_matches(['-', '–', '—', '.', '/', '[', ']']))
        .filter(|w| !w.is_empty())
        .collect();
    let number = |w: &str| {
        w.len() <= 4 && (w.bytes().all(|b| b.is_ascii_digit()) || w.bytes().all(|b| b"ivxlc".contains(&b)))
    };
    let said = |w: &str| matches!(w.to_ascii_lowercase().as_str(), "page" | "of");
    !words.is_empty()
        && words.len() <= 4
        && words.iter().all(|w| number(w) || said(w))
        && words.iter().any(|w| number(w))
}

/// A picture is at least so wide and high, in bp: larger than letters, rules and the boxes around words. Chosen.
const SMALLEST_PICTURE: f32 = 36.0;
/// What covers more of the page is a background. Chosen.
const LARGEST_PICTURE: f32 = 0.8;

/// Images and filled areas that show, by page.
fn pictures(document: &Document) -> Vec<(u32, Bounds)> {
    let mut pictures = Vec::new();
    for (index, page) in document.pages.iter().enumerate() {
        let shows = |a: &Area| {
            let (width, height) = (a.bounds.right - a.bounds.left, a.bounds.bottom - a.bounds.top);
            let is_white = a.color.is_some_and(|c| c.iter().all(|part| *part > 250));
            a.kind != AreaKind::Stroke
                && !is_white
                && width.min(height) >= SMALLEST_PICTURE
                && width * height < LARGEST_PICTURE * page.width * page.height
        };
        pictures.extend(page.areas.iter().filter(|a| shows(a)).map(|a| (index as u32 + 1, a.bounds)));
    }
    pictures
}

/// The y of a footnote rule: short, thin, at the left edge of a column, in the lower part of the page.
fn footnote_rule(document: &Document, page: u32, block: &Bounds) -> Option<f32> {
    let sheet = &document.pages[page as usize - 1];
    let width = block.right - block.left;
    let middle = block.left + width / 2.0;
    let fits = |b: &Bounds| {
        let length = b.right - b.left;
        let at_edge = (b.left - block.left).abs() < 2.0 || (b.left - middle).abs() < 15.0;
        b.bottom - b.top < 1.2
            && (0.15 * width..0.45 * width).contains(&length)
            && at_edge
            && b.top > sheet.height * 0.4
    };
    let rules = sheet.areas.iter().filter(|a| matches!(a.kind, AreaKind::Fill | AreaKind::Stroke));
    rules.map(|a| a.bounds).filter(fits).map(|b| b.top).max_by(f32::total_cmp)
}

fn body_size(pages: &[Vec<Row>]) -> f32 {
    let mut votes: BTreeMap<i32, u32> = BTreeMap::new();
    for row in pages.iter().flatten() {
        // Words of one size follow one another.
        for alike in row.words.chunk_by(|a, b| a.size == b.size) {
            let glyphs: u32 = alike.iter().map(|word| word.glyphs).sum();
            *votes.entry((alike[0].size * 20.0).round() as i32).or_default() += glyphs;
        }
    }
    votes.into_iter().max_by_key(|(_, n)| *n).map_or(10.0, |(size, _)| size as f32 / 20.0)
}
