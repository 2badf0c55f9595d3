//! The pages as printed: what each holds and how it is set, page by page, as conference systems ask.

use super::layout::Layout;
use super::line::{Column, Line, Role};
use super::{Paper, PartSpan};
use crate::part::Part;
use crate::pdf::{Bounds, Document, Page};
use crate::place::PageNumber;
use crate::units::{Length, Rect};
use std::collections::BTreeMap;

/// What a page is, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// It holds main text, or floats that belong to it, or nothing that could be read and nothing says what it is.
    Body,
    /// References or acknowledgments, and neither main text nor an appendix.
    References,
    /// An appendix or a checklist, and no main text.
    Appendix,
    /// Nothing is printed on it.
    Blank,
}

/// A page as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedPage {
    /// 1-based.
    pub number: PageNumber,
    /// What it is.
    pub kind: PageKind,
    /// Of the crop box after `/Rotate`.
    pub width: Length,
    /// Of the crop box after `/Rotate`.
    pub height: Length,
    /// The box around its text, in page space, without folios, running heads, numbers in the margin and the style's
    /// notice; `None` for a page without text.
    pub text: Option<Rect>,
    /// The size of most of its characters outside of references; `None` for a page without such text.
    pub body_size: Option<Length>,
    /// The size of most characters of its references.
    pub reference_size: Option<Length>,
    /// The most common distance of baselines; `None` for a page of few lines.
    pub leading: Option<Length>,
    /// Columns of its text.
    pub columns: u32,
    /// Characters, without spaces.
    pub characters: usize,
    /// Words.
    pub words: usize,
    /// Words of main text among them.
    pub main_words: usize,
}

/// Tenths of a big point: sizes and distances closer than this are the same.
const STEPS: f32 = 10.0;

/// Every page, once it is known where the parts of the paper lie.
pub(super) fn pages(document: &Document, layout: &Layout, paper: &Paper) -> Vec<PrintedPage> {
    let all = layout.sheets.iter().enumerate();
    all.map(|(index, size)| {
        let page = index as u32 + 1;
        let is_blank = document.pages.get(index).is_some_and(is_blank);
        let kind = if is_blank { PageKind::Blank } else { kind(paper, page) };
        let lines: Vec<&Line> = layout
            .page_lines(page)
            .map(|(_, line)| line)
            .filter(|line| matches!(line.role, Role::Text | Role::Footnote))
            .collect();
        PrintedPage::of(page, kind, *size, &lines, &paper.parts)
    })
    .collect()
}

/// Whether a page was read to its end and paints nothing.
fn is_blank(page: &Page) -> bool {
    page.incomplete.is_none() && page.glyphs.is_empty() && page.areas.is_empty()
}

/// What a page is that is not blank.
fn kind(paper: &Paper, page: u32) -> PageKind {
    let holds = |wanted: &[Part]| {
        let is_here = |part: &&PartSpan| (part.start.page.0..=part.last_page.0).contains(&page);
        paper.parts.iter().filter(is_here).any(|part| wanted.contains(&part.part))
    };
    let is_closed = || paper.parts.iter().any(|part| ends_main_text(part) && part.start.page.0 <= page);
    if paper.main_text.end.as_ref().is_some_and(|end| page <= end.at.page.0) {
        PageKind::Body
    } else if holds(&[Part::Appendix, Part::Checklist]) {
        PageKind::Appendix
    } else if holds(&[Part::References, Part::Acknowledgments]) {
        PageKind::References
    } else if paper.is_supplement || is_closed() {
        // In no part: what was put after an appendix belongs to it.
        PageKind::Appendix
    } else {
        // Before any of them, such as a picture: nothing says that the main text has ended.
        PageKind::Body
    }
}

fn ends_main_text(part: &PartSpan) -> bool {
    !matches!(part.part, Part::FrontMatter | Part::MainText)
}

impl PrintedPage {
    fn of(page: u32, kind: PageKind, size: (f32, f32), lines: &[&Line], parts: &[PartSpan]) -> Self {
        let (references, body): (Vec<&Line>, Vec<&Line>) =
            lines.iter().copied().partition(|line| part_of(line, parts) == Some(Part::References));
        let letters =
            |line: &&Line| line.words.iter().map(|word| number_of_letters(&word.text)).sum::<usize>();
        let is_main =
            |line: &&&Line| matches!(part_of(line, parts), None | Some(Part::FrontMatter | Part::MainText));
        let words = |line: &&Line| line.words.len();
        let of_body = matches!(kind, PageKind::Body);
        Self {
            number: PageNumber(page),
            kind,
            width: length(size.0),
            height: length(size.1),
            text: box_of(lines),
            body_size: usual_size(&body),
            reference_size: usual_size(&references),
            leading: usual_leading(if body.len() > 1 { &body } else { &references }),
            columns: if lines.iter().any(|line| line.column == Column::Right) { 2 } else { 1 },
            characters: lines.iter().map(letters).sum(),
            words: lines.iter().map(words).sum(),
            main_words: if of_body {
                lines.iter().filter(is_main).copied().map(|line| words(&line)).sum()
            } else {
                0
            },
        }
    }
}

/// How many characters a word has: as many as bytes, but for those that go on with one.
fn number_of_letters(word: &str) -> usize {
    word.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

fn length(bp: f32) -> Length {
    Length::bp(f64::from(bp))
}

/// The part that a line belongs to: the last one that begins at or above it.
fn part_of(line: &Line, parts: &[PartSpan]) -> Option<Part> {
    let at = (line.page, f64::from(line.area.bottom));
    parts.iter().rfind(|part| (part.start.page.0, part.start.y.to_bp()) <= at).map(|part| part.part)
}

fn box_of(lines: &[&Line]) -> Option<Rect> {
    let all = lines.iter().fold(Bounds::EMPTY, |all, line| all.union(&line.area));
    (!lines.is_empty()).then(|| {
        let [left, top, right, bottom] = [all.left, all.top, all.right, all.bottom].map(f64::from);
        Rect::from_corners(left, top, right, bottom)
    })
}

/// The size that most characters have.
fn usual_size(lines: &[&Line]) -> Option<Length> {
    let votes = lines.iter().map(|line| (line.size, line.text.chars().count()));
    most(votes)
}

/// The distance that most baselines of one column have from the one above.
fn usual_leading(lines: &[&Line]) -> Option<Length> {
    let pairs = lines.windows(2).filter(|pair| pair[0].column == pair[1].column);
    most(pairs.map(|pair| (pair[1].baseline - pair[0].baseline, 1)).filter(|(gap, _)| *gap > 1.0))
}

/// What has most votes, to a tenth of a big point; the smallest of equals.
fn most(votes: impl Iterator<Item = (f32, usize)>) -> Option<Length> {
    let mut counted: BTreeMap<i32, usize> = BTreeMap::new();
    votes.for_each(|(value, number)| *counted.entry((value * STEPS).round() as i32).or_default() += number);
    let best = counted.iter().max_by_key(|(value, number)| (**number, -**value));
    best.map(|(value, _)| Length::bp(f64::from(*value) / f64::from(STEPS)))
}
