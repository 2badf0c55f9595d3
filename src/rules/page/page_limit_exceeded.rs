use crate::count;
use crate::finding::{Confidence, Finding, Measure, Severity};
use crate::paper::{MainText, MainTextEnd};
use crate::part::Part;
use crate::place::{FileId, Place};
use crate::profile::Demand;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::start_of;
use crate::rules::precondition::{main_text_end, page_limit, pages_are_read, read_pdf};

/// Two lengths in pages that differ by less are equal: a page has far fewer than a million points.
const ROUNDING: f64 = 1e-6;
/// Words of the last line that are quoted: enough to find it with a viewer's search.
const QUOTED_WORDS: usize = 8;

rule! {
    /// ## What it checks
    /// The main text ends within the venue's page limit, to the line. References, acknowledgments and the
    /// appendix do not count where the venue leaves them out; figures and tables of the main text do, wherever
    /// they land before the appendix.
    ///
    /// ## Why it matters
    /// A paper over the limit is commonly turned away without being read; one line over is over.
    ///
    /// ## What to do
    /// Shorten the main text, or move derivations and further results to an appendix after the references. Do
    /// not shrink margins, fonts or spacing: that is seen.
    ///
    /// ## Limits
    /// Where only its position speaks for the end of the main text, and another end would change the verdict,
    /// the rule gives none and says both lengths.
    pub static PAGE_LIMIT_EXCEEDED: Rule = {
        code: "PAGE001",
        name: "page-limit-exceeded",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: main_text_fits,
    }
}

fn main_text_fits(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let limit = page_limit(case)?;
    read_pdf(case)?;
    let file = pages_are_read(case, last_page_that_counts(case))?;
    let end = main_text_end(case)?;
    if let Some(page) = case.paper.second_paper {
        return Err(Skip::undetermined(format!(
            "a second title and abstract stand on page {page}; check each paper in a file of its own"
        )));
    }
    let main = &case.paper.main_text;
    boundary_decides(main, limit.value)?;
    if !is_over(main.pages, limit.value) {
        return Ok(Vec::new());
    }
    Ok(vec![overrun(case, limit, end, file)])
}

/// Every page before the references may hold main text; without references, every page may.
fn last_page_that_counts(case: &Case<'_>) -> u32 {
    let end = case.paper.main_text.end.as_ref().map_or(0, |end| end.at.page.0);
    let references = case.paper.part(Part::References).map(|part| part.start.page.0);
    references.unwrap_or(case.paper.coverage.pages).max(end)
}

/// An end that is in doubt decides nothing if the other candidate says otherwise.
fn boundary_decides(main: &MainText, limit: u32) -> Result<(), Skip> {
    let flips = |pages: f64| is_over(pages, limit) != is_over(main.pages, limit);
    match main.others.iter().find(|(pages, _)| flips(*pages)) {
        Some((pages, why)) => Err(Skip::undetermined(format!(
            "the main text fills {}, or {} if {why}; the limit is {}",
            count::pages(main.pages),
            count::pages(*pages),
            count::whole_pages(limit)
        ))),
        None => Ok(()),
    }
}

fn is_over(pages: f64, limit: u32) -> bool {
    pages > f64::from(limit) + ROUNDING
}

fn overrun(case: &Case<'_>, limit: &Demand<u32>, end: &MainTextEnd, file: FileId) -> Finding {
    let main = &case.paper.main_text;
    let excess = main.pages - f64::from(limit.value);
    // Whatever is over the limit is at least one line over.
    let lines = main.lines_beyond(limit.value).max(1);
    let message = format!(
        "the main text ends {}: {} ({}) over {}",
        where_it_ends(end),
        count::lines(lines),
        count::pages(excess),
        count::whole_pages(limit.value)
    );
    let mut finding = Finding::new(message, overflow(main, end, lines, file))
        .seen(last_words(&end.last.text))
        .measured(Measure::Number(main.pages), Measure::Number(f64::from(limit.value)))
        .asked_by(&limit.clause)
        .confidence(main.confidence.unwrap_or(Confidence::Possible))
        .help(advice(lines, excess, end.is_float));
    if let Some(references) = case.paper.part(Part::References) {
        finding.related.push((start_of(file, references), "the references begin here".to_owned()));
    }
    if lines <= case.profile.grace_lines { finding.lowered_to(Severity::Warning) } else { finding }
}

fn where_it_ends(end: &MainTextEnd) -> String {
    let page = end.at.page;
    match end.line_number {
        _ if end.is_float => format!("with a figure or table on page {page}"),
        Some(line) => format!("on page {page}, line {line}"),
        None => format!("on page {page}"),
    }
}

/// One box around the lines that are too many on the last page.
fn overflow(main: &MainText, end: &MainTextEnd, lines: u32, file: FileId) -> Place {
    let last = match &end.last.at {
        Place::Page { boxes, .. } => boxes.clone(),
        _ => Vec::new(),
    };
    let beyond = main.lines.iter().rev().take(lines as usize).filter(|l| l.page == end.at.page);
    let joined = beyond.map(|l| l.area).chain(last).reduce(|all, next| all.union(&next));
    Place::Page { file, page: end.at.page, boxes: joined.into_iter().collect(), line_number: end.line_number }
}

fn last_words(line: &str) -> String {
    let words: Vec<_> = line.split_whitespace().collect();
    let skipped = words.len().saturating_sub(QUOTED_WORDS);
    let start = if skipped > 0 { "… " } else { "" };
    format!("{start}{}", words[skipped..].join(" "))
}

fn advice(lines: u32, excess: f64, is_float: bool) -> String {
    let much = count::lines(lines);
    if is_float {
        format!(
            "make the last figure or table, or the text before it, {much} shorter; or move it to the appendix"
        )
    } else {
        let room = count::pages(excess);
        format!(
            "cut {much} ({room} with all that stands among them) from the main text, or move as much to an \
             appendix after the references"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::PageNumber;
    use crate::rules::trial::{PAGE, Trial, paper, paper_with, paper_with_picture};

    fn unsure(lines: u32, other: f64) -> Paper {
        let mut paper = paper(lines);
        paper.main_text.confidence = Some(Confidence::Possible);
        paper.main_text.others = vec![(other, "the last heading is an appendix".to_owned())];
        paper
    }

    #[test]
    fn the_last_line_of_page_four_passes_and_one_line_more_does_not() {
        Trial::of(&PAGE_LIMIT_EXCEEDED)
            .passes(&paper(PAGE))
            .passes(&paper(4 * PAGE))
            .fails(&paper(4 * PAGE + 1))
            .fails(&paper(9 * PAGE));
    }

    #[test]
    fn rounding_alone_is_not_a_line() {
        let mut paper = paper(4 * PAGE);
        paper.main_text.pages += ROUNDING / 2.0;
        Trial::of(&PAGE_LIMIT_EXCEEDED).passes(&paper);
    }

    #[test]
    fn the_message_says_where_and_by_how_much() {
        let paper = paper(4 * PAGE + 1);
        let found = Trial::of(&PAGE_LIMIT_EXCEEDED).finding(&paper);
        assert_eq!(found.message, "the main text ends on page 5, line 217: 1 line (0.02 page) over 4 pages");
        assert_eq!(found.evidence.as_deref(), Some("… sentence that has more words than are shown"));
        assert_eq!(found.allowed, Some(Measure::Number(4.0)));
        assert_eq!(found.related[0].1, "the references begin here");
        assert_eq!(found.severity, None);
    }

    #[test]
    fn a_paper_without_line_numbers_is_told_the_page() {
        let mut paper = paper(4 * PAGE + 1);
        let end = paper.main_text.end.as_mut().expect("an end");
        end.line_number = None;
        let trial = Trial::of(&PAGE_LIMIT_EXCEEDED);
        assert!(trial.finding(&paper).message.starts_with("the main text ends on page 5: 1 line"));
        paper.main_text.end.as_mut().expect("an end").is_float = true;
        assert!(
            trial.finding(&paper).message.starts_with("the main text ends with a figure or table on page 5")
        );
    }

    #[test]
    fn within_the_grace_it_is_a_warning_and_beyond_it_an_error() {
        let paper = paper(4 * PAGE + 3);
        let over = paper.main_text.lines_beyond(4).max(1);
        let severity = |grace: u32| {
            Trial::of(&PAGE_LIMIT_EXCEEDED).profile(|p| p.grace_lines = grace).finding(&paper).severity
        };
        assert_eq!(severity(over), Some(Severity::Warning));
        assert_eq!(severity(over - 1), None);
    }

    #[test]
    fn without_a_limit_nothing_is_asked() {
        Trial::of(&PAGE_LIMIT_EXCEEDED).profile(|p| p.main_pages = None).not_applicable(&paper(9 * PAGE));
    }

    #[test]
    fn a_file_without_main_text_is_never_passed() {
        let supplement = paper_with(|p| p.main_text = MainText::default());
        Trial::of(&PAGE_LIMIT_EXCEEDED)
            .undetermined_because(&supplement, "no main text in this file")
            .undetermined_because(&Paper::default(), "no PDF could be read");
    }

    #[test]
    fn a_picture_before_the_references_leaves_it_open_and_one_after_does_not() {
        let later = |p: &mut Paper| {
            p.coverage.pages = 7;
            p.coverage.without_text.push(PageNumber(7));
        };
        let mut without_references = paper_with(later);
        without_references.parts.retain(|p| p.part != Part::References);
        Trial::of(&PAGE_LIMIT_EXCEEDED)
            .undetermined_because(&paper_with_picture(2), "page 2 is a picture without text")
            .undetermined(&paper_with_picture(4))
            .passes(&paper_with(later))
            .undetermined(&without_references);
    }

    #[test]
    fn an_unsure_end_decides_only_if_both_candidates_agree() {
        Trial::of(&PAGE_LIMIT_EXCEEDED)
            .undetermined_because(
                &unsure(4 * PAGE + 27, 3.9),
                "the main text fills 4.50 pages, or 3.90 pages if the last heading is an appendix; the limit is 4 pages",
            )
            .undetermined(&unsure(4 * PAGE, 4.1))
            .passes(&unsure(3 * PAGE, 4.0))
            .fails(&unsure(5 * PAGE, 4.1));
    }
}
