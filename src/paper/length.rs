//! How long the main text is, where it ends, and which lines belong to which part.

use super::boundary::Boundary;
use super::front::{area, seen};
use super::layout::Layout;
use super::line::{Column, Line, Role};
use super::list::list_end;
use super::{MainText, MainTextEnd, PagePoint, PartSpan, Seen, TextLine};
use crate::finding::Confidence;
use crate::part::Part;
use crate::pdf::Bounds;
use crate::place::{FileId, PageNumber, Place};
use crate::units::{Length, Rect};
use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The parts a document is divided into.
pub(super) struct Division<'a> {
    layout: &'a Layout,
    boundaries: &'a [Boundary],
    file: FileId,
    /// Lines of floats of the main text that landed among other parts.
    stray: BTreeSet<usize>,
    /// The first line of a caption behind the last entry that nothing speaks of: whose float it is, is open.
    unclaimed: Option<usize>,
    /// Where an appendix may begin within the main text.
    doubt: Option<usize>,
}

/// How far below the block the last baseline of a full page may lie, in bp. Source: TeX's `\maxdepth` and
/// the behaviour decided for the page limit.
const BASELINE_SLACK: f32 = 1.6;

impl<'a> Division<'a> {
    /// Divides the lines among the parts.
    pub(super) fn new(
        layout: &'a Layout,
        boundaries: &'a [Boundary],
        doubt: Option<usize>,
        file: FileId,
    ) -> Self {
        let mut division = Self { layout, boundaries, file, stray: BTreeSet::new(), unclaimed: None, doubt };
        (division.stray, division.unclaimed) = division.stray_floats();
        division
    }

    /// The part that a line belongs to by its place alone.
    fn part_by_place(&self, line: usize) -> Part {
        let at = self.boundaries.partition_point(|b| b.line <= line);
        at.checked_sub(1).map_or(Part::FrontMatter, |i| self.boundaries[i].part)
    }

    pub(super) fn part_of(&self, line: usize) -> Part {
        if self.stray.contains(&line) { Part::MainText } else { self.part_by_place(line) }
    }

    /// Captions among the references, acknowledgments or the checklist, and their rows; and the first caption that
    /// nothing speaks of.
    ///
    /// A float never comes before its place in the source: what stands before the appendix is the main text's,
    /// but for a float that only the appendix speaks of, above its heading, or one that is lettered as an
    /// appendix's are. Behind the last entry a float that nobody speaks of may be either's.
    fn stray_floats(&self) -> (BTreeSet<usize>, Option<usize>) {
        let lines = &self.layout.lines;
        let (mut stray, mut unclaimed) = (BTreeSet::new(), None);
        let Some(first) = self.boundaries.iter().find(|b| b.part == Part::References).map(|b| b.line) else {
            return (stray, unclaimed);
        };
        let list = self.boundaries.iter().find(|b| b.line > first).map_or(lines.len(), |b| b.line);
        let listed = list_end(self.layout, first + 1, list).unwrap_or(list);
        let appendix = self.boundaries.iter().find(|b| b.part == Part::Appendix).map(|b| b.line);
        // Few papers have a caption there, and to find what is spoken of is to read them whole.
        let main = LazyCell::new(|| self.mentioned_floats(Part::MainText));
        let others = LazyCell::new(|| self.mentioned_floats(Part::Appendix));
        for index in first..appendix.unwrap_or(lines.len()) {
            let Some(label) = lines[index].caption_label().filter(|l| is_counted(l)) else { continue };
            let among = matches!(
                self.part_by_place(index),
                Part::References | Part::Acknowledgments | Part::Checklist
            );
            if !among || !self.stands_apart(index) {
                continue;
            }
            let label = label.to_lowercase();
            let is_above_appendix = appendix.is_some_and(|a| lines[a].page == lines[index].page);
            let is_unspoken = !others.contains(&label) && !is_above_appendix;
            if main.contains(&label) || is_unspoken && index < listed {
                stray.extend(self.caption_lines(index));
            } else if is_unspoken {
                unclaimed = unclaimed.or(Some(index));
            }
        }
        (stray, unclaimed)
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
            let spaces = memchr::memchr_iter(b' ', line.text.as_bytes());
            let starts = std::iter::once(0).chain(spaces.map(|at| at + 1));
            mentioned.extend(starts.filter_map(|at| mention(&line.text[at..])));
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
            let begins = line.caption_label().is_some()
                || super::entry::entry_start(line).is_some() && !ends_softly(&before.text);
            if !close || begins {
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
        let closing = self.boundaries.iter().position(|b| b.part != Part::MainText && b.line > index);
        let picture = self.picture_after(line, closing);
        let end = picture.map_or_else(|| self.end_at(index), |(page, area)| self.end_of_picture(page, &area));
        let until = picture.map_or_else(
            || self.pages_until(line),
            |(page, area)| self.pages_until(&Line { page, area, baseline: area.bottom, ..line.clone() }),
        );
        let pages = until - self.excluded_before(index);
        MainText {
            pages,
            end: Some(end),
            lines: self.merged_lines(),
            lines_per_page: f64::from(self.layout.columns)
                * f64::from(self.layout.block_height() / self.layout.leading.max(1.0)),
            others: self.other_lengths(closing, pages),
            // Where nothing follows, only the end of the file says that the main text ends.
            confidence: Some(closing.map_or(Confidence::Likely, |at| self.boundaries[at].confidence)),
        }
    }

    fn end_at(&self, index: usize) -> MainTextEnd {
        let line = &self.layout.lines[index];
        MainTextEnd {
            at: PagePoint { page: PageNumber(line.page), y: Length::bp(f64::from(line.area.bottom)) },
            line_number: line.number,
            last: seen(line, self.file),
            is_float: self.is_in_float(index),
        }
    }

    fn end_of_picture(&self, page: u32, area: &Bounds) -> MainTextEnd {
        let rect = Rect::from_corners(
            f64::from(area.left),
            f64::from(area.top),
            f64::from(area.right),
            f64::from(area.bottom),
        );
        let page = PageNumber(page);
        let at = Place::Page { file: self.file, page, boxes: vec![rect], line_number: None };
        MainTextEnd {
            at: PagePoint { page, y: Length::bp(f64::from(area.bottom)) },
            line_number: None,
            last: Seen { text: "a picture without words below it".to_owned(), at },
            is_float: true,
        }
    }

    /// The lowest picture below the last line and before the part that follows, in one column.
    fn picture_after(&self, last: &Line, closing: Option<usize>) -> Option<(u32, Bounds)> {
        if self.layout.columns > 1 {
            return None;
        }
        let next = closing.map(|at| &self.layout.lines[self.boundaries[at].line]);
        let is_before = |page: u32, area: &Bounds| match next {
            Some(next) => (page, area.bottom) < (next.page, next.area.top + 2.0),
            None => page == last.page,
        };
        let is_after = |page: u32, area: &Bounds| (page, area.bottom) > (last.page, last.area.bottom + 2.0);
        let inside = |area: &Bounds| {
            let block = &self.layout.block;
            area.left < block.right && area.right > block.left && area.bottom < block.bottom + block.top / 2.0
        };
        let pictures = self.layout.pictures.iter().copied();
        pictures
            .filter(|(page, area)| is_before(*page, area) && is_after(*page, area) && inside(area))
            .max_by(|a, b| (a.0, a.1.bottom).partial_cmp(&(b.0, b.1.bottom)).unwrap_or(Ordering::Equal))
    }

    /// The lengths if what is doubtful were otherwise: a part after the main text that only position speaks for,
    /// a section within it that is called an appendix, a float that nothing speaks of.
    fn other_lengths(&self, closing: Option<usize>, pages: f64) -> Vec<(f64, String)> {
        let lines = &self.layout.lines;
        let mut others = Vec::new();
        for (at, from, to) in self.spans(&|part| part != Part::MainText) {
            let boundary = &self.boundaries[at];
            if closing.is_some_and(|c| at >= c) && boundary.confidence == Confidence::Possible {
                let page = lines[boundary.line].page;
                others.push((
                    pages + to - from,
                    format!("what begins on page {page} belongs to the main text"),
                ));
            }
        }
        if let Some(doubt) = self.doubt
            && let Some(last) = lines[..doubt].iter().rposition(|l| l.role == Role::Text)
        {
            let page = lines[doubt].page;
            let shorter = self.pages_until(&lines[last]) - self.excluded_before(last);
            others.push((shorter, format!("the section on page {page} is an appendix")));
        }
        if let Some(float) = self.unclaimed {
            let page = lines[float].page;
            let longer = self.pages_until(&lines[float]) - self.excluded_before(float);
            others.push((longer, format!("the figure or table on page {page} belongs to the main text")));
        }
        others
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

    /// Height of other parts that stand before a line of the main text, in pages. A part may go on after it.
    fn excluded_before(&self, line: usize) -> f64 {
        let is_other = |part| !matches!(part, Part::MainText | Part::FrontMatter);
        let others = self.layout.lines[..line].iter().enumerate();
        let others = others.filter(|(i, l)| l.role == Role::Text && is_other(self.part_of(*i)));
        let limit = others.map(|(_, l)| self.pages_until(l)).fold(0.0, f64::max);
        self.spans(&is_other).iter().map(|(_, from, to)| (to.min(limit) - from).max(0.0)).sum()
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

/// Whether a label counts on from the main text's: `Figure 3`, not `Figure S3` or `Figure A.1`.
fn is_counted(label: &str) -> bool {
    label.split(' ').nth(1).is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// `figure 3` for what begins with "(Fig. 3b)"; `None` for words that name no float.
fn mention(words: &str) -> Option<String> {
    let words = words.trim_start_matches('(');
    // Most words begin with none of these, and their ends are not looked for.
    if !matches!(
        words.as_bytes(),
        [b'F' | b'f', b'I' | b'i', ..] | [b'T' | b't', b'A' | b'a', ..] | [b'A' | b'a', b'L' | b'l', ..]
    ) {
        return None;
    }
    let (kind, after) = words.split_once(' ')?;
    let number = after.split(' ').next()?;
    let is_one_of = |words: &[&str]| words.iter().any(|word| kind.eq_ignore_ascii_case(word));
    let kind = match kind.as_bytes().first()? {
        b'F' | b'f' if is_one_of(&["figure", "figures", "fig.", "figs."]) => "figure",
        b'T' | b't' if is_one_of(&["table", "tables", "tab."]) => "table",
        b'A' | b'a' if is_one_of(&["algorithm"]) => "algorithm",
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
