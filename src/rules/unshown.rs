//! Findings from what a file says where no page shows it: what several places say alike is one finding.

use crate::finding::{Finding, Severity};
use crate::paper::UnshownEntry;
use crate::paper::clue::{ClueKind, clues_of};
use crate::place::{FileId, Place};
use crate::profile::Anonymity;
use crate::rule::{Case, Skip};

/// Words that tell something, and what holds them.
pub(super) struct Said<'a> {
    /// The words.
    pub(super) words: String,
    /// What holds them.
    pub(super) entry: &'a UnshownEntry,
    /// Lower than the rule's own; `None` keeps it.
    pub(super) severity: Option<Severity>,
}

/// Every clue of some kinds among entries.
pub(super) fn said_by<'a>(
    entries: impl Iterator<Item = &'a UnshownEntry>,
    kinds: &[ClueKind],
) -> Vec<Said<'a>> {
    entries
        .flat_map(|entry| clues_of(entry, kinds).into_iter().map(move |clue| (clue.words, entry)))
        .map(|(words, entry)| Said { words, entry, severity: None })
        .collect()
}

/// Further places that are listed; the fix clears all of them.
const MOST_PLACES: usize = 5;

/// One finding for each distinct text; `message` tells what the first place is.
pub(super) fn alike(
    case: &Case<'_>,
    said: &[Said<'_>],
    message: impl Fn(&UnshownEntry) -> String,
) -> Vec<Finding> {
    let Some(file) = case.paper.file else { return Vec::new() };
    let mut done: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for one in said {
        if done.contains(&one.words.as_str()) {
            continue;
        }
        done.push(&one.words);
        let places: Vec<&Said<'_>> = said.iter().filter(|s| s.words == one.words).collect();
        let mut finding =
            Finding::new(message(one.entry), place(file, one.entry)).seen(shortened(&one.words));
        let others = places[1..].iter().take(MOST_PLACES).filter(|s| s.entry.path != one.entry.path);
        finding.related = others.map(|s| (place(file, s.entry), "the same".to_owned())).collect();
        // The gravest place decides; what keeps the rule's own severity is the gravest.
        let is_grave = places.iter().any(|s| s.severity.is_none());
        finding.severity = if is_grave { None } else { places.iter().filter_map(|s| s.severity).max() };
        found.push(finding);
    }
    found
}

/// Where an entry stands.
pub(super) fn place(file: FileId, entry: &UnshownEntry) -> Place {
    Place::File { file, inside: Some(entry.path.clone()) }
}

/// ` on page 3`, for what a page shows.
pub(super) fn on_page(entry: &UnshownEntry) -> String {
    entry.page.map_or(String::new(), |page| format!(" on page {page}"))
}

/// Characters of a quotation; a longer one is cut. Source: five lines of a report.
const LONGEST_QUOTE: usize = 400;

/// Words on one line, cut where they are many.
pub(super) fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_QUOTE) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line,
    }
}

/// Silence is a pass only where everything was looked at.
pub(super) fn settled(case: &Case<'_>, found: Vec<Finding>) -> Result<Vec<Finding>, Skip> {
    match &case.paper.unshown.why_incomplete {
        Some(why) if found.is_empty() => {
            Err(Skip::undetermined(format!("not all of the file was looked at: {why}")))
        }
        _ => Ok(found),
    }
}

/// What stays where authors are named, as something to mend rather than to be turned away for: each finding with
/// what the call asks, or lowered where it asks no anonymity.
pub(super) fn asked_or_lowered(case: &Case<'_>, found: Vec<Finding>) -> Vec<Finding> {
    let demand = case.profile.anonymity.as_ref().filter(|demand| demand.value == Anonymity::DoubleBlind);
    let asked = |finding: Finding| match demand {
        Some(demand) => finding.asked_by(&demand.clause),
        None => {
            let severity = finding.severity.unwrap_or(Severity::Warning).min(Severity::Warning);
            finding.lowered_to(severity)
        }
    };
    found.into_iter().map(asked).collect()
}
