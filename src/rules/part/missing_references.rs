use crate::count;
use crate::finding::{Confidence, Finding, Severity};
use crate::part::Part;
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{every_page_is_read, is_paper, main_text_end, page_limit};

rule! {
    /// ## What it checks
    /// A paper with a main text has a reference list.
    ///
    /// ## Why it matters
    /// A list that is missing is often a build that went wrong, and without one every page up to the appendix
    /// counts as main text.
    ///
    /// ## What to do
    /// Run BibTeX or Biber and build again until no citation is shown as a question mark. If the list is there
    /// under an unusual heading, call it References.
    pub static MISSING_REFERENCES: Rule = {
        code: "PART001",
        name: "missing-references",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::Pdf],
        check: references_are_there,
    }
}

fn references_are_there(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    is_paper(case)?;
    page_limit(case)?;
    if case.paper.part(Part::References).is_some() {
        return Ok(Vec::new());
    }
    // Absence means something only where every page was read.
    let file = every_page_is_read(case)?;
    main_text_end(case)?;
    let message = format!(
        "no reference list was found on {}; a paper has one",
        count::whole_pages(case.paper.coverage.pages)
    );
    let finding = Finding::new(message, Place::whole_file(file)).confidence(Confidence::Likely);
    Ok(vec![finding])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{MainText, Paper};
    use crate::place::PageNumber;
    use crate::rules::trial::{Trial, paper_with};

    fn without_references(p: &mut Paper) {
        p.parts.retain(|part| part.part != Part::References);
    }

    #[test]
    fn a_paper_with_references_passes_and_one_without_does_not() {
        Trial::of(&MISSING_REFERENCES).passes(&paper_with(|_| ())).fails(&paper_with(without_references));
    }

    #[test]
    fn a_page_that_was_not_read_may_hold_them() {
        let unread = paper_with(|p| {
            without_references(p);
            p.coverage.without_text.push(PageNumber(5));
        });
        Trial::of(&MISSING_REFERENCES)
            .undetermined_because(&unread, "page 5 is a picture without text")
            .undetermined(&Paper::default());
    }

    #[test]
    fn a_supplement_needs_none() {
        let supplement = paper_with(|p| {
            without_references(p);
            p.main_text = MainText::default();
        });
        Trial::of(&MISSING_REFERENCES).undetermined(&supplement);
    }

    #[test]
    fn without_a_limit_nothing_is_asked() {
        Trial::of(&MISSING_REFERENCES)
            .profile(|p| p.main_pages = None)
            .not_applicable(&paper_with(without_references));
    }
}
