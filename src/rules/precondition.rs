//! What must hold before a rule may speak: each is one line at the head of a rule, and none lets silence pass.

use crate::finding::Clause;
use crate::paper::MainTextEnd;
use crate::place::FileId;
use crate::profile::{Anonymity, Demand, StyleDemand};
use crate::rule::{Case, Skip};

/// The PDF of the paper.
pub(super) fn read_pdf(case: &Case<'_>) -> Result<FileId, Skip> {
    let unread = || Skip::undetermined(case.paper.why_unread());
    case.paper.file.filter(|_| case.paper.is_read()).ok_or_else(unread)
}

/// The text of page one was read.
pub(super) fn page_one_is_read(case: &Case<'_>) -> Result<FileId, Skip> {
    pages_are_read(case, 1)
}

/// The text of every page was read.
pub(super) fn every_page_is_read(case: &Case<'_>) -> Result<FileId, Skip> {
    pages_are_read(case, case.paper.coverage.pages)
}

/// The text of the pages up to `last` (1-based) was read.
pub(super) fn pages_are_read(case: &Case<'_>, last: u32) -> Result<FileId, Skip> {
    let file = read_pdf(case)?;
    let unread = (1..=last).find_map(|page| case.paper.why_page_is_unread(page));
    unread.map_or(Ok(file), |why| Err(Skip::undetermined(why)))
}

/// The file holds a main text, and this is its end.
pub(super) fn main_text_end<'a>(case: &Case<'a>) -> Result<&'a MainTextEnd, Skip> {
    let none = || Skip::undetermined("no main text in this file");
    case.paper.main_text.end.as_ref().ok_or_else(none)
}

/// The file is a paper: a supplement has no parts, style or length of its own to judge.
pub(super) fn is_paper(case: &Case<'_>) -> Result<(), Skip> {
    let supplement = "this file is a supplement; name the paper";
    if case.paper.is_supplement { Err(Skip::not_applicable(supplement)) } else { Ok(()) }
}

/// The venue limits the main text.
pub(super) fn page_limit<'a>(case: &Case<'a>) -> Result<&'a Demand<u32>, Skip> {
    let none = || Skip::not_applicable("no page limit is asked here");
    case.profile.main_pages.as_ref().ok_or_else(none)
}

/// The venue asks for a style.
pub(super) fn required_style<'a>(case: &Case<'a>) -> Result<&'a Demand<StyleDemand>, Skip> {
    is_paper(case)?;
    let none = || Skip::not_applicable("no style is asked here");
    case.profile.style.as_ref().ok_or_else(none)
}

/// The venue asks for a style, every page was read, and the pages could be measured against a style like it.
pub(super) fn measured_pages<'a>(case: &Case<'a>) -> Result<&'a Demand<StyleDemand>, Skip> {
    let demand = required_style(case)?;
    every_page_is_read(case)?;
    if !case.paper.style.is_of_neurips_family() {
        return Err(Skip::not_applicable("the paper is not set in a style whose measures are known"));
    }
    let unmeasured = "there is too little running text in one column to measure";
    if case.paper.typesetting.is_measured { Ok(demand) } else { Err(Skip::undetermined(unmeasured)) }
}

/// Reviewing is double-blind, and this is what the call says about it.
pub(super) fn double_blind<'a>(case: &Case<'a>) -> Result<&'a Clause, Skip> {
    match &case.profile.anonymity {
        Some(demand) if demand.value == Anonymity::DoubleBlind => Ok(&demand.clause),
        Some(_) => Err(Skip::not_applicable("the authors may be named here")),
        None => Err(Skip::not_applicable("no anonymity is asked here")),
    }
}
