//! The lines of a paper as printed, and which of them are references: for rules that look for words.

use super::layout::Layout;
use super::{PartSpan, Seen};
use crate::part::Part;
use crate::pdf::Link;
use crate::place::{FileId, PageNumber, Place};
use crate::units::Rect;

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedLine {
    /// Its words.
    pub text: String,
    /// 1-based.
    pub page: PageNumber,
    /// In page space.
    pub area: Rect,
    /// The number printed in the margin beside it.
    pub line_number: Option<u32>,
    /// It belongs to the reference list, where names are nobody's by themselves.
    pub is_reference: bool,
}

impl PrintedLine {
    /// Where it stands.
    pub fn place(&self, file: FileId) -> Place {
        Place::Page { file, page: self.page, boxes: vec![self.area], line_number: self.line_number }
    }
}

/// Every line in reading order.
pub(super) fn printed_lines(layout: &Layout, parts: &[PartSpan]) -> Vec<PrintedLine> {
    let starts: Vec<(usize, Part)> = parts.iter().map(|part| (start(layout, part), part.part)).collect();
    let lines = layout.lines.iter().enumerate();
    let printed = |(index, line): (usize, &super::line::Line)| PrintedLine {
        text: line.text.clone(),
        page: PageNumber(line.page),
        area: Rect::from_corners(
            f64::from(line.area.left),
            f64::from(line.area.top),
            f64::from(line.area.right),
            f64::from(line.area.bottom),
        ),
        line_number: line.number,
        is_reference: starts
            .iter()
            .rfind(|(start, _)| *start <= index)
            .is_some_and(|(_, p)| *p == Part::References),
    };
    lines.map(printed).collect()
}

/// The first line of a part, in reading order. Heights alone do not tell columns apart, but a heading's own does.
fn start(layout: &Layout, part: &PartSpan) -> usize {
    let below = |index: &usize| f64::from(layout.lines[*index].area.top) - part.start.y.to_bp();
    let on_page: Vec<usize> = layout.page_lines(part.start.page.0).map(|(index, _)| index).collect();
    let heading = on_page.iter().find(|i| below(i).abs() < 1.0);
    let first = heading.or_else(|| on_page.iter().find(|i| below(i) >= 0.0));
    first.copied().unwrap_or_else(|| layout.lines.partition_point(|l| l.page <= part.start.page.0))
}

/// Every address that a link outside the reference list leads to, once.
pub(super) fn link_targets(links: &[Link], parts: &[PartSpan], file: FileId) -> Vec<Seen> {
    let mut found: Vec<Seen> = Vec::new();
    for link in links {
        let Some(uri) = &link.uri else { continue };
        if !super::link::stands_in_references(link, parts) && !found.iter().any(|seen| seen.text == *uri) {
            found.push(Seen { text: uri.clone(), at: super::link::place(link, file) });
        }
    }
    found
}
