use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::measured_pages;

rule! {
    /// ## What it checks
    /// The running text is set in the face of the style, Times, by whichever of its names.
    ///
    /// ## Why it matters
    /// Another face holds more or fewer letters in a line.
    ///
    /// ## What to do
    /// Take out packages that set other text fonts. With XeLaTeX or LuaLaTeX load the style of this tool, or
    /// fontenc with T1: without it these engines find no Times and set Latin Modern.
    pub static OTHER_BODY_FACE: Rule = {
        code: "FONT004",
        name: "other-body-face",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: text_is_in_the_styles_face,
    }
}

fn text_is_in_the_styles_face(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = measured_pages(case)?;
    let Some(face) = &case.paper.typesetting.other_face else { return Ok(Vec::new()) };
    let why = if face.is_stand_in { "; TeX takes it where it finds no Times" } else { "" };
    let message = format!("the running text is set in {}; the style sets Times{why}", face.name);
    Ok(vec![Finding::new(message, face.at.clone()).seen(face.name.clone()).asked_by(&demand.clause)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{OtherFace, Paper};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn set_in(name: &str) -> Paper {
        paper_with(|p| {
            p.typesetting.is_measured = true;
            let at = seen("a line", 1).at;
            p.typesetting.other_face = Some(OtherFace { name: name.to_owned(), is_stand_in: true, at });
        })
    }

    #[test]
    fn another_face_is_named() {
        let trial = Trial::of(&OTHER_BODY_FACE)
            .passes(&paper_with(|p| p.typesetting.is_measured = true))
            .fails(&set_in("LMRoman10-Regular"))
            .undetermined(&paper_with_picture(1));
        assert!(trial.finding(&set_in("LMRoman10-Regular")).message.contains("LMRoman10-Regular"));
    }
}
