//! The paper with the findings in it: highlights with what was found and what to do, and a list of bookmarks.

use super::wording;
use crate::audience::Audience;
use crate::check::{Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::pdf::{Remark, annotate, scrub};
use crate::place::Place;
use crate::rule::Skip;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The paper's own bytes, and what is appended to them; for reviewers a copy without what no page shows.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let paper = report.paper.file.filter(|_| report.paper.is_read());
    let Some(file) = paper.and_then(|id| report.submission.file(id)) else {
        return Err(io::Error::other("there is no PDF that could be read"));
    };
    let bytes =
        if report.audience == Audience::Reviewer { blind(report, &file.bytes)? } else { file.bytes.clone() };
    let mut remarks: Vec<_> = report.findings().into_iter().map(|(v, f)| remark(report, v, f)).collect();
    remarks.sort_by_key(|remark| remark.page);
    let title = format!("dlde: {}", wording::plain(&wording::verdict(report)));
    // The writer's parser is not ours: a fault of it on an odd file is no reason to end.
    let annotated = catch_unwind(AssertUnwindSafe(|| annotate(&bytes, &title, &remarks)))
        .unwrap_or(Err("cannot be annotated"));
    let annotated = annotated.map_err(|why| io::Error::other(format!("{} {why}", file.name)))?;
    out.write_all(&annotated)
}

/// The paper as a reviewer may hold it.
fn blind(report: &Report<'_>, bytes: &Arc<Vec<u8>>) -> io::Result<Arc<Vec<u8>>> {
    let is_silent = |v: &Verdict| match &v.result {
        Ok(found) => found.is_empty(),
        Err(skip) => matches!(skip, Skip::NotApplicable(_)),
    };
    let may_name = report.verdicts.iter().any(|v| v.rule.family() == "ANON" && !is_silent(v));
    if may_name || report.paper.is_anonymous() != Some(true) {
        let why = "the paper may name its authors, and a copy of it would too";
        return Err(io::Error::other(why));
    }
    let scrubbed = catch_unwind(AssertUnwindSafe(|| scrub(bytes, true)));
    match scrubbed {
        Ok(Ok(clean)) => Ok(Arc::new(clean.bytes)),
        _ => Err(io::Error::other("the paper cannot be written anew without its metadata")),
    }
}

/// What stands in the margin; findings that are on no page stand on the first.
fn remark(report: &Report<'_>, verdict: &Verdict, finding: &Finding) -> Remark {
    let severity = verdict.severity_of(finding);
    let (page, boxes) = match &finding.at {
        Place::Page { file, page, boxes, .. } if report.paper.file == Some(*file) => (page.0, boxes.clone()),
        _ => (1, Vec::new()),
    };
    let at = wording::plain(&wording::place(&finding.at, report.submission));
    let message = wording::plain(&finding.message);
    let title = format!("{}: {message}", severity.id());
    let mut lines = vec![title.clone(), at];
    lines.extend(finding.clause.as_ref().map(|clause| format!("the call asks: {}", wording::asked(clause))));
    lines.push(format!("what to do: {}", wording::plain(&wording::help(verdict, finding))));
    lines.push(wording::rule_name(verdict.rule));
    let color = match severity {
        Severity::Error => [1.0, 0.45, 0.4],
        Severity::Warning => [1.0, 0.8, 0.3],
        Severity::Note => [0.55, 0.8, 1.0],
    };
    Remark { page, boxes, title, text: lines.join("\n"), color }
}
