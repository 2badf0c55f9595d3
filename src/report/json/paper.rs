//! The keys of `paper`: what the submission is.

use crate::paper::{PagePoint, Paper, PartSpan, Style, Typesetting};
use crate::profile::Profile;
use crate::report::number::{in_bp, in_pages};
use crate::report::wording;
use crate::style::StyleMode;
use serde::Serialize;
use serde_json::Number;

#[derive(Serialize)]
pub(super) struct PaperKeys<'a> {
    pages: u32,
    page_size: Option<String>,
    columns: u32,
    line_numbers: bool,
    anonymous: Option<bool>,
    title: Option<&'a str>,
    style: StyleKeys<'a>,
    main_text: MainTextKeys,
    parts: Vec<PartKeys<'a>>,
}

impl<'a> PaperKeys<'a> {
    pub(super) fn of(paper: &'a Paper, profile: &Profile) -> Self {
        Self {
            pages: paper.coverage.pages,
            page_size: paper.page_size.map(|(width, height)| wording::sheet(width, height)),
            columns: paper.columns,
            line_numbers: paper.line_numbers,
            anonymous: paper.is_anonymous(),
            title: paper.title.as_deref(),
            style: StyleKeys::of(&paper.style, &paper.typesetting),
            main_text: MainTextKeys::of(paper, profile),
            parts: paper.parts.iter().map(PartKeys::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct StyleKeys<'a> {
    id: Option<&'a str>,
    family: Option<&'a str>,
    candidates: &'a [String],
    mode: Option<&'static str>,
    /// The main text is not set as the style sets it.
    modified: bool,
    confidence: &'static str,
}

impl<'a> StyleKeys<'a> {
    fn of(style: &'a Style, typesetting: &Typesetting) -> Self {
        Self {
            id: style.id.as_deref(),
            family: style.family.as_deref(),
            candidates: &style.candidates,
            mode: style.mode.map(StyleMode::id),
            modified: typesetting.departures.iter().any(|d| d.is_in_main_text),
            confidence: style.confidence.id(),
        }
    }
}

#[derive(Serialize)]
struct MainTextKeys {
    pages: Number,
    /// Its length with the style's own distances; `null` where they are not known.
    pages_in_style: Option<Number>,
    last_page: Option<u32>,
    limit: Option<u32>,
    lines_over: u32,
    end: Option<PointKeys>,
    end_line_number: Option<u32>,
}

impl MainTextKeys {
    fn of(paper: &Paper, profile: &Profile) -> Self {
        let main = &paper.main_text;
        let limit = profile.main_pages.as_ref().map(|demand| demand.value);
        let end = main.end.as_ref();
        Self {
            pages: in_pages(main.pages),
            pages_in_style: paper.pages_in_style().map(in_pages),
            last_page: end.map(|end| end.at.page.0),
            limit,
            lines_over: limit.map_or(0, |limit| main.lines_beyond(limit)),
            end: end.map(|end| PointKeys::of(end.at)),
            end_line_number: end.and_then(|end| end.line_number),
        }
    }
}

#[derive(Serialize)]
struct PointKeys {
    page: u32,
    y: Number,
}

impl PointKeys {
    fn of(point: PagePoint) -> Self {
        Self { page: point.page.0, y: in_bp(point.y) }
    }
}

#[derive(Serialize)]
struct PartKeys<'a> {
    part: &'static str,
    first_page: u32,
    last_page: u32,
    pages: Number,
    heading: Option<&'a str>,
    start: PointKeys,
    confidence: &'static str,
    evidence: &'a [String],
}

impl<'a> PartKeys<'a> {
    fn of(part: &'a PartSpan) -> Self {
        Self {
            part: part.part.id(),
            first_page: part.start.page.0,
            last_page: part.last_page.0,
            pages: in_pages(part.pages),
            heading: part.heading.as_ref().map(|heading| heading.text.as_str()),
            start: PointKeys::of(part.start),
            confidence: part.confidence.id(),
            evidence: &part.evidence,
        }
    }
}
