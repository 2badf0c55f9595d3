//! The report as one page for a browser: no network, no script, nothing beside it.
//!
//! Everything that a file says is escaped by the template; pictures of pages are given once and shown by reference.

mod base64;
mod finding;
mod font;
pub(super) mod index;
mod prose;
mod sheet;

use self::finding::Shown;
use self::font::FontLine;
use self::prose::{Piece, pieces};
use self::sheet::{Image, Sheet};
use super::{Look, wording};
use crate::audience::Audience;
use crate::check::{Report, Verdict};
use crate::finding::Severity;
use crate::place::Place;
use crate::rule::Skip;
use askama::Template;
use std::io;

pub use self::sheet::pages_in_detail;

/// The whole page.
pub(super) fn write(report: &Report<'_>, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page::of(report, look).render().map_err(io::Error::other)?;
    out.write_all(page.as_bytes())
}

#[derive(Template)]
#[template(path = "report.html", config = "src/report/html/askama.toml")]
struct Page {
    outcome: &'static str,
    verdict: String,
    subject: String,
    lines: Vec<String>,
    images: Vec<Image>,
    why_no_images: &'static str,
    sheets: Vec<Sheet>,
    /// Parts that occur: class and name.
    legend: Vec<(&'static str, String)>,
    limit_words: Option<String>,
    /// Findings by severity, errors first.
    groups: Vec<Vec<Shown>>,
    /// What has changed since an earlier report: the kind of change, and the words.
    since: Vec<(&'static str, Vec<Piece>)>,
    open: Vec<RuleLine>,
    problems: Vec<(String, Vec<Piece>)>,
    passed: Vec<RuleLine>,
    idle: Vec<RuleLine>,
    quiet: String,
    facts: Vec<(&'static str, String)>,
    parts: Vec<PartLine>,
    fonts: Vec<FontLine>,
    /// Name, bytes, digest.
    files: Vec<(String, usize, String)>,
    made_by: String,
}

/// A rule without a finding.
struct RuleLine {
    name: String,
    url: String,
    reason: Vec<Piece>,
}

struct PartLine {
    name: String,
    first: u32,
    last: u32,
    pages: String,
    confidence: &'static str,
    evidence: String,
}

impl Page {
    fn of(report: &Report<'_>, look: &Look) -> Self {
        // A title block names its authors: a reviewer is shown no page.
        let is_blind = report.audience == Audience::Reviewer;
        let pictures = if is_blind { &[][..] } else { &look.pictures[..] };
        let shown = |level: Severity| -> Vec<_> {
            let of_level = |(v, f): &(&Verdict, &_)| v.severity_of(f) == level;
            let findings = report.findings().into_iter().filter(of_level);
            findings.map(|(v, f)| Shown::of(v, f, report.submission, pictures)).collect()
        };
        let groups = [Severity::Error, Severity::Warning, Severity::Note].map(shown);
        let profile = report.profile;
        Self {
            outcome: report.outcome().id(),
            verdict: capital(&wording::plain(&wording::verdict(report))),
            subject: wording::plain(&wording::subject(report)),
            lines: [wording::main_text(report), wording::pictures(report)]
                .into_iter()
                .flatten()
                .map(|l| capital(&l))
                .collect(),
            images: pictures.iter().map(Image::of).collect(),
            why_no_images: if is_blind {
                "Pages are not drawn for reviewers, since they may name the authors."
            } else if cfg!(feature = "pictures") {
                "The pages could not be drawn."
            } else {
                "This report is without pictures of the pages."
            },
            sheets: sheet::sheets(report, pictures),
            legend: sheet::legend(report),
            limit_words: sheet::limit(report).map(|_| sheet::limit_words(report)),
            groups: groups.into_iter().filter(|group| !group.is_empty()).collect(),
            since: since(report, look),
            open: rules(report, |skip| matches!(skip, Err(Skip::Undetermined(_)))),
            problems: problems(report),
            passed: rules(report, |result| matches!(result, Ok(found) if found.is_empty())),
            idle: rules(report, |skip| matches!(skip, Err(Skip::NotApplicable(_)))),
            quiet: capital(&wording::quiet_rules(report)),
            facts: facts(report),
            parts: parts(report),
            fonts: font::fonts(report),
            files: report
                .submission
                .files
                .iter()
                .map(|f| (wording::plain(&f.name), f.bytes.len(), f.sha256().to_owned()))
                .collect(),
            made_by: format!(
                "dlde {}; venue {}, stage {}, track {}; profile {}",
                env!("CARGO_PKG_VERSION"),
                profile.id,
                profile.stage.id(),
                profile.track.id(),
                profile.sha256
            ),
        }
    }
}

fn since(report: &Report<'_>, look: &Look) -> Vec<(&'static str, Vec<Piece>)> {
    let lines = look.earlier.as_ref().map(|earlier| earlier.compare(report).lines());
    lines.into_iter().flatten().map(|(what, words)| (what, pieces(&wording::plain(&words)))).collect()
}

/// The rules of which this holds, in order of code.
fn rules(
    report: &Report<'_>,
    is_meant: impl Fn(&Result<Vec<crate::finding::Finding>, Skip>) -> bool,
) -> Vec<RuleLine> {
    let line = |verdict: &Verdict| RuleLine {
        name: wording::rule_name(verdict.rule),
        url: wording::rule_url(verdict.rule),
        reason: match &verdict.result {
            Err(Skip::Undetermined(why) | Skip::NotApplicable(why)) => pieces(&wording::plain(why)),
            Ok(_) => Vec::new(),
        },
    };
    report.verdicts.iter().filter(|v| is_meant(&v.result)).map(line).collect()
}

fn problems(report: &Report<'_>) -> Vec<(String, Vec<Piece>)> {
    let line = |problem: &crate::problem::Problem| {
        let at = match (problem.file, problem.page) {
            (Some(file), Some(page)) => Place::whole_page(file, page),
            (Some(file), None) => Place::whole_file(file),
            (None, _) => Place::Submission,
        };
        (wording::plain(&wording::place(&at, report.submission)), pieces(&wording::plain(&problem.message)))
    };
    report.problems.iter().map(line).collect()
}

/// What the paper is, in a few words each; nothing where it was not read.
fn facts(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let paper = &report.paper;
    if !paper.is_read() {
        return Vec::new();
    }
    let style = &paper.style;
    let id =
        style.id.clone().or_else(|| style.family.clone().map(|family| format!("of the family {family}")));
    let mode = style.mode.map_or(String::new(), |mode| format!(", {}", mode.id()));
    let yes = |holds: bool| if holds { "yes" } else { "no" }.to_owned();
    let mut facts = vec![
        ("Title", paper.title.as_deref().map_or("not found".to_owned(), wording::plain)),
        ("Style", format!("{}{mode} ({})", id.unwrap_or("not known".to_owned()), style.confidence.id())),
        ("Pages", paper.coverage.pages.to_string()),
        (
            "Sheet",
            paper.page_size.map_or("unknown".to_owned(), |(width, height)| wording::sheet(width, height)),
        ),
        ("Columns", paper.columns.to_string()),
        ("Lines numbered", yes(paper.line_numbers)),
        ("Anonymous", paper.is_anonymous().map_or("could not be determined".to_owned(), yes)),
    ];
    for departure in &paper.typesetting.departures {
        facts.push(("Unlike the style", wording::plain(&wording::departure(departure))));
    }
    facts
}

fn parts(report: &Report<'_>) -> Vec<PartLine> {
    let line = |part: &crate::paper::PartSpan| PartLine {
        name: part.part.to_string(),
        first: part.start.page.0,
        last: part.last_page.0,
        pages: format!("{:.2}", part.pages),
        confidence: part.confidence.id(),
        evidence: wording::plain(&part.evidence.join(", ")),
    };
    report.paper.parts.iter().map(line).collect()
}

/// With a capital.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
