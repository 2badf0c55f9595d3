use super::{Standing, finding_at_notice};
use crate::finding::{Finding, Measure, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{page_one_is_read, required_style};
use crate::style::StyleMode;

rule! {
    /// ## What it checks
    /// The style was loaded in the mode that fits the stage: without option for a submission, with `final` for
    /// the camera-ready paper, with `preprint` for a preprint.
    ///
    /// ## Why it matters
    /// The options `final` and `preprint` name the authors and leave out the line numbers that reviewers cite;
    /// without them an accepted paper appears without its authors.
    ///
    /// ## What to do
    /// Change the option in the line that loads the style, and build again.
    pub static OTHER_MODE_STYLE: Rule = {
        code: "STYL003",
        name: "other-mode-style",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::FirstPage],
        check: mode_fits_the_stage,
    }
}

fn mode_fits_the_stage(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = required_style(case)?;
    let file = page_one_is_read(case)?;
    let style = &case.paper.style;
    if matches!(Standing::of(style, &demand.value), Standing::OtherFamily | Standing::Unknown) {
        return Err(Skip::not_applicable("the paper is not set in a style of this family"));
    }
    let unseen = || Skip::undetermined("page 1 does not show the mode of the style");
    let (mode, required) = (style.mode.ok_or_else(unseen)?, demand.value.mode);
    if mode == required {
        return Ok(Vec::new());
    }
    let message = format!("the style is in {} mode; required is {} mode", mode.id(), required.id());
    // A style of another year is to be changed anyway: the advice names the one that is asked.
    let own = style.id.as_ref().filter(|id| demand.value.ids.contains(id));
    let package = own.or(demand.value.ids.first()).map_or("", String::as_str);
    let finding = finding_at_notice(message, case, file)
        .asked_by(&demand.clause)
        .confidence(style.confidence)
        .measured(Measure::Text(mode.id().to_owned()), Measure::Text(required.id().to_owned()))
        .help(format!("load the style with {} and build again", loading(package, required)));
    Ok(vec![finding])
}

/// The line of the preamble that loads a package in a mode.
fn loading(package: &str, mode: StyleMode) -> String {
    match mode {
        StyleMode::Submission => format!("\\usepackage{{{package}}}, without final or preprint,"),
        option => format!("\\usepackage[{}]{{{package}}}", option.id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Style};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, style};

    fn in_mode(mode: StyleMode) -> Paper {
        paper_with(|p| p.style = style("dlde_neurips_2023", mode))
    }

    #[test]
    fn each_stage_has_its_mode() {
        Trial::of(&OTHER_MODE_STYLE)
            .passes(&in_mode(StyleMode::Submission))
            .fails(&in_mode(StyleMode::Final))
            .fails(&in_mode(StyleMode::Preprint))
            .profile(|p| p.style.as_mut().expect("a style").value.mode = StyleMode::Final)
            .passes(&in_mode(StyleMode::Final))
            .fails(&in_mode(StyleMode::Submission));
    }

    #[test]
    fn the_line_to_write_is_shown() {
        let trial = Trial::of(&OTHER_MODE_STYLE);
        let found = trial.finding(&in_mode(StyleMode::Final));
        assert_eq!(found.message, "the style is in final mode; required is submission mode");
        let help = found.help.expect("advice");
        assert!(help.contains("\\usepackage{dlde_neurips_2023}, without final or preprint"), "{help}");
        let trial = trial.profile(|p| p.style.as_mut().expect("a style").value.mode = StyleMode::Final);
        let help = trial.finding(&in_mode(StyleMode::Submission)).help.expect("advice");
        assert!(help.contains("\\usepackage[final]{dlde_neurips_2023}"), "{help}");
    }

    #[test]
    fn a_preprint_of_no_proven_year_is_still_a_preprint() {
        let years = ["neurips_2023", "dlde_neurips_2023"].map(str::to_owned).to_vec();
        let open = paper_with(|p| {
            p.style = Style { candidates: years, mode: Some(StyleMode::Preprint), ..Style::default() };
        });
        Trial::of(&OTHER_MODE_STYLE).fails(&open);
    }

    #[test]
    fn another_style_has_no_mode_to_judge_and_an_unseen_mode_stays_open() {
        let unseen = paper_with(|p| p.style.mode = None);
        let other = paper_with(|p| p.style = style("neurips_2023", StyleMode::Final));
        Trial::of(&OTHER_MODE_STYLE)
            .undetermined_because(&unseen, "page 1 does not show the mode of the style")
            .undetermined(&paper_with_picture(1))
            .undetermined(&Paper::default())
            .not_applicable(&other);
    }
}
