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
