//! Hints of one kind as findings: what several rules on sources and supplements share.

use super::precondition::double_blind;
use crate::finding::{Finding, Severity};
use crate::paper::source::{Hint, HintKind, Setting, Sources, Weight};
use crate::rule::{Case, Skip};

/// What goes with the paper, where something does.
pub(super) fn sources<'a>(case: &Case<'a>) -> Result<&'a Sources, Skip> {
    let none = || Skip::not_applicable("nothing but a PDF was handed in");
    Some(&case.paper.sources).filter(|s| s.files > 0).ok_or_else(none)
}

/// The LaTeX sources of the paper, where it has any.
pub(super) fn trees<'a>(case: &Case<'a>) -> Result<&'a Sources, Skip> {
    let none = || Skip::not_applicable("no LaTeX source was handed in");
    Some(sources(case)?).filter(|s| s.trees > 0).ok_or_else(none)
}

/// Findings as they are, or open where not everything was read and nothing was found.
pub(super) fn settled(sources: &Sources, found: Vec<Finding>) -> Result<Vec<Finding>, Skip> {
    match &sources.unread {
        Some(why) if found.is_empty() => Err(Skip::undetermined(format!("not everything was read: {why}"))),
        _ => Ok(found),
    }
}

/// Every hint that `is_meant`, where reviewing is double-blind.
pub(super) fn anonymous(
    case: &Case<'_>,
    is_meant: impl Fn(&Hint) -> bool,
    message: &str,
) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let sources = sources(case)?;
    let found = sources.hints.iter().filter(|h| is_meant(h));
    settled(sources, found.map(|hint| finding(hint, message).asked_by(clause)).collect())
}

/// Every hint that `is_meant`, whoever may be named.
pub(super) fn always(
    case: &Case<'_>,
    is_meant: impl Fn(&Hint) -> bool,
    message: &str,
) -> Result<Vec<Finding>, Skip> {
    let sources = sources(case)?;
    let found = sources.hints.iter().filter(|h| is_meant(h));
    settled(sources, found.map(|hint| finding(hint, message)).collect())
}

/// Whether a hint is of this kind and stands in text that TeX reads.
pub(super) fn is_read(hint: &Hint, kind: HintKind) -> bool {
    hint.kind == kind && hint.setting == Setting::Source
}

/// What is not handed in can tell nobody anything: a note.
fn finding(hint: &Hint, message: &str) -> Finding {
    let found = Finding::new(message, hint.at.clone()).seen(hint.text.clone());
    match hint.weight {
        _ if !hint.is_handed_in => found.lowered_to(Severity::Note),
        Weight::Full => found,
        Weight::Some => found.lowered_to(Severity::Warning),
        Weight::Slight => found.lowered_to(Severity::Note),
    }
}
