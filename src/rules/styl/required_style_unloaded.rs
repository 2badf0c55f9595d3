use crate::finding::{Finding, Measure, Severity};
use crate::place::Place;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, trees};
use crate::style::family_of;

rule! {
    /// ## What it checks
    /// The sources load the style that the venue asks for. Where the PDF shows that style, a source that does not load
    /// it is a warning: the PDF was made from something else.
    ///
    /// ## Why it matters
    /// A paper in another style has other margins and sizes, and says that it was sent elsewhere.
    ///
    /// ## What to do
    /// Load the style of the venue and year that you submit to, and build the paper again.
    pub static REQUIRED_STYLE_UNLOADED: Rule = {
        code: "STYL010",
        name: "required-style-unloaded",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: required_style_is_loaded,
    }
}

fn required_style_is_loaded(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = case.profile.style.as_ref().ok_or_else(|| Skip::not_applicable("no style is asked here"))?;
    let sources = trees(case)?;
    let main = sources.main.ok_or_else(|| Skip::undetermined("several sources could be the paper"))?;
    let ids = &demand.value.ids;
    if sources.packages.iter().any(|p| ids.contains(&p.name)) {
        return settled(sources, Vec::new());
    }
    let shown = case.paper.style.id.as_ref().is_some_and(|id| ids.contains(id));
    if sources.missing.iter().any(|f| !f.is_figure) {
        // It may be loaded in the file that is not here.
        return Err(if shown {
            Skip::not_applicable("a source is missing, and the PDF shows the style")
        } else {
            Skip::undetermined("a source is missing, which may load the style")
        });
    }
    let other = sources.packages.iter().find(|p| family_of(&p.name).is_some());
    let asked = ids.join(" or ");
    let (message, at) = match other {
        Some(other) => (format!("the source loads {}; asked is {asked}", other.name), other.at.clone()),
        None => {
            (format!("the source loads no style of the venue; asked is {asked}"), Place::whole_file(main))
        }
    };
    let mut found = Finding::new(message, at).asked_by(&demand.clause);
    if let Some(other) = other {
        found =
            found.seen(other.text.clone()).measured(Measure::Text(other.name.clone()), Measure::Text(asked));
    }
    Ok(vec![if shown { found.lowered_to(Severity::Warning) } else { found }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::Package;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn loading(name: &str) -> Paper {
        let package = Package {
            name: name.to_owned(),
            options: [].into(),
            text: format!("\\usepackage{{{name}}}"),
            is_venue_style: false,
            at: in_source(),
        };
        let mut paper = paper_with_sources(|s| s.packages.push(package));
        paper.style.id = None;
        paper
    }

    #[test]
    fn the_style_that_is_asked_passes() {
        Trial::of(&REQUIRED_STYLE_UNLOADED)
            .passes(&loading("dlde_neurips_2023"))
            .not_applicable(&Paper::default());
    }

    #[test]
    fn another_style_is_named_with_the_one_that_is_asked() {
        let trial = Trial::of(&REQUIRED_STYLE_UNLOADED).fails(&loading("article"));
        let message = trial.finding(&loading("neurips_2022")).message;
        assert_eq!(message, "the source loads neurips_2022; asked is dlde_neurips_2023");
    }

    #[test]
    fn where_several_sources_could_be_the_paper_it_is_open() {
        let open = paper_with_sources(|s| s.main = None);
        Trial::of(&REQUIRED_STYLE_UNLOADED).undetermined(&open);
    }
}
