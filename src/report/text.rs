//! The report for people: the answer first, then each thing to mend, in miette's look.
//!
//! Everything that a file says is stripped of control characters before it reaches a terminal.

use super::line_column::LineColumn;
use super::{Look, wording};
use crate::check::{Outcome, Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::place::{Place, Span};
use crate::problem::{Problem, ProblemKind};
use crate::rule::Skip;
use crate::submission::Submission;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;

/// The narrowest terminal that a report is wrapped to.
const NARROWEST: usize = 40;
/// Columns that stand before the words of a quoted line: number and frame.
const GUTTER: usize = 12;
/// Problems that are listed one by one; `--format json` lists all.
const MOST_PROBLEMS: usize = 8;

/// The whole report, ending with a line break.
pub(super) fn write(report: &Report<'_>, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page =
        Page { look: Look { width: look.width.max(NARROWEST), ..look.clone() }, text: String::new() };
    page.head(report);
    let (notes, grave): (Vec<_>, Vec<_>) =
        report.findings().into_iter().partition(|(v, f)| v.severity_of(f) == Severity::Note);
    for (verdict, finding) in grave {
        page.finding(verdict, finding, report.submission);
    }
    page.notes(&notes, report.submission);
    page.open_rules(report);
    page.problems(report);
    page.blank();
    page.prose("", &wording::quiet_rules(report));
    page.prose("", &wording::answer(report));
    if let Some(earlier) = &look.earlier {
        page.heading("since the earlier report", false);
        for (what, words) in earlier.compare(report).lines() {
            page.prose("  ", &format!("{what}: {words}"));
        }
    }
    out.write_all(page.text.as_bytes())
}

/// A page of text that grows.
struct Page {
    look: Look,
    text: String,
}

impl Page {
    fn head(&mut self, report: &Report<'_>) {
        self.prose("", &wording::subject(report));
        let colour = match report.outcome() {
            Outcome::Pass => Colour::Green,
            Outcome::Fail => Colour::Red,
            Outcome::Undetermined => Colour::Yellow,
        };
        let verdict = wrapped(&wording::plain(&wording::verdict(report)), "", "  ", self.look.width);
        self.text += &format!("{}\n", self.painted(colour, &verdict));
        for line in [wording::main_text(report), wording::pictures(report)].into_iter().flatten() {
            self.prose("", &line);
        }
    }

    fn finding(&mut self, verdict: &Verdict, finding: &Finding, submission: &Submission) {
        self.blank();
        let shown = Shown::of(verdict, finding, submission, self.look.width);
        let theme =
            if self.look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let drawn = GraphicalReportHandler::new_themed(theme)
            .with_width(self.look.width)
            .with_break_words(false)
            .without_primary_span_start()
            .without_syntax_highlighting()
            .render_report(&mut self.text, &shown);
        drawn.expect("internal error: writing to a string does not fail");
        for line in wording::related(&finding.related, submission) {
            self.prose("  see also: ", &line);
        }
        if let Some(clause) = &finding.clause {
            self.prose("  the call asks: ", &wording::asked(clause));
        }
    }

    fn notes(&mut self, notes: &[(&Verdict, &Finding)], submission: &Submission) {
        self.heading("notes", notes.is_empty());
        for (verdict, finding) in notes {
            let place = wording::place_of_note(finding, submission);
            self.prose("  ☞ ", &format!("{}: {}{place}", wording::rule_name(verdict.rule), finding.message));
        }
    }

    fn open_rules(&mut self, report: &Report<'_>) {
        let open: Vec<_> = report
            .verdicts
            .iter()
            .filter_map(|v| match &v.result {
                Err(Skip::Undetermined(reason)) => Some((v.rule, reason)),
                _ => None,
            })
            .collect();
        self.heading(&wording::heading_of_open(report, open.len()), open.is_empty());
        // One reason leaves many rules open: it is told once, with all of them.
        let mut told: Vec<&String> = Vec::new();
        for (_, reason) in &open {
            if told.contains(reason) {
                continue;
            }
            told.push(reason);
            let same = open.iter().filter(|(_, other)| other == reason);
            let rules: Vec<_> = same.map(|(rule, _)| wording::rule_name(rule)).collect();
            let needs_paper =
                report.problems.iter().any(|p| p.kind == ProblemKind::NoPaper && p.message == **reason);
            let words = if needs_paper {
                wording::left_without_paper(rules.len(), reason)
            } else {
                wording::left_open(&rules, reason)
            };
            self.prose("  ? ", &words);
        }
    }

    /// What was not read, unless a finding has said so already.
    fn problems(&mut self, report: &Report<'_>) {
        let findings = report.findings();
        let is_told = |p: &&Problem| findings.iter().any(|(_, f)| f.message.ends_with(&p.message));
        let untold: Vec<_> = report.problems.iter().filter(|p| !is_told(p)).collect();
        self.heading("not read", untold.is_empty());
        for problem in untold.iter().take(MOST_PROBLEMS) {
            let file =
                problem.file.map_or(&*report.submission.name, |f| wording::file_name(f, report.submission));
            let page = problem.page.map_or(String::new(), |page| format!(", page {page}"));
            self.prose("  - ", &format!("{file}{page}: {}", problem.message));
        }
        if untold.len() > MOST_PROBLEMS {
            self.prose("  - ", &format!("and {} more", untold.len() - MOST_PROBLEMS));
        }
    }

    fn heading(&mut self, words: &str, is_empty: bool) {
        if !is_empty {
            self.blank();
            self.prose("", &format!("{words}:"));
        }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph behind a mark, its further lines set in.
    fn prose(&mut self, mark: &str, words: &str) {
        let rest = " ".repeat(mark.chars().count().clamp(2, 8));
        self.text += &wrapped(&wording::plain(words), mark, &rest, self.look.width);
        self.text.push('\n');
    }

    fn painted(&self, colour: Colour, words: &str) -> String {
        if self.look.color { format!("\u{1b}[1;{}m{words}\u{1b}[0m", colour as u8) } else { words.to_owned() }
    }
}

/// Colours of a terminal. Source: ECMA-48, select graphic rendition.
#[derive(Clone, Copy)]
enum Colour {
    Red = 31,
    Green = 32,
    Yellow = 33,
}

/// A finding as miette draws it. Findings themselves know nothing of miette: many are boxes on pages, not spans.
#[derive(Debug)]
struct Shown {
    message: String,
    code: String,
    severity: miette::Severity,
    help: String,
    quote: Option<Quote>,
    whereabouts: Option<Whereabouts>,
}

impl Shown {
    fn of(verdict: &Verdict, finding: &Finding, submission: &Submission, width: usize) -> Self {
        let place = wording::plain(&wording::place(&finding.at, submission));
        let words = finding.evidence.as_deref().map(wording::plain);
        let (quote, whereabouts) = match (&finding.at, words) {
            (Place::Span(span), words) => match Quote::of_source(&place, span, submission, width) {
                Some(quote) => (Some(quote), None),
                None => (None, Some(Whereabouts(words.map_or(place.clone(), |w| format!("{place}: “{w}”"))))),
            },
            (Place::Page { line_number: Some(line), .. }, Some(words)) if !words.is_empty() => {
                let words = cut(&words, width.saturating_sub(GUTTER));
                let marked = 0..words.len();
                (Some(Quote { name: place, line: *line as usize, words, marked }), None)
            }
            (_, Some(words)) => (None, Some(Whereabouts(format!("{place}: “{words}”")))),
            (_, None) => (None, Some(Whereabouts(place))),
        };
        Self {
            message: wording::plain(&finding.message),
            code: wording::rule_name(verdict.rule),
            severity: match verdict.severity_of(finding) {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help: wording::plain(&wording::help(verdict, finding)),
            quote,
            whereabouts,
        }
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Shown {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.whereabouts.as_ref().map(|w| w as _)
    }
}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.quote.as_ref().map(|quote| quote as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let quote = self.quote.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, quote.marked.start, quote.marked.len()))))
    }
}

/// Where a finding is, for places without a printed line number.
#[derive(Debug)]
struct Whereabouts(String);

impl Display for Whereabouts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Whereabouts {}

/// Words of one line: of a page, under the number printed beside it, or of a source, under its own.
#[derive(Debug)]
struct Quote {
    /// File and page.
    name: String,
    /// 1-based, as printed.
    line: usize,
    words: String,
    /// What of it is meant: bytes of the words, half-open.
    marked: std::ops::Range<usize>,
}

impl Quote {
    /// The line of a source where a span begins, what it covers of it marked; `None` where no line is there.
    fn of_source(place: &str, span: &Span, submission: &Submission, width: usize) -> Option<Self> {
        let file = submission.file(span.file)?;
        let start = span.bytes.start as usize;
        let before = file.bytes.get(..start)?;
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        let rest = file.bytes.get(start..)?;
        let end = memchr::memchr(b'\n', rest).map_or(file.bytes.len(), |n| start + n);
        let shown = |bytes: &[u8]| wording::plain(&String::from_utf8_lossy(bytes));
        let lead = shown(&file.bytes[line_start..start]);
        // A line longer than the report is shown from what is meant on.
        let lead = if lead.chars().count() + GUTTER < width / 2 { lead } else { String::new() };
        let covered = (span.bytes.end as usize).clamp(start, end);
        let meant =
            cut(&shown(&file.bytes[start..covered]), width.saturating_sub(GUTTER + lead.chars().count()));
        let marked = lead.len()..lead.len() + meant.len();
        let words =
            cut(&format!("{lead}{meant}{}", shown(&file.bytes[covered..end])), width.saturating_sub(GUTTER));
        let line = LineColumn::of(&file.bytes, span.bytes.start).line;
        let is_sound = !meant.is_empty() && words.get(marked.clone()).is_some();
        is_sound.then(|| Self { name: place.to_owned(), line, words, marked })
    }
}

impl SourceCode for Quote {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let words = self.words.as_bytes();
        let whole = SourceSpan::from((0, words.len()));
        let line = self.line.saturating_sub(1);
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), words, whole, line, 0, 1)))
    }
}

/// At most so many characters; an ellipsis stands for what is cut off: the end, or the start where one is cut already.
fn cut(words: &str, most: usize) -> String {
    let surplus = (words.chars().count() + 2).saturating_sub(most);
    if surplus <= 2 {
        return words.to_owned();
    }
    if let Some(rest) = words.strip_prefix('…') {
        let kept: String = rest.chars().skip(surplus - 1).collect();
        return format!("… {}", kept.trim_start());
    }
    let kept: String = words.chars().take(most.saturating_sub(2)).collect();
    format!("{} …", kept.trim_end())
}

/// Broken between words so that no line is wider than `width`, unless a single word is.
pub(super) fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_fresh = true;
    for word in text.split_whitespace() {
        if !is_fresh && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_fresh = true;
        }
        if !is_fresh {
            line.push(' ');
        }
        line += word;
        is_fresh = false;
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_command_the_terminal() {
        assert_eq!(wording::plain("a\u{1b}[31mb\u{7}\u{202e}c\nd"), "a[31mbc d");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", "> ", "  ", 9), "> one two\n  three");
        assert_eq!(wrapped("https://a.long.address/", "", "", 9), "https://a.long.address/");
        assert_eq!(wrapped("", "", "", 9), "");
    }

    #[test]
    fn a_long_quotation_is_cut() {
        assert_eq!(cut("one two three", 9), "one two …");
        assert_eq!(cut("one two", 7), "one two");
        assert_eq!(cut("… one two three", 9), "… o three");
    }
}
