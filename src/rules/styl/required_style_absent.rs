use super::{Standing, advice, alternatives, finding_at_notice, measured_style, seen_style};
use crate::finding::{Confidence, Finding, Severity};
use crate::paper::Style;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{page_one_is_read, required_style};

rule! {
    /// ## What it checks
    /// The notice at the foot of page one, and the page it stands on, show the style that the call asks for.
    ///
    /// ## Why it matters
    /// The style sets the page that the limit is counted on; papers in another one cannot be compared and are
    /// commonly turned away.
    ///
    /// ## What to do
    /// Load the style of the call in the preamble, without options that change the page, and build again.
    ///
    /// ## Limits
    /// A style is known by what it prints. A paper that hides the notice looks as if it were set in another style.
    pub static REQUIRED_STYLE_ABSENT: Rule = {
        code: "STYL001",
        name: "required-style-absent",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::FirstPage],
        check: required_style_is_used,
    }
}

fn required_style_is_used(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = required_style(case)?;
    let file = page_one_is_read(case)?;
    let style = &case.paper.style;
    let required = alternatives(&demand.value.ids);
    let (message, confidence) = match Standing::of(style, &demand.value) {
        Standing::Accepted | Standing::OtherYear | Standing::YearOpen => return Ok(Vec::new()),
        Standing::FamilyOpen => {
            let reason = format!("page 1 fits more than one style: {}", seen_style(style));
            return Err(Skip::undetermined(reason));
        }
        Standing::OtherFamily => {
            let message = format!("the paper is set in {}; required is {required}", seen_style(style));
            (message, style.confidence)
        }
        Standing::Unknown => (format!("{}; required is {required}", unknown(style)), Confidence::Likely),
    };
    let finding = finding_at_notice(message, case, file)
        .asked_by(&demand.clause)
        .confidence(confidence)
        .help(advice(style, &demand.value));
    Ok(vec![measured_style(finding, case, &demand.value)])
}

/// What speaks against every known style.
fn unknown(style: &Style) -> String {
    let other = match &style.unlike[..] {
        [] => String::new(),
        [only] => format!(", and {only} is not as that style sets it"),
        several => {
            let (last, first) = several.split_last().map_or(("", String::new()), |(l, f)| (*l, f.join(", ")));
            format!(", and {first} and {last} are not as that style sets them")
        }
    };
    match &style.notice {
        None => format!("no notice of the required style on page 1{other}"),
        Some(_) => format!("page 1 bears a notice like that of the style{other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, style};
    use crate::style::StyleMode::Submission;

    fn set_in(id: &str) -> Paper {
        paper_with(|p| p.style = style(id, Submission))
    }

    #[test]
    fn what_an_imitation_does_not_imitate_is_named() {
        let imitation = paper_with(|p| {
            p.style.id = None;
            p.style.family = None;
            p.style.unlike = vec!["the bars around the title", "the leading"];
        });
        let found = Trial::of(&REQUIRED_STYLE_ABSENT).finding(&imitation);
        let says = "page 1 bears a notice like that of the style, and the bars around the title and the leading are \
                    not as that style sets them; required is dlde_neurips_2023";
        assert_eq!(found.message, says);
    }

    #[test]
    fn the_family_decides_and_the_year_is_for_another_rule() {
        Trial::of(&REQUIRED_STYLE_ABSENT)
            .passes(&set_in("dlde_neurips_2023"))
            .passes(&set_in("dlde_neurips_2022"))
            .fails(&set_in("neurips_2023"));
    }

    #[test]
    fn the_official_style_passes_where_it_is_asked() {
        let both = vec!["dlde_neurips_2021".to_owned(), "neurips_2021".to_owned()];
        Trial::of(&REQUIRED_STYLE_ABSENT)
            .profile(|p| p.style.as_mut().expect("a style").value.ids = both)
            .passes(&set_in("neurips_2021"))
            .passes(&set_in("dlde_neurips_2021"));
    }

    #[test]
    fn a_page_without_known_notice_is_likely_another_style() {
        let plain = paper_with(|p| p.style = Style::default());
        let found = Trial::of(&REQUIRED_STYLE_ABSENT).finding(&plain);
        assert_eq!(found.message, "no notice of the required style on page 1; required is dlde_neurips_2023");
        assert_eq!(found.confidence, Confidence::Likely);
    }

    #[test]
    fn what_was_not_read_or_not_asked_is_not_judged() {
        let either = paper_with(|p| {
            p.style = Style {
                candidates: vec!["neurips_2023".into(), "dlde_neurips_2023".into()],
                ..Style::default()
            };
        });
        Trial::of(&REQUIRED_STYLE_ABSENT)
            .undetermined_because(
                &either,
                "page 1 fits more than one style: neurips_2023 or dlde_neurips_2023",
            )
            .undetermined(&Paper::default())
            .undetermined(&paper_with_picture(1))
            .passes(&paper_with_picture(2))
            .profile(|p| p.style = None)
            .not_applicable(&set_in("neurips_2023"));
    }
}
