//! One finding of the page: its words, and the piece of the page or of the source that it speaks of.

use super::prose::{Piece, pieces};
use super::sheet::Area;
use crate::check::Verdict;
use crate::finding::{Clause, Finding};
use crate::pdf::Picture;
use crate::place::{Place, Span};
use crate::report::line_column::LineColumn;
use crate::report::wording;
use crate::submission::Submission;
use crate::units::Rect;

/// White that is shown above and below what was found, in bp: about three lines.
const AROUND: f64 = 36.0;
/// The least height of a piece of a page, in bp, so that a reader knows the place again.
const LEAST_HEIGHT: f64 = 110.0;
/// Characters of a line of a source that are shown on either side of what is meant.
const MOST_BESIDE: usize = 120;

/// A finding in words and pictures.
pub(super) struct Shown {
    pub(super) severity: &'static str,
    pub(super) confidence: &'static str,
    pub(super) message: Vec<Piece>,
    pub(super) place: String,
    pub(super) evidence: Option<String>,
    pub(super) crop: Option<Crop>,
    pub(super) line: Option<Line>,
    pub(super) help: Option<Vec<Piece>>,
    pub(super) demand: Option<Demand>,
    pub(super) related: Vec<(String, Vec<Piece>)>,
    pub(super) rule: String,
    pub(super) rule_url: String,
}

/// A piece of a page.
pub(super) struct Crop {
    pub(super) page: u32,
    /// Left, top, width and height, in bp.
    pub(super) view: String,
    pub(super) label: String,
    pub(super) boxes: Vec<Area>,
}

/// A line of a source.
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) before: String,
    pub(super) marked: String,
    pub(super) after: String,
}

/// What the call asks.
pub(super) struct Demand {
    pub(super) says: Vec<Piece>,
    pub(super) url: String,
    /// Whether that address may be followed: a profile is a file of anybody's.
    pub(super) is_link: bool,
    pub(super) section: String,
}

impl Shown {
    pub(super) fn of(
        verdict: &Verdict,
        finding: &Finding,
        submission: &Submission,
        pictures: &[Picture],
    ) -> Self {
        let help = wording::plain(&wording::help(verdict, finding));
        let place = |at: &Place| wording::plain(&wording::place(at, submission));
        let printed = match &finding.at {
            Place::Page { line_number: Some(line), .. } => format!(", line {line}"),
            _ => String::new(),
        };
        Self {
            severity: verdict.severity_of(finding).id(),
            confidence: finding.confidence.id(),
            message: pieces(&wording::plain(&finding.message)),
            place: format!("{}{printed}", place(&finding.at)),
            evidence: finding.evidence.as_deref().map(wording::plain).filter(|words| !words.is_empty()),
            crop: Crop::of(&finding.at, pictures, submission),
            line: match &finding.at {
                Place::Span(span) => Line::of(span, submission),
                _ => None,
            },
            help: (!help.is_empty()).then(|| pieces(&help)),
            demand: finding.clause.as_ref().map(Demand::of),
            related: finding
                .related
                .iter()
                .map(|(at, words)| (place(at), pieces(&wording::plain(words))))
                .collect(),
            rule: wording::rule_name(verdict.rule),
            rule_url: wording::rule_url(verdict.rule),
        }
    }
}

impl Crop {
    /// What was found and a few lines around it, as wide as the page; `None` where the page is not drawn.
    fn of(place: &Place, pictures: &[Picture], submission: &Submission) -> Option<Self> {
        let Place::Page { file, page, boxes, .. } = place else { return None };
        // Pictures are those of the paper.
        let picture =
            pictures.iter().find(|p| p.page == page.0).filter(|_| submission.paper == Some(*file))?;
        let union = boxes.iter().copied().reduce(|all, next| all.union(&next));
        let (top, bottom) = union.map_or((0.0, picture.height), |area: Rect| {
            let middle = (area.top.to_bp() + area.bottom().to_bp()) / 2.0;
            let half = ((area.bottom().to_bp() - area.top.to_bp()) / 2.0 + AROUND).max(LEAST_HEIGHT / 2.0);
            (middle - half, middle + half)
        });
        let top = top.clamp(0.0, (picture.height - LEAST_HEIGHT).max(0.0));
        let height = (bottom.min(picture.height) - top).max(1.0);
        Some(Self {
            page: page.0,
            view: format!("0 {top:.1} {:.1} {height:.1}", picture.width),
            label: format!("the place on page {page}"),
            boxes: boxes.iter().map(Area::of).collect(),
        })
    }
}

impl Line {
    /// The line where a span begins, and what the span covers of it.
    fn of(span: &Span, submission: &Submission) -> Option<Self> {
        let bytes = &submission.file(span.file)?.bytes;
        let start = span.bytes.start as usize;
        let line_start = memchr::memrchr(b'\n', bytes.get(..start)?).map_or(0, |n| n + 1);
        let end = memchr::memchr(b'\n', bytes.get(start..)?).map_or(bytes.len(), |n| start + n);
        let covered = (span.bytes.end as usize).clamp(start, end);
        let words = |bytes: &[u8]| wording::plain(&String::from_utf8_lossy(bytes));
        let before = words(&bytes[line_start..start]);
        let surplus = before.chars().count().saturating_sub(MOST_BESIDE);
        Some(Self {
            number: LineColumn::of(bytes, span.bytes.start).line,
            before: before.chars().skip(surplus).collect(),
            marked: words(&bytes[start..covered]),
            after: words(&bytes[covered..end]).chars().take(MOST_BESIDE).collect(),
        })
    }
}

impl Demand {
    fn of(clause: &Clause) -> Self {
        let section = if clause.section.is_empty() { "the call" } else { &clause.section };
        Self {
            says: pieces(&wording::plain(&clause.says)),
            url: clause.url.clone(),
            is_link: clause.url.starts_with("https://") || clause.url.starts_with("http://"),
            section: wording::plain(section),
        }
    }
}
