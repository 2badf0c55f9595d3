//! Places, lengths, verdicts and skips in words, once for every format.

use super::line_column::LineColumn;
use crate::check::{Outcome, Report, Verdict};
use crate::count;
use crate::finding::{Clause, Finding, Severity};
#[cfg(feature = "html")]
use crate::paper::{Aspect, Departure};
use crate::place::{FileId, Place};
use crate::profile::{Stage, Track};
use crate::rule::{Rule, Skip};
use crate::submission::Submission;
use crate::units::Length;

/// Sheets that have a name, in bp. Source: ISO 216, ANSI/ASME Y14.1.
const SHEETS: [(&str, Length, Length); 2] =
    [("letter", Length::inches(8.5), Length::inches(11.0)), ("a4", Length::mm(210.0), Length::mm(297.0))];
/// Programs round the sides of a sheet to whole points, and some to the wrong one.
const SHEET_TOLERANCE: Length = Length::bp(2.0);

/// Name first, then code: `page-limit-exceeded (PAGE001)`.
pub(super) fn rule_name(rule: &Rule) -> String {
    format!("{} ({})", rule.name, rule.code)
}

/// Where a rule is explained.
pub(super) fn rule_url(rule: &Rule) -> String {
    format!("{}/blob/main/rules/README.md#{}", env!("CARGO_PKG_REPOSITORY"), rule.name)
}

/// What was checked against what, and why that: `paper.pdf: dlde-2023, the default`.
pub(super) fn subject(report: &Report<'_>) -> String {
    let profile = report.profile;
    let mut words = format!("{}: {}", report.submission.name, profile.id);
    if !profile.chosen.is_empty() {
        words += &format!(", {}", profile.chosen);
    }
    if profile.stage != Stage::default() {
        words += &format!("; stage {}", profile.stage.id());
    }
    if profile.track != Track::default() {
        words += &format!("; track {}", profile.track.id());
    }
    words
}

/// Without what a terminal would obey: control characters, and marks that turn the direction of writing.
pub fn plain(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control() && !turns(*c))
        .collect()
}

/// The answer: `would be turned away: 2 errors, 1 warning`.
pub fn verdict(report: &Report<'_>) -> String {
    let found = number_of_findings(report);
    let open = open_demands(report);
    match report.outcome() {
        Outcome::Pass if found.is_empty() => "may be submitted".to_owned(),
        Outcome::Pass => format!("may be submitted, with {found}"),
        Outcome::Fail if open.is_empty() => format!("would be turned away: {found}"),
        Outcome::Fail => format!("would be turned away: {found}; {}", number_open(open.len())),
        Outcome::Undetermined => {
            let why = match open.first() {
                None => "the paper could not be read".to_owned(),
                Some(first) if open.iter().all(|reason| reason == first) => (*first).to_owned(),
                Some(_) => number_open(open.len()),
            };
            let rest = if found.is_empty() { found } else { format!("; {found}") };
            format!("could not be determined: {why}{rest}")
        }
    }
}

/// The answer as the sentence that a report ends with: whether this paper may be submitted as it is.
pub(super) fn answer(report: &Report<'_>) -> String {
    let errors = report.findings().iter().filter(|(v, f)| v.severity_of(f) == Severity::Error).count();
    match report.outcome() {
        Outcome::Pass if report.left_out() > 0 => {
            "Yes, as far as the rules that were run can tell, this paper may be submitted as it is."
                .to_owned()
        }
        Outcome::Pass => "Yes, this paper may be submitted as it is.".to_owned(),
        Outcome::Fail => {
            let errors = count::counted(errors, "error", "errors");
            format!("No, this paper would be turned away as it is: mend {errors} first.")
        }
        Outcome::Undetermined => {
            "Whether this paper may be submitted could not be determined; that is not a yes.".to_owned()
        }
    }
}

fn number_of_findings(report: &Report<'_>) -> String {
    let findings = report.findings();
    let number = |level| findings.iter().filter(|(v, f)| v.severity_of(f) == level).count();
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .map(|(level, word)| (number(level), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| count::counted(n, word, &format!("{word}s")))
        .collect::<Vec<_>>()
        .join(", ")
}

fn number_open(n: usize) -> String {
    format!("{} left open", count::counted(n, "demand", "demands"))
}

/// The heading of what was left open: the answer counts only the rules that can turn a paper away.
pub(super) fn heading_of_open(report: &Report<'_>, rules: usize) -> String {
    match open_demands(report).len() {
        grave if grave == rules => "could not be determined".to_owned(),
        grave => {
            let rules = count::counted(rules, "rule", "rules");
            format!("could not be determined ({rules}, {grave} of which can turn a paper away)")
        }
    }
}

/// Why each error-level demand that was not determined was not.
fn open_demands<'a>(report: &'a Report<'_>) -> Vec<&'a str> {
    let open = |v: &'a Verdict| match &v.result {
        Err(Skip::Undetermined(reason)) if v.severity == Severity::Error => Some(reason.as_str()),
        _ => None,
    };
    report.verdicts.iter().filter_map(open).collect()
}

/// A change in length that shows when pages are told to the hundredth.
const LEAST_CHANGE: f64 = 0.01;

/// How long the main text is and where it ends; `None` where no PDF was read.
pub(super) fn main_text(report: &Report<'_>) -> Option<String> {
    if !report.paper.is_read() {
        return None;
    }
    let main = &report.paper.main_text;
    let Some(end) = &main.end else {
        return Some("no main text in this file".to_owned());
    };
    let length = match &report.profile.main_pages {
        Some(limit) => format!("{:.2} of {}", main.pages, count::whole_pages(limit.value)),
        None => count::pages(main.pages),
    };
    let line = end.line_number.map_or(String::new(), |line| format!(", line {line}"));
    let in_style = report.paper.pages_in_style().filter(|pages| pages - main.pages >= LEAST_CHANGE);
    let in_style = in_style.map_or(String::new(), |pages| format!("; {pages:.2} in the required style"));
    Some(format!("main text {length} (ends on page {}{line}){in_style}", end.at.page))
}

/// Which pages have no text to check; `None` where every page has.
pub(super) fn pictures(report: &Report<'_>) -> Option<String> {
    let pages = &report.paper.coverage.without_text;
    match pages.len() {
        0 => None,
        1 => Some(format!("page {} is a picture: what it says was not checked", pages[0])),
        _ => Some(format!("pages {} are pictures: what they say was not checked", count::page_list(pages))),
    }
}

/// What the call asks, and where: `at most four pages (https://…, section Submission)`.
pub(super) fn asked(clause: &Clause) -> String {
    let section =
        if clause.section.is_empty() { String::new() } else { format!(", section {}", clause.section) };
    format!("{} ({}{section})", clause.says, clause.url)
}

/// What to do about a finding: its own advice, or its rule's.
pub(super) fn help(verdict: &Verdict, finding: &Finding) -> String {
    finding.help.clone().unwrap_or_else(|| verdict.rule.section("What to do"))
}

/// Where a note stands, in brackets; nothing where its message tells the page, or it speaks of the whole submission.
pub fn place_of_note(finding: &Finding, submission: &Submission) -> String {
    let is_told = match &finding.at {
        Place::Submission => true,
        Place::Page { page, .. } => finding.message.contains(&format!("page {page}")),
        Place::File { .. } | Place::Span(_) => false,
    };
    if is_told { String::new() } else { format!(" ({})", place(&finding.at, submission)) }
}

/// Why rules were left open: `page-limit-exceeded (PAGE001): no PDF`, or the reason first where it is that of many.
pub(super) fn left_open(rules: &[String], reason: &str) -> String {
    match rules {
        [rule] => format!("{rule}: {reason}"),
        _ => format!("{reason}: {}", rules.join(", ")),
    }
}

/// How many rules were left open for want of the paper's PDF, which says nothing about what was handed in instead.
pub(super) fn left_without_paper(rules: usize, reason: &str) -> String {
    let rules = count::counted(rules, "rule", "rules");
    format!("{reason}: {rules} on its pages, words and type need the PDF (`--format json` lists them)")
}

/// A place in words, without the printed line number: `paper.pdf, page 5`.
pub(super) fn place(place: &Place, submission: &Submission) -> String {
    match place {
        Place::Span(span) => {
            let text = submission.file(span.file).map_or(&[][..], |f| &f.bytes);
            let LineColumn { line, column } = LineColumn::of(text, span.bytes.start);
            format!("{}:{line}:{column}", file_name(span.file, submission))
        }
        Place::Page { file, page, .. } => format!("{}, page {page}", file_name(*file, submission)),
        Place::File { file, inside: Some(inside) } => format!("{}, {inside}", file_name(*file, submission)),
        Place::File { file, inside: None } => file_name(*file, submission).to_owned(),
        Place::Submission => submission.name.clone(),
    }
}

/// Related places, one line for each; pages of one file that are named for the same share one:
/// `paper.pdf, pages 1, 2, 4: also here`.
pub(super) fn related(places: &[(Place, String)], submission: &Submission) -> Vec<String> {
    let page_of = |at: &Place| match at {
        Place::Page { file, page, .. } => Some((*file, *page)),
        _ => None,
    };
    let is_same = |a: &(Place, String), b: &(Place, String)| {
        let files = (page_of(&a.0).map(|p| p.0), page_of(&b.0).map(|p| p.0));
        a.1 == b.1 && files.0.is_some() && files.0 == files.1
    };
    let line = |run: &[(Place, String)]| {
        let pages: Vec<String> = run.iter().filter_map(|r| page_of(&r.0)).map(|p| p.1.to_string()).collect();
        match (run, page_of(&run[0].0)) {
            ([_, _, ..], Some((file, _))) => {
                format!("{}, pages {}: {}", file_name(file, submission), pages.join(", "), run[0].1)
            }
            _ => format!("{}: {}", place(&run[0].0, submission), run[0].1),
        }
    };
    places.chunk_by(is_same).map(line).collect()
}

/// The name of a file; the submission's own for an id that names none.
pub(super) fn file_name(file: FileId, submission: &Submission) -> &str {
    submission.file(file).map_or(&submission.name, |f| &f.name)
}

/// One measure that is not the style's: `leading: 9.5 bp, the style sets 10.9 bp; 12 times`.
#[cfg(feature = "html")]
pub(super) fn departure(departure: &Departure) -> String {
    let is_share = matches!(departure.aspect, Aspect::PageScale | Aspect::LetterWidth);
    let value = |v: f64| if is_share { count::percent_to_tenth(v) } else { format!("{v:.1} bp") };
    let times = count::counted(departure.count as usize, "time", "times");
    let (measured, allowed) = (value(departure.measured), value(departure.allowed));
    format!("{}: {measured}, the style sets {allowed}; {times}", departure.what)
}

/// The name of a sheet, or its width and height in bp.
pub(super) fn sheet(width: Length, height: Length) -> String {
    let near = |a: Length, b: Length| (a - b).abs() <= SHEET_TOLERANCE;
    SHEETS.iter().find(|(_, w, h)| near(width, *w) && near(height, *h)).map_or_else(
        || format!("{:.1} x {:.1} bp", width.to_bp(), height.to_bp()),
        |(name, ..)| (*name).to_owned(),
    )
}

/// How many rules had nothing to say: `11 rules passed, 2 do not apply`.
pub(super) fn quiet_rules(report: &Report<'_>) -> String {
    let passed = report.verdicts.iter().filter(|v| matches!(&v.result, Ok(f) if f.is_empty())).count();
    let idle = report.verdicts.iter().filter(|v| matches!(v.result, Err(Skip::NotApplicable(_)))).count();
    let passed = count::counted(passed, "rule passed", "rules passed");
    let idle = match idle {
        0 => String::new(),
        1 => ", 1 does not apply here".to_owned(),
        n => format!(", {n} do not apply here"),
    };
    let left_out = match report.left_out() {
        0 => String::new(),
        n => format!(", {n} left out by --select or --ignore"),
    };
    let suppressed = match report.suppressed {
        0 => String::new(),
        n => format!(", {} answered for in the sources", count::counted(n as usize, "finding", "findings")),
    };
    format!("{passed}{idle}{left_out}{suppressed}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_known_though_rounded() {
        assert_eq!(sheet(Length::bp(612.0), Length::bp(792.0)), "letter");
        assert_eq!(sheet(Length::bp(595.0), Length::bp(842.0)), "a4");
        assert_eq!(sheet(Length::bp(500.0), Length::bp(700.0)), "500.0 x 700.0 bp");
    }

    #[test]
    fn a_place_names_its_file() {
        let submission = Submission::single("a.tex".to_owned(), b"one\ntwo".to_vec());
        let span = crate::place::Span { file: FileId(0), bytes: 4..7 };
        assert_eq!(place(&Place::Span(span), &submission), "a.tex:2:1");
        assert_eq!(place(&Place::whole_file(FileId(0)), &submission), "a.tex");
    }

    #[test]
    fn pages_that_say_the_same_share_a_line() {
        let submission = Submission::single("p.pdf".to_owned(), Vec::new());
        let on = |page, words: &str| {
            (Place::whole_page(FileId(0), crate::place::PageNumber(page)), words.to_owned())
        };
        let lines = related(&[on(1, "here"), on(2, "here"), on(4, "here"), on(5, "there")], &submission);
        assert_eq!(lines, ["p.pdf, pages 1, 2, 4: here", "p.pdf, page 5: there"]);
    }
}
