//! GEOM: the page and its distances, against what the style sets.

mod altered_abstract;
mod moved_title;
mod narrow_letters;
mod narrow_word_space;
mod scaled_page;
mod small_body_type;
mod small_footnote;
mod small_references;
mod text_outside_block;
mod tight_caption;
mod tight_display_gap;
mod tight_float_gap;
mod tight_heading_gap;
mod tight_leading;
mod tight_list;
mod tight_paragraph_gap;
mod wrong_paper_size;
pub use altered_abstract::ALTERED_ABSTRACT;
pub use moved_title::MOVED_TITLE;
pub use narrow_letters::NARROW_LETTERS;
pub use narrow_word_space::NARROW_WORD_SPACE;
pub use scaled_page::SCALED_PAGE;
pub use small_body_type::SMALL_BODY_TYPE;
pub use small_footnote::SMALL_FOOTNOTE;
pub use small_references::SMALL_REFERENCES;
pub use text_outside_block::TEXT_OUTSIDE_BLOCK;
pub use tight_caption::TIGHT_CAPTION;
pub use tight_display_gap::TIGHT_DISPLAY_GAP;
pub use tight_float_gap::TIGHT_FLOAT_GAP;
pub use tight_heading_gap::TIGHT_HEADING_GAP;
pub use tight_leading::TIGHT_LEADING;
pub use tight_list::TIGHT_LIST;
pub use tight_paragraph_gap::TIGHT_PARAGRAPH_GAP;
pub use wrong_paper_size::WRONG_PAPER_SIZE;

use crate::count;
use crate::finding::{Finding, Measure, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Skip};
use crate::rules::precondition::{every_page_is_read, measured_pages};

/// What a departure weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// It makes room for text: an error from one line saved on.
    Room,
    /// It saves nothing.
    Advice,
}

/// A finding for each departure in some aspects.
fn told(
    case: &Case<'_>,
    aspects: &[Aspect],
    weight: Weight,
    say: fn(&Departure) -> String,
) -> Result<Vec<Finding>, Skip> {
    let demand = measured_pages(case)?;
    every_page_is_read(case)?;
    let finding = |d: &Departure| {
        let found = Finding::new(format!("{}{}", say(d), saved(d)), d.places[0].clone())
            .measured(Measure::Number(d.measured), Measure::Number(d.allowed))
            .asked_by(&demand.clause);
        let found = match severity(case, d, weight) {
            Some(lower) => found.lowered_to(lower),
            None => found,
        };
        let also = d.places.iter().skip(1).map(|p| (p.clone(), "also here".to_owned()));
        let causes = case.paper.sources.causes(d.aspect);
        let causes = causes.map(|c| (c.at.clone(), format!("{} changes {}", c.text, c.what)));
        Finding { related: also.chain(causes).collect(), ..found }
    };
    Ok(case.paper.typesetting.departing(aspects).map(finding).collect())
}

/// What saves so much is an error. Source: behaviour of the tool, decided for all rules.
const ONE_LINE: f64 = 1.0;

/// A severity lower than the rule's; `None` leaves that.
fn severity(case: &Case<'_>, departure: &Departure, weight: Weight) -> Option<Severity> {
    if weight == Weight::Advice {
        return None;
    }
    if !departure.is_in_main_text {
        return Some(Severity::Note);
    }
    (departure.lines_gained < ONE_LINE || !is_in_required_style(case)).then_some(Severity::Warning)
}

/// A paper in another style is to be set anew, which changes its distances: they are advice until then.
fn is_in_required_style(case: &Case<'_>) -> bool {
    let required = case.profile.style.as_ref().map(|s| &s.value.ids);
    let fits = |id: &String| required.is_some_and(|ids| ids.contains(id));
    case.paper.style.id.as_ref().is_some_and(fits)
}

/// How often, and what it saves.
fn saved(departure: &Departure) -> String {
    let times = match departure.count {
        1 => String::new(),
        n => format!(", {n} times"),
    };
    if departure.lines_gained < LEAST_SAVED {
        return times;
    }
    format!("{times}; this saves {}", count::lines_saved(departure.lines_gained))
}

/// Less than this share of a line is not worth telling.
const LEAST_SAVED: f64 = 0.05;

/// A gap that is smaller than the style's.
fn too_small(departure: &Departure) -> String {
    let (measured, allowed) = (shown(departure.measured), shown(departure.allowed));
    format!("the gap {} is {measured} bp; the style sets at least {allowed} bp", departure.what)
}

/// A length to a tenth, or to a hundredth where that tells more.
fn shown(bp: f64) -> String {
    count::to_hundredth(bp)
}

/// A share, such as `97.5 %`.
fn percent(share: f64) -> String {
    count::percent_to_tenth(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Style};
    use crate::rule::Rule;
    use crate::rules::RULES;
    use crate::rules::trial::{Trial, departing, paper_with, paper_with_picture, style};
    use crate::style::StyleMode;

    /// Every rule with each aspect that it tells of: what it says of a gap the part, or of whatever else
    /// the aspect is, that is so many bp (or so much of the whole) instead of 10.
    const TABLE: [(&Rule, Aspect, f64, Weight, &str); 22] = [
        (
            &WRONG_PAPER_SIZE,
            Aspect::PaperSize,
            9.0,
            Weight::Advice,
            "the page size has a side of 9 bp; the style sets 10 bp: US letter",
        ),
        (
            &SCALED_PAGE,
            Aspect::PageScale,
            0.9,
            Weight::Advice,
            "the page is shown at a scale of 90.0 %; the style sets it at its own size",
        ),
        (
            &TEXT_OUTSIDE_BLOCK,
            Aspect::BlockWidth,
            11.0,
            Weight::Room,
            "lines are 11 bp wide; the text block of the style is 10 bp wide",
        ),
        (
            &TEXT_OUTSIDE_BLOCK,
            Aspect::BlockHeight,
            9.0,
            Weight::Room,
            "text begins at y 9 bp; the text block of the style begins at 10 bp",
        ),
        (
            &TEXT_OUTSIDE_BLOCK,
            Aspect::BlockHeight,
            11.0,
            Weight::Room,
            "the part ends 1 bp below the end of the text block (at y 11, not 10 bp)",
        ),
        (
            &SMALL_BODY_TYPE,
            Aspect::BodySize,
            9.0,
            Weight::Room,
            "the type size of the part is 9 bp; the style sets 10 bp",
        ),
        (&TIGHT_LEADING, Aspect::Leading, 9.0, Weight::Room, "the leading is 9 bp; the style sets 10 bp"),
        (
            &TIGHT_PARAGRAPH_GAP,
            Aspect::ParagraphGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; the style sets at least 10 bp",
        ),
        (
            &TIGHT_HEADING_GAP,
            Aspect::HeadingGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; the style sets at least 10 bp",
        ),
        (
            &TIGHT_HEADING_GAP,
            Aspect::HeadingSize,
            9.0,
            Weight::Room,
            "the part are set in type of 9 bp; the style sets 10 bp",
        ),
        (
            &TIGHT_DISPLAY_GAP,
            Aspect::DisplayGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; the style sets at least 10 bp",
        ),
        (
            &TIGHT_FLOAT_GAP,
            Aspect::FloatGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; the style sets at least 10 bp",
        ),
        (
            &TIGHT_CAPTION,
            Aspect::CaptionSize,
            9.0,
            Weight::Room,
            "the type size of captions is 9 bp; the style sets 10 bp",
        ),
        (
            &TIGHT_CAPTION,
            Aspect::CaptionGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; at least 10 bp is usual",
        ),
        (
            &TIGHT_LIST,
            Aspect::ListGap,
            9.0,
            Weight::Room,
            "the gap the part is 9 bp; the style sets at least 10 bp",
        ),
        (
            &TIGHT_LIST,
            Aspect::ListIndent,
            9.0,
            Weight::Room,
            "the part begins at x 9 bp; the style sets 10 bp",
        ),
        (
            &NARROW_WORD_SPACE,
            Aspect::WordSpace,
            9.0,
            Weight::Room,
            "the part is 9 bp wide or less; the font allows 10 bp",
        ),
        (
            &NARROW_LETTERS,
            Aspect::LetterWidth,
            0.9,
            Weight::Room,
            "the part: their width is 90.0 % of the font's own; 1000.0 % is allowed",
        ),
        (
            &MOVED_TITLE,
            Aspect::Title,
            9.0,
            Weight::Room,
            "the title is moved or smaller: the part is 9 bp; the style sets 10 bp",
        ),
        (
            &ALTERED_ABSTRACT,
            Aspect::Abstract,
            9.0,
            Weight::Room,
            "the abstract is altered: the part is 9 bp; the style sets 10 bp",
        ),
        (
            &SMALL_FOOTNOTE,
            Aspect::FootnoteSize,
            9.0,
            Weight::Room,
            "the type size of the part is 9 bp; the style sets 10 bp",
        ),
        (
            &SMALL_REFERENCES,
            Aspect::ReferenceSize,
            9.0,
            Weight::Advice,
            "the type size of the references is 9 bp; 10 bp is the least",
        ),
    ];

    /// A paper that departs so, and so saves some lines.
    fn paper(aspect: Aspect, measured: f64, lines_gained: f64) -> Paper {
        let mut paper = departing(aspect, lines_gained);
        let departure = &mut paper.typesetting.departures[0];
        (departure.what, departure.measured) = ("the part", measured);
        paper
    }

    #[test]
    fn every_rule_of_the_family_is_tried() {
        let family = RULES.iter().filter(|rule| rule.family() == "GEOM");
        let untried = |rule: &&&Rule| !TABLE.iter().any(|row| row.0.code == rule.code);
        assert_eq!(family.filter(untried).map(|rule| rule.name).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn a_page_as_the_style_sets_it_passes_and_any_other_does_not() {
        for (rule, aspect, measured, _, words) in TABLE {
            let trial = Trial::of(rule)
                .passes(&paper_with(|p| p.typesetting.is_measured = true))
                .fails(&paper(aspect, measured, 1.0))
                .undetermined(&paper_with_picture(2))
                .undetermined(&Paper::default())
                .not_applicable(&paper_with(|p| p.style = Style::default()));
            let found = trial.finding(&paper(aspect, measured, 1.0));
            assert_eq!(found.message, format!("{words}, 2 times; this saves 1 line"));
            assert_eq!(found.measured, Some(Measure::Number(measured)));
            assert_eq!(found.allowed, Some(Measure::Number(10.0)));
            let related: Vec<_> = found.related.iter().map(|(_, words)| words.as_str()).collect();
            assert_eq!(related, ["also here"], "{}", rule.name);
        }
    }

    #[test]
    fn a_departure_in_an_aspect_of_another_rule_passes() {
        for (rule, ..) in TABLE {
            for (_, aspect, measured, ..) in TABLE.iter().filter(|row| row.0.code != rule.code) {
                Trial::of(rule).passes(&paper(*aspect, *measured, 1.0));
            }
        }
    }

    #[test]
    fn what_saves_a_line_of_main_text_in_the_required_style_is_as_grave_as_the_rule() {
        for (rule, aspect, measured, weight, _) in TABLE {
            let severity = |paper: &Paper| Trial::of(rule).finding(paper).severity;
            let lower = |severity| if weight == Weight::Room { Some(severity) } else { None };
            assert_eq!(severity(&paper(aspect, measured, 1.0)), None, "{}", rule.name);
            assert_eq!(severity(&paper(aspect, measured, 0.999)), lower(Severity::Warning), "{}", rule.name);
            let mut other = paper(aspect, measured, 1.0);
            other.style = style("neurips_2023", StyleMode::Submission);
            assert_eq!(severity(&other), lower(Severity::Warning), "{}", rule.name);
            let mut elsewhere = paper(aspect, measured, 1.0);
            elsewhere.typesetting.departures[0].is_in_main_text = false;
            assert_eq!(severity(&elsewhere), lower(Severity::Note), "{}", rule.name);
        }
    }

    #[test]
    fn what_saves_next_to_nothing_is_not_told_to_save() {
        let said = |lines: f64| Trial::of(&TIGHT_LEADING).finding(&departing(Aspect::Leading, lines)).message;
        assert_eq!(said(0.049), "the leading is 9 bp; the style sets 10 bp, 2 times");
        assert!(said(0.05).contains("; this saves "), "{}", said(0.05));
    }
}
