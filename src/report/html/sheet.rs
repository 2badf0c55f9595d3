//! The strip of pages: which part stands where, where the limit lies, and where something was found.

use super::base64::base64;
use crate::check::Report;
use crate::paper::PagePoint;
use crate::part::Part;
use crate::pdf::Picture;
use crate::place::{PageNumber, Place};
use crate::units::{Length, Rect};
use std::collections::BTreeSet;

/// The sheet that is shown where the size of a page is not known, in bp: letter.
const SHEET: (f64, f64) = (612.0, 792.0);
/// Pages that are shown: a file of more is told by its parts.
const MOST: u32 = 60;
/// Distance of the line of the limit from the bottom of a page that ends exactly there, in bp.
const FROM_BOTTOM: f64 = 6.0;

/// The white between what is marked and its frame, in bp.
const FRAME: f64 = 2.0;

/// Pages that are drawn in detail: so many that the report on a long paper stays below two megabytes.
const MOST_IN_DETAIL: usize = 24;

/// Pages of the paper of which a piece is shown beside a finding, those of the gravest first to be taken.
pub fn pages_in_detail(report: &Report<'_>) -> BTreeSet<u32> {
    let mut pages = BTreeSet::new();
    for (_, finding) in report.findings() {
        if let Place::Page { file, page, .. } = &finding.at
            && report.paper.file == Some(*file)
            && pages.len() < MOST_IN_DETAIL
        {
            pages.insert(page.0);
        }
    }
    pages
}

/// A picture, once.
pub(super) struct Image {
    pub(super) page: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) data: String,
}

impl Image {
    pub(super) fn of(picture: &Picture) -> Self {
        let Picture { page, width, height, png } = picture;
        Self { page: *page, width: *width, height: *height, data: base64(png) }
    }
}

/// A box on a page, in bp.
pub(super) struct Area {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
}

impl Area {
    /// A little larger than what it marks, so that its frame strikes nothing out.
    pub(super) fn of(area: &Rect) -> Self {
        let bp = |length: Length, more: f64| format!("{:.1}", length.to_bp() + more);
        Self {
            x: bp(area.left, -FRAME),
            y: bp(area.top, -FRAME),
            width: bp(area.width, 2.0 * FRAME),
            height: bp(area.height, 2.0 * FRAME),
        }
    }
}

/// What of a page belongs to one part.
pub(super) struct Band {
    pub(super) id: &'static str,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// One page of the strip.
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) is_drawn: bool,
    pub(super) label: String,
    pub(super) bands: Vec<Band>,
    pub(super) boxes: Vec<Area>,
    pub(super) limit: Option<f64>,
}

/// Every page, in order.
pub(super) fn sheets(report: &Report<'_>, pictures: &[Picture]) -> Vec<Sheet> {
    let first = report.paper.page_size.map_or(SHEET, |(width, height)| (width.to_bp(), height.to_bp()));
    let limit = limit(report);
    let sheet = |number: u32| {
        let picture = pictures.iter().find(|picture| picture.page == number);
        let (width, height) = picture.map_or(first, |picture| (picture.width, picture.height));
        let (bands, names) = bands(report, number, height);
        let boxes = boxes(report, number);
        let mut label = format!("page {number}");
        if !names.is_empty() {
            label += &format!(": {}", names.join(", "));
        }
        let limit = limit.filter(|limit| limit.page.0 == number).map(|limit| match limit.y.to_bp() {
            y if y > 0.0 => y,
            _ => height - FROM_BOTTOM,
        });
        if limit.is_some() {
            label += "; the limit";
        }
        let found = number_of_findings(report, number);
        if found > 0 {
            label += &format!("; {}", crate::count::counted(found, "finding", "findings"));
        }
        Sheet { number, width, height, is_drawn: picture.is_some(), label, bands, boxes, limit }
    };
    (1..=report.paper.coverage.pages.min(MOST)).map(sheet).collect()
}

/// The parts that occur, in reading order: class and name.
pub(super) fn legend(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let mut parts: Vec<Part> = Vec::new();
    for span in &report.paper.parts {
        if !parts.contains(&span.part) {
            parts.push(span.part);
        }
    }
    parts.into_iter().map(|part| (part.id(), part.to_string())).collect()
}

/// Where the limit lies: above the first line beyond it, else at the bottom of its last page, told by a height of 0.
pub(super) fn limit(report: &Report<'_>) -> Option<PagePoint> {
    let pages = report.profile.main_pages.as_ref()?.value;
    let main = &report.paper.main_text;
    main.end.as_ref()?;
    let beyond: Vec<_> =
        main.lines.iter().filter(|l| l.page.0 > pages || l.below_block && l.page.0 == pages).collect();
    let over = main.lines_beyond(pages) as usize;
    if over == 0 || beyond.is_empty() {
        return Some(PagePoint { page: PageNumber(pages), y: Length::ZERO });
    }
    let first = beyond[beyond.len().saturating_sub(over)];
    Some(PagePoint { page: first.page, y: first.area.top })
}

pub(super) fn limit_words(report: &Report<'_>) -> String {
    let pages = report.profile.main_pages.as_ref().map_or(0, |demand| demand.value);
    format!("where {} of main text end", crate::count::whole_pages(pages))
}

/// What of a page belongs to which part, and the names of these parts.
fn bands(report: &Report<'_>, number: u32, height: f64) -> (Vec<Band>, Vec<String>) {
    let parts = &report.paper.parts;
    let mut bands = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (index, span) in parts.iter().enumerate() {
        let next = parts.get(index + 1).map(|next| next.start);
        let last = next.map_or(span.last_page.0, |next| next.page.0).max(span.start.page.0);
        if !(span.start.page.0..=last).contains(&number) {
            continue;
        }
        let top = if span.start.page.0 == number && index > 0 { span.start.y.to_bp() } else { 0.0 };
        let bottom = next.filter(|next| next.page.0 == number).map_or(height, |next| next.y.to_bp());
        // What is less than a line high is the white above a heading.
        if bottom - top > 1.0 && !(number > span.last_page.0 && bottom < height) {
            bands.push(Band { id: span.part.id(), top, height: bottom - top });
            let name = span.part.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (bands, names)
}

fn boxes(report: &Report<'_>, number: u32) -> Vec<Area> {
    let on_page = |place: &Place| match place {
        Place::Page { file, page, boxes, .. } if page.0 == number && report.paper.file == Some(*file) => {
            boxes.iter().map(Area::of).collect()
        }
        _ => Vec::new(),
    };
    report.findings().into_iter().flat_map(|(_, finding)| on_page(&finding.at)).collect()
}

fn number_of_findings(report: &Report<'_>, number: u32) -> usize {
    let is_here = |place: &Place| matches!(place, Place::Page { file, page, .. } if page.0 == number && report.paper.file == Some(*file));
    report.findings().into_iter().filter(|(_, finding)| is_here(&finding.at)).count()
}
