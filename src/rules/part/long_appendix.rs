use crate::count;
use crate::finding::{Finding, Measure, Severity};
use crate::part::Part;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::start_of;
use crate::rules::precondition::{is_paper, page_limit, read_pdf};

rule! {
    /// ## What it checks
    /// The appendices together stay shorter than what the venue's profile calls long.
    ///
    /// ## Why it matters
    /// Reviewers need not read an appendix. What the claims rest on belongs into the main text, and a long
    /// appendix asks for time that reviewers do not have.
    ///
    /// ## What to do
    /// Keep what a reader needs to trust or repeat the work, and leave the rest to a longer paper. Nothing has
    /// to change: this is advice.
    pub static LONG_APPENDIX: Rule = {
        code: "PART003",
        name: "long-appendix",
        aliases: &[],
        severity: Severity::Note,
        needs: &[Input::EveryPage],
        check: appendix_is_short,
    }
}

fn appendix_is_short(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    is_paper(case)?;
    page_limit(case)?;
    let nothing_asked = || Skip::not_applicable("no length of an appendix is called long here");
    let long = case.profile.long_appendix.as_ref().ok_or_else(nothing_asked)?;
    let file = read_pdf(case)?;
    let appendices = || case.paper.parts.iter().filter(|p| p.part == Part::Appendix);
    let pages: f64 = appendices().map(|p| p.pages).sum();
    let (Some(first), true) = (appendices().next(), pages >= f64::from(long.value)) else {
        return Ok(Vec::new());
    };
    let message = format!(
        "the appendix fills {} from page {} on, {} of the file; from {} on it is long",
        count::pages(pages),
        first.start.page,
        count::percent(pages / f64::from(case.paper.coverage.pages)),
        count::whole_pages(long.value)
    );
    let message = if appendices().any(|p| p.is_referred_to) {
        message
    } else {
        format!("{message}, and the main text does not refer to it")
    };
    let mut finding = Finding::new(message, start_of(file, first))
        .measured(Measure::Number(pages), Measure::Number(f64::from(long.value)))
        .confidence(first.confidence)
        .asked_by(&long.clause);
    finding.evidence = first.heading.as_ref().map(|heading| heading.text.clone());
    Ok(vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, part};

    fn with_appendix(pages: f64) -> Paper {
        paper_with(|p| {
            p.coverage.pages = 10;
            p.parts.push(part(Part::Appendix, 6, pages));
        })
    }

    #[test]
    fn less_than_four_pages_pass_and_four_do_not() {
        Trial::of(&LONG_APPENDIX)
            .passes(&paper_with(|_| ()))
            .passes(&with_appendix(3.99))
            .fails(&with_appendix(4.0));
    }

    #[test]
    fn two_appendices_are_added_up() {
        let mut paper = with_appendix(2.0);
        paper.parts.push(part(Part::Appendix, 9, 2.5));
        let found = Trial::of(&LONG_APPENDIX).finding(&paper);
        assert_eq!(
            found.message,
            "the appendix fills 4.50 pages from page 6 on, 45 % of the file; from 4 pages on it is long"
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_asked() {
        let long = with_appendix(9.0);
        Trial::of(&LONG_APPENDIX).profile(|p| p.long_appendix = None).not_applicable(&long);
        Trial::of(&LONG_APPENDIX).profile(|p| p.main_pages = None).not_applicable(&long);
    }

    #[test]
    fn a_page_that_was_not_read_may_belong_to_it() {
        Trial::of(&LONG_APPENDIX).undetermined(&paper_with_picture(5)).undetermined(&Paper::default());
    }
}
