//! How long the main text is, where it ends, and which lines belong to which part.

use super::boundary::Boundary;
use super::front::{area, seen};
use super::layout::Layout;
use super::line::{Column, Line, Role};
use super::{MainText, MainTextEnd, PagePoint, PartSpan, TextLine};
use crate::finding::Confidence;
use crate::part::Part;
use crate::place::{FileId, PageNumber};
use crate::units::Length;
use std::collections::BTreeSet;

/// The parts a document is divided into.
pub(super) struct Division<'a> {
    layout: &'a Layout,
    boundaries: &'a [Boundary],
    file: FileId,
    /// Lines of floats of the main text that landed among other parts.
    stray: BTreeSet<usize>,
}

/// How far below the block the last baseline of a full page may lie, in bp. Source: TeX's `\maxdepth` and
/// the behaviour decided for the page limit.
const BASELINE_SLACK: f32 = 1.6;

impl<'a> Division<'a> {
    /// Divides the lines among the parts.
    pub(super) fn new(layout: &'a Layout, boundaries: &'a [Boundary], file: FileId) -> Self {
        let mut division = Self { layout, boundaries, file, stray: BTreeSet::new() };
        division.stray = division.stray_floats();
        division
    }

    /// The part that a line belongs to by its place alone.
    fn part_by_place(&self, line: usize) -> Part {
        let at = self.boundaries.partition_point(|b| b.line <= line);
        at.checked_sub(1).map_or(Part::FrontMatter, |i| self.boundaries[i].part)
    }

    fn part_of(&self, line: usize) -> Part {
        if self.stray.contains(&line) { Part::MainText } else { self.part_by_place(line) }
    }

    /// Captions among the references, acknowledgments or the checklist, and their rows.
    ///
    /// A float never comes before its place in the source: what stands before the appendix is the main text's,
    /// but for a float that only the appendix speaks of, above its heading.
    fn stray_floats(&self) -> BTreeSet<usize> {
        let lines = &self.layout.lines;
        let mut stray = BTreeSet::new();
        let Some(first) = self.boundaries.iter().find(|b| b.part == Part::References).map(|b| b.line) else {
            return stray;
        };
        let appendix = self.boundaries.iter().find(|b| b.part == Part::Appendix).map(|b| b.line);
        let (main, others) = (self.mentioned_floats(Part::MainText), self.mentioned_floats(Part::Appendix));
        for index in first..appendix.unwrap_or(lines.len()) {
            let Some(label) = lines[index].caption_label() else { continue };
            let among = matches!(
                self.part_by_place(index),
                Part::References | Part::Acknowledgments | Part::Checklist
            );
            let label = label.to_lowercase();
            let is_above_appendix = appendix.is_some_and(|a| lines[a].page == lines[index].page);
            let is_main = main.contains(&label) || !others.contains(&label) && !is_above_appendix;
            if among && is_main && self.stands_apart(index) {
                stray.extend(self.caption_lines(index));
            }
        }
        stray
    }

    /// Whether a line stands lower below the one before than the lines of a paragraph do.
    fn stands_apart(&self, line: usize) -> bool {
        let lines = &self.layout.lines;
        let before = lines[..line].iter().rev().find(|l| l.role == Role::Text);
        let line = &lines[line];
        before.is_none_or(|b| {
            b.page != line.page || b.column != line.column || line.baseline - b.baseline > 1.3 * line.size
        })
    }

    /// The figures and tables that a part speaks of, as `figure 3`.
    fn mentioned_floats(&self, part: Part) -> BTreeSet<String> {
        let lines = self.layout.lines.iter().enumerate();
        let spoken = lines.filter(|(i, l)| self.part_by_place(*i) == part && l.caption_label().is_none());
        let mut mentioned = BTreeSet::new();
        for (_, line) in spoken {
            let words: Vec<&str> = line.text.split(' ').collect();
            mentioned.extend(words.windows(2).filter_map(|pair| mention(pair[0], pair[1])));
        }
        mentioned
    }

    /// Whether a line of the main text names the appendix or the supplement.
    fn main_text_speaks_of_appendix(&self) -> bool {
        let names = |text: &str| {
            let text = text.to_lowercase();
            ["appendix", "appendices", "supplement"].iter().any(|w| text.contains(w))
        };
        self.lines_of(Part::MainText).any(|(_, line)| names(&line.text))
    }

    /// A caption from its label on: lines that follow closely.
    fn caption_lines(&self, from: usize) -> Vec<usize> {
        let lines = &self.layout.lines;
        let mut caption = vec![from];
        for next in from + 1..lines.len() {
            let (before, line) = (&lines[next - 1], &lines[next]);
            let close = line.page == before.page
                && line.column == before.column
                && line.baseline - before.baseline < 1.35 * before.size.max(line.size);
            if !close || super::entry::entry_start(line).is_some() && !ends_softly(&before.text) {
                break;
            }
            caption.push(next);
        }
        caption
    }

    fn lines_of(&self, part: Part) -> impl Iterator<Item = (usize, &'a Line)> {
        let lines = &self.layout.lines;
        lines.iter().enumerate().filter(move |(i, l)| self.part_of(*i) == part && l.role == Role::Text)
    }

    /// The main text: where it ends, how many pages it fills, and its lines.
    pub(super) fn main_text(&self) -> MainText {
        let last = self
            .lines_of(Part::MainText)
            .max_by(|a, b| self.reading_place(a.1).total_cmp(&self.reading_place(b.1)));
        let Some((index, line)) = last else { return MainText::default() };
        let end = MainTextEnd {
            at: PagePoint { page: PageNumber(line.page), y: Length::bp(f64::from(line.area.bottom)) },
            line_number: line.number,
            last: seen(line, self.file),
            is_float: self.is_in_float(index),
        };
        let closing = self.boundaries.iter().position(|b| b.part != Part::MainText && b.line > index);
        let pages = self.pages_until(line) - self.excluded_before(line);
        MainText {
            pages,
            end: Some(end),
            lines: self.merged_lines(),
            lines_per_page: f64::from(self.layout.block_height() / self.layout.leading.max(1.0)),
            other: closing.and_then(|at| self.other_length(at, pages)),
            // Where nothing follows, only the end of the file says that the main text ends.
            confidence: Some(closing.map_or(Confidence::Likely, |at| self.boundaries[at].confidence)),
        }
    }

    /// The length if the part that ends the main text belonged to it, where only position speaks for that part.
    fn other_length(&self, closing: usize, pages: f64) -> Option<(f64, String)> {
        let boundary = &self.boundaries[closing];
        if boundary.confidence > Confidence::Possible {
            return None;
        }
        let (_, from, to) = self.spans(&|_| true).into_iter().find(|(at, ..)| *at == closing)?;
        let page = self.layout.lines[boundary.line].page;
        Some((pages + to - from, format!("what begins on page {page} belongs to the main text")))
    }

    /// A number that grows in reading order: pages before the line, plus the share of its own page.
    fn reading_place(&self, line: &Line) -> f64 {
        self.pages_until(line)
    }

    /// Pages before the line's own, plus the share of the text block down to the line's bottom.
    fn pages_until(&self, line: &Line) -> f64 {
        f64::from(line.page - 1) + self.share_of_page(line, line.area.bottom)
    }

    /// The share of the text block that lies before a height in a line's column, in reading order.
    fn share_of_page(&self, line: &Line, y: f32) -> f64 {
        let block = &self.layout.block;
        let inside = line.baseline <= block.bottom + BASELINE_SLACK;
        let share = f64::from((y - block.top) / self.layout.block_height().max(1.0)).max(0.0);
        let share = if inside { share.min(1.0) } else { share };
        match line.column {
            Column::Full => share,
            Column::Left => share.min(1.0) / 2.0,
            Column::Right => 0.5 + share.min(1.0) / 2.0,
        }
    }

    /// Height of other parts that stand before the end of the main text, in pages.
    fn excluded_before(&self, end: &Line) -> f64 {
        let limit = self.pages_until(end);
        self.spans(&|part| !matches!(part, Part::MainText | Part::FrontMatter))
            .iter()
            .filter(|(_, _, to)| *to <= limit)
            .map(|(_, from, to)| to - from)
            .sum()
    }

    /// For each boundary of a wanted part: its index, and where it begins and ends in pages.
    fn spans(&self, wanted: &dyn Fn(Part) -> bool) -> Vec<(usize, f64, f64)> {
        let lines = &self.layout.lines;
        let mut spans = Vec::new();
        for (at, boundary) in self.boundaries.iter().enumerate().filter(|(_, b)| wanted(b.part)) {
            let next = self.boundaries.get(at + 1).map_or(lines.len(), |b| b.line);
            let own =
                (boundary.line..next).filter(|i| lines[*i].role == Role::Text && !self.stray.contains(i));
            let first = &lines[boundary.line];
            let from = f64::from(first.page - 1) + self.share_of_page(first, first.area.top);
            let to = own.map(|i| self.pages_until(&lines[i])).fold(from, f64::max);
            spans.push((at, from, to));
        }
        spans
    }

    /// Every part in reading order, with its heading and length.
    pub(super) fn parts(&self, front_line: Option<usize>) -> Vec<PartSpan> {
        let lines = &self.layout.lines;
        let mut parts = Vec::new();
        let speaks_of_appendix = self.main_text_speaks_of_appendix();
        if let Some(first) = front_line.filter(|f| *f < lines.len()) {
            parts.push(self.front_span(first));
        }
        for (at, from, to) in self.spans(&|_| true) {
            let boundary = &self.boundaries[at];
            let first = &lines[boundary.line];
            let next = self.boundaries.get(at + 1).map_or(lines.len(), |b| b.line);
            let last_page = (boundary.line..next)
                .filter(|i| lines[*i].role == Role::Text && !self.stray.contains(i))
                .map(|i| lines[i].page)
                .max();
            parts.push(PartSpan {
                part: boundary.part,
                start: PagePoint { page: PageNumber(first.page), y: Length::bp(f64::from(first.area.top)) },
                last_page: PageNumber(last_page.unwrap_or(first.page)),
                pages: to - from,
                heading: boundary.has_heading.then(|| seen(first, self.file)),
                opening: self.opening(boundary, next),
                confidence: boundary.confidence,
                evidence: boundary.evidence.clone(),
                is_referred_to: boundary.part == Part::Appendix && speaks_of_appendix,
            });
        }
        parts
    }

    /// The words after a boundary's heading, at most three lines; what runs in after it included.
    fn opening(&self, boundary: &Boundary, next: usize) -> String {
        let lines = &self.layout.lines;
        let runs_in = !lines[boundary.line].is_bold() && lines[boundary.line].bold_words > 0;
        let from = boundary.line + usize::from(boundary.has_heading && !runs_in);
        let texts: Vec<&str> =
            lines[from.min(next)..next.min(from + 3)].iter().map(|l| l.text.as_str()).collect();
        let text = texts.join(" ");
        if runs_in { text.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned()) } else { text }
    }

    fn front_span(&self, first: usize) -> PartSpan {
        let lines = &self.layout.lines;
        let end = self.boundaries.first().map_or(lines.len(), |b| b.line);
        let last = &lines[end.saturating_sub(1).max(first)];
        let top = &lines[first];
        let mut evidence = vec!["size of the title".to_owned()];
        if self.boundaries.first().is_some_and(|b| b.has_heading) {
            evidence.push("heading that follows".to_owned());
        }
        PartSpan {
            part: Part::FrontMatter,
            start: PagePoint { page: PageNumber(top.page), y: Length::bp(f64::from(top.area.top)) },
            last_page: PageNumber(last.page),
            pages: (self.pages_until(last) - f64::from(top.page - 1) - self.share_of_page(top, top.area.top))
                .max(0.0),
            heading: None,
            opening: String::new(),
            confidence: self.boundaries.first().map_or(Confidence::Possible, |b| b.confidence),
            evidence,
            is_referred_to: false,
        }
    }

    /// The lines of the main text, each once: what stands beside or within another line is part of it.
    fn merged_lines(&self) -> Vec<TextLine> {
        let mut merged: Vec<TextLine> = Vec::new();
        for (_, line) in self.lines_of(Part::MainText) {
            if let Some(before) = merged.last_mut().filter(|b| b.page.0 == line.page) {
                let top = f64::from(line.area.top);
                let overlap = before.area.bottom().to_bp() - top;
                let same_column = before.area.left.to_bp() < f64::from(line.area.right)
                    && f64::from(line.area.left) < before.area.right().to_bp() + 1.0;
                if overlap > 0.45 * f64::from(line.area.bottom - line.area.top)
                    && (same_column || line.column == Column::Full)
                {
                    before.area = before.area.union(&area(line));
                    before.line_number = before.line_number.or(line.number);
                    continue;
                }
            }
            let below_block = line.baseline > self.layout.block.bottom + BASELINE_SLACK;
            merged.push(TextLine {
                page: PageNumber(line.page),
                area: area(line),
                line_number: line.number,
                below_block,
            });
        }
        merged
    }

    /// Whether a line belongs to a caption, so that the float is what comes last.
    fn is_in_float(&self, index: usize) -> bool {
        let lines = &self.layout.lines;
        (index.saturating_sub(12)..=index)
            .rev()
            .take_while(|i| lines[*i].page == lines[index].page)
            .any(|i| lines[i].caption_label().is_some() && self.caption_lines(i).contains(&index))
    }
}

/// `figure 3` for "(Fig." and "3b)"; `None` for words that name no float.
fn mention(kind: &str, number: &str) -> Option<String> {
    let kind = match kind.trim_start_matches('(').to_lowercase().as_str() {
        "figure" | "figures" | "fig." | "figs." => "figure",
        "table" | "tables" | "tab." => "table",
        "algorithm" => "algorithm",
        _ => return None,
    };
    let number = number
        .trim_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| c.is_ascii_lowercase());
    (!number.is_empty()).then(|| format!("{kind} {}", number.to_lowercase()))
}

/// A line that goes on in the next one.
fn ends_softly(text: &str) -> bool {
    !text.ends_with(['.', '?', '!'])
}
