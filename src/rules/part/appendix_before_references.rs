use crate::finding::{Finding, Severity};
use crate::part::Part;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::start_of;
use crate::rules::precondition::{is_paper, page_limit, read_pdf};

rule! {
    /// ## What it checks
    /// The appendix stands after the references.
    ///
    /// ## Why it matters
    /// Reviewers read up to the references. What stands before them is taken for main text, and the limit is
    /// counted by it.
    ///
    /// ## What to do
    /// Put `\bibliography{...}` (or `\printbibliography`) before `\appendix`.
    pub static APPENDIX_BEFORE_REFERENCES: Rule = {
        code: "PART002",
        name: "appendix-before-references",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: references_come_first,
    }
}

fn references_come_first(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    is_paper(case)?;
    page_limit(case)?;
    let file = read_pdf(case)?;
    let first = |wanted| case.paper.parts.iter().position(|p| p.part == wanted);
    let (Some(appendix), Some(references)) = (first(Part::Appendix), first(Part::References)) else {
        return Ok(Vec::new());
    };
    if references < appendix {
        return Ok(Vec::new());
    }
    let (appendix, references) = (&case.paper.parts[appendix], &case.paper.parts[references]);
    let message = format!(
        "the appendix begins on page {}, before the references on page {}",
        appendix.start.page, references.start.page
    );
    let mut finding = Finding::new(message, start_of(file, appendix))
        .confidence(appendix.confidence.min(references.confidence));
    finding.evidence = appendix.heading.as_ref().map(|heading| heading.text.clone());
    finding.related.push((start_of(file, references), "the references begin here".to_owned()));
    Ok(vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, part};

    fn appendix_first() -> Paper {
        paper_with(|p| p.parts.insert(1, part(Part::Appendix, 4, 1.0)))
    }

    #[test]
    fn an_appendix_after_the_references_passes_and_one_before_them_does_not() {
        Trial::of(&APPENDIX_BEFORE_REFERENCES)
            .passes(&paper_with(|_| ()))
            .passes(&paper_with(|p| p.parts.push(part(Part::Appendix, 6, 1.0))))
            .fails(&appendix_first());
    }

    #[test]
    fn references_of_the_appendix_behind_it_are_no_matter() {
        let twice = paper_with(|p| {
            p.parts.push(part(Part::Appendix, 6, 1.0));
            p.parts.push(part(Part::References, 8, 1.0));
        });
        Trial::of(&APPENDIX_BEFORE_REFERENCES).passes(&twice);
    }

    #[test]
    fn both_beginnings_are_shown() {
        let found = Trial::of(&APPENDIX_BEFORE_REFERENCES).finding(&appendix_first());
        assert_eq!(found.message, "the appendix begins on page 4, before the references on page 5");
        assert_eq!(found.related.len(), 1);
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&APPENDIX_BEFORE_REFERENCES)
            .undetermined(&paper_with_picture(3))
            .undetermined(&Paper::default())
            .profile(|p| p.main_pages = None)
            .not_applicable(&appendix_first());
    }
}
