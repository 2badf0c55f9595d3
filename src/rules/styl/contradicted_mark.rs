use crate::finding::{Confidence, Finding, Severity};
use crate::paper::{Mark, Paper};
use crate::part::Part;
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{read_pdf, required_style};

rule! {
    /// ## What it checks
    /// The mark that the style leaves in the file's information dictionary (`/DLDE`) agrees with what the pages show:
    /// the style, its mode, how many pages there are, and where the references begin.
    ///
    /// ## Why it matters
    /// The mark proves nothing, since anybody can write one. Where it and the pages disagree, the file was changed
    /// after it was built, or the mark was put there by hand.
    ///
    /// ## What to do
    /// Build the paper again from its sources, twice, and hand in that file as it is.
    ///
    /// ## Limits
    /// A file without a mark passes: other styles, and other versions of this one, write none.
    pub static CONTRADICTED_MARK: Rule = {
        code: "STYL006",
        name: "contradicted-mark",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: mark_agrees_with_the_pages,
    }
}

fn mark_agrees_with_the_pages(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = required_style(case)?;
    let file = read_pdf(case)?;
    let Some(mark) = &case.paper.mark else { return Ok(Vec::new()) };
    let at = || Place::File { file, inside: Some("/Info/DLDE".to_owned()) };
    let tell = |message: String| Finding::new(message, at()).asked_by(&demand.clause);
    let style = style_differs(mark, case.paper).map(tell);
    // XeTeX writes the counts of the run before.
    let counts = counts_differ(mark, case.paper).map(|m| tell(m).lowered_to(Severity::Note));
    Ok(style.into_iter().chain(counts).collect())
}

/// The style or its mode is another.
fn style_differs(mark: &Mark, paper: &Paper) -> Option<String> {
    let says =
        |marked: &str, shown: &str| format!("the file's own mark says {marked}; its pages show {shown}");
    match (&mark.style, &paper.style.id) {
        (Some(marked), Some(shown)) if marked != shown => return Some(says(marked, shown)),
        _ => {}
    }
    let (marked, shown) = (mark.mode?, paper.style.mode?);
    (marked != shown).then(|| says(&format!("{} mode", marked.id()), &format!("{} mode", shown.id())))
}

/// The pages, or the page of the references, are others.
fn counts_differ(mark: &Mark, paper: &Paper) -> Option<String> {
    let pages = mark.pages.filter(|pages| *pages != paper.coverage.pages);
    if let Some(pages) = pages {
        let shown = paper.coverage.pages;
        return Some(format!("the file's own mark counts {pages} pages; there are {shown}"));
    }
    let part = paper.part(Part::References).filter(|p| p.confidence == Confidence::Certain)?;
    let (marked, shown) = (mark.references?, part.start.page.0);
    (marked != shown).then(|| {
        format!(
            "the file's own mark says that the references begin on page {marked}; they begin on page {shown}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture};
    use crate::style::StyleMode;

    fn marked(change: impl FnOnce(&mut Mark)) -> Paper {
        paper_with(|p| {
            let mut mark = Mark {
                style: Some("dlde_neurips_2023".to_owned()),
                mode: Some(StyleMode::Submission),
                pages: Some(p.coverage.pages),
                references: Some(p.coverage.pages),
            };
            change(&mut mark);
            p.mark = Some(mark);
        })
    }

    #[test]
    fn a_mark_agrees_or_is_told() {
        Trial::of(&CONTRADICTED_MARK)
            .passes(&marked(|_| ()))
            .passes(&paper_with(|p| p.mark = None))
            .fails(&marked(|m| m.style = Some("dlde_neurips_2022".to_owned())))
            .fails(&marked(|m| m.mode = Some(StyleMode::Final)))
            .undetermined(&paper_with_picture(2));
    }

    #[test]
    fn other_counts_are_a_note() {
        let trial = Trial::of(&CONTRADICTED_MARK);
        for paper in [marked(|m| m.pages = Some(9)), marked(|m| m.references = Some(2))] {
            assert_eq!(trial.finding(&paper).severity, Some(Severity::Note));
        }
    }
}
