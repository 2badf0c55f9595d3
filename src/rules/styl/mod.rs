//! STYL: the style the paper was set in, its year and its mode.

mod contradicted_mark;
mod edited_style;
mod layout_override;
mod missing_notice;
mod other_mode_option;
mod other_mode_style;
mod other_year_style;
mod required_style_absent;
mod required_style_unloaded;
mod scaled_content;
mod tightened_spacing;
mod unnumbered_lines;

pub use contradicted_mark::CONTRADICTED_MARK;
pub use edited_style::EDITED_STYLE;
pub use layout_override::LAYOUT_OVERRIDE;
pub use missing_notice::MISSING_NOTICE;
pub use other_mode_option::OTHER_MODE_OPTION;
pub use other_mode_style::OTHER_MODE_STYLE;
pub use other_year_style::OTHER_YEAR_STYLE;
pub use required_style_absent::REQUIRED_STYLE_ABSENT;
pub use required_style_unloaded::REQUIRED_STYLE_UNLOADED;
pub use scaled_content::SCALED_CONTENT;
pub use tightened_spacing::TIGHTENED_SPACING;
pub use unnumbered_lines::UNNUMBERED_LINES;

use crate::finding::{Finding, Measure, Severity};
use crate::paper::Style;
use crate::paper::source::{Change, Reach};
use crate::place::{FileId, PageNumber, Place};
use crate::profile::StyleDemand;
use crate::rule::{Case, Skip};
use crate::rules::hint::{settled, trees};
use crate::style::family_of;

/// What the sources change of the page that the required style sets.
fn changed(case: &Case<'_>, reach: Reach) -> Result<Vec<Finding>, Skip> {
    let demand = case.profile.style.as_ref().ok_or_else(|| Skip::not_applicable("no style is asked here"))?;
    let sources = trees(case)?;
    let finding = |change: &Change| {
        let undone = "it has no effect, since the style sets it again";
        let message = match change.is_undone {
            true => format!("the source changes {}; {undone}", change.what),
            false => format!("the source changes {}; the style sets it", change.what),
        };
        let found =
            Finding::new(message, change.at.clone()).seen(change.text.clone()).asked_by(&demand.clause);
        if change.is_undone { found.lowered_to(Severity::Note) } else { found }
    };
    settled(sources, sources.changes.iter().filter(|c| c.reach == reach).map(finding).collect())
}

/// How the paper's style stands to the required one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is one of those that will do.
    Accepted,
    /// The family will do, and the year is another.
    OtherYear,
    /// The family will do, and no single year is proven.
    YearOpen,
    /// Several styles fit, and not all are of a family that will do.
    FamilyOpen,
    /// It is a known style of a family that will not do.
    OtherFamily,
    /// Nothing known was recognised.
    Unknown,
}

impl Standing {
    fn of(style: &Style, demand: &StyleDemand) -> Self {
        let accepted = |id: &String| demand.ids.contains(id);
        let family_fits = |family: &str| demand.ids.iter().any(|id| family_of(id) == Some(family));
        let id_fits = |id: &String| family_of(id).is_some_and(family_fits);
        let candidates = &style.candidates;
        match (&style.id, style.family.as_deref()) {
            (Some(id), _) if accepted(id) => Self::Accepted,
            (Some(id), _) if id_fits(id) => Self::OtherYear,
            (Some(_), _) => Self::OtherFamily,
            (None, Some(family)) if !family_fits(family) => Self::OtherFamily,
            (None, None) if candidates.is_empty() => Self::Unknown,
            (None, None) if !candidates.iter().any(id_fits) => Self::OtherFamily,
            (None, None) if !candidates.iter().all(id_fits) => Self::FamilyOpen,
            _ if candidates.is_empty() => Self::YearOpen,
            _ if candidates.iter().all(accepted) => Self::Accepted,
            _ if candidates.iter().any(accepted) => Self::YearOpen,
            _ => Self::OtherYear,
        }
    }
}

/// A finding at the notice on page one, or at the whole page where there is none.
fn finding_at_notice(message: String, case: &Case<'_>, file: FileId) -> Finding {
    let page_one = || Place::whole_page(file, PageNumber(1));
    let notice = case.paper.style.notice.as_ref();
    let mut finding = Finding::new(message, notice.map_or_else(page_one, |n| n.at.clone()));
    finding.evidence = notice.map(|n| n.text.clone());
    finding
}

/// The style that was seen and those that will do.
fn measured_style(finding: Finding, case: &Case<'_>, demand: &StyleDemand) -> Finding {
    finding.measured(Measure::Text(seen_style(&case.paper.style)), Measure::Text(alternatives(&demand.ids)))
}

/// The style that was seen, in words.
fn seen_style(style: &Style) -> String {
    match (&style.id, &style.family) {
        (Some(id), _) => id.clone(),
        (None, _) if !style.candidates.is_empty() => alternatives(&style.candidates),
        (None, Some(family)) => format!("a {family} style"),
        (None, None) => "no known style".to_owned(),
    }
}

/// Names that will do, such as `a, b or c`.
fn alternatives(ids: &[String]) -> String {
    match ids {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// How to set the paper in the required style; a style of another DLDE workshop may mean another workshop.
fn advice(style: &Style, demand: &StyleDemand) -> String {
    let load = format!("load {} in the preamble and build again", alternatives(&demand.ids));
    match style.id.as_deref().and_then(|id| id.strip_prefix("dlde_neurips_")) {
        Some(year) => format!("{load}; for the {year} workshop: --venue dlde-{year}"),
        None => load,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rule::Rule;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};
    use crate::style::StyleMode;

    /// The rules on what the sources change, with how far a change of theirs reaches.
    const CHANGES: [(&Rule, Reach); 3] = [
        (&LAYOUT_OVERRIDE, Reach::Document),
        (&TIGHTENED_SPACING, Reach::Gap),
        (&SCALED_CONTENT, Reach::Scale),
    ];

    fn changing(reach: Reach, is_undone: bool) -> Paper {
        let text = "\\linespread{0.9}".to_owned();
        let change = Change { reach, text, what: "the leading", is_undone, at: in_source() };
        paper_with_sources(|s| s.changes.push(change))
    }

    #[test]
    fn a_change_is_told_by_the_rule_on_its_reach_and_by_no_other() {
        for (rule, reach) in CHANGES {
            let found = Trial::of(rule).not_applicable(&Paper::default()).finding(&changing(reach, false));
            assert_eq!((found.severity, found.evidence.as_deref()), (None, Some("\\linespread{0.9}")));
            assert_eq!(found.message, "the source changes the leading; the style sets it", "{}", rule.name);
            for (_, other) in CHANGES.iter().filter(|(_, other)| *other != reach) {
                Trial::of(rule).passes(&changing(*other, false));
            }
            let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
            Trial::of(rule)
                .undetermined_because(&unread, "not everything was read: code.zip cannot be opened");
        }
    }

    #[test]
    fn what_the_style_undoes_is_named_as_without_effect() {
        let words = "the source changes the leading; it has no effect, since the style sets it again";
        for (rule, reach) in CHANGES {
            let found = Trial::of(rule).finding(&changing(reach, true));
            assert_eq!((found.message.as_str(), found.severity), (words, Some(Severity::Note)));
        }
    }

    fn standing(id: Option<&str>, family: Option<&str>, candidates: &[&str], ids: &[&str]) -> Standing {
        let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let style = Style {
            id: id.map(str::to_owned),
            family: family.map(str::to_owned),
            candidates: owned(candidates),
            ..Style::default()
        };
        Standing::of(&style, &StyleDemand { ids: owned(ids), mode: StyleMode::Submission })
    }

    #[test]
    fn a_proven_style_is_accepted_or_of_another_year_or_family() {
        let ids = &["dlde_neurips_2023"];
        assert_eq!(standing(Some("dlde_neurips_2023"), None, &[], ids), Standing::Accepted);
        assert_eq!(standing(Some("dlde_neurips_2022"), None, &[], ids), Standing::OtherYear);
        assert_eq!(standing(Some("neurips_2023"), None, &[], ids), Standing::OtherFamily);
        assert_eq!(standing(None, Some("neurips"), &[], ids), Standing::OtherFamily);
        assert_eq!(standing(None, None, &[], ids), Standing::Unknown);
    }

    #[test]
    fn either_family_will_do_where_both_are_asked() {
        let ids = &["dlde_neurips_2021", "neurips_2021"];
        assert_eq!(standing(Some("neurips_2021"), None, &[], ids), Standing::Accepted);
        assert_eq!(standing(Some("neurips_2022"), None, &[], ids), Standing::OtherYear);
        assert_eq!(standing(None, None, ids, ids), Standing::Accepted);
    }

    #[test]
    fn what_is_not_proven_stays_open() {
        let ids = &["dlde_neurips_2023"];
        let years = &["dlde_neurips_2022", "dlde_neurips_2023"];
        assert_eq!(standing(None, Some("dlde-neurips"), years, ids), Standing::YearOpen);
        assert_eq!(standing(None, Some("dlde-neurips"), &[], ids), Standing::YearOpen);
        assert_eq!(standing(None, Some("dlde-neurips"), &["dlde_neurips_2021"], ids), Standing::OtherYear);
        assert_eq!(standing(None, None, &["dlde_neurips_2023", "neurips_2023"], ids), Standing::FamilyOpen);
        assert_eq!(standing(None, None, &["neurips_2023"], ids), Standing::OtherFamily);
    }
}
