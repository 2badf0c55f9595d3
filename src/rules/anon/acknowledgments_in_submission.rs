use crate::finding::{Finding, Severity};
use crate::paper::identity::is_left_out;
use crate::part::Part;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::start_of;
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// No acknowledgments are shown.
    ///
    /// ## Why it matters
    /// Thanks to colleagues, funders and grants point to the authors as plainly as their names do.
    ///
    /// ## What to do
    /// Write them in the `ack` environment, which the style leaves out of a submission, or take them out until the
    /// paper is accepted. They do not count towards the page limit.
    ///
    /// ## Limits
    /// The rule sees that the part is there, not what it says: one that only says "omitted for review" is found
    /// as well.
    pub static ACKNOWLEDGMENTS_IN_SUBMISSION: Rule = {
        code: "ANON004",
        name: "acknowledgments-in-submission",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: nobody_is_thanked,
    }
}

fn nobody_is_thanked(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let file = read_pdf(case)?;
    let thanks =
        case.paper.parts.iter().filter(|p| p.part == Part::Acknowledgments && !is_left_out(&p.opening));
    let findings = thanks.map(|part| {
        let message =
            format!("acknowledgments are shown on page {}; a submission shows none", part.start.page);
        let mut finding =
            Finding::new(message, start_of(file, part)).asked_by(clause).confidence(part.confidence);
        finding.evidence = part.heading.as_ref().map(|heading| heading.text.clone());
        finding
    });
    Ok(findings.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::{FileId, PageNumber, Place};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, part};

    fn with_thanks() -> Paper {
        paper_with(|p| p.parts.push(part(Part::Acknowledgments, 5, 0.1)))
    }

    #[test]
    fn a_paper_without_thanks_passes_and_one_with_thanks_does_not() {
        Trial::of(&ACKNOWLEDGMENTS_IN_SUBMISSION)
            .passes(&paper_with(|_| ()))
            .fails(&with_thanks())
            .profile(|p| p.anonymity = None)
            .not_applicable(&with_thanks());
    }

    #[test]
    fn thanks_that_were_left_out_pass() {
        let mut paper = with_thanks();
        paper.parts.last_mut().expect("a part").opening = "Omitted for review.".to_owned();
        Trial::of(&ACKNOWLEDGMENTS_IN_SUBMISSION).passes(&paper);
    }

    #[test]
    fn thanks_without_heading_are_shown_by_their_page() {
        let mut paper = with_thanks();
        paper.parts.last_mut().expect("a part").heading = None;
        let found = Trial::of(&ACKNOWLEDGMENTS_IN_SUBMISSION).finding(&paper);
        assert_eq!(found.message, "acknowledgments are shown on page 5; a submission shows none");
        assert_eq!(found.at, Place::whole_page(FileId(0), PageNumber(5)));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&ACKNOWLEDGMENTS_IN_SUBMISSION)
            .undetermined_because(&paper_with_picture(5), "page 5 is a picture without text")
            .undetermined(&Paper::default());
    }
}
