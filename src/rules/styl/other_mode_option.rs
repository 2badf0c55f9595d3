use crate::finding::{Finding, Severity};
use crate::paper::source::Package;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, trees};
use crate::style::{StyleMode, family_of, mode_of_option};

rule! {
    /// ## What it checks
    /// The options that the sources give to the style are those of the stage: none for a submission, `final` for an
    /// accepted paper, `preprint` for one put online.
    ///
    /// ## Why it matters
    /// `final` and `preprint` print the authors and the acknowledgments, and take out the line numbers.
    ///
    /// ## What to do
    /// Change the option and build the paper again.
    pub static OTHER_MODE_OPTION: Rule = {
        code: "STYL011",
        name: "other-mode-option",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: options_fit_the_stage,
    }
}

fn options_fit_the_stage(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = case.profile.style.as_ref().ok_or_else(|| Skip::not_applicable("no style is asked here"))?;
    let sources = trees(case)?;
    let asked = demand.value.mode;
    let is_style =
        |p: &&Package| demand.value.ids.contains(&p.name) || p.is_venue_style || family_of(&p.name).is_some();
    let styles: Vec<&Package> = sources.packages.iter().filter(is_style).collect();
    let mode = |option: &String| mode_of_option(option).map(|mode| (option.clone(), mode));
    let wrong = |style: &&Package| {
        let (option, set) = style.options.iter().find_map(mode)?;
        (set != asked).then(|| {
            let message = format!("the source sets the option {option}; asked is {}", needed(asked));
            Finding::new(message, style.at.clone()).seen(style.text.clone()).asked_by(&demand.clause)
        })
    };
    let mut found: Vec<Finding> = styles.iter().filter_map(wrong).collect();
    let sets_none = styles.iter().all(|s| s.options.iter().all(|o| mode(o).is_none()));
    if let (Some(style), true) = (styles.first(), asked != StyleMode::Submission && sets_none) {
        let message = format!("the source sets no option of the style; asked is {}", needed(asked));
        found.push(Finding::new(message, style.at.clone()).seen(style.text.clone()).asked_by(&demand.clause));
    }
    settled(sources, found)
}

/// The option that a mode needs, in words.
fn needed(mode: StyleMode) -> &'static str {
    match mode {
        StyleMode::Submission => "none, as for a submission",
        StyleMode::Final => "final",
        StyleMode::Preprint => "preprint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn loading(name: &str, options: &[&str], is_venue_style: bool) -> Paper {
        let package = Package {
            name: name.to_owned(),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            text: String::new(),
            is_venue_style,
            at: in_source(),
        };
        paper_with_sources(|s| s.packages.push(package))
    }

    #[test]
    fn a_submission_sets_no_mode() {
        Trial::of(&OTHER_MODE_OPTION)
            .passes(&loading("dlde_neurips_2023", &["nonatbib"], false))
            .passes(&loading("hyperref", &["final"], false))
            .fails(&loading("dlde_neurips_2023", &["final"], false))
            .fails(&loading("housestyle", &["preprint"], true))
            .not_applicable(&Paper::default());
    }

    #[test]
    fn an_accepted_paper_sets_final() {
        let accepted = |p: &mut crate::profile::Profile| {
            p.style.as_mut().expect("asked").value.mode = StyleMode::Final;
        };
        Trial::of(&OTHER_MODE_OPTION)
            .profile(accepted)
            .passes(&loading("dlde_neurips_2023", &["final"], false))
            .fails(&loading("dlde_neurips_2023", &[], false));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&OTHER_MODE_OPTION).undetermined(&unread);
    }
}
