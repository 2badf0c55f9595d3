//! What HotCRP expects of the program that its `banalCommand` names: one object on the pages of a PDF.
//!
//! Lengths are whole big points. What is the same as for the document is left out of a page. HotCRP reads nothing but
//! this object: an object without `papersize` tells it that the file cannot be read.
//! Source: HotCRP, `src/checkformat.php`, commit 0f25da6 of August 2026.

use crate::check::Report;
use crate::paper::{ActiveKind, PageKind, Paper, PrintedPage};
use crate::units::Length;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

#[derive(Serialize)]
struct Root {
    /// Unix time of the run.
    at: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    error: bool,
    #[serde(flatten)]
    usual: Measures,
    /// Words of main text.
    #[serde(skip_serializing_if = "Option::is_none")]
    w: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_pages: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appendix_page: Option<u32>,
    pages: Vec<PageKeys>,
    #[serde(rename = "unsafe", skip_serializing_if = "BTreeMap::is_empty")]
    active: BTreeMap<&'static str, Vec<u32>>,
    dlde: Own,
}

/// What is measured on the pages.
#[derive(Serialize, Default)]
struct Measures {
    /// Height and width, in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    papersize: Option<[i64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<[i64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bodyfontsize: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leading: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<u32>,
}

#[derive(Serialize)]
struct PageKeys {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// What is not as for the document.
    #[serde(flatten)]
    differing: Measures,
    #[serde(skip_serializing_if = "Option::is_none")]
    reffontsize: Option<f64>,
    c: usize,
    w: usize,
}

/// What this program says besides; HotCRP keeps it with the document.
#[derive(Serialize)]
struct Own {
    version: &'static str,
    profile: String,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_text_pages: Option<f64>,
}

/// HotCRP shows the first ten pages; a 0 after them says that there are others.
const MOST_UNSAFE_PAGES: usize = 10;

/// Writes the object; `at` is the Unix time of the run, in seconds.
///
/// # Errors
/// What the sink says.
pub fn write(report: &Report<'_>, at: u64, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Root::of(report, at)).map_err(io::Error::from)?;
    writeln!(out)
}

/// Writes the object for a file that cannot be read.
///
/// # Errors
/// What the sink says.
pub fn write_failure(at: u64, out: &mut dyn io::Write) -> io::Result<()> {
    let failure = serde_json::json!({"at": at, "error": true, "pages": []});
    writeln!(out, "{failure}")
}

impl Root {
    fn of(report: &Report<'_>, at: u64) -> Self {
        let paper = &report.paper;
        let usual = Measures::usual(paper);
        let has_main_text = paper.main_text.end.is_some();
        // A supplement has none, and says so.
        let is_divided = has_main_text || paper.is_supplement;
        let body = paper.pages.iter().filter(|page| page.kind == PageKind::Body);
        let is_appendix = |page: &&PrintedPage| page.kind == PageKind::Appendix;
        Self {
            at,
            error: !paper.is_read(),
            w: has_main_text.then(|| paper.pages.iter().map(|page| page.main_words).sum()),
            // What lies behind the main text and could not be read counts: HotCRP knows no third answer.
            body_pages: body.map(|page| page.number.0).next_back().filter(|_| has_main_text),
            appendix_page: paper
                .pages
                .iter()
                .find(is_appendix)
                .map(|page| page.number.0)
                .filter(|_| has_main_text),
            pages: paper.pages.iter().map(|page| usual.page(page, is_divided)).collect(),
            usual,
            active: active(paper),
            dlde: Own {
                version: env!("CARGO_PKG_VERSION"),
                profile: report.profile.id.clone(),
                verdict: report.outcome().id(),
                main_text_pages: has_main_text.then(|| (paper.main_text.pages * 100.0).round() / 100.0),
            },
        }
    }
}

impl Measures {
    /// What most pages of main text have; nothing for a paper without pages.
    fn usual(paper: &Paper) -> Self {
        let body = || paper.pages.iter().filter(|page| page.kind == PageKind::Body);
        let of = |value: fn(&PrintedPage) -> Option<Length>| {
            let of_body = most(body().filter_map(value).map(tenths));
            of_body.or_else(|| most(paper.pages.iter().filter_map(value).map(tenths)))
        };
        let papersize = most(paper.pages.iter().map(size_of));
        // The widest text: the margins that every page of main text keeps, on sheets of the usual size.
        let margin = body()
            .filter(|page| Some(size_of(page)) == papersize)
            .filter_map(margin_of)
            .reduce(|all, one| std::array::from_fn(|side| all[side].min(one[side])));
        Self {
            papersize,
            margin: margin.or_else(|| most(paper.pages.iter().filter_map(margin_of))),
            bodyfontsize: of(|page| page.body_size).map(from_tenths),
            leading: of(|page| page.leading).map(from_tenths),
            columns: papersize.map(|_| paper.columns.max(1)),
        }
    }

    /// What a page has that these have not. What is behind a main text is known only where there is one; HotCRP counts
    /// every page that is called nothing else as main text.
    fn page(&self, page: &PrintedPage, is_divided: bool) -> PageKeys {
        let columns = Some(page.columns).filter(|_| page.words > 0);
        PageKeys {
            kind: match page.kind {
                PageKind::Body => None,
                PageKind::References => Some("bib"),
                PageKind::Appendix => is_divided.then_some("appendix"),
                PageKind::Blank => Some("blank"),
            },
            differing: Self {
                papersize: differing(Some(size_of(page)), self.papersize.as_ref()),
                margin: differing(margin_of(page), self.margin.as_ref()),
                bodyfontsize: differing(page.body_size.map(rounded), self.bodyfontsize.as_ref()),
                leading: differing(page.leading.map(rounded), self.leading.as_ref()),
                columns: differing(columns, self.columns.as_ref()),
            },
            reffontsize: page.reference_size.map(rounded),
            c: page.characters,
            w: page.words,
        }
    }
}

/// A value that is not the usual one.
fn differing<T: PartialEq>(value: Option<T>, usual: Option<&T>) -> Option<T> {
    if value.as_ref() == usual { None } else { value }
}

/// Height and width in whole big points.
fn size_of(page: &PrintedPage) -> [i64; 2] {
    [page.height, page.width].map(|length| length.to_bp().round() as i64)
}

/// Margins at the top, right, bottom and left, in whole big points; negative where text leaves the page.
fn margin_of(page: &PrintedPage) -> Option<[i64; 4]> {
    let text = page.text.as_ref()?;
    let right = page.width.to_bp() - text.right().to_bp();
    let bottom = page.height.to_bp() - text.bottom().to_bp();
    Some([text.top.to_bp(), right, bottom, text.left.to_bp()].map(|margin| margin.round() as i64))
}

fn tenths(length: Length) -> i64 {
    (length.to_bp() * 10.0).round() as i64
}

fn from_tenths(value: i64) -> f64 {
    value as f64 / 10.0
}

/// To a tenth of a big point: 9.96 is 10.0 in every venue's words.
fn rounded(length: Length) -> f64 {
    from_tenths(tenths(length))
}

/// What occurs most often; the first of equals.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counted.entry(value).or_default() += 1);
    counted.into_iter().reduce(|best, one| if one.1 > best.1 { one } else { best }).map(|(value, _)| value)
}

/// Pages with something active, by HotCRP's names of what it does.
fn active(paper: &Paper) -> BTreeMap<&'static str, Vec<u32>> {
    let mut all: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
    for active in &paper.unshown.active {
        // What belongs to no page happens when the file is opened, at its first.
        all.entry(name(active.kind)).or_default().push(active.page.unwrap_or(1));
    }
    for pages in all.values_mut() {
        pages.sort_unstable();
        pages.dedup();
        if pages.len() > MOST_UNSAFE_PAGES {
            pages.truncate(MOST_UNSAFE_PAGES);
            pages.push(0);
        }
    }
    all
}

/// HotCRP's name of what an active thing does.
const fn name(kind: ActiveKind) -> &'static str {
    match kind {
        ActiveKind::JavaScript => "javascript",
        ActiveKind::Launch => "launch",
        ActiveKind::RelativeLaunch => "rellaunch",
        ActiveKind::SubmitForm => "submitform",
        ActiveKind::AutoAction => "autoaction",
        ActiveKind::RichMedia => "richmedia",
        ActiveKind::Multimedia => "multimedia",
        ActiveKind::Xfa => "xfa",
        ActiveKind::ExternalReference => "externalref",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::PageNumber;

    fn page(number: u32, kind: PageKind) -> PrintedPage {
        let bp = Length::bp;
        PrintedPage {
            number: PageNumber(number),
            kind,
            width: bp(612.0),
            height: bp(792.0),
            text: Some(crate::units::Rect::from_corners(108.0, 75.2, 504.0, 722.2)),
            body_size: Some(bp(9.963)),
            reference_size: None,
            leading: Some(bp(10.9)),
            columns: 1,
            characters: 5_000,
            words: 800,
            main_words: 700,
        }
    }

    fn keys(pages: Vec<PrintedPage>) -> Vec<serde_json::Value> {
        let paper = Paper { pages, columns: 1, ..Paper::default() };
        let usual = Measures::usual(&paper);
        paper.pages.iter().map(|page| serde_json::to_value(usual.page(page, true)).expect("JSON")).collect()
    }

    #[test]
    fn a_page_tells_only_what_differs_from_the_others() {
        let mut small = page(2, PageKind::Body);
        small.body_size = Some(Length::bp(8.966));
        small.width = Length::bp(595.3);
        let pages =
            keys(vec![page(1, PageKind::Body), small, page(3, PageKind::Body), page(4, PageKind::Appendix)]);
        assert_eq!(pages[0], serde_json::json!({"c": 5_000, "w": 800}));
        let expected = serde_json::json!({"papersize": [792, 595], "margin": [75, 91, 70, 108], "bodyfontsize": 9.0, "c": 5_000, "w": 800});
        assert_eq!(pages[1], expected);
        assert_eq!(pages[3]["type"], "appendix");
    }

    #[test]
    fn without_a_main_text_nothing_is_behind_it() {
        let usual = Measures::default();
        let told = |is_divided| usual.page(&page(1, PageKind::Appendix), is_divided).kind;
        assert_eq!((told(true), told(false)), (Some("appendix"), None));
    }

    #[test]
    fn the_margins_of_the_document_are_those_that_every_page_of_main_text_keeps() {
        let mut wide = page(2, PageKind::Body);
        wide.text = Some(crate::units::Rect::from_corners(90.0, 75.2, 540.0, 722.2));
        let mut appendix = page(3, PageKind::Appendix);
        appendix.text = Some(crate::units::Rect::from_corners(10.0, 75.2, 540.0, 722.2));
        let paper = Paper { pages: vec![page(1, PageKind::Body), wide, appendix], ..Paper::default() };
        assert_eq!(Measures::usual(&paper).margin, Some([75, 72, 70, 90]));
    }

    #[test]
    fn only_ten_pages_with_something_active_are_told() {
        let mut paper = Paper::default();
        let one = |page| crate::paper::Active {
            kind: ActiveKind::JavaScript,
            path: String::new(),
            target: String::new(),
            page,
        };
        paper.unshown.active =
            (1..=12).map(|page| one(Some(page))).chain([one(None), one(Some(1))]).collect();
        assert_eq!(active(&paper)["javascript"], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]);
    }
}
