use crate::count;
use crate::finding::Severity;
use crate::finding::{Confidence, Finding};
use crate::paper::Difference;
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::hint::trees;
use crate::rules::precondition::every_page_is_read;

rule! {
    /// ## What it checks
    /// The PDF was made from the sources that are handed in with it: title, section headings, sentences and their
    /// order, the numbers of figures and tables, and the references agree. One difference alone is not told: a source is
    /// often edited once more after its PDF was built.
    ///
    /// ## Why it matters
    /// Reviewers read the PDF, and everything else is made from the sources: if they are of another paper or version,
    /// what was checked is not what appears.
    ///
    /// ## What to do
    /// Build the PDF again from these sources, or hand in those that it was made from.
    ///
    /// ## Limits
    /// What macros set is not known, and authors are not compared, since the style may hide them.
    pub static OTHER_SOURCE: Rule = {
        code: "FILE011",
        name: "other-source",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: pdf_is_made_from_source,
    }
}

/// Features that agree by chance or differ by a late edit.
const FEW: usize = 2;

fn pdf_is_made_from_source(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let sources = trees(case)?;
    every_page_is_read(case)?;
    let unknown: u32 = case.paper.fonts.iter().map(|font| font.unknown_letters).sum();
    let letters: u32 = case.paper.fonts.iter().map(|font| font.letters).sum();
    if unknown > letters / 2 {
        return Err(Skip::undetermined(
            "most letters of the PDF are not known, so that its words cannot be compared",
        ));
    }
    let open = || Skip::undetermined("it is open which of the sources makes the paper");
    let agreement = case.paper.agreement.as_ref().ok_or_else(open)?;
    let differences = &agreement.differences;
    if agreement.compared.len() < FEW {
        return Err(Skip::undetermined("the sources set too little that could be compared with the PDF"));
    }
    if differences.len() < FEW {
        return Ok(Vec::new());
    }
    let subjects: Vec<&str> = differences.iter().map(|d| d.feature.words()).collect();
    let features = count::counted(agreement.compared.len(), "feature", "features");
    let differ =
        format!("{} of {features} that were compared differ ({})", differences.len(), subjects.join(", "));
    let (made, confidence) = match differences.len() {
        FEW => ("may be made from another version of this source", Confidence::Likely),
        _ => ("was not made from this source", Confidence::Certain),
    };
    let main = sources.main.map_or(Place::Submission, Place::whole_file);
    let says: Vec<&str> = differences.iter().map(|d| d.says.as_str()).collect();
    let related = |d: &Difference| Some((d.at.clone()?, d.feature.words().to_owned()));
    let mut found =
        Finding::new(format!("the PDF {made}: {differ}"), main).seen(says.join("; ")).confidence(confidence);
    found.related = differences.iter().filter_map(related).collect();
    Ok(vec![found])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Agreement, Feature, Paper};
    use crate::rules::trial::{Trial, font, in_source, paper_with_picture, paper_with_sources};

    const COMPARED: [Feature; 4] = [Feature::Title, Feature::Headings, Feature::Text, Feature::Floats];

    /// A paper whose PDF and sources could be compared in these features, and differ in some.
    fn compared(compared: &[Feature], differing: &[Feature]) -> Paper {
        let differs = |feature: &Feature| Difference {
            feature: *feature,
            says: format!("other {}", feature.words()),
            at: Some(in_source()),
        };
        let differences = differing.iter().map(differs).collect();
        let agreement = Agreement { compared: compared.to_vec(), differences };
        Paper { agreement: Some(agreement), ..paper_with_sources(|_| {}) }
    }

    #[test]
    fn one_difference_is_a_late_edit_and_two_are_told() {
        Trial::of(&OTHER_SOURCE)
            .passes(&compared(&COMPARED, &[]))
            .passes(&compared(&COMPARED, &COMPARED[..1]))
            .fails(&compared(&COMPARED, &COMPARED[..2]));
    }

    #[test]
    fn what_differs_is_named_and_more_makes_it_certain() {
        let trial = Trial::of(&OTHER_SOURCE);
        let two = trial.finding(&compared(&COMPARED, &COMPARED[..2]));
        let says = "the PDF may be made from another version of this source: \
                    2 of 4 features that were compared differ (title, section headings)";
        assert_eq!((two.message.as_str(), two.confidence), (says, Confidence::Likely));
        assert_eq!(two.evidence.as_deref(), Some("other title; other section headings"));
        assert_eq!(trial.finding(&compared(&COMPARED, &COMPARED)).confidence, Confidence::Certain);
    }

    #[test]
    fn what_cannot_be_compared_stays_open() {
        let mut unknown = compared(&COMPARED, &COMPARED);
        unknown.fonts.push(crate::paper::FontUse { unknown_letters: 9, ..font("Odd") });
        Trial::of(&OTHER_SOURCE)
            .undetermined(&compared(&COMPARED[..1], &[]))
            .undetermined(&paper_with_sources(|_| {}))
            .undetermined(&unknown)
            .undetermined(&Paper { sources: paper_with_sources(|_| {}).sources, ..paper_with_picture(1) })
            .not_applicable(&Paper::default());
    }
}
