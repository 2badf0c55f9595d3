//! The notice at the foot of page one, and what it tells of the style.

use super::layout::Layout;
use super::line::{Role, folded};
use super::{Seen, Style, front};
use crate::finding::Confidence;
use crate::place::{FileId, PageNumber, Place};
use crate::style::StyleMode;

/// The conference of a year: its ordinal less this. Source: the 35th conference was held in 2021.
const ORDINAL_OF_YEAR_ZERO: u32 = 1986;
/// Years whose official styles are known, first and last. Source: styles published as `nips_2017` to `neurips_2025`.
const KNOWN_YEARS: std::ops::RangeInclusive<u32> = 2017..=2025;
/// The conference changed its name. Source: `nips_2018`, `neurips_2019`.
const FIRST_NEURIPS: u32 = 2019;
/// Years of the workshop whose styles are known.
const DLDE_YEARS: std::ops::RangeInclusive<u32> = 2021..=2023;

/// Reads the style from the notice of the title's page.
pub(super) fn style(layout: &Layout, file: FileId) -> Style {
    let page = front::title_page(layout);
    let of = |role: Role| {
        layout.page_lines(page).map(|(_, l)| l).filter(move |l| l.role == role).collect::<Vec<_>>()
    };
    let (below, feet) = (of(Role::Notice), of(Role::Footnote));
    // A footnote may name a conference: there only the style's own openings count.
    let found = below.iter().position(|l| begins_notice(&l.text)).map(|at| (&below, at));
    let found = found.or_else(|| feet.iter().rposition(|l| opens_as_style(&l.text)).map(|at| (&feet, at)));
    let Some((lines, start)) = found else { return Style::default() };
    let notice = &lines[start..lines.len().min(start + 2)];
    let text = notice.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ");
    let at = Place::Page {
        file,
        page: PageNumber(page),
        boxes: notice.iter().map(|l| front::area(l)).collect(),
        line_number: None,
    };
    Style { notice: Some(Seen { text: text.clone(), at }), ..read(&text) }
}

fn begins_notice(text: &str) -> bool {
    let words = folded(text);
    words.starts_with("submittedto") && names_conference(&words)
        || words.starts_with("preprint")
        || words.contains("conferenceonneuralinformationprocessing")
        || words.contains("dldeworkshop")
        || words.starts_with("dldeiii")
        || names_conference(&words) && year_in(&words).is_some()
}

/// "Submitted to ...", "36th Conference on Neural Information ...", "DLDE Workshop in ...", "Preprint. ...".
pub(super) fn opens_as_style(text: &str) -> bool {
    let words = folded(text);
    let ordinal = text.split_whitespace().next().is_some_and(|w| ordinal_in(w).is_some());
    words.starts_with("submittedto") && names_conference(&words)
        || words.starts_with("preprintunderreview")
        || words == "preprint"
        || words.starts_with("dlde") && words.contains("workshop")
        || ordinal && words.contains("conferenceonneuralinformation")
}

/// Whether folded words name the conference or the workshop; "Submitted to" alone is any venue's.
fn names_conference(words: &str) -> bool {
    ["neuralinformation", "neurips", "nips20", "dlde"].iter().any(|name| words.contains(name))
}

/// What the words of a notice prove.
fn read(text: &str) -> Style {
    let words = folded(text);
    let is_dlde = words.contains("dlde");
    let mode = if words.starts_with("preprint") {
        Some(StyleMode::Preprint)
    } else if words.starts_with("submittedto") && names_conference(&words)
        || words.contains("donotdistribute")
    {
        Some(StyleMode::Submission)
    } else {
        Some(StyleMode::Final)
    };
    if mode == Some(StyleMode::Preprint) {
        return Style { candidates: all_years(), mode, confidence: Confidence::Likely, ..Style::default() };
    }
    let year =
        year_in(&words).or_else(|| ordinal_in(text).and_then(|n: u32| n.checked_add(ORDINAL_OF_YEAR_ZERO)));
    let family = if is_dlde { "dlde-neurips" } else { "neurips" };
    let id = year.and_then(|y| match is_dlde {
        true => DLDE_YEARS.contains(&y).then(|| format!("dlde_neurips_{y}")),
        false => KNOWN_YEARS.contains(&y).then(|| official(y)),
    });
    let confidence = if id.is_some() { Confidence::Certain } else { Confidence::Likely };
    Style { id, family: Some(family.to_owned()), mode, confidence, ..Style::default() }
}

/// The style of pages that are set in the family's and bear no notice: numbered lines tell a submission.
pub(super) fn unsaid(line_numbers: bool) -> Style {
    let mode = line_numbers.then_some(StyleMode::Submission);
    Style { candidates: all_years(), mode, confidence: Confidence::Likely, ..Style::default() }
}

/// Every style of the family.
fn all_years() -> Vec<String> {
    DLDE_YEARS.map(|y| format!("dlde_neurips_{y}")).chain(KNOWN_YEARS.map(official)).collect()
}

fn official(year: u32) -> String {
    format!("{}_{year}", if year < FIRST_NEURIPS { "nips" } else { "neurips" })
}

/// The year in "NeurIPS 2022", "NIPS 2018" or "NeurIPS workshop on ... 2020": the first after the conference's name.
fn year_in(words: &str) -> Option<u32> {
    let at = words.find("nips").or_else(|| words.find("neurips")).or_else(|| words.find("dlde"))?;
    let rest = words.get(at..)?;
    let year = rest.find("20").and_then(|i| rest.get(i..i + 4))?;
    year.parse().ok().filter(|y| KNOWN_YEARS.contains(y))
}

/// The number in "36th Conference".
fn ordinal_in(text: &str) -> Option<u32> {
    text.split_whitespace()
        .find_map(|w| ["st", "nd", "rd", "th"].iter().find_map(|suffix| w.strip_suffix(suffix))?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_tell_year_and_mode() {
        let cases = [
            (
                "Submitted to the DLDE Workshop in the 36th Conference on Neural Information Processing Systems (NeurIPS 2022). Do not distribute.",
                "dlde_neurips_2022",
                StyleMode::Submission,
            ),
            (
                "DLDE-III Workshop in the 37th Conference on Neural Information Processing Systems (NeurIPS 2023).",
                "dlde_neurips_2023",
                StyleMode::Final,
            ),
            (
                "Submitted to 35th Conference on Neural Information Processing Systems (NeurIPS 2021). Do not distribute.",
                "neurips_2021",
                StyleMode::Submission,
            ),
            (
                "32nd Conference on Neural Information Processing Systems (NIPS 2018), Montréal, Canada.",
                "nips_2018",
                StyleMode::Final,
            ),
        ];
        for (text, id, mode) in cases {
            let style = read(text);
            assert_eq!((style.id.as_deref(), style.mode), (Some(id), Some(mode)), "{text}");
        }
    }

    #[test]
    fn a_preprint_proves_no_year() {
        let style = read("Preprint. Under review.");
        assert_eq!((style.id, style.mode), (None, Some(StyleMode::Preprint)));
        assert!(style.candidates.contains(&"dlde_neurips_2023".to_owned()));
    }
}
